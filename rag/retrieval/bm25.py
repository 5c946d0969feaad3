"""BM25 over postings: every text that could be among the best is scored, and no other.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with a weight that is never
negative. Terms are taken from the rarest on; when those that are left cannot lift a text above the best *k*, only texts
that have a chance are looked up in them (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995).
"""

from collections.abc import Collection, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.postings import Numbers, Postings

_K1, _B = 1.2, 0.75  # as everybody sets them
_WORTH_ASKING = 20_000  # texts that hold a term: below, to score them all costs less than to find out whether one must
_FEW = 2_000  # texts that may be seen: below, each is looked up in the terms
_LOOKING = 8  # times longer to look a text up than to score it on the way
_SLACK = 1e-3  # for sums in 32 bits


def best(
    parts: Sequence[Postings], terms: Collection[int], k: int, may: Sequence[NDArray[np.bool_]]
) -> list[tuple[int, float]]:
    """At most *k* (id, score) of the texts that *may* be seen, best first; *parts* are all of one base."""
    living = sum(part.living for part in parts)
    average = sum(part.words for part in parts) / max(living, 1) or 1.0
    weights = {term: _weight(_having(parts, term), living) for term in terms}
    found: list[tuple[int, float]] = []
    floor = 0.0
    for part, allowed in sorted(zip(parts, may, strict=True), key=lambda pair: -pair[0].living):
        rows, scores = _Search(part, allowed, weights, average, k, floor).run()
        if len(rows) > k:
            border = np.partition(scores, len(scores) - k)[len(scores) - k]
            rows, scores = rows[scores >= border], scores[scores >= border]
        found += zip(part.ids[rows].tolist(), scores.tolist(), strict=True)
        if len(found) >= k:
            found = sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]
            floor = found[-1][1]
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]


def _having(parts: Sequence[Postings], term: int) -> int:
    having = 0
    for part in parts:
        rows, _ = part.of(term)
        having += len(rows) if part.living == len(part.ids) else int(np.count_nonzero(part.alive[rows]))
    return having


def _weight(having: int, living: int) -> float:
    return log(1 + (living - having + 0.5) / (having + 0.5))


class _Search:
    """One search in one part: *floor* is what a text must have at least."""

    def __init__(
        self,
        part: Postings,
        may: NDArray[np.bool_],
        weights: dict[int, float],
        average: float,
        k: int,
        floor: float,
    ) -> None:
        self._part, self._may, self._k, self._floor = part, may, k, floor
        self._longer = np.float32(_K1 * _B / average)
        terms = [(term, *part.of(term)) for term in weights]
        self._terms = sorted(
            ((len(rows), weights[term], rows, counts) for term, rows, counts in terms if len(rows)),
            key=lambda each: each[0],
        )

    def run(self) -> tuple[Numbers, NDArray[np.float32]]:
        """Rows that share a term and may be among the best, and their scores."""
        seen = int(np.count_nonzero(self._may))
        if not seen or not self._terms:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if seen <= _FEW:
            allowed = np.flatnonzero(self._may)
            return self._looked_up(allowed, np.zeros(len(allowed), np.float32), 0)
        scores = np.zeros(len(self._part.ids), np.float32)
        for at, (having, weight, rows, counts) in enumerate(self._terms):
            left = sum(one * (_K1 + 1) for _, one, *_ in self._terms[at:])
            if having > _WORTH_ASKING and at:
                rows_left = self._with_a_chance(scores, left)
                if rows_left is not None and _LOOKING * len(rows_left) < having:
                    return self._looked_up(rows_left, scores[rows_left], at)
            scores[rows] += self._gain(weight, rows, counts)
        if seen < len(scores):
            scores[~self._may] = 0.0
        found = np.flatnonzero(scores > max(self._floor - _SLACK, 0.0))
        return found, scores[found]

    def _with_a_chance(self, scores: NDArray[np.float32], left: float) -> Numbers | None:
        """The rows that could be among the best with *left* at most to gain; ``None``: one without a score could."""
        rows = np.flatnonzero(scores)
        rows = rows[self._may[rows]]
        floor = self._floor
        if len(rows) >= self._k:
            at = len(rows) - self._k
            floor = max(floor, float(np.partition(scores[rows], at)[at]))
        if floor - _SLACK <= left:
            return None
        chosen: Numbers = rows[scores[rows] >= floor - left - _SLACK]
        return chosen

    def _looked_up(self, rows: Numbers, scores: NDArray[np.float32], first: int) -> tuple[Numbers, NDArray[np.float32]]:
        """What *rows* have with the terms from the *first* on too."""
        wanted = rows.astype(np.uint32)
        for _, weight, having, counts in self._terms[first:]:
            at = np.minimum(np.searchsorted(having, wanted), len(having) - 1)
            there = np.flatnonzero(having[at] == wanted)
            scores[there] += self._gain(weight, rows[there], counts[at[there]])
        some = scores > 0
        return rows[some], scores[some]

    def _gain(self, weight: float, rows: NDArray[np.integer], counts: NDArray[np.uint8]) -> NDArray[np.float32]:
        often = counts.astype(np.float32)
        gain: NDArray[np.float32] = self._part.lengths[rows]
        gain *= self._longer
        gain += often
        gain += np.float32(_K1 * (1 - _B))
        np.divide(often, gain, out=gain)
        gain *= np.float32(weight * (_K1 + 1))
        return gain
