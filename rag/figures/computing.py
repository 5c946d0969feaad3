"""A question answered by arithmetic over tables: the table and the query that are sure, the result, and its cells."""

import logging
import math
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from rag.errors import CannotCompute
from rag.figures.engine import Engine, Result
from rag.figures.periods import Grain, label
from rag.figures.plans import Plan, alias, plan
from rag.figures.sql import checked, rows_behind
from rag.figures.typed import TypedTable, long
from rag.figures.wishes import wish_of
from rag.language import is_chinese
from rag.records import Cells, Chart, Computed, Document, Place

_MOST_AREAS = 2_000
_DIGITS = "0123456789"
_AS_SURE = 0.15
_log = logging.getLogger(__name__)


class Source:
    """A table that a question may be about, and the *document* that it stands in.

    What it takes to compute is made when it is first needed, and kept. Safe to use from several threads.
    """

    def __init__(self, document: Document, table: TypedTable) -> None:
        self.document = document
        self.table = table
        self._shapes: dict[bool, tuple[TypedTable, ...]] = {}
        self._engines: dict[int, Engine] = {}
        self._lock = threading.Lock()

    def shapes(self, *, chinese: bool) -> tuple[TypedTable, ...]:
        """The table as it stands, and with a row for each period when periods are its heads."""
        if chinese not in self._shapes:
            upright = long(self.table, *(("期间", "数值") if chinese else ("period", "value")))
            self._shapes[chinese] = (self.table,) if upright is None else (self.table, upright)
        return self._shapes[chinese]

    def engine(self, table: TypedTable) -> Engine:
        """A database that holds *table*, which is one of the shapes."""
        with self._lock:
            if id(table) not in self._engines:
                self._engines[id(table)] = Engine([table])
            return self._engines[id(table)]


def computed(question: str, sources: Sequence[Source]) -> Computed | None:
    """What *question* comes to over the one of *sources* that it surely means; ``None`` when none is sure.

    Where several are meant as surely, and do not come to the same, none is.
    """
    wish, chinese = wish_of(question), is_chinese(question)
    found: list[tuple[Plan, Source, TypedTable]] = []
    for source in sources:
        plans = [(plan(wish, table, chinese=chinese), table) for table in source.shapes(chinese=chinese)]
        sure = [(one, source, table) for one, table in plans if one is not None]
        found.extend(sorted(sure, key=lambda each: -each[0].sure)[:1])
    surest = max((one.sure for one, _, _ in found), default=0.0)
    results = []
    for one, source, table in found:
        if one.sure > surest - _AS_SURE:
            try:
                results.append(run(one.sql, source, table, planned=one, chinese=chinese))
            except CannotCompute as error:
                _log.warning("%s: %s", error, one.sql)
                return None
    first = results[0] if results else None
    return first if all(one is not None and first is not None and one.rows == first.rows for one in results) else None


def may_be_computed(question: str) -> bool:
    """Whether *question*, by its words alone, may ask for a figure. It takes microseconds."""
    wish = wish_of(question)
    return wish.computes or wish.figure


def run(
    sql: str, source: Source, table: TypedTable, *, planned: Plan | None = None, chinese: bool = False
) -> Computed | None:
    """The result of *sql* over *table*, a shape of *source*, with the cells that went in; ``None`` when nothing did.

    :raises CannotCompute: when it may not be run, or fails
    """
    names = [column.name for column in table.columns]
    known = checked(sql, {table.label: names})
    behind, used = rows_behind(known, table.label, names)
    engine = source.engine(table)
    result = engine.run(known)
    numbers = range(len(table.rows)) if behind is None else [row[0] for row in engine.run(behind, whole=True).rows]
    cells = cells_of(table, numbers, [table.named(name) for name in used or names])
    if not cells or all(value is None for row in result.rows for value in row):
        return None
    percents = planned.percents if planned else ()
    columns, chart = result.columns, planned.chart if planned else None
    if len(numbers) <= len(result.rows):
        columns, chart = _not_summed(columns, chart, names)
    return Computed(
        known,
        columns,
        _shown(result, table, planned.grain if planned else None, chinese=chinese),
        chart,
        source.document,
        table.title or source.table.label,
        cells,
        result.cut,
        table.unit,
        tuple(at for at, name in enumerate(result.columns) if name in percents),
    )


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
    result: Result, table: TypedTable, grain: Grain | None, *, chinese: bool
) -> tuple[tuple[str | float | int | None, ...], ...]:
    """The rows with periods as a person writes them: of *grain*, or as fine as their column is."""
    own = {column.name: column.grain for column in table.columns}
    grains = [grain or own.get(name) or "day" for name in result.columns]
    return tuple(
        tuple(_plain(value, each, chinese=chinese) for value, each in zip(row, grains, strict=True))
        for row in result.rows
    )


def _plain(value: object, grain: Grain, *, chinese: bool) -> str | float | int | None:
    match value:
        case bool():
            return str(value)
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
    for column in columns:
        found.update(dict.fromkeys(_runs(place for at in wanted if (place := table.places[at][column]) is not None)))
    return tuple(found)[:_MOST_AREAS]


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
