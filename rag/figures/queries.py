"""A question answered by a query that a model wrote: checked, run in the locked engine, mended once, or no result."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.errors import CannotCompute
from rag.figures.asked.mentions import mentions
from rag.figures.asked.periods import GRAINS, Grain
from rag.figures.asked.wishes import Wish, wish_of
from rag.figures.computing import Source
from rag.figures.database.conditions import conditions_told, measured_by
from rag.figures.database.engine import Engine
from rag.figures.database.running import Reading, run
from rag.figures.database.sql import (
    checked,
    computes_only_from_cells,
    renamed,
    result_columns,
    table_names,
    without_totals,
)
from rag.figures.profiles import profiles
from rag.figures.typed import TypedTable
from rag.language import is_chinese
from rag.records import Chart, Computed

MOST_TABLES = 6
_TRIES = 2
_MOST_SAID = 3
_log = logging.getLogger(__name__)

Write = Callable[[str, str], str]
"""What writes a query: from the profiles of the tables, and what was wrong with its last one, SQL; empty for none."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A table by the short *name* by which the model calls it."""

    name: str
    source: Source
    table: TypedTable


def asks_for_figures(question: str) -> bool:
    """Whether *question* asks by its own words for something to be computed, so that it may cost a model's time."""
    wish = wish_of(question)
    return bool(wish.operation or wish.ranked or wish.trend or wish.chart or wish.compare or wish.ratio or wish.grain)


def may_ask_for_figures(question: str) -> bool:
    """Whether *question* asks at least what something is or how much, so that it may name a cell."""
    return asks_for_figures(question) or wish_of(question).figure


def named_in(question: str, source: Source, *, cell: bool = False) -> bool:
    """Whether *question* names a column of a table, or what stands in it; when a *cell* is wanted, both of them."""
    found = mentions(wish_of(question).text, source.table)
    rows = bool(found.values) or bool(found.times)
    return bool(found.measures) and rows if cell else bool(found.named or found.values)


def queried(question: str, sources: Sequence[Source], fits: Callable[[str], bool], write: Write) -> Computed | None:
    """What *question* comes to by a query over *sources*, the likeliest first, which *write* writes.

    ``None`` when it writes none, or none that may be run and comes to something, even when told what was wrong.
    """
    known = _known(sources, chinese=is_chinese(question))
    by_name = [replace(one.table, label=one.name, title=one.table.title or one.table.label) for one in known]
    text, told = profiles(by_name, fits)
    known = known[: len(told)]
    if not known:
        return None
    problem = ""
    for _ in range(_TRIES):
        sql = write(text, problem)
        if not sql:
            return None
        try:
            return _result(question, sql, known)
        except CannotCompute as error:
            _log.info("%s: %s", error, sql[:1000])
            problem = f"{sql[:1000]}\n-- {error.details.get('reason', '')}"
    return None


def _known(sources: Iterable[Source], *, chinese: bool) -> list[_Known]:
    """The tables that the model is told of: each as it stands, and with a row for each period where it has them."""
    tables = [(source, shape) for source in sources for shape in source.shapes(chinese=chinese)]
    return [_Known(f"t{at}", source, table) for at, (source, table) in enumerate(tables[:MOST_TABLES], start=1)]


def _result(question: str, sql: str, known: Sequence[_Known]) -> Computed:
    """:raises CannotCompute: when it may not be run, fails, or comes to nothing"""
    names = {one.name: [column.name for column in one.table.columns] for one in known}
    written = checked(sql, names)
    if not computes_only_from_cells(written):
        raise CannotCompute(reason="a column of the result is a number that stands in no table")
    names_in = table_names(written)
    used = [one for one in known if one.name in names_in]
    if len({one.source.document.id for one in used if one.source.document}) > 1:
        raise CannotCompute(reason="the tables of one query must be of one document")
    labels = _labels(used)
    written = renamed(written, labels)
    tables = [replace(one.table, label=labels[one.name]) for one in used]
    summed = without_totals(written, [table.label for table in tables if table.totals])
    # A query may be about a total itself, and then nothing is left without them.
    for one in dict.fromkeys((summed, written)):
        found = _run(question, one, used, tables)
        if found is not None:
            return found
    raise CannotCompute(reason="the query finds no rows, or only empty cells")


def _run(question: str, sql: str, used: Sequence[_Known], tables: Sequence[TypedTable]) -> Computed | None:
    chinese, first = is_chinese(question), used[0]
    reading = reading_of(question, sql)
    if len(used) == 1:
        engine = first.source.engine(first.table)
        found = run(sql, tables, engine, first.source.document, reading, chinese=chinese)
    else:
        with Engine(tables) as engine:
            found = run(sql, tables, engine, first.source.document, reading, chinese=chinese)
    return None if found is None else _plainly(found, tables, chinese=chinese)


def _plainly(found: Computed, tables: Sequence[TypedTable], *, chinese: bool) -> Computed:
    """*found* with what a model leaves unsaid: which rows it took, and the columns behind the names that it made up."""
    figures = [column.name for table in tables for column in table.columns if column.kind == "number"]
    behind = measured_by(found.sql, figures)
    names = {name: _with_columns(name, behind.get(name, ()), chinese=chinese) for name in found.columns}
    chart = found.chart and replace(
        found.chart, x=names.get(found.chart.x, found.chart.x), y=tuple(names.get(one, one) for one in found.chart.y)
    )
    only = conditions_told(found.sql, chinese=chinese)
    return replace(found, columns=tuple(names[name] for name in found.columns), chart=chart, only=only)


def _with_columns(name: str, columns: Sequence[str], *, chinese: bool) -> str:
    unsaid = [column for column in columns if column.casefold() not in name.casefold()]
    if not unsaid or len(unsaid) > _MOST_SAID:
        return name
    return f"{name}（{'、'.join(unsaid)}）" if chinese else f"{name} ({', '.join(unsaid)})"


def _labels(used: Sequence[_Known]) -> dict[str, str]:
    """What each table is called where people read it; no two alike."""
    found: dict[str, str] = {}
    for one in used:
        label, copy = one.table.label, 2
        while label in found.values():
            label, copy = f"{one.table.label} ({copy})", copy + 1
        found[one.name] = label
    return found


# ── How the result is read ──


def reading_of(question: str, sql: str) -> Reading:
    """How the result of *sql* is to be read, as far as the query and the words of *question* tell."""
    wish, columns = wish_of(question), result_columns(sql)
    grains = {column.name: grain for column in columns if (grain := _grain(column.period))}
    shares = wish.operation in {"share", "growth"} or wish.percent
    percents = tuple(column.name for column in columns if shares and column.fraction)
    return Reading(_chart(wish, [column.name for column in columns], grains, percents), percents, grains)


def _grain(unit: str) -> Grain | None:
    return next((grain for grain in GRAINS if grain == unit), None)


def _chart(wish: Wish, columns: Sequence[str], grains: Mapping[str, Grain], percents: Sequence[str]) -> Chart | None:
    if len(columns) < 2 or not (wish.chart or wish.trend or wish.grain or wish.operation == "share"):
        return None
    x, *others = columns
    y = tuple(percents) or tuple(others)
    if x in grains or wish.trend or wish.grain:
        return Chart("line", x, y)
    return Chart("pie" if wish.operation == "share" and len(y) == 1 else "bar", x, y)
