"""The ruled lines in the picture of a scanned page: they part its tables as drawn ones part those of other pages."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rag.reading.pdf.blocks.layout import Corners, touch
from rag.reading.pdf.pages.paint.ink import Picture, stands_out

_LEVEL, _UPRIGHT = 36.0, 26.0  # points: strokes of letters are shorter
_WHOLE = 0.95  # of so long a piece: specks of paper lie on lines
_THICK = 3.0  # points: what is thicker is a bar, or a photograph
_APART = 2  # pixels between rows of one line
_CROSSING = 2.0  # points
_MOST = 1_000

Mask = NDArray[np.bool_]
Run = tuple[int, int, int]
"""In pixels: where it stands, where it begins, and one past its end."""


def rules_in(mask: Mask, scale: float) -> list[Corners]:
    """The ruled lines of the ink in *mask*, *scale* pixels to a point, whose lines of text are level, that cross each
    other; none where there are too many to be some.

    What crosses none tells rows from sums, and the layout model takes text between such lines for a table.
    """
    level = [(start, top, stop, foot) for top, foot, start, stop in _rules(mask, scale, _LEVEL)]
    upright = [(left, start, right, stop) for left, right, start, stop in _rules(mask.T, scale, _UPRIGHT)]
    if len(level) + len(upright) > _MOST:
        return []
    crossing = [rule for rule in level if sum(touch(rule, other, _CROSSING) for other in upright) > 1]
    return [*crossing, *(rule for rule in upright if sum(touch(rule, other, _CROSSING) for other in crossing) > 1)]


def level_ink(picture: Picture, tilt: float) -> Mask:
    """What stands out from the paper of *picture*, turned about its middle until lines that slope by *tilt* are level:
    clockwise, in radians.
    """
    mask = stands_out(picture)
    if not tilt:
        return mask
    height, width = mask.shape
    y, x = np.ogrid[:height, :width]
    down, across = y - height / 2, x - width / 2
    cos, sin = math.cos(tilt), math.sin(tilt)
    from_y = np.rint(height / 2 + across * sin + down * cos).astype(np.int32).clip(0, height - 1)
    from_x = np.rint(width / 2 + across * cos - down * sin).astype(np.int32).clip(0, width - 1)
    level: Mask = mask[from_y, from_x]
    return level


def _rules(mask: Mask, scale: float, shortest: float) -> Iterator[Corners]:
    """The lines along the rows of *mask*, in points: from which row to which, and from where to where in them."""
    lines: list[list[Run]] = []
    open_: list[list[Run]] = []
    for run in _runs(mask, round(shortest * scale)):
        open_ = [line for line in open_ if run[0] - line[-1][0] <= _APART]
        line = next((one for one in open_ if one[-1][1] < run[2] and run[1] < one[-1][2]), None)
        if line is None:
            lines.append([run])
            open_.append(lines[-1])
        else:
            line.append(run)
    for line in lines:
        first, last = line[0][0], line[-1][0] + 1
        if last - first <= _THICK * scale:
            start, stop = min(begin for _, begin, _ in line), max(end for _, _, end in line)
            yield first / scale, last / scale, start / scale, stop / scale


def _runs(mask: Mask, shortest: int) -> Iterator[Run]:
    """Runs of dark pixels along the rows of *mask*, from the first row to the last."""
    if mask.shape[1] <= shortest:
        return
    dark = np.cumsum(mask, axis=1, dtype=np.int32)
    full = dark[:, shortest:] - dark[:, :-shortest] >= _WHOLE * shortest
    for at in np.flatnonzero(full.any(axis=1)).tolist():
        begins = np.flatnonzero(full[at])
        for piece in np.split(begins, np.flatnonzero(np.diff(begins) > 1) + 1):
            yield at, int(piece[0]) + 1, int(piece[-1]) + shortest + 1
