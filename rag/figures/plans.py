"""A question over one table as SQL: the common shapes, by our own grammar, and nothing where it is not sure.

Sums, means, extremes, counts, shares, ratios, growth and values, by group or by period, ranked, for the rows that a
question names.
"""

import re
from dataclasses import dataclass

from rag.figures.engine import literal, quoted
from rag.figures.frames import Frame, column_of_days, frame_of, is_one_of, rows_meant, told_apart
from rag.figures.labels import GONE
from rag.figures.mentions import Mentions, is_identifier, mentions, names_of
from rag.figures.periods import Grain
from rag.figures.ratios import Made, ratio_in
from rag.figures.typed import TOTAL, TypedTable, unit_of
from rag.figures.wishes import Operation, Wish, plain, wish_of
from rag.records import Chart

_FEW_ROWS = 50
_SHARE_OF = re.compile(
    r"占(?![比了有据])(.{1,12}?)的?(?:比[例重]|百分|份额|多少)|(?:share|percent|percentage|proportion) of ([a-z ]+)"
)
_THE_WHOLE = re.compile(r"[总全整合]|total|all|overall|whole")
_ADDS_UP = re.compile(
    r"[额量]$|数量|件数|人数|收入|成本|费用?|支出|利润|金额|amount|quantity|qty|sales|revenue|cost|expense|profit|units|volume"
)
_SAYS_RATIO = re.compile(r"比例|比重|比率|占比|ratio|share|%")
_SAYS_GROWTH = re.compile(r"增|率|幅|比|growth|change|rate|%")
_MOST_LEFT = 3  # Han characters, or one word, that may mean nothing
_LEAST = 0.7
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
_STEPS = {"quarter": 4, "month": 12, "half": 2}


@dataclass(frozen=True, slots=True)
class Plan:
    """*sql* for a question, the *chart* that shows it, how *sure* it is that this is what was meant, and the *grain* of
    the periods in its first column. *percents* names the columns whose values are shares of one. *empty* counts
    the rows that are left out since they have no value.
    """

    sql: str
    chart: Chart | None
    sure: float
    grain: Grain | None = None
    percents: tuple[str, ...] = ()
    empty: str = ""


def plan(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """How to answer *wish* from *table*; ``None`` when it is not sure that it can."""
    figures = [column.name for column in table.columns if column.kind == "number"]
    made = ratio_in(wish.text, figures, [column.name for column in table.columns])
    return _made(made, wish, table) if made is not None else _named(wish, table, chinese=chinese)


def _named(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """What is computed from the columns that *wish* names."""
    found = mentions(wish.text, table)
    measures, surely = found.measures, found.surely
    if not measures and not any(table.columns[at].kind == "number" for at in found.named):
        numbers = [at for at, column in enumerate(table.columns) if column.kind == "number"]
        numbers = [at for at in numbers if not is_identifier(table, at)]
        measures, surely = (tuple(numbers), 0.3) if len(numbers) == 1 else ((), 0.0)
    frame = frame_of(wish, table, found)
    operation = _operation(wish, found, frame) if frame else None
    if frame is None or found.more or found.left > _MOST_LEFT or not (measures or operation == "count"):
        return None
    sure = surely + len(found.values) + bool(found.times) + 0.5 * bool(frame.keys) - 0.1 * found.left
    rates = any(_SAYS_RATIO.search(plain(table.columns[at].name)) for at in found.named)
    if wish.ratio and not frame.keys and not rates:
        both = found.loose if len(measures) == 1 else measures
        if len(both) == 2:
            return _ratio(wish, table, both, frame, sure if both == measures else sure - 1 + _LEAST)
        if operation != "share":
            return None
    if operation is None or (operation == "growth" and not frame.grain):
        rates = all(_SAYS_GROWTH.search(plain(table.columns[at].name)) for at in measures)
        return _values(table, found, measures, sure, chinese=chinese) if operation is None or rates else None
    if sure < _LEAST or (operation == "share" and _of_another(wish, table, measures)):
        return None
    return _computed(operation, wish, table, measures, found, frame, sure, chinese=chinese)


def _computed(
    operation: Operation,
    wish: Wish,
    table: TypedTable,
    measures: tuple[int, ...],
    found: Mentions,
    frame: Frame,
    sure: float,
    *,
    chinese: bool,
) -> Plan | None:
    if operation == "difference":
        return _difference(wish, table, measures, found, frame, sure, chinese=chinese)
    if operation == "share" and not frame.keys:
        return _share_of_total(table, measures, found, frame, sure, chinese=chinese)
    if operation in {"sum", "mean", "share"} and table.overlaps and not found.values:
        return None
    if _adds_up_percents(operation, table, measures) and not (frame.grain and found.values):
        return None
    shown = [table.columns[at].name for at in measures] or [""]
    return _aggregated(operation, wish, table, shown, frame, sure, chinese=chinese)


def _of_another(wish: Wish, table: TypedTable, measures: tuple[int, ...]) -> bool:
    """Whether a share is asked for that is of something else than the sum of the measure."""
    match = _SHARE_OF.search(wish.text)
    if match is None or _THE_WHOLE.search(match[1] or match[2]):
        return False
    return not any(name in (match[1] or match[2]) for at in measures for name in names_of(table.columns[at].name))


def _operation(wish: Wish, found: Mentions, frame: Frame) -> Operation | None:
    if wish.operation == "count" and found.measures and found.surely >= 1:
        return "sum"  # 数量 is the name of a column here, and not what is asked for
    if wish.operation is None and frame.keys:
        return "sum"
    if wish.operation is None and wish.ratio and len(found.measures) == 2:
        return "share"
    return wish.operation


def _adds_up_percents(operation: Operation, table: TypedTable, measures: tuple[int, ...]) -> bool:
    """Whether that would come to a sum of rates, which is the rate of nothing."""
    return operation in {"sum", "share", "growth"} and any(table.columns[at].percent for at in measures)


# ── SQL ──


def _aggregated(
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
    sql = _select(columns, table, conditions) + _grouped(frame, wish, total)
    rates = {column.name for column in table.columns if column.percent}
    percents = [alias for name, alias in zip(names, values, strict=False) if name in rates]
    percents += y if operation in {"share", "growth"} else []
    empty = _select(["COUNT(*)"], table, [*frame.conditions, f"{quoted(names[0])} IS NULL"]) if names[0] else ""
    return Plan(sql, _chart(operation, wish, frame, y), sure, frame.grain, tuple(percents), empty)


def _grouped(frame: Frame, wish: Wish, value: str) -> str:
    """By what the result is grouped, and in which order: of periods in theirs, or else by the column *value*."""
    if not frame.keys:
        return ""
    order = [expression for expression, _ in frame.keys]
    sql = f" GROUP BY {', '.join(order)}"
    if frame.grain is None:
        order.insert(0, f"{quoted(value)} {'ASC' if wish.lowest else 'DESC'}")
    sql += f" ORDER BY {', '.join(order)}"
    if wish.ranked and frame.grain is None and (wish.top or not wish.each):
        sql += f" LIMIT {wish.top or 1}"
    return sql


def _select(columns: list[str], table: TypedTable, conditions: list[str]) -> str:
    if table.totals:
        conditions = [*conditions, f"NOT {quoted(TOTAL)}"]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {', '.join(columns)} FROM {quoted(table.label)}{where}"  # noqa: S608 - all quoted


def alias(name: str, kind: str, *, chinese: bool) -> str:
    """What a *kind* of figure over the column *name* is called: ``销售额合计``, ``total Sales``."""
    in_chinese, in_english = _NAMES[kind]
    if chinese:
        return f"{name}{in_chinese}"
    return f"{in_english} {name}".strip() if kind != "growth" else f"{name} growth".strip()


def _chart(operation: Operation, wish: Wish, frame: Frame, y: list[str]) -> Chart | None:
    if len(frame.keys) != 1:
        return None
    x = frame.keys[0][1]
    if frame.grain is not None:
        return Chart("line", x, tuple(y))
    if operation == "share":
        return Chart("pie", x, tuple(y))
    return Chart("bar", x, tuple(y)) if wish.chart or wish.each else None


def _ratio(wish: Wish, table: TypedTable, measures: tuple[int, ...], frame: Frame, sure: float) -> Plan | None:
    """The first measure over the second, over all rows that are meant; none of amounts in different units."""
    names = [table.columns[at].name for at in measures]
    if len({unit for name in names if (unit := unit_of(name))}) > 1:
        return None
    above, below = (f"SUM({quoted(name)})" for name in names)
    columns = [f"{above} AS {quoted(names[0])}", f"{below} AS {quoted(names[1])}"]
    ratio = " / ".join(names)
    columns.append(f"{above} / NULLIF({below}, 0) AS {quoted(ratio)}")
    percents = (ratio,) if wish.percent else ()
    return Plan(_select(columns, table, list(frame.conditions)), None, sure, percents=percents)


def _made(made: Made, wish: Wish, table: TypedTable) -> Plan | None:
    """A ratio by its name, for all rows that are meant or for each group of them: of sums, never a mean of ratios."""
    rest = wish_of(wish.text.replace(made.name, GONE))
    found = mentions(rest.text, table)
    frame = frame_of(rest, table, found)
    if frame is None or found.more or found.measures or found.left > _MOST_LEFT:
        return None
    if rest.operation is not None or rest.ratio:
        return None  # of a growth of a ratio, or its share, nothing is known
    parts = list(dict.fromkeys((*made.above, *made.less, *made.over)))
    if len({unit for name in parts if (unit := unit_of(name))}) > 1:
        return None
    above = " + ".join(f"SUM({quoted(name)})" for name in made.above)
    above = "".join([above, *(f" - SUM({quoted(name)})" for name in made.less)])
    below = " + ".join(f"SUM({quoted(name)})" for name in made.over)
    columns = [f"{expression} AS {quoted(name)}" for expression, name in frame.keys]
    columns += [f"SUM({quoted(name)}) AS {quoted(name)}" for name in parts]
    columns.append(f"({above}) / NULLIF({below}, 0) AS {quoted(made.name)}")
    filled = [f"{quoted(name)} IS NOT NULL" for name in parts]
    sql = _select(columns, table, [*frame.conditions, *filled])
    sql += _grouped(frame, rest, made.name)
    empty = _select(["COUNT(*)"], table, [*frame.conditions, f"NOT ({' AND '.join(filled)})"])
    sure = 1.0 + len(found.values) + bool(found.times) + 0.5 * bool(frame.keys) - 0.1 * found.left
    percents = (made.name,) if made.percent else ()
    return Plan(sql, _chart("mean", rest, frame, [made.name]), sure, frame.grain, percents, empty)


def _difference(
    wish: Wish,
    table: TypedTable,
    measures: tuple[int, ...],
    found: Mentions,
    frame: Frame,
    sure: float,
    *,
    chinese: bool,
) -> Plan | None:
    """By how much the first of two values, or of two years, is more than the other; or less, if that is asked."""
    period = column_of_days(table, found)
    pairs = [(at, values) for at, values in found.values.items() if len(values) == 2]
    if len(measures) != 1 or table.columns[measures[0]].percent:
        return None
    if len(pairs) == 1 and len(found.times.years) < 2 and not frame.grain:
        at, values = pairs[0]
        names = list(values)
        each = [f"{quoted(table.columns[at].name)} = {literal(value)}" for value in values]
    elif not pairs and len(found.times.years) == 2 and not found.times.through and period is not None:
        names = [f"{year}年" if chinese else str(year) for year in found.times.years]
        each = [f"year({quoted(table.columns[period].name)}) = {year}" for year in found.times.years]
    else:
        return None
    measure = f"SUM({quoted(table.columns[measures[0]].name)})"
    first, second = (f"{measure} FILTER (WHERE {condition})" for condition in each)
    left, right = (second, first) if wish.less else (first, second)
    difference = "差额" if chinese else "difference"
    columns = [f"{first} AS {quoted(names[0])}", f"{second} AS {quoted(names[1])}"]
    columns.append(f"{left} - {right} AS {quoted(difference)}")
    return Plan(_select(columns, table, list(frame.conditions)), None, sure)


def _share_of_total(
    table: TypedTable, measures: tuple[int, ...], found: Mentions, frame: Frame, sure: float, *, chinese: bool
) -> Plan | None:
    """The share that the values of one column, which are named, have in the sum over all of that column."""
    if len(measures) != 1 or len(found.values) != 1 or table.columns[measures[0]].percent:
        return None
    ((at, values),) = found.values.items()
    own = is_one_of(table.columns[at].name, values)
    name = table.columns[measures[0]].name
    part, total = f"SUM({quoted(name)}) FILTER (WHERE {own})", f"SUM({quoted(name)})"
    share = alias(name, "share", chinese=chinese)
    columns = [f"{part} AS {quoted(' + '.join(values))}", f"{total} AS {quoted(alias(name, 'sum', chinese=chinese))}"]
    columns.append(f"{part} / NULLIF({total}, 0) AS {quoted(share)}")
    others = [condition for condition in frame.conditions if condition != own]
    return Plan(_select(columns, table, others), None, sure, percents=(share,))


def _values(
    table: TypedTable, found: Mentions, measures: tuple[int, ...], sure: float, *, chinese: bool
) -> Plan | None:
    """The very cells that a question names by row and column."""
    if not found.values or found.surely < _LEAST:
        return None
    frame = frame_of(Wish(""), table, found)
    if frame is None:
        return None
    if len(rows_meant(table, found)) > max(1, len(told_apart(table, found))):
        return _summed(table, measures, frame, sure, chinese=chinese)
    shown = [*found.values, *([period] if (period := column_of_days(table, found)) is not None else []), *measures]
    columns = [quoted(table.columns[at].name) for at in dict.fromkeys(shown)]
    known = " OR ".join(f"{quoted(table.columns[at].name)} IS NOT NULL" for at in measures)
    conditions = [*frame.conditions, f"({known})"]
    sql = f"SELECT {', '.join(columns)} FROM {quoted(table.label)} WHERE {' AND '.join(conditions)}"  # noqa: S608 - quoted
    percents = tuple(column.name for column in table.columns if column.percent)
    return Plan(f"{sql} LIMIT {_FEW_ROWS}", None, sure, percents=percents)


def _summed(table: TypedTable, measures: tuple[int, ...], frame: Frame, sure: float, *, chinese: bool) -> Plan | None:
    """The sum over the several rows that are meant, of what can be added up."""
    names = [table.columns[at].name for at in measures]
    if any(table.columns[at].percent or not _ADDS_UP.search(plain(table.columns[at].name)) for at in measures):
        return None
    return _aggregated("sum", Wish(""), table, names, frame, sure, chinese=chinese)
