"""Each table of a workbook is told in a few lines, by which a question for a sheet finds it."""

from datetime import date, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.sheets.spreadsheet import read_workbook
from rag.reading.sheets.tables.table_profile import Dates, profile
from rag.records import Cell, Cells, Table, TableHead, Upload, cell_name


def profiles(path, **wishes):
    return [span for leaf in read_workbook(Upload(path.name, path), **wishes).leaves for span in leaf.profiles]


def lines(path):
    (span,) = profiles(path)
    return span.text.split("\n")


ORDERS = [
    ["Day", "Region", "Order", "Amount"],
    *[
        [date(2024, 1, 5) + timedelta(days=at), ("North", "South")[at % 2], f"A-{at:03}x", 10.5 * at]
        for at in range(40)
    ],
]


def test_columns_are_told_with_their_kind_range_and_values(workbook):
    (span,) = profiles(workbook(Orders=ORDERS))
    assert (span.place, span.kind) == (Cells("Orders", "A1:D41"), "profile")
    first, *columns, period = span.text.split("\n")
    assert first == "Table, A1:D41, 40 rows, 4 columns"
    assert columns == [
        "Day (date): 2024-01-05 to 2024-02-13",
        "Region (text): North, South",
        "Order (text): A-000x, A-001x, A-002x and 37 more",
        "Amount (number): 0 to 409.5",
    ]
    assert period == "Period: 2024-01-05 to 2024-02-13"


def test_a_chinese_table_is_told_in_chinese(workbook):
    rows = [
        ["各地区销售额"],
        ["单位：万元"],
        ["地区", "第一季度", "第二季度"],
        ["华北", 12, 15],
        ["华东", 30, 41],
        ["合计", 42, 56],
    ]
    found = lines(workbook(汇总=rows))
    assert found == [
        "表格：各地区销售额（单位：万元），A1:C6，3 行 3 列",
        "地区 (文本): 华北、华东",
        "第一季度 (数值): 12 至 30",
        "第二季度 (数值): 15 至 41",
    ]


def test_a_total_is_neither_a_value_nor_the_largest_number(workbook):
    found = lines(workbook(S=[["Item", "Cost"], ["Tea", 2], ["Milk", 3], ["Grand total", 5]]))
    assert found[1:] == ["Item (text): Tea, Milk", "Cost (number): 2 to 3"]


def test_heads_over_several_columns_are_part_of_their_names(workbook):
    path = workbook(S=[["Item", "2023", None], [None, "Plan", "Actual"], ["Tea", 2, 4], ["Milk", 3, 5]])
    book = openpyxl.load_workbook(path)
    book["S"].merge_cells("B1:C1")
    book["S"].merge_cells("A1:A2")
    book.save(path)
    found = lines(path)
    assert found[2:4] == ["2023 Plan (number): 2 to 3", "2023 Actual (number): 4 to 5"]
    assert found[-1] == "Period: 2023"


def test_numbers_and_days_that_are_written_as_text_are_known(workbook):
    rows = [["日期", "金额"], ["2023年3月1日", "1,200.50"], ["2023年11月20日", "80.00"], ["2024年1月2日", "96.10"]]
    assert lines(workbook(S=rows))[1:] == [
        "日期 (日期): 2023-03-01 至 2024-01-02",
        "金额 (数值): 80.00 至 1,200.50",
        "期间：2023-03-01 至 2024-01-02",
    ]


def test_what_is_hidden_is_told_only_when_it_is_wanted(workbook):
    path = workbook(S=ORDERS, Secret=[["Name", "Pay"], ["Ann", 900], ["Bo", 800]])
    book = openpyxl.load_workbook(path)
    book["Secret"].sheet_state = "hidden"
    book["S"].row_dimensions[41].hidden = True
    book["S"].column_dimensions["B"].hidden = True
    book.save(path)
    (seen,) = profiles(path)
    assert "Region" not in seen.text
    assert "North" not in seen.text
    assert "2024-02-12" in seen.text
    assert "2024-02-13" not in seen.text
    assert "409.5" not in seen.text
    whole, secret = profiles(path, with_hidden=True)
    assert "North" in whole.text
    assert "2024-02-13" in whole.text
    assert "409.5" in whole.text
    assert "Ann, Bo" in secret.text


def test_a_row_alone_is_no_table_to_be_told(workbook):
    assert profiles(workbook(S=[["Item", "Cost"], ["Tea", 2]])) == []


def test_each_table_of_a_sheet_has_its_own(workbook):
    rows = [["A", "N"], ["x", 1], ["y", 2], [], ["Costs of staff"], ["B", "M"], ["z", 3], ["w", 4]]
    assert [span.place.area for span in profiles(workbook(S=rows))] == ["A1:B3", "A5:B8"]


@pytest.mark.parametrize("columns", [3, 40, 400])
@settings(max_examples=20, deadline=None)
@given(names=st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=5), value=st.text(max_size=200))
def test_however_wide_a_table_is_it_is_told_briefly(columns, names, value):
    def row(number, texts):
        return tuple(
            Cell(texts[at % len(texts)], Cells("S", cell_name(number, at + 1)), at + 1) for at in range(columns)
        )

    table = Table(TableHead(header=(row(1, names),)), tuple(row(number, [value, "x"]) for number in range(2, 6)))
    span = profile(table, Dates())
    assert span is not None
    assert len(span.text) < 900
    assert span.text.startswith(("Table", "表格"))
