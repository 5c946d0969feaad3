"""How much a sentence or a row bears on what is asked, by the words they share and where those stand."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.language import HAN, folded, terms
from rag.records import Passage, Span, TableHead, joined
from rag.writing.quotes import Quote

_HAN_TEXT = re.compile(f"[{HAN}]+")
_HAN_GAP = re.compile(f"(?<=[{HAN}])\\s+(?=[{HAN}])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_VALUE = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_NOT_A_LABEL = re.compile(r"[\s\d.,，()（）%％$¥￥€£+*/—–-]*")
_VALUES = re.compile(r"[\d.,()（）%％$¥￥€£\s—–-]+")
_ENUMERATION = re.compile(r"^\s*[(（]?\d{1,3}[.、)）]")
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b|\d{1,2}\s*[月日]"
    r"|(?<!\d)(?:19|20)\d{2}(?!\d)",
    re.IGNORECASE,
)
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:following table|tables? (?:below|above)|(?:are|is|were|was|consisted of the|as) follow|refer to"
    r"|set forth (?:in|below)|see (?:note|item|part)\b)|下表|上表|如下[：:]|详见|参见",
    re.IGNORECASE,
)
_PERIODS = {
    "q1": r"first quarter|第?[一1]季度",
    "q2": r"second quarter|第?[二2]季度",
    "q3": r"third quarter|第?[三3]季度",
    "q4": r"fourth quarter|第?[四4]季度",
    "h1": r"first half|上半年",
    "h2": r"second half|下半年",
}
_PERIOD = re.compile("|".join(rf"(?P<{name}>{words}|\b{name}|\b{name[::-1]})" for name, words in _PERIODS.items()))
_SHORT_YEAR = re.compile(r"\b(?:fy|[1-4]q|q[1-4]|[12]h|h[12])\s?'?(\d{2})(?!\d)")
_PARENT_ONLY = re.compile(r"母公司(?!股东|所有者|的?净|的?权益)|\bparent[- ](?:company|only)\b")
_LABEL_NOISE = re.compile(  # e.g. 一、营业总收入 or 其中：营业收入
    r"\([^()]*\)|（[^（）]*）|^[一二三四五六七八九十]+、|^\d+[.、]|^\s*(?:其中|[加减])\s*[:：]|[*†:：]"
)
_ASKS_AMOUNT = re.compile(
    r"\b(?:how (?:much|many|large|big|high|long)|what (?:was|were|is|are) the (?:total|amount|number)|total|amount"
    r"|percentage|percent|rate|ratio)\b|多少|几[个家人年月名项]|多大|金额|总额|占比|比例|比率|增长率|合计"
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
_COMMON = frozenset({"公司", "company", "year", "fiscal", "fy"})
_ENDINGS = ("ing", "ed", "es", "s")

CREDIT_ABOVE = 0.7
CREDIT_HEADS = 0.85
CREDIT_UNKNOWN = 0.5
CREDIT_TITLE = 0.4
CREDIT_PASSAGE = 0.2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question is about: its terms with their weights, and whether it asks for an *amount*.

    A *claim* looks for words that say the same; a question for words that say more.
    """

    weights: Mapping[str, float]
    amount: bool = False
    parent: bool = False
    claim: bool = False

    @property
    def words(self) -> set[str]:
        """Its terms that are no bare numbers: a year is shared by texts that have nothing else in common."""
        return {term for term in self.weights if not _is_number(term)}


def wanted(text: str, *, claim: bool = False) -> Wanted:
    """The terms of a question or a claim, without the words that only ask."""
    plain = _AFTER_DIGITS.sub(" ", _ASKED_IN_CHINESE.sub(" ", folded(text)))
    found = terms(plain)
    weights: dict[str, float] = {}
    for word in found.words:
        if _HAN_TEXT.match(word):
            weights[word] = 1.0
        elif word not in _STOP_WORDS and len(word) > 1:
            weights[_stem(word)] = 1.5 if _VALUE.search(word) else 1.0
    weights |= dict(_phrases(plain, found.words))
    for common in _COMMON & weights.keys():
        weights[common] = 0.3
    for gram in found.grams:
        weights.setdefault(gram, 0.4)
    dates = {digits for date in _DATE.findall(plain) for digits in _DIGITS.findall(date)}
    for number in found.numbers:
        weights[number] = 0.3 if number in dates else 2.0
    for period in _periods(folded(text)):
        weights[period] = 1.0
    asks = folded(text)
    return Wanted(weights, bool(_ASKS_AMOUNT.search(asks)), claim or bool(_PARENT_ONLY.search(asks)), claim)


def _phrases(plain: str, words: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Words that stand together: a text that has them together too means the same thing rather than its parts."""
    latin = [_stem(word) for word in words if not _HAN_TEXT.match(word) and word not in _STOP_WORDS]
    yield from ((" ".join(pair), 0.7) for pair in pairwise(latin))
    yield from ((run, 2.0) for run in _HAN_TEXT.findall(plain) if 3 <= len(run) <= 12)


class Words:
    """The words of a text, to be asked which of some terms it has.

    Chinese is looked up as it stands, not cut into words: the terms of the question already are words.
    """

    __slots__ = ("_run", "count", "han", "latin", "numbers", "size")

    def __init__(self, text: str) -> None:
        plain = folded(text)
        self.han = "|".join(_HAN_TEXT.findall(_HAN_GAP.sub("", plain)))
        found = terms(_HAN_TEXT.sub(" ", plain))
        self.latin = [_stem(word) for word in found.words if word not in _STOP_WORDS]
        self._run = f" {' '.join(self.latin)} "
        self.numbers = {*found.numbers, *_periods(plain)}
        han = (len(self.han) - self.han.count("|")) / 2
        self.size = len(self.latin) + han
        self.count = len(found.words) + len(found.numbers) + han

    def shared(self, asked: Iterable[str]) -> set[str]:
        """The terms of *asked* that stand here."""
        latin = set(self.latin)
        return {term for term in asked if term in latin or term in self.numbers or self._says(term)}

    def _says(self, term: str) -> bool:
        return (" " in term and f" {term} " in self._run) or (bool(self.han) and term in self.han)

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


def scores(asked: Wanted, groups: Sequence[tuple[Passage, Sequence[Quote]]]) -> list[list[float]]:
    """How well each quote bears on what is *asked*, from 0 to about 1, group by group.

    A term counts the more, the fewer of all these quotes have it. In a row the label counts most; what stands in the
    column heads, the row above, the title or elsewhere in the passage counts less and less.
    """
    own = [[Words(quote.text) for quote in quotes] for _, quotes in groups]
    shared = [[words.shared(asked.weights) for words in group] for group in own]
    around = [_around(passage, asked) for passage, _ in groups]
    flat = [
        held | beside.heads if quote.is_row else held
        for (_, quotes), group, beside in zip(groups, shared, around, strict=True)
        for quote, held in zip(quotes, group, strict=True)
    ]
    weights = {
        term: weight * math.log(1 + len(flat) / (1 + sum(term in each for each in flat))) if flat else weight
        for term, weight in asked.weights.items()
    }
    total = sum(weights.values())
    if not total:
        return [[0.0] * len(quotes) for _, quotes in groups]
    found: list[list[float]] = []
    for (_, quotes), group, held, beside in zip(groups, own, shared, around, strict=True):
        found.append(
            [
                beside.doubt
                * sum(weights[term] * credit for term, credit in _credits(asked, quote, words, hold, beside))
                / total
                for quote, words, hold in zip(quotes, group, held, strict=True)
            ]
        )
    return found


def asked_columns(asked: Wanted, head: TableHead, columns: Sequence[int], after: int = 0) -> set[int]:
    """Those of *columns* whose heads say what the question says (a year, a quarter) and the other heads do not."""
    named = {column: Words(head_of(head, column, after)).shared(asked.weights) for column in columns}
    if not named:
        return set()
    everywhere = set.intersection(*named.values())
    most = max(len(own - everywhere) for own in named.values())
    return {column for column, own in named.items() if most and len(own - everywhere) == most}


def head_of(head: TableHead, column: int, after: int = 0) -> str:
    """What stands over *column*: a head over several columns stands in the leftmost, but none at or before *after*."""
    texts: list[str] = []
    for row in head.header:
        over = [cell for cell in row if cell.column <= column and cell.text.strip()]
        if over and (over[-1].column == column or over[-1].column > after):
            text = " ".join(over[-1].text.split())
            if text not in texts:
                texts.append(text)
    return " ".join(texts)


def label_of(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The cells at the front of a row that say what it is about."""
    label: list[Span] = []
    for span in spans:
        if _NOT_A_LABEL.fullmatch(span.text):
            break
        label.append(span)
    return tuple(label) or tuple(spans[:1])


def _periods(text: str) -> set[str]:
    """The years, quarters and halves of years that *text* names, in one form for all languages: ``2022``, ``q3``."""
    named = {match.lastgroup for match in _PERIOD.finditer(text) if match.lastgroup}
    return {*named, *_YEAR.findall(text), *(f"20{digits}" for digits in _SHORT_YEAR.findall(text))}


def _is_number(term: str) -> bool:
    return term in _PERIODS or term.rstrip("%").replace(".", "").isdigit()


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


@dataclass(frozen=True, slots=True)
class _Around:
    """Which of the asked terms stand around the quotes of a passage."""

    passage: set[str]
    title: set[str]
    heads: set[str]
    doubt: float


def _around(passage: Passage, asked: Wanted) -> _Around:
    head = passage.head or TableHead()
    heads = " ".join(cell.text for row in head.header for cell in row)
    title = " ".join([*passage.heading, joined(head.title), joined(head.unit)])
    own, named, over = (Words(text).shared(asked.weights) for text in (passage.own_text, title, heads))
    # A group is asked about unless its parent company, of which there are statements of the same form, is named.
    parent = bool(_PARENT_ONLY.search(folded(title))) and not asked.parent
    return _Around(own, named, over, 0.8 if parent else 1.0)


def _credits(asked: Wanted, quote: Quote, words: Words, own: set[str], around: _Around) -> Iterable[tuple[str, float]]:
    shape = _shape(asked, quote, words)
    above = Words(quote.above).shared(asked.weights) if quote.above else set()
    doubt = 1.0 if own else 0.5
    # A row whose heads are on another page may be of any year.
    any_year = CREDIT_UNKNOWN if quote.is_row and not (quote.head and quote.head.header) else 0.0
    for term in asked.weights:
        credit = doubt * max(
            CREDIT_ABOVE * (term in above),
            CREDIT_HEADS * (quote.is_row and term in around.heads),
            CREDIT_TITLE * (term in around.title),
            CREDIT_PASSAGE * (term in around.passage),
            any_year * bool(_YEAR.fullmatch(term)),
        )
        exact = (quote.is_row or asked.claim) and _is_number(term)
        yield term, max(credit, 1.0 if exact else shape) if term in own else credit


def _shape(asked: Wanted, quote: Quote, words: Words) -> float:
    """What a word of the quote counts, by its form: a heading or a label alone answers nothing, a long text little."""
    if quote.is_heading:
        return 0.15
    if quote.is_row:
        label = label_of(quote.spans)
        if len(label) == len(quote.spans) == 1:
            return 0.35
        fit = max(_label_fit(asked, label[0].text), _label_fit(asked, " ".join(span.text for span in label)))
        return (0.5 + 0.6 * fit) * _amounts(asked, quote.text)
    if label_text := _label_of_line(quote.text):
        return 0.5 + 0.55 * _label_fit(asked, label_text)
    new = words.count - words.size * words.precision(asked)
    told = 1.0 if asked.claim else min(1.0, (new + 1) / 4)
    brief = 1 / (1 + max(0.0, words.count - 60) / 120)
    elsewhere = 0.5 if not asked.claim and _POINTS_ELSEWHERE.search(quote.text) else 1.0
    return told * brief * elsewhere * _amounts(asked, quote.text)


def _amounts(asked: Wanted, text: str) -> float:
    """Less for words without a number (dates and the number of a paragraph aside) when the question asks for one."""
    return 1.0 if not asked.amount or _VALUE.search(_DATE.sub("", _ENUMERATION.sub("", text))) else 0.5


def _label_of_line(text: str) -> str:
    """What stands before the values of a line that is a row in all but its form (``Net sales  1,234  1,100``)."""
    text = text.strip()
    first = _VALUE.search(text)
    if first is None or text[-1] in ".。;；:：" or not _VALUES.fullmatch(text[first.start() :]):
        return ""
    label = text[: first.start()].rstrip(" .…$¥￥€£(（")
    return label if any(character.isalpha() for character in label) else ""


def _label_fit(asked: Wanted, label: str) -> float:
    return Words(_LABEL_NOISE.sub(" ", label).strip()).precision(asked)
