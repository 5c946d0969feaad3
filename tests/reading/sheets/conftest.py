"""Workbooks for the tests of reading: as openpyxl writes them, or with the XML of a sheet given word for word."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def workbook(tmp_path) -> Callable[..., Path]:
    """Makes a workbook of sheets that are lists of rows; ``None`` is an empty cell."""

    def make(name: str = "book.xlsx", **sheets: Sequence[Sequence[object]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row, start=1):
                    if value is not None:
                        sheet.cell(number, column, value)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def raw_workbook(tmp_path, workbook) -> Callable[..., Path]:
    """Makes a workbook of one sheet ``S`` with the given rows of XML, and parts to add or replace."""

    def make(rows: str, parts: dict[str, str] | None = None, name: str = "raw.xlsx") -> Path:
        data = rows if "<sheetData" in rows else f"<sheetData>{rows}</sheetData>"
        new = {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{data}</worksheet>', **(parts or {})}
        with (
            zipfile.ZipFile(workbook("model.xlsx", S=[["x"]])) as model,
            zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as book,
        ):
            for part in {*model.namelist(), *new}:
                book.writestr(part, new.get(part) or model.read(part))
        return tmp_path / name

    return make
