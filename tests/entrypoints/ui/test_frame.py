"""The frame: every page is reached from it, it speaks two languages, and it stays light."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rag.entrypoints.ui import frame
from rag.entrypoints.ui.models.model_watch import ModelStatus, ModelWatch, look
from rag.errors import LLMUnavailable
from rag.library.members import ANYONE
from rag.records import ModelChoice
from rag.wiring import workspace

APP = Path(__file__).parents[3] / "app.py"


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setattr("rag.entrypoints.ui.texts.browser_language", lambda: "en")
    monkeypatch.setattr("rag.entrypoints.ui.frame.browser_language", lambda: "en")


@pytest.fixture
def framed(at_desk, english):
    visitor = AppTest.from_file(str(APP), default_timeout=30).run()
    assert not visitor.exception
    return visitor


def links(visitor):
    return [link.proto.label for link in visitor.sidebar.get("page_link")]


def test_every_page_is_reached_from_the_sidebar(framed):
    assert links(framed) == ["Ask", "Documents", "Tables", "Sheet", "Find", "Evaluate", "This base", "Models"]


def test_who_names_no_base_begins_where_a_document_was_added_last(at_desk, english, make_pdf):
    app = workspace(at_desk)
    full = app.create_base(ANYONE, "Reports")
    app.create_base(ANYONE, "Empty")
    app.add(ANYONE, full.id, "fees.pdf", io.BytesIO(make_pdf(["Fees"])))
    visitor = AppTest.from_file(str(APP), default_timeout=30)
    assert visitor.run().selectbox(key="base").value == full.id
    visitor = AppTest.from_file(str(APP), default_timeout=30)
    visitor.query_params["base"] = "Empty"
    assert visitor.run().selectbox(key="base").value != full.id
    assert not visitor.exception


def test_the_sidebar_says_that_there_is_no_model(framed):
    assert "No model: evidence only" in framed.button(key="model-chip").label


def test_the_language_can_be_changed_at_any_time(framed):
    framed.segmented_control(key="language").set_value("zh").run()
    assert not framed.exception
    assert links(framed) == ["提问", "文档", "表格", "汇总", "检索", "评测", "本知识库", "模型"]
    framed.segmented_control(key="language").set_value("en").run()
    assert links(framed) == ["Ask", "Documents", "Tables", "Sheet", "Find", "Evaluate", "This base", "Models"]


def test_a_reload_keeps_the_language(at_desk, english):
    visitor = AppTest.from_file(str(APP), default_timeout=30)
    visitor.query_params["language"] = "中文"
    assert links(visitor.run()) == ["提问", "文档", "表格", "汇总", "检索", "评测", "本知识库", "模型"]


def test_settings_that_cannot_be_are_explained(at_desk, english, monkeypatch):
    monkeypatch.setenv("RAG_TOPK", "3")
    visitor = AppTest.from_file(str(APP), default_timeout=30).run()
    assert not visitor.exception
    assert visitor.title[0].value == "PageCite cannot open its library"
    assert "RAG_TOPK: no such setting" in visitor.text[0].value
    monkeypatch.delenv("RAG_TOPK")
    visitor.button(key="open-again").click().run()
    assert links(visitor) == ["Ask", "Documents", "Tables", "Sheet", "Find", "Evaluate", "This base", "Models"]


def test_opening_the_page_loads_no_torch(tmp_path):
    code = f"""
import os, sys
os.environ |= {{"RAG_HOME": {str(tmp_path / "home")!r}, "RAG_LLM": "none"}}
from streamlit.testing.v1 import AppTest
visitor = AppTest.from_file({str(APP)!r}, default_timeout=60).run()
assert not visitor.exception
heavy = {{"torch", "sentence_transformers", "transformers", "onnx", "pymupdf", "openpyxl"}} & set(sys.modules)
import streamlit
streamlit.cache_resource.clear()
sys.exit(f"loaded: {{heavy}}" if heavy else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=APP.parent, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


# ── bases ──


def base_names(visitor):
    return visitor.selectbox(key="base").options


def dialogs():
    from rag.entrypoints.ui.bases import picker as bases

    bases.picker()


def test_there_is_a_base_to_begin_with(framed):
    assert base_names(framed) == ["Library"]


def test_a_new_base_is_the_one_that_is_chosen(visit, english, app):
    visitor = visit(dialogs, base_wish="new")
    visitor.text_input(key="base-new-name").set_value("*Reports*")
    visitor.button(key="base-new-do").click().run()
    assert not visitor.exception
    assert base_names(visitor) == ["Library", "*Reports*"]
    assert visitor.selectbox(key="base").value == app.bases("ann")[1].id


def test_a_name_that_is_taken_is_refused_where_it_is_typed(visit, english, app):
    app.bases("ann")
    visitor = visit(dialogs, base_wish="new")
    visitor.text_input(key="base-new-name").set_value("Library")
    visitor.button(key="base-new-do").click().run()
    assert [error.value for error in visitor.error] == ["There is already a base named Library. Choose another name."]


def test_a_base_can_be_renamed(visit, english, app):
    base = app.bases("ann")[0]
    visitor = visit(dialogs, base_wish="rename")
    visitor.text_input(key=f"base-rename-name-{base.id}").set_value("Reports")
    visitor.button(key="base-rename-do").click().run()
    assert [base.name for base in app.bases("ann")] == ["Reports"]


def test_a_base_says_how_many_documents_go_with_it(visit, english, app, add, report):
    add("report.pdf", report)
    visitor = visit(dialogs, base_wish="remove")
    assert "Documents in it: 1." in visitor.text[1].value
    visitor.button(key="base-remove-do").click().run()
    assert not visitor.exception
    assert app.documents("ann") == []
    assert [base.documents for base in app.bases("ann")] == [0]


def test_a_base_that_someone_else_removed_is_left_for_another(visit, english, app):
    app.bases("ann")
    gone = app.create_base("ann", "Reports")
    visitor = visit(dialogs, base=gone.id)
    assert visitor.selectbox(key="base").value == gone.id
    app.remove_base("ann", gone.id)
    visitor.run()
    assert not visitor.exception
    assert visitor.selectbox(key="base").value == app.bases("ann")[0].id


# ── the model chip ──


@pytest.mark.parametrize(
    ("state", "name", "said"),
    [
        ("answers", "deepseek-r1:7b", "deepseek\\-r1\\:7b"),
        ("none", "", "No model: evidence only"),
        ("silent", "", "No model: evidence only"),
        ("silent", "deepseek-r1", "deepseek\\-r1 does not answer"),
        ("missing", "deepseek-r1", "deepseek\\-r1 is not there"),
    ],
)
def test_the_chip_says_in_words_which_model_answers(english, state, name, said):
    label, _ = frame.chip(ModelStatus(ModelChoice("ollama", name, "http://x"), state))
    assert label.endswith(f"] {said}")


def test_a_slow_server_does_not_hold_up_the_page():
    import threading

    go = threading.Event()
    found = ModelStatus(ModelChoice("none"), "none")

    def slow():
        go.wait(10)
        return found

    watch = ModelWatch(slow)
    assert watch.status(patience=0.01) is None
    go.set()
    assert watch.status(patience=5) == found


def test_an_old_look_is_shown_until_the_new_one_is_there():
    now = [0.0]
    states = iter(["answers", "silent"])
    watch = ModelWatch(lambda: ModelStatus(ModelChoice("none"), next(states)), lambda: now[0])
    assert watch.status(5).state == "answers"
    now[0] = 100.0
    assert watch.status(5).state == "answers"
    watch._looking.join(5)
    assert watch.status(5).state == "silent"


def test_what_was_seen_is_forgotten_when_another_model_is_chosen():
    states = iter(["answers", "none"])
    watch = ModelWatch(lambda: ModelStatus(ModelChoice("none"), next(states)))
    assert watch.status(5).state == "answers"
    watch.forget()
    assert watch.status(5).state == "none"


def test_a_look_tells_a_silent_server_from_a_missing_model(app):
    from ollama_server import OllamaScript, ollama_server

    app.choose_model("ann", ModelChoice("ollama", "deepseek-r1:1.5b", "127.0.0.1:1"))
    seen = look(app)
    assert (seen.state, seen.problem.code) == ("silent", LLMUnavailable.__name__)
    with ollama_server(OllamaScript(models=("deepseek-r1:1.5b", "llama3:latest"))) as server:
        for name, state in {"deepseek-r1:1.5b": "answers", "llama3": "answers", "deepseek-r1": "missing"}.items():
            app.choose_model("ann", ModelChoice("ollama", name, server.url))
            assert look(app).state == state
