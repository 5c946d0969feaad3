"""Every cell of a workbook, sheet by sheet: what it shows, its value and its formula, as a stream."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rag.errors import NoSheets
from rag.reading.sheets.date_format import moment_of
from rag.reading.sheets.sheet_watch import SheetWatch
from rag.reading.sheets.spreadsheet import opened_workbook
from rag.reading.sheets.stored import NotCalculated, Sheet, StoredCell, Workbook
from rag.reading.sheets.workbooks import open_workbook
from rag.records import Note, Upload, cell_name


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


@dataclass(slots=True)
class SheetCells:
    """A sheet whose *cells* are read when they are asked for, once; then *notes* and *count* are complete."""

    name: str
    hidden: bool
    cells: Iterator[ReadCell]
    count: int = 0
    formulas: int = 0
    notes: list[Note] = field(default_factory=list)


@contextmanager
def opened_cells(upload: Upload) -> Iterator[Iterator[SheetCells]]:
    """The sheets of the workbook in *upload*, hidden and empty ones too, in the order of their tabs.

    :raises RefusedUpload: as ``read_workbook``, but ``NoSheets`` only when there is no sheet at all
    """
    with _opened(upload) as book:
        yield (_cells_of(sheet) for sheet in book.sheets)


def _opened(upload: Upload) -> Workbook:
    try:
        return opened_workbook(upload)
    except NoSheets:
        book = open_workbook(upload.path, upload.name)
        if book.sheets:
            return book
        book.close()
        raise


def _cells_of(sheet: Sheet) -> SheetCells:
    found = SheetCells(sheet.name, sheet.hidden, iter(()))
    found.cells = _read(sheet, found)
    return found


def _read(sheet: Sheet, found: SheetCells) -> Iterator[ReadCell]:
    watch = SheetWatch(sheet)
    for row in watch.rows(formulas=True):
        for cell in row:
            found.count += 1
            found.formulas += bool(cell.formula)
            value = _value(cell, since_1904=sheet.since_1904)
            name = cell_name(cell.row, cell.column)
            yield ReadCell(name, cell.text, value, cell.formula, cell.hidden, cell.ours, cell.reason)
    found.notes += watch.notes


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
