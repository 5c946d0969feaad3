"""A page drawn as a picture, at a size that fits into memory."""

import math
from pathlib import Path

from rag.errors import DamagedFile, NoSuchPage
from rag.reading.pdf.mupdf import MUPDF, ONE_AT_A_TIME, labels, opened
from rag.records import PageImage

LONGEST_SIDE = 4_000
MOST_PIXELS = 12_000_000


def draw(path: Path, number: int, scale: float = 2.0, *, name: str = "") -> PageImage:
    """Page *number*, from 1, of the PDF at *path*, *scale* pixels for a point, fewer when it would be too large.

    A box on the page times ``scale`` of the result is where it stands on the picture. *name* is used in errors.

    :raises NoSuchPage: when there is no such page
    :raises RefusedUpload: ``FileGone``, ``DamagedFile`` or ``LockedFile``
    """
    name = name or path.name
    with ONE_AT_A_TIME, opened(path, name) as document:
        if not 1 <= number <= document.page_count:
            raise NoSuchPage(name=name, page=number)
        try:
            page = document[number - 1]
            scale = _fitting(scale, page.rect.width, page.rect.height)
            pixmap = page.get_pixmap(matrix=MUPDF.Matrix(scale, scale), colorspace=MUPDF.csRGB, alpha=False)
            png = pixmap.tobytes("png")
        except Exception as error:  # MuPDF raises many kinds for a page that it cannot draw
            raise DamagedFile(name=name) from error
        printed = labels(document).of(number)
        return PageImage(number, printed, document.page_count, png, pixmap.width, pixmap.height, scale)


def _fitting(scale: float, width: float, height: float) -> float:
    longest, area = max(width, height, 1.0), max(width * height, 1.0)
    return max(min(scale, LONGEST_SIDE / longest, math.sqrt(MOST_PIXELS / area)), 0.001)
