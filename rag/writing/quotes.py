"""The sentences and the rows of a passage, each with exactly the spans that carry it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rag.language import has_han, sentences
from rag.records import Box, Page, Passage, Place, Span, TableHead, says_total
from rag.writing.asked import YEAR

_LONGEST_PERIOD = 60
_LONGEST_QUESTION = 300  # a paragraph that ends in a question, as those of FAQs
_HEAD_KINDS = {"title", "unit", "head"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, or a row of a table, as it stands in ``passage.own_text[start:end]``.

    A span that carries two sentences belongs to both quotes. *head* is set for rows; *above* is the nearest row over
    it that has a label and no values (``Operating expenses:``); a total says itself of what it is one. *period* is the
    nearest such row that says when (``2023``, ``Year ended 31 December 2023``). A sentence is *under* a heading or a
    question, and *behind* it by so many sentences; *asks* means that it is such a question itself.
    """

    text: str
    spans: tuple[Span, ...]
    start: int
    end: int
    head: TableHead | None = None
    above: str = ""
    period: str = ""
    under: str = ""
    behind: int = 0
    asks: bool = False

    @property
    def is_row(self) -> bool:
        """Whether this is a row of a table."""
        return self.spans[0].kind == "cell"

    @property
    def is_heading(self) -> bool:
        """Whether this only announces what follows."""
        return self.asks or self.spans[0].kind == "heading"

    @property
    def line(self) -> str:
        """The quote on one line; a row keeps the tabs between its cells."""
        return self.text.replace("\r", " ").replace("\n", " ")


def sentences_of(passage: Passage) -> list[Quote]:
    """The sentences and rows of *passage* in its own order.

    Title, unit and column heads of a table, and running heads and feet, are quoted only when the passage holds nothing
    else.
    """
    own = passage.own_text
    starts = list(_starts(passage.spans))
    found: list[Quote] = []
    heads: list[Quote] = []
    running: list[Quote] = []
    numbered = enumerate(passage.spans)
    for kind, group in groupby(numbered, key=lambda item: "head" if item[1].kind in _HEAD_KINDS else item[1].kind):
        indexes = [index for index, _ in group]
        if kind == "cell":
            found.extend(_rows(passage, own, starts, indexes))
        else:
            kept = heads if kind == "head" else running if kind == "running" else found
            kept.extend(_sentences(passage.spans, own, starts, indexes))
    return list(_under_headings(found, own)) or heads or running


def _under_headings(quotes: Sequence[Quote], own: str) -> Iterator[Quote]:
    """*quotes*, each sentence with the heading or the question that it stands under; headings in a row are one."""
    asking = _asking(quotes, own)
    over, behind = "", 0
    for index, quote in enumerate(quotes):
        if quote.is_row:
            over, behind = "", 0
            yield quote
        elif index in asking or quote.is_heading:
            over, behind = (quote.line if behind else f"{over} {quote.line}".strip()), 0
            yield replace(quote, asks=index in asking)
        else:
            behind += 1
            yield replace(quote, under=over, behind=behind) if over else quote


def _asking(quotes: Sequence[Quote], own: str) -> set[int]:
    """Which of *quotes* ask what those behind them answer: all of a short paragraph that ends in a question, and a
    question within a paragraph.
    """
    found: set[int] = set()
    first = 0
    for index, quote in enumerate(quotes):
        if not index or not runs_on(own, quotes[index - 1], quote):
            first = index
        if quote.is_row or not quote.text.endswith(("?", "？")):
            continue
        ends = index + 1 == len(quotes) or not runs_on(own, quote, quotes[index + 1])
        short = quote.end - quotes[first].start <= _LONGEST_QUESTION
        found.update(range(first if ends and short else index, index + 1))
    return found


def join(passage: Passage, quotes: Sequence[Quote]) -> str:
    """The text of *quotes*, in their order in *passage*: neighbouring sentences run on, whatever else takes a new line.

    So each line is found in the passage word for word.
    """
    own = passage.own_text
    lines: list[str] = []
    last: Quote | None = None
    for quote in sorted(quotes, key=lambda quote: quote.start):
        if last is not None and runs_on(own, last, quote):
            lines[-1] += own[last.end : quote.start] + quote.line
        else:
            lines.append(quote.line)
        last = quote
    return "\n".join(lines)


def runs_on(own: str, first: Quote, second: Quote) -> bool:
    """Whether *second* follows *first* within one paragraph of the text *own*."""
    gap = own[first.end : second.start]
    return not (first.is_row or second.is_row or gap.strip() or "\n" in gap)


def places_of(quotes: Sequence[Quote]) -> tuple[Place, ...]:
    """Where *quotes* stand: cell by cell, or box by box, with neighbouring boxes of one line made into one."""
    merged: list[Place] = []
    seen: set[int] = set()
    previous: Span | None = None
    for quote in sorted(quotes, key=lambda quote: quote.start):
        for span in quote.spans:
            if id(span) in seen:
                continue
            seen.add(id(span))
            wider = _on_one_line(merged[-1], span) if merged and previous and previous.kind != "cell" else None
            if wider is not None:
                merged[-1] = wider
            elif span.place not in merged:
                merged.append(span.place)
            previous = span
    return tuple(merged)


def _starts(spans: Sequence[Span]) -> Iterator[int]:
    at = 0
    for index, span in enumerate(spans):
        at += len(span.before) * (index > 0)
        yield at
        at += len(span.text)


def _sentences(spans: Sequence[Span], own: str, starts: list[int], indexes: list[int]) -> Iterator[Quote]:
    begin = starts[indexes[0]]
    end = starts[indexes[-1]] + len(spans[indexes[-1]].text)
    first = 0
    for left, right in sentences(own[begin:end]):
        left, right = left + begin, right + begin  # noqa: PLW2901 - from the group's offsets to the passage's
        while starts[indexes[first]] + len(spans[indexes[first]].text) <= left:
            first += 1
        carrying = []
        for index in indexes[first:]:
            if starts[index] >= right:
                break
            if spans[index].text:
                carrying.append(spans[index])
        yield Quote(own[left:right], tuple(carrying), left, right)


def _rows(passage: Passage, own: str, starts: list[int], indexes: list[int]) -> Iterator[Quote]:
    rows: list[list[int]] = []
    for index in indexes:
        if not rows or "\n" in passage.spans[index].before:
            rows.append([])
        rows[-1].append(index)
    above = period = ""
    for row in rows:
        spans = tuple(passage.spans[index] for index in row if passage.spans[index].text.strip())
        if not spans:
            continue
        start, end = starts[row[0]], starts[row[-1]] + len(passage.spans[row[-1]].text)
        text, alone = spans[0].text.strip(), _is_label(spans)
        if alone and spans[0].column == 1 and YEAR.search(text) and len(text) <= _LONGEST_PERIOD:
            above, period = "", text
            yield Quote(own[start:end], spans, start, end, passage.head)
        elif alone and not any(character.isdigit() for character in text):
            above = text
            yield Quote(own[start:end], spans, start, end, passage.head, period=period)
        else:
            section = "" if says_total(text) else above
            yield Quote(own[start:end], spans, start, end, passage.head, section, period)


def _is_label(spans: Sequence[Span]) -> bool:
    """Whether the row of *spans* is nothing but a label, in one language or in two."""
    chinese = [has_han(span.text) for span in spans]
    return len(spans) == 1 or (len(spans) == len(set(chinese)) and not any(map(str.isdigit, spans[1].text)))


def _on_one_line(place: Place, span: Span) -> Place | None:
    """*place* made wider by the place of *span*, when that goes on in the same line."""
    if span.kind == "cell" or not isinstance(place, Page) or not isinstance(span.place, Page):
        return None
    one, other = place.box, span.place.box
    if one is None or other is None or place.number != span.place.number:
        return None
    height = min(one.y1 - one.y0, other.y1 - other.y0)
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    gap = max(one.x0, other.x0) - min(one.x1, other.x1)
    if height <= 0 or overlap < height / 2 or gap > 2 * height:
        return None
    box = Box(min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1))
    return Page(place.number, place.printed, box)
