"""What is painted on a page, in order: text, paths and pictures by the names MuPDF gives them, and their boxes."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from rag.reading.pdf.layout import Corners


class PagePaint:
    """The paint of one page; it is looked for when it is first asked for, which takes as long as reading the words."""

    def __init__(self, page: Any) -> None:
        self._page = page

    @cached_property
    def log(self) -> Sequence[tuple[str, Corners]]:
        """Name and box of each thing, in points on the page before it is turned."""
        return [(kind, tuple(box)) for kind, box in self._page.get_bboxlog()]

    @cached_property
    def shown(self) -> Sequence[tuple[str, Corners]]:
        """The same, with the boxes as the page is shown; those without an area are left out."""
        matrix = self._page.rotation_matrix if self._page.rotation else None
        boxes = [(kind, shown(box, matrix) if matrix else box) for kind, box in self.log]
        width, height = self._page.rect.width, self._page.rect.height
        cut = [(kind, (max(x0, 0), max(y0, 0), min(x1, width), min(y1, height))) for kind, (x0, y0, x1, y1) in boxes]
        return [(kind, box) for kind, box in cut if box[2] > box[0] and box[3] > box[1]]


def shown(box: Sequence[Any], matrix: Any) -> Corners:
    """*box* on a page that is turned by *matrix*."""
    x0, y0, x1, y1 = box[:4]
    left, right = sorted((matrix.a * x0 + matrix.c * y0 + matrix.e, matrix.a * x1 + matrix.c * y1 + matrix.e))
    top, bottom = sorted((matrix.b * x0 + matrix.d * y0 + matrix.f, matrix.b * x1 + matrix.d * y1 + matrix.f))
    return left, top, right, bottom
