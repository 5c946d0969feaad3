"""A file on its way to a document: spans, tables and the pages or sheets that hold them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rag.records.places import Place


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on disk, and the name its owner knows it by."""

    name: str
    path: Path


SpanKind = Literal["text", "heading", "title", "unit", "head", "cell", "running"]


@dataclass(frozen=True, slots=True)
class Span:
    """The atom: a run of text and the one place it stands.

    *before* is the white space between this span and the one it follows. A ``heading`` has a *level* (1 is the
    widest); ``head`` and ``cell`` spans have a *column*; ``running`` heads and feet say the same on every page.
    """

    text: str
    place: Place
    kind: SpanKind = "text"
    before: str = " "
    level: int = 0
    column: int = 0


def joined(spans: Iterable[Span]) -> str:
    """The text of *spans* with the white space between them, none in front."""
    return "".join(span.before * (index > 0) + span.text for index, span in enumerate(spans))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; *value* is the number a workbook stores beneath the text it shows."""

    text: str
    place: Place
    column: int
    value: float | None = None


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TableHead:
    """What a row needs beside it to be understood."""

    title: tuple[Span, ...] = ()
    unit: tuple[Span, ...] = ()
    header: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """Title, unit and column heads, a line each."""
        heads = [" | ".join(cell.text for cell in row) for row in self.header]
        return "\n".join(line for line in (joined(self.title), joined(self.unit), *heads) if line)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; a row holds its non-empty cells from left to right, each knowing its column.

    One that *continues* began above, or on the page before: its head stands there, and none of its words here.
    """

    head: TableHead
    rows: tuple[Row, ...]
    continues: bool = False


Block = Span | Table


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about a document; *code* names a sentence in ``errors.py``."""

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page or one sheet, as it was read: its words in reading order, and what to say about it."""

    number: int
    name: str | None
    blocks: tuple[Block, ...]
    width: float = 0.0
    height: float = 0.0
    notes: tuple[Note, ...] = ()


DocumentKind = Literal["pdf", "workbook"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document being read: *count* leaves in order, each read when it is asked for, so that memory stays bounded."""

    kind: DocumentKind
    count: int
    leaves: Iterator[Leaf]
    notes: tuple[Note, ...] = ()
