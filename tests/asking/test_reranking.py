"""Hits are read again by a reranker: the first ones, in its order; one that fails changes nothing and is told of."""

import pytest
from rerank_server import RerankScript, rerank_server

from rag.asking.reranking import Reranking
from rag.errors import RerankerUnavailable
from rag.records import Finished, Request, RerankerChoice
from rag.retrieval.reranker.shared_words import SharedWordsReranker
from rag.wiring import workspace

QUESTION = "What is the annual mooring fee?"


class Reversing:
    """Likes best what came last."""

    name = "reversing"

    def score(self, question, texts):
        return [float(at) for at in range(len(texts))]


def reranking(reranker, first=30):
    return Reranking(lambda _: reranker, lambda: RerankerChoice("local", "x"), first)


def answered(app, **given):
    return next(e.answer for e in app.ask("ann", Request(QUESTION), **given) if isinstance(e, Finished))


@pytest.fixture
def hits(app, add, make_pdf):
    add("a.pdf", make_pdf(["The annual mooring fee is 12 euros for each metre."]))
    add("b.pdf", make_pdf(["No fee is asked of dogs."]))
    add("c.pdf", make_pdf(["The annual report was approved by the board."]))
    found = app.find("ann", QUESTION, k=10)
    assert len(found) == 3
    return found


def test_the_hits_stand_in_the_order_of_the_reranker(hits):
    again = reranking(Reversing()).reranked(QUESTION, hits)
    assert [hit.passage.id for hit in again.hits] == [hit.passage.id for hit in reversed(hits)]
    assert [hit.found_by["reranker"] for hit in again.hits] == [1, 2, 3]
    assert [hit.score for hit in again.hits] == sorted((hit.score for hit in hits), reverse=True)
    assert again.seconds >= 0
    assert again.problem is None


def test_only_the_first_hits_are_read_again(hits):
    again = reranking(Reversing(), first=2).reranked(QUESTION, hits).hits
    assert [hit.passage.id for hit in again] == [hit.passage.id for hit in [hits[1], hits[0], *hits[2:]]]
    assert "reranker" not in again[2].found_by


def test_a_reranker_that_fails_changes_nothing_and_says_so(hits):
    again = reranking(SharedWordsReranker(fails="it is out of order")).reranked(QUESTION, hits)
    assert again.hits == hits
    assert again.problem.code == "RerankerUnavailable"


def test_equal_scores_keep_the_order(hits):
    class Indifferent:
        name = "indifferent"

        def score(self, question, texts):
            return [0.5] * len(texts)

    again = reranking(Indifferent()).reranked(QUESTION, hits).hits
    assert [hit.passage.id for hit in again] == [hit.passage.id for hit in hits]


def test_without_a_reranker_nothing_is_measured(app, hits):
    assert app.reranker("ann").kind == "off"
    assert "rerank" not in answered(app).timings


def test_a_chosen_reranker_is_among_the_stages_of_an_answer(settings, app, hits):
    app.choose_reranker("ann", RerankerChoice("shared-words"))
    answer = answered(app)
    assert answer.timings["rerank"] >= 0
    assert answer.notes == ()
    assert workspace(settings).reranker("ann").kind == "shared-words"
    app.choose_reranker("ann", None)
    assert app.reranker("ann").kind == "off"


def test_an_answer_tells_of_a_server_that_went_away(app, hits):
    with rerank_server() as served:
        app.choose_reranker("ann", RerankerChoice("server", url=served.url))
        assert app.find("ann", QUESTION, k=10)[0].found_by["reranker"] == 1
    answer = answered(app)
    assert [note.code for note in answer.notes] == ["RerankerUnavailable"]
    assert answer.citations


def test_a_server_that_cannot_rank_is_not_chosen(app):
    broken = RerankScript(problems=[(500, {"error": "no"})] * 9)
    with rerank_server(broken) as served, pytest.raises(RerankerUnavailable):
        app.choose_reranker("ann", RerankerChoice("server", url=served.url))
    assert app.reranker("ann").kind == "off"


@pytest.mark.parametrize(
    ("value", "kind"),
    [("off", "off"), ("", "off"), ("none", "off"), ("BAAI/bge-reranker-base", "local"), ("http://a:1/v1", "server")],
)
def test_the_settings_name_a_reranker(settings, value, kind):
    assert workspace(settings.model_copy(update={"reranker": value})).reranker("ann").kind == kind
