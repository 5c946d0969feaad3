"""Tables that go on over a page break: the rows at the top of a page that belong under the heads of the page before."""

import re
from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Row, corners
from rag.reading.pdf.tables.page_tables import Grid, is_empty_row, may_be_label
from rag.records import TableHead, joined

_MARGIN = 0.08
_COUNTS = re.compile(r"[^\W\d].*\d|\d.*[^\W\d]")  # a name with a number, which may be that of another table
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPACE = re.compile(r"[\s\-–—_]+")
_MORE = re.compile(r"[(（]?\s*(?:continued|cont['’]?d\.?|续上?表?|續上?表?|接上[表页])\s*[)）]?", re.IGNORECASE)


class LastTable(NamedTuple):
    """What a page ends with: the *head* of its last table, where its labels begin, its columns and its size of type.

    It is *turned* when the page is; a *far* one has notes below it, and goes on only where the next page names it. Its
    last row has a *label*, and is *bare* if it has nothing else.
    """

    head: TableHead
    left: float
    columns: Sequence[tuple[float, float]]
    size: float
    turned: bool = False
    far: bool = False
    label: str = ""
    bare: bool = False


class Edges:
    """What stands at the edges of a page of some *height* only says where one is."""

    def __init__(self, typography: Typography, height: float) -> None:
        self._typography = typography
        self._top, self._bottom = height * _MARGIN, height * (1 - _MARGIN)

    def are(self, rows: Sequence[Row], last: LastTable) -> bool:
        """Whether *rows* are running heads and feet, page numbers, say that *last* goes on, or are empty rows of it."""
        return all(self._is_edge(row) or self._is_empty_row(row, last) for row in rows)

    def may_name(self, rows: Sequence[Row], last: LastTable) -> bool:
        """The same, and the few lines with the company's name that may stand over a table that is named again."""
        rest = [row for row in rows if not self.are([row], last)]
        return len(rest) < 4 and all(len(row.text) < 100 and row.y1 < 4 * self._top for row in rest)

    def after(self, rows: Sequence[Row], last: LastTable) -> LastTable | None:
        """*last* as it may go on behind *rows*, with which its page ends."""
        if self.are(rows, last):
            return last._replace(turned=True)
        return far_behind(last)

    def part_any(self, rows: Sequence[Row]) -> bool:
        """Whether ``are`` is false of *rows*, whatever the table before them was."""
        return any(not self._is_edge(row) and not may_be_label(row) for row in rows)

    def shut_out(self, rows: Sequence[Row]) -> bool:
        """Whether ``goes_on`` is false of a table below *rows*, whatever the one before them was."""
        sure = [row for row in rows if self.part_any([row])]
        return len(sure) > 3 or any(len(row.text) >= 100 or row.y1 >= 4 * self._top for row in sure)

    def _is_empty_row(self, row: Row, last: LastTable) -> bool:
        same = abs(row.size - last.size) < 0.12 * last.size and row.x0 > last.left - last.size
        return same and is_empty_row(row, last.columns) and not self._typography.is_heading([row])

    def _is_edge(self, row: Row) -> bool:
        if self._typography.is_running(row) or _MORE.fullmatch(row.text):
            return True
        return not self._top < (row.y0 + row.y1) / 2 < self._bottom and len(row.text) < 100


def far_behind(last: LastTable) -> LastTable | None:
    """*last* as it may go on behind a page that has no table, but words of its own."""
    return last._replace(turned=True, far=True) if last.head.title and last.head.header else None


def goes_on(last: LastTable, grid: Grid, rows: Sequence[Row], edges: Edges) -> bool:
    """Whether *grid*, with *rows* above it and on top of it, has the columns of *last*, and no heads or the same."""
    if is_repeated(last, grid):
        counted = any(_COUNTS.search(_YEAR.sub("", row.text)) for row in rows)
        return edges.may_name(rows, last) and (bool(grid.title) or not counted)
    if last.far or grid.header or grid.unit or not edges.are([*rows, *grid.title], last):
        return False
    return _columns(last, grid) is not None


def with_rest(last: LastTable, grid: Grid) -> Grid:
    """*grid*; the only head of one with all columns of *last* is a row of its own if it stands over words, and none
    over the figures beside them: it is the rest of a cell that the page break parts.
    """
    heads = [slot for row in grid.header for slot in row]
    if len(heads) != 1 or heads[0].column == 1 or heads[0].over > 1:
        return grid
    columns = {number: number for number in range(2, len(last.columns) + 2)}
    under = [field for row in grid.body for slot in row if slot.column == heads[0].column for field in slot.fields]
    words = bool(under) and not any(field.numeric for field in under)
    figures = any(field.numeric for slot in grid.body[0] if slot.column > heads[0].column for field in slot.fields)
    if not (words and figures and last.head.header) or _columns(last, grid) != columns:
        return grid
    return grid._replace(header=[], body=[heads, *grid.body])


def aligned(last: LastTable, grid: Grid) -> Grid:
    """*grid*, which goes on from *last*, with its numbers of columns."""
    columns = _columns(last, grid)
    if columns is None:
        return grid
    body = [[slot._replace(column=columns.get(slot.column, slot.column)) for slot in row] for row in grid.body]
    return grid._replace(body=body, columns=_strips(last, grid))


def _columns(last: LastTable, grid: Grid) -> dict[int, int] | None:
    """For each column of *grid* after the labels that of *last* in whose place it stands; ``None`` if one has none.

    Some of a table's columns may be empty on a page.
    """
    found: dict[int, int] = {}
    strips = _strips(last, grid)
    for number, (left, right) in enumerate(grid.columns, 2):
        at = min(range(len(strips)), key=lambda at: abs(strips[at][1] - right), default=None)
        if at is None or at + 2 in found.values():
            return None
        begin, end = strips[at]
        if abs(end - right) >= 2 * last.size and not (left < end and begin < right):
            return None
        found[number] = at + 2
    if list(found.values()) != sorted(found.values()):
        return None
    return found if 2 * len(found) >= len(last.columns) else None


def _strips(last: LastTable, grid: Grid) -> list[tuple[float, float]]:
    """Where the columns of *last* are beside *grid*, which may stand in the next column of a page."""
    right = max((right for _, right in last.columns), default=inf)
    shift = grid.left - last.left if grid.left > right else 0.0
    return [(begin + shift, end + shift) for begin, end in last.columns]


def is_repeated(last: LastTable, grid: Grid) -> bool:
    """Whether *grid*, at the top of a page, has the heads of *last* again, and its title or none."""
    if not (last.turned and last.head.header) or [[slot.column for slot in row] for row in grid.header] != [
        [cell.column for cell in row] for row in last.head.header
    ]:
        return False
    heads = [_bare(" ".join(field.text for field in slot.fields)) for row in grid.header for slot in row]
    if heads != [_bare(cell.text) for row in last.head.header for cell in row]:
        return False
    title = _bare(" ".join(row.text for row in grid.title))
    known = _bare(joined(last.head.title))
    return (title == known and bool(title)) or not (title or last.far)


def repeated(grid: Grid) -> list[Row]:
    """The rows of *grid* that say again what stands over the table it goes on from."""
    found = [*grid.title, *grid.unit]
    for row in grid.header:
        pieces = [piece for slot in row for field in slot.fields for piece in field.pieces]
        longest = max(pieces, key=lambda piece: len(piece.text))
        found.append(Row(*corners(pieces), pieces, longest.size, all(piece.bold for piece in pieces)))
    return found


def _bare(text: str) -> str:
    return _SPACE.sub("", _MORE.sub("", text)).casefold()
