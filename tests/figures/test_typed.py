"""What kind of values the columns of a table hold."""

from datetime import date

import pytest

from rag.figures.computing import computed
from rag.figures.typed import typed
from rag.records import Cell, Cells, Table, TableHead, cell_name


def number(text):
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def kinds(table):
    return {column.name: column.kind for column in table.columns}


def test_columns_are_dates_names_and_numbers(sales_of_two_years):
    table = sales_of_two_years.table
    assert kinds(table) == {"订单日期": "date", "区域": "text", "产品": "text", "销售额": "number", "数量": "number"}
    assert table.rows[0][:2] == (date(2023, 1, 15), "华北")
    assert table.columns[0].grain == "day"


def test_a_row_that_sums_up_others_is_known(sales_of_two_years):
    assert sales_of_two_years.table.totals == {24}


@pytest.mark.parametrize(
    "label", ["Total", "Grand total", "Subtotal", "合计", "总计", "小 计", "流动资产合计", "Sub-total assets"]
)
def test_totals_have_many_names(source_of, label):
    assert source_of(["Item", "Amount"], [["Apples", 1], [label, 1]]).table.totals == {1}


def test_totality_is_not_in_every_name_that_begins_like_it(source_of):
    assert source_of(["Item", "Amount"], [["Totalenergies", 1], ["统计局", 1]]).table.totals == frozenset()


def test_every_value_knows_its_cell(sales_of_two_years):
    table = sales_of_two_years.table
    assert table.places[3][table.named("销售额")] == Cells("Data", "D5")


def test_a_year_is_a_date_only_where_the_head_says_year(source_of):
    rows = [["a", 2021], ["b", 2022], ["c", 2023]]
    assert kinds(source_of(["Name", "Year"], rows).table)["Year"] == "date"
    assert kinds(source_of(["Name", "Staff"], rows).table)["Staff"] == "number"


def test_a_head_over_two_columns_names_both():
    def cell(text, column, row, **more):
        return Cell(text, Cells("S", f"{'ABC'[column - 1]}{row}"), column, **more)

    head = TableHead(
        header=((cell("Sales", 2, 1, over=2),), (cell("Region", 1, 2), cell("2023", 2, 2), cell("2024", 3, 2)))
    )
    table = typed(
        Table(head, ((cell("North", 1, 3), cell("1", 2, 3), cell("2", 3, 3)),)),
        "t",
        lambda text: float(text) if text.isdigit() else None,
    )
    assert [column.name for column in table.columns] == ["Region", "Sales 2023", "Sales 2024"]


def test_two_columns_of_one_name_are_told_apart(source_of):
    names = [column.name for column in source_of(["Item", "Amount", "Amount"], [["a", 1, 2]]).table.columns]
    assert len(set(names)) == 3


def test_dashes_and_blanks_are_no_value(source_of):
    table = source_of(["Item", "Amount"], [["a", 1], ["b", "—"], ["c", None], ["d", 4], ["e", 5]]).table
    assert [row[1] for row in table.rows] == [1, None, None, 4, 5]


def test_a_row_that_is_the_sum_of_those_set_in_under_it_is_a_total(table_of):
    def row(at, level, *values):
        return tuple(
            Cell(str(value), Cells("S", cell_name(at, column)), column, None, level if column == 1 else 0)
            for column, value in enumerate(values, start=1)
        )

    head = TableHead((), (), (row(1, 0, "Item", "2023", "2024"),))
    rows = (
        row(2, 0, "Costs", 100, 110),
        row(3, 1, "Staff", 60, 70),
        row(4, 1, "Rent", 40, 40),
        row(5, 0, "Grants", 9, 9),
        row(6, 1, "of the state", 5, 5),
        row(7, 1, "of others", 1, 1),
    )
    found = typed(Table(head, rows), "t", number)
    assert found.totals == {0}
    assert found.under[1] == ("Costs",)


def test_figures_of_which_others_are_a_part_are_not_added_up(source_of):
    source = source_of(
        ["项目", "金额"], [["社会保险费", 100], ["其中：医疗保险费", 80], ["工伤保险费", 20], ["公积金", 50]]
    )
    assert computed("金额合计是多少", [source]) is None
    assert computed("公积金的金额是多少", [source]).rows == (("公积金", 50),)
