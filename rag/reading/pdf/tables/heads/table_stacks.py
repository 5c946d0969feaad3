"""The heads of columns put together: lines that are one head, and heads that stand over several columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from rag.reading.pdf.tables.heads.broken_heads import top_of, unbroken
from rag.reading.pdf.tables.heads.head_places import Column, off_middle, one_each, over_periods, over_segments, place_of
from rag.reading.pdf.tables.heads.table_heads import is_period
from rag.reading.pdf.tables.table_columns import Slot
from rag.reading.pdf.tables.table_fields import Field, below, beside, is_year

_NARROW = 6.0  # points: no column is as narrow


@dataclass(frozen=True, slots=True)
class _Head:
    """A head over columns *first* to *last*, by their place among all; *level* counts from the lowest, 0."""

    field: Field
    first: int
    last: int
    level: int

    @property
    def middle(self) -> float:
        return (self.field.x0 + self.field.x1) / 2

    @property
    def top(self) -> float:
        return top_of(self.field)


def _unruled(_: Field) -> None:
    """No cell is drawn around a head."""


def stacked(
    lines: Sequence[Sequence[Field]],
    columns: Sequence[Column],
    cell_around: Callable[[Field], tuple[float, float] | None] = _unruled,
) -> list[list[Slot]]:
    """The rows of heads that *lines*, from the top, make over *columns*: what is broken over lines is one head.

    Each row has at least one head; the lowest has those right above the figures. *cell_around* a head is the left and
    right of what is drawn around it, if anything is.
    """
    lines = unbroken(lines)
    wide = list(columns)
    heads: list[_Head] = []
    tops: dict[int, _Head] = {}
    for line in reversed(lines):
        placed = one_each(line, wide) or [place_of(line, at, wide) for at in range(len(line))]
        placed = _over_repeated(line, _shared(line, placed, wide, tops), wide, tops)
        cells = _in_cells([cell_around(field) for field in line], columns)
        fields, placed = _side_by_side(line, [cell or one for cell, one in zip(cells, placed, strict=True)])
        drawn = {cell for cell in cells if cell}
        alone = len(fields) == 1 and placed[0][0] > 0 and placed[0] not in drawn
        if alone and _heads_all(fields[0], placed[0], wide, tops):
            placed = [(1, len(wide) - 1)]
        elif alone:
            said = [tops[at].field if at in tops else None for at in range(len(wide))]
            placed = [over_segments(fields[0], over_periods(fields[0], placed[0], wide, said), wide, said)]
        placed = _over_whole(_over_two(fields, placed, wide, tops), tops)
        lowest = _lowest_of_years(fields, placed, tops)
        for field, (first, last) in zip(fields, placed, strict=True):
            head = _with(field, first, last, tops, drawn=(first, last) in drawn)
            head = replace(head, level=max(head.level, lowest)) if head.field is field else head
            heads = [one for one in heads if one is not tops.get(first) or one.level != head.level]
            heads.append(head)
            for at in range(head.first, head.last + 1):
                tops[at] = head
            if head.first == head.last:
                column = wide[head.first]
                left, inner = min(column.left, field.x0), min(column.inner, field.x0)
                wide[head.first] = column._replace(left=left, inner=inner, right=max(column.right, field.x1))
    depth = max((head.level for head in heads), default=-1)
    rows: list[list[Slot]] = [[] for _ in range(depth + 1)]
    for head in heads:
        over = columns[head.last].number - columns[head.first].number + 1
        rows[depth - head.level].append(Slot(columns[head.first].number, (head.field,), over))
    return [_by_column(row) for row in rows if row]


def _over_two(
    fields: Sequence[Field], placed: Sequence[tuple[int, int]], columns: Sequence[Column], tops: Mapping[int, _Head]
) -> list[tuple[int, int]]:
    """*placed*, but over two *columns* where a field is over the first of them and reaches out of it, in line with
    neither what stands there nor its head, and in the middle of the cells of both, in which figures are set right.
    """
    found = list(placed)
    for at, (field, (column, last)) in enumerate(zip(fields, placed, strict=True)):
        size, after = field.pieces[0].size, column + 1
        if column != last or column not in tops or after not in tops:
            continue
        one, other, head = columns[column], columns[after], tops[column]
        if (
            head.last > column
            or tops[after].last > after
            or any(first <= after <= end for first, end in found[at + 1 :])
        ):
            continue
        sides = [(one.left, one.right), (head.field.x0, head.field.x1)]
        in_line = any(
            abs(left - field.x0) < 0.2 * size
            or min(abs(right - field.x1), abs(left + right - field.x0 - field.x1) / 2) < 0.5 * size
            for left, right in sides
        )
        middle = (field.x0 + field.x1 - other.right) / 2
        around = min(one.begin, columns[column - 1].right) / 2 - size < middle < one.left / 2 + 0.5 * size
        if field.x1 > one.right + size and around and not in_line:
            found[at] = column, after
    return found


def _over_whole(placed: Sequence[tuple[int, int]], tops: Mapping[int, _Head]) -> list[tuple[int, int]]:
    """*placed*, but over all columns of the heads below them that are over several, of which they take in a part and
    one other head; what another of them is over stays its own.
    """
    found = list(placed)
    for at, (first, last) in enumerate(placed):
        if first == last or first not in tops or last not in tops or tops[first] is tops[last]:
            continue
        wide = min(first, tops[first].first), max(last, tops[last].last)
        if not any(one <= wide[1] and wide[0] <= other for n, (one, other) in enumerate(found) if n != at):
            found[at] = wide
    return found


def _over_repeated(
    fields: Sequence[Field], placed: list[tuple[int, int]], columns: Sequence[Column], tops: Mapping[int, _Head]
) -> list[tuple[int, int]]:
    """*placed*, but over groups of *columns* whose heads say the same again, a field to each group: ``期末余额``
    and ``期初余额`` over twice ``账面余额``, ``跌价准备``, ``账面价值``, though each is as wide as the middle one.
    """
    over = [at for at, (first, _) in enumerate(placed) if first]
    if len(over) < 2 or len({fields[at].text for at in over}) < len(over):
        return placed
    said = [tops[at].field.text if at in tops and tops[at].first == tops[at].last else "" for at in range(len(columns))]
    for width in range((len(columns) - 1) // len(over), 1, -1):
        for first in range(len(columns) - width * len(over), 0, -1):  # other heads may follow the groups
            starts = range(first, first + width * len(over), width)
            heads = {tuple(said[start : start + width]) for start in starts}
            within = all(
                columns[start].left <= (fields[at].x0 + fields[at].x1) / 2 <= columns[start + width - 1].right
                for at, start in zip(over, starts, strict=True)
            )
            if len(heads) == 1 and len(set(*heads)) == width and "" not in set(*heads) and within:
                groups = {at: (start, start + width - 1) for at, start in zip(over, starts, strict=True)}
                return [groups.get(at, one) for at, one in enumerate(placed)]
    return placed


def _side_by_side(
    fields: Sequence[Field], placed: Sequence[tuple[int, int]]
) -> tuple[list[Field], list[tuple[int, int]]]:
    """*fields* of one line and where each is *placed*, those over the same columns as one, from left to right."""
    found: dict[tuple[int, int], Field] = {}
    for field, place in zip(fields, placed, strict=True):
        found[place] = beside(found[place], field) if place in found else field
    return list(found.values()), list(found)


def _lowest_of_years(fields: Sequence[Field], placed: Sequence[tuple[int, int]], tops: Mapping[int, _Head]) -> int:
    """The least level of *fields* of one line: years side by side are heads of one row, whatever stands below each."""
    if len(fields) < 2 or not all(
        is_year(field.text) and last > first for field, (first, last) in zip(fields, placed, strict=True)
    ):
        return 0
    return 1 + max(
        [tops[at].level for first, last in placed for at in range(first, last + 1) if at in tops], default=-1
    )


def _by_column(row: Iterable[Slot]) -> list[Slot]:
    found: dict[int, Slot] = {}
    for slot in row:
        known = found.get(slot.column)
        found[slot.column] = (
            slot if known is None else Slot(slot.column, known.fields + slot.fields, max(slot.over, known.over))
        )
    return [found[column] for column in sorted(found)]


def _in_cells(cells: Sequence[tuple[float, float] | None], columns: Sequence[Column]) -> list[tuple[int, int] | None]:
    """The first and last of the *columns* in each of the drawn *cells* of a line; none in those that several share."""
    found: list[tuple[int, int] | None] = []
    for cell in cells:
        left, right = cell or (inf, -inf)
        inside = [at for at, one in enumerate(columns) if one.end > left + _NARROW and one.begin < right - _NARROW]
        found.append((inside[0], inside[-1]) if inside and cells.count(cell) == 1 else None)
    return found


def _with(field: Field, first: int, last: int, tops: dict[int, _Head], *, drawn: bool) -> _Head:
    """*field* as a head of its own, or as the first line of the head that it stands on, if its cell is not *drawn*
    around other columns.
    """
    under = [tops[at] for at in range(first, last + 1) if at in tops]
    lowest = max((head.level for head in under), default=-1)
    alone = _Head(field, first, last, lowest + 1)
    if not under or any(head is not under[0] for head in under[1:]):
        return alone
    head = under[0]
    size = field.pieces[0].size
    gap = head.top - max(piece.y1 for piece in field.pieces)
    same = (head.first, head.last) == (first, last)
    centred = abs(head.middle - alone.middle) < size
    inside = head.first <= first and last <= head.last
    around = first <= head.first and head.last <= last
    near = gap < 0.6 * size and centred and (inside or (around and head.last > head.first))
    if not (gap < 1.2 * size if same else near and not drawn):
        return alone
    return replace(head, field=below(field, head.field), first=min(first, head.first), last=max(last, head.last))


def _heads_all(field: Field, over: tuple[int, int], columns: Sequence[Column], tops: dict[int, _Head]) -> bool:
    """Whether *field*, alone in its line and *over* the column in the middle, heads all columns after the labels."""
    last = len(columns) - 1
    size = field.pieces[0].size
    if last < 3 or over[0] != over[1] or any(at not in tops for at in range(1, last + 1)):
        return False
    if off_middle(field, columns[1], columns[last]) > 1.2 * size:
        return False
    below_ = tops[over[0]].field
    column = columns[over[0]]
    apart = tops[over[0]].top - max(piece.y1 for piece in field.pieces) > 0.5 * size
    styled = below_.pieces[0].bold != field.pieces[0].bold or abs(below_.pieces[0].size - size) > 0.5
    wide = field.x1 - field.x0 > column.right - column.left + size
    return apart or styled or wide or is_period(field.text)


def _shared(
    fields: Sequence[Field], placed: list[tuple[int, int]], columns: Sequence[Column], tops: dict[int, _Head]
) -> list[tuple[int, int]]:
    """*placed*, or the columns shared out among *fields* where each is a year in the middle of its share.

    Shares are even, or each column goes to the nearest year: marks of notes may stand in columns of their own.
    """
    own = len(columns) - 1
    if len(fields) < 2 or own <= len(fields) or not all(is_year(field.text) for field in fields):
        return placed
    if any(at not in tops for at in range(1, own + 1)):
        return placed
    size = fields[0].pieces[0].size
    if all(
        first == last and abs(columns[last].right - field.x1) < 0.5 * size
        for field, (first, last) in zip(fields, placed, strict=True)
    ):
        return placed
    shares = _even(len(fields), own) if own % len(fields) == 0 else _nearest(fields, columns)
    centred = len(shares) == len(fields) and all(
        off_middle(field, columns[first], columns[last]) < 2 * size
        for field, (first, last) in zip(fields, shares, strict=True)
    )
    return shares if centred else placed


def _even(count: int, columns: int) -> list[tuple[int, int]]:
    share = columns // count
    return [(1 + n * share, (n + 1) * share) for n in range(count)]


def _nearest(fields: Sequence[Field], columns: Sequence[Column]) -> list[tuple[int, int]]:
    """For each of *fields* the first and last of the *columns* after the labels that are nearest to it."""
    found: dict[int, list[int]] = {}
    for at, column in enumerate(columns[1:], 1):
        off = [abs(column.left + column.right - field.x0 - field.x1) for field in fields]
        found.setdefault(off.index(min(off)), []).append(at)
    return [(share[0], share[-1]) for _, share in sorted(found.items())]
