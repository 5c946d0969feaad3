"""A question answered by arithmetic over tables: the table and the query that are sure, the result, and its cells."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.errors import CannotCompute
from rag.figures.engine import Engine, Result
from rag.figures.periods import Grain, label
from rag.figures.plans import Plan, plan
from rag.figures.sql import checked, rows_behind
from rag.figures.typed import TypedTable, long
from rag.figures.wishes import wish_of
from rag.language import is_chinese
from rag.records import Cells, Computed, Document, Place, Value, areas, cell_corners

_MOST_AREAS = 2_000
_AS_SURE = 0.15
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """A table that a question may be about, and the document that it stands in."""

    document: Document
    table: TypedTable


def computed(question: str, sources: Sequence[Source]) -> Computed | None:
    """What *question* comes to over the one of *sources* that it surely means; ``None`` when none is sure.

    Where several are meant as surely, and do not come to the same, none is.
    """
    wish, chinese = wish_of(question), is_chinese(question)
    names = ("期间", "数值") if chinese else ("period", "value")
    found: list[tuple[Plan, Source]] = []
    for source in sources:
        shapes = [table for table in (source.table, long(source.table, *names)) if table is not None]
        plans = [(one, replace(source, table=table)) for table in shapes if (one := plan(wish, table, chinese=chinese))]
        found.extend(sorted(plans, key=lambda pair: -pair[0].sure)[:1])
    surest = max((one.sure for one, _ in found), default=0.0)
    results = []
    for one, source in found:
        if one.sure > surest - _AS_SURE:
            try:
                results.append(run(one.sql, source, planned=one, chinese=chinese))
            except CannotCompute as error:
                _log.warning("%s: %s", error, one.sql)
                return None
    first = results[0] if results else None
    return first if all(one is not None and first is not None and one.rows == first.rows for one in results) else None


def run(sql: str, source: Source, *, planned: Plan | None = None, chinese: bool = False) -> Computed | None:
    """The result of *sql* over *source*, with the cells that went in; ``None`` when nothing did.

    :raises CannotCompute: when it may not be run, or fails
    """
    table = source.table
    names = [column.name for column in table.columns]
    known = checked(sql, {table.label: names})
    behind, used = rows_behind(known, table.label, names)
    with Engine([table]) as engine:
        result = engine.run(known)
        numbers = range(len(table.rows)) if behind is None else [row[0] for row in engine.run(behind).rows]
    if not result.rows or all(value is None for row in result.rows for value in row):
        return None
    cells = _cells(table, numbers, [table.named(name) for name in used])
    return Computed(
        known,
        result.columns,
        _shown(result, planned.grain if planned else None, chinese=chinese),
        planned.chart if planned else None,
        source.document,
        table.title or table.label,
        cells,
        result.cut,
    )


def _shown(result: Result, grain: Grain | None, *, chinese: bool) -> tuple[tuple[Value, ...], ...]:
    """The rows with periods as a person writes them."""
    if grain is None:
        return result.rows
    return tuple(
        tuple(label(value, grain, chinese=chinese) if isinstance(value, date) else value for value in row)
        for row in result.rows
    )


def _cells(table: TypedTable, numbers: Iterable[object], columns: Iterable[int]) -> tuple[Place, ...]:
    """The cells of these rows and columns; those that follow each other down a column of a sheet as one area."""
    wanted = [at for at in numbers if isinstance(at, int)]
    found: dict[Place, None] = {}
    for column in columns:
        places = [place for at in wanted if (place := table.places[at][column]) is not None]
        for run in _runs(places):
            found[areas(run)[0] if len(run) > 1 else run[0]] = None
    return tuple(found)[:_MOST_AREAS]


def _runs(places: Iterable[Place]) -> Iterator[list[Place]]:
    run: list[Place] = []
    for place in places:
        if run and not _follows(run[-1], place):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _follows(above: Place, below: Place) -> bool:
    if not (isinstance(above, Cells) and isinstance(below, Cells)) or above.sheet != below.sheet:
        return False
    _, left, bottom, right = cell_corners(above.area)
    top, other_left, _, other_right = cell_corners(below.area)
    return (left, right) == (other_left, other_right) and top == bottom + 1
