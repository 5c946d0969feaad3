"""Tables as a workbook with a sheet for each: numbers are numbers in the form they were printed in.

openpyxl makes the workbook with its styles and all that stands above a table. The rows of the table, of which there may
be very many, are written here, and put into its parts: through openpyxl they take five times as long.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from rag.entrypoints.exports.taken import Source, TakenTables, is_risky, named, replacing, spans
from rag.entrypoints.reading_results import value_of
from rag.records import Cell, Cells, Grid, Row

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOLD, _ITALIC = Font(bold=True), Font(italic=True)
_LINK = Font(color="0563C1", underline="single")
_WIDEST, _LABELS, _NUMBERS = 60, 40, 16  # widths of columns, in characters
_LONGEST_LINK = 2000  # characters: Excel mends files with longer ones
_LONGEST_TEXT = 32_767  # characters that Excel takes in a cell
_MOST_FORMULAS = 1000
_BLOCK = 1 << 16
_END = b"</sheetData>"


@contextmanager
def workbook_of_tables(path: Path) -> Iterator[TakenTables]:
    """A workbook at *path* that is there, whole, when all tables were added; not at all without any.

    :raises OSError: when it cannot be written
    """
    book = _Book()
    try:
        yield book
        if book.names:
            with replacing(path) as unfinished:
                book.save(unfinished)
    finally:
        book.close()


class _Book:
    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._rows: list[_Rows] = []
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
        rows = _Rows(sheet, first=len(above) + 2 + len(grid.header))
        self._rows.append(rows)
        for row in grid.rows:
            rows.add(row)
        rows.end()
        sheet.close()

    def close(self) -> None:
        """Let the rows go."""
        for rows in self._rows:
            rows.close()

    def save(self, path: Path) -> None:
        """The workbook of openpyxl's with the rows in it."""
        with TemporaryFile() as plain:
            self._book.save(plain)
            with (
                zipfile.ZipFile(plain) as made,
                zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as out,
            ):
                for part in made.infolist():
                    number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part.filename)
                    with made.open(part) as source, out.open(part.filename, "w", force_zip64=True) as target:
                        if number is None:
                            copyfileobj(source, target)
                        else:
                            self._rows[int(number[1]) - 1].put_into(source.read(), target)

    def _name(self, grid: Grid) -> str:
        """A name for a sheet, of which Excel takes 31 characters, and none twice in whatever case."""
        wanted = named(_clean(f"{grid.where.split('!')[0].split(',')[0]} {grid.title}"))[:31].strip()
        name, number = wanted or "Table", 2
        while name.casefold() in self.names:
            tail = f" ({number})"
            name, number = f"{wanted[: 31 - len(tail)]}{tail}", number + 1
        self.names.add(name.casefold())
        return name


class _Rows:
    """The rows of a table in the XML of a sheet, from row *first* on, on disk until the sheet is written."""

    def __init__(self, sheet: Any, first: int) -> None:
        self._sheet = sheet
        self._row = first
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the workbook
        self._styles: dict[tuple[str, int, bool, bool], int] = {}
        self._letters: list[str] = []
        self._calculated: list[tuple[str, str]] = []

    def add(self, row: Row) -> None:
        """Write *row*."""
        while len(self._letters) < len(row):
            self._letters.append(get_column_letter(len(self._letters) + 1))
        self._write([self._cell(at, cell) for at, cell in enumerate(row) if cell.text or cell.value is not None])

    def end(self) -> None:
        """Say below the table what was calculated here, and from which formulas."""
        if not self._calculated:
            return
        self._row += 1
        self._told("Calculated", "In italics: calculated by PageCite, since the workbook stores no result", bold=True)
        for where, formula in self._calculated[:_MOST_FORMULAS]:
            self._told(where, formula)

    def close(self) -> None:
        """Let the rows go."""
        self._file.close()

    def put_into(self, sheet: bytes, target: IO[bytes]) -> None:
        """Write the XML of *sheet* with the rows behind its own."""
        at = sheet.rindex(_END)
        target.write(sheet[:at])
        self._file.seek(0)
        copyfileobj(self._file, target, _BLOCK)
        target.write(sheet[at:])

    def _write(self, cells: list[str]) -> None:
        self._file.write(f'<row r="{self._row}">{"".join(cells)}</row>'.encode())
        self._row += 1

    def _told(self, name: str, text: str, *, bold: bool = False) -> None:
        self._write([self._text("A", name, bold=bold), self._text("B", text)])

    def _cell(self, at: int, cell: Cell) -> str:
        value = value_of(cell)
        if cell.formula:
            self._calculated.append((cell.place.area if isinstance(cell.place, Cells) else "", cell.formula))
        if value is None:
            return self._text(self._letters[at], cell.text, level=cell.level, italic=bool(cell.formula))
        style = self._style(number_format(cell.text), cell.level, bool(cell.formula), False)
        return f'<c r="{self._letters[at]}{self._row}" s="{style}"><v>{value!r}</v></c>'

    def _text(self, letters: str, text: str, *, level: int = 0, italic: bool = False, bold: bool = False) -> str:
        key = ("@bold" if bold else "", level, italic, is_risky(text))
        style = self._style(*key) if any(key) else 0
        words = escape(_clean(text)[:_LONGEST_TEXT])
        space = ' xml:space="preserve"' if words != words.strip() or "\n" in words else ""
        return f'<c r="{letters}{self._row}" s="{style}" t="inlineStr"><is><t{space}>{words}</t></is></c>'

    def _style(self, code: str, level: int, italic: bool, quoted: bool) -> int:
        """The number of the style of a number in the format *code*, or of a text when that is empty."""
        key = code, level, italic, quoted
        if key not in self._styles:
            cell = WriteOnlyCell(self._sheet)
            cell.quotePrefix = quoted
            if code == "@bold":
                cell.font = _BOLD
            elif code:
                cell.number_format = code
            if italic:
                cell.font = _ITALIC
            if level:
                cell.alignment = Alignment(horizontal="left" if code else None, indent=level)
            self._styles[key] = cell.style_id
        return self._styles[key]


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


def text_cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell of *sheet* that holds *text*, whatever it begins with, and never a formula."""
    cell = WriteOnlyCell(sheet, _clean(text))
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    cell.quotePrefix = is_risky(text)
    if bold:
        cell.font = _BOLD
    return cell


@lru_cache(4096)
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
