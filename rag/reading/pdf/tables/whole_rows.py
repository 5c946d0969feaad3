"""Rows whose labels or cells run over several lines, put together."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import is_cjk
from rag.reading.pdf.tables.table_fields import Field, Line, is_broken, is_unfinished, joined_text

_CLOSER = 0.9  # times as far apart as rows are the lines of one label
_OPENS_A_ROW = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、．.]|其中|[加减減][:：]")


def with_last_label(lines: Sequence[Line], stop: int) -> int:
    """Where a table ends that seemed to end at *stop*: the last row's label or cells may go on below it."""
    last = lines[stop - 1]
    while stop < len(lines) and lines[stop].row.y0 - lines[stop - 1].row.y1 < lines[stop].row.size:
        together = whole([last, lines[stop]])
        if len(together) > 1:
            break
        last = together[0]
        stop += 1
    return stop


def _goes_on(line: Line, below: Line) -> bool:
    """Whether the label of *line* goes on in *below*, which was written straight after it, before its numbers."""
    if len(below.fields) > 1 or not line.data or len(line.fields) < 2 or line.fields[0].numeric:
        return False
    label, rest, more = line.fields[0].pieces[-1], line.fields[1].pieces[0], below.fields[0].pieces[0]
    return label.order < more.order < rest.order and below.row.y0 - label.y1 < label.size


def whole(lines: Sequence[Line]) -> list[Line]:
    """*lines* with the labels and cells that run over several lines put together."""
    found: list[Line] = []
    room = _room(lines)
    for line in lines:
        above = found[-1] if found else None
        before = found[-2] if len(found) > 1 else None
        if above is None:
            found.append(line)
        elif _goes_on(above, line):
            found[-1] = _with_first(above, _joined(above.fields[0], line.fields[0]))
        elif (cells := _with_cells(above, line)) is not None:
            found[-1] = cells
        elif before is not None and _surround(before, above, line):
            label = _joined(before.fields[0], line.fields[0])
            found[-2:] = [Line(above.row, [label, *above.fields], above.numbers, above.years)]
        else:
            found.append(line)
            while len(found) > 1 and _begins(found[-2], found[-1], room):
                label = _joined(found[-2].fields[0], found[-1].fields[0])
                found[-2:] = [_with_first(found[-1], label)]
    return found


class _Room(NamedTuple):
    """The place for labels: how far to the right they go, where the next column begins, and how far apart rows are."""

    right: float
    end: float
    pitch: float


def _room(lines: Sequence[Line]) -> _Room:
    data = [line for line in lines if line.data and not line.fields[0].numeric]
    pitches = [below.row.y0 - above.row.y0 for above, below in pairwise(lines) if above.data and below.data]
    return _Room(
        max((line.fields[0].x1 for line in data), default=0.0),
        min((line.fields[1].x0 for line in data if len(line.fields) > 1), default=inf),
        median(pitches) if pitches else 0.0,
    )


def _begins(above: Line, line: Line, room: _Room) -> bool:
    """Whether the label of *line* began on the line above it."""
    if len(above.fields) > 1 or above.numbers or not line.data or line.fields[0].numeric:
        return False
    label = line.fields[0]
    if label.pieces[0].y0 - above.row.y1 > line.row.size or above.row.bold != label.pieces[0].bold:
        return False
    if above.row.text.endswith((":", "：")):
        return False
    if label.text[0].islower() or is_unfinished(above.row.text):
        return True
    full = _is_full(above, label, room.right) or _is_broken_off(above, label, room)
    return full and not _OPENS_A_ROW.match(label.text)


def _is_broken_off(above: Line, label: Field, room: _Room) -> bool:
    """Whether the first word of *label* had no room in the line *above* it, which is closer than rows are."""
    first = label.pieces[0]
    word = first.words[0]
    if is_cjk(label.text[0]) or abs(first.x0 - above.row.x0) > 0.3 * first.size:
        return False
    end = above.row.x1 + word[2] - word[0]
    return end > room.right and end + first.size > room.end and first.y0 - above.row.y0 < _CLOSER * room.pitch


def _is_full(above: Line, label: Field, right: float) -> bool:
    """Whether *above*, right over *label*, was broken off where the place for labels ends."""
    first = label.pieces[0]
    if not (is_cjk(label.text[0]) and is_cjk(above.row.text[-1])):
        return False
    close = first.y0 - above.row.y1 < 0.25 * first.size and abs(first.x0 - above.row.x0) < 2.5 * first.size
    return close and above.row.x1 + 2 * first.size > max(right, label.x1)


def _surround(before: Line, line: Line, below: Line) -> bool:
    """Whether the numbers of *line* stand at half the height of a label that is split above and below them."""
    if not (line.data and line.fields[0].numeric and len(before.fields) == 1 and len(below.fields) == 1):
        return False
    if before.numbers or below.numbers or below.row.y0 - before.row.y1 > line.row.size:
        return False
    return below.fields[0].pieces[0].order == before.fields[0].pieces[-1].order + 1


def _with_cells(above: Line, line: Line) -> Line | None:
    """*above* with what *line* adds to its cells, when each field of *line* goes on from the one right above it."""
    fields = list(above.fields)
    for field in line.fields:
        over = [at for at, one in enumerate(fields) if one.x0 < field.x1 and field.x0 < one.x1]
        if len(over) != 1 or (over[0] == 0 and not fields[0].numeric and len(line.fields) == 1):
            return None
        known = fields[over[0]]
        if field.pieces[0].order != known.pieces[-1].order + 1:
            return None
        if (field.numeric or known.numeric) and not is_broken(known.text, field.text):
            return None
        fields[over[0]] = _joined(known, field)
    return above._replace(fields=fields)


def _joined(first: Field, second: Field) -> Field:
    x0, x1 = min(first.x0, second.x0), max(first.x1, second.x1)
    text = first.text + second.text if first.numeric else joined_text(first.text, second.text)
    return Field(x0, x1, text, (*first.pieces, *second.pieces), first.numeric)


def _with_first(line: Line, label: Field) -> Line:
    return line._replace(fields=[label, *line.fields[1:]])
