"""A table that a report prints, as a question about the report means it: its periods as years, of several lengths the
one that is asked for, and the years that a question leaves unsaid.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.figures.asked.label_forms import bare, said
from rag.figures.asked.periods import YEAR
from rag.figures.asked.wishes import Wish, wish_of
from rag.figures.typed import TypedTable
from rag.records import says_total

_FISCAL = re.compile(
    r"\b(?:fiscal(?: years?)?|fy|(?:the )?(?:full |calendar )?years?(?: ended| ending)?)[ '’]*(?=(?:19|20)\d\d)"
)
_SHORT_YEAR = re.compile(r"\bfy[ '’]?(\d\d)(?!\d)")
_DAY = re.compile(
    r"\b(?:at|as of|on|by)?\s*(?:the )?(?:year[- ]end|end of(?: the year)?)(?= (?:of )?(?:19|20)\d\d)"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d\d?,? (?=(?:19|20)\d\d)|(?<=\d)年?12月31日"
    r"|(?<=\d\d\d\d)年度?[末底]"
)
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b"
    r"|(?<!\d)(1?\d)(?=月)"
)
_ENDED = re.compile(r"\b(?:year|12 months|twelve months) (?:ended|ending) ")
_THROUGH = re.compile(
    r"(?:\bfrom |\bbetween |从|自)?(?<!\d)((?:19|20)\d\d)年?\s*(?:-|–|—|~|至|到|to|through)\s*((?:19|20)\d\d)(?!\d)年?"
)
_LAST = re.compile(
    r"\b(?:over|for|in|of|during)?\s*(?:the )?(?:last|past|latest)?\s*"
    r"(?P<n>two|three|four|five|\d)[- ]years?\b(?! ended)"
    r"|(?:最近|近|过去|这)?(?<!\d)(?P<m>[两二三四五\d])(?:年|个年度)(?!\d|[内以期度])"
)
_ALL = re.compile(
    r"over (?:the years|time)|by year|each year|per year|every year|历年|各年度?|每年|逐年|trend|趋势|走势"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_ENDS = {"期末": 0, "本期": 0, "期初": -1, "上期": -1}
_END = re.compile("|".join(_ENDS))
PARTS = re.compile(
    r"quarter|(?:three|six|nine|3|6|9) months|\bq[1-4]\b|\bh[12]\b|monthly|by month"
    r"|季度?|半年|每月|各月|按月|1\s*[-—–至]\s*[369]月"
)
"""Says that parts of a year are meant."""
_LENGTH = re.compile(r"\b(?:for |in |during )?(?:the )?(?:(?:three|six|nine|3|6|9) months|quarter) end(?:ed|ing)\b")
_SPAN = re.compile(
    r"(?:fiscal |calendar )?(?:years?|months?|periods?) end(?:ed|ing)|\bend(?:ed|ing)\b|(?:as of|at)\b"
    r"|(?:three|six|nine|twelve|\d+) months|\b(?:fiscal|fy|year)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d\d?)?,?"
    r"|(?<!\d)\d{1,2}月(?:\d{1,2}日)?|[年度日]+|[(（](?:restated|重述后?|调整后)[)）]"
)
CHANGE = re.compile(
    r"增减|增长|变动|变化|增幅|同比|比上[年期]|较上[年期]|\b(?:change|growth|increase|decrease|variance)\b"
)
"""Says that the figures under a head tell how others moved."""
MOVES = re.compile(
    r"increas|grow|grew|cagr|rose|\bris[ei]|gain|decreas|declin|drop|f[ea]ll|reduc|chang|year[- ]over[- ]year|yoy"
    r"|增|涨|上升|提高|减少|下降|降低|变动|变化|同比|跌"
)
"""Says that a figure moved."""
_PERCENT = re.compile(r"percent|cagr|%|百分|幅|率|同比|year[- ]over[- ]year|yoy|growth")
_HOW_TOLD = re.compile(
    r"[,;，；]?\s*\b(?:(?:rounded )?to|with|in percent,? (?:with|to)) (?:one|two|three|\d) decimals?(?: places?)?\b"
    r"|[,;，；]?\s*(?:in|as a) percent(?:age)?\b\.?\s*$"
    r"|[,;.]?\s*\b(?:use|using|based on|from) the (?:consolidated )?"
    r"(?:income statement|balance sheet|statements? of \w+)\b"
)
_OF_PARENT = re.compile(r"母公司(?!所有者|股东)|\bparent[- ]company|\bparent[- ]only|\bregistrant only", re.IGNORECASE)
"""Says that figures are those of the parent alone, and not of its group."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A *wish* in the words of the *table*, which has the columns that may be meant under heads that say the year.

    *years* are those that are meant, the earliest first, and *latest* is the last that the table tells of; *moves* says
    that it is asked how a figure moved, and *percent* by which share.
    """

    wish: Wish
    table: TypedTable
    years: tuple[int, ...]
    moves: bool
    percent: bool
    latest: int = 0

    @property
    def needs_cells(self) -> bool:
        """Whether only cells that are named answer it, and nothing that the columns add up to."""
        return self.moves or self.wish.trend or self.wish.operation == "share"


def reported(wish: Wish, table: TypedTable, year: int | None) -> Reported | None:
    """What *wish* means of *table*, which stands in the report on *year*; ``None`` when it has no figures of a year
    that is asked for.
    """
    if (_OF_PARENT.search(table.title) is None) is not (_OF_PARENT.search(wish.text) is None):
        return None
    text = plainly_dated(_OF_PARENT.sub(" ", wish.text))
    unnamed = _without_labels(text, table)
    moves = MOVES.search(unnamed) is not None and not wish.ranked
    wish = replace(wish, trend=wish_of(unnamed).trend)
    percent = moves and (wish.operation == "growth" or _PERCENT.search(wish.text) is not None)
    dated = {at: told for at, heads in enumerate(table.heads) if (told := _year_of(heads, year)) is not None}
    dated = {at: told for at, told in dated.items() if table.columns[at].kind == "number"}
    if not dated:
        return _undated(wish, text, table, year, moves=moves, percent=percent)
    parts = _of_other_length(table, text)
    dated = {at: told for at, told in dated.items() if at not in parts and _may_be_then(table.heads[at], wish.text)}
    if not dated:
        return None
    if year is not None and max(dated.values()) > year:  # what is due in years to come, beside what is due in all
        return Reported(replace(wish, text=text), table, (), moves, percent)
    if parts:
        text = _LENGTH.sub(" ", text)
    text = _END.sub(lambda end: f" {_of_end(end[0], dated, year)} ", said(text))
    meant = _years(wish, text, sorted(set(dated.values())), year, moves=moves)
    if meant is None:
        return None
    text, years = meant
    dropped = _dropped(table, dated, years) | parts
    kept = [at for at in range(len(table.columns)) if at not in dropped]
    view = only_columns(table, kept)
    view = replace(view, title=_title(table), heads=tuple(_heads(table.heads[at], dated.get(at)) for at in kept))
    return Reported(
        replace(wish_of(text), text=text, trend=wish.trend), view, years, moves, percent, max(dated.values())
    )


def plainly_dated(text: str) -> str:
    """*text* with its years and days as years by themselves, and without how the figure is to be printed."""
    text = _FISCAL.sub(" ", _SHORT_YEAR.sub(r"20\1", _HOW_TOLD.sub(" ", text)))
    return _ENDED.sub(" ", _DAY.sub(" ", " ".join(text.split()))).replace("财年", "年")


def _without_labels(text: str, table: TypedTable) -> str:
    """*text* without the lines that it names and that speak of a change themselves: 公允价值变动收益, *research and
    development*.
    """
    told = {bare(texts[0]) for texts in table.texts if texts}
    labels = {label for label in told if MOVES.search(label) or wish_of(label).trend}
    for label in sorted(filter(None, labels), key=len, reverse=True):
        text = text.replace(label, " ")
    return text


def _of_end(end: str, dated: dict[int, int], year: int | None) -> str:
    """The year at whose end, or in which, something is, where the columns are of two years."""
    told = (year or 0) + _ENDS[end]
    return str(told) if told in dated.values() else end


def _undated(
    wish: Wish, text: str, table: TypedTable, year: int | None, *, moves: bool, percent: bool
) -> Reported | None:
    """Of a table without years in its heads: it is of the year of the report, where nothing else tells when."""
    asked = set(map(int, YEAR.findall(text)))
    there = " ".join([table.title, *(row[0] for row in table.texts if row)])
    if asked and not YEAR.search(there):
        if asked != {year}:
            return None
        text = re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)(?:年[度末]?)?", " ", text)
    return Reported(replace(wish, text=text), replace(table, title=_title(table)), (), moves, percent)


def _year_of(heads: Sequence[str], year: int | None) -> int | None:
    text = said(" ".join(heads))
    if CHANGE.search(text):
        return None
    years = set(map(int, YEAR.findall(text)))
    if years or year is None:
        return years.pop() if len(years) == 1 else None
    ends = {_ENDS[end] for end in _END.findall(text)}
    return year + ends.pop() if len(ends) == 1 else None


def _of_other_length(table: TypedTable, text: str) -> set[int]:
    """Of columns of years and of parts of years those of parts, unless parts are asked for."""
    figures = [at for at, column in enumerate(table.columns) if column.kind == "number"]
    parts = {at for at in figures if PARTS.search(said(" ".join(table.heads[at])))}
    others = set(figures) - parts
    return (others if PARTS.search(said(text)) else parts) if parts and others else set()


def _may_be_then(heads: Sequence[str], text: str) -> bool:
    """Whether a column may be of the month that *text* names, if it names one."""
    there, asked = (set(_MONTH.findall(said(each))) for each in (" ".join(heads), text))
    return not (there and asked) or bool(there & asked)


def _title(table: TypedTable) -> str:
    """What the figures are of, as the title says or the one row that sums all up."""
    sums = [path[-1] for at in table.totals if (path := table.texts[at][:1]) and says_total(path[-1])]
    return " ".join([table.title, *(sums if len(sums) == 1 else [])])


def _years(
    wish: Wish, text: str, known: Sequence[int], year: int | None, *, moves: bool
) -> tuple[str, tuple[int, ...]] | None:
    """*text* with the years that are meant, each by itself, and these; ``None`` when one of them is not *known*."""
    latest = year if year is not None and year in known else known[-1]
    through, last = _THROUGH.search(text), _LAST.search(text)
    asked = sorted(set(map(int, YEAR.findall(text))))
    if through and not moves and wish.operation != "difference":
        first, end = int(through[1]), int(through[2])
        years: tuple[int, ...] = tuple(range(first, end + 1))
        text = text.replace(through[0], " ") + " " + " ".join(map(str, years))
        text = _LAST.sub(" ", text)
    elif last and not moves:
        count = _NUMBERS.get(told := last["n"] or last["m"]) or int(told)
        if asked and len(asked) != count:
            return None
        years = tuple(asked) or tuple(range(latest - count + 1, latest + 1))
        text = _LAST.sub(" ", text)
    elif asked:
        years = tuple(asked)
        if moves and len(asked) == 1 and wish.operation != "difference":
            other = asked[0] + 1 if asked[0] == latest - 1 and re.search(r"[比较自]", text) else asked[0] - 1
            years = tuple(sorted({*asked, other}))
    elif wish.trend or _ALL.search(text):
        years = tuple(known)
        text = _ALL.sub(lambda match: match[0] if wish.trend else " ", text)
    elif wish.ranked and re.search(r"\byears?\b|年", text):
        return text, tuple(known)
    elif year is None:
        return None
    else:
        years = (latest - 1, latest) if moves else (latest,)
    if not set(known).issuperset(years):
        return None
    unsaid = [str(one) for one in years if str(one) not in text]
    return " ".join([text, *unsaid]), years


def _dropped(table: TypedTable, dated: dict[int, int], years: Sequence[int]) -> set[int]:
    """The columns of other years, and of other lengths, than those that are meant."""
    told = {
        at
        for at, heads in enumerate(table.heads)
        if YEAR.search(" ".join(heads)) and table.columns[at].kind == "number"
    }
    told = {at for at in told if not CHANGE.search(said(" ".join(table.heads[at])))}
    return (told | dated.keys()) - {at for at, year in dated.items() if year in years}


def only_columns(table: TypedTable, kept: Sequence[int]) -> TypedTable:
    """*table* with these columns; its rows keep their places, so that what is asked of it may be asked of *table*."""
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        places=tuple(tuple(row[at] for at in kept) for row in table.places),
        words=tuple(table.words[at] for at in kept),
        texts=tuple(tuple(row[at] for at in kept) for row in table.texts),
        heads=tuple(table.heads[at] for at in kept),
    )


def _heads(heads: Sequence[str], year: int | None) -> tuple[str, ...]:
    if year is None:
        return tuple(heads)
    rest = [" ".join(_SPAN.sub(" ", _END.sub(" ", YEAR.sub(" ", said(head)))).split()) for head in heads]
    return (str(year), *(each for each in rest if len(each.strip(" ,.()（）:：-")) > 1))
