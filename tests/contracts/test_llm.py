"""What holds for every language model, whichever server it runs on."""

import threading
from contextlib import contextmanager

import httpx
import pytest
from ollama_server import OllamaScript, ollama_server
from openai import Timeout
from openai_server import OpenAIScript, openai_server
from scripted_server import Drop, Endless

from rag.errors import LLMBroke, LLMError, LLMRefused, LLMUnavailable
from rag.records import Message, ModelInfo, Options, Thought, Used, Wrote
from rag.writing.llm.ollama import OllamaLLM, OllamaServer
from rag.writing.llm.openai_compatible import OpenAICompatibleLLM, OpenAICompatibleServer
from rag.writing.llm.scripted import ScriptedLLM, ScriptedServer

ASK = [Message("system", "Be short."), Message("user", "What is the fee?")]


@contextmanager
def ollama(*reply, **more):
    with ollama_server(OllamaScript(reply, models=["modest:1b"], **more)) as served:
        yield OllamaLLM("modest:1b", served.url)


@contextmanager
def openai(*reply, **more):
    with openai_server(OpenAIScript(reply, models=["modest"], **more)) as served:
        yield OpenAICompatibleLLM("modest", served.url)


@contextmanager
def scripted(*reply):
    yield ScriptedLLM("".join(reply))


REMOTE = {"ollama": ollama, "openai": openai}
EVERY = {**REMOTE, "scripted": scripted}


@pytest.fixture(params=EVERY)
def model(request):
    return EVERY[request.param]


@pytest.fixture(params=REMOTE)
def remote(request):
    return REMOTE[request.param]


def answer(llm, options=None):
    """Thinking, answer, and what it cost."""
    thinking, written, used = "", "", None
    for event in llm.stream(ASK, options or Options()):
        match event:
            case Thought(text):
                thinking += text
            case Wrote(text):
                written += text
            case Used():
                assert used is None, "told twice"
                used = event
    return thinking, written, used


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_thinking_is_told_apart_wherever_its_tags_are_cut(model, size):
    text = "<think>\nPage two says it.\n</think>\n\nThe fee is 12 euros [1]."
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    with model(*pieces) as llm:
        thinking, written, _ = answer(llm)
    assert (thinking, written) == ("Page two says it.", "The fee is 12 euros [1].")


def test_chinese_arrives_whole(model):
    with model("<think>想一想", "</think>管理费为", "12 万元 [1]。😀") as llm:
        assert answer(llm)[:2] == ("想一想", "管理费为12 万元 [1]。😀")


def test_an_answer_without_thinking_is_only_an_answer(model):
    with model("The fee ", "is 12 euros.") as llm:
        assert answer(llm)[:2] == ("", "The fee is 12 euros.")


def test_the_cost_is_told_last_and_once(model):
    with model("The fee is 12 euros.") as llm:
        events = list(llm.stream(ASK, Options()))
    assert isinstance(events[-1], Used)
    assert (events[-1].prompt_tokens or 0) > 0
    assert (events[-1].reply_tokens or 0) > 0
    assert not events[-1].cut_short


def test_an_empty_answer_is_no_piece_at_all(model):
    with model("") as llm:
        assert [event for event in llm.stream(ASK, Options()) if not isinstance(event, Used)] == []


def test_no_piece_is_empty(model):
    with model("<think> ", "</think>", " ", "12", "") as llm:
        events = [event for event in llm.stream(ASK, Options()) if not isinstance(event, Used)]
    assert all(event.text for event in events)


def test_a_model_answers_again_and_to_several_at_once(model):
    with model("<think>a</think>", "The fee is 12 euros.") as llm:
        answers = []
        askers = [threading.Thread(target=lambda: answers.append(answer(llm)[:2])) for _ in range(4)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
        answers.append(answer(llm)[:2])
    assert answers == [("a", "The fee is 12 euros.")] * 5


def test_a_stream_can_be_closed_before_and_after_its_first_piece(model):
    with model("<think>a</think>", "The fee ", "is 12 euros.") as llm:
        llm.stream(ASK, Options()).close()
        stream = llm.stream(ASK, Options())
        next(stream)
        stream.close()
        assert list(stream) == []


def test_a_reply_that_hit_its_limit_is_told_as_cut_short():
    with ollama("The fee", done={"done_reason": "length"}) as llm:
        assert answer(llm)[2] == Used(None, None, cut_short=True)
    with openai("The fee", finish="length") as llm:
        assert answer(llm)[2] == Used(11, 7, cut_short=True)
    assert answer(ScriptedLLM("The fee is 12 euros."), Options(reply=1))[2].cut_short


def pieces_until_it_breaks(llm):
    events = []
    try:
        for event in llm.stream(ASK, Options()):
            events.append(event)  # noqa: PERF402 - kept although the stream breaks
    except LLMBroke as broke:
        return events, broke
    return pytest.fail("it did not break")


def test_a_connection_lost_in_the_middle_keeps_what_came_and_says_so(remote):
    with remote("The fee is ", Drop()) as llm:
        events, broke = pieces_until_it_breaks(llm)
    assert events == [Wrote("The fee is")]
    assert broke.details["reason"] == "the connection was lost"


def test_an_error_in_the_middle_keeps_what_came_and_gives_the_servers_reason(remote):
    with remote("The fee is ", {"error": "the GPU ran out\nof memory" + 500 * "!"}) as llm:
        events, broke = pieces_until_it_breaks(llm)
    assert events == [Wrote("The fee is")]
    assert short(broke)


def test_a_stream_that_ends_without_its_end_is_broken():
    with ollama("The fee is ", done=None) as llm:
        assert pieces_until_it_breaks(llm)[1].details["reason"] == "the connection was closed before the end"
    with openai("The fee is ", finish=None) as llm:
        assert pieces_until_it_breaks(llm)[1].details["reason"] == "the connection was closed before the end"


def test_a_server_that_breaks_gives_its_reason_in_one_short_line(remote):
    trace = "Traceback (most recent call last):\n  File x\n" * 40
    with remote(problem=(500, {"error": {"message": trace}})) as llm, pytest.raises(LLMRefused) as refused:
        answer(llm)
    assert short(refused.value)
    with remote(problem=(502, "<html><body>Bad Gateway</body></html>")) as llm, pytest.raises(LLMRefused) as refused:
        answer(llm)
    assert refused.value.details["reason"] == "a web page came back (HTTP 502)"


def test_a_web_page_is_not_a_model(remote):
    page = "<!doctype html>\n<html><body>Welcome</body></html>"
    with remote(page=page) as llm, pytest.raises(LLMRefused) as refused:
        answer(llm)
    assert "what answers there" in refused.value.details["reason"]


@pytest.mark.parametrize("body", ["", "[]", '"text"', "null", "{}", '{"models": 3, "data": 3}', "\x00\xff"])
@pytest.mark.parametrize(("run", "Server"), [(ollama_server, OllamaServer), (openai_server, OpenAICompatibleServer)])
def test_any_other_answer_is_refused_with_a_sentence(run, Server, body):  # noqa: N803 - a class
    script = (OllamaScript if run is ollama_server else OpenAIScript)(page=body)
    with run(script) as served, pytest.raises(LLMRefused) as refused:
        Server(served.url).models()
    assert short(refused.value)


def short(error: LLMError):
    reason = str(error.details["reason"])
    return 0 < len(reason) < 200 and reason.isprintable()


def test_stopping_ends_at_once_and_the_server_sees_it():
    with ollama_server(OllamaScript([Endless("on and ")])) as served:
        stop_after_three(OllamaLLM("deepseek-r1:1.5b", served.url), served)
    with openai_server(OpenAIScript([Endless("on and ")])) as served:
        stop_after_three(OpenAICompatibleLLM("deepseek-r1", served.url), served)


def stop_after_three(llm, served):
    stream = llm.stream(ASK, Options())
    for _ in range(3):
        next(stream)
    stream.close()
    assert served.away.wait(5), "the server still writes"


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(monkeypatch):
    silent = Endless("", pause=30)
    monkeypatch.setattr("rag.writing.llm.ollama._PATIENT", httpx.Timeout(0.1))
    with ollama(silent) as llm, pytest.raises(LLMUnavailable):
        answer(llm)
    with ollama("The fee", silent) as llm:
        assert pieces_until_it_breaks(llm)[0] == [Wrote("The fee")]
    monkeypatch.setattr("rag.writing.llm.openai_compatible._PATIENT", Timeout(0.1))
    with openai("The fee", silent) as llm:
        events, broke = pieces_until_it_breaks(llm)
    assert events == [Wrote("The fee")]
    assert broke.details["reason"] == "nothing more came for a long time"


def test_a_server_lists_its_models_by_name():
    with ollama_server(OllamaScript(models=["qwen3:8b", "deepseek-r1:1.5b"])) as served:
        found = OllamaServer(served.url).models()
    assert found == [
        ModelInfo("deepseek-r1:1.5b", 1_117_322_599, "1.8B"),
        ModelInfo("qwen3:8b", 1_117_322_599, "1.8B"),
    ]
    with openai_server(OpenAIScript(models=["b", "a"])) as served:
        assert OpenAICompatibleServer(served.url).models() == [ModelInfo("a"), ModelInfo("b")]
    assert ScriptedServer().models() == [ModelInfo(ScriptedLLM().name)]


@pytest.mark.parametrize("server", [ScriptedServer(), OpenAICompatibleServer("127.0.0.1:1")])
def test_what_cannot_pull_says_so(server):
    with pytest.raises(LLMRefused, match="cannot download models"):
        list(server.pull("deepseek-r1:1.5b"))
