"""What is known of the pages and sheets of a document when they have been read."""

from dataclasses import dataclass

from rag.records.about import PageTopic
from rag.records.places import Box, Cells, Page
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
    topic: PageTopic = ""


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A picture or a chart of a document, and the words that name it.

    One of a workbook stands over the *area* of the sheet that is *printed*; its *box* is that of the area, in points,
    were all cells of usual size.
    """

    id: int
    document: int
    page: int
    printed: str | None
    box: Box
    caption: str
    area: str = ""

    @property
    def place(self) -> Page | Cells:
        """Where it stands."""
        if self.area:
            return Cells(self.printed or "", self.area)
        return Page(self.page, self.printed, self.box)
