"""What is said under an answer of its search: what was searched for, how sure it is, and what did without."""

from dataclasses import replace

import pytest

from rag.asking.answering import Evidence, evidence_answer
from rag.entrypoints.cli.results import answer_json
from rag.entrypoints.ui import texts
from rag.entrypoints.ui.ask import answer_view
from rag.records import Finished, Note, Request

FEE = Request("What is the annual mooring fee?")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "en")


@pytest.fixture
def answer(app, add, report):
    add("report.pdf", report)
    return next(event.answer for event in app.ask("ann", FEE) if isinstance(event, Finished))


def remarks(answer):
    notes = answer_view.kept(answer, "1-0", last=True)["notes"]
    return ["".join(text for _, text in note["pieces"]) for note in notes]


def test_what_is_sure_needs_no_word(answer):
    assert answer.certainty == ""
    assert 0.5 < answer.confidence <= 1.0
    assert not any("chance" in remark for remark in remarks(answer))


def test_what_is_doubtful_says_so_with_its_chance(answer):
    (remark, *_) = remarks(replace(answer, confidence=0.42, certainty="doubtful"))
    assert remark.startswith("It is doubtful that the right page is among these (chance about 42 %)")


def test_what_was_searched_for_is_said(answer):
    (remark, *_) = remarks(replace(answer, searched=("What was the fee in 2021?", "charges 2021", "2021年系泊费")))
    assert remark.startswith("Searched for: What was the fee in 2021? (and for 2 more)")


def test_a_reranker_that_failed_is_told_of_and_the_others_remarks_stay(answer):
    note = Note("RerankerUnavailable", {"name": "x", "reason": "nothing answers there"})
    told = remarks(replace(answer, notes=(note,)))
    assert any(remark.startswith("The reranker x cannot be used: nothing answers there") for remark in told)
    assert len(told) == len(remarks(answer)) + 1


@pytest.mark.parametrize(("question", "said"), [(FEE, "This was not found"), (Request("系泊费是多少？"), "没有找到")])
def test_what_is_probably_absent_is_not_answered_but_the_nearest_is_shown(app, answer, question, said):
    hits = tuple(app.find("ann", FEE.need, k=3))
    evidence = Evidence(hits, answer.evidence, {"evidence": 0.1}, confidence=0.1, certainty="absent")
    refused = evidence_answer(question, evidence)
    assert said in refused.text
    assert refused.citations == ()
    assert refused.evidence == answer.evidence
    assert not any("own words" in remark for remark in remarks(refused))


def test_the_command_line_prints_how_sure_it_is(answer):
    told = answer_json(answer, lambda *_: [])
    assert told["confidence"] == round(answer.confidence, 3)
    assert (told["certainty"], told["searched"], told["notes"]) == ("", [], [])
