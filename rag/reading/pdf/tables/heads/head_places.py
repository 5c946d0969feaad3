"""Over which columns of a table a head of its own line stands."""

import re
from bisect import bisect
from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from rag.reading.pdf.tables.table_fields import Field

_TIME = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\b(?:Q[1-4]|quarter|years?|months?|thereafter|beyond|later)\b|[以之][后後]|\d\s?年",
    re.IGNORECASE,
)
_SEGMENTS = re.compile(
    r"(?:(?:reportable|reporting|operating|business|geographical) )?segments\b|(?:报告|報告|经营|經營|业务|業務)分部",
    re.IGNORECASE,
)
_BESIDE_SEGMENTS = re.compile(  # heads of what is no segment
    r"\b(?:totals?|group|consolidated|eliminations?|adjustments?|reconciliations?|unallocated|corporate)\b"
    r"|[合总總小]\s*[计計]|抵[销消銷]|未分配|集团|集團|调整|調整|合并|合併",
    re.IGNORECASE,
)
_OVERHANG = 1.0  # points by which a head may end behind its column
_EXACTLY = 0.4  # of the size of type: how far the middle of a head is from that of columns it is set over on purpose
_CENTRED = 0.9  # of the size of type: how far the middles of a head and of its columns may be apart


class Column(NamedTuple):
    """A column: how far to the left and right what stands in it goes, and where the next ones begin at the most.

    Its figures begin at *inner*; to the left of them are their currency signs, which may stand far away.
    """

    number: int
    left: float
    inner: float
    right: float
    begin: float
    end: float


def place_of(fields: Sequence[Field], at: int, columns: Sequence[Column]) -> tuple[int, int]:
    """The first and last of the *columns* that field *at* of a line stands over, or of their figures without signs, if
    it is in the middle of those alone.
    """
    own = _printed_over(fields, at, columns)
    if own is not None:
        return own, own
    inner = [column._replace(left=column.inner) for column in columns]
    placed, other = _over_extents(fields, at, columns), _over_extents(fields, at, inner)
    if placed == other:
        return placed
    off = off_middle(fields[at], columns[placed[0]], columns[placed[1]])
    alone = off_middle(fields[at], inner[other[0]], inner[other[1]])
    return other if alone < _CENTRED * fields[at].pieces[0].size <= off else placed


def over_periods(
    field: Field, over: tuple[int, int], columns: Sequence[Column], heads: Sequence[Field | None]
) -> tuple[int, int]:
    """*over*, the columns that *field*, alone in its line, seems to stand over, or more of them, of which it is in the
    middle, too: all columns, if it says a period and none of their *heads* does, or those beside whose heads are
    periods as all of those below it are: ``Payments due by period`` over ``2025`` to ``Thereafter``.
    """
    first, last = over
    if first in {0, last}:
        return over
    periods = [head is not None and _TIME.search(head.text) is not None for head in heads]
    if _TIME.search(field.text) and not any(periods[1:]) and all(heads[1:]):
        if first - 1 != len(columns) - 1 - last and _is_in_middle(field, first, last, columns, heads):
            return over
        room = (columns[1].begin - columns[1].left) / 2  # what is set to the right leaves some at the left of its cell
        off = (field.x0 + field.x1 - columns[1].left - columns[-1].right) / 2
        slack = _EXACTLY * field.pieces[0].size
        return (1, len(columns) - 1) if room - slack < off < slack else over
    wider = [
        (begin, end)
        for begin in range(1, first + 1)
        for end in range(last, len(columns))
        if all(periods[begin : end + 1]) and _is_in_middle(field, begin, end, columns, heads)
    ]
    return max(wider, key=lambda one: one[1] - one[0], default=over)


def over_segments(
    field: Field, over: tuple[int, int], columns: Sequence[Column], heads: Sequence[Field | None]
) -> tuple[int, int]:
    """*over*, the one column that *field*, alone in its line, seems to stand over, or as many of those beside it whose
    *heads* may name segments, if *field* says that they do and is in the middle of them.
    """
    first, last = over
    if first != last or not _SEGMENTS.match(field.text):
        return over
    for reach in range(min(first - 1, len(columns) - 1 - last), 0, -1):
        begin, end = first - reach, last + reach
        named = all(head is not None and not _BESIDE_SEGMENTS.search(head.text) for head in heads[begin : end + 1])
        if named and _is_in_middle(field, begin, end, columns, heads):
            return begin, end
    return over


def _is_in_middle(
    field: Field, first: int, last: int, columns: Sequence[Column], heads: Sequence[Field | None]
) -> bool:
    """Whether *field* is in the middle of what stands in the columns *first* to *last*, or of their *heads*."""
    left, right = heads[first], heads[last]
    middles = [off_middle(field, columns[first], columns[last])]
    if left is not None and right is not None:
        middles.append(abs((left.x0 + left.x1 + right.x0 + right.x1) / 2 - field.x0 - field.x1) / 2)
    return min(middles) < _EXACTLY * field.pieces[0].size


def one_each(fields: Sequence[Field], columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Where *fields* of one line stand if they are one to each of several *columns*, beside the labels: each between
    the end of the column before and that of its own. Else nothing. Heads may be set left over figures set right.
    """
    ends = [-inf, *(column.right for column in columns)]
    found = [bisect(ends, field.x0) - 1 for field in fields]
    own = found[1:] if found and found[0] == 0 else found
    if (
        len(own) < 2
        or own != list(range(1, len(columns)))
        or any(at and field.x1 > ends[at + 1] + _OVERHANG for field, at in zip(fields, found, strict=True))
    ):
        return []
    return [(at, at) for at in found]


def _printed_over(fields: Sequence[Field], at: int, columns: Sequence[Column]) -> int | None:
    """The column that field *at* ends with, if it is too long for it and was printed over its neighbours."""
    field = fields[at]
    if not any(other.x0 < field.x1 and field.x0 < other.x1 for other in fields if other is not field):
        return None
    ends = [n for n, column in enumerate(columns) if abs(column.right - field.x1) < 0.2 * field.pieces[0].size]
    return ends[0] if len(ends) == 1 else None


def _over_extents(fields: Sequence[Field], at: int, columns: Sequence[Column]) -> tuple[int, int]:
    field = fields[at]
    size = field.pieces[0].size
    under = _below(field, columns)
    middle = (field.x0 + field.x1) / 2
    home = next((n for n, column in enumerate(columns) if column.begin <= middle < column.end), None)
    if home is not None and not under:
        return home, home
    if home is not None and home not in under and len(under) == 1:
        return _home_or_below(fields, at, home, under[0], columns)
    if not under:
        nearest = min(range(len(columns)), key=lambda n: _away(columns[n], middle))
        return nearest, nearest
    only = columns[under[0]]
    aligned = abs(only.right - field.x1) < 0.5 * size or abs(only.left - field.x0) < 0.5 * size
    aligned = aligned or abs(only.begin + only.end - field.x0 - field.x1) < 0.5 * (only.end - only.begin) < inf
    if len(under) == 1 and (aligned or off_middle(field, only, only) < 0.75 * size):
        return under[0], under[0]
    after = fields[at - 1].x1 if at else -1.0
    before = fields[at + 1].x0 if at + 1 < len(fields) else inf
    own = off_middle(field, columns[under[0]], columns[under[-1]])
    best = under[0], under[-1]
    if own < 1.5 * size and len(under) > 1:
        return best
    off = own
    for first in range(under[0] + 1):
        for last in range(under[-1], len(columns)):
            if columns[first].left < after or columns[last].right > before or (first == 0 and len(columns) > 2):
                continue
            here = off_middle(field, columns[first], columns[last])
            if here < _CENTRED * size and here < off:
                best, off = (first, last), here
    return best


def _home_or_below(
    fields: Sequence[Field], at: int, home: int, under: int, columns: Sequence[Column]
) -> tuple[int, int]:
    """The columns of field *at*, whose middle is in column *home*, though only what stands in *under* is right below:
    that one if *home* has a head of its own, both if it is in the middle of them, or else *home*.
    """
    field = fields[at]
    if any(_below(one, [columns[home]]) for one in fields if one is not field):
        return under, under
    first, last = sorted((home, under))
    between = last - first == 1 and off_middle(field, columns[first], columns[last]) < 0.75 * field.pieces[0].size
    return (first, last) if between else (home, home)


def _below(field: Field, columns: Sequence[Column]) -> list[int]:
    """The *columns* that have a part right below *field*; labels that reach under the first figures are none."""
    found = [n for n, column in enumerate(columns) if field.x0 < column.right and field.x1 > column.left]
    return found[1:] if len(found) > 1 and found[0] == 0 and field.x0 >= columns[0].end else found


def off_middle(field: Field, first: Column, last: Column) -> float:
    """How far the middle of *field* is from that of the columns *first* to *last*."""
    return abs((first.left + last.right) - (field.x0 + field.x1)) / 2


def _away(column: Column, x: float) -> float:
    return max(column.left - x, x - column.right, 0.0)
