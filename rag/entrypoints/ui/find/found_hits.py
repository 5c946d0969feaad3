"""Hits as plain values for the browser: each passage with its place, its rank by each method, and why it was found."""

from collections.abc import Mapping, Sequence
from typing import Any

from rag.entrypoints.ui.ask.evidence_cards import is_row, marked, places, table, wanted_cached
from rag.entrypoints.ui.find.tried_weights import feature
from rag.entrypoints.ui.texts import t
from rag.records import Citation, Hit
from rag.writing.evidence import gather

_LONGEST = 4000  # characters of a passage
_CELLS = 400  # of a table: the rest is looked at in the source
_WORDS = 8
_METHODS = {"words", "vectors", "concepts", "reranker"}


def shown(cited: Citation, hit: Hit, question: str, *, best: float, gold: bool) -> dict[str, Any]:
    """A hit for the browser, with all of its passage; its words are data. *best* is the score of the first hit."""
    asked = wanted_cached(question)
    whole = _whole(hit, cited.number)
    as_rows = is_row(whole)
    pieces = marked(whole.quote[:_LONGEST], asked)
    grid = table(whole, question) if as_rows else None
    if grid is not None:
        grid["about"] = " · ".join(part for part in (grid["title"], grid["unit"], grid["over"]) if part)
    return {
        "n": cited.number,
        "file": cited.document.name,
        "sheet": cited.document.kind == "workbook",
        "place": places(cited),
        "heading": " › ".join(cited.heading),
        "pieces": [] if as_rows else pieces,
        "table": grid,
        "methods": [
            method(name, rank, hit.scores.get(name))
            for name, rank in sorted(hit.found_by.items(), key=lambda one: one[1])
        ],
        "why": why(pieces, hit.found_by),
        "parts": parts(hit, best),
        "gold": gold,
    }


def kind_of(cited: Citation) -> str:
    """What a gold question about it is called: a ``table`` or ``text``."""
    return "table" if cited.row else "text"


def citations(question: str, hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """Hits as the source pane shows them, and as gold: where the words stand that bear most on *question*."""
    return gather(question, hits)


def method(name: str, rank: int, score: float | None) -> dict[str, str]:
    """How a method ranked a hit, and what it measured, where that is known."""
    known = name in _METHODS
    return {
        "name": t(f"find.by_{name}") if known else name,
        "rank": t("find.rank", rank=rank),
        "score": "" if score is None else f"{score:.3g}",
        "about": t(f"find.by_{name}_about") if known else name,
    }


def parts(hit: Hit, best: float) -> list[dict[str, Any]]:
    """What speaks for a hit, the heaviest first, each with its part of *best* in percent."""
    weighed = sorted(((name, value) for name, value in hit.why.items() if value > 0), key=lambda one: -one[1])
    return [
        {"name": feature(name), "value": f"{value:.1f}", "part": round(100 * value / best, 1) if best > 0 else 0.0}
        for name, value in weighed
    ]


def why(pieces: Sequence[Sequence[Any]], found_by: Mapping[str, int]) -> str:
    """The words that question and passage share, or that it is only their meaning."""
    words = list(dict.fromkeys(str(text).casefold() for text, is_marked in pieces if is_marked))
    if words:
        more = t("find.more_words", count=len(words) - _WORDS) if len(words) > _WORDS else ""
        return t("find.shared_words", words=t("find.and").join(words[:_WORDS])) + more
    return t("find.no_shared_words") if "vectors" in found_by else ""


def _whole(hit: Hit, number: int) -> Citation:
    """All words of a hit, with its rows if it has nothing else; of a long table, the first of them."""
    passage = hit.passage
    cells = tuple(span for span in passage.spans if span.kind == "cell")
    own = [span for span in passage.spans if span.kind not in {"title", "unit", "head", "heading"}]
    rows = cells[:_CELLS] if cells and len(cells) == len(own) else ()
    return Citation(
        number,
        passage.document,
        passage.id,
        passage.places,
        passage.own_text,
        passage.heading,
        passage.head if rows else None,
        rows,
    )
