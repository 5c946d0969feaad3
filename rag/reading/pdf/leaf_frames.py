"""Leaves on their way from one process to another: as tuples, which are pickled many times faster than records are."""

from collections.abc import Callable, Mapping
from typing import Any

from rag.reading.pdf.table_breaks import LastTable
from rag.records import Block, Box, Cell, Figure, Leaf, Page, Place, Span, Table, TableHead

Packed = tuple[Any, ...]


def packed(leaf: Leaf) -> Packed:
    """*leaf* as plain values."""
    more = leaf.width, leaf.height, leaf.notes, leaf.kind, leaf.rotation, leaf.confidence
    return leaf.number, leaf.name, [_packed_block(block) for block in leaf.blocks], more


def unpacked(leaf: Packed) -> Leaf:
    """What ``packed`` was given."""
    number, name, blocks, more = leaf
    return Leaf(number, name, tuple([_BLOCKS[block[0]](*block[1:]) for block in blocks]), *more)


def packed_last(last: LastTable | None) -> Packed | None:
    """*last* as plain values."""
    return None if last is None else (_packed_head(last.head), *last[1:])


def unpacked_last(last: Packed | None) -> LastTable | None:
    """What ``packed_last`` was given."""
    return None if last is None else LastTable(_head(*last[0]), *last[1:])


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
        return place.number, place.printed, place.box[0], place.box[1], place.box[2], place.box[3]
    return place


def _packed_row(row: tuple[Cell, ...]) -> list[Packed]:
    return [(cell.text, _packed_place(cell.place), cell.column, cell.value, cell.level, cell.over) for cell in row]


def _packed_head(head: TableHead) -> Packed:
    title, unit = ([_packed_span(span) for span in spans] for spans in (head.title, head.unit))
    return title, unit, [_packed_row(row) for row in head.header]


def _span(text: str, place: Any, *rest: Any) -> Span:
    return Span(text, _place(place), *rest)


def _figure(caption: list[Packed], place: Any) -> Figure:
    return Figure(tuple([_span(*span) for span in caption]), _place(place))


def _table(head: Packed, rows: list[list[Packed]], continues: bool) -> Table:
    return Table(_head(*head), tuple([_row(row) for row in rows]), continues)


def _place(place: Any) -> Place:
    if isinstance(place, tuple):
        number, printed, x0, y0, x1, y1 = place
        return Page(number, printed, Box(x0, y0, x1, y1))
    whole: Place = place
    return whole


def _row(row: list[Packed]) -> tuple[Cell, ...]:
    return tuple([Cell(text, _place(place), *rest) for text, place, *rest in row])


def _head(title: list[Packed], unit: list[Packed], header: list[list[Packed]]) -> TableHead:
    return TableHead(
        tuple([_span(*span) for span in title]), tuple([_span(*span) for span in unit]), tuple(map(_row, header))
    )


_BLOCKS: Mapping[str, Callable[..., Block]] = {"span": _span, "figure": _figure, "table": _table}
