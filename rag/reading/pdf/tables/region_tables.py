"""Tables where the layout model has found them: its columns, the rows and heads of the real lines."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from rag.reading.pdf.blocks.headings import Typography, is_numbered
from rag.reading.pdf.blocks.layout import Row
from rag.reading.pdf.blocks.region_flows import Flow, TableRun
from rag.reading.pdf.tables.page_tables import Grid, grids
from rag.reading.pdf.tables.region_edges import Strip
from rag.reading.pdf.tables.region_parts import names_labels, parts_of
from rag.reading.pdf.tables.rulings import cell_around
from rag.reading.pdf.tables.table_columns import Cellular, Slot
from rag.reading.pdf.tables.table_fields import Field, Line, line_of
from rag.reading.pdf.tables.table_heads import (
    announced_from,
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
from rag.reading.pdf.tables.table_levels import with_levels
from rag.reading.pdf.tables.table_regions import RegionLines, RegionRow
from rag.reading.pdf.tables.table_stacks import stacked

_NOTE = re.compile(
    r"see (?:foot)?notes?\b|(?:sources?|notes?|exhibit reads|资料来源|資料來源|数据来源|注|註)\s*[:：.]", re.IGNORECASE
)

_NOTES = re.compile(r"notes?\.?", re.IGNORECASE)
_LED = re.compile(r"\.{4,}\s*\d{1,4}")
_PAGE = re.compile(r"\bpages?\b|页|頁", re.IGNORECASE)
_CONTENTS = re.compile(r"\bpages?\b|\bcontents\b|\bindex\b|页|頁|目\s*[录錄次]", re.IGNORECASE)
_PART = re.compile(r"(?:items?|part|chapter|section|article|note|appendix|schedule)\b", re.IGNORECASE)
_SHORTEST_CONTENTS, _SURE_CONTENTS = 5, 15  # lines
_LONGEST_HEAD = 120  # characters of a line of heads that the model leaves out
_FARTHEST = 6.0  # sizes of type between a table and what names it, if it is sure to


def all_grids(flow: Flow, typography: Typography, known: Sequence[Strip] = ()) -> list[Grid]:
    """The tables of *flow* from top to bottom: those the model has found, and where it has not looked, all others.

    *known* are the columns of a table that may go on in the first of them.
    """
    if not flow.seen:
        return grids(flow.rows, typography)
    lines = [line_of(row) for row in flow.rows]
    found: list[Grid] = []
    free = 0
    for whole in flow.tables:
        found.extend(_missed(flow, free, whole.start, typography))
        free = found[-1].stop if found else free
        for at, run in enumerate(parts_of(flow.rows, whole, typography)):
            made = _grids(lines, free, run, typography, () if found else known)
            found.extend([one._replace(follows=True) for one in made] if at else made)
            free = made[-1].stop if made else free
    return found + _missed(flow, free, len(flow.rows), typography)


def _missed(flow: Flow, start: int, stop: int, typography: Typography) -> list[Grid]:
    """The tables of rows *start* to *stop*, in which the model sees none; only sure ones where words are not traced."""
    here = grids(flow.rows[start:stop], typography)
    sure = here if flow.traced else [grid for grid in here if _is_sure(grid)]
    return [grid._replace(start=grid.start + start, stop=grid.stop + start) for grid in sure]


def _is_sure(grid: Grid) -> bool:
    """Whether the gaps alone show a table: labels with figures in several columns, and no words among them but below a
    unit. Charts side by side have the labels of the second among their figures.
    """
    rows = [row for row in grid.body if len(row) > 2 and row[0].column == 1]
    if not grid.unit:
        rows = [row for row in rows if all(field.numeric for slot in row[1:] for field in slot.fields)]
    return len(grid.columns) > 1 and len(rows) > 2 and 3 * len(rows) >= 2 * len(grid.body)


def _grids(
    lines: Sequence[Line], free: int, run: TableRun, typography: Typography, known: Sequence[Strip]
) -> list[Grid]:
    """The tables of a region: one, or several side by side; the lines around them that name them are theirs."""
    run = _with_heads(lines, free, run)
    flow = [line.row for line in lines[run.start : run.stop]]
    inside = RegionLines(flow, run.region, known)
    start, stop = _without_prose(flow, inside)
    if start == stop:
        return []
    inside = inside.between(start, stop)
    rows = inside.rows()
    body = _body(rows)
    if _stands_over_labels(rows[:body], rows[body:]):
        inside.join_first_columns()
        rows = inside.rows()
        body = _body(rows)
    first = _first(lines, free, run.start, typography)
    above = [line.row for line in lines[first : run.start]] + flow[:start]
    title = [row for row in above if not is_unit(row.text)]
    unit = [row for row in above if is_unit(row.text)]
    heads: list[Sequence[Field]] = []
    top = [line for row in rows[:body] for line in row.lines]
    named = _named(top)
    title.extend(top[:named])
    for line in top[named:]:
        fields = inside.fields(line)
        makers = [field for field in fields if is_maker(field.text)]
        if makers:
            title.append(row_of(makers, line))
            fields = [field for field in fields if field not in makers]
            if not fields:
                continue
        whole = row_of(fields, line) if makers else line
        aside, rest = parted(Line(whole, fields, [field for field in fields if field.numeric], years=True))
        if aside is not None:
            unit.append(aside)
        if rest is not None:
            heads.append(rest.fields)
    under = inside.joined(rows[body:])
    over = [*(row.text for row in title), *(field.text for fields in heads for field in fields)]
    if _is_contents(under, over) and all(_PAGE.search(field.text) for fields in heads for field in fields[1:]):
        return []
    found: list[Grid] = []
    for numbers in _side_by_side(rows, inside.count):
        part = [row.only(numbers) for row in under]
        columns = inside.columns(part, [field for fields in heads for field in fields])
        columns = [column for column in columns if column.number in numbers]
        order = {column.number: at for at, column in enumerate(columns, 1)}
        columns = [column._replace(number=order[column.number]) for column in columns]
        own = [[field for field in fields if inside.column_of(field) in numbers] for fields in heads]
        found.append(
            Grid(
                first if not found else run.start + stop,
                run.start + stop,
                title if not found else [],
                unit if not found else [],
                stacked([fields for fields in own if fields], columns, partial(cell_around, run.region)),
                with_levels([_slots(row, order) for row in part if row.cells]),
                [(column.left, column.right) for column in columns[1:]],
                min(row.x0 for row in flow[start:stop]),
                flow[stop - 1].size,
            )
        )
    return found


def _with_heads(lines: Sequence[Line], free: int, run: TableRun) -> TableRun:
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
    return run if not over or centred or other else run._replace(start=at)


def _first(lines: Sequence[Line], free: int, start: int, typography: Typography) -> int:
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


def _body(rows: Sequence[RegionRow]) -> int:
    """How many of *rows* are heads."""
    body = next((at for at, row in enumerate(rows) if row.figures), len(rows))
    labelled = [at for at, row in enumerate(rows[:body]) if _may_be_body(row)]
    if labelled and labelled[0] == 0:
        del labelled[0]  # it heads the labels
    if body == len(rows) or len(labelled) > 2 or (labelled and rows[0].row.bold and not rows[labelled[0]].row.bold):
        body = labelled[0] if labelled else min(1, len(rows) - 1)
    if all(list(row.cells) == [1] for row in rows[:body]):
        return int(is_unit(rows[0].row.text))  # rows whose cells are all empty, or a section
    while body and _is_section(rows[body - 1]) and any(len(row.cells) > 1 for row in rows[: body - 1]):
        body -= 1
    return body


def _stands_over_labels(heads: Sequence[RegionRow], rows: Sequence[RegionRow]) -> bool:
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


def _may_be_body(row: RegionRow) -> bool:
    return 1 in row.cells and len(row.cells) > 1 and not row.years and not is_unit(row.cells[1].text)


def _is_contents(rows: Sequence[RegionRow], over: Sequence[str]) -> bool:
    """Whether the only figures of *rows*, behind words, are the numbers of pages, in their order; what stands *over*
    them says so, or their names, or there are many.
    """
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
    if parts < 3 and len(pages) < _SURE_CONTENTS and not any(map(_CONTENTS.search, over)):
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


def _is_section(row: RegionRow) -> bool:
    return list(row.cells) == [1] and not is_unit(row.row.text)


def _slots(row: RegionRow, order: Mapping[int, int]) -> Cellular:
    return [Slot(order[column], (field,)) for column, field in sorted(row.cells.items())]
