"""Workbooks: each sheet as tables and loose text, every cell as it is displayed and in its own place."""

from collections.abc import Iterator

from rag.errors import DamagedFile, NoSheets
from rag.reading.sheets.sheet_areas import blocks_of
from rag.reading.sheets.stored import Broken, Sheet, Workbook
from rag.reading.sheets.workbooks import open_workbook
from rag.records import Cell, Cells, Leaf, Note, Reading, Row, Upload, cell_name

_MOST_CELLS = 2_000_000


def read_workbook(upload: Upload) -> Reading:
    """Read an .xlsx or .xlsm file, a leaf for each sheet, hidden ones too; a sheet is read when it is asked for.

    A formula without a stored result is shown as itself. The file stays open until the last leaf was taken, or until
    the iterator of leaves is closed.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile`` and
        ``NoSheets``
    """
    book = opened_workbook(upload)
    return Reading("workbook", len(book.sheets), _leaves(book))


def opened_workbook(upload: Upload) -> Workbook:
    """The workbook in *upload*, of which at least one cell can be read; whoever asked for it closes it.

    :raises RefusedUpload: as ``read_workbook``
    """
    book = open_workbook(upload.path, upload.name)
    try:
        _check_cells(book, upload.name)
    except BaseException:
        book.close()
        raise
    return book


def _check_cells(book: Workbook, name: str) -> None:
    """See that there is a cell at all: reads up to the first one."""
    broken: Exception | None = None
    for sheet in book.sheets:
        try:
            if next(sheet.rows(), None):
                return
        except Broken as error:
            broken = error
    if broken:
        raise DamagedFile(name=name) from broken
    raise NoSheets(name=name)


def _leaves(book: Workbook) -> Iterator[Leaf]:
    with book:
        for number, sheet in enumerate(book.sheets, start=1):
            yield _leaf(number, sheet)


def _leaf(number: int, sheet: Sheet) -> Leaf:
    notes = [Note("HiddenSheet", {"sheet": sheet.name})] if sheet.hidden else []
    rows: dict[int, Row] = {}
    count = not_calculated = 0
    first = ""
    try:
        for stored in sheet.rows():
            row = stored[0].row
            if count + len(stored) > _MOST_CELLS:
                notes.append(Note("SheetCut", {"sheet": sheet.name, "row": row - 1}))
                break
            count += len(stored)
            cells = []
            for cell in stored:
                place = cell_name(row, cell.column)
                if not cell.calculated:
                    not_calculated += 1
                    first = first or place
                if seen := cell.seen:
                    cells.append(Cell(seen, Cells(sheet.name, place), cell.column, cell.value))
            if cells:
                rows[row] = (*rows[row], *cells) if row in rows else tuple(cells)
    except Broken:
        notes.append(Note("SheetFailed", {"sheet": sheet.name}))
    if not_calculated:
        notes.append(Note("NotCalculated", {"count": not_calculated, "cell": f"{sheet.name}!{first}"}))
    ordered = [(row, tuple(sorted(rows[row], key=lambda cell: cell.column))) for row in sorted(rows)]
    return Leaf(number, sheet.name, tuple(blocks_of(sheet.name, ordered, sheet.facts.merged)), notes=tuple(notes))
