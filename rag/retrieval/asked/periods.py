"""The years and the quarter that a question asks about: FY2022, Q2 of 2023, 2022年第三季度."""

import re
from typing import NamedTuple

from rag.language import folded

_FIRST, _LAST = 1950, 2099
_YEAR = re.compile(
    r"(?<![\d.,$])(?P<whole>(?:19|20)\d\d)(?![\d]|[.,]\d)"
    r"|(?<![a-z\d])fy[ '’]?(?P<short>\d\d)(?!\d)"
    r"|(?<![a-z\d])(?:[1-4]q|q[1-4])[ '’]?(?:fy[ '’]?)?(?P<shorter>\d\d)(?!\d)"
    r"|(?<=q[1-4])(?P<joined>(?:19|20)\d\d)(?!\d)"
    r"|民[国國](?P<republic>\d{2,3})年|(?<!\d)(?P<bare>1[01]\d)年"
)
_QUARTER = re.compile(
    r"(?<![a-z])q(?P<after>[1-4])(?!\d(?!\d))|(?<![\d.,])(?P<before>[1-4])q(?![a-z])"
    r"|(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th) (?:fiscal )?quarter|第(?P<chinese>[一二三四1-4])季"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINALS |= {"一": 1, "二": 2, "三": 3, "四": 4}
_REPUBLIC = 1911


class Period(NamedTuple):
    """The *years*, in their own order, and the *quarter*; empty where a question names none."""

    years: tuple[int, ...] = ()
    quarter: int | None = None


def period_of(question: str) -> Period:
    """When *question* asks about; a year of the Republic of China is told as a common one."""
    text = folded(question)
    years = dict.fromkeys(year for match in _YEAR.finditer(text) if _FIRST <= (year := _common(match)) <= _LAST)
    match = _QUARTER.search(text)
    found = next(filter(None, match.groups())) if match else ""
    return Period(tuple(years), _ORDINALS.get(found, int(found) if found.isdigit() else None))


def _common(match: re.Match[str]) -> int:
    if number := match["republic"] or match["bare"]:
        return int(number) + _REPUBLIC
    digits = next(filter(None, match.groups()))
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
