"""The flows of a page on which the layout model has found tables: the lines of each table stand together in one."""

from collections.abc import Sequence
from typing import NamedTuple

from rag.reading.pdf.layout import Corners, Line, Piece, Row, Word, flows, pieces_of, rows
from rag.reading.pdf.raw_page import RawPage, Region

_MARGIN = 2.0


class TableRun(NamedTuple):
    """Rows *start* to *stop* of a flow are what stands in *region*."""

    start: int
    stop: int
    region: Region


class Flow(NamedTuple):
    """The *rows* of a column, title or turned text, and which of them are *tables* of the layout model's, if it has *seen* the page."""

    rows: list[Row]
    tables: list[TableRun]
    seen: bool


def flows_of(raw: RawPage) -> list[Flow]:
    """The rows of *raw* in reading order.

    A table's lines are laid out by themselves, so that its columns are not taken for those of the page.
    """
    regions = [region for region in raw.regions if region.kind == "table"]
    if not regions:
        return [Flow(flow, [], seen=bool(raw.regions)) for flow in flows(raw.lines)]
    inside: list[list[Piece]] = [[] for _ in regions]
    rest: list[Line] = []
    for order, line in enumerate(raw.lines):
        for at, words in _by_region(line, regions):
            part = line._replace(words=words)
            if at is None:
                rest.append(part)
            else:
                inside[at].extend(pieces_of(part, order))
    tables = [_Table(region, rows(pieces)) for region, pieces in zip(regions, inside, strict=True) if pieces]
    rest.extend(_mark(table.region, at) for at, table in enumerate(tables))
    return [_with_tables(flow, tables) for flow in flows(rest)]


class _Table(NamedTuple):
    region: Region
    rows: list[Row]


def _by_region(line: Line, regions: Sequence[Region]) -> list[tuple[int | None, list[Word]]]:
    """Runs of the words of *line* that stand in the same region, by its place among *regions*; turned text in none."""
    found: list[tuple[int | None, list[Word]]] = []
    for word in line.words:
        x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
        here = None if line.way else next((at for at, region in enumerate(regions) if _holds(region.box, x, y)), None)
        if found and found[-1][0] == here:
            found[-1][1].append(word)
        else:
            found.append((here, [word]))
    return found


def _holds(box: Corners, x: float, y: float) -> bool:
    return box[0] - _MARGIN <= x <= box[2] + _MARGIN and box[1] - _MARGIN <= y <= box[3] + _MARGIN


def _mark(region: Region, at: int) -> Line:
    """A line that keeps the place of table *at* while the flows are found; MuPDF has no block with such a number."""
    return Line([(*region.box, "", -1 - at, 0, 0)], 1.0, bold=False, way=0)


def _with_tables(flow: Sequence[Row], tables: Sequence[_Table]) -> Flow:
    """*flow* with the rows of tables in place of their marks, below what stands beside them."""
    found: list[Row] = []
    runs: list[TableRun] = []
    for row in flow:
        marks = [piece for piece in row.pieces if piece.words[0][5] < 0]
        if marks:
            found.extend(rows(piece for piece in row.pieces if piece.words[0][5] >= 0))
            for mark in marks:
                table = tables[-1 - mark.words[0][5]]
                runs.append(TableRun(len(found), len(found) + len(table.rows), table.region))
                found.extend(table.rows)
        else:
            found.append(row)
    return Flow(found, runs, seen=True)
