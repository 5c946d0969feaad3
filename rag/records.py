"""The values that travel through the app, in travelling order; imports nothing of ours.

Pages, rows and columns are counted from 1. Boxes are in points, from the top left corner of the page as it is shown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

# ── A file as a person handed it over ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on disk, and the name its owner knows it by."""

    name: str
    path: Path


# ── Where words stand ───────────────────────────────────────────────────────────────────────────


class Box(NamedTuple):
    """A rectangle on a page."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """A place on a page: *number* opens the viewer, *printed* is what people quote."""

    number: int
    printed: str | None = None
    box: Box | None = None

    @property
    def label(self) -> str:
        """``p. 212 (printed F-12)``."""
        if self.printed is None or self.printed == str(self.number):
            return f"p. {self.number}"
        return f"p. {self.number} (printed {self.printed})"


@dataclass(frozen=True, slots=True)
class Cells:
    """A place on a sheet: one cell (``C12``) or an area (``A2:F40``)."""

    sheet: str
    area: str

    @property
    def label(self) -> str:
        """``P&L!A2:F40``."""
        return f"{self.sheet}!{self.area}"


Place = Page | Cells
SpanKind = Literal["text", "heading", "title", "unit", "head", "cell"]


@dataclass(frozen=True, slots=True)
class Span:
    """The atom: a run of text and the one place it stands.

    *before* is the white space between this span and the one it follows. A ``heading`` has a *level* (1 is the
    widest); ``head`` and ``cell`` spans have a *column*.
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


# ── A document, as it is read ───────────────────────────────────────────────────────────────────


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
    """Rows under a head; a row holds its non-empty cells from left to right, each knowing its column."""

    head: TableHead
    rows: tuple[Row, ...]


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


DocumentState = Literal["waiting", "reading", "embedding", "ready", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Base:
    """A knowledge base: documents that are searched together, with one embedding model."""

    id: int
    name: str
    embedder: str
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a base. *leaves* counts its pages or sheets; *done* of *total* is how far its present state is."""

    id: int
    base: int
    name: str
    digest: str
    kind: DocumentKind
    size: int
    added: datetime
    added_by: str
    state: DocumentState = "waiting"
    leaves: int = 0
    passages: int = 0
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    notes: tuple[Note, ...] = ()
    problem: Note | None = None

    @property
    def askable(self) -> bool:
        """Whether a question can already find some of its words."""
        return self.passages > 0


# ── Passages, and the few that matter ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring spans small enough to embed, under their headings; rows of a table carry the table's head."""

    document: Document
    spans: tuple[Span, ...]
    heading: tuple[str, ...] = ()
    head: TableHead | None = None
    id: int = 0

    @property
    def own_text(self) -> str:
        """The words that stand in this passage, and no others."""
        return joined(self.spans)

    @property
    def text(self) -> str:
        """The passage as it is searched and read: headings, the table's head, its own words."""
        lines = [" > ".join(self.heading)]
        if self.head and not any(span.kind in {"title", "unit", "head"} for span in self.spans):
            lines.append(self.head.text)
        return "\n".join([*filter(None, lines), self.own_text])

    @property
    def places(self) -> tuple[Place, ...]:
        """The pages it stands on, or the areas of sheets."""
        return areas(span.place for span in self.spans)


_CELL = re.compile(r"([A-Z]+)(\d+)")


def cell_name(row: int, column: int) -> str:
    """``C12`` for row 12 and column 3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def cell_corners(area: str) -> tuple[int, int, int, int]:
    """Top row, left column, bottom row and right column of ``C12`` or ``A2:F40``.

    :raises ValueError: when *area* is neither
    """
    corners = []
    for name in area.split(":"):
        match = _CELL.fullmatch(name)
        if match is None:
            raise ValueError(f"not a cell or an area: {area!r}")
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        corners.append((int(match[2]), column))
    rows, columns = zip(*corners, strict=True)
    return min(rows), min(columns), max(rows), max(columns)


def areas(places: Iterable[Place]) -> tuple[Place, ...]:
    """The smallest places that hold all of *places*: one for each page, with the box around them, or for each sheet."""
    pages: dict[int, Page] = {}
    sheets: dict[str, tuple[int, int, int, int]] = {}
    for place in places:
        match place:
            case Page(number, printed, box):
                known = pages.get(number)
                pages[number] = Page(number, printed, _around(known.box if known else None, box))
            case Cells(sheet, area):
                top, left, bottom, right = cell_corners(area)
                if sheet in sheets:
                    known_top, known_left, known_bottom, known_right = sheets[sheet]
                    top, left = min(known_top, top), min(known_left, left)
                    bottom, right = max(known_bottom, bottom), max(known_right, right)
                sheets[sheet] = (top, left, bottom, right)
    found: list[Place] = [pages[number] for number in sorted(pages)]
    for sheet, (top, left, bottom, right) in sheets.items():
        first, last = cell_name(top, left), cell_name(bottom, right)
        found.append(Cells(sheet, first if first == last else f"{first}:{last}"))
    return tuple(found)


def _around(first: Box | None, second: Box | None) -> Box | None:
    if first is None or second is None:
        return first or second
    return Box(min(first.x0, second.x0), min(first.y0, second.y0), max(first.x1, second.x1), max(first.y1, second.y1))


class Owner(NamedTuple):
    """Whose a passage is."""

    base: int
    document: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be searched: these bases; when *only* is given, only these documents of them; never those in *never*."""

    bases: frozenset[int]
    only: frozenset[int] | None = None
    never: frozenset[int] = frozenset()

    def holds(self, owner: Owner) -> bool:
        """Whether what *owner* owns may be found."""
        return (
            owner.base in self.bases
            and (self.only is None or owner.document in self.only)
            and owner.document not in self.never
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; higher is nearer. *found_by* gives its rank, from 1, in each method."""

    passage: Passage
    score: float
    found_by: Mapping[str, int]


# ── The answer ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Request:
    """What a person wants to know; one line, or all three boxes."""

    need: str
    background: str = ""
    output: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn for a model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """Exactly what the model is given. Hit *n* of *hits* is ``[n]``; *left_out* hits did not fit."""

    messages: tuple[Message, ...]
    hits: tuple[Hit, ...]
    left_out: int
    tokens: int

    @property
    def text(self) -> str:
        """The prompt as a person can read it."""
        return "\n\n".join(f"── {message.role} ──\n{message.content}" for message in self.messages)


@dataclass(frozen=True, slots=True)
class Options:
    """How a model is to answer. *context* and *reply* are in tokens; *think* ``None`` leaves it to the model."""

    context: int = 8192
    reply: int = 4096
    temperature: float = 0.2
    think: bool | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """What an answer cost, in the server's own count of tokens; ``None`` where it does not say."""

    prompt_tokens: int | None = None
    reply_tokens: int | None = None
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a document that an answer rests on: *places* are where they stand, box by box or cell by cell.

    *row* and *head* are set when the words are rows of a table.
    """

    number: int
    document: Document
    passage: int
    places: tuple[Place, ...]
    quote: str
    heading: tuple[str, ...] = ()
    head: TableHead | None = None
    row: tuple[Span, ...] = ()

    @property
    def place(self) -> Place:
        """Where the viewer opens."""
        return areas(self.places)[0]

    @property
    def label(self) -> str:
        """``report.pdf · p. 212 (printed F-12)``."""
        return f"{self.document.name} · {self.place.label}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets. Without a *model* the evidence is the answer; *unknown* are markers that name no source.

    *forgotten* says that a document it rested on was removed, and its words with it.
    """

    request: Request
    text: str
    citations: tuple[Citation, ...]
    evidence: tuple[Citation, ...] = ()
    thinking: str = ""
    model: str = ""
    prompt: Prompt | None = None
    used: Used | None = None
    timings: Mapping[str, float] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()
    stopped: bool = False
    problem: Note | None = None
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence is there."""

    evidence: tuple[Citation, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Thought:
    """A piece of the model's thinking."""

    text: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """A piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole answer, once."""

    answer: Answer


Event = Found | Thought | Wrote | Finished


# ── Models and conversations ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model answers. *server* is ``ollama``, ``openai``, ``scripted`` or ``none``."""

    server: Literal["ollama", "openai", "scripted", "none"]
    name: str = ""
    url: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that a server has; *size* in bytes, 0 where the server does not say."""

    name: str
    size: int = 0
    parameters: str = ""


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How far the download of a model is, in bytes."""

    status: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and its answer."""

    id: int
    conversation: int
    asked: datetime
    answer: Answer


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of turns, titled by its first question."""

    id: int
    title: str
    started: datetime
    turns: Sequence[Turn] = ()


# ── What the viewer shows ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page drawn as a PNG; *scale* is pixels for each point."""

    number: int
    printed: str | None
    count: int
    png: bytes
    width: int
    height: int
    scale: float


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as it is displayed, with what lies beneath."""

    text: str
    value: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class SheetWindow:
    """Part of a sheet around some cells: ``cells[i][j]`` stands in row ``rows[i]`` and column ``columns[j]``."""

    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: tuple[tuple[SheetCell, ...], ...]
