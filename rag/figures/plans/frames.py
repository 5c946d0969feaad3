"""Which rows a question is about, and by what it splits them: the conditions and the keys of its query."""

import re
from dataclasses import dataclass, field
from datetime import date

from rag.figures.asked.column_names import names_of, whole
from rag.figures.asked.mentions import Mentions, Times
from rag.figures.asked.periods import GRAINS, Grain
from rag.figures.asked.wishes import Wish
from rag.figures.database.engine import literal, quoted
from rag.figures.typed import TOTAL, TypedTable
from rag.records import Value

_NAME_OF = re.compile(r"(?:名称|姓名|名|\bname)$")
_BY = r"(?:\bby (?:the )?|按照?|不同)"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a query is made of: the *keys* of its groups as SQL and by name, conditions, the length of periods, and the
    names (*only*) and *times* that the conditions want.
    """

    keys: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    grain: Grain | None
    only: tuple[str, ...] = ()
    times: Times = field(default_factory=Times)


def frame_of(wish: Wish, table: TypedTable, found: Mentions) -> Frame | None:
    """The frame of a query for *wish*; ``None`` when *table* does not have the periods that it names."""
    period = column_of_days(table, found)
    grain = _grain(wish, table, period, found.times)
    conditions = [is_one_of(table.columns[at].name, values) for at, values in found.values.items()]
    conditions += [bound.sql(table) for bound in found.bounds]
    if found.times:
        held = _in_times(wish, found, table, period, grain) if period is not None else []
        if not held:
            return None
        conditions.extend(held)
    if _names_sums(table, found):
        conditions.append(quoted(TOTAL))
    groups = _groups(wish, table, found)
    if _by_a_number(wish, table, found) or any(_outlined(table, at) for at in (*groups, *found.values)):
        return None
    if wish.grain is not None and grain is None and not groups:
        return None
    keys: list[tuple[str, str]] = []
    if grain is not None and period is not None:
        keys.append((truncated(grain, quoted(table.columns[period].name)), table.columns[period].name))
    keys += [(quoted(table.columns[at].name), table.columns[at].name) for at in groups]
    only = (
        *(value for values in found.values.values() for value in values),
        *(one.told(table) for one in found.bounds),
    )
    return Frame(tuple(keys), tuple(conditions), grain, only, found.times)


def column_of_days(table: TypedTable, found: Mentions) -> int | None:
    """The column of dates that is meant."""
    dates = [at for at, column in enumerate(table.columns) if column.kind == "date"]
    return next((at for at in found.named if at in dates), dates[0] if dates else None)


def _groups(wish: Wish, table: TypedTable, found: Mentions) -> tuple[int, ...]:
    """The columns of names for each of which a result is wanted."""
    if found.each:
        return found.each[:2]
    if wish.compare or any(len(values) > 1 for values in found.values.values()):
        several = [at for at, values in found.values.items() if len(values) > 1]
        if several:
            return (several[0],)
    texts = [at for at, column in enumerate(table.columns) if column.kind == "text"]
    # 各城市 is not 各客户: where something is asked for that no column is called, no other column stands in for it.
    if (wish.ranked or wish.operation == "share") and not found.values and not found.left and texts:
        return (next((at for at in found.named if at in texts), texts[0]),)
    if wish.ranked and found.values and not found.left:
        return tuple(at for at in texts if at not in found.values and _is_said(table.columns[at].name, found.rest))[:1]
    return ()


def _is_said(name: str, rest: str) -> bool:
    """Whether *rest* of a question has what a column of names is the names of: 公司 of 公司名称."""
    things = {_NAME_OF.sub("", each) for each in names_of(name)}
    return any(re.search(whole(thing), rest) for thing in things if thing)


def _by_a_number(wish: Wish, table: TypedTable, found: Mentions) -> bool:
    """Whether one of the numbers that are named is what the others are to be told by: ``average mpg by cyl``."""
    names = (name for at in found.measures for name in names_of(table.columns[at].name) if name)
    return len(found.measures) > 1 and any(re.search(_BY + re.escape(name), wish.text) for name in names)


def _outlined(table: TypedTable, at: int) -> bool:
    """Whether a column of names seems to name the first row of each group only, so that most rows would count as of no
    group.
    """
    rows = [row for number, row in enumerate(table.rows) if number not in table.totals]
    texts = [other for other, column in enumerate(table.columns) if column.kind == "text" and other != at]
    numbers = [other for other, column in enumerate(table.columns) if column.kind == "number"]
    told = [row for row in rows if not numbers or any(row[other] is not None for other in numbers)]
    nameless = [row for row in told if not row[at]]  # a note below has no figures
    within = bool(nameless) and any(all(row[other] for row in nameless) for other in texts)
    return within and bool(rows[0][at]) and len(nameless) >= len({row[at] for row in rows if row[at]})


def is_one_of(name: str, values: tuple[str, ...]) -> str:
    """SQL for a column *name* that holds one of *values*."""
    some = ", ".join(literal(value) for value in values)
    return f"{quoted(name)} = {some}" if len(values) == 1 else f"{quoted(name)} IN ({some})"


def _grain(wish: Wish, table: TypedTable, period: int | None, times: Times) -> Grain | None:
    """The length of the periods that the result is split by."""
    if period is None:
        return None
    own = table.columns[period].grain or "day"
    wanted = wish.grain
    if wanted is None and (wish.trend or wish.operation == "growth"):
        parts = times.months or (times.quarters and not times.half)
        years_only = wish.operation == "growth" and bool(times.years) and not parts
        wanted = "year" if wish.yearly or years_only else "month" if own == "day" else own
    if wanted is None or GRAINS.index(wanted) > GRAINS.index(own):
        return None
    return wanted


def _in_times(wish: Wish, found: Mentions, table: TypedTable, at: int, grain: Grain | None) -> list[str]:
    """Conditions on the date column *at*; none when no row meets them. Growth needs the year before, too."""
    times, name = found.times, quoted(table.columns[at].name)
    least: Grain = "month" if times.months else "half" if times.half else "quarter" if times.quarters else "year"
    if GRAINS.index(table.columns[at].grain or "day") < GRAINS.index(least):
        return []
    days = [day for row in table.rows if isinstance(day := row[at], date)]
    years = list(times.years)
    through = times.through
    if through:
        years = list(range(min(years), max(years) + 1))
    days = [day for day in days if not years or day.year in years]
    days = [day for day in days if not times.quarters or (day.month + 2) // 3 in times.quarters]
    days = [day for day in days if not times.months or day.month in times.months]
    all_wanted = not through or table.columns[at].grain == "year"
    if not days or (all_wanted and not {day.year for day in days}.issuperset(years)):
        return []  # what one of the years is missing from is no answer about both
    if times.half and not years and len({day.year for day in days}) > 1:
        return []  # the half of which of them
    if wish.operation == "growth" and len(years) == 1 and (grain == "year" or wish.yearly):
        years.insert(0, years[0] - 1)
    conditions = []
    if through:
        conditions.append(f"year({name}) BETWEEN {years[0]} AND {years[-1]}")
    elif years:
        conditions.append(_among(f"year({name})", years))
    if times.quarters:
        conditions.append(_among(f"quarter({name})", list(times.quarters)))
    if times.months:
        conditions.append(_among(f"month({name})", list(times.months)))
    return conditions


def _among(name: str, values: list[int]) -> str:
    return f"{name} = {values[0]}" if len(values) == 1 else f"{name} IN ({', '.join(map(str, values))})"


def truncated(grain: Grain, name: str) -> str:
    """SQL for the first day of the period of *grain* in which the day *name* lies."""
    if grain == "day":
        return name
    if grain == "half":
        return f"make_date(year({name}), CASE WHEN month({name}) > 6 THEN 7 ELSE 1 END, 1)"
    return f"date_trunc('{grain}', {name})"


def rows_meant(table: TypedTable, found: Mentions) -> list[tuple[Value, ...]]:
    """The rows that have the values and lie in the times that are named."""
    period, times = column_of_days(table, found), found.times
    rows = [row for row in table.rows if all(row[at] in values for at, values in found.values.items())]
    rows = [row for row in rows if all(bound.holds(row[bound.at]) for bound in found.bounds)]
    if period is None or not times:
        return rows
    return [row for row in rows if isinstance(day := row[period], date) and _in(day, times)]


def _names_sums(table: TypedTable, found: Mentions) -> bool:
    """Whether all rows that have the values that are named sum up others, as the revenue of a statement does."""
    if not table.totals or not found.values:
        return False
    named = [at for at, row in enumerate(table.rows) if all(row[one] in some for one, some in found.values.items())]
    return bool(named) and table.totals.issuperset(named)


def _in(day: date, times: Times) -> bool:
    years = range(min(times.years), max(times.years) + 1) if times.through else times.years
    return (
        (not years or day.year in years)
        and (not times.quarters or (day.month + 2) // 3 in times.quarters)
        and (not times.months or day.month in times.months)
    )


def told_apart(table: TypedTable, found: Mentions) -> set[tuple[Value, ...]]:
    """What the rows that are meant are told apart by: their period, and the values that are named."""
    period = column_of_days(table, found)
    keys = [*found.values, *([period] if period is not None and table.columns[period].grain == "year" else [])]
    return {tuple(row[at] for at in keys) for row in rows_meant(table, found)}
