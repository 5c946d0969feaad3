"""Lines of a table that a report prints: how they moved and what share they have, as it is printed or made of two
cells, and how they went on over the periods of its heads.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag.figures.asked.alike import ALIKE
from rag.figures.asked.label_forms import bare, said
from rag.figures.asked.labels import pattern_of
from rag.figures.asked.periods import period_of
from rag.figures.asked.report_words import DIFFERS, EACH_YEAR, HAS_SHARE, MOVED, OF_WHAT, THE_WHOLE, WENT_ON
from rag.figures.asked.reported import CHANGE, PARTS, Reported, only_columns
from rag.figures.asked.wishes import wish_of
from rag.figures.cells.lookups import lookup, of_two
from rag.figures.cells.named_cells import Named, cells_named, leading_columns, path_of
from rag.figures.cells.row_ratios import part_of
from rag.figures.database.engine import literal, quoted
from rag.figures.plans.statements import Plan, growth_between
from rag.figures.typed import ROW, TypedTable
from rag.records import Chart, says_total

_SAYS_SHARE = re.compile(r"占|比重|份额|\bshare\b|(?:%|percent(?:age)?|proportion) of")
_OF_ALL = re.compile(r"(?:the )?(?:group|company|consolidated|firm)(?: total)?|本?集团|合并|公司合计")
"""The label of what all parts of a company come to."""
_LEAST = 3  # periods that make a trend
_PRINTED = 0.3
"""A figure that the report prints itself is surer than one made of others."""


def printed_change(asked: Reported) -> Plan | None:
    """The cell that prints how much a line moved from the year before, under the head that says so."""
    table, text = asked.table, said(asked.wish.text)
    heads = {at: said(" ".join(table.heads[at])) for at in range(leading_columns(table), len(table.columns))}
    changes = {at: _measure(table.heads[at]) for at, head in heads.items() if CHANGE.search(head)}
    if not changes or (asked.years and asked.years != (asked.latest - 1, asked.latest)):
        return None  # what is printed is the last change
    for year in asked.years:
        text = text.replace(str(year), " ")
    named = {at: measure for at, measure in changes.items() if measure and measure in text}
    named = named or {at: measure for at, measure in changes.items() if not measure}
    if len(named) != 1:
        return None
    ((column, measure),) = named.items()
    text = MOVED.sub(" ", text.replace(measure, " ") if measure else text)
    found = _cells(asked, text, [column])
    if found is None or len(found.rows) != 1:
        return None
    shown = lookup(replace(asked.wish, text=text), _only(table, [column]), chinese=True)
    return shown and replace(shown, sure=shown.sure + _PRINTED)


def _measure(heads: Sequence[str]) -> str:
    """What it is that moves, by the head of a change."""
    return re.sub(r"[\s:：%()（）]|本期|上期|年", "", MOVED.sub("", bare(" ".join(heads))))


def _only(table: TypedTable, columns: Sequence[int]) -> TypedTable:
    return only_columns(table, [*range(leading_columns(table)), *columns])


def _cells(asked: Reported, text: str, columns: Sequence[int]) -> Named | None:
    """The cells that *text* names in some of the columns."""
    return cells_named(replace(asked.wish, text=text), _only(asked.table, columns))


def growth(asked: Reported, *, chinese: bool) -> Plan | None:
    """The later of two cells of one line over the earlier, less one; of each year between them, if that is asked."""
    table, text = asked.table, said(asked.wish.text)
    yearly = EACH_YEAR.search(text) is not None
    found = _two(asked, MOVED.sub(" ", EACH_YEAR.sub(" ", text)))
    if found is None or len(found.rows) != 1 or len(asked.years) != 2:
        return None
    (row,) = found.rows
    columns = sorted(found.columns, key=lambda at: table.heads[at])
    if [table.heads[at][:1] for at in columns] != [(str(year),) for year in asked.years]:
        return None
    before, after = (table.rows[row][at] for at in columns)
    if (
        not isinstance(before, float)
        or not isinstance(after, float)
        or before <= 0
        or table.columns[columns[0]].percent
    ):
        return None
    earlier, later = (quoted(table.columns[at].name) for at in columns)
    first, last = (table.columns[at].name for at in columns)
    name = growth_between(last, first, yearly=yearly, chinese=chinese)
    grown = f"{later} / {earlier} - 1"
    if yearly:
        between = asked.years[1] - asked.years[0]
        grown = f"POWER({later} / {earlier}, 1.0 / {between}) - 1"
    sql = f"SELECT {quoted(table.columns[0].name)}, {earlier}, {later}, {grown} AS {quoted(name)}"
    return Plan(f"{sql} FROM {quoted(table.label)} WHERE {quoted(ROW)} = {row}", None, found.sure, percents=(name,))


def difference(asked: Reported, *, chinese: bool) -> Plan | None:
    """By how much one of two cells is more than the other, or was before."""
    text = said(asked.wish.text)
    found = _two(asked, DIFFERS.sub(" ", MOVED.sub(" ", text) if asked.moves else text))
    if found is None:
        return None
    cells = [(row, column) for row in found.rows for column in found.columns]
    found = replace(found, wish=replace(asked.wish, operation="difference"))
    return of_two(found, asked.table, asked.wish, cells, chinese=chinese)


def _two(asked: Reported, text: str) -> Named | None:
    """The two cells that *text* names, where it names just two."""
    found = cells_named(replace(asked.wish, text=text), asked.table)
    return found if found is not None and len(found.rows) * len(found.columns) == 2 else None


def printed_share(asked: Reported) -> Plan | None:
    """The cell that prints which part of a whole a line is, under the head that says of what."""
    table = asked.table
    lead = leading_columns(table)
    heads = {at: said(" ".join(table.heads[at])) for at in range(lead, len(table.columns))}
    shares = [at for at, head in heads.items() if _SAYS_SHARE.search(head) and not CHANGE.search(head)]
    if len(shares) != 1:
        return None
    text = THE_WHOLE.sub(" ", HAS_SHARE.sub(" ", said(asked.wish.text)))
    shown = lookup(wish_of(text), _only(table, shares), chinese=True)
    return shown and replace(shown, sure=shown.sure + _PRINTED)


def share(asked: Reported) -> Plan | None:
    """What a line is of the one that sums up all, or a cell of the sum of its line."""
    table = asked.table
    match = OF_WHAT.search(asked.wish.text)
    found = cells_named(replace(asked.wish, text=HAS_SHARE.sub(" ", said(asked.wish.text))), table)
    if found is None or len(found.columns) != 1 or len(found.rows) != 1 or found.children:
        return None
    (row,), (column,) = found.rows, found.columns
    whole = said(asked.wish.text[match.end() :]) if match else ""
    if bare(path_of(table, row)[-1]) in whole[: len(bare(path_of(table, row)[-1])) + 6]:
        wholes = [at for at in range(len(table.columns)) if at != column and any(map(says_total, table.heads[at]))]
        return _of_line(table, row, column, wholes[0], found) if len(wholes) == 1 else None
    total = _whole_of(row, table, whole)
    if total is None:
        return None
    return part_of(table, column, [table.texts[at][0] for at in (row, total)], (row, total), found)


def _whole_of(row: int, table: TypedTable, whole: str) -> int | None:
    """The line that sums up *row* and others and that *whole* names, or the only one there is."""
    if row in table.totals:
        return None
    below = {at: table.texts[at][0] for at in sorted(table.totals) if at > row}
    sums = {at: bare(label) for at, label in below.items() if says_total(label) or _OF_ALL.fullmatch(bare(label))}
    named = [at for at, label in sums.items() if any(pattern_of(name).search(whole) for name in _names(label))]
    if not named:
        return next(iter(sums)) if len(sums) == 1 else None
    return max(named, key=lambda at: (len(sums[at]), -at))


def _names(label: str) -> set[str]:
    return {label, *(name for group in ALIKE if label in group for name in group)}


def _of_line(table: TypedTable, row: int, column: int, whole: int, found: Named) -> Plan | None:
    part, total = (table.columns[at].name for at in (column, whole))
    name = f"{part} / {total}"
    sql = f"SELECT {quoted(table.columns[0].name)}, {quoted(part)}, {quoted(total)}, "
    sql += f"{quoted(part)} / NULLIF({quoted(total)}, 0) AS {quoted(name)}"
    return Plan(f"{sql} FROM {quoted(table.label)} WHERE {quoted(ROW)} = {row}", None, found.sure, percents=(name,))


def over_years(asked: Reported, *, chinese: bool) -> Plan | None:
    """A line over the periods in the heads, with its chart."""
    table = asked.table
    lead = leading_columns(table)
    columns = [at for at in range(lead, len(table.columns)) if _period(table.heads[at], asked.years)]
    if asked.years and PARTS.search(asked.wish.text):
        return None
    text = WENT_ON.sub(" ", said(asked.wish.text))
    for year in asked.years:
        text = text.replace(str(year), " ")
    found = None if len(columns) < _LEAST else cells_named(wish_of(text), _only(table, columns[:1]))
    if found is None or len(found.rows) != 1:
        return None
    (row,) = found.rows
    if not all(isinstance(table.rows[row][at], float) for at in columns):
        return None
    columns.sort(key=lambda at: start if (start := _period(table.heads[at], asked.years)) else date.min)
    x, y = "期间" if chinese else "period", table.texts[row][0]
    parts = [
        f"SELECT {literal(table.columns[at].name)} AS {quoted(x)}, {quoted(table.columns[at].name)} AS {quoted(y)} "  # noqa: S608 - all quoted
        f"FROM {quoted(table.label)} WHERE {quoted(ROW)} = {row}"
        for at in columns
    ]
    percent = all(table.texts[row][at].endswith(("%", "％")) for at in columns)
    sql = f"SELECT {quoted(x)}, {quoted(y)} FROM ({' UNION ALL '.join(parts)}) AS {quoted('each')}"  # noqa: S608 - all quoted
    return Plan(sql, Chart("line", x, (y,)), found.sure, percents=(y,) if percent else ())


def _period(heads: Sequence[str], years: Sequence[int]) -> date | None:
    """The first day of the period that a column is of: one of *years*, or where there are none, of any."""
    if len(heads) != 1:
        return None
    if years:
        return date(int(heads[0]), 1, 1) if heads[0] in map(str, years) else None
    period = period_of(bare(heads[0])) or period_of(said(heads[0])[:2])
    return period.start if period else None
