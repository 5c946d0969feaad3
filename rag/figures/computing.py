"""A question answered by arithmetic over tables: the table and the query that are sure, the result, and its cells."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace

from rag.errors import CannotCompute
from rag.figures.asked.bounds import sets_bound
from rag.figures.asked.column_names import spelt_out
from rag.figures.asked.wishes import AND_MORE, YES_OR_NO, wish_of
from rag.figures.cells.lookups import lookup
from rag.figures.database.engine import Engine
from rag.figures.database.running import Reading, run
from rag.figures.plans import plan
from rag.figures.plans.statements import Plan
from rag.figures.typed import TypedTable, long
from rag.language import is_chinese
from rag.records import Computed, Document

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
    asked, chinese = wish_of(question), is_chinese(question)
    found: list[tuple[Plan, Source, TypedTable]] = []
    if YES_OR_NO.match(asked.text):
        return None
    for source in sources:
        if source.table.printed and (source.table.doubtful or AND_MORE.search(asked.text)):
            continue
        wish = replace(asked, text=spelt_out(asked.text, source.table))
        cells = lookup(wish, source.table, chinese=chinese)
        if cells is not None:
            found.append((cells, source, source.table))
            continue
        if source.table.nested:
            continue  # a label says little there without those it stands under, and wholes stand among their parts
        plans = [(plan(wish, table, chinese=chinese), table) for table in source.shapes(chinese=chinese)]
        sure = [(one, source, table) for one, table in plans if one is not None]
        found.extend(sorted(sure, key=lambda each: -each[0].sure)[:1])
    results: list[tuple[float, Computed]] = []
    for one, source, table in found:
        try:
            result = planned(one, source, table, chinese=chinese)
        except CannotCompute as error:
            _log.warning("%s: %s", error, one.sql)
            return None
        if result is not None:
            results.append((one.sure, result))
    surest = max((sure for sure, _ in results), default=0.0)
    best = [result for sure, result in results if sure > surest - _AS_SURE]
    return best[0] if best and all(one.rows == best[0].rows for one in best) else None


def may_be_computed(question: str) -> bool:
    """Whether *question*, by its words alone, may ask for a figure. It takes microseconds."""
    wish = wish_of(question)
    return wish.computes or wish.figure or sets_bound(wish.text)


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
