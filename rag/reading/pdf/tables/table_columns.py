"""The columns of a table, from where its numbers stand, and which field stands in which."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from rag.reading.pdf.tables.table_fields import Field, Line


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
    x0, x1 = field.x0, field.x1
    for at, (left, right) in enumerate(columns):
        shared = min(x1, right) - max(x0, left)
        if shared > most:
            best, most = at, shared
        if left > x1:
            break
    return best


def placed(line: Line, columns: Sequence[tuple[float, float]]) -> Cellular:
    """The fields of a row of the body by column: 1 for the label, then *columns*."""
    placed: dict[int, tuple[Field, ...]] = {}
    for at, field in enumerate(line.fields):
        column = 1 if at == 0 and not field.numeric else 2 + _nearest(field, columns)
        placed[column] = (*placed.get(column, ()), field)
    return [Slot(column, fields) for column, fields in sorted(placed.items())]
