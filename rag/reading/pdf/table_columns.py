"""The columns of a table, from where its numbers stand, and which field stands in which."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from rag.reading.pdf.table_fields import Field, Line


class Slot(NamedTuple):
    """What stands in a *column*, counted from 1, of a row; a head may stand *over* several, this one the leftmost.

    *level* is how far a label is set in, 0 for not at all.
    """

    column: int
    fields: tuple[Field, ...]
    over: int = 1
    level: int = 0


Cellular = list[Slot]


def columns_of(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Left and right of each column after the labels."""
    numbers = [field for line in lines for field in line.numbers]
    columns = _merged([(field.x0, field.x1) for field in numbers])
    if any(_crowded(line.numbers, columns) for line in lines):
        columns = _by_right_edge(numbers)
    left = min(column[0] for column in columns)
    between = [
        (field.x0, field.x1)
        for line in lines
        for at, field in enumerate(line.fields)
        if not field.numeric and (at or field.x0 >= left) and not _over(field, columns)
    ]
    return sorted([*columns, *_merged(between)])


def _merged(extents: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted(extents):
        if found and x0 <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], x1)
        else:
            found.append((x0, x1))
    return found


def _crowded(fields: Sequence[Field], columns: Sequence[tuple[float, float]]) -> bool:
    taken = [_nearest(field, columns) for field in fields]
    return len(set(taken)) < len(taken)


def _by_right_edge(fields: Sequence[Field]) -> list[tuple[float, float]]:
    found: list[list[float]] = []
    for field in sorted(fields, key=lambda field: field.x1):
        if found and field.x1 - found[-1][2] < field.pieces[0].size:
            found[-1] = [min(found[-1][0], field.x0), field.x1, field.x1]
        else:
            found.append([field.x0, field.x1, field.x1])
    return [(left, right) for left, right, _ in found]


def _over(field: Field, columns: Sequence[tuple[float, float]]) -> bool:
    return any(field.x0 < right and field.x1 > left for left, right in columns)


def _nearest(field: Field, columns: Sequence[tuple[float, float]]) -> int:
    """The column that *field* overlaps most, or else the nearest."""
    best, most = 0, -math.inf
    for at, (left, right) in enumerate(columns):
        shared = min(field.x1, right) - max(field.x0, left)
        if shared > most:
            best, most = at, shared
        if left > field.x1:
            break
    return best


def placed(line: Line, columns: Sequence[tuple[float, float]]) -> Cellular:
    """The fields of a row of the body by column: 1 for the label, then *columns*."""
    placed: dict[int, tuple[Field, ...]] = {}
    for at, field in enumerate(line.fields):
        column = 1 if at == 0 and not field.numeric else 2 + _nearest(field, columns)
        placed[column] = (*placed.get(column, ()), field)
    return [Slot(column, fields) for column, fields in sorted(placed.items())]


def heads(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[Cellular]:
    """The fields of rows of heads by column; a head over several columns goes to the leftmost of them."""
    wide = list(columns)
    found: list[Cellular] = []
    for line in reversed(lines):
        placed: dict[int, tuple[Field, ...]] = {}
        over: dict[int, int] = {}
        for at, field in enumerate(line.fields):
            under = _under(line, at, wide, lowest=not found)
            column = (
                2 + under[0] if under else (1 if at == 0 or field.x1 <= columns[0][0] else 2 + _nearest(field, columns))
            )
            placed[column] = (*placed.get(column, ()), field)
            over[column] = max(over.get(column, 1), len(under))
            if len(under) == 1:
                left, right = wide[under[0]]
                wide[under[0]] = min(left, field.x0), max(right, field.x1)
        found.insert(0, [Slot(column, fields, over[column]) for column, fields in sorted(placed.items())])
    return found


def _under(line: Line, at: int, columns: Sequence[tuple[float, float]], *, lowest: bool) -> range:
    """The columns under field *at* of a row of heads: those it is over, and, if it is centred over more, those too.

    The *lowest* row has a head for each column.
    """
    field, size = line.fields[at], line.row.size
    over = [n for n, (left, right) in enumerate(columns) if field.x0 < right and field.x1 > left]
    if lowest or (not over and at == 0):
        return range(over[0], over[-1] + 1) if over else range(0)
    after = line.fields[at - 1].x1 if at else columns[0][0] - 1
    before = line.fields[at + 1].x0 if at + 1 < len(line.fields) else columns[-1][1] + 1
    free = [n for n, (left, right) in enumerate(columns) if left >= after and right <= before]
    if len(over) == 1:
        left, right = columns[over[0]]
        if min(left - field.x0, field.x1 - right) < 1.5 * size:
            return range(over[0], over[0] + 1)
    middle = (field.x0 + field.x1) / 2
    for count in range(len(free), max(1, len(over)) - 1, -1):
        for first in range(len(free) - count + 1):
            some = free[first : first + count]
            centred = abs((columns[some[0]][0] + columns[some[-1]][1]) / 2 - middle) < 1.5 * size
            if centred and some[0] <= min(over, default=some[0]) and some[-1] >= max(over, default=some[-1]):
                return range(some[0], some[-1] + 1)
    return range(over[0], over[-1] + 1) if over else range(0)
