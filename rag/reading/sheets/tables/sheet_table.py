"""What the lines of a table on a sheet are: title and unit, column heads, rows of data, and notes below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.records import Cell, Cells, Row, Span, Table, TableHead, cell_corners

_UNIT = re.compile(
    r"(?:^|\W|金额|货币|计量|数量)单位\s*[:：]|^\W*单位\b|金额单位|货币单位|币种\s*[:：]|^[（(]?\s*(?:人民币|港币|美元|新台币)?\s*[十百千万亿]*元\s*[）)]?$"
    r"|\b(?:in|expressed in)\s+(?:[A-Z]{3}\s+|[$€£¥]\s*|US\$?\s*)?(?:thousand|million|billion|hundred)s?\b"
    r"|\b(?:USD|EUR|GBP|RMB|CNY|HKD|JPY|US\$|\$|€|£|¥)\s*(?:in\s+)?(?:thousand|million|billion|mn|bn|m|k|'?000)s?\b"
    r"|^\W*(?:thousand|million|billion)s?\s+of\b|[$€£¥]\s*'?000|\bunits?\s*[:：]|\bcurrency\s*[:：]",
    re.IGNORECASE,
)
_TITLE_AND_UNIT = re.compile(
    r"(?s)(\S.{2,}?)\s*([(（\[【][^()（）\[\]【】]+[)）\]】]|(?:金额|货币)?单位\s*[:：].{1,12})"
)
_AMOUNT = re.compile(r"[-+(（]?\s*[$€£¥]?\s*(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*%?\s*[)）]?|[-–—]+")
_THOUSANDS = re.compile(r"[-(（]?[$€£¥]\s*'?000s?[)）]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTE = re.compile(r"\W*(?:注|备注|说明|资料来源|来源|数据来源|note|notes|source|sources)\b|\s*[*＊†]", re.IGNORECASE)
_UNITS = re.compile(r"\W*(?:(?:计量|数量|金额|货币)?单位|units?(?: of measure)?)\W*", re.IGNORECASE)
_FEWEST_SCATTERED, _MOST_BESIDE = 2, 3
_LONGEST_TITLE, _MOST_TITLES, _MOST_HEADS = 160, 5, 8


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one row that belong together, from left to right; *end* is the last row they reach down to."""

    row: int
    end: int
    cells: tuple[Cell, ...]


# ── A table ─────────────────────────────────────────────────────────────────────────────────────


def table_of(waiting: Sequence[Line], part: Sequence[Line]) -> Table:
    """A table of *part*, with the lines that stand above it, if any, as title and unit."""
    title: list[Span] = []
    unit: list[Span] = []
    start = 0
    while start < len(part) and _is_caption(part, start):
        start += 1
    for line in (*waiting, *part[:start]):
        for cell in line.cells:
            before = "\n" if cell is line.cells[0] else " "
            if tells_unit(cell):
                called, measure = _title_and_unit(cell.text)
                if called:
                    title.append(Span(called, cell.place, "title", before, 0, cell.column))
                unit.append(Span(measure, cell.place, "unit", before, 0, cell.column))
            else:
                title.append(Span(cell.text, cell.place, "title", before, 0, cell.column))
    notes = _scattered(part[start:])
    title += (
        Span(cell.text, cell.place, "title", "\n" if cell is line.cells[0] else " ", 0, cell.column)
        for line in part[start : start + notes]
        for cell in line.cells
    )
    start += notes
    heads = _heads(part[start:])
    header = tuple(line.cells for line in part[start : start + heads])
    return Table(TableHead(tuple(title), tuple(unit), header), _filled(part[start + heads :]))


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
                if bottom > line.row and not is_amount(cell):
                    reaching[cell.column] = (bottom, cell)
    return tuple(rows)


def without_notes(part: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """*part*, and the lines at its foot that tell something about it: those of one cell, from the first on that says it
    is a note.
    """
    start = len(part)
    while start > 2 and len(part[start - 1].cells) == 1 and not is_amount(part[start - 1].cells[0]):
        start -= 1
    first = next((at for at in range(start, len(part)) if _NOTE.match(part[at].cells[0].text)), len(part))
    return part[:first], part[first:]


def goes_on(last: Table, found: Table) -> bool:
    """Whether *found*, which has no heads of its own, stands under those of *last*."""
    if found.head != TableHead() or not last.head.header or not last.rows:
        return False
    heads = {column for row in last.head.header for cell in row for column in columns_of(cell)}
    heads.update(cell.column for row in last.rows[:20] for cell in row)
    return all(cell.column in heads for row in found.rows[:50] for cell in row)


def under(last: Table, found: Table) -> Table:
    """*found* with the lines of *last*, which has no rows, above its own."""
    head = TableHead(
        (*last.head.title, *found.head.title),
        (*last.head.unit, *found.head.unit),
        (*last.head.header, *found.head.header),
    )
    return Table(head, found.rows)


# ── Its lines ───────────────────────────────────────────────────────────────────────────────────


def is_loose(part: Sequence[Line]) -> bool:
    """Words one below the other, and no figures beside them, unless it is the unit that stands beside the last."""
    *above, last = part
    beside = bool(above) and len(last.cells) <= _MOST_BESIDE and tells_unit(last.cells[-1])
    if any(is_amount(cell) for line in part for cell in line.cells):
        return False
    return all(len(line.cells) == 1 for line in above) and (len(last.cells) == 1 or beside)


def is_title(waiting: Sequence[Line], part: Sequence[Line]) -> bool:
    """Whether the loose lines that stand *waiting* above the table of *part* are its title: near, few and short."""
    near = part[0].row - waiting[-1].end <= 3
    longest = max(len(line.cells[0].text.partition("\n")[0]) for line in waiting)
    short = len(waiting) <= _MOST_TITLES and longest <= (_LONGEST_TITLE if len(waiting) > 1 else 2 * _LONGEST_TITLE)
    return near and short and not any(_NOTE.match(line.cells[0].text) for line in waiting)


def stands_alone(line: Line) -> bool:
    """Whether it is one cell of words, and no note to what is above it."""
    return len(line.cells) == 1 and not is_amount(line.cells[0]) and not _NOTE.match(line.cells[0].text)


def _is_caption(part: Sequence[Line], at: int) -> bool:
    """Whether the line at *at* stands above the columns: one cell, or words of which one tells the unit."""
    if at >= min(_MOST_TITLES, len(part) - 1):
        return False
    cells = part[at].cells
    if any(is_amount(cell) for cell in cells):
        return False
    if len(cells) == 1:
        return len(part[at + 1].cells) > 1 or at + 2 < len(part) or len(columns_of(cells[0])) > 1
    if len(cells) > 3:
        return False
    return any(tells_unit(cell) for cell in cells[1:]) or (tells_unit(cells[0]) and _stands_over_heads(part, at))


def _stands_over_heads(part: Sequence[Line], at: int) -> bool:
    """Whether all columns have heads in the line below, so that those of the line at *at* are none."""
    line, below = part[at], part[at + 1]
    whole = below.cells[0].column == line.cells[0].column and len(below.cells) > len(line.cells)
    alone = line.end == line.row and all(len(columns_of(cell)) == 1 for cell in line.cells)
    return whole and alone and not _has_figures(below.cells)


def _scattered(lines: Sequence[Line]) -> int:
    """How many of the first *lines* are words here and there, with gaps, above the one line of words that stands over
    all columns of the figures below it.
    """
    leading = 0
    while leading < len(lines) and not _has_figures(lines[leading].cells):
        leading += 1
    if not _FEWEST_SCATTERED < leading <= _MOST_HEADS or leading == len(lines):
        return 0
    head, above, below = lines[leading - 1], lines[: leading - 1], lines[leading : leading + 50]
    names = {cell.text.strip() for cell in head.cells}
    plain = head.end == head.row and all(len(columns_of(cell)) == 1 for cell in head.cells)
    over_all = {cell.column for cell in head.cells} >= {cell.column for line in below[:1] for cell in line.cells}
    fewer = all(len(line.cells) < len(head.cells) for line in above)
    scattered = len({tuple(cell.column for cell in line.cells) for line in above}) == len(above)
    rows = len(below) > 1 and len(below[0].cells) == len(head.cells)
    if (
        _heads(lines) < leading
        and scattered
        and plain
        and over_all
        and fewer
        and rows
        and len(names) == len(head.cells) > _FEWEST_SCATTERED
    ):
        return leading - 1
    return 0


def _heads(lines: Sequence[Line]) -> int:
    """How many of the first *lines* are column heads: rows without figures, above rows that have some.

    A second row of heads is told from a first row of words by a gap above its row labels, by a head above it that
    spans columns, since it says that it tells the units, or since above the first figures only it
    stands over all columns of them.
    """
    leading = 0
    while leading < len(lines) and not _has_figures(lines[leading].cells):
        leading += 1
    if leading == 0 or len(lines) < 2 or len(lines[0].cells) < 2:
        return 0
    first_column = min(cell.column for line in lines[:50] for cell in line.cells)
    figures_below = leading < len(lines)
    figures = {cell.column for line in lines[leading : leading + 50] for cell in line.cells if is_amount(cell)}
    headed = {column for cell in lines[0].cells for column in columns_of(cell)}
    heads, reach = 1, lines[0].end
    while heads < min(leading, _MOST_HEADS, len(lines) - 1):
        above, line = lines[heads - 1], lines[heads]
        covered = line.row <= reach
        spans = any(len(columns_of(cell)) > 1 for cell in above.cells)
        unlabelled = figures_below and line.cells[0].column > first_column and len(line.cells) > 1
        units = figures_below and len(line.cells) > 1 and bool(_UNITS.fullmatch(line.cells[0].text.strip()))
        names = {column for cell in line.cells for column in columns_of(cell)}
        missing = heads == leading - 1 and not figures <= headed and figures <= names
        if not (covered or unlabelled or units or missing or (spans and len(line.cells) > 1)):
            break
        headed |= names
        heads += 1
        reach = max(reach, min(line.end, line.row + _MOST_HEADS))
    return heads


def _has_figures(cells: Row) -> bool:
    amounts = [cell for cell in cells if is_amount(cell)]
    if not amounts:
        return False
    return not all(is_year(cell) for cell in amounts)


# ── Its cells ───────────────────────────────────────────────────────────────────────────────────


def columns_of(cell: Cell) -> range:
    """The columns that *cell* stands over; of very many only the first."""
    place = cell.place
    if isinstance(place, Cells) and ":" in place.area:
        _, left, _, right = cell_corners(place.area)
        return range(left, min(right, left + 300) + 1)
    return range(cell.column, cell.column + 1)


def tells_unit(cell: Cell) -> bool:
    """Whether it says in which unit the figures of a table are."""
    return len(cell.text) <= 60 and bool(_UNIT.search(cell.text))


def _title_and_unit(text: str) -> tuple[str, str]:
    """The two parts of *text*, which tells a unit: what it says before the unit, empty where it says nothing else."""
    match = _TITLE_AND_UNIT.fullmatch(text.strip())
    if match is None or _UNIT.search(match[1]) or not _UNIT.search(match[2]):
        return "", text
    return match[1].strip(), match[2]


def is_amount(cell: Cell) -> bool:
    """Whether it holds a number, stored or written out, or the dash for none."""
    text = cell.text.strip()
    return cell.value is not None or (bool(_AMOUNT.fullmatch(text)) and not _THOUSANDS.fullmatch(text))


def is_year(cell: Cell) -> bool:
    """Whether it holds a year, which is a head as often as a number."""
    return bool(_YEAR.fullmatch(cell.text.strip()))
