"""The values of the rows that a question names by what else they say: figures, words and days as they stand."""

import re

from rag.figures.asked.mentions import Mentions
from rag.figures.asked.wishes import Wish, plain
from rag.figures.database.engine import quoted
from rag.figures.plans.frames import Frame, column_of_days, frame_of, rows_meant, told_apart
from rag.figures.plans.statements import Plan, aggregated, select
from rag.figures.typed import TypedTable

_FEW_ROWS = 50
_FEW_TOLD = 10
ADDS_UP = re.compile(
    r"[额量]$|数量|件数|人数|收入|成本|费用?|支出|利润|金额|amount|quantity|qty|sales|revenue|cost|expense|profit|units|volume"
    r"|spen[dt]|budget|revenue|payments?|fees?|orders|bookings|tonnes|tons|hours"
)
_MANY = re.compile(r"\bhow many\b|\bnumber of\b|[多几]少?[个家名位人种条笔]|数量")
"""Asks for a number, which a list is not."""
_LEAST = 0.7
_CODE = re.compile(r"编号|工号|学号|单号|代码|编码|\b(?:id|no|code|number)\b")
_CALLED = frozenset({"名称", "品名", "姓名", "name", "description"})


def values(table: TypedTable, found: Mentions, measures: tuple[int, ...], sure: float, *, chinese: bool) -> Plan | None:
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


def words_told(wish: Wish, table: TypedTable, found: Mentions) -> Plan | None:
    """The words or days in the columns that a question names, of the few rows that it names by what else they say."""
    asked = [at for at in found.named if table.columns[at].kind != "number" and at not in found.values]
    frame = frame_of(Wish(""), table, found)
    if not asked or not found.values or frame is None or wish.computes or wish.ratio:
        return None
    if found.each and len(rows_meant(table, found)) > 1:
        return None
    if _MANY.search(wish.text):
        return None
    if not 0 < len(rows_meant(table, found)) <= _FEW_TOLD:
        return None
    columns = [quoted(table.columns[at].name) for at in dict.fromkeys((*found.values, *asked))]
    known = " OR ".join(f"{quoted(table.columns[at].name)} IS NOT NULL" for at in asked)
    sure = 1.0 + len(found.values) + bool(found.times)
    return Plan(f"{select(columns, table, [*frame.conditions, f'({known})'])} LIMIT {_FEW_ROWS}", None, sure)


def first_rows(wish: Wish, table: TypedTable, found: Mentions, frame: Frame, measure: int, sure: float) -> Plan | None:
    """The rows with the highest figures, or the lowest, where each is one of what is asked for; with all that are as
    high as the last of them; or the one at a place behind the first.
    """
    ((_, key),) = frame.keys
    name = table.columns[measure].name
    wholes = {table.rows[at] for at in table.totals}
    known = (row[measure] for row in rows_meant(table, found) if row not in wholes)
    figures = sorted((value for value in known if isinstance(value, float | int)), reverse=not wish.lowest)
    top, before = (1, wish.place - 1) if wish.place > 1 else (wish.top or 1, 0)
    if (
        len(figures) <= before + top
        or before < 0
        or (before and figures[before] in {figures[before - 1], figures[before + 1]})
    ):
        return None
    count = top + sum(value == figures[before + top - 1] for value in figures[before + top :])
    if count > 2 * top:
        return None
    order = f"ORDER BY {quoted(name)} {'ASC' if wish.lowest else 'DESC'} LIMIT {count}"
    order += f" OFFSET {before}" if before else ""
    called = [quoted(one.name) for one in table.columns if _CODE.search(plain(key)) and plain(one.name) in _CALLED]
    sql = select([quoted(key), *called, quoted(name)], table, [*frame.conditions, f"{quoted(name)} IS NOT NULL"])
    empty = select(["COUNT(*)"], table, [*frame.conditions, f"{quoted(name)} IS NULL"])
    percents = (name,) if table.columns[measure].percent else ()
    return Plan(f"{sql} {order}", None, sure, percents=percents, empty=empty, only=frame.only)


def tells_rows(table: TypedTable, at: int) -> bool:
    """Whether each row has its own value in a column of words."""
    known = len(table.rows) - len(table.totals)
    if table.columns[at].kind != "text" or sum(map(len, table.words[at].values())) < known:
        return False
    values = [row[at] for number, row in enumerate(table.rows) if number not in table.totals]
    return None not in values and len(set(values)) == len(values)


def _summed(table: TypedTable, measures: tuple[int, ...], frame: Frame, sure: float, *, chinese: bool) -> Plan | None:
    """The sum over the several rows that are meant, of what can be added up."""
    names = [table.columns[at].name for at in measures]
    if any(table.columns[at].percent or not ADDS_UP.search(plain(table.columns[at].name)) for at in measures):
        return None
    return aggregated("sum", Wish(""), table, names, frame, sure, chinese=chinese)
