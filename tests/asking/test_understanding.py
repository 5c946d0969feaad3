"""What is searched for a question: whole after the turns before it, and in other words when a model is asked to."""

import threading
import time

import pytest

from rag.asking.understanding import Understood, put_otherwise
from rag.errors import LLMUnavailable
from rag.records import Finished, ModelChoice, Options, Request, Wrote
from rag.writing.llm.scripted import ScriptedLLM
from rag.writing.prompts.rewriting import asking_for, rewritten

LINES = """<think>Which year?</think>QUESTION: What was the mooring fee of Harbour Ferries in 2021?
ALSO: berthing charges of Harbour Ferries 2021 [1]
ALSO: 海港轮渡2021年系泊费
PASSAGE: In 2021 Harbour Ferries charged 9 euros for each metre of berth.
And now some words that nobody asked for."""


def told(question, text):
    return rewritten(question, ScriptedLLM(text).stream((), Options()))


def test_a_reply_is_read_line_by_line():
    found = told("And in 2021?", LINES)
    assert found.question == "What was the mooring fee of Harbour Ferries in 2021?"
    assert found.besides == (
        "berthing charges of Harbour Ferries 2021",
        "海港轮渡2021年系泊费",
        "In 2021 Harbour Ferries charged 9 euros for each metre of berth.",
    )


@pytest.mark.parametrize("text", ["", "I cannot do that.", "QUESTION:", "<think>never closed"])
def test_a_reply_in_another_form_says_nothing(text):
    assert told("And in 2021?", text).besides == ()
    assert told("And in 2021?", text).question == ""


def test_a_whole_question_in_another_language_is_searched_for_besides():
    found = told("那2021年呢？", "QUESTION: What was the fee in 2021?")
    assert (found.question, found.besides) == ("", ("What was the fee in 2021?",))


def test_a_model_is_told_the_turns_before_in_short(app, add, report):
    add("report.pdf", report)
    answer = finished(app.ask("ann", Request("What is the annual mooring fee?")))
    (_, asked) = asking_for("And for dogs?", [Turnlike(answer)])
    assert "What is the annual mooring fee?" in asked.content
    assert "12 euros for each metre" in asked.content
    assert "[1]" not in asked.content


PLAIN = Understood("And in 2021?")


def otherwise(llm, stop=None, seconds=5.0):
    return put_otherwise(PLAIN, PLAIN.question, (), lambda: llm, Options(), stop or threading.Event(), seconds)


def test_a_model_that_fails_leaves_the_question_as_it_is():
    found = otherwise(ScriptedLLM("", fails=LLMUnavailable(url="http://x")))
    assert (found.question, found.besides) == (PLAIN.question, ())
    assert found.problem.code == "NotRewritten"


def test_a_model_that_takes_too_long_is_not_waited_for():
    started = time.monotonic()
    found = otherwise(ScriptedLLM(LINES, pause=30), seconds=0.3)
    assert time.monotonic() - started < 20
    assert (found.question, found.problem.code) == (PLAIN.question, "NotRewritten")


def test_without_a_model_nothing_is_put_otherwise():
    assert otherwise(None) is PLAIN


class Turnlike:
    """A turn with nothing but its answer."""

    def __init__(self, answer):
        self.answer = answer


def finished(events):
    return next(event.answer for event in events if isinstance(event, Finished))


@pytest.fixture
def years(add, make_pdf):
    """A report whose pages are about one year each, and another company's."""

    def page(line):  # long enough for a passage of its own
        return [line, *(f"Item {number} of many others that nobody asks about." for number in range(25))]

    fees = [f"The mooring fee of Harbour Ferries in {year} was {year - 2010} euros." for year in (2021, 2022, 2023)]
    add("harbour.pdf", make_pdf(*map(page, [*fees, "Dogs travel free of charge on all boats."])))


def test_a_follow_up_is_searched_as_a_whole_question(app, years):
    first = finished(app.ask("ann", Request("What was the mooring fee of Harbour Ferries in 2023?")))
    assert first.searched == ()
    assert "13 euros" in first.text
    then = finished(app.ask("ann", Request("And in 2021?"), history=[Turnlike(first)]))
    assert then.searched == ("What was the mooring fee of Harbour Ferries in 2021?",)
    assert then.request.need == "And in 2021?"
    assert then.text.splitlines()[0].startswith("- The mooring fee of Harbour Ferries in 2021 was 11 euros.")
    third = finished(app.ask("ann", Request("2022?"), history=[Turnlike(first), Turnlike(then)]))
    assert third.searched == ("What was the mooring fee of Harbour Ferries in 2022?",)


def test_a_question_of_its_own_is_not_changed_by_the_one_before(app, years):
    first = finished(app.ask("ann", Request("What was the mooring fee of Harbour Ferries in 2023?")))
    then = finished(app.ask("ann", Request("Do dogs travel free of charge?"), history=[Turnlike(first)]))
    assert then.searched == ()
    assert "Dogs travel free" in then.text


def test_the_model_is_told_what_a_follow_up_is_understood_as(app, years):
    first = finished(app.ask("ann", Request("What was the mooring fee of Harbour Ferries in 2023?")))
    then = finished(app.ask("ann", Request("And in 2021?"), history=[Turnlike(first)], model=ModelChoice("scripted")))
    assert "(That is: What was the mooring fee of Harbour Ferries in 2021?)" in then.prompt.text


def test_a_computed_follow_up_is_about_the_table_of_the_question_before(app, add, sales):
    add("sales.xlsx", sales)
    first = finished(app.ask("ann", Request("What is the total of Q1?")))
    assert first.computed is not None
    then = finished(app.ask("ann", Request("And Q2?"), history=[Turnlike(first)]))
    assert then.searched == ("What is the total of Q2?",)
    assert then.computed.rows == ((225,),)


@pytest.mark.parametrize("switch", [True, False])
def test_wordings_of_a_model_are_searched_for_only_when_that_is_switched_on(app, years, monkeypatch, switch):
    monkeypatch.setattr("rag.writing.llm.scripted._quoted", lambda _: LINES)
    app.choose_rewriting("ann", switch)
    events = list(app.ask("ann", Request("What do dogs pay?"), model=ModelChoice("scripted")))
    answer = events[-1].answer
    assert ("rewrite" in answer.timings) is switch
    if switch:
        assert answer.searched[0] == "What was the mooring fee of Harbour Ferries in 2021?"
        assert len(answer.searched) == 4
        assert "2021 was 11 euros" in answer.evidence[0].quote
    else:
        assert answer.searched == ()
    assert any(isinstance(event, Wrote) for event in events)
