"""The currency and the unit that a document counts in, as its tables say, and the language it is written in."""

import re
from collections import Counter
from collections.abc import Iterable

from rag.language import HAN
from rag.reading.about.lines import Line

_UNIT = re.compile(
    r"(?:^|\bin|[$€£]|\bamounts|[(（])\s*[('‘]?(?:u\.?s\.? dollars in )?(?P<en>thousands|millions|billions)\b"
    r"|(?P<abbreviated>\$000s?|[$€£] ?mm?\b)"
    r"|(?:单位|單位)\s*[:：]?\s*(?:[（(]?(?:人民币|人民幣|新[台臺][币幣]|港[币幣]|美元)[)）]?\s*)?(?P<zh>[百千仟万萬亿億]{0,2}元)"
    r"|(?:新[台臺][币幣]|人民[币幣])(?P<zh2>[百千仟万萬亿億]{1,2}元)",
    re.IGNORECASE,
)
_CURRENCIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("CNY", r"人民币|人民幣|\bRMB\b|\bCNY\b|\brenminbi\b"),
        ("TWD", r"新[台臺][币幣]|\bNT\$|\bTWD\b|\bNew Taiwan dollars?\b"),
        ("HKD", r"港[币幣元]|\bHK\$|\bHKD\b|\bHong Kong dollars?\b"),
        ("USD", r"\bUS\$|\bU\.S\. dollars?\b|\bUSD\b|\bUS dollars?\b|美元"),
        ("EUR", r"€|\bEUR\b|\beuros?\b|欧元"),
        ("GBP", r"£|\bGBP\b|\bpounds sterling\b"),
        ("JPY", r"\bJPY\b|\bJapanese yen\b|\bmillions of yen\b|\bbillions of yen\b|日元|百万円"),
        ("INR", r"₹|\bINR\b|\bRs\.|\bcrores?\b"),
        ("AUD", r"\bA\$|\bAUD\b|\bAustralian dollars?\b"),
        ("CAD", r"\bC\$|\bCAD\b|\bCanadian dollars?\b"),
        ("CHF", r"\bCHF\b|\bSwiss francs?\b"),
        ("SGD", r"\bS\$|\bSGD\b"),
        ("KRW", r"₩|\bKRW\b"),
    )
)
_SAYS_UNIT = re.compile(r"millions|thousands|billions|单位|單位|币种|幣種|expressed in|元\b|\$000", re.IGNORECASE)
_DOLLAR = re.compile(r"(?<![A-Za-z])\$\s?\d")
_AMERICAN = re.compile(
    r"\bI\.?R\.?S\.? Employer|securities and exchange commission|\bForm (?:10|8)-[KQ]\b|\bNYSE\b|\bNASDAQ\b",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[^\W\d_]+")
_HAN_RUN = re.compile(f"[{HAN}]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_ENGLISH = frozenset("the of and to in a for on is that by with as are or from at be our we this an was it".split())
_ENOUGH = 12  # words, or Chinese characters
_SHARE = 0.1  # of English words are these few, and more; of other languages' nearly none


class Money:
    """Counts what lines say about currency and unit."""

    def __init__(self) -> None:
        self._units: Counter[str] = Counter()
        self._currencies: Counter[str] = Counter()
        self._dollars = 0
        self._american = False

    def add(self, lines: Iterable[Line]) -> None:
        """Look at some more *lines*."""
        for line in lines:
            text = line.text
            if not line.cells and len(text) < 200 and _SAYS_UNIT.search(text):
                if match := _UNIT.search(text):
                    self._units[_unit(match)] += 1
                for code, pattern in _CURRENCIES:
                    if pattern.search(text):
                        self._currencies[code] += 5
                        break
            self._dollars += _DOLLAR.search(text) is not None
            self._american = self._american or _AMERICAN.search(text) is not None
            if len(text) < 2000 and "元" not in text[:0]:
                for code, pattern in _CURRENCIES[:3]:
                    self._currencies[code] += pattern.search(text) is not None

    def currency(self) -> str:
        """As in ISO 4217; a bare ``$`` is American only where the document is."""
        if self._american and self._dollars > 2:
            return "USD"
        best = self._currencies.most_common(1)
        return best[0][0] if best and best[0][1] >= 2 else ""

    def unit(self) -> str:
        """What most tables count in."""
        best = self._units.most_common(1)
        return best[0][0] if best else ""


class Tongue:
    """Counts the words of a text in Chinese and in English."""

    def __init__(self) -> None:
        self._han = self._english = self._latin = self._others = 0

    def add(self, lines: Iterable[Line]) -> None:
        """Look at some more *lines*."""
        for line in lines:
            self._han += len(_HAN_RUN.findall(line.text))
            self._others += len(_KANA.findall(line.text)) + len(_HANGUL.findall(line.text))
            if not line.cells:
                words = [word.casefold() for word in _LATIN.findall(line.text) if word.isascii()]
                self._latin += len(_LATIN.findall(line.text)) - line.text.count("'")
                self._english += sum(word in _ENGLISH for word in words)

    def language(self) -> str:
        """``zh`` or ``en``; empty where it is another one, or there are too few words to tell."""
        if self._others * 4 > self._han + self._others and self._others > _ENOUGH:
            return ""
        if self._han > max(_ENOUGH, self._latin):
            return "zh"
        return "en" if self._latin >= _ENOUGH and self._english >= _SHARE * self._latin else ""


def _unit(match: re.Match[str]) -> str:
    found = match["en"] or match["zh"] or match["zh2"]
    if found:
        return found.lower()
    return "thousands" if "000" in match["abbreviated"] else "millions"
