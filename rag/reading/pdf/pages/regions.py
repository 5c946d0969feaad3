"""What PyMuPDF's own layout models take the parts of a page for; they come inside its wheel."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast, get_args

from rag.reading.pdf.pages.mupdf import MUPDF, load_layout
from rag.reading.pdf.pages.raw_page import Region, RegionKind

_KINDS = frozenset(get_args(RegionKind))


def regions_of(page: Any) -> tuple[Region, ...]:
    """The regions of *page*, which is MuPDF's, as it is shown, in reading order.

    :raises Exception: of many kinds, when the models cannot make out the page
    """
    load_layout()

    with _upright(page) as seen:
        seen.get_layout(return_raw=True)
        return tuple(_region(group) for group in seen.layout_information or ())


@contextmanager
def _upright(page: Any) -> Iterator[Any]:
    """*page*, or a copy of one that is turned: the models see pages as they are written, and not as they are shown."""
    if not page.rotation:
        yield page
        return
    with MUPDF.open() as copy:
        copy.insert_pdf(page.parent, from_page=page.number, to_page=page.number, links=False, widgets=False)
        turned = copy[0]
        turned.remove_rotation()
        yield turned


def _region(group: Any) -> Region:
    x0, y0, x1, y1 = group["group_bbox"][:4]
    name = group["class_name"]
    kind = cast("RegionKind", name if name in _KINDS else "text")
    grid = group.get("table_grid")
    if grid is None:
        return Region(kind, (x0, y0, x1, y1))
    rows, columns = (tuple(map(float, lines)) for lines in (grid.h_lines, grid.v_lines))
    return Region(kind, (x0, y0, x1, y1), tuple(y0 + y for y in rows), tuple(x0 + x for x in columns))
