"""Tables that go on over a page break: the rows at the top of a page that belong under the heads of the page before."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rag.reading.pdf.headings import Typography
from rag.reading.pdf.layout import Row
from rag.reading.pdf.page_tables import Grid, is_empty_row
from rag.records import TableHead

_MARGIN = 0.08
_MORE = re.compile(r"[(（]?\s*(?:continued|cont['’]?d\.?|续上?表?|續上?表?|接上[表页])\s*[)）]?", re.IGNORECASE)


class LastTable(NamedTuple):
    """What a page ends with: the *head* of its last table, where its labels begin, its columns and its size of type."""

    head: TableHead
    left: float
    columns: Sequence[tuple[float, float]]
    size: float


class Edges:
    """What stands at the edges of a page of some *height* only says where one is."""

    def __init__(self, typography: Typography, height: float) -> None:
        self._typography = typography
        self._top, self._bottom = height * _MARGIN, height * (1 - _MARGIN)

    def are(self, rows: Sequence[Row], last: LastTable) -> bool:
        """Whether *rows* are running heads and feet, page numbers, say that *last* goes on, or are empty rows of it."""
        return all(self._is_edge(row) or self._is_empty_row(row, last) for row in rows)

    def _is_empty_row(self, row: Row, last: LastTable) -> bool:
        same = abs(row.size - last.size) < 0.12 * last.size and row.x0 > last.left - last.size
        return same and is_empty_row(row, last.columns) and not self._typography.is_heading([row])

    def _is_edge(self, row: Row) -> bool:
        if self._typography.is_running(row) or _MORE.fullmatch(row.text):
            return True
        return not self._top < (row.y0 + row.y1) / 2 < self._bottom and len(row.text) < 100


def goes_on(last: LastTable, grid: Grid, rows: Sequence[Row], edges: Edges) -> bool:
    """Whether *grid*, with *rows* above it and on top of it, has no heads of its own and the columns of *last*."""
    if grid.header or grid.unit or len(grid.columns) != len(last.columns) or not edges.are([*rows, *grid.title], last):
        return False
    return all(
        abs(one[1] - other[1]) < 2 * last.size or (one[0] < other[1] and other[0] < one[1])
        for one, other in zip(grid.columns, last.columns, strict=True)
    )
