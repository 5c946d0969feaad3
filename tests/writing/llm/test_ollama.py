"""Ollama: what it is asked, what it answers, and what it says when it cannot."""

import socket

import pytest
from ollama_server import OllamaScript, ollama_server
from scripted_server import Drop, Endless

from rag.errors import BadSettings, LLMBroke, LLMRefused, LLMUnavailable, ModelMissing
from rag.records import Message, Options, PullProgress, Thought, Used, Wrote
from rag.writing.llm.ollama import OllamaLLM, OllamaServer, ollama_url

ASK = [Message("system", "Be short."), Message("user", "费用是多少?")]
MODEL = "deepseek-r1:1.5b"


def events(llm, **options):
    return list(llm.stream(ASK, Options(**options)))


def test_the_server_is_asked_with_the_options_in_its_own_words():
    with ollama_server() as served:
        events(OllamaLLM(MODEL, served.url), context=16384, reply=512, temperature=0.1, think=True)
    [(path, _, asked)] = served.requests
    assert path == "/api/chat"
    assert asked["model"] == MODEL
    assert asked["messages"] == [
        {"role": "system", "content": "Be short."},
        {"role": "user", "content": "费用是多少?"},
    ]
    assert asked["options"] == {"num_ctx": 16384, "num_predict": 512, "temperature": 0.1}
    assert asked["think"] is True


def test_thinking_is_left_to_the_model_unless_it_is_asked_for():
    with ollama_server() as served:
        events(OllamaLLM(MODEL, served.url))
    assert "think" not in served.requests[0][2]


def test_thinking_that_comes_in_its_field_is_thinking():
    reply = [{"thinking": "Page "}, {"thinking": "two."}, "The fee ", "is 12."]
    with ollama_server(OllamaScript(reply)) as served:
        told = events(OllamaLLM(MODEL, served.url))
    assert told == [Thought("Page"), Thought(" two."), Wrote("The fee"), Wrote(" is 12."), Used(11, 7)]


def test_thinking_of_a_model_whose_template_opened_it_streams_as_thinking():
    with ollama_server(OllamaScript(["Page two.", "</think>12"])) as served:
        told = events(OllamaLLM(MODEL, served.url))
    assert told == [Thought("Page two."), Wrote("12"), Used(11, 7)]


@pytest.mark.parametrize("think", [True, False])
def test_an_answer_of_a_thinking_model_that_was_told_apart_by_the_server_is_no_thinking(think):
    with ollama_server(OllamaScript(["The fee is 12."])) as served:
        assert events(OllamaLLM(MODEL, served.url), think=think)[:-1] == [Wrote("The fee is 12.")]


def test_a_model_that_cannot_think_is_asked_again_without_and_only_once():
    with ollama_server(OllamaScript(["12"], models=["llama3:8b"], thinks=False)) as served:
        told = events(OllamaLLM("llama3:8b", served.url), think=True)
    assert [asked.get("think") for _, _, asked in served.requests] == [True, None]
    assert told == [Wrote("12"), Used(11, 7)]


def test_a_deepseek_file_of_ones_own_thinks_without_an_opening_tag():
    name = "hf.co/someone/DeepSeek-R1-Distill-Qwen-7B-GGUF:Q4_K_M"
    with ollama_server(OllamaScript(["Page two.", "\n</think>\n\n12"], models=[name], thinks=False)) as served:
        told = events(OllamaLLM(name, served.url), think=True)
    assert told == [Thought("Page two."), Wrote("12"), Used(11, 7)]


def test_another_refusal_is_not_tried_again():
    with ollama_server(OllamaScript(problem=(400, {"error": "bad options"}))) as served:
        with pytest.raises(LLMRefused, match=r"bad options \(HTTP 400\)"):
            events(OllamaLLM(MODEL, served.url), think=True)
        assert len(served.requests) == 1


def test_a_model_that_is_not_there_is_named():
    with ollama_server() as served, pytest.raises(ModelMissing) as missing:
        events(OllamaLLM("llama9:1t", served.url))
    assert missing.value.details == {"model": "llama9:1t", "url": served.url}


def test_a_404_that_knows_no_models_is_not_a_missing_model():
    with ollama_server(OllamaScript(problem=(404, "404 page not found"))) as served, pytest.raises(LLMRefused):
        events(OllamaLLM(MODEL, served.url))


def nobody() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_a_server_that_is_down_is_named():
    url = nobody()
    for asking in (
        lambda: events(OllamaLLM(MODEL, url)),
        OllamaServer(url).models,
        lambda: list(OllamaServer(url).pull(MODEL)),
    ):
        with pytest.raises(LLMUnavailable) as unavailable:
            asking()
        assert unavailable.value.details == {"url": url}


def test_an_error_before_the_first_word_is_a_refusal():
    script = OllamaScript([{"error": "model runner has crashed"}])
    with ollama_server(script) as served, pytest.raises(LLMRefused) as refused:
        events(OllamaLLM(MODEL, served.url))
    assert refused.value.details["reason"] == "model runner has crashed"


def test_proxies_do_not_stand_between_the_app_and_this_machine(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, nobody())
    with ollama_server() as served:
        assert OllamaServer(served.url).models()
        assert events(OllamaLLM(MODEL, served.url))


def test_a_proxy_is_used_for_a_server_elsewhere(monkeypatch):
    with ollama_server() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(LLMRefused):
            OllamaServer("http://models.example").models()
        assert proxy.requests[0][0] == "http://models.example/api/tags"


def test_a_password_in_the_address_is_used_and_shown_to_nobody():
    with ollama_server(OllamaScript(models=[])) as served:
        address = served.url.replace("://", "://ann:secret@")
        with pytest.raises(ModelMissing) as missing:
            events(OllamaLLM(MODEL, address))
        assert missing.value.details["url"] == served.url
        assert served.requests[0][1]["authorization"].startswith("Basic ")


def test_a_download_tells_how_far_all_of_its_parts_are():
    with ollama_server() as served:
        steps = list(OllamaServer(served.url).pull("qwen3:8b"))
        assert "qwen3:8b" in [model.name for model in OllamaServer(served.url).models()]
    assert steps == [
        PullProgress("pulling manifest", 0, 0),
        PullProgress("pulling aa", 0, 1000),
        PullProgress("pulling aa", 400, 1000),
        PullProgress("pulling aa", 1000, 1000),
        PullProgress("pulling bb", 1020, 1020),
        PullProgress("success", 1020, 1020),
    ]


@pytest.mark.parametrize(
    ("pulls", "reason"),
    [
        (
            [{"status": "pulling manifest"}, {"error": "pull model manifest: file does not exist"}],
            "file does not exist",
        ),
        ([{"error": "pull model manifest: file does not exist"}], "file does not exist"),
        ([{"status": "pulling manifest"}, Drop()], "the connection was lost"),
        ([{"status": "pulling manifest"}], "the download stopped"),
    ],
)
def test_a_download_that_fails_says_why(pulls, reason):
    with ollama_server(OllamaScript(pulls=pulls)) as served, pytest.raises(LLMRefused, match=reason):
        list(OllamaServer(served.url).pull("no-such-model"))


def test_leaving_a_download_stops_it():
    line = Endless('{"status": "pulling aa", "digest": "sha256:aa", "total": 1000, "completed": 1}\n')
    with ollama_server(OllamaScript(pulls=[line])) as served:
        steps = OllamaServer(served.url).pull("qwen3:8b")
        next(steps)
        steps.close()
        assert served.away.wait(5)


@pytest.mark.parametrize("line", ["not json\n", "[]\n", "{}\n", '{"message": 3}\n'])
def test_a_line_in_another_language_breaks_the_answer(line):
    with ollama_server(OllamaScript(["The fee", _Raw(line)])) as served, pytest.raises(LLMBroke) as broke:
        events(OllamaLLM(MODEL, served.url))
    assert broke.value.details["reason"] == "what came cannot be read"


class _Raw:
    def __init__(self, line: str) -> None:
        self._line = line

    def encode(self) -> bytes:
        return self._line.encode()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("http://0.0.0.0:11434/", "http://127.0.0.1:11434"),
        (":8080", "http://127.0.0.1:8080"),
        ("localhost", "http://localhost:11434"),
        ("gpu.lan:5000", "http://gpu.lan:5000"),
        ("http://gpu.lan", "http://gpu.lan:80"),
        ("https://gpu.lan/ollama/", "https://gpu.lan:443/ollama"),
        ("::", "http://[::1]:11434"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("  gpu.lan ", "http://gpu.lan:11434"),
    ],
)
def test_every_form_of_ollama_host_is_understood(typed, address):
    assert ollama_url(typed) == address
    assert ollama_url(ollama_url(typed)) == address


@pytest.mark.parametrize("typed", ["ftp://gpu.lan", "gpu.lan:port", "gpu lan", "http://[", "host:99999", "a:0", "x\ny"])
def test_what_is_no_address_is_refused_in_one_line(typed):
    with pytest.raises(BadSettings) as bad:
        ollama_url(typed)
    assert str(bad.value).isprintable()
