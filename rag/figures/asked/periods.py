"""Days, months, quarters and years as tables print them, in Chinese and English."""

import re
import unicodedata
from datetime import date
from typing import Literal, NamedTuple

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
Grain = Literal["year", "half", "quarter", "month", "day"]
GRAINS: tuple[Grain, ...] = ("year", "half", "quarter", "month", "day")

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT = r"'?(?P<short>\d\d)"
_QUARTER = r"(?:q(?P<q>[1-4])|(?P<q2>[1-4])q|第?(?P<q3>[一二三四1-4])季度?|(?P<q4>first|second|third|fourth) quarter)"
_HALF = r"(?:h(?P<h>[12])|(?P<h2>[12])h|(?P<h3>[上下])半年)"
_SEP = r"[\s\-/.,年_]*"
_FORMS = [
    re.compile(form)
    for form in (
        rf"{_YEAR}\s*[-/.年]\s*(?P<month>1[0-2]|0?[1-9])\s*[-/.月]\s*(?P<day>3[01]|[12]\d|0?[1-9])日?(?:\s+\d.*)?",
        rf"{_MONTH}\s*(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,?\s*{_YEAR}",
        rf"(?P<day>3[01]|[12]\d|0?[1-9])[\s\-]*{_MONTH}[\s\-,]*{_YEAR}",
        rf"{_YEAR}\s*[-/.年]\s*(?P<month>1[0-2]|0?[1-9])月?份?",
        rf"{_MONTH}[\s\-,']*(?:{_YEAR}|{_SHORT})",
        rf"{_YEAR}{_SEP}{_QUARTER}",
        rf"{_QUARTER}{_SEP}(?:{_YEAR}|{_SHORT})",
        rf"{_YEAR}{_SEP}{_HALF}",
        rf"{_HALF}{_SEP}(?:{_YEAR}|{_SHORT})",
        rf"(?:fy|fiscal(?: year)?)?\s*{_YEAR}\s*(?:年[度末底]?|fy|财年|財年)?(?:\s*\(?(?:restated|重述后?|调整后)\)?)?",
        rf"fy\s*{_SHORT}",
    )
]
_WITHOUT_YEAR = [
    re.compile(_QUARTER),
    re.compile(_HALF),
    re.compile(r"(?P<month>1[0-2]|0?[1-9])月份?"),
    re.compile(_MONTH),
]
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "上": 1, "下": 2}
_LONGEST = 40


class Period(NamedTuple):
    """A stretch of time by its first day; a *year* of 0 is any year (``Q1``, ``三月``)."""

    year: int
    month: int
    day: int
    grain: Grain

    @property
    def start(self) -> date:
        """Its first day; of any year, one of the year 1."""
        return date(self.year or 1, self.month, self.day)


def period_of(text: str) -> Period | None:
    """The period that *text* is, and nothing but that."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    if not 0 < len(plain) <= _LONGEST:
        return None
    for form in _FORMS:
        if match := form.fullmatch(plain):
            return _period(match.groupdict())
    for form in _WITHOUT_YEAR:
        if match := form.fullmatch(plain):
            return _period(match.groupdict())
    return None


def _period(found: dict[str, str | None]) -> Period | None:
    year = int(found.get("year") or 0) or (2000 + int(found["short"] or 0) if found.get("short") else 0)
    month, grain = 1, "year"
    if quarter := _first(found, "q", "q2", "q3", "q4"):
        month, grain = 3 * quarter - 2, "quarter"
    elif half := _first(found, "h", "h2", "h3"):
        month, grain = 6 * half - 5, "half"
    elif found.get("name"):
        month, grain = _MONTHS.index(str(found["name"])) + 1, "month"
    elif found.get("month"):
        month, grain = int(str(found["month"])), "month"
    day = int(found.get("day") or 0)
    try:
        date(year or 4, month, day or 1)
    except ValueError:
        return None
    return Period(year, month, day, "day") if day else Period(year, month, 1, _grain(grain))


def _grain(name: str) -> Grain:
    return next(grain for grain in GRAINS if grain == name)


def _first(found: dict[str, str | None], *names: str) -> int:
    for name in names:
        text = found.get(name)
        if text:
            return _NUMERALS[text] if text in _NUMERALS else int(text)
    return 0


def label(day: date, grain: Grain, *, chinese: bool) -> str:
    """The period of *grain* that begins on *day*, as a person writes it; of the year 1 it is one of any year."""
    year, quarter, half = day.year, (day.month + 2) // 3, 1 if day.month < 7 else 2
    whole = "" if year == 1 else f"{year}年" if chinese else f"{year}"
    match grain:
        case "year":
            return whole
        case "half":
            return f"{whole}{'上下'[half - 1]}半年" if chinese else f"{whole} H{half}".strip()
        case "quarter":
            return f"{whole}第{'一二三四'[quarter - 1]}季度" if chinese else f"{whole} Q{quarter}".strip()
        case "month":
            return f"{whole}{day.month}月" if chinese else f"{whole}-{day.month:02}".strip("-")
        case "day":
            return f"{day.month:02}-{day.day:02}" if year == 1 else day.isoformat()
