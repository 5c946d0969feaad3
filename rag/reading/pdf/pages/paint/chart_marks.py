"""What only charts have: bars that stand on one line, lines that go up and down, areas below them, slices of a pie."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import hypot
from statistics import median

from rag.reading.pdf.blocks.layout import Corners, corners, holds, touch
from rag.reading.pdf.pages.paint.drawn_paths import DrawnPath, Point

_FEWEST = 3  # bars of different lengths, or parts of a line that slope
_THIN = 2.0  # points: what is thinner is a line
_FARTHEST_BAR = 6.0  # times as wide as a bar
_MARKED = 0.7  # of a bar: what has words over more of it marks a line of text
_SHORTEST_LINE = 60.0
_SMALLEST_PIE = 40.0
_JOINT = 4.0  # points between parts of a line
_TURNS = 2  # of the outline of an area: it goes to the right and comes back
_ROUND = 0.06  # of the half of a pie

Mark = list[DrawnPath]
"""The bars of a series, the parts of a line, or the slices of a pie."""


def marks(paths: Sequence[DrawnPath], words: Sequence[Corners]) -> Iterator[Mark]:
    """What only charts have among *paths*, which stand where *words* do or do not."""
    yield from _pies(paths)
    yield from _bars(paths, 0, words)
    yield from _bars(paths, 1, words)
    yield from _lines(paths)


def _bars(paths: Sequence[DrawnPath], axis: int, words: Sequence[Corners]) -> Iterator[Mark]:
    """Bars of several lengths that stand on one line: upright ones side by side along *axis* 0, level ones along 1."""
    base, begin, end = (3, 0, 2) if axis == 0 else (0, 1, 3)
    stands: dict[int, Mark] = {}
    for path in paths:
        thick, long = path.box[end] - path.box[begin], path.box[3 - axis] - path.box[1 - axis]
        if path.fill and not path.slopes and not path.bent and min(thick, long) > _THIN:
            stands.setdefault(round(path.box[base]), []).append(path)
    for some in stands.values():
        thick = median([path.box[end] - path.box[begin] for path in some])

        def goes_on(one: DrawnPath, other: DrawnPath, thick: float = thick) -> bool:
            return -thick / 2 < other.box[begin] - one.box[end] < _FARTHEST_BAR * thick

        alike = [path for path in some if abs(path.box[end] - path.box[begin] - thick) <= 0.1 * thick + 0.5]
        for run in _runs(sorted(alike, key=lambda path: path.box[begin]), goes_on):
            lengths = {round(path.box[3 - axis] - path.box[1 - axis]) for path in run}
            if len(lengths) >= _FEWEST and 2 * sum(_is_marked(path.box, words) for path in run) < len(run):
                yield run


def _runs(paths: Sequence[DrawnPath], goes_on: Callable[[DrawnPath, DrawnPath], bool]) -> Iterator[Mark]:
    run: Mark = []
    for path in paths:
        if run and not goes_on(run[-1], path):
            yield run
            run = []
        run.append(path)
    if run:
        yield run


def _is_marked(box: Corners, words: Sequence[Corners]) -> bool:
    """Whether *box* is drawn behind a line of text."""
    covered = sum(min(box[2], word[2]) - max(box[0], word[0]) for word in words if holds(box, word))
    return covered > _MARKED * (box[2] - box[0])


def _lines(paths: Sequence[DrawnPath]) -> Iterator[Mark]:
    """Lines that go up and down from left to right, in one part or several, and areas below such lines."""
    chains: list[Mark] = []
    for path in sorted((path for path in paths if path.slopes), key=lambda path: path.box[0]):
        turns = _turns(path.ends)
        if path.fill:
            steps = len({round(x) for x, _ in path.ends})
            if turns <= _TURNS and steps > _FEWEST + 1 and _is_long([path]) and not (path.bent or _is_round([path])):
                yield [path]
        elif path.stroke and not turns:
            chain = next((one for one in chains if _follows(one[-1], path)), None)
            if chain is None:
                chains.append([path])
            else:
                chain.append(path)
    yield from (chain for chain in chains if sum(path.slopes for path in chain) >= _FEWEST and _is_long(chain))


def _is_long(chain: Sequence[DrawnPath]) -> bool:
    return chain[-1].box[2] - chain[0].box[0] > _SHORTEST_LINE


def _turns(ends: Sequence[Point]) -> int:
    """How often a path through *ends* turns back to the left, or to the right again."""
    steps = [right - left for (left, _), (right, _) in pairwise(ends) if abs(right - left) > 0.01]
    return sum((one > 0) != (other > 0) for one, other in pairwise(steps))


def _follows(one: DrawnPath, other: DrawnPath) -> bool:
    (x0, y0), (x1, y1) = max(one.ends), min(other.ends)
    return one.stroke == other.stroke and abs(x1 - x0) < _JOINT and abs(y1 - y0) < _JOINT


def _pies(paths: Sequence[DrawnPath]) -> Iterator[Mark]:
    """Slices of several colours, whose corners lie in the middle of one circle, on it, or on one within."""
    found: list[Mark] = []
    for path in paths:
        if path.fill and path.slopes > 1:
            near = [one for one in found if any(touch(path.box, other.box, 1.0) for other in one)]
            found = [one for one in found if one not in near]
            found.append([path, *(other for one in near for other in one)])
    for some in found:
        x0, y0, x1, y1 = corners([path.box for path in some])
        if min(x1 - x0, y1 - y0) > _SMALLEST_PIE and len({path.fill for path in some}) > 1 and _is_round(some):
            yield some


def _is_round(paths: Sequence[DrawnPath]) -> bool:
    x0, y0, x1, y1 = corners([path.box for path in paths])
    wide, high = max(x1 - x0, _THIN), max(y1 - y0, _THIN)
    far = [hypot((2 * x - x0 - x1) / wide, (2 * y - y0 - y1) / high) for path in paths for x, y in path.ends]
    inner = [one for one in far if abs(one - 1) > _ROUND]
    usual = median(inner) if inner else 0.0
    return usual < 1 - _ROUND and sum(abs(one - usual) <= _ROUND for one in inner) >= 0.9 * len(inner)
