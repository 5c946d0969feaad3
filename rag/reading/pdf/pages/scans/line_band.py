"""How high the letters of a line are on a scan: the box that the detector draws around them is half as high again."""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.language import has_han

_RULE = 0.8  # of the length of a line: what is as dark all along is ruled, and no letter
_INKED = 0.006  # of it
_GAP = 0.06  # of the height of the box, between parts of letters
_LEAST = 0.3
_SPREAD = 1.35  # times the size that the length of a line tells: some type is narrow
_AIR = 0.05
_CONTRAST = 40  # levels of 256
_HIGH = re.compile(r"[A-Zbdfhklti0-9(\[{/|$£¥€%&!?'\"]")
_DEEP = re.compile(r"[gjpqy()\[\]{}/|$,;Q]")
_LOWER, _UPPER, _FOOT = 0.52, 0.72, 0.2  # of the size of Latin type: small letters, tall ones, what is below them
_CHINESE = 0.92


class Band(NamedTuple):
    """Where the letters of a line stand in its box, from capitals to what hangs below: *top* and *foot*, and the *size*
    of their type, as shares of the height of the box.
    """

    top: float
    foot: float
    size: float


def band_of(strip: NDArray[np.uint8], text: str) -> Band:
    """The band of *text*, which is written in *strip*, height by width by colours; that of the box where nothing tells.

    Whether a line holds capitals or hanging letters or neither, its band is as high.
    """
    found = _ink(strip)
    if found is None:
        return _WHOLE
    top, foot = found
    han = has_han(text)
    upper, under = (
        (_CHINESE, 0.0) if han else (_UPPER if _HIGH.search(text) else _LOWER, _FOOT * bool(_DEEP.search(text)))
    )
    widths = sum(_width(letter) for letter in text)
    widest = _SPREAD * strip.shape[1] / len(strip) / max(widths, 0.1)
    size = min((foot - top) / (upper + under), widest, _WHOLE.size)
    if size < _LEAST:
        return _WHOLE
    base = foot - under * size
    if han:
        middle = (top + foot) / 2
        return Band(max(0.0, middle - size / 2), min(1.0, middle + size / 2), size)
    return Band(max(0.0, base - (_UPPER + _AIR) * size), min(1.0, base + (_FOOT + _AIR) * size), size)


def _ink(strip: NDArray[np.uint8]) -> tuple[float, float] | None:
    grey = strip.min(axis=2)
    dark, pale = (float(level) for level in np.percentile(grey, (2, 80)))
    if pale - dark < _CONTRAST:
        return None
    rows = (grey < (dark + pale) / 2).mean(axis=1)
    height = len(rows)
    inked = (rows - rows.min() > _INKED) & (rows < _RULE)  # upright rules are as dark everywhere
    middle = slice(height // 4, height - height // 4)
    if not inked[middle].any():
        return None
    start = height // 4 + int(np.argmax(np.where(inked, rows, 0.0)[middle]))
    return (start - _reach(inked[start::-1])) / height, (start + _reach(inked[start:]) + 1) / height


def _width(letter: str) -> float:
    return 1.0 if letter > "\u2e80" else 0.3 if letter in " .,:;'!|ijlI()-" else 0.55


_WHOLE = Band(0.0, 1.0, 0.75)


def _reach(inked: NDArray[np.bool_]) -> int:
    """How far from its beginning *inked* goes on, but for small gaps."""
    most = max(1, round(_GAP * len(inked)))
    last = 0
    for at in np.flatnonzero(inked).tolist():
        if at - last > most + 1:
            break
        last = at
    return last
