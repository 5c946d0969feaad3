"""A raw page becomes a leaf: its words in reading order, as paragraphs, headings, lists, tables and figures."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Corners, Line, Row, flows
from rag.reading.pdf.blocks.page_figures import with_figures
from rag.reading.pdf.blocks.paragraphs import Place, spans
from rag.reading.pdf.blocks.part_blocks import prose
from rag.reading.pdf.blocks.region_flows import flows_of
from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.tables.parted_labels import last_label, with_parted_label
from rag.reading.pdf.tables.regions.region_tables import all_grids
from rag.reading.pdf.tables.rows_overleaf import with_rows_overleaf
from rag.reading.pdf.tables.table_blocks import following, head_of, rows_of
from rag.reading.pdf.tables.table_breaks import Edges, LastTable, aligned, goes_on, is_repeated, repeated, with_rest
from rag.records import Block, Box, Leaf, Note, Page, Span, SpanKind, Table


class LinkedLeaf(NamedTuple):
    """A *leaf*, the *last* table that it ends with, its *tables*, and the rows *above* the first, or all if none is."""

    leaf: Leaf
    last: LastTable | None
    tables: list[Table]
    above: list[Row]


def leaf_of(
    raw: RawPage, printed: str | None, type_: Typography, last: LastTable | None
) -> tuple[Leaf, LastTable | None]:
    """The page, and the table it ends with; *last* is the one that the page before ended with."""
    return linked(raw, printed, type_, last)[:2]


def linked(raw: RawPage, printed: str | None, type_: Typography, last: LastTable | None) -> LinkedLeaf:
    """The same, and what tells whether another *last* would have made it another page."""

    def place(box: Corners) -> Page:
        x0, y0, x1, y1 = raw.shown(box)
        return Page(raw.number, printed, Box(round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)))

    notes: tuple[Note, ...] = ()
    blocks: list[Block] = []
    above: list[Row] = []
    if raw.failed:
        notes = (Note(raw.failed, {"page": raw.number}),)
    if raw.failed and not raw.lines:
        last = None
    else:
        marks = [line for line in raw.lines if type_.is_watermark(line)]
        body = replace(raw, lines=[line for line in raw.lines if not type_.is_watermark(line)]) if marks else raw
        blocks, last, above = _blocks(body, place, type_, last)
        if raw.regions:
            blocks = with_figures(blocks, body, place)
        blocks.extend(_aside(marks, "watermark", place, raw))
    if raw.hidden:
        blocks.extend(_aside(raw.hidden, "hidden", place, raw))
    return LinkedLeaf(
        Leaf(raw.number, printed, tuple(blocks), *raw.size, notes, raw.kind, raw.rotation, raw.confidence),
        last,
        [block for block in blocks if isinstance(block, Table)],
        above,
    )


def _blocks(
    raw: RawPage, place: Place, type_: Typography, last: LastTable | None
) -> tuple[list[Block], LastTable | None, list[Row]]:
    edges = Edges(type_, raw.height)
    found: list[Block] = []
    above: list[Row] = []
    first: list[Row] | None = None
    for page_flow in flows_of(with_rows_overleaf(raw, last, type_)):
        flow, free = page_flow.rows, 0
        for own in all_grids(page_flow, type_, last.columns if last else ()):
            grid = own if last is None else with_rest(last, own)
            above.extend(flow[free : grid.start])
            first = above if first is None else first
            if last is not None and goes_on(last, grid, above, edges):
                again = is_repeated(last, grid)
                found.extend(prose([*flow[free : grid.start], *(() if again else grid.title)], type_, place, raw.cut))
                for row in repeated(grid) if again else ():
                    found.extend(spans([row], "running", place, raw.cut))
                head, grid = last.head, with_parted_label(last, aligned(last, grid))
            else:
                found.extend(prose(flow[free : grid.start], type_, place, raw.cut))
                last = None
                head = head_of(grid, place, raw.cut)
                if grid.follows:
                    above_it = next(block for block in reversed(found) if isinstance(block, Table))
                    head = following(head, above_it.head)
            found.append(Table(head, rows_of(grid, place), continues=last is not None))
            named = (head.header or head.title) and grid.columns
            label, bare = last_label(grid.body)
            last = LastTable(head, grid.left, grid.columns, grid.size, label=label, bare=bare) if named else None
            free, above = grid.stop, []
        above.extend(flow[free:])
        found.extend(prose(flow[free:], type_, place, raw.cut))
    return found, last and edges.after(above, last), above if first is None else first


def _aside(lines: Sequence[Line], kind: SpanKind, place: Place, raw: RawPage) -> Iterator[Span]:
    """*lines* that are not part of the text."""
    for flow in flows(lines) if lines else ():
        for row in flow:
            yield from spans([row], kind, place, raw.cut)
