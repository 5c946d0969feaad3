"""The year and the quarter that a document reports on, as it says itself."""

import re
import unicodedata
from collections import Counter
from datetime import date
from typing import NamedTuple

from rag.records import DocumentType

_EARLIEST, _LATEST = 1950, 2099
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
_MONTH += r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_NUMERALS = "〇零○一二三四五六七八九"
_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)(?=[月日])")
_WRITTEN_YEAR = re.compile(rf"[{_NUMERALS}]{{4}}(?=年)|(?<=民国)[{_NUMERALS}]{{3}}(?=年)")
_WRITTEN_DAY = re.compile(rf"[{_NUMERALS}](?=[月日季])")
_AMERICAN = re.compile(rf"({_MONTH})\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*({_YEAR})\b", re.IGNORECASE)
_BRITISH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH}),?\s+({_YEAR})\b", re.IGNORECASE)
_CHINESE = re.compile(rf"({_YEAR})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日")
_OF_THE_REPUBLIC = re.compile(r"民国\s*(\d{2,3})\s*年")
_TWO_OF_THE_REPUBLIC = re.compile(r"民国\s*(\d{2,3})\s*[及与、]\s*\d{2,3}\s*年")
_AND_YEAR = re.compile(rf"({_YEAR})年[及与、]\s*\d{{2,4}}\s*年(?=度?第)")
_ISO = r"<(?P<day>\d{4}-\d{2}-\d{2})>"

_YEAR_ENDED = re.compile(rf"(?:fiscal|financial) years? end(?:ed|ing)\b[^<]{{0,60}}{_ISO}", re.IGNORECASE)
_PLAIN_YEAR_ENDED = re.compile(
    rf"\b(?:years?|(?:twelve|12) months|(?:52|53|fifty-(?:two|three))[ -]weeks?) end(?:ed|ing)\b[^<.]{{0,30}}{_ISO}"
    rf"|截至{_ISO.replace('day', 'day2')}止年度",
    re.IGNORECASE,
)
_QUARTER_ENDED = re.compile(rf"quarter(?:ly period)? end(?:ed|ing)\b[^<]{{0,60}}{_ISO}", re.IGNORECASE)
_HALF_ENDED = re.compile(
    rf"(?:six months|half[ -]year|half) end(?:ed|ing)\b[^<]{{0,30}}{_ISO}"
    rf"|截至{_ISO.replace('day', 'day2')}止(?:六|6)个月",
    re.IGNORECASE,
)
_EVENT = re.compile(rf"date of (?:earliest event )?report(?:ed)?\b[^<]{{0,80}}{_ISO}", re.IGNORECASE)
_FROM_TO = re.compile(rf"({_YEAR})年(?:度)?[^<\n]{{0,24}}?1月1日(?:起)?至\s*(?:{_YEAR}年)?(\d{{1,2}})月\d{{1,2}}日")
_CHINESE_QUARTER = re.compile(
    rf"({_YEAR})年?度?第?([一二三四1-4])季(?:度|报)?|({_YEAR})年?度?(?:前|首)(?:三|3)季(?:度)?"
)
_CHINESE_HALF = re.compile(rf"({_YEAR})年?(?:度)?(?:半年度?|中期)(?:业绩)?(?:报告|报|财务)")
_CHINESE_YEAR = re.compile(
    rf"({_YEAR})\s*年?\s*(?:年?\s*度|年)(?:报告|财务报|审计报|年报|合并财务|个体财务|业绩|报)|({_YEAR})\s*年(?:年报|报(?![道导]))"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINAL = "|".join(_ORDINALS)
_QUARTER_OF_YEAR = re.compile(
    rf"\b(?P<o>{_ORDINAL})[- ]quarter"
    r"(?:[ ,]+(?:and|&)[ ]+(?:full[- ]|fiscal )?(?:year|first half|half[- ]year|nine months))?"
    r"(?:[ ,]+of)?(?:[ ,]+(?:fiscal|financial))?(?:[ ,]+year)?[ ,]+"
    rf"(?:(?:fy[ '-]*)?(?P<y>{_YEAR})|fy[ '-]*(?P<s4>\d\d))\b"
    rf"|\b(?P<y2>{_YEAR})[ ,]+(?:fiscal )?(?P<o2>{_ORDINAL})[- ]quarter\b"
    rf"|\bq(?P<q>[1-4])[ ,'-]*(?:fy|fiscal(?: year)?)?[ '-]*(?P<y3>{_YEAR})\b"
    rf"|\b(?P<y4>{_YEAR})[ -]*q(?P<q2>[1-4])\b|\b(?P<q3>[1-4])q[ -]*(?P<y5>{_YEAR})\b"
    rf"|\b(?P<q4>[1-4])q(?P<s>\d\d)\b|\bq(?P<q5>[1-4])[ ']*(?P<s2>\d\d)\b(?![.,\d%])"
    rf"|\bq(?P<q6>[1-4])[ -]*fy[ -]*(?P<s3>\d\d)\b",
    re.IGNORECASE,
)
_YEAR_OF_REPORT = re.compile(
    rf"\b(?P<a>{_YEAR})(?:[-/–]\d\d)?[ ]+(?:integrated |universal )?annual (?:financial )?(?:report|review)\b"
    rf"|\bannual (?:financial )?(?:report|review)(?: and accounts)?(?: on form \S+)?"
    r"(?:[ ,:]+for)?(?:[ ]+the)?(?:[ ]+(?:fiscal|financial))?"
    rf"(?:[ ]+year)?[ ,:]+(?P<b>{_YEAR})\b"
    rf"|\b(?:full[- ]year|fiscal(?:[- ]year)?|fy)[ '-]*(?P<c>{_YEAR})\b(?:[ ]+(?:annual|results|earnings|report))?",
    re.IGNORECASE,
)
_HALF_OF_YEAR = re.compile(
    rf"\b(?:half[- ]year(?:ly)?|interim|h1)(?:[ ]+(?:financial )?(?:report|results))?[ ,]+(?P<a>{_YEAR})\b"
    rf"|\b(?P<b>{_YEAR})[ ]+(?:half[- ]year(?:ly)?|interim)[ ]+(?:financial )?(?:report|results)\b",
    re.IGNORECASE,
)
_NAMED_YEAR = re.compile(
    rf"\bfiscal(?:[ -]year)?[ ]+(?P<a>{_YEAR})\b(?!\s*[,<])|\bfy[ ]?'?(?P<b>{_YEAR}|\d\d)\b"
    rf"|\b(?P<c>{_YEAR}) fiscal year",
    re.IGNORECASE,
)
_NAMED_END = re.compile(
    rf"\bfiscal(?:[ -]year)?[ ]+(?P<a>{_YEAR})\b[^<.;]{{0,40}}\bend(?:ed|ing|s)\b[^<.;]{{0,20}}{_ISO}", re.IGNORECASE
)
_SPANS = (
    (re.compile(r"\bnine[- ]months?\b", re.IGNORECASE), 3),
    (re.compile(r"\b(?:six[- ]months?|first half)\b", re.IGNORECASE), 2),
)
_IN_A_NAME = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_QUARTER_IN_A_NAME = re.compile(r"(?<![a-z\d])q([1-4])(?!\d)|(?<!\d)([1-4])q(?![a-z])|第?([一二三四])季", re.IGNORECASE)
_OF_STATEMENTS = re.compile(r"财务报|报表|附注")
_WHOLE_YEAR = re.compile(rf"({_YEAR})年度")
_FIRST = 6  # lines
_WINTER = date(2000, 2, 20)  # a year that ends by then may have the name of the one before


class Told(NamedTuple):
    """A *year*, and the *quarter* of it that is told of."""

    year: int | None = None
    quarter: int | None = None


def dated(text: str) -> str:
    """*text* in which every day is written ``<2022-12-31>``, years of the Republic as common ones, and Chinese
    numerals of years, months and days as digits.
    """
    text = _simplified(text)
    text = _WRITTEN_YEAR.sub(lambda match: match[0].translate(_DIGITS), text)
    text = _TENS.sub(lambda match: f"{match[1].translate(_DIGITS) or '1'}{match[2].translate(_DIGITS) or '0'}", text)
    text = _WRITTEN_DAY.sub(lambda match: match[0].translate(_DIGITS) if match.end() < len(text) else match[0], text)
    text = _TWO_OF_THE_REPUBLIC.sub(r"民国\1年", text)
    text = _OF_THE_REPUBLIC.sub(lambda match: f"{int(match[1]) + 1911}年", text)
    text = _AMERICAN.sub(lambda match: _day(match[0], match[3], match[1], match[2]), text)
    text = _BRITISH.sub(lambda match: _day(match[0], match[3], match[2], match[1]), text)
    text = _AND_YEAR.sub(r"\1年", text)
    return _CHINESE.sub(lambda match: _day(match[0], match[1], match[2], match[3]), text)


def told_by(cover: str, body: str, kind: DocumentType, name: str) -> Told:
    """The period of a document of *kind*, from its *cover* (what stands on its first pages), its *body* (more of it)
    and its file's *name*, each as ``dated`` writes them; nothing where none of them says it.
    """
    found = Told()
    match kind:
        case "annual report":
            found = _annual(cover, body)
        case "quarterly report":
            found = _quarterly(cover, body)
        case "half-year report":
            found = _half_year(cover)
        case "earnings release" | "presentation":
            found = _released(cover)
        case "current report":
            found = Told(_year_of(_EVENT.search(cover)))
        case _:
            found = _any(cover)
    return _settled(found, kind, name)


def _annual(cover: str, body: str) -> Told:
    if match := _YEAR_ENDED.search(cover):
        return Told(_fiscal_year(_date(match["day"]), body))
    for pattern in (_CHINESE_YEAR, _YEAR_OF_REPORT):
        if match := pattern.search(cover):
            return Told(_first_year(match))
    if match := _PLAIN_YEAR_ENDED.search(cover):
        return Told(_fiscal_year(_date(match["day"] or match["day2"]), body))
    if match := _FROM_TO.search(cover):
        return Told(int(match[1]))
    return Told()


def _quarterly(cover: str, body: str) -> Told:
    if match := _QUARTER_ENDED.search(cover):
        day = _date(match["day"])
        named = next((_of_quarter(each) for each in _QUARTER_OF_YEAR.finditer(body)), Told())
        months = next((quarter for pattern, quarter in _SPANS if pattern.search(body)), None)
        if months is None:
            months = 1 if re.search(r"\bthree[- ]months?\b", body, re.IGNORECASE) else (day.month + 2) // 3
        year = day.year
        if named.quarter == months and named.year is not None and abs(named.year - year) == 1 and day.month > 6:
            year = named.year if _agrees(body, named.year) else year
        return Told(year, months)
    if match := _CHINESE_QUARTER.search(cover):
        return _chinese_quarter(match)
    if match := _FROM_TO.search(cover):
        return Told(int(match[1]), (int(match[2]) + 2) // 3)
    if match := _QUARTER_OF_YEAR.search(cover):
        return _of_quarter(match)
    return Told()


def _half_year(cover: str) -> Told:
    for pattern in (_CHINESE_HALF, _HALF_OF_YEAR):
        if match := pattern.search(cover):
            return Told(_first_year(match), 2)
    if match := _HALF_ENDED.search(cover):
        return Told(_date(match["day"] or match["day2"]).year, 2)
    if match := _FROM_TO.search(cover):
        return Told(int(match[1]), 2)
    return Told()


def _released(cover: str) -> Told:
    if match := _QUARTER_OF_YEAR.search(cover):
        return _of_quarter(match)
    if match := _CHINESE_QUARTER.search(cover):
        return _chinese_quarter(match)
    if match := _CHINESE_HALF.search(cover) or _HALF_OF_YEAR.search(cover):
        return Told(_first_year(match), 2)
    if match := _YEAR_OF_REPORT.search(cover) or _CHINESE_YEAR.search(cover):
        return Told(_first_year(match))
    return _until(cover)


def _until(cover: str) -> Told:
    """The period that ends on a day."""
    if match := _QUARTER_ENDED.search(cover):
        day = _date(match["day"])
        return Told(day.year, (day.month + 2) // 3)
    half, year = _HALF_ENDED.search(cover), _PLAIN_YEAR_ENDED.search(cover)
    if match := half or year:
        return Told(_date(match["day"] or match["day2"]).year, 2 if half else None)
    return Told()


def _any(cover: str) -> Told:
    if match := _YEAR_ENDED.search(cover):
        return Told(_date(match["day"]).year)
    if match := _FROM_TO.search(cover):
        quarter = (int(match[2]) + 2) // 3
        return Told(int(match[1]), quarter if quarter < 4 else None)
    first = "\n".join(cover.split("\n")[:_FIRST])
    if _OF_STATEMENTS.search(first):
        if match := _CHINESE_QUARTER.search(first):
            return _chinese_quarter(match)
        if match := _WHOLE_YEAR.search(first):
            return Told(int(match[1]))
    return Told()


def _settled(found: Told, kind: DocumentType, name: str) -> Told:
    """What a name says where the document does not: one year, and a quarter of it."""
    year, quarter = found
    if year is not None and not _EARLIEST <= year <= _LATEST:
        year = quarter = None
    if year is None:
        years = {int(each) for each in _IN_A_NAME.findall(name)}
        year = years.pop() if len(years) == 1 else None
        match = _QUARTER_IN_A_NAME.search(name) if year is not None and kind != "annual report" else None
        if match:
            quarter = int(next(filter(None, match.groups())).translate(_DIGITS))
    return Told(year, quarter if year is not None and kind != "annual report" else None)


def _fiscal_year(end: date, body: str) -> int:
    """The year that ends with *end*, by the name that the *body* gives it."""
    for match in _NAMED_END.finditer(body):
        if match["day"] == end.isoformat() and abs(int(match["a"]) - end.year) <= 1:
            return int(match["a"])
    if (end.month, end.day) > (_WINTER.month, _WINTER.day):
        return end.year
    counts = Counter(_first_year(match) for match in _NAMED_YEAR.finditer(body))
    before, same = counts[end.year - 1], counts[end.year]
    return end.year - 1 if before > same else end.year


def _agrees(body: str, year: int) -> bool:
    counts = Counter(_first_year(match) for match in _NAMED_YEAR.finditer(body))
    return counts[year] > 1 and counts[year] >= counts[year - 1] / 2


def _of_quarter(match: re.Match[str]) -> Told:
    found = match.groupdict()
    ordinal = found["o"] or found["o2"]
    quarter = _ORDINALS[ordinal.lower()] if ordinal else int(next(found[n] for n in _QS if found[n]))
    year = next((int(found[n]) for n in ("y", "y2", "y3", "y4", "y5") if found[n]), None)
    if year is None:
        year = 2000 + int(next(found[n] for n in ("s", "s2", "s3", "s4") if found[n]))
    return Told(year, quarter)


_QS = ("q", "q2", "q3", "q4", "q5", "q6")


def _chinese_quarter(match: re.Match[str]) -> Told:
    if match[3]:
        return Told(int(match[3]), 3)
    return Told(int(match[1]), int(match[2].translate(_DIGITS)))


def _first_year(match: re.Match[str]) -> int:
    text = next(filter(None, match.groups()))
    return int(text) if len(text) == 4 else 2000 + int(text)


def _year_of(match: re.Match[str] | None) -> int | None:
    return _date(match["day"]).year if match else None


def _date(text: str) -> date:
    return date.fromisoformat(text)


def _day(whole: str, year: str, month: str, day: str) -> str:
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
        return f"<{date(int(year), number, int(day)).isoformat()}>"
    except ValueError:
        return whole


_SIMPLE = str.maketrans("國報財務個體審計業績與書併會東準則實錄", "国报财务个体审计业绩与书并会东准则实录")


def _simplified(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_SIMPLE)
