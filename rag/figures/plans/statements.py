"""Plans as SQL: how the figures of a column are added up, grouped, ordered and drawn."""

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass

from rag.figures.asked.periods import Grain
from rag.figures.asked.wishes import Operation, Wish
from rag.figures.database.engine import quoted
from rag.figures.plans.frames import Frame
from rag.figures.typed import TOTAL, TypedTable
from rag.records import Chart

_NAMES = {
    "sum": ("合计", "total"),
    "mean": ("平均", "average"),
    "max": ("最大值", "maximum"),
    "min": ("最小值", "minimum"),
    "count": ("数量", "count"),
    "share": ("占比", "share"),
    "growth": ("增长率", "growth"),
}
_FUNCTIONS = {"sum": "SUM", "mean": "AVG", "max": "MAX", "min": "MIN", "share": "SUM", "growth": "SUM"}
_BEFORE = {"year": "1 YEAR", "half": "6 MONTH", "quarter": "3 MONTH", "month": "1 MONTH", "day": "1 DAY"}
_A_YEAR = "INTERVAL 1 YEAR"
_HAN = " 一二三四"
_HALVES = " 上下"
_STEPS = {"quarter": 4, "month": 12, "half": 2}


@dataclass(frozen=True, slots=True)
class Plan:
    """*sql* for a question, the *chart* that shows it, how *sure* it is that this is what was meant, and the *grain* of
    the periods in its first column. *percents* names the columns whose values are shares of one. *empty* counts
    the rows that are left out since they have no value. *only* are the names that the rows must have.
    """

    sql: str
    chart: Chart | None
    sure: float
    grain: Grain | None = None
    percents: tuple[str, ...] = ()
    empty: str = ""
    only: tuple[str, ...] = ()


def aggregated(
    operation: Operation, wish: Wish, table: TypedTable, names: list[str], frame: Frame, sure: float, *, chinese: bool
) -> Plan:
    """*names* are the measures; a share or a growth is that of the first."""
    kind = operation if operation in {"mean", "max", "min", "count"} else "sum"
    function = "COUNT(*)" if operation == "count" else _FUNCTIONS[operation]
    values = {alias(name, kind, chinese=chinese): f"{function}({quoted(name)})" for name in names}
    if operation == "count":
        values = {alias("", kind, chinese=chinese): function}
    total, value = next(iter(values.items()))
    keys = frame.keys
    columns = [f"{expression} AS {quoted(name)}" for expression, name in keys]
    columns += [f"{one} AS {quoted(name)}" for name, one in values.items()]
    y = list(values)
    if operation == "share" and keys:
        y = [alias(names[0], "share", chinese=chinese)]
        columns.append(f"{value} / SUM({value}) OVER () AS {quoted(y[0])}")
    if operation == "growth" and frame.grain is not None:
        y = [alias(names[0], "growth", chinese=chinese)]
        step = _STEPS.get(frame.grain, 1) if wish.yearly else 1
        over = f"ORDER BY {keys[0][0]}" if len(keys) == 1 else f"PARTITION BY {keys[1][0]} ORDER BY {keys[0][0]}"
        before = f"LAG({keys[0][0]}, {step}) OVER ({over}) = {keys[0][0]} - INTERVAL {_BEFORE[frame.grain]}"
        before = before if not wish.yearly else f"LAG({keys[0][0]}, {step}) OVER ({over}) = {keys[0][0]} - {_A_YEAR}"
        grown = f"{value} / LAG({value}, {step}) OVER ({over}) - 1"
        # Over a gap between periods it would be the growth of two.
        columns.append(f"CASE WHEN {before} THEN {grown} END AS {quoted(y[0])}")
    conditions = list(frame.conditions)
    if operation != "count":
        conditions.append(f"{quoted(names[0])} IS NOT NULL")
    sql = select(columns, table, conditions) + grouped(frame, wish, total)
    rates = {column.name for column in table.columns if column.percent}
    percents = [alias for name, alias in zip(names, values, strict=False) if name in rates]
    percents += y if operation in {"share", "growth"} else []
    empty = select(["COUNT(*)"], table, [*frame.conditions, f"{quoted(names[0])} IS NULL"]) if names[0] else ""
    return Plan(
        sql,
        chart_of(operation, wish, frame, y),
        sure,
        frame.grain,
        tuple(percents),
        empty,
        _meant(frame, chinese=chinese),
    )


def _meant(frame: Frame, *, chinese: bool) -> tuple[str, ...]:
    """The names and the period that a result is about; a period that the result is split by stands in it."""
    times = frame.times
    if frame.grain == "year" and times.half:
        return (*frame.only, times_told((), times.quarters, (), chinese=chinese))
    if frame.grain is not None or not times or times.through:
        return frame.only
    return (*frame.only, times_told(times.years, times.quarters, times.months, chinese=chinese))


def times_told(years: Sequence[int], quarters: Sequence[int], months: Sequence[int], *, chinese: bool) -> str:
    """These periods in words: ``2024年第一季度``, ``Q1 2024``; the two quarters of a half of the year are that half."""
    half = next((half for half in (1, 2) if [*quarters] == [2 * half - 1, 2 * half]), 0)
    if chinese:
        named = f"{_HALVES[half]}半年" if half else "、".join(f"第{_HAN[one]}季度" for one in quarters)
        return "".join(["、".join(f"{year}年" for year in years), named, "、".join(f"{month}月" for month in months)])
    parts = [
        f"H{half}" if half else ", ".join(f"Q{one}" for one in quarters),
        ", ".join(month_name[month] for month in months),
    ]
    return " ".join(filter(None, [*parts, ", ".join(map(str, years))]))


def grouped(frame: Frame, wish: Wish, value: str) -> str:
    """By what the result is grouped, and in which order: of periods in theirs, or else by the column *value*."""
    if not frame.keys:
        return ""
    order = [expression for expression, _ in frame.keys]
    sql = f" GROUP BY {', '.join(order)}"
    if frame.grain is None or wish.which:
        order.insert(0, f"{quoted(value)} {'ASC' if wish.lowest else 'DESC'}")
    sql += f" ORDER BY {', '.join(order)}"
    if wish.ranked and (frame.grain is None or wish.which) and (wish.top or not wish.each):
        sql += f" LIMIT {wish.top or 1}"
    return sql


def select(columns: list[str], table: TypedTable, conditions: list[str]) -> str:
    """A query for *columns* over the rows of *table* that meet *conditions*, none of which sums up others unless these
    are asked for.
    """
    if table.totals and quoted(TOTAL) not in conditions:
        conditions = [*conditions, f"NOT {quoted(TOTAL)}"]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {', '.join(columns)} FROM {quoted(table.label)}{where}"  # noqa: S608 - all quoted


def alias(name: str, kind: str, *, chinese: bool) -> str:
    """What a *kind* of figure over the column *name* is called: ``销售额合计``, ``total Sales``."""
    in_chinese, in_english = _NAMES[kind]
    if chinese:
        return f"{name}{in_chinese}"
    return f"{in_english} {name}".strip() if kind != "growth" else f"{name} growth".strip()


def growth_between(later: str, earlier: str, *, yearly: bool, chinese: bool) -> str:
    """What the growth from *earlier* to *later* is called: ``2024年度较2023年度增长率``."""
    if chinese:
        return f"{later}较{earlier}{'年均复合' * yearly}增长率"
    return f"{'compound annual ' * yearly}growth from {earlier} to {later}"


def chart_of(operation: Operation, wish: Wish, frame: Frame, y: list[str]) -> Chart | None:
    """How the columns *y* are drawn: over periods as lines, shares as a pie, others as bars where asked for."""
    if len(frame.keys) != 1:
        return None
    x = frame.keys[0][1]
    if frame.grain is not None:
        return Chart("line", x, tuple(y))
    if operation == "share":
        return Chart("pie", x, tuple(y))
    return Chart("bar", x, tuple(y)) if wish.chart or wish.each else None
