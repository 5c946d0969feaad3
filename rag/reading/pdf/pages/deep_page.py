"""The close look at a page: its regions by the layout models, what is covered, and what only OCR can read."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.reading.pdf.blocks.layout import Corners, Line, area, holds
from rag.reading.pdf.pages.page_kind import pictures_on, pictures_to_read
from rag.reading.pdf.pages.paint.charts import with_charts
from rag.reading.pdf.pages.paint.drawn_bullets import with_bullets
from rag.reading.pdf.pages.paint.drawn_paths import drawn_paths
from rag.reading.pdf.pages.paint.ink import drawn, is_blank, without_ink
from rag.reading.pdf.pages.paint.letters_shown import shown_after_all, without_covered
from rag.reading.pdf.pages.paint.page_paint import PagePaint
from rag.reading.pdf.pages.raw_page import Picture, RawPage
from rag.reading.pdf.pages.regions import regions_of
from rag.reading.pdf.pages.scans.lines_in_cells import in_cells
from rag.reading.pdf.pages.scans.lone_dashes import with_dashes
from rag.reading.pdf.pages.scans.ocr import Ocr
from rag.reading.pdf.pages.scans.scanned_rules import level_ink, rules_in
from rag.reading.pdf.pages.scans.traced_page import regions_of_words
from rag.reading.pdf.pages.words.page_text import beside
from rag.reading.pdf.pages.words.word_gaps import apart
from rag.reading.pdf.tables.rulings import ruled

_GLIMPSE = 1.0
_LONGEST = 2_600  # pixels of a side of the picture that OCR reads
_MOST_PICTURES = 100  # of a page, the largest
_SHARP = 200 / 72  # pixels to a point


def deepened(page: Any, raw: RawPage, paint: PagePaint) -> RawPage:
    """*raw*, what is known of *page* by its words alone, with what takes longer to find out.

    :raises Exception: of many kinds, when MuPDF or the models cannot make out the page
    """
    if raw.kind == "blank":
        return raw
    scale = min(_GLIMPSE, _LONGEST / max(raw.width, raw.height, 1.0))
    glimpse = drawn(page, scale)
    if raw.kind == "text":
        raw = as_drawn(page, raw, paint, glimpse, scale)
        seen = raw.lines
        if pictures := pictures_to_read(page, seen, paint):
            return _with_pictures(page, raw, pictures)
        largest = sorted(pictures_on(page, paint), key=area, reverse=True)
        pictured = tuple(Picture(box) for box in largest[:_MOST_PICTURES])
        raw = replace(raw, regions=ruled(regions_of(page), paint.shown, seen), pictures=pictured)
        raw = _with_drawings(page, raw)
        return replace(raw, lines=apart(page, raw.lines, raw.regions))
    if is_blank(glimpse) and not raw.lines:
        return replace(raw, kind="blank")
    return _with_pictures(page, raw, [(0.0, 0.0, raw.width, raw.height)])


def as_drawn(page: Any, raw: RawPage, paint: PagePaint, glimpse: NDArray[np.uint8], scale: float) -> RawPage:
    """*raw* with those words hidden that do not show on *page* as it is drawn, and no others."""
    seen, flat = without_ink(raw.lines, glimpse, scale)
    seen, covered = without_covered(seen, paint, (raw.width, raw.height), glimpse, scale)
    shown, hidden = shown_after_all(raw.hidden, seen, glimpse, scale)
    return replace(
        raw, lines=[*seen, *shown], hidden=[*hidden, *flat, *covered, *beside(page, [*raw.lines, *raw.hidden])]
    )


def _with_drawings(page: Any, raw: RawPage) -> RawPage:
    """*raw* with the charts and bullets that are drawn on *page*; without them when MuPDF cannot say what is drawn."""
    try:
        paths = drawn_paths(page)
        regions = with_charts(paths, raw.lines, raw.regions, (raw.width, raw.height))
        lines, regions = with_bullets(paths, raw.lines, regions)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - of MuPDF's many kinds, or points that are no numbers; a note tells
        return replace(raw, failed="DrawingsFailed")
    return replace(raw, lines=lines, regions=regions)


def _with_pictures(page: Any, raw: RawPage, boxes: Sequence[Corners]) -> RawPage:
    """*raw* and the words that OCR reads in *boxes*, but for those that are there already."""
    scale = min(_SHARP, _LONGEST / max(raw.width, raw.height, 1.0))
    picture = drawn(page, scale)
    if not raw.lines:
        return _scanned(raw, picture, scale)
    read = _ocr().words(picture, scale)
    known = [word[:4] for line in raw.lines for word in line.words]
    added: list[Line] = []
    for line in read.lines:
        words = [word for word in line.words if any(holds(box, word) for box in boxes) and not _overlaps(word, known)]
        if words:
            added.append(line._replace(words=words))
    lines = [*raw.lines, *added]
    regions = regions_of_words(lines, raw.width, raw.height)
    return replace(raw, lines=lines, regions=regions, confidence=read.confidence)


def _scanned(raw: RawPage, picture: NDArray[np.uint8], scale: float) -> RawPage:
    """*raw*, of which nothing is known but its *picture*, *scale* pixels to a point, with what OCR reads there: on a
    page that lay sideways, as it is read.
    """
    read = _ocr().words(picture, scale, upright=True)
    width, height = (raw.height, raw.width) if read.quarters % 2 else (raw.width, raw.height)
    ink = level_ink(np.rot90(picture, read.quarters), read.tilt)
    rules = rules_in(ink, scale)
    lines = with_dashes(in_cells(read.lines, rules), ink, scale)
    regions = regions_of_words(lines, width, height, rules)
    return replace(
        raw,
        width=width,
        height=height,
        turned=-90 * read.quarters % 360,
        lines=lines,
        regions=ruled(regions, [("fill-path", rule) for rule in rules], lines),
        confidence=read.confidence,
        tilt=read.tilt,
    )


@cache
def _ocr() -> Ocr:
    return Ocr()


def _overlaps(word: Sequence[Any], known: Sequence[Sequence[Any]]) -> bool:
    """Whether a good part of *word* stands where another one does."""
    x0, y0, x1, y1 = word[:4]
    own = max(0.1, (x1 - x0) * (y1 - y0))
    for a0, b0, a1, b1 in known:
        across, down = min(x1, a1) - max(x0, a0), min(y1, b1) - max(y0, b0)
        if across > 0 and down > 0 and across * down > 0.3 * min(own, max(0.1, (a1 - a0) * (b1 - b0))):
            return True
    return False
