"""What a table of a workbook holds, in a few lines: its columns with their kinds, ranges and most frequent values.

Nobody wrote these words. They let a question for a sheet or a table find it, and are told apart by their kind.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.language import is_chinese
from rag.reading.numbers import number_of
from rag.reading.room import short, tokens
from rag.reading.sheets.formats.date_format import moment_of
from rag.records import (
    Cell,
    Cells,
    Row,
    Span,
    Table,
    area_name,
    areas,
    cell_corners,
    cell_name,
    joined,
    places_of,
    says_total,
)

_ROOM = 190.0  # tokens, as they are guessed here: what an embedder reads well leaves some for the name of the sheet
_FEWEST_ROWS, _ENDS = 2, 50
_MOST_VALUES, _SHOWN = 6, 24
_TRIED = 50  # words of a column that are no numbers, and no days, speak for the others
_MOST_NAMED = 80
_ENDS_NUMBER = frozenset("0123456789)）%％")
_ORDER = ("date", "text", "number")
_NOTHING = frozenset({"-", "–", "—", "/", "n/a", "N/A", "无", "不适用"})
_YEAR = r"(?:19|20)\d\d"
_SEEN_DAY = re.compile(
    rf"({_YEAR})(?:\s*[-/.年]\s*(1[0-2]|0?[1-9])(?:\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])\s*日?|\s*月)?|\s*年)?(?:[T\s].*)?"
)
_SAYS_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")


@dataclass(slots=True)
class Dates:
    """The cells of a sheet that store a date, column by column in the order of their rows, as they are stored."""

    since_1904: bool = False
    _rows: dict[int, "array[int]"] = field(default_factory=dict)
    _stored: dict[int, list[str]] = field(default_factory=dict)

    def add(self, row: int, column: int, stored: str) -> None:
        """Note the cell; rows come in their order."""
        if column not in self._rows:
            self._rows[column], self._stored[column] = array("l"), []
        self._rows[column].append(row)
        self._stored[column].append(stored)

    def between(self, column: int, top: int, bottom: int) -> tuple[int, str, str]:
        """How many there are in the rows from *top* to *bottom*, and the first and the last day in ISO 8601; a time of
        day is none, and leaves both empty.
        """
        rows = self._rows.get(column)
        stored = self._stored[column][bisect_left(rows, top) : bisect_right(rows, bottom)] if rows else []
        if not stored:
            return 0, "", ""
        ends: list[str]
        try:
            numbers = list(map(float, stored))
            ends = [str(moment_of(repr(end), since_1904=self.since_1904)) for end in (min(numbers), max(numbers))]
        except ValueError:
            ends = [min(stored), max(stored)]
        first, last = (end[:10] if end[4:5] == "-" else "" for end in ends)
        return len(stored), first, last


@dataclass(slots=True)
class _Column:
    """What is known of a column: its different words with how often they stand there, and its range of numbers."""

    name: str
    texts: Counter[str]
    words: int
    numbers: int
    low: str = ""
    high: str = ""
    days: tuple[str, str] | None = None

    @property
    def repeats(self) -> bool:
        """Whether some of its values stand in several rows, so that they are worth naming."""
        return 2 * len(self.texts) <= self.words


def profile(table: Table, dates: Dates) -> Span | None:
    """What *table* holds, at the place of all of it; ``None`` for one that is hardly a table. A row that sums up others
    counts for neither values nor ranges.
    """
    if len(table.rows) < _FEWEST_ROWS:
        return None
    columns = _columns(table, dates)
    place = _place(table)
    if len(columns) < 2 or place is None:
        return None
    names = " ".join(column.name for column in columns)
    chinese = is_chinese(joined(table.head.title) + names) or (not names.strip() and is_chinese(place.sheet))
    return Span(_text(table, columns, place, _Words(chinese)), place, "profile", "\n")


def _place(table: Table) -> Cells | None:
    """All of *table* with its heads; of its rows, of which there may be very many, only the ends are looked at."""
    first, last = table.rows[0][0].place, table.rows[-1][0].place
    if not isinstance(first, Cells) or not isinstance(last, Cells):
        return None
    left = min(row[0].column for row in table.rows if row)
    right = max(row[-1].column for row in table.rows if row)
    whole = (cell_corners(first.area)[0], left, cell_corners(last.area)[2], right)
    found = areas([*places_of(replace(table, rows=table.rows[-_ENDS:])), Cells(first.sheet, area_name(whole))])[0]
    return found if isinstance(found, Cells) else None


def _columns(table: Table, dates: Dates) -> list[_Column]:
    names = _names(table)
    cells: dict[int, list[Cell]] = {}
    for row in table.rows:
        if row and row[0].value is None and says_total(row[0].text):
            continue
        for cell in row:
            if (column := cells.get(cell.column)) is not None:
                column.append(cell)
            else:
                cells[cell.column] = [cell]
    top, bottom = _rows_of(table.rows)
    found = []
    for number in sorted(cells):
        name = names.get(number) or cell_name(1, number)[:-1]
        found.append(_column(name, cells[number], dates.between(number, top, bottom)))
    return found


def _column(name: str, cells: Sequence[Cell], dates: tuple[int, str, str]) -> _Column:
    texts = Counter([cell.text for cell in cells if cell.value is None])
    numbers = [cell.value for cell in cells if cell.value is not None]
    low = high = ""
    if numbers:
        least, most = min(numbers), max(numbers)
        low = next(cell.text for cell in cells if cell.value == least)
        high = next(cell.text for cell in cells if cell.value == most)
    else:
        low, high = _written(texts)
    found = _Column(name, texts, len(cells) - len(numbers), len(numbers), low, high)
    if low and not numbers:
        found.words, found.numbers = 0, len(cells)
    elif 2 * found.words > found.numbers:
        found.days = _days(found, dates)
        for text in _NOTHING & texts.keys():
            found.words -= texts.pop(text)
    return found


def _written(texts: Counter[str]) -> tuple[str, str]:
    """The least and the largest of numbers that are written out, in a column that has hardly anything else."""
    numbers: list[tuple[float, str]] = []
    for at, text in enumerate(texts):
        if at == _TRIED and not numbers:
            break
        if text[-1:] in _ENDS_NUMBER and (number := number_of(text)) is not None:
            numbers.append((number, text))
    if 5 * len(numbers) < 4 * len(texts.keys() - _NOTHING) or not numbers:
        return "", ""
    return min(numbers)[1], max(numbers)[1]


def _names(table: Table) -> Mapping[int, str]:
    """The heads over each column, from top to bottom."""
    over: dict[int, dict[str, None]] = {}
    for row in table.head.header:
        for cell in row:
            text = " ".join(cell.text.split())
            for column in range(cell.column, cell.column + min(cell.over, 300)):
                over.setdefault(column, {})[text] = None
    return {column: " ".join(texts)[:_MOST_NAMED] for column, texts in over.items()}


def _rows_of(rows: Sequence[Row]) -> tuple[int, int]:
    first, last = rows[0][0].place, rows[-1][0].place
    if isinstance(first, Cells) and isinstance(last, Cells):
        return cell_corners(first.area)[0], cell_corners(last.area)[2]
    return 1, 0


def _days(column: _Column, stored: tuple[int, str, str]) -> tuple[str, str] | None:
    """The first and the last day of a column of dates, whether they are stored as such or written out."""
    count, first, last = stored
    if 2 * count > column.words:
        return (first, last) if first and last else None
    written: list[str] = []
    for at, text in enumerate(column.texts):
        if at == _TRIED and not written:
            return None
        if match := _SEEN_DAY.fullmatch(text):
            written.append("-".join(part.zfill(2) for part in match.groups() if part))
    return (min(written), max(written)) if 2 * len(written) > len(column.texts) else None


# ── In words ──


@dataclass(frozen=True, slots=True)
class _Words:
    """How it is said, in the language of the table."""

    chinese: bool

    def first(self, title: str, unit: str, place: Cells, rows: int, columns: int) -> str:
        if self.chinese:
            about = f"表格：{title}" if title else "表格"
            return f"{about}{f'（{unit}）' if unit else ''}，{place.area}，{rows} 行 {columns} 列"
        about = f"Table: {title}" if title else "Table"
        return f"{about}{f' ({unit})' if unit else ''}, {place.area}, {rows} rows, {columns} columns"

    def kind(self, kind: str) -> str:
        return {"text": "文本", "number": "数值", "date": "日期"}[kind] if self.chinese else kind

    def between(self, low: str, high: str) -> str:
        return low if low == high else f"{low} 至 {high}" if self.chinese else f"{low} to {high}"

    def values(self, values: Sequence[str], others: int) -> str:
        more = (f" 等 {others + len(values)} 种" if self.chinese else f" and {others} more") if others else ""
        return ("、" if self.chinese else ", ").join(values) + more

    def period(self, first: str, last: str) -> str:
        return f"期间：{self.between(first, last)}" if self.chinese else f"Period: {self.between(first, last)}"

    def left_out(self, count: int) -> str:
        return f"另有 {count} 列" if self.chinese else f"{count} more columns"


def _text(table: Table, columns: Sequence[_Column], place: Cells, words: _Words) -> str:
    """A line for the table, one for each column, and the period. What is short of room is left out in this order: the
    ranges of numbers, the values of columns, the names of the last columns.
    """
    title, unit = (short(joined(spans), 100) for spans in (table.head.title, table.head.unit))
    first = words.first(title, unit, place, len(table.rows), len(columns))
    period = _period(table, columns, words)
    left = _ROOM - tokens(first) - tokens(period)
    named: list[str] = []
    for column in columns:
        name = f"{column.name} ({words.kind(_kind(column))})"
        if tokens(name) > left:
            break
        left -= tokens(name)
        named.append(name)
    details = [""] * len(named)
    order = sorted(range(len(named)), key=lambda at: (_ORDER.index(_kind(columns[at])), not columns[at].repeats, at))
    for at in order:
        for most in (_MOST_VALUES, 3) if columns[at].repeats or len(columns[at].texts) <= _MOST_VALUES else (3,):
            detail = _detail(columns[at], words, most)
            if detail and tokens(detail) <= left:
                left -= tokens(detail)
                details[at] = f": {detail}"
                break
    lines = [name + detail for name, detail in zip(named, details, strict=True)]
    rest = [words.left_out(len(columns) - len(named))] if len(named) < len(columns) else []
    return "\n".join([first, *lines, *rest, *filter(None, [period])])


def _kind(column: _Column) -> str:
    if column.days:
        return "date"
    return "number" if column.numbers >= column.words else "text"


def _detail(column: _Column, words: _Words, most: int) -> str:
    match _kind(column):
        case "date" if column.days:
            return words.between(*column.days)
        case "number":
            return words.between(short(column.low, _SHOWN), short(column.high, _SHOWN)) if column.low else ""
    values = [short(text, _SHOWN) for text, _ in column.texts.most_common(most)]
    return words.values(values, len(column.texts) - len(values))


def _period(table: Table, columns: Iterable[_Column], words: _Words) -> str:
    """From the first to the last day or year that the table is about: of its dates, or else of its heads and title."""
    days = sorted(day for column in columns if column.days for day in column.days)
    if not days:
        heads = [cell.text for row in table.head.header for cell in row]
        days = sorted(set(_SAYS_YEAR.findall(" ".join([joined(table.head.title), *heads]))))
    return words.period(days[0], days[-1]) if days else ""
