"""Tables that stand beside or below each other on a sheet are found one by one."""

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.sheets.spreadsheet import read_workbook
from rag.records import Table, Upload, joined


def found(path):
    """Title, lowest heads and rows of each table, as texts."""
    (leaf,) = read_workbook(Upload(path.name, path)).leaves
    return [
        (
            joined(block.head.title).strip(),
            [cell.text for cell in block.head.header[-1]],
            [[cell.text for cell in row] for row in block.rows],
        )
        for block in leaf.blocks
        if isinstance(block, Table)
    ]


SIZES = st.tuples(st.integers(2, 4), st.integers(2, 6), st.booleans())  # columns, rows, years as labels
SHEETS = st.lists(st.lists(SIZES, min_size=1, max_size=4), min_size=1, max_size=3)


@settings(max_examples=40, deadline=None)
@given(SHEETS, st.integers(1, 2), st.integers(1, 3))
def test_each_of_many_tables_is_one(tmp_path_factory, sheet_of_tables, columns_between, rows_between):
    book = openpyxl.Workbook()
    sheet, wanted, top = book.active, [], 1
    for number, bands in enumerate(sheet_of_tables):
        left = 1
        for at, (width, height, years) in enumerate(bands):
            title = f"Table {number}-{at}"
            heads = [
                f"{'Year' if years else 'Name'} {number}-{at}",
                *(f"Amount {number}-{at}-{i}" for i in range(1, width)),
            ]
            labels = [2001 + i if years else f"Label {chr(97 + i)}" for i in range(height)]
            rows = [[label, *(100 * i + 10 * at + j for j in range(1, width))] for i, label in enumerate(labels)]
            for down, row in enumerate([[title], heads, *rows]):
                for over, value in enumerate(row):
                    sheet.cell(top + down, left + over, value)
            wanted.append((title, heads, [[str(value) for value in row] for row in rows]))
            left += width + columns_between
        top += max(height for _, height, _ in bands) + 2 + rows_between
    path = tmp_path_factory.mktemp("beside") / "book.xlsx"
    book.save(path)
    assert sorted(found(path)) == sorted(wanted)


@pytest.mark.parametrize("labels", [("资产", "负债"), ("科目", "科目")])
def test_heads_that_begin_again_without_a_gap_begin_another_table(workbook, labels):
    first, second = labels
    rows = [
        [first, "期末数", "年初数", second, "期末数", "年初数"],
        ["现金", 1, 2, "借款", 3, 4],
        ["存货", 5, 6, "应付账款", 7, 8],
        ["合计", 6, 8, "合计", 10, 12],
    ]
    assert found(workbook(S=rows)) == [
        ("", [first, "期末数", "年初数"], [["现金", "1", "2"], ["存货", "5", "6"], ["合计", "6", "8"]]),
        ("", [second, "期末数", "年初数"], [["借款", "3", "4"], ["应付账款", "7", "8"], ["合计", "10", "12"]]),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Item", "2023", "2022", "Comment", "2021", "2020"], *([f"r{i}", 1, 2, "fine", 3, 4] for i in range(3))],
        [["Item", None, "2023", None, "2022"], *([f"r{i}", None, i, None, 2 * i] for i in range(1, 4))],
        [["Item", "Amount", "Amount"], *([f"r{i}", i, 2 * i] for i in range(1, 4))],
        [["Group", "2022", "Group", "2023"], *([i, 7, i + 1, 8] for i in range(1, 4))],
    ],
)
def test_columns_of_one_table_stay_together(workbook, rows):
    assert len(found(workbook(S=rows))) == 1


def test_a_line_over_some_columns_and_the_heads_below_it_are_both_heads(workbook):
    rows = [["Sum of Sales", "Sport"], ["Quarter", "Golf", "Tennis"], ["Q1", 1, 2], ["Q2", 3, 4]]
    assert found(workbook(S=rows)) == [("", ["Quarter", "Golf", "Tennis"], [["Q1", "1", "2"], ["Q2", "3", "4"]])]
