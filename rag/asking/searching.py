"""Searching for what is asked: passages are found, and the first of them read again by a reranker, if there is one."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.asking.finding import Finder
from rag.asking.reranking import Reranking
from rag.records import Certainty, Hit, Note, Scope
from rag.retrieval.confidence import SHOWN, calibration, confidence
from rag.retrieval.features import Weights
from rag.retrieval.twins import without_twins

_FIRST = 5  # added to every rank, so that the first of one search does not outweigh all others
_BESIDE = 0.5  # of the weight of the question itself


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search came to. *timings* are the seconds of its stages.

    The *problem* is why only words were searched; *notes* tell of what else did not work, or was done without.
    *confidence* is the chance that the right page is among the first hits, *certainty* what follows from it.
    """

    hits: tuple[Hit, ...]
    problem: Note | None = None
    notes: tuple[Note, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    confidence: float = 0.0
    certainty: Certainty = ""


@dataclass(frozen=True, slots=True)
class Searching:
    """What a search needs."""

    finder: Finder
    reranking: Reranking

    def search(
        self, question: str, k: int, among: Scope, weights: Weights | None = None, besides: Sequence[str] = ()
    ) -> Sought:
        """The *k* passages of *among* that are nearest to *question*, best first, none saying the same as another; by
        other *weights* if some are to be tried. What is found for the texts *besides* it counts too, but less.
        """
        started = time.perf_counter()
        deep = max(self.reranking.depth(k), SHOWN)
        found, problem = self._distinct(question, deep, among, weights)
        if besides:
            others = [self.finder.find(text, deep, among, weights)[0] for text in besides]
            found = without_twins(_together(found, others))[:deep]
        timings = {"search": time.perf_counter() - started}
        reranked = self.reranking.reranked(question, found)
        if reranked.seconds is not None:
            timings["rerank"] = reranked.seconds
        notes = () if reranked.problem is None else (reranked.problem,)
        hits = tuple(reranked.hits[:k])
        chance = confidence(question, reranked.hits)
        return Sought(hits, problem, notes, timings, chance, calibration().certainty(chance))

    def _distinct(self, question: str, k: int, among: Scope, weights: Weights | None) -> tuple[list[Hit], Note | None]:
        """The first *k* hits that do not say the same, and what the finder noted."""
        found, problem = self.finder.find(question, k, among, weights)
        kept = without_twins(found)
        if len(kept) < len(found):
            found, problem = self.finder.find(question, 2 * k, among, weights)
            kept = without_twins(found)[:k]
        return kept, problem


def _together(found: Sequence[Hit], others: Sequence[Sequence[Hit]]) -> list[Hit]:
    """One ranking by reciprocal ranks (Cormack, Clarke and Büttcher 2009); the scores are those of the places."""
    weights: dict[int, float] = {}
    hits: dict[int, Hit] = {}
    for number, ranking in enumerate((found, *others)):
        for rank, hit in enumerate(ranking, start=1):
            weight = _BESIDE / len(others) if number else 1.0
            weights[hit.passage.id] = weights.get(hit.passage.id, 0.0) + weight / (_FIRST + rank)
            hits.setdefault(hit.passage.id, hit)
    places = sorted((hit.score for hit in hits.values()), reverse=True)
    order = sorted(hits, key=lambda number: -weights[number])
    return [replace(hits[number], score=score) for number, score in zip(order, places, strict=True)]
