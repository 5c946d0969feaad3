"""A raw page becomes a leaf: its words in reading order, as paragraphs, headings and tables."""

from collections.abc import Iterator, Sequence
from typing import Any

from rag.reading.pdf.headings import Typography
from rag.reading.pdf.layout import Corners, Row, corners
from rag.reading.pdf.paragraphs import Place, spans, text_blocks
from rag.reading.pdf.raw_page import RawPage
from rag.reading.pdf.region_flows import flows_of
from rag.reading.pdf.region_tables import all_grids
from rag.reading.pdf.table_breaks import Edges, LastTable, goes_on
from rag.reading.pdf.table_columns import Cellular, Slot
from rag.records import Block, Box, Cell, Leaf, Note, Page, Span, Table, TableHead
from rag.records import Row as CellRow


def leaf_of(
    raw: RawPage, printed: str | None, type_: Typography, last: LastTable | None
) -> tuple[Leaf, LastTable | None]:
    """The page, and the table it ends with; *last* is the one that the page before ended with."""
    notes: tuple[Note, ...] = ()
    blocks: tuple[Block, ...] = ()
    if raw.failed:
        notes = (Note(raw.failed, {"page": raw.number}),)
    if raw.failed and not raw.lines:
        last = None
    else:
        blocks, last = _blocks(raw, printed, type_, last)
    return Leaf(raw.number, printed, blocks, raw.width, raw.height, notes, raw.kind, raw.rotation, raw.confidence), last


def _blocks(
    raw: RawPage, printed: str | None, type_: Typography, last: LastTable | None
) -> tuple[tuple[Block, ...], LastTable | None]:
    def place(box: Corners) -> Page:
        x0, y0, x1, y1 = box
        return Page(raw.number, printed, Box(round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)))

    edges = Edges(type_, raw.height)
    found: list[Block] = []
    above: list[Row] = []
    for page_flow in flows_of(raw):
        flow, free = page_flow.rows, 0
        for grid in all_grids(page_flow, type_):
            above.extend(flow[free : grid.start])
            if last is not None and goes_on(last, grid, above, edges):
                found.extend(text_blocks([*flow[free : grid.start], *grid.title], type_, place, raw.cut))
                head = last.head
            else:
                found.extend(text_blocks(flow[free : grid.start], type_, place, raw.cut))
                last = None
                head = TableHead(
                    tuple(_head_spans(grid.title, "title", place, raw)),
                    tuple(_head_spans(grid.unit, "unit", place, raw)),
                    tuple(_cells(row, place) for row in grid.header),
                )
            found.append(Table(head, tuple(_cells(row, place) for row in grid.body), continues=last is not None))
            last = LastTable(head, grid.left, grid.columns, grid.size) if head.header or head.title else None
            free, above = grid.stop, []
        above.extend(flow[free:])
        found.extend(text_blocks(flow[free:], type_, place, raw.cut))
    if last is not None and not edges.are(above, last):
        last = None
    return tuple(found), last


def _head_spans(rows: Sequence[Row], kind: Any, place: Place, raw: RawPage) -> Iterator[Span]:
    for row in rows:
        yield from spans([row], kind, place, raw.cut)


def _cells(row: Cellular, place: Place) -> CellRow:
    return tuple([_cell(slot, place) for slot in row])


def _cell(slot: Slot, place: Place) -> Cell:
    column, fields, over = slot
    if len(fields) == 1 and len(fields[0].pieces) == 1:
        return Cell(fields[0].text, place(fields[0].pieces[0].shown), column, over=over)
    box = corners([piece.shown for field in fields for piece in field.pieces])
    return Cell(" ".join([field.text for field in fields]), place(box), column, over=over)
