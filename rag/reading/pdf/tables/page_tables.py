"""Tables found by their gaps: rows that follow each other and hold numbers in aligned columns, with what heads them.

Pure geometry, no ruling lines and no model. What is not clearly a table stays text.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Row, is_cjk
from rag.reading.pdf.tables.heads.head_places import Column
from rag.reading.pdf.tables.heads.table_heads import ends_prose, heads_of, is_period, is_unit
from rag.reading.pdf.tables.heads.table_stacks import stacked
from rag.reading.pdf.tables.table_columns import Cellular, columns_of, placed
from rag.reading.pdf.tables.table_fields import MOST_FIELDS, Line, line_of
from rag.reading.pdf.tables.table_levels import with_levels
from rag.reading.pdf.tables.whole_rows import whole, with_last_label


class Grid(NamedTuple):
    """A table of a flow: rows *start* to *stop*, its heads among them; *columns* are where its figures stand, *left* is
    where it begins, and *size* that of its last row's type. One that *follows* another bears its name if it has none.
    """

    start: int
    stop: int
    title: list[Row]
    unit: list[Row]
    header: list[Cellular]
    body: list[Cellular]
    columns: list[tuple[float, float]]
    left: float = 0.0
    size: float = 0.0
    follows: bool = False


def grids(flow: Sequence[Row], typography: Typography) -> list[Grid]:
    """The tables among the rows of *flow*, from top to bottom; they share no row."""
    if sum(len(row.pieces) > 1 for row in flow) < 2:
        return []
    lines = [line_of(row) for row in flow]
    found: list[Grid] = []
    free, at = 0, 0
    while at < len(lines):
        if lines[at].data:
            stop = _end(lines, at)
            grid = _grid(lines, free, at, stop, typography) if _is_table(lines[at:stop]) else None
            if grid is not None:
                found.append(grid)
                free = at = grid.stop
                continue
            at = stop
            continue
        at += 1
    return found


def _end(lines: Sequence[Line], start: int) -> int:
    """One past the last row with numbers that belongs with row *start*."""
    columns: list[list[float]] = []
    _widen(columns, lines[start])
    stop, at, patience = start + 1, start + 1, 3.0
    while at < len(lines) and patience >= 0:
        line, above = lines[at], lines[at - 1]
        if line.row.y0 - above.row.y1 > 3 * max(line.row.size, above.row.size):
            break
        if line.data:
            if not _fits(columns, line):
                break
            _widen(columns, line)
            stop, patience = at + 1, 3.0
        elif line.years or not _may_stand_inside(line, columns, lines[start]):
            break
        else:
            patience -= _doubt(line, columns)
        at += 1
    return stop


def _widen(columns: list[list[float]], line: Line) -> None:
    for field in line.numbers:
        for column in columns:
            if field.x0 <= column[1] and field.x1 >= column[0]:
                column[0], column[1] = min(column[0], field.x0), max(column[1], field.x1)
                break
        else:
            if len(columns) < MOST_FIELDS:
                columns.append([field.x0, field.x1])


def _fits(columns: Sequence[Sequence[float]], line: Line) -> bool:
    fitting = sum(any(field.x0 <= right and field.x1 >= left for left, right in columns) for field in line.numbers)
    return 2 * fitting >= len(line.numbers)


def _may_stand_inside(line: Line, columns: Sequence[Sequence[float]], first: Line) -> bool:
    text, row = line.row.text, line.row
    if row.size > first.row.size + 1 or is_unit(text):
        return False
    left = min(column[0] for column in columns)
    if len(line.fields) == 1:
        inside = any(row.x0 < column[1] and row.x1 > column[0] for column in columns)
        if inside and row.x0 >= left - row.size and len(text) < 12:
            return True
        return row.x1 <= left + 4 * row.size or (len(text) < 60 and not ends_prose(text) and row.x0 < left)
    over = [field for field in line.fields if field.x0 >= left - row.size]
    return not (over and all(is_period(field.text) for field in over))


def _doubt(line: Line, columns: Sequence[Sequence[float]]) -> float:
    """How much *line*, which has no figures, speaks for the end of a table; Chinese forms list many empty rows."""
    if not is_empty_row(line.row, columns):
        return 1
    return 0.1 if is_cjk(line.row.text[-1]) else 0.25


def is_empty_row(row: Row, columns: Sequence[Sequence[float]]) -> bool:
    """Whether *row* is a label whose cells under *columns* are all empty, or the rest of a label."""
    return may_be_label(row) and row.x1 <= min(column[0] for column in columns)


def may_be_label(row: Row) -> bool:
    """Whether *row* is short enough to be all that stands in a row of some table."""
    return len(row.pieces) == 1 and len(row.text) < 40 and not ends_prose(row.text)


def _is_table(lines: Sequence[Line]) -> bool:
    data = [line for line in lines if line.data]
    if any("...." in line.row.text for line in data[:3]):
        return False
    if len(data) == 1:
        return len(data[0].numbers) >= 3 and len(data[0].fields) > len(data[0].numbers)
    return True


def _is_labelled(data: Sequence[Line]) -> bool:
    """Whether most rows say what their figures are; the figures along the axes of a chart stand alone."""
    return 2 * sum(any(not field.numeric for field in line.fields) for line in data) >= len(data)


def _is_filled(data: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether nearly every cell of a grid without labels has a figure."""
    return (
        len(data) > 2 and len(columns) > 1 and sum(len(line.numbers) for line in data) >= 0.8 * len(columns) * len(data)
    )


def _is_contents(data: Sequence[Line]) -> bool:
    """Whether the only figure of each row is the number of a page."""
    pages = [line.numbers[0].text for line in data if len(line.numbers) == 1 and line.numbers[0].text.isdecimal()]
    return len(pages) == len(data) > 2 and all(len(page) < 4 for page in pages) and pages == sorted(pages, key=int)


def _columns(body: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[Column]:
    """The column of the labels, and *columns*; each begins and ends halfway to the next one."""
    labels = [line.fields[0] for line in body if not line.fields[0].numeric]
    first = columns[0][0]
    left = min([label.x0 for label in labels] or [first - 1])
    right = min(max([label.x1 for label in labels] or [first - 1]), first - 1)
    all_ = [(min(left, right), right), *columns]
    middles = [(one[1] + other[0]) / 2 for one, other in pairwise(all_)]
    return [
        Column(number, start, start, stop, begin, end)
        for number, ((start, stop), begin, end) in enumerate(
            zip(all_, [-inf, *middles], [*middles, inf], strict=True), 1
        )
    ]


def _grid(lines: Sequence[Line], free: int, start: int, stop: int, typography: Typography) -> Grid | None:
    """The table around rows *start* to *stop*; none when it would have more columns than a person could read."""
    data = [line for line in lines[start:stop] if line.data]
    columns = columns_of(data)
    if len(columns) > MOST_FIELDS or not (_is_labelled(data) or _is_filled(data, columns)) or _is_contents(data):
        return None
    numbers = [field for line in data for field in line.numbers]
    extent = min(field.x0 for field in numbers), max(field.x1 for field in numbers)
    stop = with_last_label(lines, stop)
    above = heads_of(lines, free, start, extent, typography)
    return Grid(
        above.first,
        stop,
        above.title,
        above.unit,
        stacked([line.fields for line in above.header], _columns(whole(lines[above.start : stop]), columns)),
        with_levels([placed(line, columns) for line in whole(lines[above.start : stop])]),
        columns,
        min(line.row.x0 for line in lines[above.first : stop]),
        lines[stop - 1].row.size,
    )
