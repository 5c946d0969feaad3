"""A file on its way to a document: spans, tables and the pages or sheets that hold them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rag.records.about import PageTopic
from rag.records.extras import Extras
from rag.records.places import Place

_AGAIN = re.compile(r"^(.+?)(?: \1)+$")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on disk, and the name its owner knows it by."""

    name: str
    path: Path


SpanKind = Literal[
    "text",
    "heading",
    "title",
    "unit",
    "head",
    "cell",
    "running",
    "list",
    "caption",
    "footnote",
    "watermark",
    "hidden",
    "profile",
]


@dataclass(frozen=True, slots=True)
class Span:
    """The atom: a run of text and the one place it stands.

    *before* is the white space between this span and the one it follows. A ``heading`` has a *level* (1 is the
    widest), and so has an item of a ``list`` (1 is the outermost); ``head`` and ``cell`` spans have a *column*.
    ``running`` heads and feet say the same on every page; a ``watermark`` lies under the words; what is ``hidden``
    nobody sees who looks at the page. A ``profile`` is ours: it says what a table holds, and stands for all of it.
    """

    text: str
    place: Place
    kind: SpanKind = "text"
    before: str = " "
    level: int = 0
    column: int = 0


NOT_CALCULATED = "not calculated"
"""What a cell says whose workbook stores no result of its formula, where none is certain."""


def joined(spans: Iterable[Span]) -> str:
    """The text of *spans* with the white space between them, none in front."""
    return "".join(span.before * (index > 0) + span.text for index, span in enumerate(spans))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; *value* is the number a workbook stores beneath the text it shows.

    The label of a row has a *level*: how far it is set in, 0 for not at all. A head stands *over* so many columns. One
    whose result was calculated here, since its workbook stores none, has the *formula* for it.
    """

    text: str
    place: Place
    column: int
    value: float | None = None
    level: int = 0
    over: int = 1
    formula: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TableHead:
    """What a row needs beside it to be understood.

    *title* are the words over the table, which may be a sentence, or none; *name* is what it is called where that is
    something else: the heading it stands under, or what the sentence is about. *measure* is what it counts in where
    there is no *unit*, but brackets in those words say so. No word of these two is the table's own.
    """

    title: tuple[Span, ...] = ()
    unit: tuple[Span, ...] = ()
    header: tuple[Row, ...] = ()
    name: str = ""
    measure: str = ""

    @property
    def counts_in(self) -> str:
        """The unit of the table, in one line, and once where each column tells it."""
        return _AGAIN.sub(r"\1", " ".join(joined(self.unit).split())) or self.measure

    @property
    def called(self) -> str:
        """What the table is called, in one line."""
        return self.name or " ".join(joined(self.title).split())

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


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture or a chart on a page, and the words that name it."""

    caption: tuple[Span, ...]
    place: Place


Block = Span | Table | Figure


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about a document; *code* names a sentence of ``rag.errors``."""

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)


PageKind = Literal["text", "scanned", "garbled", "blank"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page or one sheet, as it was read: its words in reading order, and what to say about it.

    *kind* says what was found on a page: ``scanned`` has no words but those in a picture, ``garbled`` has a text layer
    that spells something else than a person sees. *rotation* is in degrees. *confidence*, 0 to 1, is that of the words
    that OCR read, and ``None`` where it read none. *profiles* tell what its tables hold, in words of ours.
    *topic* is what the page holds, as far as its headings and tables say.
    """

    number: int
    name: str | None
    blocks: tuple[Block, ...]
    width: float = 0.0
    height: float = 0.0
    notes: tuple[Note, ...] = ()
    kind: PageKind = "text"
    rotation: int = 0
    confidence: float | None = None
    profiles: tuple[Span, ...] = ()
    topic: PageTopic = ""


DocumentKind = Literal["pdf", "workbook"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document being read: *count* leaves in order, each read when it is asked for, so that memory stays bounded."""

    kind: DocumentKind
    count: int
    leaves: Iterator[Leaf]
    notes: tuple[Note, ...] = ()
    extras: Extras = field(default_factory=Extras)
