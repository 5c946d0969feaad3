"""Weights learnt from gold questions."""

import numpy as np
import pytest

from rag.errors import BadQuestions
from rag.evaluation.learning import Choice, choices, learn
from rag.evaluation.questions import GoldQuestion
from rag.retrieval.features import FEATURES

COUNT = len(FEATURES)


def choice(right, *pages, document="a.pdf"):
    table = np.zeros((len(pages), COUNT))
    for row, values in enumerate(pages):
        table[row, : len(values)] = values
    return Choice(document, "made", table, np.arange(len(pages)) == right)


def test_what_right_pages_have_weighs_more_than_what_wrong_ones_have():
    given = [choice(0, (1, 0), (0, 1), document=f"{number}.pdf") for number in range(9)]
    found = learn(given, [1])
    assert found.weights.words > 0 > found.weights.vectors
    assert found.fitted == found.validated == {"made": {"hit@1": 1.0}}


def test_what_is_told_of_a_document_was_learnt_on_others():
    odd = [choice(1, (1, 0), (0, 1), document="odd.pdf")]
    given = [choice(0, (1, 0), (0, 1), document=f"{number}.pdf") for number in range(3)] + odd
    assert learn(given, [1]).validated["made"]["hit@1"] == 0.75


def test_without_a_right_page_nothing_can_be_learnt():
    with pytest.raises(BadQuestions):
        learn([choice(7, (1,), (0,))], [1])


def test_a_question_is_asked_of_its_document_and_of_all(app, add, make_pdf):
    rest = [f"Item {number} of many others that nobody asks about." for number in range(25)]  # a passage of its own
    add("alpha.pdf", make_pdf(["The cat sleeps on the mat.", *rest], ["Rivers freeze in winter.", *rest]))
    add("beta.pdf", make_pdf(["The engine of the boat is silent.", *rest]))
    question = GoldQuestion(
        question="Rivers freeze", document="alpha.pdf", evidence=[{"document": "alpha.pdf", "page": 2}], group="s"
    )
    within, shared = choices(app, "ann", app.bases("ann")[0].id, [question])
    assert (within.set, shared.set) == ("s within", "s shared")
    assert len(within.pages) == 2 < len(shared.pages)
    assert within.right.sum() == shared.right.sum() == 1
    toml = learn([within, shared], [1]).as_toml()
    assert [line.split(" = ")[0] for line in toml.splitlines()] == list(FEATURES)
