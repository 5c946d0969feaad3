"""Servers that rank texts: what they are asked, whatever variant they speak, and what they say when they cannot."""

import math
import socket
import traceback

import pytest
from rerank_server import RerankScript, rerank_server

from rag.errors import BadSettings, RerankerUnavailable
from rag.retrieval.reranker.rerank_endpoint import RerankEndpoint

QUESTION = "What is the fee?"
TEXTS = ["Dogs travel free.", "The fee is 12 euros."]
KEY = "sk-very-secret-123"


def first(scores):
    return scores.index(max(scores))


def test_the_server_is_asked_in_its_own_words():
    with rerank_server(RerankScript(key=KEY)) as served:
        assert first(RerankEndpoint(served.url, "bge-m3", KEY).score(QUESTION, TEXTS)) == 1
    [(path, headers, asked)] = served.requests
    assert path == "/v1/rerank"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert asked == {"model": "bge-m3", "query": QUESTION, "documents": TEXTS, "top_n": 2}


@pytest.mark.parametrize("path", ["/v1/rerank", "/rerank", "/v2/rerank"])
@pytest.mark.parametrize("texts", ["documents", "texts"])
def test_a_variant_is_found_out_once(path, texts):
    with rerank_server(RerankScript(path, texts)) as served:
        reranker = RerankEndpoint(served.url)
        assert first(reranker.score(QUESTION, TEXTS)) == 1
        before = len(served.requests)
        assert first(reranker.score(QUESTION, TEXTS)) == 1
        assert len(served.requests) == before + 1


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("", "/v1/rerank"),
        ("/", "/rerank"),
        ("/v1", "/v1/rerank"),
        ("/v1/", "/rerank"),
        ("/x/reranking", "/x/reranking"),
    ],
)
def test_an_address_is_taken_in_any_form(typed, path):
    with rerank_server(RerankScript(path)) as served:
        assert first(RerankEndpoint(served.url + typed).score(QUESTION, TEXTS)) == 1


def test_an_address_that_names_the_call_is_taken_at_its_word():
    with (
        rerank_server(RerankScript("/rerank")) as served,
        pytest.raises(RerankerUnavailable, match="nothing at this address ranks texts"),
    ):
        RerankEndpoint(f"{served.url}/other/rerank").score(QUESTION, TEXTS)
    assert {path for path, _, _ in served.requests} == {"/other/rerank"}


def test_texts_that_the_server_passed_over_come_last():
    with rerank_server(RerankScript(most=1)) as served:
        scores = RerankEndpoint(served.url).score(QUESTION, [*TEXTS, "Cats too."])
    assert first(scores) == 1
    assert [math.isinf(score) for score in scores] == [True, False, True]


def test_more_texts_than_fit_into_a_request_are_asked_in_several():
    with rerank_server() as served:
        assert first(RerankEndpoint(served.url).score(QUESTION, [TEXTS[0]] * 40 + [TEXTS[1]])) == 40
    assert [len(asked["documents"]) for _, _, asked in served.requests] == [32, 9]


def test_a_small_model_is_asked_again_with_less_of_each_text():
    with rerank_server(RerankScript(longest=1000)) as served:
        assert first(RerankEndpoint(served.url).score(QUESTION, [TEXTS[0] + " x" * 2000, TEXTS[1]])) == 1


@pytest.mark.parametrize(
    "reply",
    [
        {"results": [{"index": 2, "relevance_score": 1.0}]},
        {"results": [{"index": -1, "relevance_score": 1.0}]},
        {"results": [{"index": 0, "relevance_score": 1.0}, {"index": 0, "relevance_score": 0.5}]},
        {"results": [{"index": True, "relevance_score": 1.0}]},
        {"results": [{"index": 0, "relevance_score": "high"}]},
        {"results": [{"index": 0}]},
        {"results": []},
        {"results": "none"},
        {"error": "no"},
        [0.5, 0.1],
        [[0, 1]],
        7,
        '{"results": [{"index": 0, "relevance_score": NaN}]}',
        "<html>hello</html>",
    ],
)
def test_a_server_that_says_what_cannot_be_is_not_believed(reply):
    with rerank_server(RerankScript(reply=reply)) as served, pytest.raises(RerankerUnavailable):
        RerankEndpoint(served.url).score(QUESTION, TEXTS)


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_busy_server_is_asked_once_more(status):
    with rerank_server(RerankScript(problems=[(status, {"error": "busy"})])) as served:
        assert first(RerankEndpoint(served.url).score(QUESTION, TEXTS)) == 1
    with (
        rerank_server(RerankScript(problems=[(status, {"error": "busy"})] * 9)) as served,
        pytest.raises(RerankerUnavailable, match=rf"busy \(HTTP {status}\)"),
    ):
        RerankEndpoint(served.url).score(QUESTION, TEXTS)
    assert len(served.requests) == 2


def test_a_failing_server_says_why():
    with (
        rerank_server(RerankScript(problems=[(500, {"error": {"message": "CUDA out of memory"}})] * 9)) as served,
        pytest.raises(RerankerUnavailable, match=r"CUDA out of memory \(HTTP 500\)"),
    ):
        RerankEndpoint(served.url).score(QUESTION, TEXTS)


def test_the_key_is_shown_nowhere():
    with rerank_server(RerankScript(key="another")) as served:
        reranker = RerankEndpoint(served.url, key=KEY)
        with pytest.raises(RerankerUnavailable, match="the key was not accepted") as caught:
            reranker.score(QUESTION, TEXTS)
    assert KEY not in "".join(traceback.format_exception(caught.value)) + repr(reranker)
    with pytest.raises(RerankerUnavailable, match="the key was not accepted"):
        RerankEndpoint(served.url, key="密钥").score(QUESTION, TEXTS)


def test_a_server_that_is_not_there_is_one_sentence():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(RerankerUnavailable, match="nothing answers there"):
        RerankEndpoint(f"http://127.0.0.1:{port}").score(QUESTION, TEXTS)


def test_what_is_no_address_is_refused():
    with pytest.raises(BadSettings):
        RerankEndpoint("http://exa mple/")
