"""A question, or the label of a row or a column, in one form, and when that is of which a label tells."""

import re

from rag.figures.asked.bilingual import both_languages
from rag.figures.asked.periods import YEAR, period_of
from rag.figures.asked.wishes import plain
from rag.language import HAN

# Each of these stands for the same end or stretch of a period, which accounts say in many ways.
_SAME_PERIOD: tuple[tuple[str, str], ...] = (
    (r"第?[一1]季度|(?<![a-z0-9])1q(?![a-z0-9])|first quarter", "q1"),
    (r"第?[二2]季度|(?<![a-z0-9])2q(?![a-z0-9])|second quarter", "q2"),
    (r"第?[三3]季度|(?<![a-z0-9])3q(?![a-z0-9])|third quarter", "q3"),
    (r"第?[四4]季度|(?<![a-z0-9])4q(?![a-z0-9])|fourth quarter", "q4"),
    (r"(?<![a-z0-9])1h(?![a-z0-9])|\bfirst half(?: of the year)?\b", "h1"),
    (r"(?<![a-z0-9])2h(?![a-z0-9])|\bsecond half(?: of the year)?\b", "h2"),
    (r"(?<=\bjan)uary\b|(?<=\bfeb)ruary\b|(?<=\bmar)ch\b|(?<=\bapr)il\b|(?<=\bjun)e\b|(?<=\bjul)y\b", ""),
    (r"(?<=\baug)ust\b|(?<=\bsep)t(?:ember)?\b|(?<=\boct)ober\b|(?<=\b(?:nov|dec))ember\b", ""),
    (r"本期期末|本年年末|本年末|年末|期末|本报告期末", "期末"),
    (r"本期期初|上年年末|上年末|上期期末|年初|期初", "期初"),
    (r"上年度?同期|去年同期|上年度|上年|去年|上期|上一年度?", "上期"),
    (r"本报告期|报告期|本年度|本年|今年|本期|当期", "本期"),
)
_ORDER = {"期初": 0, "上期": 0, "期末": 1, "本期": 1}
_AFTER_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?|财年)?的?[\s\-/.,]*([qh][1-4])(?![a-z0-9])")
_BEFORE_YEAR = re.compile(r"(?<![a-z0-9])([qh][1-4])(?:\s+of)?[\s\-/.,']*((?:19|20)\d\d)(?!\d)")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|\d+(?:\.\d+)*[、.．](?!\d)|[⑴-⒇①-⑳])\s*"
    r"|^(?:其中|加|减|另)[:：]\s*"
)
_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_MARKS = re.compile(r"[%％:：*★△▲]+$|^[*★△▲]+")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")


def said(text: str) -> str:
    """A question or a label in one form: plain, without room between Chinese signs, periods by one name each."""
    found = _BETWEEN_HAN.sub("", plain(text))
    for pattern, name in _SAME_PERIOD:
        found = re.sub(pattern, name, found)
    return found


def bare(label: str) -> str:
    """A label without its number, what stands in brackets, and marks."""
    text = _NUMBERED.sub("", said(label))
    text = _MARKS.sub("", _IN_BRACKETS.sub("", text)).strip()
    period = period_of(text) if any(map(str.isdigit, text)) else None
    return str(period.year) if period is not None and period.year and period.grain in {"year", "day"} else text


def called(label: str) -> tuple[str, ...]:
    """What a label says, without its number and marks: once, or in Chinese and in English."""
    both = both_languages(label)
    return (bare(label),) if both is None else (bare(both[0]), bare(both[1]))


def with_quarters(text: str) -> str:
    """*text* with the quarters and halves of years as single words: ``2024q3``."""
    return _BEFORE_YEAR.sub(r"\2\1", _AFTER_YEAR.sub(r"\1\2", text))


def told_when(label: str) -> tuple[int, int] | None:
    """When that is of which a label tells, as year and month, for comparing; periods without a year are of one."""
    words = label.split()
    for part in (label, " ".join(words[-2:]), *words[-1:], *words[:1], " ".join(words[:2])):
        period = period_of(part)
        if period is not None:
            return period.year, period.month
    year = YEAR.search(label)
    if year:
        return int(year[0]), 1
    return next(((order, 0) for name, order in _ORDER.items() if name in said(label)), None)
