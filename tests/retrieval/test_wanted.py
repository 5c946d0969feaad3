"""What a question wants, and what only tells how to answer it."""

import pytest

from rag.retrieval.asked.question import without_manner
from rag.retrieval.asked.wanted import wanted


def test_what_is_asked_by_segments_or_regions_stands_on_no_statement():
    assert wanted("What was net income?").topics == {"income statement"}
    assert not wanted("Which segment had the highest net income?").topics
    assert not wanted("哪个地区的营业收入最高？").topics


def test_a_statement_that_is_named_is_wanted_all_the_same():
    assert wanted("Which segment had the highest net income in the income statement?").topics == {"income statement"}


@pytest.mark.parametrize(
    "question",
    [
        "What are its margins? If margins are not a useful metric for a company like this, then state why.",
        "What are its margins? Round your answer to two decimal places.",
        "What are its margins (in USD millions)?",
        "What are its margins? Answer in percent.",
        "What are its margins? Please give the answer in thousands.",
    ],
)
def test_how_to_answer_is_not_searched_for(question):
    assert without_manner(question).strip(" .?") == "What are its margins"


@pytest.mark.parametrize(
    "question",
    [
        "What was the cost of express parcels as a percentage of revenue?",
        "How many answers were there in the survey?",
        "Answer in USD millions.",
        "If the deal does not close, what has it to pay?",
    ],
)
def test_what_is_asked_stays_whole(question):
    assert without_manner(question) == question
