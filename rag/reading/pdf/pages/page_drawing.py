"""A page of MuPDF's as a picture, at a size that fits into memory."""

import math
from typing import Any

from rag.errors import NoSuchPage, PageUndrawable
from rag.reading.pdf.pages.mupdf import MUPDF, ONE_AT_A_TIME, labels
from rag.records import Box, PageImage

LONGEST_SIDE = 4_000
MOST_PIXELS = 12_000_000


def drawn(document: Any, number: int, scale: float, clip: Box | None = None, *, name: str) -> PageImage:
    """Page *number*, from 1, of MuPDF's *document*, *scale* pixels for a point, fewer when it would be too large.

    A box on the page times ``scale`` of the result is where it stands on the picture; with *clip*, which is a part of
    the page, where it stands beside the corner of *clip*. *name* is used in errors.

    :raises NoSuchPage: when there is no such page
    :raises PageUndrawable: when MuPDF cannot draw it
    """
    if not 1 <= number <= document.page_count:
        raise NoSuchPage(name=name, page=number)
    with ONE_AT_A_TIME:
        try:
            page = document[number - 1]
            part = page.rect if clip is None else page.rect & MUPDF.Rect(clip)
            scale = _fitting(scale, part.width, part.height)
            matrix = MUPDF.Matrix(scale, scale)
            pixmap = page.get_pixmap(
                matrix=matrix, clip=None if clip is None else part, colorspace=MUPDF.csRGB, alpha=False
            )
            png = pixmap.tobytes("png")
        except MemoryError:
            raise
        except Exception as error:  # MuPDF raises many kinds for a page that it cannot draw
            raise PageUndrawable(name=name, page=number) from error
        printed = labels(document).of(number)
        return PageImage(number, printed, document.page_count, png, pixmap.width, pixmap.height, scale)


def _fitting(scale: float, width: float, height: float) -> float:
    longest, area = max(width, height, 1.0), max(width * height, 1.0)
    return max(min(scale, LONGEST_SIDE / longest, math.sqrt(MOST_PIXELS / area)), 0.001)
