"""What is known of the pages and sheets of a document when they have been read."""

from dataclasses import dataclass

from rag.records.places import Box, Page
from rag.records.reading import Note, PageKind


@dataclass(frozen=True, slots=True)
class LeafReport:
    """A page or a sheet: its number, its printed label or name, and how it was read.

    *characters* counts those that can be found; *hidden* says that there are words which nobody sees. *close* says
    that this comes from the close reading. The rest is as in ``Leaf``.
    """

    number: int
    name: str | None
    kind: PageKind = "text"
    rotation: int = 0
    confidence: float | None = None
    characters: int = 0
    hidden: bool = False
    close: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A picture or a chart of a document, and the words that name it."""

    id: int
    document: int
    page: int
    printed: str | None
    box: Box
    caption: str

    @property
    def place(self) -> Page:
        """Where it stands."""
        return Page(self.page, self.printed, self.box)
