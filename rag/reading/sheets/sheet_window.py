"""The grid around some cells of a sheet, for looking at."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rag.errors import DamagedFile, NoSuchPage
from rag.reading.sheets.stored import Area, Broken, Sheet, StoredCell, corners
from rag.reading.sheets.workbooks import open_workbook
from rag.records import SheetCell, SheetWindow

_TOP_ROWS = 5
_ABOVE, _BELOW = 8, 12  # rows
_MOST_ROWS, _MOST_COLUMNS = 60, 20
_MOST_MERGED = 20_000
_NOTHING = SheetCell("")


def window(path: Path, sheet: str, area: str, heads: Sequence[int] = (), *, name: str = "") -> SheetWindow:
    """The cells around *area* of *sheet*, at most 60 rows and 20 columns.

    The rows of its *heads* and column A, where labels stand, are always among them, so that rows and columns may leave
    gaps; without heads, the first rows of the sheet are. *name* is what the file's owner calls it. Reads the sheet down
    to the last row it shows.

    :raises NoSuchPage: when there is no such sheet
    :raises DamagedFile: when the sheet is broken above the last row it shows
    :raises ValueError: when *area* is no area
    """
    name = name or path.name
    top, left, bottom, right = corners(area)
    first = max(1, top - _ABOVE)
    head = [row for row in (sorted(heads) or range(1, _TOP_ROWS + 1)) if row < first]
    last = min(bottom + _BELOW, first + _MOST_ROWS - len(head) - 1)
    with open_workbook(path, name) as book:
        names = tuple(one.name for one in book.sheets)
        unseen = frozenset(one.name for one in book.sheets if one.hidden)
        if sheet not in names:
            raise NoSuchPage(name=name, page=sheet)
        found: dict[tuple[int, int], StoredCell] = {}
        wanted = {*head, *range(first, last + 1)}
        try:
            merged = [area for area in _merged(book.sheets[names.index(sheet)]) if _meets(area, wanted)]
            for cells in book.sheets[names.index(sheet)].rows(wanted | {area[0] for area in merged}, formulas=True):
                found.update({(cell.row, cell.column): cell for cell in cells})
                if cells[0].row >= last:
                    break
        except Broken as error:
            raise DamagedFile(name=name) from error
    found |= dict(_moved(found, merged, wanted))
    lowest = max((row for row, _ in found), default=1)
    rows = (*head, *range(first, min(last, max(lowest, bottom)) + 1))
    columns = _columns(left, right, max((column for _, column in found), default=1))
    grid = tuple(tuple(_shown(found.get((row, column))) for column in columns) for row in rows)
    return SheetWindow(sheet, names, rows, columns, grid, dict(_spans(merged, rows, columns)), unseen)


def _merged(sheet: Sheet) -> list[Area]:
    for _ in sheet.rows(frozenset()):
        pass
    return sheet.facts.merged[:_MOST_MERGED]


def _meets(area: Area, rows: Container[int]) -> bool:
    return any(row in rows for row in range(area[0], min(area[2], area[0] + _MOST_MERGED) + 1))


def _moved(
    found: Mapping[tuple[int, int], StoredCell], merged: Iterable[Area], rows: Container[int]
) -> Iterator[tuple[tuple[int, int], StoredCell]]:
    """A cell that is merged with others, of which only some are shown, stands in the first row that is."""
    for top, left, bottom, _ in merged:
        if top not in rows and (top, left) in found:
            yield (next(row for row in range(top, bottom + 1) if row in rows), left), found[top, left]


def _spans(
    merged: Iterable[Area], rows: Sequence[int], columns: Sequence[int]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for top, left, bottom, right in merged:
        down = [at for at, row in enumerate(rows) if top <= row <= bottom]
        over = [at for at, column in enumerate(columns) if left <= column <= right]
        if down and over and len(down) * len(over) > 1:
            yield (down[0], over[0]), (len(down), len(over))


def _columns(left: int, right: int, widest: int) -> tuple[int, ...]:
    end = max(right, widest)
    if end <= _MOST_COLUMNS or right <= _MOST_COLUMNS:
        return tuple(range(1, min(end, _MOST_COLUMNS) + 1))
    start = max(2, left - 3)
    return (1, *range(start, min(end, start + _MOST_COLUMNS - 2) + 1))


def _shown(cell: StoredCell | None) -> SheetCell:
    if cell is None:
        return _NOTHING
    return SheetCell(cell.seen, cell.stored, cell.formula, cell.ours, cell.reason, cell.hidden)
