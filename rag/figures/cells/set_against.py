"""One figure set against another: ratios, differences and shares of a whole, over the rows that are meant."""

from rag.figures.asked.formulas import as_sql
from rag.figures.asked.mentions import Mentions, mentions
from rag.figures.asked.small_words import MOST_LEFT
from rag.figures.asked.wishes import Wish, wish_of
from rag.figures.cells.ratios import Made
from rag.figures.database.engine import literal, quoted
from rag.figures.plans.frames import Frame, column_of_days, frame_of, is_one_of
from rag.figures.plans.statements import Plan, alias, chart_of, grouped, select, times_told
from rag.figures.typed import TypedTable, unit_of


def ratio(wish: Wish, table: TypedTable, measures: tuple[int, ...], frame: Frame, sure: float) -> Plan | None:
    """The first measure over the second, over all rows that are meant; none of amounts in different units."""
    names = [table.columns[at].name for at in measures]
    if len({unit for name in names if (unit := unit_of(name))}) > 1:
        return None
    above, below = (f"SUM({quoted(name)})" for name in names)
    columns = [f"{above} AS {quoted(names[0])}", f"{below} AS {quoted(names[1])}"]
    ratio = " / ".join(names)
    columns.append(f"{above} / NULLIF({below}, 0) AS {quoted(ratio)}")
    percents = (ratio,) if wish.percent else ()
    return Plan(select(columns, table, list(frame.conditions)), None, sure, percents=percents)


def named_ratio(made: Made, wish: Wish, table: TypedTable) -> Plan | None:
    """A ratio by its name, for all rows that are meant or for each group of them: of sums, never a mean of ratios."""
    formula, parts = made.formula, made.parts
    rest = wish_of(formula.taken_from(wish.text))
    found = mentions(rest.text, table)
    frame = frame_of(rest, table, found)
    if frame is None or found.more or found.measures or found.left > MOST_LEFT:
        return None
    if rest.operation is not None or rest.ratio:
        return None  # of a growth of a ratio, or its share, nothing is known
    if len({unit for name in parts if (unit := unit_of(name))}) > 1:
        return None
    value = as_sql(formula.expression, lambda part: f"SUM({quoted(made.called[part])})")
    columns = [f"{expression} AS {quoted(name)}" for expression, name in frame.keys]
    columns += [f"SUM({quoted(name)}) AS {quoted(name)}" for name in parts]
    columns.append(f"{value} AS {quoted(formula.name)}")
    filled = [f"{quoted(name)} IS NOT NULL" for name in parts]
    sql = select(columns, table, [*frame.conditions, *filled])
    sql += grouped(frame, rest, formula.name)
    empty = select(["COUNT(*)"], table, [*frame.conditions, f"NOT ({' AND '.join(filled)})"])
    sure = 1.0 + len(found.values) + bool(found.times) + 0.5 * bool(frame.keys) - 0.1 * found.left
    percents = (formula.name,) if formula.percent else ()
    return Plan(sql, chart_of("mean", rest, frame, [formula.name]), sure, frame.grain, percents, empty, frame.only)


def difference(
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
        told = found.times
        names = [times_told((year,), told.quarters, told.months, chinese=chinese) for year in told.years]
        each = [f"year({quoted(table.columns[period].name)}) = {year}" for year in found.times.years]
    else:
        return None
    measure = f"SUM({quoted(table.columns[measures[0]].name)})"
    first, second = (f"{measure} FILTER (WHERE {condition})" for condition in each)
    left, right = (second, first) if wish.less else (first, second)
    difference = "差额" if chinese else "difference"
    columns = [f"{first} AS {quoted(names[0])}", f"{second} AS {quoted(names[1])}"]
    columns.append(f"{left} - {right} AS {quoted(difference)}")
    return Plan(select(columns, table, list(frame.conditions)), None, sure)


def share_of_total(
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
    return Plan(select(columns, table, others), None, sure, percents=(share,))
