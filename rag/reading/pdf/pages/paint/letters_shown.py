"""Whether the letters of a word show on a page as it is drawn: for words of which their colour or place says little."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from rag.reading.pdf.blocks.layout import Corners, Line, Word, area, holds
from rag.reading.pdf.pages.paint.ink import Picture, stands_out
from rag.reading.pdf.pages.paint.page_paint import PagePaint

_TURNS = 0.6  # a letter: along a row of pixels, from paper to ink and back
_ROWS = 3
_SMALLEST = 4.0  # points: smaller letters run into each other in a picture of a pixel to a point
_PICTURES = frozenset({"fill-image", "fill-imgmask"})
_SCAN = 0.4  # of the page


def shown_after_all(
    hidden: Sequence[Line], seen: Iterable[Line], picture: Picture, scale: float
) -> tuple[list[Line], list[Line]]:
    """*hidden* lines parted to those whose letters show in *picture*, *scale* pixels to a point, where none of *seen*
    stands, and the others: white ones on a bar that is a thick stroke, letters that are only outlined, or filled by
    what is painted through them.
    """
    taken = [word[:4] for line in seen for word in line.words]

    def shows(word: Word, way: int) -> bool:
        return _letters_show(word, way, picture, scale) and not any(_touch(word, other) for other in taken)

    return _parted(hidden, shows) if hidden else ([], [])


def without_covered(
    lines: Sequence[Line], paint: PagePaint, page: tuple[float, float], picture: Picture, scale: float
) -> tuple[list[Line], list[Line]]:
    """*lines* parted to those that show, and those over which a photograph or a drawing is laid; *page* is its width
    and height. Words under the picture of a whole page are what OCR once read there.
    """
    over = list(_laid_over_words(paint, _SCAN * page[0] * page[1]))
    if not over:
        return list(lines), []

    def shows(word: Word, way: int) -> bool:
        return not any(holds(box, word) for box in over) or _letters_show(word, way, picture, scale)

    return _parted(lines, shows)


def _laid_over_words(paint: PagePaint, most: float) -> Iterable[Corners]:
    written: list[Corners] = []
    for kind, box in paint.shown:
        if kind == "fill-text":
            written.append(box)
        elif kind in _PICTURES and area(box) < most and any(_touch(box, text) for text in written):
            yield box


def _parted(lines: Iterable[Line], shows: Callable[[Word, int], bool]) -> tuple[list[Line], list[Line]]:
    seen: list[Line] = []
    unseen: list[Line] = []
    for line in lines:
        told = [shows(word, line.way) for word in line.words]
        for found, wanted in ((seen, True), (unseen, False)):
            if words := [word for word, shown in zip(line.words, told, strict=True) if shown is wanted]:
                found.append(line._replace(words=words))
    return seen, unseen


def _letters_show(word: Word, way: int, picture: Picture, scale: float) -> bool:
    """Whether rows of pixels through *word* turn from light to dark and back as often as its letters do."""
    x0, y0, x1, y1 = word[:4]
    here = picture[max(0, round(y0 * scale)) : round(y1 * scale) + 1, max(0, round(x0 * scale)) : round(x1 * scale) + 1]
    if way % 2:
        here = here.transpose(1, 0, 2)
    if here.shape[0] < _SMALLEST * scale or here.shape[1] < 2:
        return False
    out = stands_out(here)
    turns = np.count_nonzero(out[:, 1:] != out[:, :-1], axis=1)
    return int(np.count_nonzero(turns >= max(1.0, _TURNS * len(word[4])))) >= _ROWS


def _touch(one: Sequence[Any], other: Sequence[Any]) -> bool:
    shared: bool = one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    return shared
