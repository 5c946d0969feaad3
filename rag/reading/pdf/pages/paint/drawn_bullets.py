"""Bullets that are drawn before the items of a list, as browsers do: they are read as those that are written."""

from collections import Counter
from collections.abc import Sequence

from rag.reading.pdf.blocks.layout import Line, corners, holds
from rag.reading.pdf.pages.paint.drawn_paths import DrawnPath
from rag.reading.pdf.pages.raw_page import Region

_BULLET = "•"
_SMALLEST, _LARGEST = 0.15, 0.5  # of the size of type
_FARTHEST = 2.0  # sizes of type before the words
_FEWEST, _MOST = 2, 300  # of a kind on a page
_LISTS = frozenset({"text", "list-item"})


def with_bullets(
    paths: Sequence[DrawnPath], lines: Sequence[Line], regions: Sequence[Region]
) -> tuple[list[Line], tuple[Region, ...]]:
    """*lines* with the bullets among *paths* as their first words, and those of *regions* that hold them made wider."""
    dots = [path for path in paths if _is_dot(path)]
    found, wider = list(lines), list(regions)
    if len(dots) > _MOST:
        return found, tuple(wider)
    marked = [(at, dot) for at, line in enumerate(lines) if (dot := _before(line, dots)) is not None]
    kinds = Counter(_side(dot) for _, dot in marked)
    for at, dot in marked:
        words = lines[at].words
        held = next((n for n, region in enumerate(regions) if holds(region.box, words[0][:4])), None)
        if kinds[_side(dot)] < _FEWEST or (held is not None and regions[held].kind not in _LISTS):
            continue
        _, y0, _, y1, _, block, line, _ = words[0]
        bullet = (dot.box[0], y0, dot.box[2], y1, _BULLET, block, line, -1)
        found[at] = lines[at]._replace(words=[bullet, *words])
        if held is not None:
            wider[held] = wider[held]._replace(box=corners([wider[held].box, bullet]))
    return found, tuple(wider)


def _is_dot(path: DrawnPath) -> bool:
    x0, y0, x1, y1 = path.box
    return x1 > x0 and abs(x1 - x0 - (y1 - y0)) < 0.2 * (x1 - x0) and (path.fill or path.stroke) is not None


def _side(path: DrawnPath) -> int:
    return round(path.box[2] - path.box[0])


def _before(line: Line, dots: Sequence[DrawnPath]) -> DrawnPath | None:
    """Which of *dots* stands before *line* as a bullet does."""
    x0, y0, _, y1 = line.words[0][:4]
    for dot in dots:
        left, top, right, foot = dot.box
        beside = 0 < x0 - right < _FARTHEST * line.size and abs(top + foot - y0 - y1) < (y1 - y0) / 2
        if beside and not line.way and _SMALLEST * line.size < right - left < _LARGEST * line.size:
            return dot
    return None
