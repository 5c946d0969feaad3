"""What MuPDF, the layout models and OCR make of the pages of one PDF, as raw pages."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from typing import Any

from rag.reading.pdf.pages.mupdf import ONE_AT_A_TIME
from rag.reading.pdf.pages.page_kind import kind_of
from rag.reading.pdf.pages.paint.page_paint import PagePaint
from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.pages.words.page_text import text_of
from rag.reading.pdf.pages.words.sideways import turn_of, turned


def raw_pages(
    document: Any,
    numbers: Iterable[int],
    *,
    deep: bool,
    plain: bool = False,
    glanced: Callable[[RawPage], None] = lambda _: None,
) -> Generator[RawPage]:
    """The pages *numbers* of *document*, each when it is asked for; a page that cannot be read says so itself.

    *deep* brings the layout model and OCR, which take a hundred times as long, after *glanced* was told what the page
    is without them; the lines of *plain* pages are not parted into words.
    """
    for number in numbers:
        with ONE_AT_A_TIME:
            page, raw, paint = _glance(document, number, plain=plain)
            if deep and paint is not None:
                glanced(raw)
                degrees = turn_of(raw.lines)
                raw = _sideways(document, page, raw, degrees) if degrees else _closely(page, raw, paint)
        yield raw


def _glance(document: Any, number: int, *, plain: bool) -> tuple[Any, RawPage, PagePaint | None]:
    """MuPDF's page, what it is by its words, and what is painted on it; none when it cannot be read."""
    page: Any = None
    width = height = 0.0
    try:
        page = document[number - 1]
        box = page.rect
        width, height = box.width, box.height
        paint = PagePaint(page)
        text = text_of(page, paint, plain=plain)
        kind = kind_of(page, text.lines, paint, garbled=text.garbled)
        raw = RawPage(number, width, height, page.rotation, kind, hidden=text.hidden)
        if not text.garbled:
            raw = replace(raw, lines=text.lines, characters=text.characters)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds; one bad page must not cost the others, and a note tells
        return page, RawPage(number, width, height, failed="PageFailed"), None
    return page, raw, paint


def _sideways(document: Any, page: Any, raw: RawPage, degrees: int) -> RawPage:
    """*raw*, most of whose text is turned, as it is read when *page* is turned by *degrees*."""
    with turned(page, degrees):
        upright, found, paint = _glance(document, raw.number, plain=False)
        if paint is None:
            return raw
        return replace(_closely(upright, found, paint), rotation=raw.rotation, turned=degrees)


def _closely(page: Any, raw: RawPage, paint: PagePaint) -> RawPage:
    """*raw* with what the models make of *page*; without it when they cannot."""
    from rag.reading.pdf.pages.deep_page import deepened  # noqa: PLC0415 - the first pass does without the models

    try:
        return deepened(page, raw, paint)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - of MuPDF's many kinds, or the models': the words are there, and a note tells
        return replace(raw, failed="LayoutFailed")
