"""Which passages stand beside a figure: on its page, or in the rows of a sheet that it lies over."""

from collections.abc import Iterable

from rag.library.database import Database
from rag.library.documents.leaf_store import LeafStore
from rag.records import Cells, KeptFigure, Page, Passage, Place, cell_corners


def captions_beside(database: Database, passages: Iterable[Passage]) -> dict[int, list[str]]:
    """The captions of the figures beside each of *passages*, by passage; empty where a figure has none."""
    leaves, known = LeafStore(database), dict[int, list[KeptFigure]]()
    found: dict[int, list[str]] = {}
    for passage in passages:
        document = passage.document.id
        figures = known[document] if document in known else known.setdefault(document, leaves.figures(document))
        places = passage.places if figures else ()
        if named := [figure.caption for figure in figures if any(_beside(figure, place) for place in places)]:
            found[passage.id] = named
    return found


def _beside(figure: KeptFigure, place: Place) -> bool:
    match place:
        case Page(number):
            return number == figure.page and not figure.area
        case Cells(sheet, area):
            if sheet != figure.printed or not figure.area:
                return False
            top, _, bottom, _ = cell_corners(area)
            first, _, last, _ = cell_corners(figure.area)
            return first <= bottom and top <= last
