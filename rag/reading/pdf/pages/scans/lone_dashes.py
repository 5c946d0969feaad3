"""The dashes that stand for nothing in columns of figures: the detector of lines takes most of them for specks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.reading.pdf.blocks.layout import Corners, Line, corners

_FIGURE = re.compile(r"(?=.*\d)[-–—+(]*[$€£¥￥]?[\d.,]+[)%％]*")
_DASH = "—"
_TAKEN_FOR_DASH = frozenset("一-–—―－_~")
_CURRENCY = frozenset("$€£¥￥S")
_FEWEST = 2  # figures make a column
_HALF = 0.36  # of the size of type: above and below the middle of a row, where no line is drawn
_BESIDE = 2.0  # beside the figures of a column, but no farther than half way to the next
_LONG, _SHORT = 1.5, 0.18
_THICK = 0.2
_SOLID = 0.5
_ALONE = 0.12
_MIDDLE = 0.3  # how far from the middle of its row

Mask = NDArray[np.bool_]


class _Column(NamedTuple):
    """From where to where the figures of a column reach, in points, and their *sizes*; from where to where a dash of it
    may stand.
    """

    left: float
    right: float
    sizes: tuple[float, ...]
    begin: float = 0.0
    end: float = 0.0

    @property
    def size(self) -> float:
        return sorted(self.sizes)[len(self.sizes) // 2]


def with_dashes(lines: Sequence[Line], ink: Mask, scale: float) -> list[Line]:
    """*lines* of a scan and the dashes that *ink* shows, *scale* pixels to a point, where in a row a column of figures
    has none; what was read there as the Chinese for one is a dash too.
    """
    columns = list(_columns([line for line in lines if line.way == 0]))
    if not columns:
        return list(lines)
    found = [_as_dash(line) if _is_dash(line, columns) else line for line in lines]
    boxes = [corners(line.words) for line in found]
    signs = [line.words[0][4] in _CURRENCY and len(line.words) == 1 for line in found]
    number = max((word[5] for line in found for word in line.words), default=0)
    for top, foot in list(_rows(boxes, [line.size for line in found])):
        beside = [at for at, box in enumerate(boxes) if box[1] < (top + foot) / 2 < box[3]]
        for column in columns:
            here = [at for at in beside if boxes[at][0] < column.right and column.left < boxes[at][2]]
            if not all(signs[at] for at in here):
                continue
            begin = max([column.begin, *(boxes[at][2] for at in beside if at in here or boxes[at][2] <= column.left)])
            end = min([column.end, *(boxes[at][0] for at in beside if boxes[at][0] >= column.right)])
            dash = _dash_in(ink, scale, column._replace(begin=begin, end=end), (top + foot) / 2)
            if dash is None or any(boxes[at][0] < dash[1] and dash[0] < boxes[at][2] for at in beside):
                continue
            number += 1
            found.append(Line([(dash[0], top, dash[1], foot, _DASH, number, 0, 0)], column.size, bold=False, way=0))
            beside.append(len(boxes))
            boxes.append((dash[0], top, dash[1], foot))
            signs.append(False)
    return found


def _columns(lines: Iterable[Line]) -> Iterator[_Column]:
    """Where figures stand above each other."""
    open_: list[_Column] = []
    for line in lines:
        if not _FIGURE.fullmatch("".join(word[4] for word in line.words)):
            continue
        x0, _, x1, _ = corners(line.words)
        over = [column for column in open_ if column.left < x1 and x0 < column.right]
        open_ = [column for column in open_ if column not in over]
        left, right = min([x0, *(one.left for one in over)]), max([x1, *(one.right for one in over)])
        open_.append(_Column(left, right, (line.size, *(size for one in over for size in one.sizes))))
    found = sorted(column for column in open_ if len(column.sizes) >= _FEWEST)
    for at, column in enumerate(found):
        before = (found[at - 1].right + column.left) / 2 if at else 0.0
        after = (column.right + found[at + 1].left) / 2 if at + 1 < len(found) else np.inf
        reach = _BESIDE * column.size
        yield column._replace(begin=max(before, column.left - reach), end=min(after, column.right + reach))


def _is_dash(line: Line, columns: Sequence[_Column]) -> bool:
    if len(line.words) != 1 or line.words[0][4] not in _TAKEN_FOR_DASH:
        return False
    middle = (line.words[0][0] + line.words[0][2]) / 2
    return any(column.begin < middle < column.end for column in columns)


def _as_dash(line: Line) -> Line:
    (word,) = line.words
    return line._replace(words=[(*word[:4], _DASH, *word[5:])])


def _rows(boxes: Sequence[Corners], sizes: Sequence[float]) -> Iterator[tuple[float, float]]:
    """The heights at which lines stand, from top to foot; those side by side are one."""
    last = -np.inf
    for (_, top, _, foot), size in sorted(zip(boxes, sizes, strict=True), key=lambda one: one[0][1] + one[0][3]):
        middle = (top + foot) / 2
        if middle - last > size / 3:
            yield top, foot
            last = middle


def _dash_in(ink: Mask, scale: float, column: _Column, middle: float) -> tuple[float, float] | None:
    """From where to where a dash reaches in *column* at the height *middle*, in points, if there is one alone."""
    size = column.size * scale
    top, foot = round(middle * scale - _HALF * size), round(middle * scale + _HALF * size) + 1
    left = max(0, round(column.begin * scale))
    window = ink[max(0, top) : foot, left : round(column.end * scale)]
    if window.shape[0] < foot - top or window.shape[1] < 3:
        return None
    dashes = []
    for start, stop in _pieces(np.flatnonzero(window.any(axis=0)), _ALONE * size):
        part = window[:, start:stop]
        heights = np.flatnonzero(part.any(axis=1))
        high = int(heights[-1] - heights[0]) + 1
        if high > len(window) - 2 and stop - start <= _SHORT * size:
            continue  # a line between columns
        far = abs(int(heights[-1] + heights[0]) + 1 - len(window)) / 2
        thin = high <= max(2, _THICK * size) and part.sum() >= _SOLID * high * (stop - start)
        if not (thin and _SHORT * size <= stop - start <= _LONG * size and far <= _MIDDLE * size):
            return None
        dashes.append(((left + start) / scale, (left + stop) / scale))
    return dashes[0] if len(dashes) == 1 else None


def _pieces(inked: NDArray[np.intp], gap: float) -> list[tuple[int, int]]:
    """The runs of the places *inked*, from where to where, those nearer than *gap* as one."""
    found: list[tuple[int, int]] = []
    for at in inked.tolist():
        if found and at - found[-1][1] <= gap:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found
