"""What is painted on a page, in order: text, paths and pictures by the names MuPDF gives them, and their boxes."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from rag.reading.pdf.blocks.layout import Corners
from rag.reading.pdf.pages.mupdf import MUPDF

Stroke = tuple[bool, float, float]
"""A run of text that is painted: whether its outline is drawn, and where on the page as shown its middle is."""


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
        return self._cut([(kind, shown(box, matrix) if matrix else box) for kind, box in self.log])

    @cached_property
    def strokes(self) -> Sequence[Stroke]:
        """The runs of text that are painted; text alone is listened to, since a page may have thousands of paths."""
        if self._page.rotation or "log" in self.__dict__:
            painted = self.shown
        else:
            runs = _TextRuns()
            MUPDF.mupdf.fz_run_page(self._page.this, runs, MUPDF.mupdf.FzMatrix(), MUPDF.mupdf.FzCookie())
            MUPDF.mupdf.fz_close_device(runs)
            painted = self._cut(runs.found)
        return [
            (kind == "stroke-text", (x0 + x1) / 2, (y0 + y1) / 2)
            for kind, (x0, y0, x1, y1) in painted
            if kind in {"fill-text", "stroke-text"}
        ]

    def _cut(self, boxes: Sequence[tuple[str, Corners]]) -> Sequence[tuple[str, Corners]]:
        """*boxes* as far as they are on the page."""
        width, height = self._page.rect.width, self._page.rect.height
        cut = [(kind, (max(x0, 0), max(y0, 0), min(x1, width), min(y1, height))) for kind, (x0, y0, x1, y1) in boxes]
        return [(kind, box) for kind, box in cut if box[2] > box[0] and box[3] > box[1]]


class _TextRuns(MUPDF.mupdf.FzDevice2):  # type: ignore[misc]  # MuPDF has no types
    """What MuPDF calls for each run of text that it paints."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Corners]] = []
        self.use_virtual_fill_text()
        self.use_virtual_stroke_text()

    def fill_text(self, _: Any, text: Any, ctm: Any, *__: Any) -> None:
        box = MUPDF.mupdf.ll_fz_bound_text(text, None, ctm)
        self.found.append(("fill-text", (box.x0, box.y0, box.x1, box.y1)))

    def stroke_text(self, _: Any, text: Any, stroke: Any, ctm: Any, *__: Any) -> None:
        box = MUPDF.mupdf.ll_fz_bound_text(text, stroke, ctm)
        self.found.append(("stroke-text", (box.x0, box.y0, box.x1, box.y1)))


def shown(box: Sequence[Any], matrix: Any) -> Corners:
    """*box* on a page that is turned by *matrix*."""
    x0, y0, x1, y1 = box[:4]
    left, right = sorted((matrix.a * x0 + matrix.c * y0 + matrix.e, matrix.a * x1 + matrix.c * y1 + matrix.e))
    top, bottom = sorted((matrix.b * x0 + matrix.d * y0 + matrix.f, matrix.b * x1 + matrix.d * y1 + matrix.f))
    return left, top, right, bottom
