"""Searching for what is asked: passages are found, and the first of them read again by a reranker, if there is one."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.finding import Finder
from rag.records import Certainty, Hit, Note, Scope
from rag.reranking import Reranking
from rag.retrieval.confidence import calibration, confidence
from rag.retrieval.features import Weights


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

    def search(self, question: str, k: int, among: Scope, weights: Weights | None = None) -> Sought:
        """The *k* passages of *among* that are nearest to *question*, best first, by other *weights* if some are to be
        tried.
        """
        started = time.perf_counter()
        found, problem = self.finder.find(question, self.reranking.depth(k), among, weights)
        timings = {"search": time.perf_counter() - started}
        reranked = self.reranking.reranked(question, found)
        if reranked.seconds is not None:
            timings["rerank"] = reranked.seconds
        notes = () if reranked.problem is None else (reranked.problem,)
        hits = tuple(reranked.hits[:k])
        chance = confidence(question, hits)
        return Sought(hits, problem, notes, timings, chance, calibration().certainty(chance))
