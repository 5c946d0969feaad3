"""What we hold, and what may be searched of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from rag.records.about import About
from rag.records.reading import DocumentKind, Note

DocumentState = Literal["waiting", "reading", "embedding", "refining", "ready", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Base:
    """A knowledge base: documents that are searched together, with one embedding model.

    While its passages are embedded again with the *next_embedder*, it is searched with the one it has.
    """

    id: int
    name: str
    embedder: str
    documents: int = 0
    next_embedder: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a base. *leaves* counts its pages or sheets; *done* of *total* is how far its present state is.

    *edition* counts the times that it was read again: the words of its first *close_done* pages come from the last of
    them, those of the others from the one before; *closely* says that the last one is a close reading. Hidden text is
    found only when *search_hidden* says so.
    """

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
    edition: int = 0
    close_done: int = 0
    closely: bool = False
    search_hidden: bool = False
    about: About = field(default_factory=About)

    @property
    def read_closely(self) -> bool:
        """Whether there is nothing left to be read closely; a workbook is read once, and closely."""
        return self.leaves > 0 and (self.kind != "pdf" or (self.closely and self.close_done >= self.leaves))

    @property
    def askable(self) -> bool:
        """Whether a question can already find some of its words."""
        return self.passages > 0


class Owner(NamedTuple):
    """Whose a passage is."""

    base: int
    document: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be searched: these bases; when *only* is given, only these documents of them; never those in *never*.

    *pages*, each with its first and its last, are those that words may come from, when there are any; an index does
    not know them, and ``Finder.find`` sees to it.
    """

    bases: frozenset[int]
    only: frozenset[int] | None = None
    never: frozenset[int] = frozenset()
    pages: tuple[tuple[int, int], ...] = ()

    def holds(self, owner: Owner) -> bool:
        """Whether what *owner* owns may be found."""
        return (
            owner.base in self.bases
            and (self.only is None or owner.document in self.only)
            and owner.document not in self.never
        )
