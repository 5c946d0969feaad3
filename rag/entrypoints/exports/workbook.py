"""Tables as a workbook with a sheet for each: numbers are numbers in the form they were printed in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from rag.entrypoints.exports.taken import Source, TakenTables, is_risky, named, replacing, spans
from rag.entrypoints.reading_results import value_of
from rag.records import Cell, Grid, Row

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOLD = Font(bold=True)
_LINK = Font(color="0563C1", underline="single")
_WIDEST, _LABELS, _NUMBERS = 60, 40, 16  # widths of columns, in characters
_LONGEST_LINK = 2000  # characters: Excel mends files with longer ones


@contextmanager
def workbook_of_tables(path: Path) -> Iterator[TakenTables]:
    """A workbook at *path* that is there, whole, when all tables were added; not at all without any.

    :raises OSError: when it cannot be written
    """
    book = _Book()
    yield book
    if book.names:
        with replacing(path) as unfinished:
            book.save(unfinished)


class _Book:
    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self.names: set[str] = set()

    def add(self, grid: Grid, source: Source) -> None:
        sheet: Any = self._book.create_sheet(self._name(grid))
        known = [("Source", source.document), ("Place", grid.where), ("Title", grid.title), ("Unit", grid.unit)]
        above = [(name, text) for name, text in known if text]
        sheet.freeze_panes = f"B{len(above) + 2 + len(grid.header)}"
        first = next(iter(grid.header), ())
        for column in range(2, len(first) + 1):
            sheet.column_dimensions[get_column_letter(column)].width = _NUMBERS
        sheet.column_dimensions["A"].width = min(_WIDEST, _LABELS)
        for name, text in above:
            shown = text_cell(sheet, text)
            if name == "Place" and 0 < len(source.link) < _LONGEST_LINK:
                shown.hyperlink, shown.font = source.link, _LINK
            sheet.append([text_cell(sheet, name, bold=True), shown])
        sheet.append([])
        for row in grid.header:
            sheet.append(_heads(sheet, row))
        for row in grid.rows:
            sheet.append([_number_or_text(sheet, cell) for cell in row])
        sheet.close()

    def save(self, path: Path) -> None:
        self._book.save(path)

    def _name(self, grid: Grid) -> str:
        """A name for a sheet, of which Excel takes 31 characters, and none twice in whatever case."""
        wanted = named(_clean(f"{grid.where.split('!')[0].split(',')[0]} {grid.title}"))[:31].strip()
        name, number = wanted or "Table", 2
        while name.casefold() in self.names:
            tail = f" ({number})"
            name, number = f"{wanted[: 31 - len(tail)]}{tail}", number + 1
        self.names.add(name.casefold())
        return name


def _heads(sheet: Any, row: Row) -> list[Any]:
    """A row of heads; one that spans stands in the middle of its columns, which stay apart for sorting."""
    widths = spans(row)
    cells = []
    for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
        head = text_cell(sheet, cell.text, bold=True)
        if width != 1:
            head.alignment = Alignment(horizontal="centerContinuous", wrap_text=True)
        else:
            head.alignment = Alignment(horizontal="right" if at else None, vertical="bottom", wrap_text=True)
        cells.append(head)
    return cells


def text_cell(sheet: Any, text: str, *, bold: bool = False, level: int = 0) -> Any:
    """A cell of *sheet* that holds *text*, whatever it begins with, and never a formula."""
    cell = WriteOnlyCell(sheet, _clean(text))
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    cell.quotePrefix = is_risky(text)
    if bold:
        cell.font = _BOLD
    if level:
        cell.alignment = Alignment(indent=level)
    return cell


def _number_or_text(sheet: Any, cell: Cell) -> Any:
    value = value_of(cell)
    if value is None:
        return text_cell(sheet, cell.text, level=cell.level)
    number = WriteOnlyCell(sheet, value)
    number.number_format = number_format(cell.text)
    if cell.level:
        number.alignment = Alignment(horizontal="left", indent=cell.level)
    return number


def number_format(text: str) -> str:
    """An Excel number format that shows a number as *text* did; ``General`` where there is none."""
    if not any(character.isdigit() for character in text):
        return '#,##0;-#,##0;"–"'
    if re.search(r"[^\d.,()%\s$€£¥+–−-]", text):
        return "General"
    decimals = len(match[1]) if (match := re.search(r"\.(\d+)", text)) else 0
    plain = ("#,##0" if "," in text else "0") + ("." + "0" * decimals if decimals else "") + "%" * ("%" in text)
    sign = next((sign for sign in "$€£¥" if sign in text), "")
    shown = f'"{sign}"{plain}' if sign else plain
    return f"{shown}_);({shown})" if "(" in text else shown


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
