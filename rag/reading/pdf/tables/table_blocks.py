"""A grid becomes a table: its cells with their boxes, and what stands over them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rag.reading.pdf.blocks.layout import Row, corners
from rag.reading.pdf.blocks.paragraphs import Cut, Place, spans
from rag.reading.pdf.tables.page_tables import Grid
from rag.reading.pdf.tables.table_columns import Cellular, Slot
from rag.records import Cell, Span, TableHead
from rag.records import Row as CellRow


def head_of(grid: Grid, place: Place, cut: Cut) -> TableHead:
    """What stands over the rows of *grid*."""
    return TableHead(
        tuple(_head_spans(grid.title, "title", place, cut)),
        tuple(_head_spans(grid.unit, "unit", place, cut)),
        tuple(_cells(row, place) for row in grid.header),
    )


def following(head: TableHead, above: TableHead) -> TableHead:
    """*head* of a table that the layout model takes for one with that below *above*: what that says of both, too.

    With a name of its own it counts in the same only where most of its columns have the same heads.
    """
    if head.unit:
        return head
    if not head.title:
        return replace(head, title=above.title, unit=above.unit)
    own, known = ({cell.text for row in one.header for cell in row} for one in (head, above))
    return replace(head, unit=above.unit) if 2 * len(own & known) > len(own) else head


def rows_of(grid: Grid, place: Place) -> tuple[CellRow, ...]:
    """The rows of *grid*."""
    return tuple(_cells(row, place) for row in grid.body)


def _head_spans(rows: Sequence[Row], kind: Any, place: Place, cut: Cut) -> Iterator[Span]:
    for row in rows:
        yield from spans([row], kind, place, cut)


def _cells(row: Cellular, place: Place) -> CellRow:
    return tuple([_cell(slot, place) for slot in row])


def _cell(slot: Slot, place: Place) -> Cell:
    column, fields, over, level = slot
    if len(fields) == 1 and len(fields[0].pieces) == 1:
        return Cell(fields[0].text, place(fields[0].pieces[0].shown), column, level=level, over=over)
    box = corners([piece.shown for field in fields for piece in field.pieces])
    return Cell(" ".join([field.text for field in fields]), place(box), column, level=level, over=over)
