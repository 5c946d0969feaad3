"""The lines drawn around the cells of a table: where it is ruled all over, they say what its cells are."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from math import inf
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import Corners, Line, Word
from rag.reading.pdf.pages.raw_page import Region
from rag.reading.pdf.tables.table_fields import Field, is_figure

_PATHS = frozenset({"stroke-path", "fill-path"})
_THIN = 2.5  # points: what is thicker is no line
_SHORTEST = 5.0
_NEAR = 3.0  # points between parts of one line, and between a line and the edge of a table
_BORDER = 12.0  # points around what the layout model takes for the table, where its sides are drawn
_FAR = 6.0  # points: what is nearer to a drawn line stands for it
_MOST_PATHS = 20_000
_WHOLE = 0.4  # of the height or width of a table: a cell that spans several interrupts a line
_FEW = 0.25
_AS_MANY = 0.6  # of the lines that the layout model draws


class _Rule(NamedTuple):
    """Part of a line: where it stands, and from where to where it goes along the other axis."""

    at: float
    start: float
    stop: float


def ruled(
    regions: Sequence[Region], painted: Sequence[tuple[str, Corners]], lines: Sequence[Line]
) -> tuple[Region, ...]:
    """*regions*; tables that are ruled by what is *painted* have their columns and rows from there.

    Between them stay those lines of the model that part the words of *lines* in most rows, and go through none: not all
    columns may be ruled. The box of the model ends with the words of the last column; the table reaches as far as the
    lines that cross it.
    """
    if len(painted) > _MOST_PATHS or not any(region.kind == "table" for region in regions):
        return tuple(regions)
    upright, level = list(_lines(painted, 0)), list(_lines(painted, 1))
    return tuple(_ruled(region, upright, level, lines) if region.kind == "table" else region for region in regions)


def _lines(painted: Iterable[tuple[str, Corners]], axis: int) -> Iterable[_Rule]:
    """The lines across *axis*, 0 for upright ones: thin paths, and the sides of rectangles that are drawn."""
    for kind, box in painted:
        if kind not in _PATHS or box[3 - axis] - box[1 - axis] < _SHORTEST:
            continue
        start, stop = box[1 - axis], box[3 - axis]
        if box[2 + axis] - box[axis] <= _THIN:
            yield _Rule((box[axis] + box[2 + axis]) / 2, start, stop)
        elif kind == "stroke-path":
            yield _Rule(box[axis], start, stop)
            yield _Rule(box[2 + axis], start, stop)


def _ruled(region: Region, upright: Sequence[_Rule], level: Sequence[_Rule], lines: Sequence[Line]) -> Region:
    x0, y0, x1, y1 = region.box
    crossing = [line for line in level if y0 < line.at < y1 and line.start < x1 and line.stop > x0]
    left = min([x0, *(line.start for line in crossing)])
    right = max([x1, *(line.stop for line in crossing)])
    columns = _rules(upright, (left, right), (y0, y1))
    if columns is None:
        return region
    top, foot = _reach(upright, columns, (y0, y1))
    rows = _rules(level, (top, foot), (x0, x1), sides=1)
    if not rows:
        return region
    inside = [word for line in lines for word in line.words if top <= (word[1] + word[3]) / 2 <= foot]
    if len(rows) < _AS_MANY * len(region.rows) and not _is_told_apart(inside, columns, rows, len(region.rows)):
        return region
    rows = [*([top] if top > y0 else []), *rows, *([foot] if foot < y1 else [])]
    words = [word for line in lines for word in line.words if y0 <= (word[1] + word[3]) / 2 <= y1]
    cells = [left, *columns, right]
    more = [
        edge
        for edge in region.columns
        if all(abs(edge - other) > _FAR for other in columns) and _parts(edge, words, cells, rows)
    ]
    return region._replace(
        columns=tuple(sorted([*columns, *more])),
        rows=tuple(rows),
        ruled=True,
        sides=tuple(_sides(upright, cells)),
        tall=tuple(_tall(level, (left, columns[0]), [y0, *rows, y1])),
    )


def _reach(upright: Sequence[_Rule], columns: Sequence[float], along: tuple[float, float]) -> tuple[float, float]:
    """From where to where in *along*, a table as the layout model sees it, the lines between its *columns* go: its name
    above them, or a note below, may be in it.
    """
    begin, end = along
    here = [
        one
        for one in upright
        if one.start < end and one.stop > begin and any(abs(one.at - at) <= _NEAR for at in columns)
    ]
    top, foot = min(one.start for one in here), max(one.stop for one in here)
    return top if top > begin + _NEAR else begin, foot if foot < end - _NEAR else end


def _is_told_apart(words: Sequence[Word], columns: Sequence[float], rows: Sequence[float], seen: int) -> bool:
    """Whether the lines at *rows* are all lines between rows, though the layout model has *seen* many more, between the
    lines of cells: no cell behind the labels has figures below each other.
    """
    heights: dict[tuple[int, int], list[float]] = {}
    for x0, y0, x1, y1, text, *_ in words:
        column, middle = bisect(columns, (x0 + x1) / 2), (y0 + y1) / 2
        if column and is_figure(text):
            heights.setdefault((column, bisect(rows, middle)), []).append(middle)
    together = all(max(some) - min(some) < _FAR for some in heights.values())
    return together and len(rows) >= _FEW * seen and len({row for _, row in heights}) > len(rows) / 2


def _parts(edge: float, words: Sequence[Word], columns: Sequence[float], rows: Sequence[float]) -> bool:
    """Whether *edge*, which is not drawn, goes through none of *words* and parts them in most *rows* of its column: a
    head in the middle of a column does not stand in the rows of the labels below, which begin at its left.
    """
    at = bisect(columns, edge)
    begin, end = columns[max(0, at - 1)], columns[min(at, len(columns) - 1)]
    before, behind = set[int](), set[int]()
    for x0, y0, x1, y1, *_ in words:
        if x0 < edge < x1:
            return False
        if begin < (x0 + x1) / 2 < end:
            (before if x1 <= edge else behind).add(bisect(rows, (y0 + y1) / 2))
    return 2 * len(before & behind) >= len(before | behind) > 0


def _sides(upright: Sequence[_Rule], columns: Sequence[float]) -> Iterable[tuple[float, float, float]]:
    """The parts of *upright* lines that stand at the sides of *columns*, those that touch as one."""
    for column in columns:
        start = stop = -inf
        for part in sorted([one for one in upright if abs(one.at - column) <= _NEAR], key=lambda part: part.start):
            if part.start > stop + _NEAR:
                if start > -inf:
                    yield column, start, stop
                start = part.start
            stop = max(stop, part.stop)
        if start > -inf:
            yield column, start, stop


def _tall(
    level: Sequence[_Rule], across: tuple[float, float], heights: Sequence[float]
) -> Iterable[tuple[float, float]]:
    """The cells between *across* that reach over several of *heights*, at which rows begin and end."""
    left, right = across
    top = 0
    for at, height in enumerate(heights[1:], 1):
        here = [rule for rule in level if abs(rule.at - height) <= _NEAR]
        if height == heights[-1] or 2 * _covered(here, left, right) > right - left:
            if at - top > 1:
                yield heights[top], height
            top = at


def cell_around(region: Region, field: Field) -> tuple[float, float] | None:
    """The left and right of the cell that is drawn around *field* of a ruled *region*.

    ``None`` where it is not ruled, or *field* is neither in the middle nor, behind the labels, at the left of a cell
    over several columns: heads may have no lines between them.
    """
    if not region.sides:
        return None
    size = field.pieces[0].size
    x = (field.x0 + field.x1) / 2
    y = (min(piece.y0 for piece in field.pieces) + max(piece.y1 for piece in field.pieces)) / 2
    here = [at for at, top, foot in region.sides if top < y < foot]
    left = max((at for at in here if at <= x), default=region.box[0])
    right = min((at for at in here if at > x), default=region.box[2])
    placed = abs(left + right - 2 * x) < 3 * size or (left > min(region.sides)[0] and field.x0 - left < size)
    wide = any(left + _FAR < at < right - _FAR for at in region.columns)
    return (left, right) if placed or not wide else None


def _rules(
    rules: Sequence[_Rule], across: tuple[float, float], along: tuple[float, float], sides: int = 2
) -> list[float] | None:
    """Where *rules* go through a table that reaches from *across* to *across* and from *along* to *along*, if they are
    at as many of its *sides*; else none. A row that a page break parts has no line there.
    """
    begin, end = along
    near, far = across[0] - _BORDER, across[1] + _BORDER
    here = [rule for rule in rules if near < rule.at < far and rule.start < end and rule.stop > begin]
    whole = [parts for parts in _gathered(here) if _covered(parts, begin, end) >= _WHOLE * (end - begin)]
    found = [sum(part.at for part in parts) / len(parts) for parts in whole]
    inside = [at for at in found if across[0] + _NEAR < at < across[1] - _NEAR]
    drawn = any(at <= across[0] + _NEAR for at in found) + any(at >= across[1] - _NEAR for at in found)
    return inside if drawn >= sides and inside else None


def _gathered(lines: Iterable[_Rule]) -> Iterable[list[_Rule]]:
    """*lines* that stand in one place."""
    parts: list[_Rule] = []
    for line in sorted(lines):
        if parts and line.at - parts[-1].at > _NEAR:
            yield parts
            parts = []
        parts.append(line)
    if parts:
        yield parts


def _covered(parts: Iterable[_Rule], begin: float, end: float) -> float:
    """How much of *begin* to *end* is covered by *parts*."""
    covered, reached = 0.0, begin
    for part in sorted(parts, key=lambda part: part.start):
        stop = min(part.stop, end)
        covered += max(0.0, stop - max(part.start, reached))
        reached = max(reached, stop)
    return covered
