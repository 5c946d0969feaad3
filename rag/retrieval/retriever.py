"""The few passages that matter for a question: by meaning and by words, fused."""

from collections.abc import Sequence

from rag.records import Scope
from rag.retrieval.embedder import Embedder
from rag.retrieval.fusion import Fused, fuse
from rag.retrieval.glossary import searches
from rag.retrieval.lexical import Words
from rag.retrieval.vectors import Vectors

DEPTH, AT_LEAST = 5, 50
# The 60 of the paper is for rankings of a thousand: over the 60 asked for here it makes rank 1 of one method weigh less
# than rank 50 of both. Right page among five with 60, then with 5 and these weights: 57 questions on a Chinese annual
# report 0.79, 0.96; 20 on Chinese policies and filings 0.85, 0.85; 18 on American filings 0.89, 0.89.
_K = 5
_WEIGHTS = {"words": 1.5, "vectors": 1.0}
# Searches for where a concept stands (``glossary.py``), at most so many and with this weight. Right page among five of
# American filings, each question within its document, without them and with weights of 0.5, 0.6, 0.7: 54 questions of
# analysts 0.63, 0.70, 0.80, 0.81; 150 on lines of text and tables 0.913, 0.913, 0.913, 0.907; 54 more 0.93, then 0.89.
_BESIDES, _WEIGHT_BESIDES = 2, 0.6


def nearest_passages(
    question: str, embedder: Embedder | None, vectors: Vectors | None, words: Words, k: int, among: Scope, more: int = 0
) -> list[Fused]:
    """At most *k* passages of *among*, and *more* to choose from, best first, each with its rank by ``vectors`` and by
    ``words``.

    A question that names a concept of finance is also searched for by what a report prints of it (``words 1`` ...).

    Words alone answer without an *embedder* or *vectors*, and while none is held (a file is found by its words
    before it is embedded).

    :raises EmbedderUnavailable: ask again without an embedder, and say so
    """
    if k < 1 or not question.strip():
        return []
    deep = max(DEPTH * k, AT_LEAST)
    rankings: dict[str, Sequence[tuple[int, float]]] = {}
    weights = dict(_WEIGHTS)
    for number, text in enumerate([question, *searches(question, _BESIDES)]):
        names = [f"{method} {number}" if number else method for method in _WEIGHTS]
        rankings[names[0]] = words.matching(text, deep, among)
        if embedder is not None and vectors is not None and vectors.count():
            rankings[names[1]] = vectors.nearest(embedder.query(text), deep, among)
        if number:
            weights |= dict.fromkeys(names, _WEIGHT_BESIDES)
    return fuse(rankings, weights, _K)[: k + more]
