"""A line above a table may be its title and its unit at once."""

import openpyxl
import pytest

from rag.reading.sheets.spreadsheet import read_workbook
from rag.records import Table, Upload, joined


@pytest.mark.parametrize(
    ("line", "title", "unit"),
    [
        ("2024年各门店月度销售额（单位：万元）", "2024年各门店月度销售额", "（单位：万元）"),
        ("Sales by region (USD thousands)", "Sales by region", "(USD thousands)"),
        ("单位：万元", "", "单位：万元"),
        ("2024年度销售额", "2024年度销售额", ""),
    ],
)
def test_a_title_with_its_unit_keeps_both(tmp_path, line, title, unit):
    book = openpyxl.Workbook()
    for row in ([line], ["门店", "1月", "2月"], ["东门店", 1.5, 2], ["西门店", 3, 4]):
        book.active.append(row)
    book.save(tmp_path / "sales.xlsx")
    (leaf,) = read_workbook(Upload("sales.xlsx", tmp_path / "sales.xlsx")).leaves
    (table,) = (block for block in leaf.blocks if isinstance(block, Table))
    assert (joined(table.head.title).strip(), joined(table.head.unit).strip()) == (title, unit)


def test_a_unit_of_thousands_is_no_figure(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Operating expenses"], ["£000"], [], ["Department", "Q1", "Q2"], ["IT", 15, 2], ["Legal", 3, 4]):
        book.active.append(row)
    book.save(tmp_path / "opex.xlsx")
    (leaf,) = read_workbook(Upload("opex.xlsx", tmp_path / "opex.xlsx")).leaves
    (table,) = (block for block in leaf.blocks if isinstance(block, Table))
    assert (joined(table.head.title).strip(), joined(table.head.unit).strip()) == ("Operating expenses", "£000")
