"""Bounds that a question sets to figures: ``销售额超过500万元``, ``a budget of at least 400,000``."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Literal

from rag.figures.asked.column_names import names_of, whole
from rag.figures.asked.labels import GONE
from rag.figures.database.engine import quoted
from rag.figures.typed import TypedTable, unit_of
from rag.records import Value

Sign = Literal["<", "<=", ">", ">="]
_HOLDS: Mapping[Sign, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}

_SIGNS: tuple[tuple[Sign, str], ...] = (
    (">=", r"不少于|不低于|不小于|至少|at least|no(?:t)? (?:less|fewer|lower|smaller) than|>=|≥"),
    ("<=", r"不超过|不大于|不高于|不多于|至多|at most|no(?:t)? (?:more|higher|larger|greater) than|up to|<=|≤"),
    (">", r"超过|超出|大于|高于|多于|over|above|exceed(?:s|ed|ing)?|(?:more|greater|higher|larger|bigger) than|>"),
    ("<", r"小于|低于|少于|不足|不到|under|below|(?:less|fewer|lower|smaller) than|<"),
)
_SIGN = "|".join(f"(?:{words})" for _, words in _SIGNS)
_AFTER = r"及?以[上下]"
_NUMBER = (
    r"(?<![\d.])[$¥€£]?\s*(?P<n>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<scale>[千万亿]|k\b|m\b|bn\b|thousand|million|billion)?\s*"
    r"(?P<unit>%|[美欧日港]?元|dollars?|usd|小时|hours?\b|[个人家台件平方米天岁次名]{1,3})?"
)
_OF = r"(?:\s*(?:的|是|为|在|都|总?数?|is|are|was|were|of|has been|that is|that are|amount|value))*\s*"
_WORDS_BETWEEN = r"(?:\s*(?:in|of|the|a|for|元|个|人|名|家|台|件|天|平方米|的))*\s*"
_SCALES = {
    "千": 1e3, "万": 1e4, "亿": 1e8, "k": 1e3, "m": 1e6, "bn": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9,
}  # fmt: skip
_SCALE_OF = (
    ("亿|億", 1e8),
    ("百万", 1e6),
    ("万|萬", 1e4),
    ("千|thousand|'000|\\b000|k\\b", 1e3),
    ("million|mn\\b|\\bm\\b", 1e6),
    ("billion|bn\\b", 1e9),
)
_ANY = re.compile(
    rf"(?:{_SIGN})\s*[$¥€£]?\d|超[过出]|[大高多小低少]于|不足|不到|至[少多]|介于|exceed|\d[\d,.]*\s*[千万亿元%个人家台件平方米天岁次名]{{0,4}}{_AFTER}"
    r"|\b(?:above|below|over|under) (?:the )?(?:average|mean|median)\b|\bbetween [$¥€£]?[\d,.]+\S* and|\d\S{0,6}之间"
    r"|\d{4}\s*年?度?(?:以后|之后|以来|以前|之前|起)|\b(?:after|since|before|until|prior to) (?:\w+ ){0,2}\d"
)
"""What sets a bound, of whatever kind."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_ABOUT_ZERO = (
    (re.compile(r"[为是]负(?:数|值|的)?(?![债荷])|\b(?:is|are|was|were) negative\b"), "小于0"),
    (re.compile(r"[为是]正(?:数|值|的)?(?![常式规确])|\b(?:is|are|was|were) positive\b"), "大于0"),
)


@dataclass(frozen=True, slots=True)
class Bound:
    """The figures of column *at* are on this side of *value*, in the measure of the column."""

    at: int
    sign: Sign
    value: float

    def holds(self, value: Value) -> bool:
        """Whether a figure of the column is on the side that is wanted."""
        return isinstance(value, int | float) and _HOLDS[self.sign](value, self.value)

    def told(self, table: TypedTable) -> str:
        """The bound as people read it: ``Budget (USD) > 400,000``."""
        column = table.columns[self.at]
        shown = f"{100 * self.value:g}%" if column.percent else f"{self.value:,.10g}"
        return f"{column.name} {self.sign.replace('>=', '≥').replace('<=', '≤')} {shown}"

    def sql(self, table: TypedTable) -> str:
        """The condition on the column."""
        return f"{quoted(table.columns[self.at].name)} {self.sign} CAST({self.value!r} AS DOUBLE)"


def sets_bound(text: str) -> bool:
    """Whether *text* (made plain) sets a bound to anything."""
    return _ANY.search(text) is not None


def bounds_in(text: str, table: TypedTable) -> tuple[str, tuple[Bound, ...]] | None:
    """*text* (made plain) without the bounds that it sets to columns of numbers of *table*, and these.

    ``None`` when some bound is set to what is no such column, in another measure, or so that it depends on whether the
    bound itself counts.
    """
    found: list[Bound] = []
    for says, bound in _ABOUT_ZERO:
        text = says.sub(bound, text)
    while sets_bound(text):
        one = _first(text, table)
        if one is None:
            return None
        text, set_to = one
        found.append(set_to)
    return text, tuple(found)


def _first(text: str, table: TypedTable) -> tuple[str, Bound] | None:
    for at, name in sorted(_measures(table), key=lambda each: -len(each[1])):
        for form in _forms(whole(name)):
            match = re.search(form, text)
            if match is None:
                continue
            bound = _bound(match, at, table)
            return None if bound is None else (f"{text[: match.start()]}{GONE}{text[match.end() :]}", bound)
    return None


def _measures(table: TypedTable) -> Iterator[tuple[int, str]]:
    """The names of the columns of numbers, without what several are called."""
    names = {at: names_of(column.name) for at, column in enumerate(table.columns) if column.kind == "number"}
    counts = Counter(name for own in names.values() for name in own)
    yield from ((at, name) for at, own in names.items() for name in own if counts[name] == 1)


def _forms(name: str) -> Sequence[str]:
    return (
        rf"(?P<name>{name}){_OF}(?P<sign>{_SIGN})\s*{_NUMBER}",
        rf"(?P<name>{name}){_OF}{_NUMBER}(?P<after>{_AFTER})",
        rf"(?P<sign>{_SIGN})\s*{_NUMBER}{_WORDS_BETWEEN}(?P<name>{name})",
    )


def _bound(match: re.Match[str], at: int, table: TypedTable) -> Bound | None:
    said = match.groupdict()
    if _YEAR.fullmatch(str(said["n"])) and not said["scale"] and not said["unit"]:
        return None  # higher than 2022 is higher than in that year
    value = float(str(said["n"]).replace(",", ""))
    measured = _in_measure(value, said["scale"] or "", said["unit"] or "", at, table)
    if measured is None:
        return None
    after = said.get("after")
    if after is not None:
        if any(row[at] == measured for row in table.rows):
            return None  # 以上 may mean with it or without it
        return Bound(at, ">" if after.endswith("上") else "<", measured)
    return Bound(at, _sign(str(said["sign"])), measured)


def _sign(words: str) -> Sign:
    return next(sign for sign, pattern in _SIGNS if re.fullmatch(pattern, words))


def _in_measure(value: float, scale: str, unit: str, at: int, table: TypedTable) -> float | None:
    """*value* as the column at *at* has its figures; ``None`` when it is in another measure."""
    column = table.columns[at]
    if (unit == "%") is not column.percent:
        return None
    if column.percent:
        return value / 100
    told = unit_of(column.name) or table.unit.casefold()
    money = unit.endswith("元") or unit in {"usd", "dollar", "dollars"}
    if not scale and not money:
        return value
    return value * _SCALES.get(scale, 1.0) / (scale_of(told) or 1.0)


def scale_of(text: str) -> float:
    """By how much figures are to be multiplied, as a unit or a title says; 0 where none says it."""
    return next((size for words, size in _SCALE_OF if re.search(words, text.casefold())), 0.0)
