"""What heads a table: the heads of its columns, its name, its unit, and the names of its first section."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rag.reading.pdf.blocks.headings import Typography, is_numbered
from rag.reading.pdf.blocks.layout import Row, corners, is_cjk
from rag.reading.pdf.tables.table_fields import Field, Line, is_date, is_figure, is_unfinished

_PERIOD = re.compile(
    r"(?:19|20)\d\d|\d{2,3}\s?年|\b(?:ended|ending|months|quarter|year|fiscal|january|february|march|april|june|july|august|september"
    r"|october|november|december|change|total|amount|percent|increase|as of|Q[1-4]|[1-4]Q(?:\s?\d\d)?)\b|[%％]"
    r"|本期|上期|期末|期初|年度|本年|上年|余额|發生額|发生额|金额|金額|合计|合計|比例|增减|增減|附注|附註",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\(?[^.。:：(（]{0,30}\b(?:in|of)\s+(?:[$€£¥]\s*)?(?:U\.?S\.?\s+|US)?(?:dollars?\s+|[$€£¥]\s*)?(?:in\s+)?"
    r"(?:millions|thousands|billions|dollars)\b.{0,120}"
    r"|\(?(?:[$€£¥]\s*)?(?:millions|thousands|billions)(?:\s+of\s+(?:U\.?S\.?\s+)?dollars)?(?:\)|[,;].{0,100}|\s*[$€£¥]?\)?)"
    r"|\(?(?:in\s+)?(?:EUR|USD|GBP|CHF|JPY|RMB|CNY|HKD|TWD|SGD|AUD|CAD|SEK|NOK|DKK|INR|(?:US|HK|NT|[RACS])?[$€£¥￥])\s*(?:in\s+)?"
    r"(?:millions?|thousands?|billions?|mn|bn|['’]000s?)\)?"
    r"|\(?(?:dollars|amounts|shares|tabular)\b.{0,40}\bin\s.{0,30}(?:millions|thousands|billions).{0,100}|[(（]?(?:金额)?[单單]位[:：].*"
    r"|(?!编制|編製)[^:：。]{1,10}[单單]位[:：][^:：。]{0,8}[元股吨噸台套件人%％](?:[；;，,].*)?"
    r"|[编編]制[单單]位[:：].*[单單]位[:：].*|.*(?:币种|幣別)[:：].*",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"\b(?:statements?|tables?)\b|balance sheets?|\b(?:schedule|summary|reconciliation)|表[）)]?$|表（|情况$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:Table|TABLE|表)\s*[A-Z]?[-–.]?\d{1,3}[A-Za-z]?(?:[-–.]\d{1,3})*\s*[.:：—–]\s*\S")
_BESIDE_AMOUNTS = re.compile(r"notes?\.?|附[注註]|[(（]?[%％][)）]?", re.IGNORECASE)
_BOXES = re.compile("[□√☑☒]")
_MARKED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、．.]")
_OPENS_A_LIST = re.compile(rf"^{_MARKED.pattern}|[:：]$")
_MAKER = re.compile("[编編][制製][单單]位")
_SIGNED = re.compile("(?:[负負][责責]人|法定代表人|[经經]理人|[会會][计計]主管)\\s*[:：]")  # below a statement
_ENDS_PROSE = re.compile(r"[.;。；，,]$")
_HOLDS_A_SENTENCE = re.compile(r"[。；]|[a-z)]\.\s+[A-Z]|\s\.\s+[A-Z][a-z]|，.{12}")
_ABBREVIATED = re.compile(r"\b(?:Inc|Corp|Co|Ltd|No|U\.S|S\.A|N\.V|plc|L\.P)\.$", re.IGNORECASE)
_OPENS = re.compile(
    r"[^a-z].*(?:[:：](?:\s*\(\d\))?|\b(?:following|these) tables?\b.*|\btables? (?:below|above)\b.*)|.*下表.*",
    re.DOTALL,
)


_LONGEST_NAME = 3  # lines of a name with a number, its unit among them
_LONGEST_SENTENCE = 4  # lines
_MOST_LETTERS = 400
_MOST_OF_TWO = 200  # letters of two sentences, the first of which may be a heading
_FARTHEST = 2.5  # sizes of type between a table and what names it


class Heads(NamedTuple):
    """The lines over a table's body, which begins at row *start*; rows from *first* on are taken."""

    first: int
    start: int
    title: list[Row]
    unit: list[Row]
    header: list[Line]


def heads_of(
    lines: Sequence[Line], free: int, start: int, extent: tuple[float, float], typography: Typography
) -> Heads:
    """What heads the table whose first numbers are in row *start*; rows before *free* are taken already.

    *extent* is how far to the left and right its numbers go.
    """
    left, right = extent
    start = _with_first_labels(lines, free, start, left, right)
    top = start
    header: list[Line] = []
    aside: list[Row] = []
    while top > max(free, start - 7):
        unit, rest = parted(lines[top - 1])
        if rest is not None and _heads(rest, lines[top], left, right):
            header.insert(0, rest)
        elif rest is not None or top - 1 == free or not _heads(lines[top - 2], lines[top - 1], left, right):
            break
        if unit is not None:
            aside.insert(0, unit)
        top -= 1
    first = named_from(lines, free, top, typography)
    above = [parted(line) for line in lines[first:top]]
    title = [rest.row for _, rest in above if rest is not None]
    return Heads(first, start, title, [unit for unit, _ in above if unit is not None] + aside, header)


def parted(line: Line) -> tuple[Row | None, Line | None]:
    """What of *line* says in what a table counts, and the rest of it."""
    fields, row, text = line.fields, line.row, line.row.text
    units = [field for field in fields if is_unit(field.text)]
    rest = [field for field in fields if field not in units]
    open_ = is_unit(text) and any(
        not _is_closed(field.text) and after.x0 - field.x1 < 2 * row.size
        for field, after in pairwise(fields)
        if field in units
    )
    if not units or not rest or (open_ and not any(is_date(field.text) for field in rest)):
        return (line.row, None) if is_unit(text) else (None, line)
    numbers = [field for field in line.numbers if field in rest]
    return row_of(units, line.row), Line(row_of(rest, line.row), rest, numbers, line.years and bool(numbers))


def counts_some(fields: Sequence[Field]) -> bool:
    """Whether *fields*, which stand in a line over columns of figures, say of some, and not of others, in what they
    count: ``(thousands)`` beside ``(years)`` and ``exercise price``. Notes and per cent are no others.
    """
    units = [field for field in fields if is_unit(field.text)]
    others = [field for field in fields if field not in units and not _BESIDE_AMOUNTS.fullmatch(field.text)]
    return bool(units and others) and not any(is_period(one.text) for one in others)


def row_of(fields: Sequence[Field], whole: Row) -> Row:
    """*fields*, some of those of a *whole* row, as a row."""
    pieces = [piece for field in fields for piece in field.pieces]
    return Row(*corners(pieces), pieces, whole.size, whole.bold)


def _is_closed(text: str) -> bool:
    return text.count("(") + text.count("（") == text.count(")") + text.count("）")


def is_unit(text: str) -> bool:
    """Whether *text* says in what a table counts, and no more."""
    return _UNIT.fullmatch(text) is not None


def holds_boxes(text: str) -> bool:
    """Whether *text* has boxes to tick."""
    return _BOXES.search(text) is not None


def is_maker(text: str) -> bool:
    """Whether *text* says who has made a Chinese statement, and nothing about its unit."""
    return _MAKER.match(text) is not None and not is_unit(text)


def names_statement(text: str) -> bool:
    """Whether *text* is the name of a statement or a schedule, and no sentence about one, nor the beginning of one."""
    return len(text) < 90 and _STATEMENT.search(text) is not None and not (ends_prose(text) or is_unfinished(text))


def is_period(text: str) -> bool:
    """Whether *text* can head a column of figures: a date, a period, a total, a change."""
    return _PERIOD.search(text) is not None


def ends_prose(text: str) -> bool:
    """Whether *text* ends as running text does."""
    return _ENDS_PROSE.search(text) is not None


def _with_first_labels(lines: Sequence[Line], free: int, start: int, left: float, right: float) -> int:
    """The row where the body starts: names of sections may stand between the column heads and the first numbers."""
    at = start
    while at > max(free, start - 4):
        unit, rest = parted(lines[at - 1])
        if rest is not None and _heads(rest, lines[at], left, right):
            return at
        row, below = lines[at - 1].row, lines[at].row
        if len(row.pieces) > 1 or row.x1 > left + 4 * row.size or below.y0 - row.y1 > 2.2 * row.size:
            return start
        if len(row.text) > 120 or row.text.endswith((".", "。")) or unit is not None:
            return start
        at -= 1
    return start


def _heads(line: Line, below: Line, left: float, right: float) -> bool:
    """Whether *line* heads columns that go from *left* to *right*."""
    row, text = line.row, line.row.text
    if below.row.y0 - row.y1 > 2.2 * row.size or is_unit(text) or holds_boxes(text) or _MAKER.match(text):
        return False
    if line.years or line.data:
        return line.years
    if not any(field.x1 > left and field.x0 < right + 2 * row.size for field in line.fields):
        return False
    if len(line.fields) > 1:
        return len(text) < 60 * len(line.fields) and not any(len(field.text) > 80 for field in line.fields)
    if (
        row.x0 <= left - 4 * row.size
        or len(text) >= 80
        or _STATEMENT.search(text)
        or is_figure(text)
        or is_numbered(text)
    ):
        return False
    return is_period(text) or not (ends_prose(text) or text.isupper())


def named_from(lines: Sequence[Line], free: int, top: int, typography: Typography) -> int:
    """The first of the rows right above row *top* that name the table or its unit."""
    sure = announced_from(lines, free, top, typography)
    sure = _with_number(lines, free, top, typography) if sure is None else sure
    return _named_by_style(lines, free, top, typography) if sure is None else sure


def _named_by_style(lines: Sequence[Line], free: int, top: int, typography: Typography) -> int:
    first = top
    kept: tuple[float, bool] | None = None
    for at in range(top - 1, max(free, top - 6) - 1, -1):
        row, below = lines[at].row, lines[at + 1].row
        text = row.text
        if below.y0 - row.y1 > _FARTHEST * max(row.size, below.size) or _names_nothing(lines[at], typography):
            break
        own = round(row.size), row.bold
        if parted(lines[at])[0] is not None or (kept is None and first == at + 1 and is_maker(text)):
            first = at
        elif kept is None and first == at + 1 < top and _may_name_in_chinese(row):
            first = at
            if not is_period(text) or _STATEMENT.search(text):
                break
        elif _is_prose(text):
            break
        elif kept in {None, own} and _names(row, typography):
            kept, first = own, at
        elif kept is not None or first - at > 2 or typography.is_larger(row.size) or _OPENS_A_LIST.search(text):
            break
    return first


def _with_number(lines: Sequence[Line], free: int, top: int, typography: Typography) -> int | None:
    """The row a little above row *top* that begins with the number of a table: ``Table A-1. Coverage of schools,``."""
    for at in range(top - 1, max(free, top - _LONGEST_NAME) - 1, -1):
        row, below = lines[at].row, lines[at + 1].row
        if below.y0 - row.y1 > _FARTHEST * max(row.size, below.size) or _names_nothing(lines[at], typography):
            return None
        if _NUMBERED.match(row.text):
            return at
        if ends_prose(row.text) and parted(lines[at])[0] is None:
            return None
    return None


def _names_nothing(line: Line, typography: Typography) -> bool:
    text = line.row.text
    return line.data or holds_boxes(text) or _SIGNED.search(text) is not None or typography.is_running(line.row)


def announced_from(
    lines: Sequence[Line], free: int, top: int, typography: Typography, farthest: float = _FARTHEST
) -> int | None:
    """The first row of the sentence right above row *top* that says what follows: ``Inventories were (in millions):``.

    It has rows of its own, and is no *farthest* sizes of type away.
    """
    if top <= free or lines[top - 1].row.text[-1] not in ":：).。":
        return None
    last, under = lines[top - 1].row, lines[top].row
    if len(last.pieces) > 1 or is_unit(last.text) or under.y0 - last.y1 > farthest * max(last.size, under.size):
        return None
    first = top - 1
    right = max(line.row.x1 for line in lines[max(free, top - 2 * _LONGEST_SENTENCE) : top])
    while first > free and _goes_on(lines[first - 1].row, lines[first].row, right, typography):
        first -= 1
        if top - first > _LONGEST_SENTENCE or len(lines[first].row.pieces) > 1:
            return None
    text = " ".join([line.row.text for line in lines[first:top]])
    most = _MOST_LETTERS if _HOLDS_A_SENTENCE.search(text) is None else _MOST_OF_TWO
    return first if _OPENS.fullmatch(text) is not None and len(text) < most else None


def _goes_on(row: Row, below: Row, right: float, typography: Typography) -> bool:
    """Whether *below* may be the next line of a sentence that *row* is part of; full lines go to about *right*."""
    if ends_prose(row.text) or below.y0 - row.y1 > below.size or row.size != below.size or row.bold != below.bold:
        return False
    word = below.pieces[0].words[0]
    next_ = below.size if is_cjk(below.text[0]) else word[2] - word[0]
    return row.x1 + next_ > right - row.size and not typography.is_heading([row])


def _may_name_in_chinese(row: Row) -> bool:
    """Whether a line right above a table's unit can be its name; the heading of a section stays one."""
    text = row.text
    if row.bold and _MARKED.match(text):
        return False
    return is_cjk(text[-1]) and len(text) < 40 and not ends_prose(text)


def _is_prose(text: str) -> bool:
    if len(text) > 140 or _HOLDS_A_SENTENCE.search(text):
        return True
    return ends_prose(text) and not text.isupper() and _ABBREVIATED.search(text) is None


def _names(row: Row, typography: Typography) -> bool:
    text = row.text
    if len(row.pieces) > 2:
        return False
    if is_cjk(text[-1]) and len(text) < 40 and _STATEMENT.search(text):
        return True
    styled = row.bold or typography.is_larger(row.size) or text.isupper()
    return styled and (typography.level(row) >= 3 or text.isupper() or _STATEMENT.search(text) is not None)
