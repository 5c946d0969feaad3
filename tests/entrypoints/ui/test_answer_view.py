"""What the browser is given of a turn: evidence, then thinking, then prose, and in the end what is drawn ever after."""

import io
from dataclasses import replace

import pytest

from rag.entrypoints.ui import texts
from rag.entrypoints.ui.ask import answer_view
from rag.entrypoints.ui.ask.evidence_cards import card, marked, wanted_cached
from rag.library.members import ANYONE
from rag.records import Finished, Found, Request, Thought, Wrote
from rag.wiring import ingest, workspace

QUESTION = Request("What were the sales of North in Q2?")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "en")


@pytest.fixture(scope="module")
def answered(tmp_path_factory, sales):
    """The events of a question about a small table."""
    from rag.settings import Settings

    settings = Settings(home=tmp_path_factory.mktemp("home"), embedder="hashing", llm="none")
    app, worker = workspace(settings), ingest(settings)
    app.add(ANYONE, app.bases(ANYONE)[0].id, "sales.xlsx", io.BytesIO(sales))
    while worker.run_one():
        pass
    found, finished = app.ask(ANYONE, QUESTION)
    assert isinstance(found, Found)
    assert isinstance(finished, Finished)
    return found, finished


def states(*events, seconds=9.0):
    return answer_view.under_way(QUESTION, list(enumerate(events)), seconds, "1-0")


def test_a_turn_goes_through_its_states_in_order(answered):
    found, finished = answered
    assert states()["state"] == "searching"
    assert states()["cards"] is None
    waiting = states(found)
    assert waiting["state"] == "waiting"
    assert waiting["cards"][0]["file"] == "sales.xlsx"
    thinking = states(found, Thought("hm"))
    assert thinking["thinking"] == {"text": "hm", "label": "Thinking, {seconds} s", "seconds": 9.0, "live": True}
    writing = states(found, Thought("hm"), Wrote("130 [1]"))
    assert writing["thinking"]["label"] == "Thought for 1.0 s"
    assert writing["prose"] == [{"k": "p", "c": [["t", "130"], ["cite", 1]]}]
    assert writing["cites"]["1"]["label"].startswith("sales.xlsx › Sales!")
    assert states(found, finished) == answer_view.kept(finished.answer, "1-0", last=True)


def test_without_a_model_no_model_is_said_to_read(answered):
    found, _ = answered
    assert states(found)["wait"] == "The model is reading the evidence …"
    without = answer_view.under_way(QUESTION, [(0.0, found)], 1.0, "1-0", model=False)
    assert without["wait"] == "Putting the evidence together …"


def test_a_row_is_shown_under_its_heads_with_the_asked_column_marked(answered):
    _, finished = answered
    block = next(
        block for block in answer_view.kept(finished.answer, "1-0", last=True)["prose"] if block["k"] == "rows"
    )
    assert block["heads"] == ["Q1", "Q2"]
    assert block["rows"][0]["cells"] == ["120", "130"]
    assert block["asked"] == [1]
    assert block["numbers"] == [True, True]


def test_a_card_says_where_and_keeps_a_row_short(answered):
    found, _ = answered
    drawn = card(next(each for each in found.evidence if each.row), QUESTION.need)
    assert drawn["place"].startswith("Sales!")
    assert len(drawn["table"]["rows"][0]["cells"]) < 4


def test_a_row_says_what_its_table_is_called_by_the_heading_above_it(answered):
    citation = next(each for each in answered[0].evidence if each.row)
    named = replace(citation, head=replace(citation.head, name="Note 3: Sales by region", measure="in millions"))
    drawn = card(named, QUESTION.need)["table"]
    assert (drawn["title"], drawn["unit"]) == ("Note 3: Sales by region", "in millions")


def test_what_is_copied_names_its_sources(answered):
    _, finished = answered
    text = answer_view.copied(finished.answer)
    assert finished.answer.text in text
    assert "[1] sales.xlsx › Sales!" in text


@pytest.mark.parametrize(
    ("question", "text", "seen"),
    [
        ("How did revenues grow?", "Revenue was growing; overgrown", ["Revenue", "growing"]),
        ("营业收入是多少？", "报告期内营 业 收入增长", ["营 业 收入"]),
        ("sales in 2025", "12025 and 2025 and 2,025.1 Sales", ["2025", "Sales"]),
        ("???", "anything", []),
    ],
)
def test_the_words_of_the_question_are_marked_in_any_ending(question, text, seen):
    pieces = marked(text, wanted_cached(question))
    assert [words for words, on in pieces if on] == seen
    assert "".join(words for words, _ in pieces) == text


@pytest.mark.parametrize(("seconds", "said"), [(0, "0.1 s"), (2.34, "2.3 s"), (12.4, "12 s"), (185, "3 min 5 s")])
def test_durations_are_said_as_people_say_them(seconds, said):
    assert answer_view.duration(seconds) == said
