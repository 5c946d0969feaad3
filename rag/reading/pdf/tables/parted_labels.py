"""Labels of rows that a page break parts: what stands at the top of the next page belongs to the row before it."""

from collections.abc import Sequence
from functools import reduce
from itertools import takewhile

from rag.reading.pdf.blocks.layout import Piece
from rag.reading.pdf.tables.page_tables import Grid
from rag.reading.pdf.tables.table_breaks import LastTable
from rag.reading.pdf.tables.table_columns import Cellular, Slot
from rag.reading.pdf.tables.table_fields import Field, is_unfinished, joined_text

_OPENS = (":", "：", "-", "–", "—")  # what ends so names the rows below it


def with_parted_label(last: LastTable, grid: Grid) -> Grid:
    """*grid*, which goes on from *last*, with its first label put right where a page break parts it.

    The figures of a label that begins on the page before are given all of it; what is left of one whose figures stand
    on the page before is a row of its own, and not the beginning of the next label.
    """
    label = _label(grid.body[0]) if grid.body else None
    if label is None or not last.label or last.label[0].islower():
        return grid
    first, *others = grid.body
    if any((other := _label(row)) is not None and other.text[0].islower() for row in others):
        return grid  # of a table whose labels all begin so
    rest = list(takewhile(lambda piece: piece.text[0].islower(), label.pieces))
    own = label.pieces[len(rest) :]
    if last.bare and len(first) > 1 and _begins(last.label, rest, own):
        whole = label._replace(text=joined_text(last.label, label.text))
        return grid._replace(body=[[first[0]._replace(fields=(whole,)), *first[1:]], *others])
    if rest and own and own[0].y0 > rest[-1].y0 + 0.5 * own[0].size and is_unfinished(last.label):
        above, below = [Slot(1, (_field(rest),))], first[0]._replace(fields=(_field(own),))
        return grid._replace(body=[above, [below, *first[1:]], *others])
    return grid


def _begins(above: str, rest: Sequence[Piece], own: Sequence[Piece]) -> bool:
    """Whether the label of which *rest* is in lower case, and *own* is not, begins with *above*."""
    return not above.endswith(_OPENS) and (bool(rest and not own) or (is_unfinished(above) and not rest))


def last_label(body: Sequence[Cellular]) -> tuple[str, bool]:
    """What the last row of *body* is called, and whether it has nothing but its label; none if it has no label."""
    label = _label(body[-1]) if body else None
    return (label.text, len(body[-1]) == 1) if label is not None else ("", False)


def _label(row: Cellular) -> Field | None:
    """The label of *row*, if it is one run of words."""
    if not row or row[0].column != 1 or len(row[0].fields) != 1 or row[0].fields[0].numeric:
        return None
    return row[0].fields[0]


def _field(pieces: Sequence[Piece]) -> Field:
    x0, x1 = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    text = reduce(joined_text, [piece.text for piece in pieces])
    return Field(x0, x1, text, tuple(pieces), numeric=False)
