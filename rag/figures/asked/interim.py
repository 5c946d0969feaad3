"""A table of a report on a part of a year, as a question about it means it: of columns of several lengths (the quarter,
the year so far, a whole year, a day) those of the one that is asked for, under heads that say the year.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from rag.figures.asked.label_forms import said
from rag.figures.asked.periods import YEAR
from rag.figures.asked.reported import CHANGE, MOVES, only_columns
from rag.figures.asked.units import without_unit
from rag.figures.asked.wishes import Wish, plain, wish_of
from rag.figures.typed import TypedTable

Span = Literal["quarter", "so far", "year", "day"]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_A_DAY = (
    rf"(?:{_MONTH} \d{{1,2}},?|\d{{1,2}} {_MONTH})(?= (?:19|20)\d\d)|(?:{_MONTH} \d{{1,2}},?|\d{{1,2}} {_MONTH})"
    r"|(?<=年)\d{1,2}月(?:\d{1,2}日)?"
)
_ENDED = rf"(?:(?: period| periods)? end(?:ed|ing)(?:(?: {_A_DAY})|(?= (?:19|20)\d\d))?)?"
_NUMBER_OF = {"first": 1, "second": 2, "third": 3, "一": 1, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3}
_QUARTER = (
    rf"(?:the )?(?:three|3)[- ]months?{_ENDED}|(?:the )?quarter{_ENDED}"
    rf"|(?:the )?(?P<word>first|second|third) (?:fiscal )?quarter{_ENDED}"
    r"|(?<![a-z0-9])(?:q(?P<q>[1-3])|(?P<q2>[1-3])q)(?![a-z0-9])|第(?P<han>[一二三123])季度?|(?<!至)本?报告期(?![末内])"
)
_SO_FAR: Mapping[int, str] = {
    1: rf"(?:the )?(?:three|3)[- ]months?{_ENDED}|第?[一1]季度",
    2: rf"(?:the )?(?:first )?(?:six|6)[- ]months?{_ENDED}|(?:the )?(?:first half|half[- ]year){_ENDED}"
    r"(?: of(?: the year)?)?|(?<![a-z0-9])(?:h1|1h)(?![a-z0-9])|上半年度?|半年度?|前六个?月|1\s*[-至—]\s*6月"
    r"|年初[至到]报告期末|年初至今",
    3: rf"(?:the )?(?:first )?(?:nine|9)[- ]months?{_ENDED}|(?:the )?first three quarters|year[- ]to[- ]date|\bytd\b"
    r"|前三个?季度?|前[九9]个?月|首九个月|1\s*[-至—]\s*9月|年初[至到]报告期末|年初至今",
}
_YEAR_LONG = (
    rf"(?:the )?(?:(?:full|whole|financial|fiscal) )?year{_ENDED}|(?:twelve|12)[- ]months?{_ENDED}|\bfy\b|年度|全年"
)
_DAY = rf"(?:as )?(?:at|of|on)? ?(?:{_A_DAY})|期末|期初|(?<=\d)年?[末底]|(?:year|period)[- ]end"
_COUNT = re.compile(r"\b(?:three|six|nine|3|6|9)[- ]months?\b|(?<!\d)1\s*[-至—]\s*[369]月")
_NOW, _BEFORE = re.compile("本期"), re.compile("上期")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_YEAR = re.compile(r"上年|去年|上期|期[初末]|last year|previous year")
_AT_YEAR_END = re.compile(r"(?<=\d)年?度?[末底]|year[- ]end|end of")


class _Told(NamedTuple):
    """Of which *year* a column is, and over which *span*; a *change* tells how figures moved up to it."""

    span: Span
    year: int
    change: bool


def interim(wish: Wish, table: TypedTable, year: int | None, quarter: int | None) -> tuple[Wish, TypedTable] | None:
    """*wish* and *table*, of a report on the *quarter* of a *year*, as if it were one on years: its columns are those
    of the span that is asked for. ``None`` when it asks for none, or the table has no such columns.
    """
    if year is None or quarter is None or quarter not in _SO_FAR:
        return None
    told = {
        at: found
        for at, column in enumerate(table.columns)
        if column.kind == "number" and (found := _told(table.heads[at], table.title, year, quarter)) is not None
    }
    text = plain(wish.text)
    span = _asked(text, {each.span for each in told.values()}, quarter)
    if span is None:
        return None
    kept: Mapping[int, _Told] = {at: each for at, each in told.items() if each.span == span}
    kept = _of_the_days(kept, table, text) if span == "day" else kept
    own = [each.year for each in kept.values() if not each.change]
    if own and MOVES.search(text) and len(own) == 1 and len(kept) > 1:  # only what is printed tells how it moved
        kept = {at: each for at, each in kept.items() if each.change}
    dated = [(each.year, table.heads[at][0]) for at, each in kept.items() if not each.change]
    if not own or len(set(dated)) < len(dated):
        return None
    columns = [at for at in range(len(table.columns)) if at in kept or table.columns[at].kind != "number"]
    view = only_columns(table, columns)
    heads = (_heads(table.heads[at], kept[at], quarter) if at in kept else table.heads[at] for at in columns)
    years = " ".join(dict.fromkeys(YEAR.findall(text))) or str(max(own))
    text = re.sub(_pattern(span, quarter), " ", text)
    unsaid = " ".join(one for one in years.split() if not re.search(rf"(?<!\d){one}(?!\d)", text))
    text = re.sub(r"\b(?:for|in|of|at|as of|during) (?=\s*(?:$|[?.]))", " ", f"{text} {unsaid}")
    return replace(wish_of(text), text=" ".join(text.split())), replace(view, heads=tuple(heads))


def _pattern(span: Span, quarter: int) -> str:
    return {"quarter": _QUARTER, "so far": _SO_FAR[quarter], "year": _YEAR_LONG, "day": _DAY}[span]


def _asked(text: str, there: set[Span], quarter: int) -> Span | None:
    """The span that *text* asks for; a day where nothing else is there."""
    if there == {"day"}:
        return "day"
    if re.search(_SO_FAR[quarter], text) and (quarter > 1 or "so far" in there):
        return "so far"
    match = re.search(_QUARTER, text)
    if match is not None:
        number = next(filter(None, match.groupdict().values()), "")
        return "quarter" if not number or _NUMBER_OF[number] == quarter else None
    return "year" if re.search(_YEAR_LONG, text) else None


def _told(heads: Sequence[str], title: str, year: int, quarter: int) -> _Told | None:
    text = plain(" ".join(heads))
    years = sorted(set(map(int, YEAR.findall(text))))
    change = CHANGE.search(text) is not None
    if len(years) > 1 and not change:
        return None
    span = _span(text, quarter)
    if not years:
        now = said(text)
        span = span if span not in {None, "day"} else _span(plain(title), quarter)
        before = _BEFORE.search(now) is not None and not change
        if span is None or not (before or change or _NOW.search(now) or "年初" in text):
            return None
        years = [year - before]
    return None if span is None else _Told(span, years[-1], change)


def _span(text: str, quarter: int) -> Span | None:
    if re.search(_SO_FAR[quarter], text) and quarter > 1:
        return "so far"
    if re.search(_QUARTER, text):
        return "quarter"
    if _COUNT.search(text):
        return None  # of another length than the report
    if re.search(_YEAR_LONG, text):
        return "year"
    return "day" if re.search(_DAY, text) else None


def _of_the_days(kept: Mapping[int, _Told], table: TypedTable, text: str) -> Mapping[int, _Told]:
    """The columns of the days that *text* names: by their months, as the end of a year, or where it names no time the
    latest; none where it names a year alone, of which a report on a part of it has no end.
    """
    months = {at: _months(" ".join(table.heads[at])) for at in kept}
    if asked := _months(text):
        return {at: each for at, each in kept.items() if asked & months[at]}
    if _LAST_YEAR.search(text) or not YEAR.search(text):
        return kept
    return {at: each for at, each in kept.items() if "dec" in months[at]} if _AT_YEAR_END.search(text) else {}


def _months(text: str) -> set[str]:
    """The months that *text* names, by the beginnings of their English names."""
    found = {match[:3] for match in re.findall(_MONTH, said(text))}
    return found | {_MONTHS[int(number) - 1] for number in re.findall(r"(?<!\d)(1[0-2]|0?[1-9])月", text)}


def _heads(heads: Sequence[str], told: _Told, quarter: int) -> tuple[str, ...]:
    """The heads of a column of a year, without what says its span and its unit."""
    if told.change:
        return tuple(heads)
    span = re.compile(f"{_pattern(told.span, quarter)}|{YEAR.pattern}年?度?|本期|上期|发生额|金额|余额")
    rest = (" ".join(span.sub(" ", without_unit(said(head))).split()) for head in heads)
    return (str(told.year), *(each for each in rest if len(each.strip(" ,.()（）:：-")) > 1))
