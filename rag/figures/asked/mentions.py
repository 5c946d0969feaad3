"""Which columns, values and periods of a table a question speaks of, and which of its words are left over."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.figures.asked.alike import AMOUNTS, SALES, SAYS_SALES, SAYS_SPENT, SPENT
from rag.figures.asked.bounds import Bound, bounds_in, sets_bound
from rag.figures.asked.column_names import asked_for_each, variants, whole
from rag.figures.asked.companies import called_shortly, companies_in
from rag.figures.asked.labels import GONE, PART_OF_YEAR, SOME_HALF, means_more
from rag.figures.asked.small_words import POLITE, SAYS_NOTHING
from rag.figures.asked.wishes import ALL_TOGETHER, plain
from rag.figures.typed import TypedColumn, TypedTable, unit_of
from rag.language import HAN, terms

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)\s*(?:年度?|财年)?")
_THROUGH = re.compile(r"(?<!\d)(?:19|20)\d\d\s*年?\s*(?:-|–|—|~|至|到|to|through)\s*(?:19|20)\d\d(?!\d)")
_QUARTER = re.compile(r"第?([一二三四1-4])季度|\bq([1-4])\b|\b([1-4])q\b|\b(first|second|third|fourth) quarter")
_MONTH = re.compile(
    r"(?<!\d)(1[0-2]|[1-9])月份?"
    r"|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\b"
)
_HALF = re.compile(
    r"(?<!上)([上下])半年度?|(?<![a-z\d])h([12])(?![a-z\d])|(?<![a-z\d])([12])h(?![a-z\d])"
    r"|\b(first|second) half(?: of the year)?\b"
)
_HALVES = {"上": 1, "下": 2, "first": 1, "second": 2, "1": 1, "2": 2}
_OF_ITS_OWN = re.compile(r"财年|财政年|\bfiscal\b|(?<![a-z])fy")
"""Says that a year may begin in any month."""
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAMES_NOTHING = frozenset({"total", "other", "others", "all", "其他", "其它", "合计", "是", "否", "yes", "no", "无"})
_IDENTIFIES = re.compile(r"编号|序号|代码|编码|电话|邮编|\b(?:id|no|code|number|index|zip|phone)\b\.?$|^年$|^year$")
_CODES = re.compile(r"(?:编号|代码|编码)$|\b(?:id|no|code|number)\b\.?$")
_HAN_LEFT = re.compile(f"[{HAN}]")
_WORD_LEFT = re.compile(r"[a-z]{3,}")
_OWN, _OTHER = 1.0, 0.7
_UNDATED = re.compile(r"日期|时间|\bdate$")
_MOST_BY_NUMBER = 12  # different figures of a column of numbers that rows are told by
_NUMBER = re.compile(r"(?<![a-z\d])\d")
_ANY_AMOUNT = re.compile("金额|数额")


@dataclass(frozen=True, slots=True)
class Times:
    """The years, quarters and months a question names; *through* when it means all years between the two, and *half*
    where its quarters are those of the first (1) or the second half of a year.
    """

    years: tuple[int, ...] = ()
    quarters: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    through: bool = False
    half: int = 0

    def __bool__(self) -> bool:
        return bool(self.years or self.quarters or self.months)


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a question speaks of, columns by their place in the table.

    *measures* are columns of numbers in the order they are named, the least sure of them *surely* (1 for its own name,
    less for another word for it). *each* are columns for each of whose values it asks; *named* all columns that it
    names; *values* what it names in a column, in the order of the question. *loose* are all columns of numbers that it
    names, by their own or by other words. *left* counts the words that nothing of the table accounts for, and *more*
    says that one of them makes another figure of what is named, names a second thing, or a part of a year that is no
    quarter or month; *rest* is what is left of the text. *bounds* are those that it sets to figures.
    """

    measures: tuple[int, ...]
    surely: float
    each: tuple[int, ...]
    named: tuple[int, ...]
    values: Mapping[int, tuple[str, ...]]
    times: Times
    left: int
    loose: tuple[int, ...] = ()
    more: bool = False
    rest: str = ""
    bounds: tuple[Bound, ...] = ()


class _Text:
    """A question whose words are taken one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str] | str) -> re.Match[str] | None:
        """Where *pattern* stands; it is gone from the text then, and what is around it does not join."""
        match = re.search(pattern, self.text)
        if match and match[0]:
            self.text = f"{self.text[: match.start()]}{GONE}{self.text[match.end() :]}"
        return match

    def take_all(self, pattern: re.Pattern[str]) -> list[tuple[str | None, ...]]:
        found = [match.groups() for match in pattern.finditer(self.text)]
        self.text = pattern.sub(GONE, self.text)
        return found

    def take_beginnings(self, names: Iterable[str]) -> None:
        """The most of each Chinese name that is said, half of it at least: 注册地 of 注册地址."""
        for name in filter(_HAN_LEFT.match, names):
            lengths = range(len(name), max(2, (len(name) + 1) // 2) - 1, -1)
            self.take("|".join(re.escape(name[:length]) for length in lengths))

    def take_units(self, names: Iterable[str]) -> None:
        """The units that stand in brackets in *names*: ``in tonnes``, of ``Output (tonnes)``."""
        for name in names:
            for unit in (unit_of(name), *re.findall(r"[(（]([^()（）]+)[)）]", name)):
                self.take(rf"\bin {whole(plain(unit))}" if unit else "(?!)")

    def take_words(self, title: str) -> None:
        """What a table is about by its title may be said again beside what is measured."""
        for word in terms(plain(title)).words:
            if len(word) > 1 and not _NUMBER.search(word):
                self.take(whole(word))


def mentions(text: str, table: TypedTable) -> Mentions:
    """What *text* (made plain) speaks of in *table*: the longest names first, no word for two of them."""
    left = _Text(text)
    surely = dict.fromkeys(_called_like_bounds(left, table), _OWN)
    positions = {at: text.find(plain(table.columns[at].name)) for at in surely}
    each: dict[int, None] = {}
    bounded = bounds_in(left.text, table)
    left.text = left.text if bounded is None else bounded[0]
    values, unclear = _companies(left, table)
    together = ALL_TOGETHER.search(text) is not None
    by_number = [at for at in range(len(table.columns)) if _groups_rows(table, at)]
    for name, at, own, some in sorted(_names(table, text), key=lambda one: (-len(one[0]), -one[2])):
        if some:
            if left.take(whole(name)):
                values.setdefault(at, []).extend(some)
        elif at not in surely or own == _OWN:
            asked = left.take(asked_for_each(name)) if table.columns[at].kind == "text" else None
            if at in by_number:
                asked = left.take(rf"(?:\bby (?:the )?|按照?|不同){whole(name)}")
            match = asked or left.take(whole(name))
            if match:
                surely[at] = max(own, surely.get(at, 0.0))
                positions[at] = text.find(name)
                if asked and not (together and asked[0].startswith(("all", "各", "每"))):
                    each[at] = None
    left.take_beginnings(plain(table.columns[at].name) for at in values)
    times, part = _times(left)
    for words in filter(None, map(plain, (table.title, table.unit, table.label))):
        left.take(re.escape(words))
    measures = [at for at in surely if at not in each and _measures(table, at)]
    left.take_units(table.columns[at].name for at in measures)
    if measures and not table.printed:
        left.take_words(table.title)
    rest = POLITE.sub(" ", SAYS_NOTHING.sub(" ", _ANY_AMOUNT.sub(" ", left.text)))
    best = max((surely[at] for at in measures), default=0.0)
    loose = sorted(measures, key=lambda at: positions[at])
    measures = sorted((at for at in measures if surely[at] == best), key=lambda at: positions[at])
    return Mentions(
        tuple(measures),
        best,
        tuple(each),
        tuple(sorted(surely, key=lambda at: positions[at])),
        {at: tuple(sorted(dict.fromkeys(some), key=lambda one: text.find(plain(one)))) for at, some in values.items()},
        times,
        len(_HAN_LEFT.findall(rest)) + 3 * len(_WORD_LEFT.findall(rest)),
        tuple(loose),
        unclear or part or bounded is None or means_more(left.text) or _NUMBER.search(rest) is not None,
        left.text,
        () if bounded is None else bounded[1],
    )


def _called_like_bounds(left: _Text, table: TypedTable) -> list[int]:
    """The columns that are named by what sets a bound elsewhere, and that *left* loses: ``over 90 days``."""
    names = [plain(column.name) for column in table.columns]
    return [at for at, name in enumerate(names) if sets_bound(name) and left.take(whole(name))]


def _names(table: TypedTable, text: str) -> Iterator[tuple[str, int, float, Sequence[str]]]:
    """Every name that *text* may have: of a column (by its own words or others), or of values in a column."""
    forms = [variants(column.name) for column in table.columns]
    shared = Counter(name for both in forms for names in both for name in names)
    for at, column in enumerate(table.columns):
        own, other = forms[at]
        whole = {own[0], "".join(own[0].split())} if own else set()
        # What may mean one column as well as another means neither.
        yield from ((name, at, _OWN, ()) for name in own if name in whole or shared[name] == 1)
        yield from ((name, at, _OTHER, ()) for name in other if shared[name] == 1)
        if column.kind == "number" and _is_amount_of_sales(own, table):
            yield from ((name, at, _OTHER, ()) for name in SALES if shared[name] == 0)
        if column.kind == "number" and _is_amount_spent(own, table):
            yield from ((name, at, _OTHER, ()) for name in SPENT if shared[name] == 0)
        if column.kind == "date":
            yield from ((stem, at, _OTHER, ()) for name in own if (stem := _UNDATED.sub("", name).strip()) != name)
        if column.kind == "text":
            stems = (_CODES.sub("", name).strip() for name in own if _CODES.search(name))
            yield from ((stem, at, _OTHER, ()) for stem in stems if stem and shared[stem] == 0)
            known = ((name, some) for name, some in table.words[at].items() if name in text)
            yield from ((name, at, _OWN, some) for name, some in known if _may_name(name))
            yield from _by_head(at, own, table, text)
            shortly = called_shortly(text, table.words[at])
            yield from ((short, at, _OWN, table.words[at][name]) for short, name in shortly)


def _by_head(
    at: int, heads: Sequence[str], table: TypedTable, text: str
) -> Iterator[tuple[str, int, float, Sequence[str]]]:
    """Short values that are said with the head of their column: 绩效为A, ``grade B``."""
    short = {name: some for name, some in table.words[at].items() if not _may_name(name)}
    for head in heads if short else ():
        said_of = rf"{re.escape(head)}\s*(?:等级)?(?:为|是|=|:|is|of)?\s*([^\s,，。?？的]{{1,4}})"
        for match in re.finditer(said_of, text):
            said = next((name for name in sorted(short, key=len, reverse=True) if match[1].startswith(name)), None)
            if said is not None and not re.match("[a-z0-9]", match[1][len(said) :]):
                yield match[0][: len(match[0]) - len(match[1]) + len(said)], at, _OWN, short[said]


def _is_amount_of_sales(own: Sequence[str], table: TypedTable) -> bool:
    """Whether a column that only says that it is an amount is that of sales, as its table says."""
    return not AMOUNTS.isdisjoint(own) and SAYS_SALES.search(plain(f"{table.title} {table.label}")) is not None


def _is_amount_spent(own: Sequence[str], table: TypedTable) -> bool:
    """Whether a column that only says that it is an amount is that of spending, as its table or another column says."""
    told = (table.title, table.label, *(column.name for column in table.columns))
    return not AMOUNTS.isdisjoint(own) and SAYS_SPENT.search(plain(" ".join(told))) is not None


def _may_name(name: str) -> bool:
    """Whether *name* is long enough, and more than a short number, to be told from other words."""
    return name not in _NAMES_NOTHING and len(name) > 1 and (len(name) > 4 or not name.isdigit())


def _companies(left: _Text, table: TypedTable) -> tuple[dict[int, list[str]], bool]:
    """What is named by the full name of a company, which *left* loses, and whether some such name may be of several."""
    values: dict[int, list[str]] = {}
    unclear = False
    for at, column in enumerate(table.columns):
        for company in companies_in(left.text, table.words[at]) if column.kind == "text" else ():
            if company.short and left.take(re.escape(company.full)):
                values.setdefault(at, []).extend(table.words[at][company.short])
            unclear = unclear or not company.short
    return values, unclear


def _times(left: _Text) -> tuple[Times, bool]:
    """The times that are named, which *left* loses, and whether they do not say a part of a year that is meant."""
    through, own = _THROUGH.search(left.text) is not None, _OF_ITS_OWN.search(left.text) is not None
    years = [int(year or 0) for (year,) in left.take_all(_YEAR)]
    halves = [_HALVES[next(filter(None, found))] for found in left.take_all(_HALF)]
    part = PART_OF_YEAR.search(left.text) is not None or SOME_HALF.search(left.text) is not None
    quarters = [next(part for part in found if part) for found in left.take_all(_QUARTER)]
    months = [next(part for part in found if part) for found in left.take_all(_MONTH)]
    quarter_numbers = tuple(dict.fromkeys(_ORDINALS[one] if one in _ORDINALS else int(one) for one in quarters))
    half = halves[0] if halves else 0
    if half:
        each_year = len(halves) == max(1, len(years))  # of 2024 and H1 2025 the first is a whole year
        part = part or not each_year or len(set(halves)) > 1 or bool(quarters or months or through or own)
        quarter_numbers = (2 * half - 1, 2 * half)
    return Times(
        tuple(dict.fromkeys(years)),
        quarter_numbers,
        tuple(dict.fromkeys(_MONTH_NAMES.index(one) + 1 if one.isalpha() else int(one) for one in months)),
        through and len(set(years)) == 2,
        half,
    ), part


def _groups_rows(table: TypedTable, at: int) -> bool:
    """Whether a column of numbers may tell kinds of rows apart: a few whole numbers, each in several rows."""
    if table.columns[at].kind != "number" or table.columns[at].percent:
        return False
    known = {row[at] for row in table.rows if row[at] is not None}
    whole_numbers = all(isinstance(value, float) and value.is_integer() for value in known)
    return 1 < len(known) <= _MOST_BY_NUMBER and whole_numbers and 2 * len(known) <= len(table.rows)


def _measures(table: TypedTable, at: int) -> bool:
    """Whether a column measures something, and does not only name rows by numbers."""
    return table.columns[at].kind == "number" and not is_identifier(table, at)


def is_identifier(table: TypedTable, at: int) -> bool:
    """Whether a column of numbers names rows instead of measuring anything."""
    return _identifies(table.columns[at], (row[at] for row in table.rows))


def _identifies(column: TypedColumn, values: Iterable[object]) -> bool:
    if _IDENTIFIES.search(plain(column.name)):
        return True
    numbers = [value for value in values if isinstance(value, float)]
    return len(numbers) > 3 and numbers == [float(at) for at in range(int(numbers[0]), int(numbers[0]) + len(numbers))]
