"""A hit in brief: the words that its citation quotes, for a prompt that has no room for all of its passage."""

from dataclasses import replace

from rag.records import Citation, Hit
from rag.writing.evidence import is_quoted
from rag.writing.quotes import sentences_of

_HEADS = {"title", "unit", "head"}


def brief(hit: Hit, cited: Citation) -> Hit:
    """*hit* with no more of its passage than *cited* quotes, each row with its heads and the row it belongs under.

    A hit of which nothing is quoted, as one that was computed, is left whole.
    """
    quotes = sentences_of(hit.passage)
    kept = [quote for quote in quotes if is_quoted(quote, cited)]
    above = {quote.above for quote in kept if quote.is_row}
    kept += [quote for quote in quotes if quote.is_row and quote.text.strip() in above]
    own = {id(span) for quote in kept for span in quote.spans}
    if not own:
        return hit
    spans = tuple(span for span in hit.passage.spans if id(span) in own or span.kind in _HEADS)
    return replace(hit, passage=replace(hit.passage, spans=spans))
