"""Leaves on their way from one process to another: as tuples, which are pickled many times faster than records are."""

from collections.abc import Callable, Mapping
from typing import Any

from rag.reading.pdf.tables.table_breaks import LastTable
from rag.records import Block, Box, Cell, Figure, Leaf, Page, Place, Span, Table, TableHead

Packed = tuple[Any, ...]
Printed = Mapping[int, str | None]
"""The labels of pages, by their numbers."""


def packed(leaf: Leaf) -> Packed:
    """*leaf* as plain values, without what is printed on its page, which may be known later."""
    more = leaf.width, leaf.height, leaf.notes, leaf.kind, leaf.rotation, leaf.confidence
    return leaf.number, [_packed_block(block) for block in leaf.blocks], more


def unpacked(leaf: Packed, printed: Printed) -> Leaf:
    """What ``packed`` was given, with the labels that are *printed*."""
    number, blocks, more = leaf
    return Leaf(number, printed.get(number), tuple([_BLOCKS[block[0]](printed, *block[1:]) for block in blocks]), *more)


def packed_last(last: LastTable | None) -> Packed | None:
    """*last* as plain values."""
    return None if last is None else (_packed_head(last.head), *last[1:])


def unpacked_last(last: Packed | None, printed: Printed) -> LastTable | None:
    """What ``packed_last`` was given, with the labels that are *printed*."""
    return None if last is None else LastTable(_head(printed, *last[0]), *last[1:])


def _packed_block(block: Block) -> Packed:
    if isinstance(block, Span):
        return "span", *_packed_span(block)
    if isinstance(block, Figure):
        return "figure", [_packed_span(span) for span in block.caption], _packed_place(block.place)
    return "table", _packed_head(block.head), [_packed_row(row) for row in block.rows], block.continues


def _packed_span(span: Span) -> Packed:
    return span.text, _packed_place(span.place), span.kind, span.before, span.level, span.column


def _packed_place(place: Place) -> Any:
    if isinstance(place, Page) and place.box is not None:
        return place.number, place.box[0], place.box[1], place.box[2], place.box[3]
    return place


def _packed_row(row: tuple[Cell, ...]) -> list[Packed]:
    return [(cell.text, _packed_place(cell.place), cell.column, cell.value, cell.level, cell.over) for cell in row]


def _packed_head(head: TableHead) -> Packed:
    title, unit = ([_packed_span(span) for span in spans] for spans in (head.title, head.unit))
    return title, unit, [_packed_row(row) for row in head.header]


def _span(printed: Printed, text: str, place: Any, *rest: Any) -> Span:
    return Span(text, _place(place, printed), *rest)


def _figure(printed: Printed, caption: list[Packed], place: Any) -> Figure:
    return Figure(tuple([_span(printed, *span) for span in caption]), _place(place, printed))


def _table(printed: Printed, head: Packed, rows: list[list[Packed]], continues: bool) -> Table:
    return Table(_head(printed, *head), tuple([_row(row, printed) for row in rows]), continues)


def _place(place: Any, printed: Printed) -> Place:
    if isinstance(place, tuple):
        number, x0, y0, x1, y1 = place
        return Page(number, printed.get(number), Box(x0, y0, x1, y1))
    whole: Place = place
    return whole


def _row(row: list[Packed], printed: Printed) -> tuple[Cell, ...]:
    return tuple([Cell(text, _place(place, printed), *rest) for text, place, *rest in row])


def _head(printed: Printed, title: list[Packed], unit: list[Packed], header: list[list[Packed]]) -> TableHead:
    return TableHead(
        tuple([_span(printed, *span) for span in title]),
        tuple([_span(printed, *span) for span in unit]),
        tuple([_row(row, printed) for row in header]),
    )


_BLOCKS: Mapping[str, Callable[..., Block]] = {"span": _span, "figure": _figure, "table": _table}
