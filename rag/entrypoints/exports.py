"""Tables to take away: a workbook with a sheet for each, or a folder of CSV files; nothing in them is a formula."""

import csv
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from rag.entrypoints.reading_results import Grid, value_of
from rag.records import Cell

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\<>|\"'\x00-\x1f]+")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_BOLD = Font(bold=True)


class TakenTables(Protocol):
    """Where tables are written, one after the other."""

    def add(self, grid: Grid) -> None:
        """Write *grid* behind the others."""


@contextmanager
def workbook_of_tables(path: Path, document: str) -> Iterator[TakenTables]:
    """A workbook at *path* that is there, whole, when all tables of *document* were added; not at all without any.

    :raises OSError: when it cannot be written
    """
    book = _Book(document)
    yield book
    if book.names:
        with _replacing(path) as unfinished:
            book.save(unfinished)


class _Book:
    def __init__(self, document: str) -> None:
        self._document = document
        self._book = Workbook(write_only=True)
        self.names: set[str] = set()

    def add(self, grid: Grid) -> None:
        sheet: Any = self._book.create_sheet(self._name(grid))
        known = [("Source", self._document), ("Place", grid.where), ("Title", grid.title), ("Unit", grid.unit)]
        above = [(name, text) for name, text in known if text]
        sheet.freeze_panes = f"B{len(above) + 2 + len(grid.header)}"
        sheet.column_dimensions["A"].width = 40
        for name, text in above:
            sheet.append([_text(sheet, name, bold=True), _text(sheet, text)])
        sheet.append([])
        for row in grid.header:
            sheet.append([_text(sheet, cell.text, bold=True) for cell in row])
        for row in grid.rows:
            sheet.append([_number_or_text(sheet, cell) for cell in row])
        sheet.close()

    def save(self, path: Path) -> None:
        self._book.save(path)

    def _name(self, grid: Grid) -> str:
        """A name for a sheet, of which Excel takes 31 characters, and none twice in whatever case."""
        wanted = _NOT_IN_NAMES.sub(" ", _clean(f"{grid.where.split('!')[0]} {grid.title}")).strip()[:31].strip()
        name, number = wanted or "Table", 2
        while name.casefold() in self.names:
            tail = f" ({number})"
            name, number = f"{wanted[: 31 - len(tail)]}{tail}", number + 1
        self.names.add(name.casefold())
        return name


def _text(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, _clean(text))
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    cell.quotePrefix = text.startswith(_RISKY)
    if bold:
        cell.font = _BOLD
    return cell


def _number_or_text(sheet: Any, cell: Cell) -> Any:
    value = value_of(cell)
    if value is None:
        return _text(sheet, cell.text)
    number = WriteOnlyCell(sheet, value)
    number.number_format = number_format(cell.text)
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


@contextmanager
def csv_of_tables(folder: Path, document: str) -> Iterator[TakenTables]:
    """A folder in which each table of *document* is a CSV file, named after its place and title.

    :raises OSError: when it cannot be written
    """
    yield _Folder(folder, Path(document).stem)


class _Folder:
    def __init__(self, folder: Path, document: str) -> None:
        self._folder = folder
        self._document = document
        self._count = 0

    def add(self, grid: Grid) -> None:
        self._count += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        name = _NOT_IN_NAMES.sub(" ", f"{self._document} {self._count:03d} {grid.where.split('!')[0]}").strip()
        with _replacing(self._folder / f"{name}.csv") as unfinished:
            _write_csv(unfinished, [*grid.header, *grid.rows])


def _write_csv(path: Path, rows: Sequence[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([_inert(cell) for cell in row] for row in rows)


def _inert(cell: Cell) -> str:
    """The text of *cell*, which a spreadsheet program shall not take for a formula."""
    risky = cell.text.startswith(_RISKY) and value_of(cell) is None
    return f"'{cell.text}" if risky else cell.text


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside *path* that takes its place when it was written to the end."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.chmod(0o644)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
