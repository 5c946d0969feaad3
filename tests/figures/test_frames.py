"""Which rows go in and by what they are split; where that is not sure, nothing is computed."""

from dataclasses import replace

import pytest

from rag.figures.computing import Source, computed
from rag.figures.typed import typed
from rag.records import Page

BOOKINGS = [
    ("EMEA", "Norway", 410, 388),
    (None, "Greece", 120, 133),
    (None, "Italy", 260, 244),
    ("EMEA subtotal", None, 790, 765),
    ("Americas", "USA", 980, 1010),
    (None, "Chile", 88, 91),
    ("Americas subtotal", None, 1068, 1101),
]


def test_a_name_that_stands_in_the_first_of_its_rows_is_that_of_the_rows_below(source_of):
    outlined = source_of(("Region", "Country", "Q1", "Q2"), BOOKINGS)
    assert dict(computed("total Q2 by region", [outlined]).rows) == {"EMEA": 765, "Americas": 1101}
    assert computed("total Q2 of EMEA", [outlined]).rows == ((765,),)
    assert computed("which country had the highest Q2?", [outlined]).rows == (("USA", 1010),)
    named_twice = [*BOOKINGS[:-1], ("EMEA", "Spain", 5, 6)]
    assert computed("total Q2 by region", [source_of(("Region", "Country", "Q1", "Q2"), named_twice)]) is None


def test_a_name_that_is_missing_once_is_not_that_of_the_row_above(source_of):
    posts = [("Ann", "Sales", 10), ("Bo", "Sales", 20), (None, "Stores", 30), ("Cy", "Stores", 40)]
    table = source_of(("Employee", "Team", "Pay"), posts).table
    assert [row[0] for row in table.rows] == ["Ann", "Bo", None, "Cy"]


def test_a_few_whole_numbers_tell_rows_apart_and_other_numbers_do_not(source_of):
    cars = [(21, 6), (22.8, 4), (18.7, 8), (24.4, 4), (20, 6), (18.3, 8)]
    found = computed("average mpg by cyl", [source_of(("mpg", "cyl"), cars)])
    assert dict(found.rows) == {4: pytest.approx(23.6), 6: 20.5, 8: 18.5}
    assert computed("average cyl by mpg", [source_of(("mpg", "cyl"), cars)]) is None
    assert computed("average mpg", [source_of(("mpg", "cyl"), cars)]).rows == ((pytest.approx(20.866666),),)


def test_a_trend_of_nothing_is_no_sum_of_all_lines_of_a_statement(table_of):
    lines = [("Cash", 10, 12), ("Stocks", 5, 6), ("Total assets", 15, 18), ("Loans", 4, 5), ("Total liabilities", 4, 5)]
    table = table_of(("Item", "Q3 2024", "Q4 2023"), lines)
    printed = tuple(tuple(replace(cell, place=Page(2, None, None)) for cell in row) for row in table.rows)
    statement = Source(None, typed(replace(table, rows=printed), "statement", lambda text: None))
    assert computed("有没有季度走势的图表", [statement]) is None
    assert computed("is there a chart of the quarterly trend", [statement]) is None


def test_rows_of_a_nested_table_are_not_added_up_by_a_name_that_stands_under_several(sheet):
    heads = [[("Region", 1, 1), ("Workers", 2, 1), ("% of total", 3, 1)]]
    rows = [
        ("East", "", ""),
        (".Region 1", "5", "10"),
        (".Region 2", "7", "14"),
        ("West", "", ""),
        (".Region 1", "9", "18"),
    ]
    nested = sheet(heads, rows)
    assert computed("How many workers of East Region 1?", [nested]).rows[0][-1] == 5
    assert computed("workers of Region 1", [nested]) is None
    assert computed("total workers", [nested]) is None


def test_a_number_that_nothing_accounts_for_is_not_left_out(source_of):
    ranks = source_of(("Rank", "Group", "% of sugars"), [(1, "Milk", 20.5), (2, "Sweets", 10.5), (3, "Fruit", 9.0)])
    assert computed("what is the % of sugars for 2", [ranks]) is None
    assert computed("total % of sugars", [ranks]) is None


@pytest.mark.parametrize(
    "question",
    [
        "2024年前三季度的销售额合计",
        "2024年半年度销售额合计",
        "2024年上半年比2023年销售额增长了多少",
        "2024财年上半年销售额合计",
    ],
)
def test_a_part_of_a_year_that_cannot_be_bounded_is_not_taken_for_the_year(sales_of_two_years, question):
    assert computed(question, [sales_of_two_years]) is None
    assert computed("2024年销售额合计", [sales_of_two_years]) is not None


def test_of_all_and_over_all_is_one_figure_and_each_is_several(source_of):
    rooms = source_of(("Hotel", "Rooms"), [("Harbour", 84), ("Castle", 139), ("Lakeside", 91)])
    assert computed("Total number of rooms over all hotels", [rooms]).rows == ((314,),)
    assert computed("What is the total of rooms of all the hotels?", [rooms]).rows == ((314,),)
    assert len(computed("total rooms of each hotel", [rooms]).rows) == 3


def test_a_half_of_a_year_bounds_what_is_added_up_and_compared(source_of):
    days = [("2023-02-01", 100), ("2023-09-01", 500), ("2024-03-01", 80), ("2024-06-30", 70), ("2024-07-01", 900)]
    sales = [source_of(("日期", "销售额"), days)]
    assert computed("2024年上半年销售额合计", sales).rows == ((150,),)
    assert computed("total 销售额 in H2 2024", sales).rows == ((900,),)
    assert computed("2024年H1的销售额合计", sales).only == ("2024年上半年",)
    grown = computed("2024年上半年比2023年上半年销售额增长了多少", sales)
    assert grown.rows[-1][-1] == pytest.approx(0.5)
    assert "上半年" in grown.only
    assert computed("上半年销售额合计", sales) is None
    by_year = [source_of(("年份", "销售额"), [("2022年", 100), ("2023年", 500), ("2024年", 80)])]
    assert computed("2024年上半年销售额合计", by_year) is None
    assert computed("2024年第一季度销售额合计", by_year) is None
