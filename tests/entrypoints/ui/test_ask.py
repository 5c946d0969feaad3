"""The Ask page, driven without a browser: the real wiring, a scripted model or none."""

import io
import json
import time
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from rag.entrypoints.ui import texts
from rag.library.members import ANYONE
from rag.records import Request
from rag.wiring import ingest, workspace

QUESTION = "What is the annual mooring fee?"


def _page():
    from rag.entrypoints.ui.ask import page as ask

    ask.page()


@pytest.fixture
def start(settings, monkeypatch):
    """Opens the page for a visitor: in a language, at an address, with a model."""

    def open_page(language="en", llm="none", **address):
        for name, value in {"HOME": settings.home, "EMBEDDER": "hashing", "LLM": llm}.items():
            monkeypatch.setenv(f"RAG_{name}", str(value))
        at = AppTest.from_function(_page, default_timeout=30)
        at.session_state["language"] = language
        for name, value in address.items():
            at.query_params[name] = value
        return at.run()

    yield open_page
    st.cache_resource.clear()  # ends the worker that the page has started


@pytest.fixture
def library(settings, report, sales):
    """Files in the library, read to the end."""
    app, worker = workspace(settings), ingest(settings)
    base = app.bases(ANYONE)[0].id
    app.add(ANYONE, base, "ferries.pdf", io.BytesIO(report))
    app.add(ANYONE, base, "sales.xlsx", io.BytesIO(sales))
    while worker.run_one():
        pass
    return app


def turns(at):
    """What the browser is given of each turn."""
    drawn = [element.proto for element in at.get("bidi_component")]
    return [json.loads(proto.json) for proto in drawn if proto.component_name == "pagecite_turn"]


def asked(at, question):
    """Asks, and looks on until the answer is there."""
    at.chat_input(key="ask-question").set_value(question).run()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert not at.exception
        if turns(at)[-1]["state"] == "done":
            return at.run()
        time.sleep(0.05)
        at.run()
    pytest.fail("no answer came")


def said(turn):
    return " ".join(text for note in turn["notes"] for _, text in note["pieces"])


def words(at):
    return " ".join(element.value for element in [*at.title, *at.markdown])


def test_a_first_visitor_is_offered_the_sample(start):
    at = start()
    assert texts.sentences("en")["ask.welcome"] in words(at)
    assert not at.chat_input
    at.button(key="ask-sample").click().run()
    assert not at.exception
    assert texts.sentences("en")["ask.reading_first"] in words(at)
    assert at.chat_input(key="ask-question").placeholder == texts.sentences("en")["ask.placeholder_wait"]


def test_a_file_that_cannot_be_read_is_named_before_anything_is_asked(at_desk, start, settings, report):
    app, worker = workspace(settings), ingest(settings)
    base = app.bases(ANYONE)[0].id
    app.add(ANYONE, base, "broken_1.pdf", io.BytesIO(b"%PDF-1.4 and nothing more"))
    assert worker.run_one()
    at = start()
    assert texts.sentences("en")["ask.nothing"] in words(at)
    assert at.chat_input(key="ask-question").placeholder == texts.sentences("en")["ask.nothing"]
    (link,) = at.main.get("page_link")
    assert link.proto.label == r"Not searched: broken\_1\.pdf"
    app.add(ANYONE, base, "ferries.pdf", io.BytesIO(report))
    at.run()
    assert "Documents to search: 0" not in words(at)
    assert texts.sentences("en")["ask.reading_first"] in words(at)
    while worker.run_one():
        pass
    at.run()
    assert "Documents to search: 1." in words(at)
    assert at.main.get("page_link")


def test_an_answer_needs_no_model_and_says_how_to_get_one(start, library):
    (turn,) = turns(asked(start(), QUESTION))
    assert turn["prose"][0]["c"] == [["t", "The annual mooring fee is 12 euros for each metre."], ["cite", 1]]
    assert turn["cards"][0]["place"] == "p. 2 (printed 1)"
    assert "ollama pull deepseek-r1:1.5b" in said(turn)


def test_a_model_writes_and_its_thinking_and_prompt_can_be_seen(start, library):
    at = asked(start(llm="scripted"), QUESTION)
    (turn,) = turns(at)
    assert "Reading [1]" in turn["thinking"]["text"]
    assert turn["thinking"]["label"].startswith("Thought for")
    assert turn["actions"]["prompt"]
    assert turn["notes"] == []


def test_a_reload_finds_the_conversation_by_its_address(start, library):
    at = asked(start(), QUESTION)
    number = at.query_params["c"]
    again = start(c=number)
    kept = [turn | {"asked": False} for turn in turns(at)]  # nothing is scrolled to
    assert turns(again) == kept
    again.query_params.clear()  # as the links to the pages do
    assert turns(again.run()) == kept


def test_of_a_long_conversation_the_newest_turns_are_drawn_until_all_are_wished_for(start, library):
    at = asked(start(), QUESTION)
    number = int(at.query_params["c"][0])
    answer = library.conversations.turns(ANYONE, number)[0].answer
    for at_once in range(23):
        library.conversations.add(ANYONE, number, replace(answer, request=Request(f"Question {at_once}")))
    at.run()
    assert [turn["question"] for turn in turns(at)] == [f"Question {each}" for each in range(9, 23)]
    assert turns(at)[0]["turn"] == f"{number}-10"
    at.button(key="ask-whole").click().run()
    assert [turn["question"] for turn in turns(at)][:2] == [QUESTION, "Question 0"]


def test_a_conversation_keeps_its_turns_in_order(start, library):
    at = asked(asked(start(), QUESTION), "North Q2")
    assert [turn["question"] for turn in turns(at)] == [QUESTION, "North Q2"]
    assert [turn["last"] for turn in turns(at)] == [False, True]
    at.button(key="ask-new").click().run()
    assert turns(at) == []
    assert "c" not in at.query_params


def test_every_conversation_can_be_reached_however_old(start, library):
    oldest = library.conversations.start(ANYONE, "The very first question")
    for number in range(60):
        library.conversations.start(ANYONE, f"Question {number}")
    at = start()
    offered = {button.key for button in at.button}
    assert "ask-open-61" in offered
    assert f"ask-open-{oldest}" not in offered
    at.text_input(key="ask-earlier-words").set_value("first VERY").run()
    assert [button.key for button in at.button if button.key.startswith("ask-open")] == [f"ask-open-{oldest}"]
    at.text_input(key="ask-earlier-words").set_value("").run()
    while [button for button in at.button if button.key == "ask-earlier-more"]:
        at.button(key="ask-earlier-more").click().run()
    at.button(key=f"ask-open-{oldest}").click().run()
    assert at.query_params["c"] in (str(oldest), [str(oldest)])


def test_a_conversation_that_was_deleted_is_not_found_and_says_so(start, library):
    at = asked(start(), QUESTION)
    number = at.query_params["c"]
    at.button(key=f"ask-delete-{number}").click().run()
    at.button(key=f"ask-delete-do-{number}").click().run()
    assert turns(at) == []
    again = start(c=number)
    assert not again.exception
    assert "no longer exists" in again.info[0].value


def test_a_conversation_is_not_deleted_by_one_click(start, library):
    at = asked(start(), QUESTION)
    number = at.query_params["c"]
    at.button(key=f"ask-delete-{number}").click().run()
    assert len(turns(at)) == 1
    at.button(key=f"ask-keep-{number}").click().run()
    assert len(turns(at)) == 1
    assert f"ask-delete-do-{number}" not in {button.key for button in at.button}


def test_nonsense_in_the_address_is_a_new_conversation(start, library):
    at = start(c="1; drop table")
    assert not at.exception
    assert turns(at) == []


def test_three_boxes_reach_the_prompt_and_the_question_is_the_need(start, library):
    at = start(llm="scripted")
    at.button(key="ask-boxes-toggle").click().run()
    at.text_area(key="ask-background").set_value("For the harbour board.")
    at.text_area(key="ask-need-0").set_value(QUESTION)
    at.text_area(key="ask-output").set_value("One sentence.")
    at.button(key="ask-submit").click().run()
    assert not at.exception
    until = time.monotonic() + 20
    while turns(at)[-1]["state"] != "done" and time.monotonic() < until:
        at.run()
    assert (turns(at)[0]["question"], turns(at)[0]["background"]) == (QUESTION, "For the harbour board.")
    (turn,) = library.conversations.turns(ANYONE, int(at.query_params["c"]))
    assert "For the harbour board." in turn.answer.prompt.text
    assert "One sentence." in turn.answer.prompt.text


def test_only_the_chosen_documents_are_searched(start, library):
    at = start()
    workbook = next(document for document in library.documents(ANYONE) if document.kind == "workbook")
    at.session_state["ask_documents"] = [workbook.id]
    (turn,) = turns(asked(at, QUESTION))
    assert {card["file"] for card in turn["cards"]} == {"sales.xlsx"}


def test_a_model_that_does_not_answer_costs_the_prose_only(start, library, monkeypatch):
    monkeypatch.setenv("RAG_OLLAMA_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("RAG_MODEL", "deepseek-r1:1.5b")
    (turn,) = turns(asked(start(llm="ollama"), QUESTION))
    assert turn["prose"][0]["c"][-1] == ["cite", 1]
    assert "http://127.0.0.1:9" in said(turn)
    assert turn["notes"][0]["kind"] == "problem"


def test_a_fault_of_the_program_leaves_the_question_on_the_page_and_the_story_in_the_log(
    start, library, monkeypatch, caplog
):
    monkeypatch.setattr("rag.asking.turn.understood", lambda *_: 1 // 0)
    (turn,) = turns(asked(start(), QUESTION))
    assert turn["question"] == QUESTION
    assert said(turn).startswith(texts.sentences("en")["error.RagError"])
    assert "ZeroDivisionError" in caplog.text


def test_a_question_before_anything_is_read_comes_to_a_sentence(start, settings, report):
    app = workspace(settings)
    app.add(ANYONE, app.bases(ANYONE)[0].id, "ferries.pdf", io.BytesIO(report))
    app.cancel(ANYONE, app.documents(ANYONE)[0].id)
    at = start(language="zh")
    at.chat_input(key="ask-question").set_value("系泊费是多少？").run()
    assert texts.sentences("zh")["error.NothingToSearch"] in at.error[0].value
    assert not turns(at)
    assert at.chat_input(key="ask-question").proto.value == "系泊费是多少？"  # nobody has to type it again


def test_the_page_speaks_the_chosen_language(start, library):
    at = asked(start(language="zh"), "系泊费是多少？")
    (turn,) = turns(at)
    assert turn["cards"][0]["place"] == "第 3 页（印刷页码 2）"
    assert at.chat_input(key="ask-question").placeholder == texts.sentences("zh")["ask.placeholder"]


def test_a_removed_document_leaves_its_answers(start, library):
    at = asked(start(), QUESTION)
    pdf = next(document for document in library.documents(ANYONE) if document.kind == "pdf")
    library.remove(ANYONE, pdf.id)
    (turn,) = turns(at.run())
    assert "12 euros" not in json.dumps(turn)
    assert texts.sentences("en")["answer.forgotten"] in said(turn)


def test_a_source_that_is_open_shows_nothing_of_a_document_that_was_removed(start, library, given):
    number = asked(start(), QUESTION).query_params["c"]
    at = start(c=number, source="0.citation.1")
    assert "12 euros" in given(at, "pagecite_source")["quote"]
    pdf = next(document for document in library.documents(ANYONE) if document.kind == "pdf")
    library.remove(ANYONE, pdf.id)
    source = given(at.run(), "pagecite_source")
    assert source["quote"] == ""
    assert "ferries.pdf" in source["problem"][0]
    assert not at.get("download_button")


def test_the_address_carries_a_mark_until_the_conversation_has_its_number(start, library):
    at = start()
    mark = at.query_params["new"]
    mark = mark[0] if isinstance(mark, list) else mark
    assert "c" not in at.query_params
    asked(at, QUESTION)
    assert "new" not in at.query_params
    again = start(new=mark)  # as loaded anew before the browser knew the number
    assert "new" not in again.query_params
    assert [turn["question"] for turn in turns(again)] == [turn["question"] for turn in turns(at)] != []


def test_a_mark_that_nobody_knows_is_a_new_conversation(start, library):
    at = start(new="unheard-of")
    assert not at.exception
    assert turns(at) == []
    assert at.query_params["new"] in ("unheard-of", ["unheard-of"])
