"""OpenAI-compatible servers: what they are asked, what they answer, and what they say when they cannot."""

import socket
import traceback

import pytest
from openai_server import OpenAIScript, openai_server

from rag.errors import BadSettings, LLMRefused, LLMUnavailable, ModelMissing
from rag.records import Message, Options, Thought, Used, Wrote
from rag.writing.llm.openai_compatible import OpenAICompatibleLLM, OpenAICompatibleServer, openai_url

ASK = [Message("system", "Be short."), Message("user", "费用是多少?")]
MODEL = "deepseek-r1"
KEY = "sk-very-secret-123"


def events(llm, **options):
    return list(llm.stream(ASK, Options(**options)))


def test_the_server_is_asked_with_the_options_in_its_own_words():
    with openai_server(OpenAIScript(key=KEY)) as served:
        events(OpenAICompatibleLLM(MODEL, served.url, KEY), reply=512, temperature=0.1)
    [(path, headers, asked)] = served.requests
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert asked == {
        "model": MODEL,
        "messages": [{"role": "system", "content": "Be short."}, {"role": "user", "content": "费用是多少?"}],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 512,
        "temperature": 0.1,
    }


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_thinking_that_comes_in_a_field_is_thinking(field):
    reply = [{field: "Page "}, {field: "two.", "content": None}, {field: None, "content": "The fee "}, "is 12."]
    with openai_server(OpenAIScript(reply)) as served:
        told = events(OpenAICompatibleLLM(MODEL, served.url))
    assert told == [Thought("Page"), Thought(" two."), Wrote("The fee"), Wrote(" is 12."), Used(11, 7)]


def test_thinking_sent_under_both_names_is_told_once():
    with openai_server(OpenAIScript([{"reasoning_content": "a", "reasoning": "a"}, "b"])) as served:
        assert events(OpenAICompatibleLLM(MODEL, served.url)) == [Thought("a"), Wrote("b"), Used(11, 7)]


def test_thinking_that_only_closes_is_thinking():
    with openai_server(OpenAIScript(["Page two.\n</thi", "nk>\n\n12"])) as served:
        told = events(OpenAICompatibleLLM(MODEL, served.url))
    assert told == [Thought("Page two."), Wrote("12"), Used(11, 7)]


@pytest.mark.parametrize("think", [True, False])
def test_thinking_is_switched_in_the_way_of_vllm_and_sglang(think):
    with openai_server() as served:
        events(OpenAICompatibleLLM(MODEL, served.url), think=think)
    assert served.requests[0][2]["chat_template_kwargs"] == {"enable_thinking": think, "thinking": think}


@pytest.mark.parametrize("unknown", ["stream_options", "chat_template_kwargs"])
def test_a_server_that_does_not_know_a_parameter_is_asked_again_without(unknown):
    with openai_server(OpenAIScript(["12"], rejects=[unknown])) as served:
        told = events(OpenAICompatibleLLM(MODEL, served.url), think=False)
    assert told[0] == Wrote("12")
    assert [unknown in asked for _, _, asked in served.requests] == [True, False]


def test_a_request_that_is_refused_twice_is_refused():
    with openai_server(OpenAIScript(rejects=["messages"])) as served:
        with pytest.raises(LLMRefused, match=r"argument supplied: messages \(HTTP 400\)"):
            events(OpenAICompatibleLLM(MODEL, served.url))
        assert len(served.requests) == 2


def test_a_busy_server_is_not_asked_again_in_silence():
    problem = (429, {"error": {"message": "Rate limit reached"}})
    with openai_server(OpenAIScript(problem=problem)) as served:
        with pytest.raises(LLMRefused, match=r"Rate limit reached \(HTTP 429\)"):
            events(OpenAICompatibleLLM(MODEL, served.url))
        assert len(served.requests) == 1


@pytest.mark.parametrize("key", ["wrong-key-4711", ""])
def test_a_wrong_key_is_named_as_the_cause_and_shown_to_nobody(key):
    with openai_server(OpenAIScript(key=KEY)) as served:
        for asking in (
            lambda: events(OpenAICompatibleLLM(MODEL, served.url, key)),
            OpenAICompatibleServer(served.url, key).models,
        ):
            with pytest.raises(LLMRefused) as refused:
                asking()
            assert refused.value.details["reason"] == "the key was not accepted"
            assert "4711" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("key", ["schlüssel", "two\nlines", "密钥"])
def test_a_key_that_cannot_be_sent_is_not_accepted(key):
    with pytest.raises(LLMRefused, match="the key was not accepted"):
        OpenAICompatibleServer("127.0.0.1:1", key).models()


def test_the_key_shows_nowhere():
    llm, server = OpenAICompatibleLLM(MODEL, "127.0.0.1:1", KEY), OpenAICompatibleServer("127.0.0.1:1", KEY)
    assert KEY not in repr(llm) + repr(server)
    problem = (418, {"error": {"message": f"I know {KEY} well"}})
    with openai_server(OpenAIScript(problem=problem)) as served, pytest.raises(LLMRefused) as refused:
        events(OpenAICompatibleLLM(MODEL, served.url, KEY))
    assert "I know *** well" in str(refused.value)
    assert KEY not in "".join(traceback.format_exception(refused.value))


def test_a_key_in_the_environment_is_not_handed_to_another_server(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1")
    with openai_server() as served:
        events(OpenAICompatibleLLM(MODEL, served.url))
    assert KEY not in str(served.requests)


@pytest.mark.parametrize(
    "problem",
    [
        (404, {"error": {"message": "The model `m` does not exist.", "code": "model_not_found"}}),
        (404, {"object": "error", "message": "The model `m` does not exist.", "type": "NotFoundError", "code": 404}),
        (400, {"error": {"message": "Model Not Exist", "type": "invalid_request_error"}}),
        (400, {"error": {"message": "m is not a valid model ID", "code": 400}}),
    ],
)
def test_a_model_that_is_not_there_is_named(problem):
    with openai_server(OpenAIScript(problem=problem)) as served, pytest.raises(ModelMissing) as missing:
        events(OpenAICompatibleLLM("m", served.url))
    assert missing.value.details == {"model": "m", "url": f"{served.url}/v1"}


def test_a_prompt_that_is_too_long_is_refused_with_the_servers_words():
    said = "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens."
    script = OpenAIScript(problem=(400, {"error": {"message": said}}))
    with openai_server(script) as served, pytest.raises(LLMRefused, match="maximum context length is 4096"):
        events(OpenAICompatibleLLM(MODEL, served.url))


def test_an_address_where_nothing_of_the_kind_is_found_is_no_missing_model():
    with openai_server() as served, pytest.raises(LLMRefused, match="HTTP 404"):
        events(OpenAICompatibleLLM(MODEL, f"{served.url}/v2"))


def test_a_server_that_is_down_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    for asking in (lambda: events(OpenAICompatibleLLM(MODEL, url)), OpenAICompatibleServer(url).models):
        with pytest.raises(LLMUnavailable) as unavailable:
            asking()
        assert unavailable.value.details == {"url": url}


def test_proxies_do_not_stand_between_the_app_and_this_machine(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with openai_server() as served:
        assert OpenAICompatibleServer(served.url).models()
        assert events(OpenAICompatibleLLM(MODEL, served.url))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/v1"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/v1"),
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"),
        ("http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/v1"),
        ("http://127.0.0.1:8000/v1/chat/completions", "http://127.0.0.1:8000/v1"),
        ("localhost:8000", "http://localhost:8000/v1"),
        ("[::1]:8000", "http://[::1]:8000/v1"),
        ("api.deepseek.com", "https://api.deepseek.com/v1"),
        ("https://openrouter.ai/api", "https://openrouter.ai/api/v1"),
        ("https://open.bigmodel.cn/api/paas/v4/", "https://open.bigmodel.cn/api/paas/v4"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
        ("https://models.example/v1beta/openai/", "https://models.example/v1beta/openai"),
        ("https://ann:secret@models.example/v1?x=1#y", "https://models.example/v1"),
    ],
)
def test_a_base_address_may_be_typed_in_any_form(typed, address):
    assert openai_url(typed) == address
    assert openai_url(address) == address


@pytest.mark.parametrize("typed", ["ftp://gpu.lan", "gpu.lan:port", "gpu lan", "http://["])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(BadSettings):
        OpenAICompatibleLLM(MODEL, typed)
