"""The last rows of a table that stand alone at the top of a page: so few that the layout model sees no table there."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Row, corners, holds, pieces_of, rows
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.reading.pdf.tables.table_breaks import LastTable
from rag.reading.pdf.tables.table_fields import Field, line_of

_MOST = 6  # rows: the model sees a table in more of them
_TOP = 0.35  # of the height of a page


def with_rows_overleaf(raw: RawPage, last: LastTable | None, typography: Typography) -> RawPage:
    """*raw* with a table around the rows at its top that stand in the columns of *last*, which ended the page before,
    if the model has seen none there.
    """
    if last is None or last.far or not raw.regions:
        return raw
    here: list[Row] = []
    for row in _rows_at_top(raw, typography):
        if len(here) == _MOST or not _is_row_of(row, last):
            break
        here.append(row)
    if not here or any(_is_seen(row, raw) for row in here):
        return raw
    heights = [(above.y1 + below.y0) / 2 for above, below in pairwise(here)]
    label = max(line_of(row).fields[0].x1 for row in here)
    strips = [(label, label), *last.columns]
    between = [(max(label, one[1]) + other[0]) / 2 for one, other in pairwise(strips)]
    region = Region("table", corners([piece for row in here for piece in row.pieces]), tuple(heights), tuple(between))
    return replace(raw, regions=(region, *raw.regions))


def may_begin_overleaf(raw: RawPage, typography: Typography) -> bool:
    """Whether ``with_rows_overleaf`` could find rows on *raw*, whatever the table before it was."""
    row = next(iter(_rows_at_top(raw, typography)), None) if raw.regions else None
    return row is not None and not _is_seen(row, raw) and bool(_figures(row))


def _rows_at_top(raw: RawPage, typography: Typography) -> list[Row]:
    """The rows at the top of *raw* below its running head."""
    lines = [(at, line) for at, line in enumerate(raw.lines) if line.words and not line.way]
    near = [(at, line) for at, line in lines if line.words[0][3] < _TOP * raw.height]
    found = rows([piece for at, line in near for piece in pieces_of(line, at)])
    start = next((at for at, row in enumerate(found) if not typography.is_running(row)), len(found))
    return found[start:]


def _is_seen(row: Row, raw: RawPage) -> bool:
    """Whether any of *row* stands in a table or a picture of the model's."""
    boxes = [region.box for region in raw.regions if region.kind in {"table", "picture"}]
    return any(holds(box, piece[:4]) for box in boxes for piece in row.pieces)


def _figures(row: Row) -> Sequence[Field]:
    """What stands behind the label of *row*, if that is figures alone; else nothing."""
    label, *others = line_of(row).fields
    return [] if label.numeric or not all(field.numeric for field in others) else others


def _is_row_of(row: Row, last: LastTable) -> bool:
    """Whether *row* is a label where those of *last* begin, with figures below those of at least half its columns."""
    figures = _figures(row)
    near = [
        min(range(len(last.columns)), key=lambda at: abs(last.columns[at][1] - field.x1), default=0)
        for field in figures
    ]
    below = all(abs(last.columns[at][1] - field.x1) < row.size for at, field in zip(near, figures, strict=True))
    many = bool(near) and 2 * len(near) >= len(last.columns) and len(set(near)) == len(near)
    same = abs(row.size - last.size) < 0.12 * last.size and abs(row.x0 - last.left) < 3 * last.size
    return many and below and same
