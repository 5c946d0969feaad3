"""Tables where the layout model has found them: its columns, the rows and heads of the real lines."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Row
from rag.reading.pdf.blocks.region_flows import Flow, TableRun
from rag.reading.pdf.pages.raw_page import Region
from rag.reading.pdf.tables.heads.head_places import one_each
from rag.reading.pdf.tables.heads.table_heads import is_unit
from rag.reading.pdf.tables.heads.table_stacks import stacked
from rag.reading.pdf.tables.page_tables import Grid, grids
from rag.reading.pdf.tables.regions.region_edges import Strip
from rag.reading.pdf.tables.regions.region_heads import (
    Over,
    heads_among,
    named_above,
    over,
    stands_over_labels,
    ticked,
    with_heads_above,
)
from rag.reading.pdf.tables.regions.region_parts import parts_of
from rag.reading.pdf.tables.regions.table_regions import RegionLines, RegionRow, with_tall_labels
from rag.reading.pdf.tables.regions.tight_words import untied
from rag.reading.pdf.tables.rulings import cell_around
from rag.reading.pdf.tables.table_columns import Cellular, Slot
from rag.reading.pdf.tables.table_fields import Field, Line, is_number, line_of
from rag.reading.pdf.tables.table_levels import with_levels

_NOTE = re.compile(
    r"see (?:foot)?notes?\b|(?:sources?|notes?|exhibit reads|资料来源|資料來源|数据来源|注|註)\s*[:：.]", re.IGNORECASE
)

_AMOUNT = re.compile(r"\d[,，]\d{3}|\.\d")
_LED = re.compile(r"\.{4,}\s*\d{1,4}")
_PAGE = re.compile(r"\bpages?\b|页|頁", re.IGNORECASE)
_CONTENTS = re.compile(r"\bpages?\b|\bcontents\b|\bindex\b|页|頁|目\s*[录錄次]", re.IGNORECASE)
_PART = re.compile(r"(?:items?|part|chapter|section|article|note|appendix|schedule)\b", re.IGNORECASE)
_SHORTEST_CONTENTS, _SURE_CONTENTS = 5, 15  # lines


def all_grids(flow: Flow, typography: Typography, known: Sequence[Strip] = ()) -> list[Grid]:
    """The tables of *flow* from top to bottom: those the model has found, and where it has not looked, all others.

    *known* are the columns of a table that may go on in the first of them.
    """
    if not flow.seen:
        return grids(flow.rows, typography)
    flow = flow._replace(rows=untied(flow.rows)) if flow.tables else flow
    lines = [line_of(row) for row in flow.rows]
    found: list[Grid] = []
    free = 0
    for whole in flow.tables:
        if _is_line(flow.rows[whole.start : whole.stop]):
            continue
        found.extend(_missed(flow, free, whole.start, typography))
        free = found[-1].stop if found else free
        for at, run in enumerate(parts_of(flow.rows, whole, typography)):
            made = _grids(lines, free, run, typography, () if found else known)
            found.extend([one._replace(follows=True) for one in made] if at else made)
            free = made[-1].stop if made else free
    return found + _missed(flow, free, len(flow.rows), typography)


def _is_line(rows: Sequence[Row]) -> bool:
    """Whether *rows* are one run of words, which the model takes for a table since it stands over one."""
    return len(rows) == 1 and len(rows[0].pieces) == 1 and not is_number(rows[0].text)


def _missed(flow: Flow, start: int, stop: int, typography: Typography) -> list[Grid]:
    """The tables of rows *start* to *stop*, in which the model sees none; only sure ones where words are not traced."""
    here = grids(flow.rows[start:stop], typography)
    end = len(flow.rows) - start
    sure = here if flow.traced else [grid for grid in here if _is_sure(grid) or (grid.stop == end and _may_go_on(grid))]
    return [grid._replace(start=grid.start + start, stop=grid.stop + start) for grid in sure]


def _is_sure(grid: Grid) -> bool:
    """Whether the gaps alone show a table: labels with figures in several columns, and no words among them but below a
    unit. Charts side by side have the labels of the second among their figures.
    """
    rows = [row for row in grid.body if len(row) > 2 and row[0].column == 1]
    if not grid.unit:
        rows = [row for row in rows if all(field.numeric for slot in row[1:] for field in slot.fields)]
    return len(grid.columns) > 1 and len(rows) > 2 and 3 * len(rows) >= 2 * len(grid.body)


def _may_go_on(grid: Grid) -> bool:
    """Whether *grid*, below which its page has no more, is the beginning of a table that goes on over the page break: a
    name or a unit, a head for each column, and rows in which all of them have figures, none of which is in the label.
    """
    full = all(len(row) == len(grid.columns) + 1 and row[0].column == 1 for row in grid.body)
    heads = grid.header[-1] if grid.header else []
    if not (grid.title or grid.unit) or not full or len(heads) < len(grid.columns) or len(grid.columns) < 2:
        return False
    return not any(_AMOUNT.search(row[0].fields[0].text) for row in grid.body)


def _grids(
    lines: Sequence[Line], free: int, run: TableRun, typography: Typography, known: Sequence[Strip]
) -> list[Grid]:
    """The tables of a region: one, or several side by side; the lines around them that name them are theirs."""
    run = with_heads_above(lines, free, run)
    flow = [line.row for line in lines[run.start : run.stop]]
    inside = RegionLines(flow, run.region, known)
    start, stop = _without_prose(flow, inside)
    if start == stop:
        return []
    inside = inside.between(start, stop)
    heads, body = _heads_and_body(inside, run.region)
    first = run.start - run.named if run.named else named_above(lines, free, run.start, typography)
    above = [line.row for line in lines[first : run.start]] + flow[:start]
    names = over(above, [line for row in heads for line in row.lines], inside)
    rows = with_tall_labels(inside.joined(body), run.region)
    if _is_contents(rows, names):
        return []
    left, size = min(row.x0 for row in flow[start:stop]), flow[stop - 1].size
    parts = [
        _part(rows, names.heads, numbers, inside, run.region)
        for numbers in _side_by_side([*heads, *body], inside.count)
    ]
    end = run.start + stop
    named = Grid(first, end, names.title, names.unit, *parts[0], left, size)
    return [named, *(Grid(end, end, [], [], *part, left, size) for part in parts[1:])]


def _heads_and_body(inside: RegionLines, region: Region) -> tuple[list[RegionRow], list[RegionRow]]:
    """The rows that head a table, and the others; its first two columns are made one where they are."""
    rows = inside.rows()
    body = heads_among(rows)
    if stands_over_labels(rows[:body], rows[body:]):
        inside.join_first_columns()
        rows = inside.rows()
        body = heads_among(rows)
    for top, foot in region.tall:
        beside = [at for at, row in enumerate(rows) if top < row.middle < foot]
        if beside and beside[0] < body <= beside[-1]:  # no cell stands beside heads and rows
            first, last = (len(rows[at].cells.keys() - {1}) for at in (beside[0], beside[-1]))
            if beside[0] > ticked([row.row for row in rows]):
                body = beside[0]
            elif first < last:  # heads of several columns stand over those of one each
                body = beside[-1] + 1
    return rows[:body], rows[body:]


class _Part(NamedTuple):
    """A table among those that stand side by side: its heads, its rows, and where its columns of figures stand."""

    header: list[Cellular]
    body: list[Cellular]
    columns: list[tuple[float, float]]


def _part(
    rows: Sequence[RegionRow], heads: Sequence[Sequence[Field]], numbers: range, inside: RegionLines, region: Region
) -> _Part:
    """What of *rows* and *heads* stands in the columns *numbers*, the first of which is column 1 of the part."""
    rows = [row.only(numbers) for row in rows]
    own = [[field for field in fields if inside.column_of(field) in numbers] for fields in heads]
    columns = inside.columns(rows, ())
    if not (own and one_each(own[-1], columns)):
        columns = inside.columns(rows, [field for fields in own for field in fields])
    order = {column.number: at for at, column in enumerate(columns, 1)}
    columns = [column._replace(number=order[column.number]) for column in columns]
    return _Part(
        stacked([fields for fields in own if fields], columns, partial(cell_around, region)),
        with_levels([_slots(row, order) for row in rows if row.cells]),
        [(column.left, column.right) for column in columns[1:]],
    )


def _without_prose(flow: Sequence[Row], inside: RegionLines) -> tuple[int, int]:
    """From where to where *flow* is a table: what names it may stand above, and notes below."""
    start, stop = 0, len(flow)
    while start < stop and inside.crosses(flow[start]) and not is_unit(flow[start].text):
        start += 1
    last = stop
    while last > start and len(flow[last - 1].pieces) == 1:
        last -= 1
        text = flow[last].text
        if _NOTE.match(text) or (inside.crosses(flow[last]) and len(text) > 40):
            stop = last
    return start, stop


def _is_contents(rows: Sequence[RegionRow], names: Over) -> bool:
    """Whether the only figures of *rows*, behind words, are the numbers of pages, in their order; what stands over them
    says so, or their own names, or there are many. None of their heads, but the first, is of anything but pages.
    """
    if not all(_PAGE.search(field.text) for fields in names.heads for field in fields[1:]):
        return False
    led = sum(len(row.cells) == 1 and _LED.search(row.row.text) is not None for row in rows)
    if 2 * led > len(rows):
        return True
    entries = [list(row.cells.values()) for row in rows if len(row.cells) > 1]
    pages = [int(cells[-1].text) for cells in entries if cells[-1].text.isdecimal() and len(cells[-1].text) < 4]
    if len(pages) < _SHORTEST_CONTENTS or len(pages) < 0.8 * len(entries) or 2 * len(entries) < len(rows):
        return False
    if any(cell.numeric for cells in entries for cell in cells[1:-1]):
        return False
    parts = sum(_PART.match(cells[0].text) is not None for cells in entries)
    if parts < 3 and len(pages) < _SURE_CONTENTS and not any(map(_CONTENTS.search, names.texts)):
        return False
    named = sum(any(sum(map(str.isalpha, cell.text)) > 2 for cell in cells[:-1]) for cells in entries)
    ordered = sum(one <= other for one, other in pairwise(pages))
    return named == len(entries) and ordered >= 0.9 * (len(pages) - 1) and pages[0] < pages[-1]


def _side_by_side(rows: Sequence[RegionRow], count: int) -> list[range]:
    """The columns of each table, from 1: where all heads come again, another table stands beside the first."""
    whole = [range(1, count + 1)]
    first = next((row for row in rows if len(row.cells) > 1), None)
    if first is None or first.figures:
        return whole
    texts = [first.cells[column].text if column in first.cells else "" for column in range(1, count + 1)]
    for wide in range(2, count // 2 + 1):
        if count % wide == 0 and all(texts[:wide]) and texts == texts[:wide] * (count // wide):
            return [range(at, at + wide) for at in range(1, count + 1, wide)]
    return whole


def _slots(row: RegionRow, order: Mapping[int, int]) -> Cellular:
    return [Slot(order[column], (field,)) for column, field in sorted(row.cells.items())]
