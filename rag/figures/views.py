"""A view of one table, made by hand, as SQL, and what it comes to; names are always quoted, values always literals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rag.figures.asked.mentions import is_identifier
from rag.figures.asked.periods import GRAINS, Grain
from rag.figures.database.engine import Engine, literal, quoted
from rag.figures.plans.frames import truncated
from rag.figures.typed import ROW, TOTAL, ColumnKind, TypedColumn, TypedTable
from rag.records import ChartKind, Filter, Measure, Slot, Value, View, Worked

MOST_GROUPS = 5_000
MOST_ACROSS = 40
_FUNCTIONS = {"sum": "SUM", "mean": "AVG", "min": "MIN", "max": "MAX", "count": "COUNT"}
_FEW, _MANY = 2, 40  # different values of a column that is good to group by
_MOST_VALUES = 1_000  # to choose from in a filter


# ── SQL ──


def grouped_sql(view: View, table: TypedTable, keys: Sequence[str]) -> str:
    """The measures of *view* for each combination of *keys*, which are columns; the keys come first."""
    made = [_key(view, table, name) for name in keys]
    columns = [*made, *map(_measured, view.measures)]
    sql = f"SELECT {', '.join(columns)} FROM {quoted(table.label)}{_where(view, table)}"  # noqa: S608 - all quoted
    return f"{sql} GROUP BY {', '.join(made)}" if made else sql


def listed_sql(view: View, table: TypedTable) -> str:
    """The numbers of the rows that *view* wants, sorted; of a view with measures, of those that go into them."""
    sql = f"SELECT {quoted(ROW)} FROM {quoted(table.label)}{_where(view, table)}"  # noqa: S608 - all quoted
    order = quoted(ROW)
    if view.sort and not view.measures:
        order = f"{quoted(view.sort)} {'DESC' if view.descending else 'ASC'} NULLS LAST, {order}"
    return f"{sql} ORDER BY {order}"


def behind_sql(view: View, table: TypedTable, known: Mapping[str, Value]) -> str:
    """The numbers of the rows that went into a result: *known* are the values of its keys by column."""
    conditions = [_equals(_key(view, table, name), value) for name, value in known.items()]
    sql = f"SELECT {quoted(ROW)} FROM {quoted(table.label)}{_where(view, table, conditions)}"  # noqa: S608 - all quoted
    return f"{sql} ORDER BY {quoted(ROW)}"


def _key(view: View, table: TypedTable, name: str) -> str:
    """A column to group by: days as the first day of their period."""
    column = table.columns[table.named(name)]
    if column.kind != "date" or view.grain is None or GRAINS.index(view.grain) >= GRAINS.index(column.grain or "day"):
        return quoted(name)
    return f"CAST({truncated(view.grain, quoted(name))} AS DATE)"


def _measured(measure: Measure) -> str:
    if not measure.column:
        return "COUNT(*)"
    return f"{_FUNCTIONS[measure.function]}({quoted(measure.column)})"


def _where(view: View, table: TypedTable, more: Sequence[str] = ()) -> str:
    conditions = [condition for each in view.filters if (condition := _condition(each))]
    if view.measures and table.totals:
        conditions.append(f"NOT {quoted(TOTAL)}")
    conditions.extend(more)
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _condition(one: Filter) -> str:
    name = quoted(one.column)
    conditions = [f"{name} >= {_sql_value(one.low)}"] if one.low is not None else []
    conditions += [f"{name} <= {_sql_value(one.high)}"] if one.high is not None else []
    if one.values:
        some = [value for value in one.values if value is not None]
        among = [f"{name} IN ({', '.join(map(_sql_value, some))})"] if some else []
        among += [f"{name} IS NULL"] if None in one.values else []
        conditions.append(f"({' OR '.join(among)})")
    return " AND ".join(conditions)


def _equals(sql: str, value: Value) -> str:
    return f"{sql} IS NULL" if value is None else f"{sql} = {_sql_value(value)}"


def _sql_value(value: Value) -> str:
    match value:
        case str():
            return literal(value)
        case date():
            return f"DATE '{value.isoformat()}'"
        case float() | int():
            return f"CAST({float(value)!r} AS DOUBLE)" if abs(value) < float("inf") else "NULL"
        case None:
            return "NULL"


# ── What it comes to ──

_Results = Mapping[tuple[Value, ...], tuple[Value, ...]]


def worked(view: View, table: TypedTable, engine: Engine) -> Worked:
    """What *view*, which has measures and fits *table*, comes to.

    :raises CannotCompute: when it takes too long or too much memory
    """
    found = _asked(view, table, engine, view.group)
    whole = _asked(view, table, engine, ())[()]
    slots = [Slot(at) for at in range(len(view.measures))]
    over: _Results = {}
    cells: _Results = {}
    cut = False
    if view.pivot:
        over = _asked(view, table, engine, (view.pivot,))
        cells = _asked(view, table, engine, (*view.group, view.pivot))
        across = sorted((key[0] for key in over), key=_order)
        cut = len(across) > MOST_ACROSS
        several = [(value, at) for value in across[:MOST_ACROSS] for at in range(len(view.measures))]
        slots = [*(Slot(at, all=False, value=value) for value, at in several), *slots]
    keys = _in_order(view, found)
    cut = cut or len(keys) > MOST_GROUPS
    keys = keys[:MOST_GROUPS]
    counted = engine.run(_counted_sql(view, table)).rows[0][0]
    return Worked(
        tuple(keys),
        tuple(slots),
        tuple(_row(view, slots, found[key], cells, key) for key in keys),
        _row(view, slots, whole, over, ()),
        counted if isinstance(counted, int) else 0,
        len(table.totals),
        cut,
    )


def listed(view: View, table: TypedTable, engine: Engine) -> list[int]:
    """The numbers of the rows that *view* wants, sorted as it wants them."""
    return _numbers(engine, listed_sql(view, table))


def behind(view: View, table: TypedTable, engine: Engine, known: Mapping[str, Value]) -> list[int]:
    """The numbers of the rows that went into the result in whose columns of keys stand the *known* values."""
    return _numbers(engine, behind_sql(view, table, known))


def _numbers(engine: Engine, sql: str) -> list[int]:
    return [row[0] for row in engine.run(sql, whole=True).rows if isinstance(row[0], int)]


def _asked(view: View, table: TypedTable, engine: Engine, keys: Sequence[str]) -> _Results:
    rows = engine.run(grouped_sql(view, table, keys), whole=True).rows
    return {row[: len(keys)]: row[len(keys) :] for row in rows}


def _counted_sql(view: View, table: TypedTable) -> str:
    return f"SELECT COUNT(*) FROM {quoted(table.label)}{_where(view, table)}"  # noqa: S608 - all quoted


def _row(
    view: View, slots: Sequence[Slot], whole: tuple[Value, ...], cells: _Results, key: tuple[Value, ...]
) -> tuple[Value, ...]:
    nothing = tuple(0 if measure.function == "count" else None for measure in view.measures)
    found = []
    for slot in slots:
        values = whole if slot.all else cells.get((*key, slot.value), nothing)
        found.append(values[slot.measure])
    return tuple(found)


def _in_order(view: View, found: _Results) -> list[tuple[Value, ...]]:
    """The keys of *found*, sorted; those without a value to sort by come last."""
    keys = sorted(found, key=lambda key: [_order(value) for value in key])
    measures = [measure.column for measure in view.measures]
    if view.sort in view.group:
        at = view.group.index(view.sort)
        return sorted(keys, key=lambda key: _order(key[at]), reverse=view.descending)
    if view.sort in measures:
        place = measures.index(view.sort)
        known = [key for key in keys if found[key][place] is not None]
        known.sort(key=lambda key: _order(found[key][place]), reverse=view.descending)
        return [*known, *(key for key in keys if found[key][place] is None)]
    return keys[::-1] if view.descending and not view.sort else keys


def _order(value: Value) -> tuple[bool, str, float, str]:
    """Numbers and days by their size, and nothing last."""
    match value:
        case date():
            return (False, "day", float(value.toordinal()), "")
        case float() | int():
            return (False, "number", float(value), "")
        case _:
            return (value is None, "text", 0.0, value or "")


# ── What a table can show ──


def fitted(view: View, table: TypedTable) -> View:
    """*view* without what *table* does not have; two keys never stand for one column."""
    names = {column.name: column for column in table.columns}
    measures = tuple(measure for measure in view.measures if _can(measure, names))
    group = tuple(dict.fromkeys(name for name in view.group if name in names))
    pivot = view.pivot if view.pivot in names and view.pivot not in group and measures else ""
    filters = tuple(one for one in view.filters if one.column in names and _holds(one, names[one.column].kind))
    sortable = {*group, *(measure.column for measure in measures)} if measures else set(names)
    return replace(
        view,
        group=group,
        measures=measures,
        pivot=pivot,
        filters=filters,
        columns=tuple(dict.fromkeys(name for name in view.columns if name in names)),
        sort=view.sort if view.sort in sortable else "",
    )


def first_view(table: TypedTable) -> View:
    """What is worth seeing of a table before anybody said what they want: a sum over time, or by a column of names."""
    columns = table.columns
    numbers = [at for at, column in enumerate(columns) if column.kind == "number" and not column.percent]
    numbers = [at for at in numbers if not is_identifier(table, at)]
    if not numbers:
        return View()
    # Amounts differ from row to row; how many of a thing, or whether it is, often does not.
    measured = max(numbers, key=lambda at: len({row[at] for row in table.rows}))
    dates = [column for column in columns if column.kind == "date"]
    measures = (Measure(columns[measured].name),)
    if dates:
        return View((dates[0].name,), measures, grain=grain_of(table, dates[0].name), chart="line")
    counts = {at: len({row[at] for row in table.rows}) for at, column in enumerate(columns) if column.kind == "text"}
    good = [at for at, count in counts.items() if _FEW <= count <= _MANY]
    by = good or list(counts)
    chart: ChartKind | None = "bar" if good else None
    return View((columns[by[0]].name,), measures, chart=chart) if by else View((), measures)


def grain_of(table: TypedTable, name: str) -> Grain:
    """The length of periods in which the days of a column are first shown: at least three of them, if it can be."""
    own = table.columns[table.named(name)].grain or "day"
    days = [value for row in table.rows if isinstance(value := row[table.named(name)], date)]
    for grain in GRAINS[: GRAINS.index(own)]:
        if grain != "half" and len({_period(day, grain) for day in days}) > _FEW:
            return grain
    return own


def _period(day: date, grain: Grain) -> tuple[int, int]:
    return day.year, {"year": 0, "quarter": (day.month - 1) // 3}.get(grain, day.month)


def distinct(table: TypedTable, name: str) -> list[str | None]:
    """The values of a column of text, at most 1,000, the most frequent first."""
    at = table.named(name)
    found = Counter(value if isinstance(value := row[at], str) else None for row in table.rows)
    return [value for value, _ in found.most_common(_MOST_VALUES)]


def _can(measure: Measure, names: Mapping[str, TypedColumn]) -> bool:
    if not measure.column or measure.function == "count":
        return measure.function == "count" and (not measure.column or measure.column in names)
    return measure.column in names and names[measure.column].kind == "number"


def _holds(one: Filter, kind: ColumnKind) -> bool:
    ends = [end for end in (one.low, one.high) if end is not None]
    match kind:
        case "text":
            return not ends
        case "number":
            return not one.values and not any(isinstance(end, date) for end in ends)
        case "date":
            return not one.values and all(isinstance(end, date) for end in ends)
