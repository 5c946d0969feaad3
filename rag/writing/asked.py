"""What a question or a claim is about, and which of its terms a text has."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.language import HAN, folded, simplified, terms

_HAN_TEXT = re.compile(f"[{HAN}]+")
_HAN_GAP = re.compile(f"(?<=[{HAN}])\\s+(?=[{HAN}])")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b|\d{1,2}\s*[月日]"
    r"|(?<!\d)(?:19|20)\d{2}(?!\d)",
    re.IGNORECASE,
)
_PERIODS = {
    "q1": r"first quarter|(?<!前)第?[一1]季度",
    "q2": r"second quarter|(?<!前)第?[二2]季度",
    "q3": r"third quarter|(?<!前)第?[三3]季度",
    "q4": r"fourth quarter|(?<!前)第?[四4]季度",
    "h1": r"first half|上半年",
    "h2": r"second half|下半年",
}
_PERIOD = re.compile("|".join(rf"(?P<{name}>{words}|\b{name}|\b{name[::-1]})" for name, words in _PERIODS.items()))
_MAYBE = re.compile(r"quarter|half|[季半]|[qh][1-4]|[1-4][qh]")
_TO = r"[-–—~至到]"
_LENGTHS = {
    "3m": rf"three[ -]months?|(?<!\d)(?:1{_TO}3|4{_TO}6|7{_TO}9|10{_TO}12)月",
    "6m": rf"six[ -]months?|(?<!\d)(?:1{_TO}6|7{_TO}12)月",
    "9m": rf"nine[ -]months?|first three quarters|前[三3]个?季度|(?<!\d)1{_TO}9月",
    "ytd": r"year[ -]to[ -]date|年初至",
}
_LENGTH = re.compile("|".join(rf"(?P<n{name}>{words})" for name, words in _LENGTHS.items()))
THIS_QUARTER = "本报告期"  # in a report on a quarter, which tells beside it what was since the year began
_SINCE_NEW_YEAR = "年初至"
_FORECAST = re.compile(
    r"\b(?:guidance|outlook|forecasts?|expects?|anticipates?|projects to)\b"
    r"|\bexpected to\b|指引|展望|预计|预测|业绩预告"
)
FORECAST = "~forecast"
_OPPOSITES = re.compile("(?:营业外|營業外)(?:收入|支出|收支)?|非流[动動](?:资产|負債|資產|负债)?")
_OPPOSED = ("营业", "營業", "流动", "流動")  # 营业外收入 has no part in 营业收入
_SHORT_YEAR = re.compile(r"\b(?:fy|[1-4]q|q[1-4]|[12]h|h[12])\s?'?(\d{2})(?!\d)")
PARENT_ONLY = re.compile(r"母公司(?!股东|所有者|的?净|的?权益)|\bparent[- ](?:company|only)\b")
_ASKS_AMOUNT = re.compile(
    r"\b(?:how (?:much|many|large|big|high|long)|what (?:was|were|is|are) the (?:total|amount|number)|total|amount"
    r"|percentage|percent|rate|ratio|how (?:often|soon|far|tall))\b"
    r"|多少|几(?![乎何])|多[大久远高长]|金额|总额|占比|比例|比率|增长率|合计"
)
SPELLED = re.compile(  # numbers in words, as rules and contracts have them
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety"
    r"|hundred|thousand|million|half|once|twice)\b"
    r"|[百千万萬]分之|[一二两兩三四五六七八九十百千万萬半]+(?:个|個|名|天|日|周|週|月|年|小时|小時|分钟|分鐘|次|元|万|萬|倍|成|折|人|歲|岁)",
    re.IGNORECASE,
)
_ASKS_TO_SEE = re.compile(
    r"\b(?:charts?|graphs?|plots?|diagrams?|figures?|pictures?|images?|tables?|sheets?|workbooks?|spreadsheets?)\b"
    r"|图|(?<![代发表])表(?![现明示达])|工作簿"
)
_ASKED_IN_CHINESE = re.compile(
    r"是多少|多少|是什么|为什么|什么|哪[些个里家年一]|怎么样?|如何|是否|请问|多大|几[个家人年月名项]|有没有|有哪"
    r"|告诉我?|列出|一下|分别|[的了吗呢吧]"
)
_AFTER_DIGITS = re.compile(r"(?<=\d)\s*[年月日度]+")
_STOP_WORDS = frozenset(
    re.findall(
        r"\S+",
        """a about according all am an and any are as at be been being between but by can could did do does
        document during each find for from give had has have he her his how i if in into is it its list many me
        more much my of on or our please report say says she should show so such tell than that the their them
        then there these they this those through to under up us was we were what what's when where which while
        who whom whose why will with would you your""",
    )
)
_LATIN_WORD = re.compile(r"[a-z]+(?:[&'’-][a-z]+)*")
_NO_NAMES = _STOP_WORDS | frozenset({"company", "corporation", "group", "holding", "holdings"})
_COMMON = frozenset({"公司", "company", "year", "fiscal", "fy"})
_ENDINGS = ("ing", "ed", "es", "s")

_AMONG = re.compile(rf"(.*[{HAN}]{{2}})中的?([{HAN}]{{2}}.*)", re.DOTALL)

_LONGEST = 2000
_OF_A_WHOLE = 0.5
_PRINTED = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question is about: its terms with their weights, and whether it asks for an *amount*.

    *words* are its terms that are no bare numbers: a year is shared by texts that have nothing else in common.
    *parent* means that the parent company of a group is named. A *claim* looks for words that say the same; a
    question for words that say more. *lengths* are those of the periods it names (``3m`` for a quarter). *shown* means
    that a chart, a picture or a table itself is asked for.
    """

    weights: Mapping[str, float]
    words: frozenset[str]
    amount: bool = False
    parent: bool = False
    claim: bool = False
    lengths: frozenset[str] = frozenset()
    shown: bool = False


def wanted(text: str, *, claim: bool = False, printed: str = "") -> Wanted:
    """The terms of a question or a claim, without the words that only ask; of a very long one, of its two ends. Those
    that reports have *printed* of what it names weigh less.
    """
    ends = text if len(text) <= _LONGEST else f"{text[: _LONGEST * 2 // 3]} {text[-_LONGEST // 3 :]}"
    asks = simplified(folded(ends))
    plain = _AFTER_DIGITS.sub(" ", _ASKED_IN_CHINESE.sub(" ", _without_chinese_periods(asks)))
    whole, part = _parted(plain)
    found = terms(part)
    weights = {**_weighed(found.words), **dict(_phrases(part, found.words))}
    for word in _weighed(terms(whole).words):
        weights.setdefault(word, _OF_A_WHOLE)
    lines = simplified(folded(printed))
    for word, weight in (pair for line in re.split("[,;:]", lines) for pair in _printed(line)):
        weights.setdefault(word, _PRINTED * weight)
    for common in _COMMON & weights.keys():
        weights[common] = 0.3
    for gram in found.grams:
        weights.setdefault(gram, 0.4)
    dates = {digits for date in DATE.findall(plain) for digits in _DIGITS.findall(date)}
    for number in terms(plain).numbers:
        weights[number] = 0.3 if number in dates else 2.0
    for period in _periods(asks):
        weights[period] = 0.7 if period in _LENGTHS else 1.0
    if _FORECAST.search(asks):
        weights[FORECAST] = 1.0
    words = frozenset(term for term in weights if not is_number(term))
    return Wanted(
        weights,
        words,
        bool(_ASKS_AMOUNT.search(asks)),
        bool(PARENT_ONLY.search(asks)),
        claim,
        lengths_of(weights),
        bool(_ASKS_TO_SEE.search(asks)),
    )


def _parted(plain: str) -> tuple[str, str]:
    """A whole and the part of it that is asked for, as 营业成本 of 营业总成本中营业成本; else no whole."""
    among = _AMONG.fullmatch(plain)
    if among is None or any("中" in word for word in terms(plain).words):
        return "", plain
    return among[1], among[2]


def _printed(line: str) -> Iterator[tuple[str, float]]:
    words = terms(line).words
    yield from _weighed(words).items()
    yield from _phrases(line, words)


def _weighed(words: Sequence[str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for word in words:
        if _HAN_TEXT.match(word):
            weights[word] = 1.0
        elif word not in _STOP_WORDS and len(word) > 1:
            weights[_stem(word)] = 1.5 if _DIGIT.search(word) else 1.0
    return weights


def without_names(question: str, names: Iterable[str]) -> str:
    """*question* without the *names* that say in whose document to look: there they stand on every page.

    Whole where they are all it asks about. A Latin name may be cut after any of its words, and is one where the
    question gives it a capital letter.
    """
    kept = question
    for name in sorted(names, key=len, reverse=True):
        if _HAN_TEXT.search(name):
            kept = kept.replace(name, " ") if len(name) > 1 else kept
            continue
        words = [word for word in _LATIN_WORD.findall(folded(name)) if word != "the"]
        if not words or len(words[0]) < 3 or words[0] in _NO_NAMES:
            continue
        begins, *others = (re.escape(word) for word in words)
        behind = "".join(rf"(?:[\s,.&]+(?:and\s+)?{word}\b\.?" for word in others) + ")?" * len(others)
        named = re.compile(rf"(?<![^\W\d_{HAN}]){begins}(?![^\W\d_{HAN}]){behind}(?:['’]s?\b)?", re.IGNORECASE)
        kept = named.sub(lambda match: match[0] if match[0][0].islower() else " ", kept)
    return kept if kept == question or wanted(kept).words - _COMMON else question


def _phrases(plain: str, words: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Words that stand together: a text that has them together too means the same thing rather than its parts."""
    latin = [_stem(word) for word in words if not _HAN_TEXT.match(word) and word not in _STOP_WORDS]
    yield from ((" ".join(pair), 0.7) for pair in pairwise(latin) if _COMMON.isdisjoint(pair))
    yield from ((run, 2.0) for run in _HAN_TEXT.findall(plain) if 3 <= len(run) <= 12)


class Words:
    """The words of a text, in simplified characters as those of a question, to be asked which of some terms it has.

    Chinese is looked up as it stands, not cut into words: the terms of the question already are words.
    """

    __slots__ = ("_plain", "_run", "count", "han", "latin", "numbers", "size")

    def __init__(self, text: str) -> None:
        plain = simplified(folded(text))
        self.han = "|".join(_HAN_TEXT.findall(_HAN_GAP.sub("", plain)))
        found = terms(_HAN_TEXT.sub(" ", plain))
        self.latin = [_stem(word) for word in found.words if word not in _STOP_WORDS]
        self._run = f" {' '.join(self.latin)} "
        self._plain = _OPPOSITES.sub("|", self.han)
        self.numbers = {*found.numbers, *_periods(plain)}
        if _FORECAST.search(plain):
            self.numbers.add(FORECAST)
        han = (len(self.han) - self.han.count("|")) / 2
        self.size = len(self.latin) + han
        self.count = len(found.words) + len(found.numbers) + han

    def shared(self, asked: Collection[str]) -> set[str]:
        """The terms of *asked* that stand here."""
        latin, han = set(self.latin), self.han
        if self._plain != han and _asks_for_opposed(asked):
            han = self._plain
        return {term for term in asked if term in latin or term in self.numbers or self._says(term, han)}

    def _says(self, term: str, han: str) -> bool:
        return (" " in term and f" {term} " in self._run) or (bool(han) and term in han)

    def precision(self, asked: Wanted) -> float:
        """The part of this text that the question names too, from 0 to 1."""
        if not self.size:
            return 0.0
        named = [False] * len(self.han)
        for term in asked.words:
            at = self.han.find(term)
            while at >= 0:
                named[at : at + len(term)] = [True] * len(term)
                at = self.han.find(term, at + 1)
        return (sum(word in asked.weights for word in self.latin) + sum(named) / 2) / self.size


def _without_chinese_periods(text: str) -> str:
    """*text* without 第三季度, whose characters stand in 前三季度 too: what it says is in ``_periods``."""
    for pattern in (_PERIOD, _LENGTH):
        text = pattern.sub(lambda match: " " if _HAN_TEXT.search(match[0]) else match[0], text)
    return text


def _periods(text: str) -> set[str]:
    """The years, quarters and halves of years that *text* names, in one form for all languages: ``2022``, ``q3``; and
    how long they are, where they are parts of years: ``3m``, ``ytd``.
    """
    named = {match.lastgroup for match in _PERIOD.finditer(text) if match.lastgroup} if _MAYBE.search(text) else set()
    long = {"3m" if name.startswith("q") else "6m" for name in named}
    long |= {match.lastgroup[1:] for match in _LENGTH.finditer(text) if match.lastgroup}
    if THIS_QUARTER in text and _SINCE_NEW_YEAR in text:
        long.add("3m")
    return {*named, *long, *YEAR.findall(text), *(f"20{digits}" for digits in _SHORT_YEAR.findall(text))}


def _asks_for_opposed(asked: Collection[str]) -> bool:
    opposed = any(word in term for term in asked for word in _OPPOSED)
    return opposed and not any(_OPPOSITES.search(term) for term in asked)


def lengths_of(terms: Iterable[str]) -> frozenset[str]:
    """Those of *terms* that say how long a period is."""
    return frozenset(term for term in terms if term in _LENGTHS)


def is_number(term: str) -> bool:
    """Whether *term* is a number or a period, which texts in any language share."""
    return term in _PERIODS or term in _LENGTHS or term.rstrip("%").replace(".", "").isdigit()


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    if not word.isascii() or len(word) < 4 or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word.rstrip("e") or word
