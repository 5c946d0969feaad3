"""Tables found by their gaps: rows that follow each other and hold numbers in aligned columns, with the lines that head them.

Pure geometry, no ruling lines and no model. What is not clearly a table stays text.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rag.reading.headings import Typography
from rag.reading.layout import Piece, Row, is_cjk

_MOST_FIELDS = 40
_NUMBER = re.compile(
    r"""
    [-–—−+~<>≈]?\s*\(?\s*[-–−+]?\s*(?:(?:US|HK|NT|[RAC])?[$€£¥￥]|RMB)?\s*\(?\s*[-–−]?\s*
    (?:\d[\d,，]*(?:\.\d+)?|\.\d+)
    \s*(?:[%％]|[xX]|bps?|pts?|倍|元|[万萬億亿百千]+元?|个百分点|個百分點)?\s*\)?\s*[%％]?\s*\)?
    (?:\s*[*†‡]|\s*\(\d\)|\s*\([a-z]\))*
    | (?:[$€£¥￥]\s*)?[-–—−]+\s*[%％]?\s*\)? | N/?A | NM | n/?m | N\.M\. | 不适用 | 不適用
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"(?:FY\s*)?(?:19|20)\d\d(?:\s*[*†‡]|\s*\(\d\)|\s*\([a-z]\))*")
_CURRENCY = re.compile(r"\(?(?:(?:US|HK|NT|[RAC])?[$€£¥￥]|RMB)\s*\(?")
_TAIL = re.compile(r"[)%％]+|bps?|pts?")
_PERIOD = re.compile(
    r"(?:19|20)\d\d|\b(?:ended|ending|months|quarter|year|fiscal|january|february|march|april|june|july|august|september"
    r"|october|november|december|change|total|amount|percent|increase|as of|Q[1-4])\b|[%％]"
    r"|本期|上期|期末|期初|年度|本年|上年|余额|發生額|发生额|金额|金額|合计|合計|比例|增减|增減|附注|附註",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\(?[^.。]{0,30}\b(?:in|of)\s+(?:[$€£¥]\s*)?(?:U\.?S\.?\s+|US)?(?:dollars?\s+|[$€£¥]\s*)?(?:in\s+)?"
    r"(?:millions|thousands|billions|dollars)\b.{0,120}"
    r"|\(?(?:dollars|amounts|shares|tabular).{0,20}\bin\b.{0,100}|[(（]?(?:金额)?[单單]位[:：].*|.*(?:币种|幣別)[:：].*",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"statements?\b|balance sheets?|schedule|table\b|summary|reconciliation|表[）)]?$|表（|情况$", re.IGNORECASE
)
_BOXES = re.compile("[□√☑☒]")
_MARKED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、．.]")
_UNFINISHED = re.compile(r"[的、，（和与與及或]$|[（(][^）)]*$")
_ENDS_PROSE = re.compile(r"[.;。；，,]$")


class Field(NamedTuple):
    """What stands in one place of a row: a label, or a number with its currency sign."""

    x0: float
    x1: float
    text: str
    pieces: tuple[Piece, ...]
    numeric: bool


Cellular = list[tuple[int, tuple[Field, ...]]]  # column from 1, and what stands there


class Grid(NamedTuple):
    """A table of a flow: it takes rows *start* to *stop*, its heads among them."""

    start: int
    stop: int
    title: list[Row]
    unit: list[Row]
    header: list[Cellular]
    body: list[Cellular]


class _Line(NamedTuple):
    """A row with what it means for a table."""

    row: Row
    fields: list[Field]
    numbers: list[Field]
    years: bool

    @property
    def data(self) -> bool:
        return bool(self.numbers) and not self.years


def grids(flow: Sequence[Row], typography: Typography) -> list[Grid]:
    """The tables among the rows of *flow*, from top to bottom; they share no row."""
    if sum(len(row.pieces) > 1 for row in flow) < 2:
        return []
    lines = [_line(row) for row in flow]
    found: list[Grid] = []
    free, at = 0, 0
    while at < len(lines):
        if lines[at].data:
            stop = _end(lines, at)
            if _is_table(lines[at:stop]):
                grid = _grid(lines, free, at, stop, typography)
                found.append(grid)
                free = at = grid.stop
                continue
            at = stop
            continue
        at += 1
    return found


def _line(row: Row) -> _Line:
    pieces = row.pieces
    if len(pieces) == 1 or len(pieces) > _MOST_FIELDS:
        return _Line(row, [Field(row.x0, row.x1, row.text, tuple(pieces), numeric=False)], [], years=False)
    fields: list[Field] = []
    for piece in pieces:
        numeric = len(piece.text) <= 40 and _NUMBER.fullmatch(piece.text) is not None
        last = fields[-1] if fields else None
        if last and numeric and _CURRENCY.fullmatch(last.text):
            fields[-1] = _together(last, piece)
        elif last and last.numeric and _TAIL.fullmatch(piece.text) and piece.x0 - last.x1 < 1.5 * piece.size:
            fields[-1] = _together(last, piece)
        else:
            fields.append(Field(piece.x0, piece.x1, piece.text, (piece,), numeric))
    numbers = [field for field in fields[1:] if field.numeric]
    if fields[0].numeric and (len(numbers) == len(fields) - 1):
        numbers.insert(0, fields[0])
    years = bool(numbers) and all(_YEAR.fullmatch(field.text) for field in numbers)
    return _Line(row, fields, numbers, years)


def _together(field: Field, piece: Piece) -> Field:
    return Field(field.x0, max(field.x1, piece.x1), f"{field.text} {piece.text}", (*field.pieces, piece), numeric=True)


# ── Where a table ends ──────────────────────────────────────────────────────────────────────────


def _end(lines: Sequence[_Line], start: int) -> int:
    """One past the last row with numbers that belongs with row *start*."""
    columns: list[list[float]] = []
    _widen(columns, lines[start])
    stop, at, patience = start + 1, start + 1, 3
    while at < len(lines) and patience >= 0:
        line, above = lines[at], lines[at - 1]
        if line.row.y0 - above.row.y1 > 3 * max(line.row.size, above.row.size):
            break
        if line.data:
            if not _fits(columns, line):
                break
            _widen(columns, line)
            stop, patience = at + 1, 3
        elif line.years or not _may_stand_inside(line, columns, lines[start]):
            break
        else:
            patience -= 0.25 if _is_empty_row(line, columns) else 1
        at += 1
    return stop


def _widen(columns: list[list[float]], line: _Line) -> None:
    for field in line.numbers:
        for column in columns:
            if field.x0 <= column[1] and field.x1 >= column[0]:
                column[0], column[1] = min(column[0], field.x0), max(column[1], field.x1)
                break
        else:
            if len(columns) < _MOST_FIELDS:
                columns.append([field.x0, field.x1])


def _fits(columns: Sequence[Sequence[float]], line: _Line) -> bool:
    fitting = sum(any(field.x0 <= right and field.x1 >= left for left, right in columns) for field in line.numbers)
    return 2 * fitting >= len(line.numbers)


def _may_stand_inside(line: _Line, columns: Sequence[Sequence[float]], first: _Line) -> bool:
    text, row = line.row.text, line.row
    if row.size > first.row.size + 1 or _UNIT.fullmatch(text):
        return False
    left = min(column[0] for column in columns)
    if len(line.fields) == 1:
        inside = any(row.x0 < column[1] and row.x1 > column[0] for column in columns)
        if inside and row.x0 >= left - row.size and len(text) < 12:
            return True
        return row.x1 <= left + 4 * row.size or (len(text) < 60 and not _ENDS_PROSE.search(text) and row.x0 < left)
    over = [field for field in line.fields if field.x0 >= left - row.size]
    return not (over and all(_PERIOD.search(field.text) for field in over))


def _is_empty_row(line: _Line, columns: Sequence[Sequence[float]]) -> bool:
    """Whether *line* is a label whose cells are all empty, or the rest of a label."""
    short = len(line.fields) == 1 and len(line.row.text) < 40 and not _ENDS_PROSE.search(line.row.text)
    return short and line.row.x1 <= min(column[0] for column in columns)


def _is_table(lines: Sequence[_Line]) -> bool:
    data = [line for line in lines if line.data]
    if any("...." in line.row.text for line in data[:3]):
        return False
    if len(data) == 1:
        return len(data[0].numbers) >= 3 and len(data[0].fields) > len(data[0].numbers)
    return True


# ── What heads it ───────────────────────────────────────────────────────────────────────────────


def _grid(lines: Sequence[_Line], free: int, start: int, stop: int, typography: Typography) -> Grid:
    stop = _with_last_label(lines, stop)
    numbers = [field for line in lines[start:stop] if line.data for field in line.numbers]
    left = min(field.x0 for field in numbers)
    right = max(field.x1 for field in numbers)
    top = start
    while top > max(free, start - 6) and _heads(lines[top - 1], lines[top], left, right):
        top -= 1
    title, unit, first = _title(lines, free, top, typography)
    body = list(lines[start:stop])
    header = list(lines[top:start])
    columns = _columns([line for line in body if line.data])
    return Grid(
        first,
        stop,
        title,
        unit,
        [_placed(line, columns, over=True) for line in header],
        [_placed(line, columns, over=False) for line in _whole_labels(body)],
    )


def _heads(line: _Line, below: _Line, left: float, right: float) -> bool:
    row = line.row
    if below.row.y0 - row.y1 > 2.2 * row.size or _UNIT.fullmatch(row.text) or _BOXES.search(row.text):
        return False
    if line.years:
        return True
    if line.data:
        return False
    over = [field for field in line.fields if field.x1 > left and field.x0 < right + 2 * row.size]
    if len(line.fields) == 1:
        return bool(over) and row.x0 > left - 4 * row.size and len(row.text) < 80 and not _ENDS_PROSE.search(row.text)
    return bool(over) and len(row.text) < 60 * len(line.fields) and not any(len(f.text) > 80 for f in line.fields)


def _title(lines: Sequence[_Line], free: int, top: int, typography: Typography) -> tuple[list[Row], list[Row], int]:
    """The lines above row *top* that name the table and its unit, and the first row it takes."""
    first = top
    kept: tuple[float, bool] | None = None
    at = top - 1
    while at >= max(free, top - 6):
        row, below = lines[at].row, lines[at + 1].row
        text = row.text
        if below.y0 - row.y1 > 2.5 * max(row.size, below.size) or lines[at].data or _BOXES.search(text):
            break
        if _UNIT.fullmatch(text):
            first = at
        elif _stands_on_the_unit(text) and kept is None and first == at + 1 and first < top:
            first = at
            if not _PERIOD.search(text) or _STATEMENT.search(text):
                kept = (round(row.size), row.bold)
                break
        elif len(text) > 140 or (_ENDS_PROSE.search(text) and len(text) > 60):
            break
        elif _names(row, typography):
            own = (round(row.size), row.bold)
            if kept is not None and own != kept:
                break
            kept, first = own, at
        elif kept is not None or first - at > 2 or _MARKED.match(text) or text.endswith((":", "：")):
            break
        at -= 1
    rows = [line.row for line in lines[first:top]]
    return (
        [row for row in rows if not _UNIT.fullmatch(row.text)],
        [row for row in rows if _UNIT.fullmatch(row.text)],
        first,
    )


def _stands_on_the_unit(text: str) -> bool:
    """Whether a Chinese line right above a table or its unit can be its name."""
    return is_cjk(text[-1]) and len(text) < 40 and not _ENDS_PROSE.search(text)


def _names(row: Row, typography: Typography) -> bool:
    text = row.text
    if len(row.pieces) > 2:
        return False
    if is_cjk(text[-1]) and len(text) < 40 and _STATEMENT.search(text):
        return True
    styled = row.bold or typography.is_larger(row.size) or text.isupper()
    return styled and (typography.level(row) >= 3 or text.isupper() or _STATEMENT.search(text) is not None)


# ── Columns and labels ──────────────────────────────────────────────────────────────────────────


def _columns(lines: Sequence[_Line]) -> list[tuple[float, float]]:
    """Left and right of each column after the labels."""
    numbers = [field for line in lines for field in line.numbers]
    columns = _merged([(field.x0, field.x1) for field in numbers])
    if any(_crowded(line.numbers, columns) for line in lines):
        columns = _by_right_edge(numbers)
    left = min(column[0] for column in columns)
    between = [
        (field.x0, field.x1)
        for line in lines
        for at, field in enumerate(line.fields)
        if not field.numeric and (at or field.x0 >= left) and not _over(field, columns)
    ]
    return sorted([*columns, *_merged(between)])


def _merged(extents: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted(extents):
        if found and x0 <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], x1)
        else:
            found.append((x0, x1))
    return found


def _crowded(fields: Sequence[Field], columns: Sequence[tuple[float, float]]) -> bool:
    taken = [_nearest(field, columns) for field in fields]
    return len(set(taken)) < len(taken)


def _by_right_edge(fields: Sequence[Field]) -> list[tuple[float, float]]:
    found: list[list[float]] = []
    for field in sorted(fields, key=lambda field: field.x1):
        if found and field.x1 - found[-1][2] < field.pieces[0].size:
            found[-1] = [min(found[-1][0], field.x0), field.x1, field.x1]
        else:
            found.append([field.x0, field.x1, field.x1])
    return [(left, right) for left, right, _ in found]


def _over(field: Field, columns: Sequence[tuple[float, float]]) -> bool:
    return any(field.x0 < right and field.x1 > left for left, right in columns)


def _nearest(field: Field, columns: Sequence[tuple[float, float]]) -> int:
    """The column that *field* overlaps most, or else the nearest."""
    return max(
        range(len(columns)),
        key=lambda at: (
            min(field.x1, columns[at][1]) - max(field.x0, columns[at][0]),
            -abs(field.x1 - columns[at][1]),
        ),
    )


def _placed(line: _Line, columns: Sequence[tuple[float, float]], *, over: bool) -> Cellular:
    """The fields of *line* by column: 1 for the label, then *columns*; a head *over* several goes to the first."""
    placed: dict[int, tuple[Field, ...]] = {}
    left = columns[0][0]
    for at, field in enumerate(line.fields):
        if at == 0 and not field.numeric and (field.x0 < left or not over) and not (over and _over(field, columns)):
            column = 1
        elif over and (under := [n for n, (x0, x1) in enumerate(columns) if field.x0 < x1 and field.x1 > x0]):
            column = 2 + under[0]
        else:
            column = 1 if over and field.x1 <= left else 2 + _nearest(field, columns)
        placed[column] = (*placed.get(column, ()), field)
    return sorted(placed.items())


def _with_last_label(lines: Sequence[_Line], stop: int) -> int:
    last = lines[stop - 1]
    while stop < len(lines) and lines[stop].row.y0 - lines[stop - 1].row.y1 < lines[stop].row.size:
        whole = _whole_labels([last, lines[stop]])
        if len(whole) > 1:
            break
        last = whole[0]
        stop += 1
    return stop


def _goes_on(line: _Line, below: _Line) -> bool:
    """Whether the label of *line* goes on in *below*: it was written straight after it, before the numbers of *line*."""
    if len(below.fields) > 1 or not line.data or len(line.fields) < 2 or line.fields[0].numeric:
        return False
    label, rest, more = line.fields[0].pieces[-1], line.fields[1].pieces[0], below.fields[0].pieces[0]
    return label.order < more.order < rest.order and below.row.y0 - line.row.y1 < label.size


def _whole_labels(lines: Sequence[_Line]) -> list[_Line]:
    """*lines* with the labels and cells that run over several lines put together."""
    found: list[_Line] = []
    for line in lines:
        above = found[-1] if found else None
        before = found[-2] if len(found) > 1 else None
        if above is None:
            found.append(line)
        elif _goes_on(above, line):
            found[-1] = _with_first(above, _joined(above.fields[0], line.fields[0]))
        elif (cells := _with_cells(above, line)) is not None:
            found[-1] = cells
        elif before is not None and _surround(before, above, line):
            label = _joined(before.fields[0], line.fields[0])
            found[-2:] = [_Line(above.row, [label, *above.fields], above.numbers, above.years)]
        elif _begins(above, line):
            found[-1] = _with_first(line, _joined(above.fields[0], line.fields[0]))
        else:
            found.append(line)
    return found


def _begins(above: _Line, line: _Line) -> bool:
    """Whether the label of *line* began on the line above it."""
    if len(above.fields) > 1 or above.numbers or not line.data or line.fields[0].numeric:
        return False
    label = line.fields[0]
    if line.row.y0 - above.row.y1 > line.row.size or above.row.bold != label.pieces[0].bold:
        return False
    if above.row.text.endswith((":", "：")):
        return False
    return label.text[0].islower() or _UNFINISHED.search(above.row.text) is not None


def _surround(before: _Line, line: _Line, below: _Line) -> bool:
    """Whether the numbers of *line* stand at half the height of a label that is split above and below them."""
    if not (line.data and line.fields[0].numeric and len(before.fields) == 1 and len(below.fields) == 1):
        return False
    if before.numbers or below.numbers or below.row.y0 - before.row.y1 > line.row.size:
        return False
    return below.fields[0].pieces[0].order == before.fields[0].pieces[-1].order + 1


def _with_cells(above: _Line, line: _Line) -> _Line | None:
    """*above* with what *line* adds to its cells, when each field of *line* goes on from the one right above it."""
    fields = list(above.fields)
    for field in line.fields:
        over = [at for at, one in enumerate(fields) if one.x0 < field.x1 and field.x0 < one.x1]
        if len(over) != 1 or (over[0] == 0 and not fields[0].numeric and len(line.fields) == 1):
            return None
        known = fields[over[0]]
        if field.pieces[0].order != known.pieces[-1].order + 1 or field.numeric != known.numeric:
            return None
        if field.numeric and not _number_goes_on(known.text, field.text):
            return None
        fields[over[0]] = _joined(known, field)
    return above._replace(fields=fields)


def _number_goes_on(text: str, rest: str) -> bool:
    return (
        text.endswith((",", "."))
        or rest.startswith((",", "."))
        or bool(re.search(r"\.\d$", text) and re.fullmatch(r"\d[%％]?", rest))
    )


def _joined(first: Field, second: Field) -> Field:
    glue = "" if first.numeric or is_cjk(first.text[-1]) or is_cjk(second.text[0]) else " "
    x0, x1 = min(first.x0, second.x0), max(first.x1, second.x1)
    return Field(x0, x1, first.text + glue + second.text, (*first.pieces, *second.pieces), first.numeric)


def _with_first(line: _Line, label: Field) -> _Line:
    return line._replace(fields=[label, *line.fields[1:]])
