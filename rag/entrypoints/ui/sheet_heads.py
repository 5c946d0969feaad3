"""Which rows of a sheet hold the heads of what is cited, wherever they are: they stay in sight above it."""

from collections.abc import Iterable, Sequence

from rag.entrypoints.ui.desk import desk
from rag.errors import NotFound
from rag.library.members import ANYONE
from rag.records import Cells, Citation, Row, cell_corners

_MOST = 6


def head_rows(cited: Citation, others: Sequence[Citation], sheet: str) -> tuple[int, ...]:
    """The rows of the heads over what is *cited* on *sheet*, from the top: its own, else those of another citation from
    its document (a sentence made of a row has none), else those of the table that its cells are in.
    """
    all_cited = (cited, *(other for other in others if other.document.id == cited.document.id))
    header: Sequence[Row] = next((each.head.header for each in all_cited if each.head and each.head.header), ())
    if not header and any(isinstance(place, Cells) and place.sheet == sheet for place in cited.places):
        header = _of_table(cited)
    return _rows(header, sheet)


def _of_table(cited: Citation) -> Sequence[Row]:
    """The heads of the table; what is computed rests on many areas, of which one is as good as the others."""
    try:
        number = desk().workspace.kept_tables.at(ANYONE, cited.document.id, cited.places[:1])
        return () if number is None else desk().workspace.table(ANYONE, number, count=0)[1].header
    except NotFound:  # removed meanwhile
        return ()


def _rows(header: Iterable[Row], sheet: str) -> tuple[int, ...]:
    rows: set[int] = set()
    for cell in (cell for row in header for cell in row if cell.text):
        if isinstance(cell.place, Cells) and cell.place.sheet == sheet:
            top, _, bottom, _ = cell_corners(cell.place.area)
            rows.update(range(top, min(bottom, top + _MOST) + 1))
    return tuple(sorted(rows)[:_MOST])
