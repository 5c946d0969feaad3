"""A request, the prompt made of it, and the answer with its citations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rag.records.computed import Computed
from rag.records.library import Document
from rag.records.passages import Hit
from rag.records.places import Place, areas
from rag.records.reading import Note, Span, TableHead
from rag.records.selection import Selection

Certainty = Literal["", "doubtful", "absent"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a person wants to know; one line, or all three boxes; and *where* it is to be looked for."""

    need: str
    background: str = ""
    output: str = ""
    where: Selection = field(default_factory=Selection)


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
    def in_passage(self) -> bool:
        """Whether the words stand in a passage; those of a result, or of a figure, do not."""
        return self.passage != 0

    @property
    def place(self) -> Place:
        """Where the viewer opens."""
        return areas(self.places)[0]

    @property
    def label(self) -> str:
        """``report.pdf › p. 212 (printed F-12)``, ``sales.xlsx › 2024!C12``."""
        return f"{self.document.name} › {self.place.label}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets. Without a *model* the evidence is the answer; *unknown* are markers that name no source.

    *forgotten* says that a document it rested on was removed, and its words with it. What was *computed* is citation 1.

    *notes* tell of what did not work on the way and took nothing from the answer. *confidence* is the chance that the
    right page is among the *evidence*; what was computed has none, and an old conversation may have none. *certainty*
    says what follows from it: the evidence is ``doubtful``, or the answer probably ``absent`` from it. *searched* is
    what was searched for where that is not the question itself: the question whole, and other wordings.
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
    computed: Computed | None = None
    notes: tuple[Note, ...] = ()
    confidence: float | None = None
    certainty: Certainty = ""
    searched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence is there, and the result if the question came to one."""

    evidence: tuple[Citation, ...]
    computed: Computed | None = None


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
