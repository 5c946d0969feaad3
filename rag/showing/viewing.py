"""Viewing: the page or sheet behind a citation, how it was read, its figures; only for those who may see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rag.errors import NoSuchDocument, NoSuchPage
from rag.library.documents.leaf_store import LeafStore
from rag.library.documents.originals import Originals
from rag.library.members import Members
from rag.records import Box, Extras, KeptFigure, LeafReport, PageImage, SheetWindow

_MARGIN = 4.0  # points around a figure: its box may cut through a line


@dataclass(frozen=True, slots=True)
class Viewing:
    """What may be looked at. Who is asking comes first."""

    members: Members
    leaf_store: LeafStore
    originals: Originals

    def page(self, who: str, document: int, number: int, scale: float = 2.0) -> PageImage:
        """A page as a picture; boxes times ``scale`` are its pixels.

        :raises NoSuchPage: when there is none of this number
        :raises PageUndrawable: when it cannot be drawn, or not within seconds
        """
        found = self.members.document(who, document)
        if found.kind != "pdf":
            raise NoSuchPage(name=found.name, page=number)
        from rag.reading.pdf.processes.page_image import draw  # noqa: PLC0415 - starts a process

        image = draw(self.originals.path(found.digest), number, scale, name=found.name)
        # A file without labels of its own may have them printed on its pages, where only the reader sees them.
        return replace(image, printed=image.printed or self.leaf_store.name(document, image.number))

    def sheet(self, who: str, document: int, sheet: str, area: str, heads: Sequence[int] = ()) -> SheetWindow:
        """The part of a sheet around *area*, under the rows of its *heads*.

        :raises NoSuchPage: when there is no such sheet
        """
        found = self.members.document(who, document)
        if found.kind != "workbook":
            raise NoSuchPage(name=found.name, page=sheet)
        from rag.reading.sheets.sheet_window import window  # noqa: PLC0415 - brings openpyxl with it

        return window(self.originals.path(found.digest), sheet, area, heads, name=found.name)

    def leaves_report(self, who: str, document: int) -> list[LeafReport]:
        """How each page or sheet was read."""
        return self.leaf_store.reports(self.members.document(who, document).id)

    def extras(self, who: str, document: int) -> Extras:
        """What the file holds beside the words of its pages."""
        return self.leaf_store.extras(self.members.document(who, document).id)

    def figures(self, who: str, document: int, pages: Collection[int] | None = None) -> list[KeptFigure]:
        """The pictures and charts of a document, or of some of its *pages*; they are there after the close reading."""
        return self.leaf_store.figures(self.members.document(who, document).id, pages)

    def figure_image(self, who: str, figure: int, scale: float = 2.0) -> PageImage:
        """A picture or a chart by itself; a picture of a workbook as it is stored there, PNG or JPEG.

        :raises NoSuchFigure: when it is gone, perhaps because its document was read again
        :raises PageUndrawable: when it cannot be drawn, or not within seconds
        """
        kept = self.leaf_store.figure(figure)
        found = self.members.document(who, kept.document)
        if kept.area:
            from rag.reading.sheets.sheet_picture import picture  # noqa: PLC0415 - brings openpyxl with it

            return picture(self.originals.path(found.digest), kept.page, kept.area, kept.caption, name=found.name)
        x0, y0, x1, y1 = kept.box
        clip = Box(x0 - _MARGIN, y0 - _MARGIN, x1 + _MARGIN, y1 + _MARGIN)
        from rag.reading.pdf.processes.page_image import draw  # noqa: PLC0415 - starts a process

        return draw(self.originals.path(found.digest), kept.page, scale, name=found.name, clip=clip)

    def original(self, who: str, document: int) -> tuple[str, bytes]:
        """A document's name and its bytes as they are kept."""
        found = self.members.document(who, document)
        path = self.originals.path(found.digest)
        if not path.exists():
            raise NoSuchDocument(name=found.name)
        return found.name, path.read_bytes()
