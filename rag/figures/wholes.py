"""Rows that sum up others without saying so, told by their figures: a whole never counts beside its parts."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from rag.figures.asked.label_forms import bare
from rag.records import Value, says_total

_MOST_ROWS = 300  # of which each is compared with its neighbours
_LARGE = 1_000  # a smaller figure may be the sum of others by chance
_MANY = 4  # columns in which a row is hardly the sum of two others by chance
_OF_ALL = re.compile(r"all|both(?: sexes)?|overall|average|mean|median|national|全部|全国|全体|总体|平均值?|均值|小计")
_BEGINS_OF_ALL = re.compile(r"(?:all|both|overall|total|average|mean|median|national)\b|[全总]|整体|平均|小计")
_NOT_SUMMED = re.compile(r"单价|均价|平均|[率比]$|price|\brate\b|ratio|average|\bmean\b|\bper\b", re.IGNORECASE)

Figure = tuple[float, bool]
"""What a cell comes to, and whether it is a percentage, which adds up to nothing."""


def says_of_all(label: str) -> bool:
    """Whether a row with this *label* is of all the others."""
    return says_total(label) or _OF_ALL.fullmatch(bare(label)) is not None


def may_be_of_all(label: str) -> bool:
    """Whether it sounds as if it were."""
    return says_total(label) or _BEGINS_OF_ALL.match(bare(label)) is not None


def sums_of_parts(figures: Sequence[Sequence[Figure | None]], above: Sequence[int | None]) -> frozenset[int]:
    """The rows whose every figure is the sum of those of the rows under them.

    *figures* has those of each row, the first column aside; *above* has the row that each is under.
    """
    under: dict[int, list[int]] = {}
    for at, over in enumerate(above):
        if over is not None:
            under.setdefault(over, []).append(at)
    found = set()
    for over, own in under.items():
        pairs = [
            (figure[0], sum(part[0] for at in own if (part := figures[at][column])))
            for column, figure in enumerate(figures[over])
            if figure is not None and not figure[1]
        ]
        if pairs and len(own) > 1 and all(abs(one - total) <= 0.51 * len(own) * _step(one) for one, total in pairs):
            found.add(over)
    return frozenset(found)


def unmarked_sums(
    labels: Sequence[str], columns: Mapping[str, Sequence[Value]], marked: frozenset[int]
) -> frozenset[int]:
    """The rows whose figures are the sums of all the other rows, or of several right before or after them, such sums
    aside.

    *columns* are those of amounts, by name; the rows *marked* are known to sum up others and do not count. One small
    figure may be such a sum by chance: there are several, or a large one, or the label of the row says that it is.
    """
    summed = [own for name, own in columns.items() if not _NOT_SUMMED.search(name) and not _counts_rows(own)]
    counts = Counter(labels)
    rows = [at for at in range(len(labels)) if at not in marked]
    if not summed or len(rows) < 3:
        return frozenset()
    found = {at for at in (rows[0], rows[-1]) if _sums_up(at, [one for one in rows if one != at], labels, summed)}
    if not found and len(rows) <= _MOST_ROWS:
        found = _sums_among(rows, labels, summed)
    # One of several rows of a name (*North*, day by day) is none of these.
    found = {at for at in found if counts[labels[at]] == 1 or may_be_of_all(labels[at])}
    most = 2 if len(summed) >= _MANY else 3
    return frozenset(found) if most * len(found) <= len(rows) else frozenset()  # more are so by chance


def _sums_among(rows: Sequence[int], labels: Sequence[str], summed: Sequence[Sequence[Value]]) -> set[int]:
    """The rows that sum up neighbours, and those that sum up the same rows again over such sums."""
    found: set[int] = set()
    while True:
        left = [at for at in rows if at not in found]
        new = {
            at
            for where, at in enumerate(left)
            if any(_sums_some(at, run, labels, summed) for run in (left[where + 1 :], left[:where][::-1]))
        }
        if not new:
            return found
        found |= new


def _sums_up(at: int, others: Sequence[int], labels: Sequence[str], summed: Sequence[Sequence[Value]]) -> bool:
    return len(others) in _counts(at, others, labels, summed)


def _sums_some(at: int, run: Sequence[int], labels: Sequence[str], summed: Sequence[Sequence[Value]]) -> bool:
    filled = sum(isinstance(own[at], float | int) and own[at] != 0 for own in summed)
    sure = filled >= _MANY or may_be_of_all(labels[at])
    return any(count > 2 or sure for count in _counts(at, run, labels, summed))


def _counts(at: int, run: Sequence[int], labels: Sequence[str], summed: Sequence[Sequence[Value]]) -> set[int]:
    """Of how many of the first rows of *run*, two at least, row *at* is the sum in each column; none if by chance."""
    told = [(float(value), own) for own in summed if isinstance(value := own[at], float | int)]
    counts: set[int] | None = None
    for value, own in told:
        totals = accumulate(float(part) if isinstance(part := own[one], float | int) else 0.0 for one in run)
        close = 0.006 if value != int(value) and abs(value) >= 10 else 1e-6 * abs(value)
        here = {count for count, total in enumerate(totals, start=1) if abs(total - value) <= close * count}
        counts = (here if counts is None else counts & here) - {1}
        if not counts:
            return set()
    large, filled = sum(abs(value) >= _LARGE for value, _ in told), sum(value != 0 for value, _ in told)
    return counts or set() if filled and (large or filled > 2 or may_be_of_all(labels[at])) else set()


def _counts_rows(values: Sequence[Value]) -> bool:
    """Whether a column numbers the rows."""
    numbers = [value for value in values if isinstance(value, float | int)]
    return len(numbers) > 1 and all(later - one == 1 for one, later in pairwise(numbers))


def _step(value: float) -> float:
    """What a figure may be off by where it is rounded: one, of whole numbers, or a hundredth."""
    return 1.0 if value == int(value) and abs(value) >= 100 else 0.01
