"""From hits to citations: which words of a passage bear on the question, and the answer they give without a model."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rag.language import is_chinese
from rag.records import NOT_CALCULATED, Cells, Citation, Document, Hit, Passage, Span
from rag.writing.asked import FORECAST, YEAR, Wanted, Words, wanted, without_names
from rag.writing.likeness import MOST_COMPARED, Likeness, Remembered, compared, weighed
from rag.writing.lines import Line, of_the_named, strongest, without_twins
from rag.writing.markers import harmless
from rag.writing.quotes import Quote, join, places_of, runs_on, sentences_of
from rag.writing.relevance import asked_columns, head_of, label_of
from rag.writing.wordings import Foreign, Wordings

_NO_WORDS = Foreign()
_LONGEST = 300
_SENTENCES = 3
_ROWS = 3
_CELLS = 12
_NEAR = 0.8
_OLDER = 0.6
_SCANNED = "ScannedRead"
_ANNOUNCES = re.compile(r"[:：]\s*$")
_CURRENCY = re.compile(r"[$¥￥€£]|US\$|HK\$|RMB|人民币")
_NOTE = re.compile(r"[(（][A-Za-z][)）]|[*†‡]+")
_BRACKETS = re.compile(r"[(（\[]\s*([^()（）\[\]]*?)\s*[)）\]]")

_Group = tuple[Passage, Sequence[Quote]]


@dataclass(frozen=True, slots=True)
class About:
    """The documents that a question is about: the ids of those it has *named*, where the first hit is of one of them.

    *spoken* is the question in the words of those documents, where they are in another language; else empty. *bare* is
    the question without their names, *printed* what reports print of what it names, and *foreign* its words in the
    other language, for documents that are not in its own.
    """

    named: frozenset[int] = frozenset()
    spoken: str = ""
    bare: str = ""
    printed: str = ""
    foreign: Foreign = _NO_WORDS


NOTHING_NAMED = About()


def gather(
    question: str,
    hits: Sequence[Hit],
    likeness: Likeness | None = None,
    printed: str = "",
    foreign: Foreign = _NO_WORDS,
) -> tuple[Citation, ...]:
    """One citation for each hit, numbered by its place, with the sentences or rows of it that best bear on *question*.

    *likeness* is asked where no sentence has most of the words of the question; and by it alone are those chosen of
    passages that share none, as when one is Chinese and the other English.
    """
    asked = _wordings(question, hits, printed, foreign)
    groups: list[_Group] = [(hit.passage, sentences_of(hit.passage)) for hit in hits]
    bare = _without_names(question, hits)
    likeness = likeness and Remembered(likeness)
    scored = weighed(bare, hits, groups, asked.scores(groups), likeness)
    if likeness is not None:
        scored = _compared(bare, asked, groups, scored, likeness)
    return tuple(
        citation(number, hit, chosen(hit.passage, quotes, own))
        for number, (hit, (_, quotes), own) in enumerate(zip(hits, groups, scored, strict=True), start=1)
    )


def answer_text(
    question: str,
    citations: Sequence[Citation],
    hits: Sequence[Hit],
    about: About = NOTHING_NAMED,
    *,
    doubtful: bool = False,
    likeness: Likeness | None = None,
) -> str:
    """The answer without a model: the words of *citations* that bear most on *question*, each line ending in ``[n]``.

    A row is written as its label and its values under their column heads, those that were asked for first, with the
    table's title and unit behind it. What is clearly weaker than the best is left to the citations. The lines are the
    documents' words: whoever draws them as Markdown must escape them. Where they share no word with a question in
    their language but the names in it, or none at all and the search found them *doubtful*, there is no answer, and
    beside a result nothing to add. What only describes a chart or a table is no answer either.
    """
    wordings = _wordings(question, hits, about.printed, about.foreign)
    groups: list[_Group] = [
        (hits[each.number - 1].passage, sentences_of(hits[each.number - 1].passage)) for each in citations
    ]
    lines: list[Line] = []
    kept, shared, chinese = 0, False, is_chinese(question)
    by_words = wordings.scores(groups)
    cited_hits = [hits[each.number - 1] for each in citations]
    scored = weighed(_without_names(question, hits), cited_hits, groups, by_words, likeness)
    for each, (passage, quotes), own, said in zip(citations, groups, scored, by_words, strict=True):
        asked = wordings.of(passage)
        trust = 1 + 0.15 / (each.number - citations[0].number + 1)
        if _is_older(each.document, asked):
            trust *= _OLDER
        shares = _shares_words(asked, quotes)
        if not (shares or asked.shown) and _describes(passage):
            continue
        scanned = any(note.code == _SCANNED for note in each.document.notes)
        line = partial(Line, named=each.document.id in about.named, scanned=scanned, bears=any(said))
        cited = [(quote, score) for quote, score in zip(quotes, own, strict=True) if is_quoted(quote, each)]
        rows = [
            line(score * trust, each.number, row_text(asked, row, chinese=chinese), row.text)
            for row, score in cited
            if row.is_row
        ]
        shared = shared or any(
            Words(_under_heads(quote)).shared(wordings.of_quote(passage, quote).words) for quote, _ in cited
        )
        best = max((score for _, score in cited), default=0.0)
        lines += rows or [line(best * trust, each.number, " ".join(each.quote.split()), each.quote)]
        if each is citations[0] and chinese != is_chinese(each.quote) and not shares:
            kept = each.number
    only_names = not (wordings.own.shown or about.spoken) and _without_names(question, hits) != question
    if not lines or not (shared or kept or not (doubtful or only_names)):
        return not_found(about.bare or question) if citations and citations[0].number == 1 else ""
    chosen_lines = strongest(of_the_named(without_twins(lines)), kept)
    return "\n".join(f"- {harmless(text)} [{number}]" for number, text in chosen_lines)


def not_found(question: str) -> str:
    """What an answer without a model says where the right page is probably not among the evidence."""
    if is_chinese(question):
        return "在这些文档中没有找到这个问题的答案，下面是最接近的几段原文。"
    return "This was not found in these documents; the nearest passages are below."


def citation(number: int, hit: Hit, quotes: Sequence[Quote]) -> Citation:
    """*quotes* of the passage of *hit* as its citation; without any, the beginning of the passage."""
    passage = hit.passage
    rows = sorted((quote for quote in quotes if quote.is_row), key=lambda quote: quote.start)
    return Citation(
        number=number,
        document=passage.document,
        passage=passage.id,
        places=places_of(quotes) if quotes else passage.places,
        quote=join(passage, quotes) if quotes else passage.own_text[:_LONGEST],
        heading=passage.heading,
        head=passage.head if rows else None,
        row=tuple(span for quote in rows for span in quote.spans),
    )


def is_quoted(quote: Quote, cited: Citation) -> bool:
    """Whether *quote* is one of the rows or sentences of *cited*, which are of the same passage."""
    return all(span in cited.row for span in quote.spans) if quote.is_row else quote.line in cited.quote


def chosen(passage: Passage, quotes: Sequence[Quote], own: Sequence[float], near: float = _NEAR) -> list[Quote]:
    """The best of *quotes* by their scores *own*, with its neighbours, or the rows that score *near* times as much."""
    if not quotes:
        return []
    if not any(own):
        own = [0.0 if quote.is_heading else 1 / (index + 2) for index, quote in enumerate(quotes)]
    best = max(range(len(quotes)), key=lambda index: (own[index], -index))
    if quotes[best].is_row:
        order = sorted(range(len(quotes)), key=lambda index: (-own[index], index))
        return [quotes[index] for index in order if quotes[index].is_row and own[index] >= near * own[best]][:_ROWS]
    return _with_neighbours(passage.own_text, quotes, own, best)


def row_text(asked: Wanted, row: Quote, *, chinese: bool = False) -> str:
    """``Net sales · 2023: 1,234 · 2022: 1,100 (in millions)``: every cell as it stands, the asked columns first; of one
    without a result it says so, in Chinese when the question is.
    """
    label = label_of(row.spans)
    head = row.head
    after = max(span.column for span in label)
    values: list[tuple[int, str]] = []
    currency = ""
    for span in row.spans[len(label) :]:
        text = _shown(span, chinese=chinese)
        if _NOTE.fullmatch(text):
            continue
        if _CURRENCY.fullmatch(text):
            currency = text + " "
            continue
        over = head_of(head, span.column, after) if head else ""
        values.append((span.column, f"{over}: {currency}{text}" if over else currency + text))
        currency = ""
    first = asked_columns(asked, head, [column for column, _ in values], after) if head else set()
    values.sort(key=lambda value: value[0] not in first)
    parts = [text for span in label if not _NOTE.fullmatch(text := _shown(span, chinese=chinese))]
    if row.above and _bears(asked, row.above) and not _bears(asked, " ".join(parts), as_much_as=row.above):
        parts.insert(0, row.above.rstrip(":： "))
    if row.period:
        parts.insert(0, row.period.rstrip(":： "))
    parts += [text for _, text in values[:_CELLS]]
    if len(values) > _CELLS:
        parts.append("…")
    beside = [_bare(text) for text in (head.called, head.counts_in)] if head else []
    behind = ", ".join(text for text in beside if 0 < len(text) <= 100)
    return " · ".join(parts) + (f" ({behind})" if behind else "")


def _shown(cell: Span, *, chinese: bool) -> str:
    text = " ".join(cell.text.split())
    return "未计算" if text == NOT_CALCULATED and chinese else text


def _wordings(question: str, hits: Sequence[Hit], printed: str, foreign: Foreign) -> Wordings:
    """What is asked of the documents found: the names of the first are what led there, and are on every page of it."""
    own = wanted(_without_names(question, hits), printed=printed)
    other = wanted(_without_names(foreign.text, hits)) if foreign.text else None
    return Wordings.of_both(own, other, foreign.known, chinese=is_chinese(question))


def _without_names(question: str, hits: Sequence[Hit]) -> str:
    return without_names(question, hits[0].passage.document.about.names if hits else ())


def _compared(
    question: str, asked: Wordings, groups: Sequence[_Group], scored: list[list[float]], likeness: Likeness
) -> list[list[float]]:
    """*scored*, with the quotes of passages that share no word with the question ordered by *likeness* instead."""
    left = MOST_COMPARED
    texts: list[str] = []
    strangers: list[tuple[int, int]] = []
    for index, (passage, quotes) in enumerate(groups):
        if left and quotes and not _shares_words(asked.of(passage), quotes):
            texts += [compared(passage, quote) for quote in quotes[:left]]
            strangers.append((index, len(quotes[:left])))
            left -= len(quotes[:left])
    if not texts:
        return scored
    alike = list(likeness(question, texts))
    found = list(scored)
    at = 0
    for index, count in strangers:
        own = alike[at : at + count]
        at += count
        low, high = min(own), max(own)
        # The likeness of any two texts may lie in a narrow band (e5: 0.75 to 0.9): only its order is used.
        spread = [(value - low) / (high - low) if high > low else 1.0 for value in own]
        found[index] = [*spread, *[0.0] * (len(scored[index]) - count)]
    return found


def _with_neighbours(text: str, quotes: Sequence[Quote], own: Sequence[float], best: int) -> list[Quote]:
    first = last = best
    while last - first + 1 < _SENTENCES:
        wider: list[tuple[float, int, int]] = []
        if last + 1 < len(quotes):
            after = quotes[last + 1]
            if _ANNOUNCES.search(quotes[best].text) and not after.is_row and not after.is_heading:
                wider.append((math.inf, first, last + 1))
            elif runs_on(text, quotes[last], after):
                wider.append((own[last + 1], first, last + 1))
        if first and runs_on(text, quotes[first - 1], quotes[first]):
            wider.append((own[first - 1], first - 1, last))
        fitting = [
            (score, left, right)
            for score, left, right in wider
            if score >= own[best] / 2 and quotes[right].end - quotes[left].start <= _LONGEST
        ]
        if not fitting:
            break
        _, first, last = max(fitting)
    return list(quotes[first : last + 1])


def _is_older(document: Document, asked: Wanted) -> bool:
    """Whether it reports on a time before the years asked about: of those it tells but what was expected."""
    years = [int(term) for term in asked.weights if YEAR.fullmatch(term)]
    told = document.about.year
    return bool(years) and told is not None and told < min(years) and FORECAST not in asked.weights


def _describes(passage: Passage) -> bool:
    """Whether it tells what a table holds or what a chart of a sheet shows, in words that nobody wrote."""
    told = all(span.kind == "caption" and isinstance(span.place, Cells) for span in passage.spans)
    return passage.is_profile or (told and bool(passage.spans))


def _under_heads(quote: Quote) -> str:
    heads = (cell.text for row in quote.head.header for cell in row) if quote.head else ()
    return " ".join((quote.text, quote.above, quote.period, *heads))


def _shares_words(asked: Wanted, quotes: Sequence[Quote]) -> bool:
    return any(Words(quote.text).shared(asked.words) for quote in quotes)


def _bears(asked: Wanted, text: str, as_much_as: str = "") -> bool:
    own = Words(text).shared(asked.weights)
    return bool(own) and own >= Words(as_much_as).shared(asked.weights)


def _bare(text: str) -> str:
    text = " ".join(text.split())
    match = _BRACKETS.fullmatch(text)
    return match[1] if match else text
