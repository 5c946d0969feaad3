"""Tables with typed columns: what a question can be computed over, each value knowing the cell it came from."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from rag.figures.asked.bilingual import both_languages
from rag.figures.asked.periods import GRAINS, Grain, Period, period_of
from rag.figures.asked.slashed_days import slashed_days
from rag.figures.asked.units import unit_in
from rag.figures.asked.wishes import plain
from rag.figures.outlines import filled_down
from rag.figures.wholes import Figure, sums_of_parts, unmarked_sums
from rag.records import Cell, Page, Place, Row, Table, Value, joined, parents, says_total

ROW = "#"
"""The column that numbers the rows, from 0; it is what leads back from a result to the cells."""

TOTAL = "#total"
"""The column that says of each row whether it sums up others."""

UNDER = "#under"
"""The column that says under which labels a row stands, from the outermost: ``Provinces > Ontario``."""

APART = " > "
"""What stands between the labels of a path."""

ColumnKind = Literal["text", "number", "date"]
_SAYS_YEAR = re.compile(r"year|年", re.IGNORECASE)
_NOTHING = frozenset("- – — / n/a na n.a. nm n.m. .. ... … x 无 不适用".split()) | {""}
"""What stands in a cell without a figure, also where it may not be told (``x``) or means nothing (``...``)."""
_PART_OF = re.compile(r"\s*(?:其中|\(?of which|\(?including|thereof)\b|\s*其中", re.IGNORECASE)
_UNIT = re.compile(
    r"[(（\[]\s*([^()（）\[\]]*?(?:元|万|亿|千|百|吨|人|%|％|usd|rmb|cny|eur|\$|€|£|¥|million|thousand|billion)"
    r"[^()（）\[\]]*?)\s*[)）\]]",
    re.IGNORECASE,
)
_UNIT_ROW = re.compile(
    r"\W*(?:(?:in|of|units?|us dollars?|us\$|usd|eur|gbp|rmb|cny|euros?|dollars?|pounds|thousands?|millions?"
    r"|billions?|mn|bn|000s?|单位|人民币|[百千万亿]*元|[百千]?[万亿]|[千万]?吨)(?![a-z\d])\W*)+",
    re.IGNORECASE,
)
_MOSTLY = 0.8
_LONGEST_NAME = 120
_LONGEST_WORD = 80
_MOST_WORDS = 50_000
_FEW_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """A column under its whole head; the values of a ``date`` are the first days of periods of *grain*, and numbers
    printed with ``%`` are shares of one.
    """

    name: str
    kind: ColumnKind
    grain: Grain | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class TypedTable:
    """*rows* and *places* have an entry for each column, ``None`` where a cell is empty; *totals* are the rows that sum
    up others. *label* is how the table is called in SQL. *words* are the different values of each column of text, by
    the one plain form that they are told by. *heads* are the heads over each column, from the top; *under* are the
    labels of the rows under which each row stands, from the outermost; *texts* are the cells as they are printed, of a
    table of few rows. All three are empty in a table that was turned. *hidden* counts the rows that are left out since
    nobody sees them.
    """

    label: str
    title: str
    unit: str
    columns: tuple[TypedColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    places: Sequence[Sequence[Place | None]]
    totals: frozenset[int]
    words: tuple[Mapping[str, Sequence[str]], ...]
    heads: tuple[tuple[str, ...], ...] = ()
    under: tuple[tuple[str, ...], ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()
    hidden: int = 0

    @property
    def printed(self) -> bool:
        """Whether the table stands on a page, and not in cells."""
        return isinstance(next((place for row in self.places for place in row if place is not None), None), Page)

    @property
    def doubtful(self) -> bool:
        """Whether a column of numbers has no head, or the heads of another: columns of a page that were told apart
        wrongly look like that.
        """
        heads = [own for own, column in zip(self.heads, self.columns, strict=False) if column.kind == "number"]
        return () in heads or len(set(heads)) < len(heads)

    @property
    def nested(self) -> bool:
        """Whether rows stand under labels; the name of a row whose figures are missing is none."""
        numbers = [at for at, column in enumerate(self.columns) if column.kind == "number"]
        told = (at for at, row in enumerate(self.rows) if not numbers or any(row[one] is not None for one in numbers))
        paths = {at: self.under[at] for at in told if self.under and self.under[at] and at not in self.totals}
        names = {self.rows[at][0] for at in paths}
        return any(label not in names for path in paths.values() for label in path)

    @property
    def overlaps(self) -> bool:
        """Whether some rows are parts of others above them (``其中：``), so that the sum of all is that of nothing."""
        return any(_PART_OF.match(row[0]) for row in self.texts if row)

    def named(self, name: str) -> int:
        """Where the column *name* is; :raises ValueError: when there is none."""
        return [column.name for column in self.columns].index(name)


def typed(table: Table, label: str, number: Callable[[str], float | None]) -> TypedTable | None:
    """*table* with typed columns; none without rows or with a single column. *number* reads the text of a cell that
    stores no number.
    """
    unit, rows_told = _unit_apart(table)
    numbers = sorted({cell.column for row in rows_told for cell in row})
    if len(numbers) < 2:
        return None
    where = {column: at for at, column in enumerate(numbers)}
    kept = filled_down(rows_told)
    cells: list[list[Cell | None]] = []
    for row in kept:
        placed: list[Cell | None] = [None] * len(numbers)
        for cell in row:
            placed[where[cell.column]] = cell
        cells.append(placed)
    above = parents(kept)
    totals = frozenset(at for at, row in enumerate(cells) if _is_total(row))
    totals |= sums_of_parts([_figures(row, number) for row in cells], above)
    heads = _heads(table, numbers)
    names = _names(heads)
    columns, values = [], []
    for at, name in enumerate(names):
        column, own = _column(name, [row[at] for row in cells], totals, number)
        columns.append(column)
        values.append(own)
    rows = tuple(zip(*values, strict=True))
    if columns[0].kind == "text":
        amounts = {column.name: own for column, own in zip(columns, values, strict=True) if _is_amount(column)}
        totals |= unmarked_sums([row[0].text if row[0] else "" for row in cells], amounts, totals)
    return TypedTable(
        label,
        joined(table.head.title).strip(),
        unit,
        tuple(columns),
        rows,
        tuple(tuple(cell.place if cell else None for cell in row) for row in cells),
        totals,
        words_of(columns, rows),
        heads,
        _under(kept, above),
        _texts(cells) if len(cells) <= _FEW_ROWS else (),
    )


def _unit_apart(table: Table) -> tuple[str, list[Row]]:
    """The unit of *table*, and its rows without the first where it says nothing but that."""
    rows = [row for row in table.rows if row]
    unit = joined(table.head.unit).strip()
    if rows and len(rows[0]) == 1 and _UNIT_ROW.fullmatch(rows[0][0].text):
        return unit or rows[0][0].text.strip(), rows[1:]
    return unit, rows


def unit_of(name: str) -> str:
    """The unit that the head of a column names in brackets; empty when it names none."""
    match = _UNIT.search(name)
    return " ".join((match[1] if match else unit_in(name)).casefold().split())


def _texts(cells: Sequence[Sequence[Cell | None]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(" ".join(cell.text.split()) if cell else "" for cell in row) for row in cells)


def _under(rows: Sequence[Row], above: Sequence[int | None]) -> tuple[tuple[str, ...], ...]:
    """The labels under which each row stands, from the outermost; nothing when no row stands under any."""
    if not any(one is not None for one in above):
        return ()
    paths: list[tuple[str, ...]] = []
    for one in above:
        paths.append(() if one is None else (*paths[one], " ".join(rows[one][0].text.split())))
    return tuple(paths)


def words_of(
    columns: Sequence[TypedColumn], rows: Sequence[Sequence[Value]]
) -> tuple[Mapping[str, Sequence[str]], ...]:
    """The different values of each column of text, by the one plain form that they are told by."""
    found: list[dict[str, list[str]]] = []
    for at, column in enumerate(columns):
        values = dict.fromkeys(row[at] for row in rows) if column.kind == "text" else {}
        own: dict[str, list[str]] = {}
        for value in islice(values, _MOST_WORDS):
            if isinstance(value, str) and len(value) <= _LONGEST_WORD:
                own.setdefault(plain(value), []).append(value)
                for part in both_languages(value) or ():
                    own.setdefault(plain(part), []).append(value)
        found.append(own)
    return tuple(found)


def _is_total(row: Sequence[Cell | None]) -> bool:
    first = next((cell for cell in row if cell and cell.text.strip()), None)
    return first is not None and first.value is None and says_total(first.text)


def _heads(table: Table, numbers: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """The heads over each column from top to bottom, none twice."""
    over: dict[int, list[str]] = {column: [] for column in numbers}
    for row in table.head.header:
        for cell in row:
            for column in range(cell.column, cell.column + cell.over):
                if column in over and (text := " ".join(cell.text.split())) and text not in over[column]:
                    over[column].append(text)
    return tuple(map(tuple, over.values()))


def _names(heads: Sequence[Sequence[str]]) -> list[str]:
    """A name for each column: its heads from top to bottom, none twice."""
    found: list[str] = []
    for at, own in enumerate(heads, start=1):
        wanted = " ".join(own)[:_LONGEST_NAME] or f"Column {at}"
        name, copy = wanted, 2
        while name.casefold() in {ROW, TOTAL, UNDER, *(one.casefold() for one in found)}:
            name, copy = f"{wanted} ({copy})", copy + 1
        found.append(name)
    return found


def _figures(row: Sequence[Cell | None], number: Callable[[str], float | None]) -> list[Figure | None]:
    """What the cells of *row* come to, the first aside."""
    values = [None if cell is None else _figure(cell, number) for cell in row[1:]]
    return [
        None if value is None or cell is None else (value, cell.text.endswith(("%", "％")))
        for value, cell in zip(values, row[1:], strict=True)
    ]


def _is_amount(column: TypedColumn) -> bool:
    return column.kind == "number" and not column.percent


def _column(
    name: str, cells: Sequence[Cell | None], totals: Iterable[int], number: Callable[[str], float | None]
) -> tuple[TypedColumn, list[Value]]:
    texts = [cell.text.strip() if cell else "" for cell in cells]
    figures = [_figure(cell, number) for cell in cells]
    kept = [at for at, text in enumerate(texts) if text.casefold() not in _NOTHING and at not in totals]
    periods = {at: period for at in kept if (period := period_of(texts[at])) is not None}
    periods = periods or {at: period for at, period in slashed_days(texts).items() if at in kept}
    years = all(period.grain == "year" for period in periods.values())
    dated = kept and len(periods) >= _MOSTLY * len(kept) and (not years or _SAYS_YEAR.search(name) is not None)
    if dated and (years or not all(figures[at] is not None for at in kept)):
        grain = max((period.grain for period in periods.values()), key=GRAINS.index)
        days: list[Value] = [_day(periods.get(at)) for at in range(len(cells))]
        return TypedColumn(name, "date", grain), days
    if kept and sum(figures[at] is not None for at in kept) >= _MOSTLY * len(kept):
        percent = 2 * sum(texts[at].endswith(("%", "％")) for at in kept) > len(kept)
        return TypedColumn(name, "number", percent=percent), list(figures)
    return TypedColumn(name, "text"), [text or None for text in texts]


def _figure(cell: Cell | None, number: Callable[[str], float | None]) -> float | None:
    if cell is None or cell.text.strip().casefold() in _NOTHING:
        return None
    return number(cell.text) if cell.value is None else cell.value


def _day(period: Period | None) -> date | None:
    return None if period is None else period.start
