"""Passages and notes as bytes, and back: short, since there are millions of spans."""

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, get_args

from rag.records import Box, Cell, Cells, Document, Note, Page, Passage, Place, Span, SpanKind, TableHead

_KINDS: tuple[SpanKind, ...] = get_args(SpanKind)  # kept passages hold the place of a kind: new ones go to the end


def pack_passage(passage: Passage) -> bytes:
    """Everything of a passage but its id and its document."""
    packer = _Packer()
    head = passage.head
    content = {
        "heading": list(passage.heading),
        "head": head
        and [
            [packer.span(span) for span in head.title],
            [packer.span(span) for span in head.unit],
            [[packer.cell(cell) for cell in row] for row in head.header],
        ],
        "spans": [packer.span(span) for span in passage.spans],
        "leaves": packer.leaves,
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def unpack_passage(number: int, document: Document, content: bytes) -> Passage:
    """The passage that ``pack_passage`` packed."""
    packed = json.loads(zlib.decompress(content))
    unpacker = _Unpacker(packed["leaves"])
    head = packed["head"]
    return Passage(
        document=document,
        spans=tuple(map(unpacker.span, packed["spans"])),
        heading=tuple(packed["heading"]),
        head=head
        and TableHead(
            title=tuple(map(unpacker.span, head[0])),
            unit=tuple(map(unpacker.span, head[1])),
            header=tuple(tuple(map(unpacker.cell, row)) for row in head[2]),
        ),
        id=number,
    )


def pack_notes(notes: Iterable[Note]) -> str:
    """Notes as JSON."""
    return json.dumps([[note.code, dict(note.details)] for note in notes], ensure_ascii=False)


def unpack_notes(packed: str) -> tuple[Note, ...]:
    """The notes that ``pack_notes`` packed."""
    return tuple(Note(code, details) for code, details in json.loads(packed))


class _Packer:
    """Page and sheet names are written once a passage; a place is then a number and a box or an area."""

    def __init__(self) -> None:
        self.leaves: list[list[Any]] = []

    def place(self, place: Place) -> list[Any]:
        match place:
            case Page(number, printed, box):
                return [self._leaf([number, printed]), *(box or ())]
            case Cells(sheet, area):
                return [self._leaf([sheet]), area]

    def span(self, span: Span) -> list[Any]:
        return [span.text, _KINDS.index(span.kind), span.before, span.level, span.column, self.place(span.place)]

    def cell(self, cell: Cell) -> list[Any]:
        return [cell.text, cell.column, cell.value, self.place(cell.place)]

    def _leaf(self, leaf: list[Any]) -> int:
        if leaf not in self.leaves:
            self.leaves.append(leaf)
        return self.leaves.index(leaf)


class _Unpacker:
    def __init__(self, leaves: Sequence[Sequence[Any]]) -> None:
        self._leaves = leaves

    def place(self, packed: Sequence[Any]) -> Place:
        match self._leaves[packed[0]], packed[1:]:
            case [sheet], [area]:
                return Cells(sheet, area)
            case [number, printed], box:
                return Page(number, printed, Box(*box) if box else None)
            case other:
                raise ValueError(f"not a packed place: {other!r}")

    def span(self, packed: Sequence[Any]) -> Span:
        text, kind, before, level, column, place = packed
        return Span(text, self.place(place), _KINDS[kind], before, level, column)

    def cell(self, packed: Sequence[Any]) -> Cell:
        text, column, value, place = packed
        return Cell(text, self.place(place), column, value)
