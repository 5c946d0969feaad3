"""Dates, times and durations as an Excel number format shows them."""

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from rag.reading.sheets.formats.chinese_numerals import Numerals

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_CHINESE_DAYS = "一二三四五六日"
_CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_CHINESE = {"804", "404", "c04", "1004", "1404", "zh-cn", "zh-tw", "zh-hk", "zh-sg"}
_LAST_DAY = 2_958_466
_DAY_MS = 86_400_000
_LAST_MOMENT = 2_957_000  # days: in the year 9995, whichever is the first


def days_since_1900(moment: datetime | date | time | timedelta) -> float:
    """*moment* as a workbook stores it: days, of which the first is 1 January 1900 and the 60th never was."""
    if isinstance(moment, timedelta):
        return moment / timedelta(days=1)
    if isinstance(moment, time):
        moment = datetime.combine(date(1899, 12, 31), moment)
    elif not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    days = (moment.replace(tzinfo=None) - datetime(1899, 12, 31)) / timedelta(days=1)  # noqa: DTZ001 - no zone in cells
    return days + 1 if days >= 60 else days


def moment_of(stored: str, *, since_1904: bool) -> float | str:
    """``2024-03-01``, ``2024-03-01T09:30:00`` or ``09:30:00`` for a number of days; the number, where there is no such
    moment; what is no number stays as it is.
    """
    try:
        days = float(stored)
    except ValueError:
        return stored
    if not 0 <= days < _LAST_MOMENT:
        return days if math.isfinite(days) else stored
    if not since_1904 and 1 <= days < 60:
        days += 1  # a workbook counts a 29 February 1900 that never was
    origin = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    found = datetime.combine(origin, time()) + timedelta(milliseconds=round(days * _DAY_MS))
    if days < 1 and not since_1904:
        return found.time().isoformat()
    return found.date().isoformat() if found.time() == time() else found.isoformat()


@lru_cache(20_000)  # of a column of dates many are alike, and each takes as long as twenty numbers
def date_text(
    value: float,
    tokens: tuple[tuple[str, str], ...],
    locale: str,
    numerals: Numerals | None = None,
    *,
    since_1904: bool,
) -> str | None:
    """*value* days as *tokens* show it, in *numerals* if they are wanted; ``None`` when Excel shows no moment.

    That is after 9999, and before the first day, unless days count from 1904, or all that is shown is how many hours,
    minutes or seconds elapsed: then there is a sign. An elapsed time behind other parts (``hh[mm]``) is no format of a
    moment.
    """
    letters = [text.strip("[]")[0].lower() if kind in {"moment", "elapsed"} else "" for kind, text in tokens]
    lone = [kind for kind, _ in tokens if kind in {"moment", "elapsed", "half"}] == ["elapsed"]
    if not -_LAST_DAY < value < _LAST_DAY or (value < 0 and not since_1904 and not lone):
        return None
    decimals = _second_decimals(tokens, letters)
    milliseconds = round(abs(value) * _DAY_MS)
    if "s" in letters:
        unit = 10 ** (3 - min(3, decimals))
        milliseconds = (milliseconds + unit // 2) // unit * unit
    moment = _Moment(milliseconds, since_1904=since_1904)
    chinese = locale.lower().lstrip("0") in _CHINESE or numerals is not None
    writer = _Writer(moment, chinese, any(kind == "half" for kind, _ in tokens), numerals)

    shown: list[str] = ["-"] if value < 0 else []
    skipped = -1
    for at, (kind, text) in enumerate(tokens):
        if at <= skipped:
            continue
        if kind == "." and decimals and _follows_second(letters, at):
            shown.append(f".{milliseconds % 1000:03d}".ljust(decimals + 1, "0")[: decimals + 1])
            skipped = at + decimals
        else:
            minute = kind == "moment" and letters[at] == "m" and _is_minute(letters, at)
            shown.append(writer.text(kind, text, "minute" if minute else letters[at]))
    return "".join(shown)


class _Moment:
    def __init__(self, milliseconds: int, *, since_1904: bool) -> None:
        self.seconds = milliseconds // 1000
        days, seconds = divmod(self.seconds, 86_400)
        self.hour, self.minute, self.second = seconds // 3600, seconds // 60 % 60, seconds % 60
        if since_1904:
            self.year, self.month, self.day, self.weekday = _calendar(date(1904, 1, 1) + timedelta(days=days))
        elif days in {0, 60}:
            # Excel counts a 29 February 1900 that never was, and a day 0 before the first of January
            self.year, self.month, self.day = 1900, 2 if days else 1, 29 if days else 0
            self.weekday = 2 if days else 5
        else:
            first = date(1899, 12, 31) if days < 60 else date(1899, 12, 30)
            self.year, self.month, self.day, self.weekday = _calendar(first + timedelta(days=days))
            if days < 60:
                self.weekday = (self.weekday - 1) % 7


def _calendar(day: date) -> tuple[int, int, int, int]:
    return day.year, day.month, day.day, day.weekday()


class _Writer(NamedTuple):
    """Writes the pieces of one moment."""

    moment: _Moment
    chinese: bool
    half_day: bool
    numerals: Numerals | None

    def text(self, kind: str, text: str, letter: str) -> str:
        match kind:
            case "elapsed":
                return str(self.moment.seconds // {"h": 3600, "m": 60, "s": 1}[letter]).rjust(len(text) - 2, "0")
            case "moment":
                return self._part(letter, len(text))
            case "half":
                return self._half(text)
            case "pad":
                return " "
            case "fill":
                return ""
        return text

    def _part(self, letter: str, length: int) -> str:
        moment = self.moment
        if letter in "amd" and length >= 3:
            return self._name(letter, length)
        if letter == "y":
            year = f"{moment.year % 100:02d}" if length <= 2 else f"{moment.year:04d}"
            return self.numerals.one_by_one(year) if self.numerals else year
        hour = (moment.hour % 12 or 12) if self.half_day else moment.hour
        number = {
            "e": moment.year,
            "b": moment.year + 543,
            "m": moment.month,
            "d": moment.day,
            "h": hour,
            "minute": moment.minute,
            "s": moment.second,
        }[letter]
        if self.numerals:
            return self.numerals.one_by_one(str(number)) if letter in "eb" else self.numerals.in_a_date(number, length)
        return f"{number:0{min(2, length)}d}"

    def _name(self, letter: str, length: int) -> str:
        if letter == "m":
            if self.chinese:
                return _CHINESE_MONTHS[self.moment.month - 1] + "月"
            name = _MONTHS[self.moment.month - 1]
            return name[:1] if length == 5 else name[:3] if length == 3 else name
        if letter == "a" or self.chinese:
            return ("周" if length == 3 else "星期") + _CHINESE_DAYS[self.moment.weekday]
        return _DAYS[self.moment.weekday][:3] if length == 3 else _DAYS[self.moment.weekday]

    def _half(self, text: str) -> str:
        late = self.moment.hour >= 12
        if self.chinese or "上" in text:
            return "下午" if late else "上午"
        if len(text) == 3:
            return text[2] if late else text[0]
        return "PM" if late else "AM"


def _is_minute(letters: Sequence[str], at: int) -> bool:
    """An ``m`` next to hours before it, or seconds behind it, means minutes."""
    before = next((letter for letter in reversed(letters[:at]) if letter), "")
    after = next((letter for letter in letters[at + 1 :] if letter), "")
    return before == "h" or after == "s"


def _follows_second(letters: Sequence[str], at: int) -> bool:
    return at > 0 and letters[at - 1] == "s"


def _second_decimals(tokens: Sequence[tuple[str, str]], letters: Sequence[str]) -> int:
    for at, (kind, _) in enumerate(tokens):
        if kind == "." and _follows_second(letters, at):
            end = at + 1
            while end < len(tokens) and tokens[end] == ("digit", "0"):
                end += 1
            return end - at - 1
    return 0
