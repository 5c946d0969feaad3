"""How much a sentence or a row bears on what is asked, by the words they share and where those stand."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.language import folded
from rag.records import Cell, Cells, Passage, Span, TableHead, cell_corners, joined
from rag.writing.asked import DATE, PARENT_ONLY, SPELLED, THIS_QUARTER, YEAR, Wanted, Words, is_number, lengths_of
from rag.writing.quotes import Quote

_ANYWHERE = 1 << 20  # columns
_DIGIT = re.compile(r"\d")
_NOT_A_LABEL = re.compile(r"[\s\d.,，()（）%％$¥￥€£+*/—–-]*")
_VALUES = re.compile(r"[\d.,()（）%％$¥￥€£\s—–-]+")
_ENUMERATION = re.compile(r"^\s*[(（]?\d{1,3}[.、)）]")
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:following table|tables? (?:below|above)|(?:are|is|were|was|consisted of the|as) follow|refer to"
    r"|set forth (?:in|below)|see (?:note|item|part)\b)|下表|上表|如下[：:]|详见|参见",
    re.IGNORECASE,
)
_LEADS_ELSEWHERE = re.compile(r"(?:\.\s?){5,}\s*\d{1,4}(?:\s|$)|[…·]{3,}\s*\d{1,4}\s*$")
_LABEL_NOISE = re.compile(  # e.g. 一、营业总收入 or 其中：营业收入
    r"\([^()]*\)|（[^（）]*）|^[一二三四五六七八九十]+、|^\d+[.、]|^\s*(?:其中|[加减])\s*[:：]|[*†:：]"
)
CREDIT_ABOVE = 0.7
CREDIT_UNDER = (0.75, 0.65, 0.55, 0.45)  # by how many sentences are between it and its heading
CREDIT_HEADS = 0.85
CREDIT_UNKNOWN = 0.5
CREDIT_TITLE = 0.4
CREDIT_PASSAGE = 0.2
DOUBT_LENGTH = 0.6
_NEAR_HEADING = 2  # sentences


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
                * _as_long(asked, quote, words, beside)
                * sum(weights[term] * credit for term, credit in _credits(asked, quote, words, hold, beside))
                / total
                for quote, words, hold in zip(quotes, group, held, strict=True)
            ]
        )
    return found


def asked_columns(asked: Wanted, head: TableHead, columns: Sequence[int], after: int = 0) -> set[int]:
    """Those of *columns* whose heads say what the question says (a year, a quarter) and the other heads do not."""
    heads = {column: head_of(head, column, after) for column in columns}
    named = {column: Words(text).shared(asked.weights) for column, text in heads.items()}
    if "3m" in asked.lengths and "3m" in Words(" ".join(heads.values())).numbers:
        named = {column: own | ({"3m"} if THIS_QUARTER in heads[column] else set()) for column, own in named.items()}
    if not named:
        return set()
    everywhere = set.intersection(*named.values())
    most = max(len(own - everywhere) for own in named.values())
    return {column for column, own in named.items() if most and len(own - everywhere) == most}


def head_of(head: TableHead, column: int, after: int = 0) -> str:
    """What stands over *column*: a head over several columns stands in the leftmost, but none at or before *after*.
    In a sheet, where it is known how far a head reaches, none stands over what another reaches down to.
    """
    texts: list[str] = []
    reached = 0
    for row in head.header:
        over = [cell for cell in row if cell.column <= column and cell.text.strip()]
        if not over or not (over[-1].column == column or over[-1].column > after):
            continue
        top, right, bottom = _reach(over[-1])
        if top <= reached or (over[-1].over > 1 and column > right):
            continue
        if column <= right:
            reached = bottom
        text = " ".join(over[-1].text.split())
        if text not in texts:
            texts.append(text)
    return " ".join(texts)


def _reach(head: Cell) -> tuple[int, int, int]:
    """The first row, the last column and the last row of a head in a sheet; on a page nobody knows."""
    if not isinstance(head.place, Cells):
        return 1, _ANYWHERE, 0
    top, _, bottom, _ = cell_corners(head.place.area)
    return top, head.column + head.over - 1, bottom


def label_of(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The cells at the front of a row that say what it is about."""
    label: list[Span] = []
    for span in spans:
        if _NOT_A_LABEL.fullmatch(span.text):
            break
        label.append(span)
    return tuple(label) or tuple(spans[:1])


@dataclass(frozen=True, slots=True)
class _Around:
    """Which of the asked terms stand around the quotes of a passage."""

    passage: set[str]
    title: set[str]
    heads: set[str]
    doubt: float
    lengths: frozenset[str]


def _around(passage: Passage, asked: Wanted) -> _Around:
    head = passage.head or TableHead()
    heads = " ".join(cell.text for row in head.header for cell in row)
    title = " ".join([*passage.heading, joined(head.title), joined(head.unit)])
    columns = Words(heads)
    own, named = (Words(text).shared(asked.weights) for text in (passage.own_text, title))
    # A group is asked about unless its parent company, of which there are statements of the same form, is named.
    parent = bool(PARENT_ONLY.search(folded(title))) and not (asked.parent or asked.claim)
    over = columns.shared(asked.weights)
    return _Around(own, named, over, 0.8 if parent else 1.0, lengths_of(columns.numbers))


def _as_long(asked: Wanted, quote: Quote, words: Words, around: _Around) -> float:
    """Less for what is told of periods of other lengths than that asked for, as of nine months instead of a quarter."""
    told = lengths_of(words.numbers) or (around.lengths if quote.is_row else frozenset())
    return DOUBT_LENGTH if told and asked.lengths and told.isdisjoint(asked.lengths) else 1.0


def _credits(asked: Wanted, quote: Quote, words: Words, own: set[str], around: _Around) -> Iterator[tuple[str, float]]:
    shape = _shape(asked, quote, words) if own else 0.0
    above = Words(f"{quote.above} {quote.period}").shared(asked.weights)
    under = Words(quote.under).shared(asked.weights)
    behind = CREDIT_UNDER[min(quote.behind, len(CREDIT_UNDER)) - 1] * _amounts(asked, quote.text)
    doubt = 1.0 if own or (under and quote.behind <= _NEAR_HEADING) else 0.5
    # A row whose heads are on another page may be of any year.
    any_year = CREDIT_UNKNOWN if quote.is_row and not (quote.head and quote.head.header) else 0.0
    for term in asked.weights:
        credit = doubt * max(
            CREDIT_ABOVE * (term in above),
            behind * (term in under),
            CREDIT_HEADS * (quote.is_row and term in around.heads),
            CREDIT_TITLE * (term in around.title),
            CREDIT_PASSAGE * (term in around.passage),
            any_year * bool(YEAR.fullmatch(term)),
        )
        exact = (quote.is_row or asked.claim) and is_number(term)
        yield term, max(credit, 1.0 if exact else shape) if term in own else credit


def _shape(asked: Wanted, quote: Quote, words: Words) -> float:
    """What a word of the quote counts, by its form: a heading or a label alone answers nothing, a long text little."""
    if quote.is_heading or _LEADS_ELSEWHERE.search(quote.text):
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
    if not asked.amount or _DIGIT.search(DATE.sub("", _ENUMERATION.sub("", text))) or SPELLED.search(text):
        return 1.0
    return 0.5


def _label_of_line(text: str) -> str:
    """What stands before the values of a line that is a row in all but its form (``Net sales  1,234  1,100``)."""
    text = text.strip()
    first = _DIGIT.search(text)
    if first is None or text[-1] in ".。;；:：" or not _VALUES.fullmatch(text[first.start() :]):
        return ""
    label = text[: first.start()].rstrip(" .…$¥￥€£(（")
    return label if any(character.isalpha() for character in label) else ""


def _label_fit(asked: Wanted, label: str) -> float:
    return Words(_LABEL_NOISE.sub(" ", label).strip()).precision(asked)
