"""Which rows go in and by what they are split; where that is not sure, nothing is computed."""

from dataclasses import replace

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


def test_a_name_that_stands_in_the_first_of_its_rows_only_is_no_group(source_of):
    outlined = source_of(("Region", "Country", "Q1", "Q2"), BOOKINGS)
    assert computed("total Q2 by region", [outlined]) is None
    assert computed("total Q2 of EMEA", [outlined]).rows == ((765,),)
    names = ["EMEA"] * 4 + ["Americas"] * 3
    rows = [(name if row[1] else row[0], *row[1:]) for name, row in zip(names, BOOKINGS, strict=True)]
    found = computed("total Q2 by region", [source_of(("Region", "Country", "Q1", "Q2"), rows)])
    assert dict(found.rows) == {"EMEA": 765, "Americas": 1101}


def test_a_number_by_another_number_is_not_two_means(source_of):
    cars = [(21, 6), (22.8, 4), (18.7, 8), (24.4, 4)]
    assert computed("average mpg by cyl", [source_of(("mpg", "cyl"), cars)]) is None
    assert computed("average mpg", [source_of(("mpg", "cyl"), cars)]).rows == ((21.725,),)


def test_a_trend_of_nothing_is_no_sum_of_all_lines_of_a_statement(table_of):
    lines = [("Cash", 10, 12), ("Stocks", 5, 6), ("Total assets", 15, 18), ("Loans", 4, 5), ("Total liabilities", 4, 5)]
    table = table_of(("Item", "Q3 2024", "Q4 2023"), lines)
    printed = tuple(tuple(replace(cell, place=Page(2, None, None)) for cell in row) for row in table.rows)
    statement = Source(None, typed(replace(table, rows=printed), "statement", lambda text: None))
    assert computed("有没有季度走势的图表", [statement]) is None
    assert computed("is there a chart of the quarterly trend", [statement]) is None
