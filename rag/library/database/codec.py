"""Passages and notes as bytes, and back: short, since there are millions of spans."""

import json
import zlib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, get_args

from pydantic import TypeAdapter

from rag.records import About, Box, Cell, Cells, Document, Note, Page, Passage, Place, Span, SpanKind, TableHead

_KINDS: tuple[SpanKind, ...] = get_args(SpanKind)  # kept passages hold the place of a kind: new ones go to the end


def pack_passage(passage: Passage) -> bytes:
    """Everything of a passage but its id and its document."""
    packer = Packer()
    content = {
        "heading": list(passage.heading),
        "head": passage.head and packer.head(passage.head),
        "spans": [packer.span(span) for span in passage.spans],
        "leaves": packer.leaves,
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def unpack_passage(number: int, document: Document, content: bytes) -> Passage:
    """The passage that ``pack_passage`` packed."""
    packed = json.loads(zlib.decompress(content))
    unpacker = Unpacker(packed["leaves"])
    head = packed["head"]
    return Passage(
        document=document,
        spans=tuple(map(unpacker.span, packed["spans"])),
        heading=tuple(packed["heading"]),
        head=head and unpacker.head(head),
        id=number,
    )


def pack_notes(notes: Iterable[Note]) -> str:
    """Notes as JSON."""
    return json.dumps([[note.code, dict(note.details)] for note in notes], ensure_ascii=False)


def unpack_notes(packed: str) -> tuple[Note, ...]:
    """The notes that ``pack_notes`` packed."""
    return () if packed == "[]" else tuple(Note(code, details) for code, details in json.loads(packed))


def pack_about(about: About) -> str:
    """What is known of a document as JSON."""
    return _about().dump_json(about, exclude_defaults=True).decode()


@lru_cache(maxsize=16_384)
def unpack_about(packed: str) -> About:
    """What ``pack_about`` packed."""
    return _about().validate_json(packed)


@cache
def _about() -> TypeAdapter[About]:
    return TypeAdapter(About)


class Packer:
    """Page and sheet names are written once, in *leaves*; a place is then a number and a box or an area."""

    def __init__(self) -> None:
        self.leaves: list[list[Any]] = []
        self._numbers: dict[tuple[Any, ...], int] = {}

    def place(self, place: Place) -> list[Any]:
        """A place, short."""
        if isinstance(place, Cells):
            return [self._leaf((place.sheet,)), place.area]
        return [self._leaf((place.number, place.printed)), *(place.box or ())]

    def span(self, span: Span) -> list[Any]:
        """A span, short."""
        return [span.text, _KINDS.index(span.kind), span.before, span.level, span.column, self.place(span.place)]

    def head(self, head: TableHead) -> list[Any]:
        """The head of a table, short."""
        return [
            [self.span(span) for span in head.title],
            [self.span(span) for span in head.unit],
            [[self.cell(cell) for cell in row] for row in head.header],
            *([head.name, head.measure] if head.name or head.measure else []),
        ]

    def cell(self, cell: Cell) -> list[Any]:
        """A cell, short; few have a level, stand over several columns, or were calculated."""
        packed = [cell.text, cell.column, cell.value, self.place(cell.place)]
        if not (cell.level or cell.formula) and cell.over == 1:
            return packed
        if cell.formula:
            return [*packed, cell.level, cell.over, cell.formula]
        return [*packed, cell.level, cell.over]

    def _leaf(self, leaf: tuple[Any, ...]) -> int:
        number = self._numbers.get(leaf)
        if number is None:
            number = self._numbers[leaf] = len(self.leaves)
            self.leaves.append(list(leaf))
        return number


class Unpacker:
    """Makes places, spans and cells of what a ``Packer`` made, given its *leaves*."""

    def __init__(self, leaves: Sequence[Sequence[Any]]) -> None:
        self._leaves = leaves

    def place(self, packed: Sequence[Any]) -> Place:
        """The place that was packed."""
        leaf, where = self._leaves[packed[0]], packed[1:]
        if len(leaf) == 1 and len(where) == 1:
            return Cells(leaf[0], where[0])
        if len(leaf) == 2:
            return Page(leaf[0], leaf[1], Box(*where) if where else None)
        raise ValueError(f"not a packed place: {(leaf, where)!r}")

    def span(self, packed: Sequence[Any]) -> Span:
        """The span that was packed."""
        text, kind, before, level, column, place = packed
        return Span(text, self.place(place), _KINDS[kind], before, level, column)

    def head(self, packed: Sequence[Any]) -> TableHead:
        """The head that was packed."""
        title, unit, header, *name = packed
        return TableHead(
            tuple(map(self.span, title)),
            tuple(map(self.span, unit)),
            tuple(tuple(map(self.cell, row)) for row in header),
            *name,
        )

    def cell(self, packed: Sequence[Any]) -> Cell:
        """The cell that was packed."""
        text, column, value, place, *rest = packed
        return Cell(text, self.place(place), column, value, *rest)
