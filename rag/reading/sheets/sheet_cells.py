"""Every cell of a workbook, sheet by sheet: what it shows, its value and its formula, as a stream."""

import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from rag.errors import NoSheets
from rag.reading.sheets.formats.date_format import moment_of
from rag.reading.sheets.sheet_extras import extras_of_sheet, names_of
from rag.reading.sheets.sheet_watch import SheetWatch
from rag.reading.sheets.spreadsheet import opened_workbook
from rag.reading.sheets.stored import Broken, NotCalculated, StoredCell, Workbook
from rag.reading.sheets.workbooks import open_workbook
from rag.records import Extras, Note, Upload, area_name, cell_name


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell that is not empty. *text* is what it shows; *value* is ``None`` for a formula that is *not_calculated*,
    which says why; one whose result is not stored but ours was *calculated* here.

    A date is an ISO 8601 text, an error its sign (``#N/A``). What stands in a *hidden* row or column nobody sees.
    """

    name: str
    text: str
    value: float | str | bool | None
    formula: str
    hidden: bool = False
    calculated: bool = False
    not_calculated: NotCalculated = ""


@dataclass(frozen=True, slots=True)
class SheetDrawing:
    """A picture and its caption, or a *chart* and what it shows, over an *area* of a sheet."""

    area: str
    words: str
    chart: bool


@dataclass(slots=True)
class SheetCells:
    """A sheet whose *cells* are read when they are asked for, once; then the rest is complete: *extras* is what the
    sheet holds beside them, *drawings* what lies over them.
    """

    name: str
    hidden: bool
    cells: Iterator[ReadCell]
    count: int = 0
    formulas: int = 0
    notes: list[Note] = field(default_factory=list)
    extras: Extras = field(default_factory=Extras)
    drawings: list[SheetDrawing] = field(default_factory=list)


@contextmanager
def opened_cells(upload: Upload) -> Iterator[Iterator[SheetCells]]:
    """The sheets of the workbook in *upload*, hidden and empty ones too, in the order of their tabs; the first has the
    names that are defined in the workbook.

    :raises RefusedUpload: as ``read_workbook``, but ``NoSheets`` only when there is no sheet at all
    """
    with _opened(upload) as book:
        yield (_cells_of(book, number) for number, _ in enumerate(book.sheets, start=1))


def _opened(upload: Upload) -> Workbook:
    try:
        return opened_workbook(upload)
    except NoSheets:
        book = open_workbook(upload.path, upload.name)
        if book.sheets:
            return book
        book.close()
        raise


def _cells_of(book: Workbook, number: int) -> SheetCells:
    sheet = book.sheets[number - 1]
    found = SheetCells(sheet.name, sheet.hidden, iter(()))
    found.cells = _read(book, number, found)
    return found


def _read(book: Workbook, number: int, found: SheetCells) -> Iterator[ReadCell]:
    sheet = book.sheets[number - 1]
    watch = SheetWatch(sheet)
    for row in watch.rows(formulas=True):
        for cell in row:
            found.count += 1
            found.formulas += bool(cell.formula)
            value = _value(cell, since_1904=sheet.since_1904)
            name = cell_name(cell.row, cell.column)
            yield ReadCell(name, cell.text, value, cell.formula, cell.hidden, cell.ours, cell.reason)
    found.notes += watch.notes
    found.extras = extras_of_sheet(sheet, number)
    if number == 1:
        found.extras = replace(found.extras, names=names_of(book))
    with suppress(*Broken):
        found.drawings += (SheetDrawing(area_name(one.area), one.words, one.load is None) for one in sheet.drawings())


def _value(cell: StoredCell, *, since_1904: bool) -> float | str | bool | None:
    if not cell.calculated:
        return None
    match cell.kind:
        case "number" if cell.value is not None and math.isfinite(cell.value):
            return cell.value
        case "boolean":
            return cell.stored == "TRUE"
        case "date":
            return moment_of(cell.stored, since_1904=since_1904)
    return cell.stored
