"""How many of the questions on the sample documents are answered from the documents alone, without a model."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from rag.records import Cells, Finished, ModelChoice, Page, Request

FOLDER = Path(__file__).parents[1] / "sample_docs"
QUESTIONS = [
    question
    for question in tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))["question"]
    if question["answer"]
]


def squeezed(text):
    """Without any white space, so that line ends do not matter."""
    return re.sub(r"\s+", "", text)


def stands_where_it_should(question, citation):
    if citation.document.name != question["document"]:
        return False
    for place in citation.places:
        match place:
            case Page(number):
                if number == question["page"]:
                    return True
            case Cells(sheet):
                if sheet == question["sheet"]:
                    return True
    return False


@pytest.fixture(scope="module")
def answered(samples):
    """For each kind of question: how many there are, whose answer is in the text, and whose place is cited."""
    counts = Counter()
    for question in QUESTIONS:
        *_, last = samples.ask("ann", Request(question["question"]), model=ModelChoice("none"))
        assert isinstance(last, Finished)
        kind = question["kind"]
        counts[kind, "asked"] += 1
        counts[kind, "answered"] += squeezed(question["answer"]) in squeezed(last.answer.text)
        counts[kind, "cited"] += any(stands_where_it_should(question, each) for each in last.answer.citations)
    return counts


@pytest.mark.parametrize(("kind", "answers", "places"), [("table", 18, 18), ("text", 7, 7)])
def test_most_questions_are_answered_and_their_places_cited_without_a_model(answered, kind, answers, places):
    assert answered[kind, "answered"] >= answers
    assert answered[kind, "cited"] >= places
    assert answered[kind, "asked"] == sum(question["kind"] == kind for question in QUESTIONS)
