"""What a question asks for, by its words alone."""

import pytest

from rag.figures.asked.wishes import wish_of


@pytest.mark.parametrize(
    "question", ["销售额第一的产品是哪个？", "谁的销售额排第一?", "第一大客户是谁？", "Which product sells best?"]
)
def test_who_comes_first_is_a_ranking(question):
    assert wish_of(question).ranked


@pytest.mark.parametrize("question", ["第一季度的销售额是多少？", "第一批交付了多少台？", "第一产业的产值是多少？"])
def test_the_first_of_a_series_is_a_name_not_a_ranking(question):
    assert not wish_of(question).ranked
