"""The tables of a sheet: where they are, and which of their rows are title, unit, column heads and data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.records import Block, Cell, Cells, Row, Span, Table, TableHead, cell_corners, cell_name

_UNIT = re.compile(
    r"(?:^|\W|金额|货币|计量|数量)单位\s*[:：]|^\W*单位\b|金额单位|货币单位|币种\s*[:：]|^[（(]?\s*(?:人民币|港币|美元|新台币)?\s*[十百千万亿]*元\s*[）)]?$"
    r"|\b(?:in|expressed in)\s+(?:[A-Z]{3}\s+|[$€£¥]\s*|US\$?\s*)?(?:thousand|million|billion|hundred)s?\b"
    r"|\b(?:USD|EUR|GBP|RMB|CNY|HKD|JPY|US\$|\$|€|£|¥)\s*(?:in\s+)?(?:thousand|million|billion|mn|bn|m|k|'?000)s?\b"
    r"|^\W*(?:thousand|million|billion)s?\s+of\b|[$€£¥]\s*'?000|\bunits?\s*[:：]|\bcurrency\s*[:：]",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[-+(（]?\s*[$€£¥]?\s*(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*%?\s*[)）]?|[-–—]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTE = re.compile(r"\W*(?:注|备注|说明|资料来源|来源|数据来源|note|notes|source|sources)\b|\s*[*＊†]", re.IGNORECASE)
_LONGEST_TITLE, _MOST_TITLES, _MOST_HEADS = 160, 5, 8


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one row that belong together, from left to right; *end* is the last row they reach down to."""

    row: int
    end: int
    cells: tuple[Cell, ...]


Spread = Mapping[tuple[int, int], tuple[int, int, int, int]]


def blocks_of(sheet: str, rows: Sequence[tuple[int, Row]], merged: Sequence[tuple[int, int, int, int]]) -> list[Block]:
    """Tables and loose text of a sheet in reading order; every cell of *rows* is in exactly one place.

    *rows* are numbered and in order. A cell at the corner of a *merged* area takes the whole area as its place, and
    where it is the label of several rows, it stands in each of them.
    """
    spread = {(top, left): (top, left, bottom, right) for top, left, bottom, right in merged}
    lines = [_line(sheet, row, cells, spread) for row, cells in rows if cells]
    blocks: list[Block] = []
    waiting: list[Line] = []
    last: Table | None = None
    for part in _parts(lines):
        if _is_loose(part):
            blocks.extend(_spans(waiting))
            waiting = list(part)
            continue
        if waiting and not _is_title(waiting, part):
            blocks.extend(_spans(waiting))
            waiting = []
            last = None
        body, notes = _without_notes(part)
        found = _table(waiting, body)
        if last and blocks and blocks[-1] is last and not waiting and _goes_on(last, found):
            found = Table(last.head, (*last.rows, *found.rows))
            blocks.pop()
        elif last and blocks and blocks[-1] is last and not last.rows and not waiting:
            found = _under(last, found)
            blocks.pop()
        blocks.append(found)
        blocks.extend(_spans(notes))
        last = found
        waiting = []
    blocks.extend(_spans(waiting))
    return blocks


def _line(sheet: str, row: int, cells: Row, spread: Spread) -> Line:
    if not spread:
        return Line(row, row, cells)
    end = row
    placed = list(cells)
    for index, cell in enumerate(cells):
        area = spread.get((row, cell.column))
        if area is not None:
            top, left, bottom, right = area
            place = Cells(sheet, f"{cell_name(top, left)}:{cell_name(bottom, right)}")
            placed[index] = replace(cell, place=place, over=max(1, right - left + 1))
            end = max(end, bottom)
    return Line(row, end, tuple(placed))


def _filled(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The rows of *lines*, each with the labels that reach down to it from a cell merged over several rows."""
    rows: list[Row] = []
    reaching: dict[int, tuple[int, Cell]] = {}
    for line in lines:
        cells = line.cells
        reaching = {column: (end, label) for column, (end, label) in reaching.items() if end >= line.row}
        missing = [label for column, (_, label) in reaching.items() if all(cell.column != column for cell in cells)]
        rows.append(tuple(sorted((*cells, *missing), key=lambda cell: cell.column)) if missing else cells)
        if line.end > line.row:
            for cell in cells:
                bottom = cell_corners(cell.place.area)[2] if isinstance(cell.place, Cells) else line.row
                if bottom > line.row and not _is_amount(cell):
                    reaching[cell.column] = (bottom, cell)
    return tuple(rows)


# ── Where tables are ────────────────────────────────────────────────────────────────────────────


def _parts(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Blocks apart by empty rows, and by empty columns where tables stand side by side."""
    for band in _bands(lines):
        sides = list(_sides(band))
        if len(sides) == 1:
            yield band
            continue
        for side in sides:
            yield from _bands(side)


def _bands(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    start, reach = 0, 0
    for index, line in enumerate(lines):
        if index > start and line.row > reach + 1:
            yield lines[start:index]
            start = index
        reach = max(reach, line.end)
    if lines:
        yield lines[start:]


def _sides(band: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """*band* apart at empty columns, where what stands to the right has row labels of its own."""
    taken: set[int] = set()
    starts = []
    for line in band:
        if len(line.cells) > 1:
            for cell in line.cells:
                taken.update(_columns(cell))
    columns = sorted(taken)
    for left, right in pairwise(columns):
        if right > left + 1 and _has_labels(band, right, left):
            starts.append(right)
    if not starts:
        yield band
        return
    edges = [0, *starts, 1 << 20]
    for first, beyond in pairwise(edges):
        side = [
            Line(line.row, line.end, cells)
            for line in band
            if (cells := tuple(cell for cell in line.cells if first <= cell.column < beyond))
        ]
        if side:
            yield side


def _has_labels(band: Sequence[Line], column: int, before: int) -> bool:
    """Whether *column* begins another table: mostly words, with more to their right, and a table up to *before*."""
    labels = words = followed = wide = 0
    for line in band[:200]:
        here = [cell for cell in line.cells if cell.column >= column]
        if here and here[0].column == column and len(line.cells) > 1:
            labels += 1
            words += not _is_amount(here[0]) and not _is_year(here[0])
            followed += len(here) > 1
        wide += sum(cell.column <= before for cell in line.cells) > 1
    return labels >= 2 and words >= 0.7 * labels and followed >= 0.6 * labels and wide >= 2


def _columns(cell: Cell) -> range:
    place = cell.place
    if isinstance(place, Cells) and ":" in place.area:
        _, left, _, right = cell_corners(place.area)
        return range(left, min(right, left + 300) + 1)
    return range(cell.column, cell.column + 1)


# ── What a table is made of ─────────────────────────────────────────────────────────────────────


def _is_loose(part: Sequence[Line]) -> bool:
    """Words one below the other, and no figures beside them."""
    return all(len(line.cells) == 1 and not _is_amount(line.cells[0]) for line in part)


def _is_title(waiting: Sequence[Line], part: Sequence[Line]) -> bool:
    near = part[0].row - waiting[-1].end <= 3
    longest = max(len(line.cells[0].text.partition("\n")[0]) for line in waiting)
    short = len(waiting) <= _MOST_TITLES and longest <= (_LONGEST_TITLE if len(waiting) > 1 else 2 * _LONGEST_TITLE)
    return near and short and not any(_NOTE.match(line.cells[0].text) for line in waiting)


def _without_notes(part: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """*part*, and the lines at its foot that tell something about it: those of one cell, from the first on that says it
    is a note.
    """
    start = len(part)
    while start > 2 and len(part[start - 1].cells) == 1 and not _is_amount(part[start - 1].cells[0]):
        start -= 1
    first = next((at for at in range(start, len(part)) if _NOTE.match(part[at].cells[0].text)), len(part))
    return part[:first], part[first:]


def _table(waiting: Sequence[Line], part: Sequence[Line]) -> Table:
    """A table of *part*, with the lines that stand above it, if any, as title and unit."""
    title: list[Span] = []
    unit: list[Span] = []
    start = 0
    while start < len(part) and _is_caption(part, start):
        start += 1
    for line in (*waiting, *part[:start]):
        for cell in line.cells:
            before = "\n" if cell is line.cells[0] else " "
            if _tells_unit(cell):
                unit.append(Span(cell.text, cell.place, "unit", before, 0, cell.column))
            else:
                title.append(Span(cell.text, cell.place, "title", before, 0, cell.column))
    heads = _heads(part[start:])
    header = tuple(line.cells for line in part[start : start + heads])
    return Table(TableHead(tuple(title), tuple(unit), header), _filled(part[start + heads :]))


def _is_caption(part: Sequence[Line], at: int) -> bool:
    """Whether the line at *at* stands above the columns: one cell, or words of which one tells the unit."""
    if at >= min(_MOST_TITLES, len(part) - 1):
        return False
    cells = part[at].cells
    if any(_is_amount(cell) for cell in cells):
        return False
    if len(cells) == 1:
        return len(part[at + 1].cells) > 1 or at + 2 < len(part) or len(_columns(cells[0])) > 1
    if len(cells) > 3:
        return False
    return any(_tells_unit(cell) for cell in cells[1:]) or (_tells_unit(cells[0]) and _stands_over_heads(part, at))


def _stands_over_heads(part: Sequence[Line], at: int) -> bool:
    """Whether all columns have heads in the line below, so that those of the line at *at* are none."""
    line, below = part[at], part[at + 1]
    whole = below.cells[0].column == line.cells[0].column and len(below.cells) > len(line.cells)
    alone = line.end == line.row and all(len(_columns(cell)) == 1 for cell in line.cells)
    return whole and alone and not _has_figures(below.cells)


def _heads(lines: Sequence[Line]) -> int:
    """How many of the first *lines* are column heads: rows without figures, above rows that have some.

    A second row of heads is told from a first row of words by a gap above its row labels, or by a head above it that
    spans columns.
    """
    leading = 0
    while leading < len(lines) and not _has_figures(lines[leading].cells):
        leading += 1
    if leading == 0 or len(lines) < 2 or len(lines[0].cells) < 2:
        return 0
    first_column = min(cell.column for line in lines[:50] for cell in line.cells)
    figures_below = leading < len(lines)
    heads, reach = 1, lines[0].end
    while heads < min(leading, _MOST_HEADS, len(lines) - 1):
        above, line = lines[heads - 1], lines[heads]
        covered = line.row <= reach
        spans = any(len(_columns(cell)) > 1 for cell in above.cells)
        unlabelled = figures_below and line.cells[0].column > first_column and len(line.cells) > 1
        if not (covered or unlabelled or (spans and len(line.cells) > 1)):
            break
        heads += 1
        reach = max(reach, min(line.end, line.row + _MOST_HEADS))
    return heads


def _has_figures(cells: Row) -> bool:
    amounts = [cell for cell in cells if _is_amount(cell)]
    if not amounts:
        return False
    return not all(_is_year(cell) for cell in amounts)


def _tells_unit(cell: Cell) -> bool:
    return len(cell.text) <= 60 and bool(_UNIT.search(cell.text))


def _is_amount(cell: Cell) -> bool:
    return cell.value is not None or bool(_AMOUNT.fullmatch(cell.text.strip()))


def _is_year(cell: Cell) -> bool:
    return bool(_YEAR.fullmatch(cell.text.strip()))


def _goes_on(last: Table, found: Table) -> bool:
    """Whether *found*, which has no heads of its own, stands under those of *last*."""
    if found.head != TableHead() or not last.head.header or not last.rows:
        return False
    heads = {column for row in last.head.header for cell in row for column in _columns(cell)}
    heads.update(cell.column for row in last.rows[:20] for cell in row)
    return all(cell.column in heads for row in found.rows[:50] for cell in row)


def _under(last: Table, found: Table) -> Table:
    """*found* with the lines of *last*, which has no rows, above its own."""
    head = TableHead(
        (*last.head.title, *found.head.title),
        (*last.head.unit, *found.head.unit),
        (*last.head.header, *found.head.header),
    )
    return Table(head, found.rows)


def _spans(lines: Sequence[Line]) -> Iterator[Span]:
    for line in lines:
        cell = line.cells[0]
        yield Span(cell.text, cell.place, "text", "\n", 0, cell.column)
