"""What kind of page it is, told from what is painted on it: words, a picture of words, rubbish, or nothing."""

from collections.abc import Sequence
from typing import Any

from rag.reading.pdf.blocks.layout import Corners, Line, corners
from rag.reading.pdf.pages.paint.ink import drawn, holds_writing, unread_writing
from rag.reading.pdf.pages.paint.page_paint import PagePaint
from rag.records import PageKind

_FEW_WORDS = 25
_SOME_WORDS = 200
_PICTURES = frozenset({"fill-image", "fill-imgmask"})
_STROKES = frozenset({"fill-path", "stroke-path", "fill-shade"})
_LOGO = 0.005  # of the page
_MOST = 0.4
_UNREAD = 0.4  # of the writing in a picture, beside words that were put or read there
_GLIMPSE = 1.0  # pixels to a point: enough to tell writing from a photograph


def kind_of(page: Any, lines: Sequence[Line], paint: PagePaint, *, garbled: bool) -> PageKind:
    """The kind of *page*, which is MuPDF's, with the *lines* that can be seen on it.

    A page of many words is looked at no further. One without any is scanned if there is a picture, or letters are
    drawn; whether the picture holds writing, OCR will tell.
    """
    if garbled:
        return "garbled"
    if sum([len(line.words) for line in lines]) >= _FEW_WORDS:
        return "text"
    words = _count(lines)
    if words >= _FEW_WORDS:
        return "text"
    if words:
        return "scanned" if _pictures_of_writing(page, lines, paint) else "text"
    if pictures_on(page, paint):
        return "scanned"
    drawn = any(kind in _STROKES for kind, _ in paint.shown)
    return "scanned" if drawn and _holds_writing(page, [(0.0, 0.0, page.rect.width, page.rect.height)]) else "blank"


def pictures_to_read(page: Any, lines: Sequence[Line], paint: PagePaint) -> list[Corners]:
    """The pictures of writing that take up most of a page with some words beside them."""
    return _pictures_of_writing(page, lines, paint) if 0 < _count(lines) < _SOME_WORDS else []


def _pictures_of_writing(page: Any, lines: Sequence[Line], paint: PagePaint) -> list[Corners]:
    large = [box for box in pictures_on(page, paint) if _share(box, page) > _MOST]
    if not large:
        return []
    picture = drawn(page, _GLIMPSE)
    if not any(holds_writing(picture, _GLIMPSE, box) for box in large):
        return []
    known = _stand_in(lines, large) and unread_writing(picture, lines, _GLIMPSE) <= _UNREAD
    return [] if known else large


def pictures_on(page: Any, paint: PagePaint) -> list[Corners]:
    """The pictures that are more than a logo; one that is cut in strips or tiles is one."""
    boxes = [box for kind, box in paint.shown if kind in _PICTURES]
    shares = [_share(box, page) for box in boxes]
    if len(boxes) > 1 and max(shares) <= _MOST < sum(shares):
        return [corners(boxes)]
    return [box for box, share in zip(boxes, shares, strict=True) if share > _LOGO]


def _count(lines: Sequence[Line]) -> int:
    """How many words there are; of Chinese, two characters are one."""
    words = (one for line in lines for word in line.words for one in word[4].split())
    return sum(1 if word.isascii() else (len(word) + 1) // 2 for word in words)


def _share(box: Corners, page: Any) -> float:
    return float((box[2] - box[0]) * (box[3] - box[1]) / max(1.0, page.rect.width * page.rect.height))


def _stand_in(lines: Sequence[Line], boxes: Sequence[Corners]) -> bool:
    """Whether most words stand in *boxes*: then they are what was read there before, or printed over a picture."""
    middles = [((word[0] + word[2]) / 2, (word[1] + word[3]) / 2) for line in lines for word in line.words]
    inside = [any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes) for x, y in middles]
    return sum(inside) > len(inside) / 2


def _holds_writing(page: Any, boxes: Sequence[Corners]) -> bool:
    picture = drawn(page, _GLIMPSE)
    return any(holds_writing(picture, _GLIMPSE, box) for box in boxes)
