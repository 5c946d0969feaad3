"""The reading order of what the layout model has found on a page, by where it stands.

The whole page is parted where nothing stands: into bands from top to bottom, and bands that share a gutter into
columns. The model says what belongs together, never what comes first.
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import Piece, corners

Strip = tuple[float, float]
"""From the left to the right edge of what is as high as the page."""

_TOO_DEEP = 12
_NARROWEST_GUTTER = 3.0
_COLUMN = 4  # lines of text that make a column
_OVERLAP = 2.0  # how far boxes of neighbours may reach into each other


class Box(NamedTuple):
    """Pieces that belong together, in the order they were found; *lines* counts how many stand below each other."""

    x0: float
    y0: float
    x1: float
    y1: float
    pieces: list[Piece]
    region: int
    lines: int
    floats: bool = False  # a table, a picture or its caption: what is set where it fits

    @property
    def width(self) -> float:
        """In points."""
        return self.x1 - self.x0


def box_of(pieces: list[Piece], region: int, *, floats: bool = False) -> Box:
    """The box of *pieces*, which stand in *region* (-1 for none)."""
    x0, y0, x1, y1 = corners(pieces)
    tall = min(piece.y1 - piece.y0 for piece in pieces)
    lines = len({int((piece.y0 + piece.y1) / 2 / max(tall, 1.0)) for piece in pieces})
    return Box(x0, y0, x1, y1, pieces, region, lines, floats)


def ordered(boxes: Sequence[Box], depth: int = 0) -> list[list[Box]]:
    """*boxes* in reading order: a list for each run of them that stands in one column."""
    if len(boxes) < 2:
        return [list(boxes)] if boxes else []
    bands = _bands(boxes)
    if depth == _TOO_DEEP or (len(bands) == 1 and not _gutters(boxes)):
        return [sorted(boxes, key=lambda box: (round(box.y0), box.x0))]
    found: list[list[Box]] = []
    whole: list[Box] = []
    at = 0
    while at < len(bands):
        stop, gutter = _columned(bands, at)
        if stop == at:
            whole.extend(sorted(bands[at], key=lambda box: (box.x0, box.y0)))
            at += 1
            continue
        if whole:
            found.append(whole)
            whole = []
        run = [box for band in bands[at:stop] for box in band]
        found.extend(ordered([box for box in run if _middle(box) < gutter], depth + 1))
        found.extend(ordered([box for box in run if _middle(box) >= gutter], depth + 1))
        at = stop
    if whole:
        found.append(whole)
    return found


def _middle(box: Box) -> float:
    return (box.x0 + box.x1) / 2


def _bands(boxes: Sequence[Box]) -> list[list[Box]]:
    """*boxes* from top to bottom, parted where a straight line crosses none."""
    found: list[list[Box]] = []
    foot = 0.0
    for box in sorted(boxes, key=lambda box: (box.y0, box.x0)):
        slack = min(_OVERLAP, (box.y1 - box.y0) / 3)
        if found and box.y0 + slack < foot:
            found[-1].append(box)
            foot = max(foot, box.y1 - slack)
        else:
            found.append([box])
            foot = box.y1 - slack
    return found


def _gutters(boxes: Sequence[Box]) -> list[Strip]:
    """The upright strips between *boxes* that none of them crosses."""
    found: list[Strip] = []
    right = None
    for box in sorted(boxes, key=lambda box: box.x0):
        slack = min(_OVERLAP, box.width / 3)
        if right is not None and box.x0 + slack - right >= _NARROWEST_GUTTER:
            found.append((right, box.x0 + slack))
        right = box.x1 - slack if right is None else max(right, box.x1 - slack)
    return found


def _shared(gutters: Sequence[Strip], band: Sequence[Box]) -> list[Strip]:
    """What is left of *gutters* beside the boxes of *band*."""
    found = []
    for gutter in gutters:
        left, right = gutter
        for box in band:
            slack = min(_OVERLAP, box.width / 3)
            near, far = box.x0 + slack, box.x1 - slack
            if near < right and far > left:
                left, right = (left, near) if near - left > right - far else (far, right)
        if right - left >= _NARROWEST_GUTTER:
            found.append((left, right))
    return found


def _columned(bands: Sequence[Sequence[Box]], start: int) -> tuple[int, float]:
    """One past the last of the bands from *start* on that are columns to either side of a gutter, and where that is.

    *start* itself when they are not.
    """
    first = start
    while first < len(bands) and len(bands[first]) == 1:
        first += 1
    if first == len(bands):
        return _beside_float(bands, start)
    gutters = _gutters(bands[first])
    for band in reversed(bands[start:first]):
        gutters = _shared(gutters, band)
    stop = first
    while gutters and stop < len(bands):
        still = _shared(gutters, bands[stop])
        if not still:
            break
        gutters, stop = still, stop + 1
    if not gutters:
        return start, 0.0
    left, right = max(gutters, key=lambda strip: strip[1] - strip[0])
    gutter = (left + right) / 2
    stop = _without_tail(bands, first, stop, gutter)
    run = [box for band in bands[start:stop] for box in band]
    if _leads_alone(bands[start:first], run, gutter) or not _are_columns(bands[first:stop], gutter):
        return start, 0.0
    return stop, gutter


def _beside_float(bands: Sequence[Sequence[Box]], start: int) -> tuple[int, float]:
    """The same where no two boxes stand side by side: a right column of text ends above the words of the left one,
    which begins with a picture that has none.
    """
    boxes = [band[0] for band in bands[start:]]
    if len(boxes) < 3 or boxes[0].floats:
        return start, 0.0
    stop = next((at for at, box in enumerate(boxes) if box.floats), len(boxes))
    column, beside = boxes[:stop], list(itertools.takewhile(lambda box: box.x1 < boxes[0].x0, boxes[stop:]))
    texts = [box for box in beside if not box.floats]
    if not texts or sum(box.lines for box in column) < _COLUMN or sum(box.lines for box in texts) < _COLUMN:
        return start, 0.0
    gutter = min(box.x0 for box in column)
    width = max(box.width for box in column)
    alike = 0.8 * width < max(box.width for box in texts) < 1.25 * width
    if not alike or max(box.x1 for box in beside) + _NARROWEST_GUTTER > gutter:
        return start, 0.0
    return start + stop + len(beside), gutter


def _without_tail(bands: Sequence[Sequence[Box]], first: int, stop: int, gutter: float) -> int:
    """*stop* without bands at the end that only stand below the left column, and are no more of it."""
    left = [box for band in bands[first:stop] for box in band if _middle(box) < gutter]
    broad = max((box.width for box in left), default=0.0)
    while stop > first + 1 and all(_middle(box) < gutter for box in bands[stop - 1]):
        above = max(box.y1 for box in bands[stop - 2])
        one = bands[stop - 1][0]
        tall = (one.y1 - one.y0) / one.lines
        if one.width >= 0.6 * broad or one.y0 - above < 1.5 * tall:
            break
        stop -= 1
    return stop


def _leads_alone(lead: Sequence[Sequence[Box]], run: Sequence[Box], gutter: float) -> bool:
    """Whether something short stands above the right column, such as a date, that is to be read first."""
    top = min((box.y0 for box in run if _middle(box) < gutter), default=0.0)
    beside = [box for band in lead for box in band if _middle(box) >= gutter and box.y1 <= top]
    right = max((box.width for box in run if _middle(box) >= gutter), default=0.0)
    return 0 < sum(box.lines for box in beside) < 3 and all(box.width < 0.6 * right for box in beside)


def _are_columns(bands: Sequence[Sequence[Box]], gutter: float) -> bool:
    """Whether what stands on either side of *gutter* reads on downwards, and not across like a label and its value."""
    sided = [band for band in bands if len({_middle(box) < gutter for box in band}) == 2]
    if len(sided) < 2:
        return any(box.lines > 1 for band in sided for box in band)
    left = [box for band in bands for box in band if _middle(box) < gutter]
    right = [box for band in bands for box in band if _middle(box) >= gutter]
    return all(sum(box.lines for box in side) >= 3 and any(box.lines > 1 for box in side) for side in (left, right))
