"""The grid around some cells of a sheet, for looking at."""

from pathlib import Path

from rag.errors import DamagedFile, NoSuchPage
from rag.reading.sheets.stored import Broken, StoredCell, corners
from rag.reading.sheets.workbooks import open_workbook
from rag.records import SheetCell, SheetWindow

_TOP_ROWS = 5
_MOST_ROWS, _MOST_COLUMNS = 60, 20
_NOTHING = SheetCell("")


def window(path: Path, sheet: str, area: str, *, above: int = 8, below: int = 12, name: str = "") -> SheetWindow:
    """The cells around *area* of *sheet*, at most 60 rows and 20 columns.

    The first rows of the sheet and column A, where heads and labels stand, are always among them, so that rows and
    columns may leave gaps. A formula without a stored result is shown as itself. *name* is what the file's owner calls
    it. Reads the sheet down to the last row it shows.

    :raises NoSuchPage: when there is no such sheet
    :raises DamagedFile: when the sheet is broken above the last row it shows
    :raises ValueError: when *area* is no area
    """
    name = name or path.name
    top, left, bottom, right = corners(area)
    first = max(1, top - above)
    head = range(1, min(_TOP_ROWS + 1, first))
    last = min(bottom + below, first + _MOST_ROWS - len(head) - 1)
    with open_workbook(path, name) as book:
        names = tuple(one.name for one in book.sheets)
        if sheet not in names:
            raise NoSuchPage(name=name, page=sheet)
        found: dict[tuple[int, int], StoredCell] = {}
        try:
            for cells in book.sheets[names.index(sheet)].rows({*head, *range(first, last + 1)}, formulas=True):
                found.update({(cell.row, cell.column): cell for cell in cells})
                if cells[0].row >= last:
                    break
        except Broken as error:
            raise DamagedFile(name=name) from error
    lowest = max((row for row, _ in found), default=1)
    rows = (*head, *range(first, min(last, max(lowest, bottom)) + 1))
    columns = _columns(left, right, max((column for _, column in found), default=1))
    grid = tuple(tuple(_shown(found.get((row, column))) for column in columns) for row in rows)
    return SheetWindow(sheet, names, rows, columns, grid)


def _columns(left: int, right: int, widest: int) -> tuple[int, ...]:
    end = max(right, widest)
    if end <= _MOST_COLUMNS or right <= _MOST_COLUMNS:
        return tuple(range(1, min(end, _MOST_COLUMNS) + 1))
    start = max(2, left - 3)
    return (1, *range(start, min(end, start + _MOST_COLUMNS - 2) + 1))


def _shown(cell: StoredCell | None) -> SheetCell:
    return SheetCell(cell.seen, cell.stored, cell.formula) if cell else _NOTHING
