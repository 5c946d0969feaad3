"""Which of some rows grew most between two columns, or fell most; where its figure and its share say two, there is no
answer.
"""

import re
from dataclasses import replace

from rag.figures.asked.label_forms import said, told_when
from rag.figures.asked.periods import YEAR
from rag.figures.asked.reported import CHANGE
from rag.figures.asked.wishes import Wish
from rag.figures.cells.competing import Competing, comparable, competing
from rag.figures.cells.named_cells import Asked, asked_of
from rag.figures.cells.rankings import MOST, WHICH, label_column, says_what, values_of, words_left
from rag.figures.cells.row_ratios import with_both_periods
from rag.figures.database.engine import quoted
from rag.figures.plans.statements import Plan, growth_between
from rag.figures.typed import ROW, TypedTable, unit_of

_GREW_MOST = re.compile(
    r"(?:gr[eo]wn?|increased?|rose|risen|gained)(?: by)?(?: the)? (?:most|fastest)\b"
    r"|(?:highest|largest|biggest|strongest|fastest|greatest|most) (?:[a-z]+ )?"
    r"(?:growth(?: rate)?|increase|rise|gain)\b"
    r"|(?:fastest|strongest)[- ]growing|(?:增长|增加|增幅|增速|增长率|涨幅|上升|提高|涨)得?最[多快大高]"
)
_FELL_MOST = re.compile(
    r"(?:fell|fallen|declined?|decreased?|dropped|shrank|lost)(?: by)?(?: the)? (?:most|fastest)\b"
    r"|(?:largest|biggest|sharpest|steepest|greatest) (?:[a-z]+ )?(?:decline|decrease|drop|fall)\b"
    r"|(?:下降|减少|降低|降幅|跌幅|下跌|跌|降)得?最[多快大高]"
)
_BY_RATE = re.compile(r"fast|percent|rate|[幅速率快]")
_PERIOD = re.compile(rf"{YEAR.pattern}年?[度末]?|\bq[1-4]\b|本期|上期|期末|期初")


def moved_most(wish: Wish, table: TypedTable, *, chinese: bool) -> Plan | None:
    """How to tell which of some rows moved most between two columns; ``None`` when *wish* asks no such thing, or when
    it is not sure.
    """
    text = said(with_both_periods(wish, table).text)
    grew, fell = _GREW_MOST.search(text), _FELL_MOST.search(text)
    match = grew or fell
    printed = any(CHANGE.search(said(column.name)) for column in table.columns if column.kind == "number")
    if match is None or printed or WHICH.search(text) is None:
        return None
    asked = asked_of(_with_year_before(f"{text[: match.start()]} {text[match.end() :]}", table), table)
    ends = None if asked is None else _both_ends(asked, table)
    if asked is None or ends is None:
        return None
    found = competing(replace(asked, found=(asked.found[0], ends[1:])), table)
    if found is None or len(found.cells) > MOST or not says_what(asked.question.left, table, found):
        return None
    by_rate = _BY_RATE.search(match[0]) is not None
    sure = _one_moved_most(table, found, ends[0], by_rate=by_rate, fell=grew is None)
    if not sure or words_left(asked, table, found, text):
        return None
    return _as_plan(table, found, ends, fell=grew is None, chinese=chinese)


def _with_year_before(text: str, table: TypedTable) -> str:
    """*text* with the year before the only one that it names, where the table tells of that as well."""
    years = set(map(int, YEAR.findall(text)))
    before = str(min(years) - 1) if len(years) == 1 else ""
    return f"{text} {before}" if before and any(before in column.name for column in table.columns) else text


def _both_ends(asked: Asked, table: TypedTable) -> tuple[int, int] | None:
    """The earlier and the later of the two columns that are named, of one figure in two periods."""
    across = asked.found[1] or ()
    when = {at: told for at in across if (told := told_when(table.columns[at].name)) is not None}
    units = {unit_of(table.columns[at].name) for at in across}
    if len(across) != 2 or len(set(when.values())) != 2 or len(units) > 1:
        return None
    first, last = (_PERIOD.sub("", said(table.columns[at].name)) for at in across)
    earlier, later = sorted(across, key=lambda at: when[at])
    return (earlier, later) if first == last and not table.columns[later].percent else None


def _one_moved_most(table: TypedTable, found: Competing, before: int, *, by_rate: bool, fell: bool) -> bool:
    """Whether one row alone moved most from the column *before*: by its share, and by its figure unless *by_rate*."""
    earlier = replace(found, cells=tuple((row, before) for row, _ in found.cells))
    if not (comparable(table, earlier) and comparable(table, found)):
        return False
    pairs = list(zip(values_of(table, earlier), values_of(table, found), strict=True))
    if any(first <= 0 for first, _ in pairs):
        return False
    rates, figures = [last / first for first, last in pairs], [last - first for first, last in pairs]
    best = min if fell else max
    most = best(rates)
    at = rates.index(most)
    if (most < 1) is not fell or rates.count(most) > 1:
        return False
    return by_rate or (figures[at] == best(figures) and figures.count(figures[at]) == 1)


def _as_plan(table: TypedTable, found: Competing, ends: tuple[int, int], *, fell: bool, chinese: bool) -> Plan | None:
    key = label_column(table, found)
    if key is None:
        return None
    earlier, later = (table.columns[at].name for at in ends)
    name = growth_between(later, earlier, yearly=False, chinese=chinese)
    rows = ", ".join(str(row) for row, _ in found.cells)
    sql = (
        f"SELECT {quoted(key)}, {quoted(earlier)}, {quoted(later)}, {quoted(later)} / {quoted(earlier)} - 1 "  # noqa: S608 - all quoted
        f"AS {quoted(name)} FROM {quoted(table.label)} WHERE {quoted(ROW)} IN ({rows}) "
        f"ORDER BY {quoted(name)} {'ASC' if fell else 'DESC'} LIMIT 1"
    )
    return Plan(sql, None, 2.0, percents=(name,))
