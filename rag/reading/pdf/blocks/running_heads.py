"""Which of the regions that a layout model takes for running heads and feet are some, and which others are."""

import re
from collections.abc import Iterator, Sequence

from rag.reading.pdf.blocks.headings import is_numbered
from rag.reading.pdf.blocks.layout import Piece
from rag.reading.pdf.blocks.region_order import Box
from rag.reading.pdf.pages.raw_page import Region
from rag.reading.pdf.tables.heads.table_heads import is_unit, names_statement

_EDGE = 0.2  # of the height of the page: where heads and feet stand
_TOP = 0.12  # where one stands beside another
_FAR = 3.0  # sizes of type: wider than the gap behind the number of a heading
_PAGE_NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_MAY_RUN = frozenset({"text", "section-header", "footnote"})


def kinds_of(regions: Sequence[Region], boxes: Sequence[Box], height: float) -> list[str]:
    """What *regions*, of which some have words in *boxes*, are taken for on a page of such *height*."""
    kinds = list(_by_place(regions, height))
    known = {box.region: box for box in boxes if box.region >= 0}
    kinds = [
        "text" if at in known and _heads_what_follows(at, kinds, regions[at], boxes) else kind
        for at, kind in enumerate(kinds)
    ]
    return [
        "page-header" if at in known and _runs_beside(known[at], kinds, boxes, height) else kind
        for at, kind in enumerate(kinds)
    ]


def _by_place(regions: Sequence[Region], height: float) -> Iterator[str]:
    """What *regions* are taken for: below words of the body there is no running head, whatever the model says, nor is
    there one on a page that says nothing else.
    """
    middles = [(region.box[1] + region.box[3]) / 2 for region in regions if not region.kind.startswith("page-")]
    first, last = min(middles, default=height), max(middles, default=0.0)
    for region in regions:
        middle = (region.box[1] + region.box[3]) / 2
        at_top, at_foot = middle <= height * _EDGE, middle >= height * (1 - _EDGE)
        edge = {"page-header": at_top, "page-footer": at_foot}.get(region.kind, True)
        alone = region.kind == "page-header" and not middles
        yield region.kind if not alone and (edge or not first < middle < last) else "text"


def _heads_what_follows(at: int, kinds: Sequence[str], region: Region, boxes: Sequence[Box]) -> bool:
    """Whether what the model takes for a running head is the unit or the name of a table at the top of the page, or a
    heading with a number; or *region* number *at*, a table of one cell, is but a unit.
    """
    cell = kinds[at] == "table" and not (region.rows or region.columns)
    if kinds[at] != "page-header" and not cell:
        return False
    own = next(box for box in boxes if box.region == at)
    text = _text(own)
    if is_unit(text) or _PAGE_NUMBER.fullmatch(text):
        return is_unit(text)
    if cell or names_statement(text):
        return not cell
    return is_numbered(text) and not _is_beside_another(own, kinds, boxes)


def _text(box: Box) -> str:
    return " ".join([piece.text for piece in box.pieces])


def _is_beside_another(head: Box, kinds: Sequence[str], boxes: Sequence[Box]) -> bool:
    """Whether far to the left or right of *head*, or of the rest of it, the number of the page stands, or another
    running head.
    """
    for piece in head.pieces:
        others = [other for other in head.pieces if other is not piece]
        if others and _PAGE_NUMBER.fullmatch(piece.text) and all(_are_apart(piece, other) for other in others):
            return True
    return any(
        (box.region >= 0 and kinds[box.region] == "page-header" and not is_unit(_text(box)))
        or _PAGE_NUMBER.fullmatch(_text(box))
        for box in _level_with(head, boxes)
    )


def _runs_beside(own: Box, kinds: Sequence[str], boxes: Sequence[Box], height: float) -> bool:
    """Whether *own*, one line at the very top of the page, is level with a running head and far from it: the other half
    of that.
    """
    if own.lines > 1 or kinds[own.region] not in _MAY_RUN or own.y1 > height * _TOP:
        return False
    return any(box.region >= 0 and kinds[box.region] == "page-header" for box in _level_with(own, boxes))


def _level_with(own: Box, boxes: Sequence[Box]) -> Iterator[Box]:
    """Those of *boxes* that stand far to the left or right of *own*, at its height."""
    middle = (own.y0 + own.y1) / 2
    for box in boxes:
        if box is not own and box.y0 < middle < box.y1 and _are_apart(own, box, own.pieces[0].size):
            yield box


def _are_apart(one: Piece | Box, other: Piece | Box, size: float = 0.0) -> bool:
    far = _FAR * (one.size if isinstance(one, Piece) else size)
    return one.x0 - other.x1 > far or other.x0 - one.x1 > far
