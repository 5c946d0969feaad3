"""Periods that head the columns of a table become rows."""

from datetime import date

from rag.figures.by_period import by_period
from rag.figures.typed import typed
from rag.reading.numbers import number_of
from rag.records import Cells


def test_periods_in_the_heads_become_rows(source_of):
    table = by_period(
        source_of(["项目", "2022年", "2023年"], [["营业收入", 5, 6], ["净利润", 1, 2]]).table, "期间", "数值"
    )
    assert table.rows == (
        ("营业收入", date(2022, 1, 1), 5),
        ("营业收入", date(2023, 1, 1), 6),
        ("净利润", date(2022, 1, 1), 1),
        ("净利润", date(2023, 1, 1), 2),
    )
    assert table.places[1][2] == Cells("Data", "C2")


def test_a_table_without_periods_in_its_heads_stays_as_it_is(sales_of_two_years):
    assert by_period(sales_of_two_years.table, "期间", "数值") is None


def test_a_year_beside_its_quarters_is_not_one_of_the_periods(table_of):
    flat = typed(
        table_of(["Region", "2023", "2023 Q1", "2023 Q2"], [["North", 3, 1, 2], ["South", 7, 3, 4]]), "t", number_of
    )
    assert by_period(flat, "period", "value") is None


def test_what_belongs_to_no_period_does_not_stand_beside_each(table_of):
    flat = typed(table_of(["Region", "Q1", "Q2", "Staff"], [["North", 3, 1, 2], ["South", 7, 3, 4]]), "t", number_of)
    assert [column.name for column in by_period(flat, "period", "value").columns] == ["Region", "period", "value"]
