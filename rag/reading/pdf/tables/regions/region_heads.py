"""What stands over the rows of a table that the layout model has found: title, unit and heads of columns."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rag.reading.pdf.blocks.headings import Typography, is_numbered
from rag.reading.pdf.blocks.layout import Row
from rag.reading.pdf.blocks.region_flows import TableRun
from rag.reading.pdf.tables.heads.name_lines import is_ticked, says_aside, without_ticks
from rag.reading.pdf.tables.heads.table_heads import (
    announced_from,
    counts_some,
    ends_prose,
    holds_boxes,
    is_maker,
    is_period,
    is_unit,
    named_from,
    names_statement,
    parted,
    row_of,
)
from rag.reading.pdf.tables.regions.region_parts import names_labels
from rag.reading.pdf.tables.regions.table_regions import RegionLines, RegionRow
from rag.reading.pdf.tables.table_fields import Field, Line

_NOTES = re.compile(r"notes?\.?", re.IGNORECASE)
_CODE = re.compile(r"\d[\dxX]{2,7}")
_LONGEST_HEAD = 120  # characters of a line of heads that the model leaves out
_LARGER = 1.15  # times as large as the type of heads is that of a name
_FARTHEST = 6.0  # sizes of type between a table and what names it, if it is sure to


class Over(NamedTuple):
    """What stands over the rows of a table; *heads* are the fields of each line of heads, from top to bottom."""

    title: list[Row]
    unit: list[Row]
    heads: list[list[Field]]

    @property
    def fields(self) -> list[Field]:
        """Those of all lines of heads."""
        return [field for fields in self.heads for field in fields]

    @property
    def texts(self) -> list[str]:
        """What title and heads say."""
        return [*(row.text for row in self.title), *(field.text for field in self.fields)]


def over(above: Sequence[Row], top: Sequence[Row], inside: RegionLines) -> Over:
    """What the lines *above* a table say, and those at its *top*, which are *inside* it and hold no figures."""
    title = [row for row in above if not is_unit(row.text)]
    unit = [row for row in above if is_unit(row.text)]
    heads: list[list[Field]] = []
    named = _named(top) or int(not title and _is_name(top, inside))
    title.extend(top[:named])
    for row in top[named:]:
        asides, line = _without_asides(row, inside.fields(row))
        title.extend(asides)
        if line is None:
            continue
        own = counts_some([field for field in line.fields if inside.column_of(field) > 1])
        aside, rest = (None, line) if own else parted(line)
        if aside is not None:
            unit.append(aside)
        if rest is not None:
            heads.append(rest.fields)
    return Over(title, unit, heads)


def _without_asides(row: Row, fields: Sequence[Field]) -> tuple[list[Row], Line | None]:
    """What of *fields*, those of *row*, heads no column: boxes that are ticked, and who made the table, with the period
    that is told beside it; and a line of the others, if there are any.
    """
    makers = [field for field in fields if is_maker(field.text)]
    periods = [field for field in fields if field not in makers and is_period(field.text)] if makers else []
    ticks = [field for field in fields if is_ticked(field.text)]
    others = [field for field in fields if not any(field in some for some in (makers, periods, ticks))]
    asides = [row_of(some, row) for some in (makers, periods, ticks) if some]
    if asides and not others:
        return asides, None
    rest = row_of(others, row) if asides else row
    return asides, Line(rest, others, [field for field in others if field.numeric], years=True)


def with_heads_above(lines: Sequence[Line], free: int, run: TableRun) -> TableRun:
    """*run* with the line right above it, if that stands over some of its columns, and neither over the labels nor in
    the middle of the table: the model leaves out heads of several columns.
    """
    at = run.start - 1
    if at < free or not run.region.columns:
        return run
    row, below = lines[at].row, lines[run.start].row
    first, (left, _, right, _) = min(run.region.columns), run.region.box
    over = row.x0 > first and row.x1 < right + row.size and -row.size < below.y0 - row.y1 < 0.5 * row.size
    middles = [(left + right) / 2, (first + right) / 2]
    centred = len(row.pieces) == 1 and any(abs((row.x0 + row.x1) / 2 - middle) < 3 * row.size for middle in middles)
    other = lines[at].data or is_unit(row.text) or ends_prose(row.text) or is_numbered(row.text)
    other = other or len(row.text) > _LONGEST_HEAD
    return run if not over or centred or other or run.named else run._replace(start=at)


def named_above(lines: Sequence[Line], free: int, start: int, typography: Typography) -> int:
    """The first of the rows above row *start* that name the table; the name of a statement may stand far above it."""
    first = named_from(lines, free, start, typography)
    if first < start:
        return first
    announced = announced_from(lines, free, start, typography, _FARTHEST)
    if announced is not None:
        return announced
    for at in range(start - 1, max(free, start - 3) - 1, -1):
        row, under = lines[at].row, lines[at + 1].row
        if len(row.text) > 100 or under.y0 - row.y1 > _FARTHEST * row.size or lines[at].data or holds_boxes(row.text):
            break
        if names_statement(row.text) and not typography.is_running(row):
            return at
    return start


def _named(heads: Sequence[Row]) -> int:
    """How many of the *heads* of a table are its name: it may stand in line with that of the company."""
    named = 0
    for at, row in enumerate(heads[:-1], 1):
        texts = [piece.text for piece in row.pieces]
        if all(len(text) == 1 for text in texts):
            texts = ["".join(texts)]  # set apart: 合 併 損 益 表
        if len(texts) > 2 and 2 * len(max(texts, key=len)) < len(row.text):
            break
        if any(map(names_statement, texts)):
            named = at
    return named


def _is_name(heads: Sequence[Row], inside: RegionLines) -> bool:
    """Whether the first of *heads* names the table: it is alone in bold over the labels or in the middle of the table,
    or there in larger type than all others, and no date or company.
    """
    if not heads or is_unit(heads[0].text) or says_aside(heads[0].text):
        return False
    first, *others = heads
    larger = others and first.size > _LARGER * max(row.size for row in others)
    if larger and len(first.pieces) == 1 and inside.is_in_middle(first) and not is_period(first.text):
        return True
    if not first.bold:
        return False
    styled = not any(row.bold for row in others) and any(len(row.pieces) > 1 for row in others)
    placed = inside.starts(first) or (inside.is_in_middle(first) and not is_period(first.text))
    return styled and len(inside.fields(first)) == 1 and placed


def heads_among(rows: Sequence[RegionRow]) -> int:
    """How many of *rows* are heads, with lines above them that only have boxes to tick."""
    aside = ticked([row.row for row in rows])
    if 0 < aside < len(rows):
        return aside + heads_among(rows[aside:])
    body = next((at for at, row in enumerate(rows) if row.figures), len(rows))
    labelled = [at for at, row in enumerate(rows[:body]) if _may_be_body(row)]
    first = _first_full(rows)
    if labelled and labelled[0] == first:
        del labelled[0]  # it heads the labels
    if body == len(rows) or len(labelled) > 2 or (labelled and rows[first].row.bold and not rows[labelled[0]].row.bold):
        body = labelled[0] if labelled else min(1, len(rows) - 1)
    if all(list(row.cells) == [1] for row in rows[:body]):
        return int(is_unit(rows[0].row.text))  # rows whose cells are all empty, or a section
    while body and any(len(row.cells) > 1 for row in rows[: body - 1]) and _is_section(rows[body - 1], rows[body:]):
        body -= 1
    return body


def ticked(rows: Sequence[Row]) -> int:
    """How many of the first of *rows* say by boxes that are ticked whether the table applies, and no more than a unit
    beside: ``√适用 □不适用``.
    """
    return next((at for at, row in enumerate(rows) if not _only_ticked(row.text)), len(rows))


def _only_ticked(text: str) -> bool:
    rest = without_ticks(text)
    return holds_boxes(text) and (not rest or is_unit(rest))


def _first_full(rows: Sequence[RegionRow]) -> int:
    """The first of *rows*, or the second below a lone name or head that does not stand over the labels, if that one has
    as many cells as any.
    """
    lone = len(rows) > 1 and len(rows[0].cells) == 1 and 1 not in rows[0].cells
    return int(lone and len(rows[1].cells) == max(len(row.cells) for row in rows))


def _may_be_body(row: RegionRow) -> bool:
    return 1 in row.cells and len(row.cells) > 1 and not row.years and not is_unit(row.cells[1].text)


def _is_section(row: RegionRow, below: Sequence[RegionRow]) -> bool:
    """Whether *row* names the rows *below* it: a label, or labels beside each other that others among them are like."""
    if is_unit(row.row.text) or 1 not in row.cells:
        return False
    figures = [column for one in below for column, field in one.cells.items() if column > 1 and field.numeric]
    if list(row.cells) == [1, 2] and min(figures, default=0) > 2 and _is_coded(row, below):
        return True
    if list(row.cells) == [1] or max(row.cells) >= min(figures, default=0):
        return list(row.cells) == [1]
    return any(list(one.cells) == list(row.cells) and one.row.bold and row.row.bold for one in below)


def _is_coded(row: RegionRow, below: Sequence[RegionRow]) -> bool:
    """Whether *row* begins with the code of an account, as most of those *below* it do."""
    codes = [1 in one.cells and _CODE.fullmatch(one.cells[1].text) is not None for one in (row, *below)]
    return codes[0] and 2 * sum(codes) > len(codes)


def stands_over_labels(heads: Sequence[RegionRow], rows: Sequence[RegionRow]) -> bool:
    """Whether the one head of the second column, which is empty in all *rows*, heads the labels of the first: those are
    set to the left, and their head elsewhere. The third column has heads of its own.
    """
    over = [row.cells[2] for row in heads if 2 in row.cells]
    labels = [row.cells[1] for row in rows if 1 in row.cells]
    after = [row.cells[3] for row in rows if 3 in row.cells]
    if len(over) != 1 or not labels or not after or any(1 in row.cells for row in heads):
        return False
    if any(2 in row.cells for row in rows) or not any(3 in row.cells for row in heads):
        return False
    (head,) = over
    return names_labels(head.text) or not (is_period(head.text) or _NOTES.fullmatch(head.text))
