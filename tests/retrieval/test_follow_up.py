"""Dialogues: what a question is understood as after the one before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.asked.follow_up import completed

FIRST = "What was the revenue of Harbour Ferries in 2023?"
CHINESE = "海港轮渡2023年营业收入是多少？"


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (FIRST, "And in 2021?", "What was the revenue of Harbour Ferries in 2021?"),
        (FIRST, "2021?", "What was the revenue of Harbour Ferries in 2021?"),
        (FIRST, "What about FY2021?", "What was the revenue of Harbour Ferries in 2021?"),
        (FIRST, "And the year before?", "What was the revenue of Harbour Ferries in 2022?"),
        (FIRST, "and in Q3?", "What was the revenue of Harbour Ferries in 2023? Q3"),
        (FIRST, "And its gross margin?", "its gross margin Harbour Ferries 2023"),
        (FIRST, "What was the net income?", "What was the net income Harbour Ferries 2023"),
        (FIRST, "And net income in 2021?", "net income in 2021 Harbour Ferries"),
        (FIRST, "And Lakeside Boats?", "What was the revenue of Lakeside Boats in 2023?"),
        (FIRST, "How about Lakeside Boats in 2020?", "What was the revenue of Lakeside Boats in 2020?"),
        (FIRST, "Why?", f"Why? {FIRST}"),
        (FIRST, "How many employees do they have?", "How many employees do they have Harbour Ferries 2023"),
        (FIRST, "那2021年呢？", "What was the revenue of Harbour Ferries in 2021?"),
        (FIRST, "毛利率呢？", "毛利率 Harbour Ferries 2023"),
        ("What was its revenue in Q2 2023?", "And in 2021?", "What was its revenue in Q2 2021?"),
        ("What is the annual mooring fee?", "And for dogs?", "for dogs What is the annual mooring fee?"),
        (CHINESE, "那2021年呢", "海港轮渡2021年营业收入是多少？"),
        (CHINESE, "2021年呢？", "海港轮渡2021年营业收入是多少？"),
        (CHINESE, "上一年呢？", "海港轮渡2022年营业收入是多少？"),
        (CHINESE, "它的毛利率呢", "它的毛利率 海港轮渡 2023年"),
        (CHINESE, "毛利率是多少？", "毛利率是多少 海港轮渡 2023年"),
        (CHINESE, "那2021年的净利润呢？", "2021年的净利润 海港轮渡"),
        (CHINESE, "为什么？", f"为什么？ {CHINESE}"),
        (CHINESE, "第三季度呢", "海港轮渡2023年营业收入是多少？ 第三季度"),
        (CHINESE, "And in 2021?", "海港轮渡2021年营业收入是多少？"),
    ],
)
def test_a_question_that_leans_on_the_one_before_is_made_whole(before, question, understood):
    assert completed(question, before) == understood


@pytest.mark.parametrize(
    "question",
    [
        "What is the annual mooring fee for dogs and cats?",
        "Who approved the annual report of Lakeside Boats?",
        "What was the net income of Lakeside Boats in 2020?",
        "List the members of the board with their years of birth",
        "湖畔船业2020年的净利润是多少？",
        "董事会在报告期内召开了几次会议？",
        "差旅费报销需要哪些凭证和审批？",
    ],
)
@pytest.mark.parametrize("before", [FIRST, CHINESE])
def test_a_question_of_its_own_stays_as_it_is(before, question):
    assert completed(question, before) == question


def test_a_question_in_another_language_leans_only_where_it_says_little():
    assert completed("Show loans by risk rating", CHINESE) == "Show loans by risk rating"
    assert completed("Gross margin?", CHINESE) == "Gross margin 海港轮渡 2023年"


def test_the_capital_that_begins_a_figure_is_no_name():
    before = "What was the revenue of Otter in 2023?"
    assert completed("Total assets?", before) == "Total assets Otter 2023"
    assert completed("EPS in 2021?", before) == "EPS in 2021 Otter"


def test_an_entity_that_documents_are_about_is_known_by_its_name():
    names = ["海港轮渡", "湖畔船业"]
    assert completed("湖畔船业呢？", CHINESE, names) == "湖畔船业2023年营业收入是多少？"
    assert completed("那湖畔船业2020年呢？", CHINESE, names) == "湖畔船业2020年营业收入是多少？"
    assert completed("湖畔船业的毛利率呢？", CHINESE, names) == "湖畔船业的毛利率 2023年"


def test_without_a_question_before_nothing_is_added():
    assert completed("And in 2021?", "") == "And in 2021?"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_questions_make_one(question, before):
    whole = completed(question, before)
    assert whole or not question.strip()
    assert "\0" not in whole or "\0" in question + before
