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


@pytest.mark.parametrize(
    "question", ["What were diluted earnings per share?", "dividends per share in 2023", "每股收益"]
)
def test_what_falls_to_each_share_is_no_share(question):
    wish = wish_of(question)
    assert wish.operation is None
    assert not wish.each


@pytest.mark.parametrize("question", ["average over two quarters", "上半年两个季度平均是多少"])
def test_several_periods_at_once_split_nothing(question):
    assert wish_of(question).grain is None


@pytest.mark.parametrize(
    "question", ["Which is higher, cost or revenue?", "甲和乙谁的工资更高？", "两家公司哪家收入低"]
)
def test_which_of_two_is_more_sets_them_against_each_other(question):
    assert wish_of(question).compare


def test_the_highest_of_all_is_no_comparison():
    assert not wish_of("哪家公司收入最高？").compare
