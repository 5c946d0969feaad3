"""A query run over tables: its result as a person reads it, and the exact cells that went in."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from rag.errors import CannotCompute
from rag.figures.asked.periods import Grain, label
from rag.figures.database.behind import Behind, rows_behind
from rag.figures.database.conditions import measured_by
from rag.figures.database.engine import Engine, Result
from rag.figures.database.kept import SheetRow
from rag.figures.database.sql import checked
from rag.figures.plans.statements import alias
from rag.figures.typed import TypedColumn, TypedTable, unit_of
from rag.records import Cells, Chart, Computed, Document, Place

_MOST_AREAS = 2_000
_FEW_ROWS = 200
_MOST_DECIMALS = 6
_DECIMALS = re.compile(r"\.(\d+)\D*$")
_NO_DIGIT = re.compile(r"\D")
_DIGITS = "0123456789"
_NO_AMOUNT = re.compile(
    r"(?!.*(?:\bshares\b|\bused\b|comput|calculat|计算|股数))"
    r"(?:.*\b(?:per (?:\w+ ){0,2}(?:share|unit|ads|adr)|eps|ratio|percent(?:age)?(?![ -]of))\b"
    r"|.*(?<!\d)(?<!\d )[%％‰]|.*每股|.*(?:率|比|比例|比重|倍数?)(?:[(（][^()（）]*[)）])?$)",
    re.IGNORECASE,
)
"""The name of a figure in no unit of money. What such a figure is made of, as shares, is in the unit of the table."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a result is read: its *chart*, the columns whose values are shares of one (*percents*), and the *grains* of
    the periods in its columns, each by name.
    """

    chart: Chart | None = None
    percents: tuple[str, ...] = ()
    grains: Mapping[str, Grain] = field(default_factory=dict)


def warm_up() -> None:
    """Load what the first query would have to wait for: the parts that check, convert and compute."""
    one = TypedTable("one", "", "", (TypedColumn("n", "number"),), ((1.0,),), ((None,),), frozenset(), ({},))
    with Engine([one]) as engine:
        engine.run(checked("SELECT sum(n) FROM one", {"one": ["n"]}))


def run(
    sql: str,
    tables: Sequence[TypedTable],
    engine: Engine,
    document: Document,
    reading: Reading,
    *,
    chinese: bool = False,
) -> Computed | None:
    """The result of *sql* over *tables* of *document*, which *engine* holds, with the cells that went in; ``None`` when
    nothing did, or nothing came of it.

    :raises CannotCompute: when it may not be run, or fails
    """
    columns = {table.label: [column.name for column in table.columns] for table in tables}
    known = checked(sql, columns)
    result = engine.run(known)
    if all(value is None for row in result.rows for value in row):
        return None
    by_label = {table.label: table for table in tables}
    cells: dict[Place, None] = {}
    rows: set[tuple[str, int]] = set()
    for behind in rows_behind(known, columns):
        table = by_label[behind.table]
        numbers = _numbers(engine, behind)
        rows.update((behind.table, number) for number in numbers)
        used = [table.named(name) for name in behind.columns] or range(len(table.columns))
        cells.update(dict.fromkeys(cells_of(table, numbers, used)))
    if not cells:
        return None
    named, chart = result.columns, reading.chart
    if len(rows) <= len(result.rows):
        named, chart = _not_summed(named, chart, [name for names in columns.values() for name in names])
    used_tables = [table for table in tables if any(label == table.label for label, _ in rows)]
    titles = [table.title or table.label for table in used_tables]
    percents = tuple(at for at, name in enumerate(result.columns) if name in reading.percents)
    units = {table.unit for table in used_tables if not _are_no_amounts(result)}
    return Computed(
        known,
        named,
        _shown(result, tables, reading.grains, chinese=chinese),
        chart,
        document,
        " + ".join(titles),
        tuple(cells)[:_MOST_AREAS],
        result.cut,
        units.pop() if len(units) == 1 and not any(map(unit_of, named)) and _tells_amounts(known, used_tables) else "",
        percents,
        # Of a figure that was looked up, none is missing.
        hidden=sum(table.hidden for table in used_tables) if len(rows) > 1 else 0,
        decimals=_decimals(result, percents, by_label, rows) if len(rows) <= _FEW_ROWS else (),
    )


def _decimals(
    result: Result, percents: Sequence[int], tables: Mapping[str, TypedTable], rows: Iterable[tuple[str, int]]
) -> tuple[tuple[int | None, ...], ...]:
    """How many decimals each value of *result*, or percentage in the columns *percents*, has in a cell of *rows*."""
    printed: dict[tuple[object, bool], int | None] = {}
    for name, number in rows:
        table = tables[name]
        for value, text in zip(table.rows[number], table.texts[number] if table.texts else (), strict=False):
            if isinstance(value, float):
                percent = text.endswith(("%", "％"))
                printed.setdefault((value, percent), _printed_with(100 * value if percent else value, text))
    return tuple(tuple(printed.get((value, at in percents)) for at, value in enumerate(row)) for row in result.rows)


def _printed_with(value: float, text: str) -> int | None:
    """How many decimals *text* has, where it prints the digits of *value* and no others."""
    found = _DECIMALS.search(text)
    count = len(found[1]) if found else 0
    same = _NO_DIGIT.sub("", f"{value:.{count}f}").lstrip("0") == _NO_DIGIT.sub("", text).lstrip("0")
    return count if same and count <= _MOST_DECIMALS else None


def _tells_amounts(sql: str, tables: Sequence[TypedTable]) -> bool:
    """Whether figures of the tables stand in the result: how many rows there are is in no unit of theirs."""
    figures = [column.name for table in tables for column in table.columns if column.kind == "number"]
    return any(measured_by(sql, figures).values())


def _are_no_amounts(result: Result) -> bool:
    """Whether all figures of *result* are ratios, or amounts for each share, by the names of their rows or columns: no
    unit of the table around them is theirs.
    """
    figures = [at for at, values in enumerate(zip(*result.rows, strict=True)) if any(map(_is_figure, values))]
    told = [" ".join(value for value in row if isinstance(value, str)) for row in result.rows]
    columns = [result.columns[at] for at in figures]
    return any(names and all(map(_NO_AMOUNT.match, names)) for names in (told, columns))


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float | Decimal)


def _numbers(engine: Engine, behind: Behind) -> list[int]:
    """The numbers of the rows that went in; all there are, where their condition does not stand by itself."""
    try:
        rows = engine.run(behind.sql, whole=True).rows
    except CannotCompute:
        rows = engine.run(behind.everything, whole=True).rows
    return [number for (number,) in rows if isinstance(number, int)]


def _not_summed(
    columns: tuple[str, ...], chart: Chart | None, names: Sequence[str]
) -> tuple[tuple[str, ...], Chart | None]:
    """*columns* and *chart* without saying ``total`` where each row of the result is one row of the table."""
    plain = {alias(name, "sum", chinese=chinese): name for name in names for chinese in (True, False)}
    kept = tuple(plain.get(column, column) for column in columns)
    if len(set(kept)) < len(kept):
        return columns, chart
    return kept, chart and replace(chart, y=tuple(plain.get(name, name) for name in chart.y))


def _shown(
    result: Result, tables: Sequence[TypedTable], grains: Mapping[str, Grain], *, chinese: bool
) -> tuple[tuple[str | float | int | None, ...], ...]:
    """The rows with periods as a person writes them: of their grain in *grains*, or as fine as their column is."""
    own = {column.name: column.grain for table in tables for column in table.columns}
    shown = [grains.get(name) or own.get(name) or "day" for name in result.columns]
    return tuple(
        tuple(_plain(value, each, chinese=chinese) for value, each in zip(row, shown, strict=True))
        for row in result.rows
    )


def _plain(value: object, grain: Grain, *, chinese: bool) -> str | float | int | None:
    match value:
        case bool():
            return str(value)
        case datetime():
            return label(value.date(), grain, chinese=chinese)
        case date():
            return label(value, grain, chinese=chinese)
        case Decimal() | float():
            return float(value) if math.isfinite(value) else None
        case str() | int() | None:
            return value
    return str(value)


def cells_of(table: TypedTable, numbers: Iterable[object], columns: Iterable[int]) -> tuple[Place, ...]:
    """The cells of these rows and columns; those that follow each other down a column of a sheet as one area."""
    wanted = [at for at in numbers if isinstance(at, int)]
    found: dict[Place, None] = {}
    rows = [row for at in wanted if isinstance(row := table.places[at], SheetRow)]
    for column in columns:
        if len(rows) == len(wanted):
            found.update(dict.fromkeys(_areas(rows, column)))
            continue
        found.update(dict.fromkeys(_runs(place for at in wanted if (place := table.places[at][column]) is not None)))
    return tuple(found)[:_MOST_AREAS]


def _areas(rows: Iterable[SheetRow], column: int) -> Iterator[Place]:
    """The cells of *column* in *rows* of one sheet, without a place being made for each."""
    first: SheetRow | None = None
    last = 0
    for row in rows:
        if not row.there[column]:
            continue
        if first is not None and row.number == last + 1 and row.sheet == first.sheet:
            last = row.number
            continue
        if first is not None:
            yield first.down(column, last)
        first, last = row, row.number
    if first is not None:
        yield first.down(column, last)


def _runs(places: Iterable[Place]) -> Iterator[Place]:
    first: Place | None = None
    begun: _Sides | None = None
    bottom = 0
    for place in places:
        sides = _sides(place)
        if sides is not None and begun is not None and sides[:3] == begun[:3] and sides[3] == bottom + 1:
            bottom = sides[4]
            continue
        if first is not None:
            yield _area(first, begun, bottom)
        first, begun, bottom = place, sides, sides[4] if sides else 0
    if first is not None:
        yield _area(first, begun, bottom)


_Sides = tuple[str, str, str, int, int]
"""Sheet, left and right column, top and bottom row."""


def _sides(place: Place) -> _Sides | None:
    # A question may cite a hundred thousand cells: their names are not looked at more closely than it takes.
    if not isinstance(place, Cells):
        return None
    first, _, last = place.area.partition(":")
    left = first.rstrip(_DIGITS)
    right = last.rstrip(_DIGITS) if last else left
    top = int(first[len(left) :])
    return place.sheet, left, right, top, int(last[len(right) :]) if last else top


def _area(first: Place, sides: _Sides | None, bottom: int) -> Place:
    if sides is None or bottom == sides[4]:
        return first
    sheet, left, right, top, _ = sides
    return Cells(sheet, f"{left}{top}:{right}{bottom}")
