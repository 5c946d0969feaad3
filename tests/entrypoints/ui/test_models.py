"""The Models page: which model answers, and choosing another, on servers on a real port."""

import threading

import pytest
from ollama_server import Endless, OllamaScript, ollama_server
from openai_server import OpenAIScript, openai_server
from rerank_server import RerankScript, rerank_server

from rag.entrypoints.ui.models.model_downloads import ADVICE, size
from rag.entrypoints.ui.models.model_pulls import ModelPulls
from rag.errors import LLMRefused
from rag.records import ModelChoice, PullProgress, RerankerChoice

KEY = "sk-secret-0123456789"


def models_page():
    from rag.entrypoints.ui.models import page as models

    models.page()


def everything(visitor):
    """All that a person can read on the page, and what is in its fields."""
    return repr(
        [part.proto for kind in ("markdown", "text_input", "success", "info", "warning") for part in visitor.get(kind)]
    )


def wait_for(pulls, state):
    for _ in range(500):
        if all(pull.state == state for pull in pulls.all()):
            return pulls.all()
        threading.Event().wait(0.01)
    raise AssertionError(pulls.all())


# ── Ollama ──


@pytest.fixture
def ollama(at_desk, monkeypatch):
    with ollama_server(OllamaScript(models=("deepseek-r1:1.5b", "qwen3:4b"))) as server:
        monkeypatch.setenv("RAG_LLM", "auto")
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


def test_a_model_that_ollama_has_is_used_without_a_choice(ollama, visit):
    visitor = visit(models_page)
    assert visitor.success[0].value.startswith("**deepseek\\-r1\\:1\\.5b** writes the answers")


def test_one_of_the_models_can_be_chosen(ollama, visit, app):
    visitor = visit(models_page)
    assert [text.value for text in visitor.text] == ["deepseek-r1:1.5b", "qwen3:4b"]
    visitor.button(key="use-1").click().run()
    assert not visitor.exception
    assert app.model("ann") == ModelChoice("ollama", "qwen3:4b", ollama.url)
    assert [part.value for part in visitor.toast] == ["**qwen3\\:4b** answers from now on."]


def test_ollama_that_does_not_run_is_no_failure(at_desk, visit, monkeypatch):
    monkeypatch.setenv("RAG_LLM", "ollama")
    monkeypatch.setenv("RAG_OLLAMA_URL", "http://127.0.0.1:1")
    visitor = visit(models_page)
    assert not visitor.error
    assert "**Ollama is not running**" in [part.value for part in visitor.markdown]
    assert visitor.code[0].value == "ollama serve\nollama pull deepseek-r1:1.5b"


def test_another_machine_can_run_ollama(at_desk, visit, app, ollama):
    with ollama_server(OllamaScript(models=("llama3:8b",))) as other:
        visitor = visit(models_page)
        visitor.text_input(key=f"ollama-url-{ollama.url}").set_value(other.url)
        visitor.button(key="ollama-look").click().run()
        assert app.model("ann") == ModelChoice("ollama", "llama3:8b", other.url)


def test_an_address_that_is_none_is_explained(visit, ollama):
    visitor = visit(models_page)
    visitor.text_input(key=f"ollama-url-{ollama.url}").set_value("ftp://x y")
    visitor.button(key="ollama-look").click().run()
    assert visitor.error[0].value.startswith("The settings cannot be used: not the address of a server")


def test_a_model_can_be_downloaded_from_the_page(ollama, visit, app):
    from rag.entrypoints.ui.desk import desk

    visitor = visit(models_page)
    visitor.selectbox(key="pull-name").set_value("deepseek-r1:7b").run()
    visitor.button(key="pull").click().run()
    wait_for(desk().pulls, "done")
    visitor.run()
    assert not visitor.exception
    assert "**deepseek\\-r1\\:7b** is there and can be used." in [part.value for part in visitor.success]
    assert "deepseek-r1:7b" in [text.value for text in visitor.text]
    visitor.button(key="pull-away-0").click().run()
    assert desk().pulls.all() == []


def test_a_download_is_seen_and_stopped_by_whoever_comes_later(at_desk, visit, monkeypatch):
    from rag.entrypoints.ui.desk import desk

    endless = Endless('{"status": "pulling aa", "digest": "sha256:aa", "total": 2000000000, "completed": 500000000}\n')
    with ollama_server(OllamaScript(pulls=(endless,))) as server:
        monkeypatch.setenv("RAG_LLM", "auto")
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        visitor = visit(models_page)
        visitor.selectbox(key="pull-name").set_value("deepseek-r1:7b").run()
        visitor.button(key="pull").click().run()
        later = visit(models_page)
        assert later.button(key="pull-stop-0").label == "Stop"
        later.button(key="pull-stop-0").click().run()
        wait_for(desk().pulls, "stopped")
        assert server.away.wait(5)


def test_the_advice_names_what_a_machine_needs():
    assert [each.name.partition(":")[2] for each in ADVICE] == ["1.5b", "7b", "8b", "14b", "32b", "70b"]
    assert all(float(each.memory) >= 1.2 * each.download for each in ADVICE)


@pytest.mark.parametrize(("count", "said"), [(0, ""), (84_000_000, "84\u00a0MB"), (1_117_322_599, "1.1\u00a0GB")])
def test_sizes_are_said_as_people_say_them(count, said):
    assert size(count) == said


# ── downloads ──


class Server:
    """A server that gives *steps*, then fails with *problem*."""

    def __init__(self, steps, problem=None):
        self.steps, self.problem, self.asked = steps, problem, 0

    def models(self):
        return []

    def pull(self, name):
        self.asked += 1
        yield from self.steps
        if self.problem is not None:
            raise self.problem


def test_a_download_that_fails_says_why():
    pulls = ModelPulls()
    pulls.begin(Server([PullProgress("x", 1, 10)], LLMRefused(url="u", reason="no space")), "u", "m")
    (pull,) = wait_for(pulls, "failed")
    assert (pull.problem.code, pull.progress.done) == ("LLMRefused", 1)


def test_a_download_that_is_under_way_is_not_begun_again():
    go = threading.Event()

    def steps():
        yield PullProgress("x")
        go.wait(10)

    pulls, server = ModelPulls(), Server(steps())
    pulls.begin(server, "u", "m")
    pulls.begin(server, "u", "m")
    go.set()
    wait_for(pulls, "done")
    assert server.asked == 1
    pulls.put_away("u", "m")
    assert pulls.all() == []


# ── OpenAI-compatible servers ──


def connect(visitor, url, key=""):
    if visitor.segmented_control(key="model-way").value != "openai":
        visitor.segmented_control(key="model-way").set_value("openai").run()
    visitor.text_input(key="openai-url").set_value(url)
    secret = next(field for field in visitor.text_input if field.key.startswith("openai-key"))
    secret.set_value(key)
    return visitor.button(key="openai-connect").click().run()


def test_a_server_is_connected_to_with_a_key_that_is_never_shown_again(at_desk, visit, app):
    with openai_server(OpenAIScript(models=("deepseek-r1", "qwen"), key=KEY)) as server:
        visitor = connect(visit(models_page), server.url, KEY)
        assert not visitor.error
        assert visitor.selectbox(key="openai-model").options == ["deepseek-r1", "qwen"]
        assert KEY not in everything(visitor)
        visitor.selectbox(key="openai-model").set_value("qwen").run()
        visitor.button(key="openai-use").click().run()
        assert app.model("ann") == ModelChoice("openai", "qwen", server.url, KEY)
        assert KEY not in everything(visitor)
        assert KEY not in everything(visit(models_page))


def test_a_kept_key_goes_to_its_own_server_only(at_desk, visit, app):
    with openai_server(OpenAIScript(key=KEY)) as known, openai_server() as other:
        app.choose_model("ann", ModelChoice("openai", "deepseek-r1", known.url, KEY))
        visitor = connect(visit(models_page), known.url)
        assert not visitor.error
        connect(visitor, other.url)
        sent = [headers["authorization"] for _, headers, _ in other.requests]
        assert sent
        assert all(KEY not in header for header in sent)


def test_a_key_that_is_refused_is_explained(at_desk, visit, app):
    with openai_server(OpenAIScript(key=KEY)) as server:
        visitor = connect(visit(models_page), server.url, "sk-wrong")
        assert "the key was not accepted" in visitor.error[0].value
        assert app.model("ann").server == "none"


# ── none ──


def test_evidence_alone_can_be_chosen(ollama, visit, app):
    visitor = visit(models_page)
    visitor.segmented_control(key="model-way").set_value("none").run()
    visitor.button(key="use-none").click().run()
    assert app.model("ann") == ModelChoice("none")
    assert visitor.info[0].value.startswith("No model answers now")


# ── models for the search ──


@pytest.fixture
def no_model(at_desk, monkeypatch):
    monkeypatch.setenv("RAG_LLM", "none")


def test_a_reranker_is_chosen_by_its_server_and_put_away_again(no_model, visit, app):
    with rerank_server(RerankScript(key=KEY)) as served:
        visitor = visit(models_page)
        visitor.segmented_control(key="reranker-way").set_value("server").run()
        visitor.text_input(key="reranker-url").set_value(served.url)
        visitor.text_input(key="reranker-key-0").set_value(KEY)
        visitor.button(key="reranker-use-server").click().run()
        assert not visitor.exception
        assert app.reranker("ann") == RerankerChoice("server", "", served.url, KEY)
        assert KEY not in everything(visitor)
        assert any(part.value.startswith("In use") for part in visitor.caption)
    visitor.segmented_control(key="reranker-way").set_value("off").run()
    visitor.button(key="reranker-stop").click().run()
    assert app.reranker("ann") == RerankerChoice()


def test_a_reranker_that_cannot_be_used_is_not_chosen(no_model, visit, app):
    visitor = visit(models_page)
    visitor.segmented_control(key="reranker-way").set_value("local").run()
    visitor.text_input(key="reranker-name").set_value("nobody/none")
    visitor.button(key="reranker-use-local").click().run()
    assert not visitor.exception
    assert "it is not on this machine" in visitor.error[0].value
    assert app.reranker("ann") == RerankerChoice()


def test_the_switch_for_other_wordings_is_kept(no_model, visit, app):
    visitor = visit(models_page)
    assert visitor.toggle(key="rewriting").value is False
    visitor.toggle(key="rewriting").set_value(True).run()
    assert app.rewrites("ann") is True
    assert visit(models_page).toggle(key="rewriting").value is True
