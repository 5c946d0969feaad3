"""Sources: the pages and sheets behind what was found, and how they were read."""

from collections.abc import Collection, Sequence

from rag.records import Extras, KeptFigure, LeafReport, PageImage, SheetWindow
from rag.workspace.held import Held


class Sources(Held):
    """What may be looked at."""

    __slots__ = ()

    def page(self, who: str, document: int, number: int, scale: float = 2.0) -> PageImage:
        """A page as a picture; boxes times ``scale`` are its pixels.

        :raises NoSuchPage: when there is none of this number; :raises PageUndrawable: when it cannot be drawn
        """
        return self.viewing.page(who, document, number, scale)

    def sheet(self, who: str, document: int, sheet: str, area: str, heads: Sequence[int] = ()) -> SheetWindow:
        """The part of a sheet around *area*, under the rows of its *heads*.

        :raises NoSuchPage: when there is no such sheet
        """
        return self.viewing.sheet(who, document, sheet, area, heads)

    def leaves_report(self, who: str, document: int) -> list[LeafReport]:
        """How each page or sheet was read."""
        return self.viewing.leaves_report(who, document)

    def extras(self, who: str, document: int) -> Extras:
        """Outline, form fields, remarks, links and attachments of a document."""
        return self.viewing.extras(who, document)

    def figures(self, who: str, document: int, pages: Collection[int] | None = None) -> list[KeptFigure]:
        """The pictures and charts of a document, or of some of its *pages*, in order."""
        return self.viewing.figures(who, document, pages)

    def figure_image(self, who: str, figure: int, scale: float = 2.0) -> PageImage:
        """A picture or a chart by itself.

        :raises NoSuchFigure: when it is gone; :raises PageUndrawable: when it cannot be drawn
        """
        return self.viewing.figure_image(who, figure, scale)

    def original(self, who: str, document: int) -> tuple[str, bytes]:
        """A document's name and its bytes as they are kept."""
        return self.viewing.original(who, document)
