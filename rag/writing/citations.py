"""From an answer with marks to citations: for each ``[n]`` the words of hit *n* that carry what was said."""

from bisect import bisect_left
from collections.abc import Sequence

from rag.language import sentences
from rag.records import Citation, Hit
from rag.writing.asked import wanted
from rag.writing.evidence import chosen, citation
from rag.writing.markers import markers, normalised, without_markers
from rag.writing.quotes import Quote, sentences_of
from rag.writing.relevance import scores

__all__ = ["cite", "normalised"]

_QUOTES = 3


def cite(text: str, hits: Sequence[Hit]) -> tuple[tuple[Citation, ...], tuple[int, ...]]:
    """The citations of an answer, by number, and the numbers in it that name no hit, in its own order.

    A citation quotes what best supports the sentences that carry its mark, or else the whole answer.
    """
    claims = claims_of(text)
    known = sorted(number for number in claims if 1 <= number <= len(hits))
    unknown = tuple(number for number in claims if not 1 <= number <= len(hits))
    whole = without_markers(text)
    return tuple(citation(n, hits[n - 1], _supporting(hits[n - 1], claims[n], whole)) for n in known), unknown


def claims_of(text: str) -> dict[int, list[str]]:
    """The numbers that *text* names, in its own order, each with the sentences that carry its mark.

    A mark stands before or after the full stop of its sentence; at the beginning of a line it belongs to what follows.
    """
    plain = without_markers(text)
    marked: list[tuple[int, int]] = []
    removed = 0
    for marker in markers(text):
        start = len(text[: marker.start].rstrip(" \t")) - removed
        removed = marker.end - start
        marked += [(start, number) for number in marker.numbers]
    spans = list(sentences(plain))
    ends = [end for _, end in spans]
    claims: dict[int, list[str]] = {}
    for at, number in marked:
        own = claims.setdefault(number, [])
        index = bisect_left(ends, at)
        alone = index == len(spans) or (spans[index][0] >= at and not plain[at:].split("\n", 1)[0].strip())
        if index and alone:
            index -= 1
        if index < len(spans):
            claim = plain[slice(*spans[index])]
            if claim not in own:
                own.append(claim)
    return claims


def _supporting(hit: Hit, claims: Sequence[str], whole: str) -> list[Quote]:
    quotes = sentences_of(hit.passage)
    group = [(hit.passage, quotes)]
    found: dict[int, Quote] = {}
    for claim in claims:
        own = scores(wanted(claim, claim=True), group)[0]
        if any(own):
            best = chosen(hit.passage, quotes, own, near=1.0)
            found |= {quote.start: quote for quote in best if len(found) < _QUOTES}
    if not found:
        found = {
            quote.start: quote for quote in chosen(hit.passage, quotes, scores(wanted(whole, claim=True), group)[0])
        }
    return list(found.values())
