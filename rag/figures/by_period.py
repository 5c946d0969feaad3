"""A table with a column for each period, turned into one with a row for each period."""

from collections.abc import Sequence
from dataclasses import replace

from rag.figures.asked.periods import GRAINS, Period, period_of
from rag.figures.typed import TypedColumn, TypedTable
from rag.records import Place, Value


def by_period(table: TypedTable, period: str, value: str) -> TypedTable | None:
    """*table* with a row for each of its periods, when several of its columns are periods (``2023``, ``Q1``); the new
    columns are called *period* and *value*. ``None`` when it has none.
    """
    columns = table.columns
    figures = [at for at, column in enumerate(columns) if column.kind == "number"]
    heads = {at: found for at in figures if (found := _head(columns[at].name))}
    if len(heads) < 2 or 2 * len(heads) < len(figures):
        return None
    if len({found.start for found in heads.values()}) < len(heads) or len({one.grain for one in heads.values()}) > 1:
        return None  # a year beside its quarters would count twice
    # So would what does not belong to one period: it would stand beside each.
    kept = [at for at in range(len(columns)) if at not in figures]
    order = sorted(heads, key=lambda at: heads[at].start)
    grain = max((found.grain for found in heads.values()), key=GRAINS.index)
    names = {columns[at].name for at in kept}
    percent = all(columns[at].percent for at in heads)
    new = (
        TypedColumn(_free(period, names), "date", grain),
        TypedColumn(_free(value, names), "number", percent=percent),
    )
    rows: list[tuple[Value, ...]] = []
    places: list[Sequence[Place | None]] = []
    totals: list[int] = []
    for number, (row, where) in enumerate(zip(table.rows, table.places, strict=True)):
        for at in order:
            if number in table.totals:
                totals.append(len(rows))
            rows.append((*(row[one] for one in kept), heads[at].start, row[at]))
            places.append((*(where[one] for one in kept), None, where[at]))
    return replace(
        table,
        label=f"{table.label} by period",
        columns=(*(columns[at] for at in kept), *new),
        words=(*(table.words[at] for at in kept), {}, {}),
        rows=tuple(rows),
        places=tuple(places),
        totals=frozenset(totals),
        heads=(),
        texts=(),
        under=tuple(path for path in table.under for _ in order),
    )


def _head(name: str) -> Period | None:
    """The period that a head is, or that the lowest of its heads is."""
    return period_of(name) or period_of(name.rsplit(" ", 1)[-1])


def _free(name: str, taken: set[str]) -> str:
    return name if name not in taken else _free(f"{name} ", taken)
