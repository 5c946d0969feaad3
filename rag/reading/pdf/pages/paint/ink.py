"""What shows on a page when it is drawn: ink or none, writing or a photograph, and the words that lie covered."""

import re
from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.reading.pdf.blocks.layout import Corners, Line, Word
from rag.reading.pdf.pages.mupdf import MUPDF

_Of = TypeVar("_Of", np.uint8, np.bool_)
Picture = NDArray[np.uint8]
"""A page as it is drawn: height by width by red, green and blue."""

_FLAT = 8  # levels of 256: noise of a compressed picture, no ink
_WRITING = re.compile(r"[^\W_].*[^\W_]")
_DARKER = 48  # levels of 256 between paper and ink, even on a poor scan
_MARGIN = 0.03  # of the page, where scanners leave shadows
_SPECKS = 0.00015
_PAPER = 0.5
_TURNS = 10  # along a row of pixels
_SOME_ROWS = 24
_DIM = 150  # levels of 256: paper is brighter on the worst photograph
_MOST_INK = 0.25
_AROUND = 0.3  # of the height of a word: what was read there before may stand a little off


def drawn(page: Any, scale: float) -> Picture:
    """*page*, which is MuPDF's, as it is shown, *scale* pixels to a point."""
    pixmap = page.get_pixmap(matrix=MUPDF.Matrix(scale, scale), colorspace=MUPDF.csRGB, alpha=False)
    samples = np.frombuffer(pixmap.samples, np.uint8)
    return samples.reshape(pixmap.height, pixmap.stride)[:, : pixmap.width * 3].reshape(pixmap.height, pixmap.width, 3)


def ink(picture: Picture) -> float:
    """The share of *picture*, without its margins, that stands out from the paper."""
    return float(stands_out(_inner(picture)).mean())


def is_blank(picture: Picture) -> bool:
    """Whether there is nothing on *picture* but paper and a few specks."""
    return ink(picture) < _SPECKS


def holds_writing(picture: Picture, scale: float, box: Corners) -> bool:
    """Whether there is writing in *box*, in points: on much even paper, lines that turn dark and light again often.

    A photograph has no paper, and a drawing turns seldom.
    """
    x0, y0, x1, y1 = (max(0, round(edge * scale)) for edge in box)
    here = _inner(picture[y0:y1, x0:x1])
    if min(here.shape[:2]) < 16:
        return False
    out = stands_out(here)
    if out.mean() > 1 - _PAPER:
        return False
    return _written_rows(out) >= 6


def unread_writing(picture: Picture, lines: Sequence[Line], scale: float) -> float:
    """The share of the writing on *picture*, *scale* pixels to a point, where no word of *lines* stands; 0 where there
    is too little of it to be a text, and on coloured or hatched ground, which is no paper that was scanned.
    """
    out = stands_out(picture)
    if np.median(picture[:, :, 1]) < _DIM or out.mean() > _MOST_INK:
        return 0.0
    written = _written_rows(_inner(out))
    for line in lines:
        for x0, y0, x1, y1, *_ in line.words:
            near = _AROUND * (y1 - y0)
            top, foot = max(0, round((y0 - near) * scale)), max(0, round((y1 + near) * scale))
            out[top:foot, max(0, round((x0 - near) * scale)) : max(0, round((x1 + near) * scale))] = False
    left = _written_rows(_inner(out))
    return left / written if left >= _SOME_ROWS else 0.0


def _written_rows(out: NDArray[np.bool_]) -> int:
    """How many rows of *out* turn dark and light again as often as a line of writing does."""
    turns = np.count_nonzero(out[:, 1:] != out[:, :-1], axis=1)
    return int(np.count_nonzero(turns >= _TURNS))


def _inner(picture: NDArray[_Of]) -> NDArray[_Of]:
    height, width = picture.shape[:2]
    down, across = int(height * _MARGIN), int(width * _MARGIN)
    return picture[down : height - down or None, across : width - across or None]


def stands_out(picture: Picture) -> NDArray[np.bool_]:
    """Which pixels differ from the paper, which is the brightness that most have."""
    if not picture.size:
        return np.zeros((1, 1), np.bool_)
    grey = picture[:, :, 1].astype(np.int16)
    paper = int(np.bincount(grey.ravel() // 8, minlength=32).argmax()) * 8 + 4
    return np.abs(grey - paper) > _DARKER


def without_ink(lines: Sequence[Line], picture: Picture, scale: float) -> tuple[list[Line], list[Line]]:
    """*lines* parted to those that show in *picture*, the page as it is drawn, and those that do not.

    *picture* is of height by width by colours, *scale* pixels to a point. Words lie covered where it is flat; what has
    too little ink to tell, such as a full stop, goes with its line.
    """
    seen: list[Line] = []
    unseen: list[Line] = []
    for line in lines:
        flat = [_is_flat(word, line.way, picture, scale) for word in line.words]
        told = [one for one in flat if one is not None]
        if not any(told):
            seen.append(line)
        elif all(told):
            unseen.append(line)
        else:
            shown = [word for word, covered in zip(line.words, flat, strict=True) if not covered]
            covered_ = [word for word, covered in zip(line.words, flat, strict=True) if covered]
            seen.append(line._replace(words=shown))
            unseen.append(line._replace(words=covered_))
    return seen, unseen


def _is_flat(word: Word, way: int, picture: Picture, scale: float) -> bool | None:
    """Whether nothing shows where *word* stands; its upper and lower edge are left out, where rules may run."""
    if not _WRITING.search(word[4]):
        return None
    x0, y0, x1, y1 = word[:4]
    if way % 2:
        x0, x1 = x0 + (x1 - x0) / 4, x1 - (x1 - x0) / 4
    else:
        y0, y1 = y0 + (y1 - y0) / 4, y1 - (y1 - y0) / 4
    here = picture[round(y0 * scale) : round(y1 * scale) + 1, round(x0 * scale) : round(x1 * scale) + 1]
    if here.shape[0] < 2 or here.shape[1] < 4:
        return None
    first = here[0, 0].astype(np.int16)
    return bool(np.abs(here - first).max() <= _FLAT)
