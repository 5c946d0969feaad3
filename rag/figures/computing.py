"""A question answered by arithmetic over tables: the table and the query that are sure, the result, and its cells."""

import logging
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.errors import CannotCompute
from rag.figures.asked.bounds import sets_bound
from rag.figures.asked.column_names import spelt_out
from rag.figures.asked.formulas import names_formula
from rag.figures.asked.interim import interim
from rag.figures.asked.reported import reported
from rag.figures.asked.wishes import AND_MORE, YES_OR_NO, Wish, wish_of
from rag.figures.by_period import by_period
from rag.figures.cells.lookups import lookup
from rag.figures.cells.reports import of_report
from rag.figures.cells.statements import is_statement, of_statements
from rag.figures.database.engine import Engine
from rag.figures.database.running import Reading, run
from rag.figures.database.sql import table_names
from rag.figures.plans import plan
from rag.figures.plans.statements import Plan
from rag.figures.typed import TypedTable
from rag.language import is_chinese
from rag.records import About, Computed, Document

_AS_SURE = 0.15
_WHOLE_YEARS = (None, 4)
"""The quarters of which a report tells the whole year; one on a part of it has figures of several lengths and ends."""
_SIGN = re.compile(r"\b(?:positive|negative)\b")
"""Is told by the figure itself."""
_TENTH = 0.051  # of a percent, as ratios are printed
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

    @property
    def about(self) -> About:
        """What is known of its document."""
        return self.document.about if self.document else About()

    def shapes(self, *, chinese: bool) -> tuple[TypedTable, ...]:
        """The table as it stands, and with a row for each period when periods are its heads."""
        if chinese not in self._shapes:
            upright = by_period(self.table, *(("期间", "数值") if chinese else ("period", "value")))
            self._shapes[chinese] = (self.table,) if upright is None else (self.table, upright)
        return self._shapes[chinese]

    def engine(self, table: TypedTable) -> Engine:
        """A database that holds *table*, which is one of the shapes."""
        with self._lock:
            if id(table) not in self._engines:
                self._engines[id(table)] = Engine([table])
            return self._engines[id(table)]


def computed(question: str, sources: Sequence[Source], *, cells_only: bool = False) -> Computed | None:
    """What *question* comes to over the one of *sources* that it surely means; ``None`` when none is sure.

    Where several are meant as surely, and do not come to the same, none is, but for the statement of one report: what
    sums up its segments need not be what the whole company has. *cells_only* takes no more than the very cells of a
    sheet that it names: its words may ask for no figure (卫星的发射时间).
    """
    asked, chinese = wish_of(question), is_chinese(question)
    if YES_OR_NO.match(asked.text):
        return None
    plans = _cells if cells_only else _plans
    found = [each for source in sources for each in plans(asked, source, chinese=chinese)]
    results: list[tuple[float, Source, Computed]] = []
    for one, source, table in found:
        try:
            result = planned(one, source, table, chinese=chinese)
        except CannotCompute as error:
            _log.warning("%s: %s", error, one.sql)
            return None
        if result is not None:
            results.append((one.sure, source, result))
    surest = max((sure for sure, _, _ in results), default=0.0)
    best = [(source, result) for sure, source, result in results if sure > surest - _AS_SURE]
    agreed = _agreed([result for _, result in best])
    if agreed or len({source.document and source.document.id for source, _ in best}) != 1:
        return agreed
    return _agreed([result for source, result in best if source.table.printed and is_statement(source.table)])


def _agreed(results: Sequence[Computed]) -> Computed | None:
    """The first of *results* if all say the same."""
    return results[0] if results and all(_agree(one, results[0]) for one in results) else None


def made_of_statements(question: str, sources: Sequence[Source]) -> Computed | None:
    """What *question* comes to over lines of the statements of one report, whose tables *sources* are; of several
    reports, that on the latest year that has them.
    """
    asked, chinese = wish_of(question), is_chinese(question)
    if (YES_OR_NO.match(asked.text) and not _SIGN.search(asked.text)) or AND_MORE.search(asked.text):
        return None
    by_report: dict[int, list[Source]] = {}
    for source in sources:
        if source.table.printed and not source.table.doubtful and source.about.quarter in _WHOLE_YEARS:
            by_report.setdefault(source.document.id, []).append(source)
    found = (_made(asked, own, chinese=chinese) for own in by_report.values())
    return _agreed([result for result in found if result is not None])


def _made(asked: Wish, sources: Sequence[Source], *, chinese: bool) -> Computed | None:
    first = sources[0]
    tables = [replace(each.table, label=f"{each.table.label} ({at})") for at, each in enumerate(sources, start=1)]
    one = of_statements(asked, tables, first.about.year)
    if one is None:
        return None
    names = table_names(one.sql)
    used = [table for table in tables if table.label.casefold() in names]
    with Engine(used) as engine:
        result = run(one.sql, used, engine, first.document, Reading(None, one.percents), chinese=chinese)
    return result and replace(result, only=one.only)


def _cells(asked: Wish, source: Source, *, chinese: bool) -> Iterator[tuple[Plan, Source, TypedTable]]:
    """The very cells of a sheet that *asked* names."""
    named = None if source.table.printed else lookup(asked, source.table, chinese=chinese)
    if named is not None:
        yield named, source, source.table


def _plans(asked: Wish, source: Source, *, chinese: bool) -> Iterator[tuple[Plan, Source, TypedTable]]:
    """What is sure to answer *asked* by *source*, with the shape of its table: one plan, or none."""
    table = source.table
    wish = replace(asked, text=spelt_out(asked.text, table))
    if table.printed and (table.doubtful or AND_MORE.search(asked.text)):
        return
    told = None
    if table.printed and source.about.quarter in _WHOLE_YEARS:
        told = reported(wish, table, source.about.year)
        if told is None:
            return
        wish = told.wish
    elif table.printed and (of_part := interim(wish, table, source.about.year, source.about.quarter)) is not None:
        told = reported(*of_part, source.about.year)
    cells = lookup(wish, table, chinese=chinese) if told is None else of_report(told, chinese=chinese)
    if cells is not None:
        yield cells, source, table
    # A label says little there without those it stands under, and wholes stand among their parts.
    of_cells = told is not None and (told.needs_cells or source.about.quarter not in _WHOLE_YEARS)
    if cells is not None or table.nested or of_cells:
        return
    plans = [
        (one, source, shape) for shape in source.shapes(chinese=chinese) if (one := plan(wish, shape, chinese=chinese))
    ]
    yield from sorted(plans, key=lambda each: -each[0].sure)[:1]


def _agree(one: Computed, other: Computed) -> bool:
    """Whether two results say the same: their rows, or the figures of the one row that each comes to."""
    if one.rows == other.rows:
        return True
    if len(one.rows) > 1 or len(other.rows) > 1:
        return False
    mine, theirs = ([value for value in each.rows[0] if isinstance(value, float | int)] for each in (one, other))
    if not mine or not theirs:
        return False
    pairs = zip(mine, theirs, strict=True) if len(mine) == len(theirs) else [(mine[-1], theirs[-1])]
    return all(_near(first, second) for first, second in pairs)


def _near(first: float, second: float) -> bool:
    """Whether two figures are one, as far as it is printed; one of them may be a percentage."""
    percents = any(abs(above - 100 * below) <= _TENTH for above, below in ((first, second), (second, first)))
    return percents or abs(first - second) <= (_TENTH / 10 if abs(first) > 1 else _TENTH / 100)


def may_be_computed(question: str) -> bool:
    """Whether *question*, by its words alone, may ask for a figure. It takes microseconds."""
    wish = wish_of(question)
    return wish.computes or wish.figure or sets_bound(wish.text) or names_formula(wish.text)


def asks_for_formula(question: str) -> bool:
    """Whether *question* names a figure that is made of others, or tells how."""
    return names_formula(wish_of(question).text)


def planned(one: Plan, source: Source, table: TypedTable, *, chinese: bool) -> Computed | None:
    """What a plan comes to over *table*, a shape of *source*.

    :raises CannotCompute: when it fails
    """
    # The first column of periods is the only one a plan gives.
    dates = [column.name for column in table.columns if column.kind == "date"]
    grains = {name: one.grain for name in dates if one.grain is not None}
    reading = Reading(one.chart, one.percents, grains)
    found = run(one.sql, [table], source.engine(table), source.document, reading, chinese=chinese)
    asked = [row[at] for at in found.percents for row in found.rows] if found else []
    if found is None or (asked and all(value is None for value in asked)):  # no growth without the year before
        return None
    return replace(found, empty=_count(source.engine(table), one.empty), only=one.only)


def _count(engine: Engine, sql: str) -> int:
    counted = engine.run(sql).rows[0][0] if sql else 0
    return counted if isinstance(counted, int) else 0
