"""Workbooks: each sheet as tables and loose text, every cell as it is displayed and in its own place."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from rag.errors import DamagedFile, NoSheets
from rag.reading.sheets.sheet_extras import extras_of
from rag.reading.sheets.sheet_watch import SheetWatch
from rag.reading.sheets.stored import Broken, Sheet, StoredCell, Workbook
from rag.reading.sheets.tables.sheet_areas import blocks_of, with_units
from rag.reading.sheets.tables.sheet_table import tells_unit
from rag.reading.sheets.tables.table_profile import Dates, profile
from rag.reading.sheets.workbooks import open_workbook
from rag.records import Cell, Cells, Figure, Leaf, Note, Reading, Row, Span, Table, Upload, area_name, cell_name

_MOST_SHEETS, _MOST_CELLS = 2000, 10_000_000  # of a workbook; what is beyond is named


def read_workbook(upload: Upload, *, with_hidden: bool = False) -> Reading:
    """Read a workbook, a leaf for each sheet, hidden ones too; a sheet is read when it is asked for.

    What is hidden (sheets, rows, columns, rows that a filter hides) is named in the notes, and left out unless it is
    wanted *with_hidden*. A formula without a stored result is calculated, or says that it is not. The file stays open
    until the last leaf was taken, or until the iterator of leaves is closed.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile`` and
        ``NoSheets``
    """
    book = opened_workbook(upload)
    return Reading("workbook", len(book.sheets), _leaves(book, with_hidden=with_hidden), extras=extras_of(book))


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


def _leaves(book: Workbook, *, with_hidden: bool) -> Iterator[Leaf]:
    cells = 0
    left_out: Note | None = None
    with book:
        for number, sheet in enumerate(book.sheets, start=1):
            if left_out or number > _MOST_SHEETS or cells > _MOST_CELLS:
                first = left_out is None
                left_out = Note("SheetsLeftOut", {"sheet": sheet.name, "count": len(book.sheets) - number + 1})
                yield Leaf(number, sheet.name, (), notes=(left_out,) if first else ())
                continue
            with _uncollected():
                leaf, count = _leaf(number, sheet, with_hidden=with_hidden)
            cells += count
            yield leaf


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for rings of objects that hold each other: a sheet has none, and its cells are very many to look at."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _leaf(number: int, sheet: Sheet, *, with_hidden: bool) -> tuple[Leaf, int]:
    """The sheet as it was read, and how many cells it has."""
    watch = SheetWatch(sheet)
    rows: dict[int, Row] = {}
    left_out: set[int] = set()
    units: list[Cell] = []
    dates = Dates(sheet.since_1904)
    for stored in watch.rows():
        if sheet.hidden and not with_hidden:
            continue
        wanted = [cell for cell in stored if with_hidden or not cell.hidden]
        cells = tuple(_cell(sheet.name, cell, seen) for cell in wanted if (seen := cell.seen))
        units += (
            unit
            for cell in stored
            if cell.hidden and not with_hidden and cell.column in sheet.facts.hidden_columns
            if cell.seen and tells_unit(unit := _cell(sheet.name, cell, cell.seen))
        )
        if cells:
            row = stored[0].row
            for cell in wanted:
                if cell.kind == "date" and cell.calculated:
                    dates.add(row, cell.column, cell.stored)
            rows[row] = (*rows[row], *cells) if row in rows else cells
        elif stored and not wanted:
            left_out.add(stored[0].row)
    ordered = [(row, tuple(sorted(rows[row], key=lambda cell: cell.column))) for row in sorted(rows)]
    blocks = with_units(blocks_of(sheet.name, ordered, sheet.facts.merged, left_out), units)
    profiles = [profile(block, dates) for block in blocks if isinstance(block, Table)]
    if with_hidden or not sheet.hidden:
        blocks.extend(_drawn(sheet))
    told = tuple(filter(None, profiles))
    return Leaf(number, sheet.name, tuple(blocks), notes=tuple(watch.notes), profiles=told), watch.count


def _cell(sheet: str, cell: StoredCell, seen: str) -> Cell:
    place = Cells(sheet, cell_name(cell.row, cell.column))
    if cell.ours:
        return Cell(seen, place, cell.column, cell.value, cell.level, formula=cell.formula)
    return Cell(seen, place, cell.column, cell.value, cell.level)


def _drawn(sheet: Sheet) -> Iterator[Figure | Span]:
    """The pictures over the cells, and the charts in words."""
    with suppress(*Broken):
        for drawing in sheet.drawings():
            place = Cells(sheet.name, area_name(drawing.area))
            if drawing.load is None:
                yield Span(drawing.words, place, "caption", "\n")
            else:
                yield Figure((Span(drawing.words, place, "caption", "\n"),) if drawing.words else (), place)
