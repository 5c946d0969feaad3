"""BM25 over postings: every text that could be among the best is scored, and no other.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with a weight that is never
negative. Terms are taken from the rarest on; when those that are left cannot lift a text above the best *k*, only texts
that have a chance are looked up in them (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995).
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import log

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.lexical.postings import Hashes, Postings
from rag.retrieval.vectors.choices import Choice, Numbers

_K1, _B = 1.2, 0.75  # as everybody sets them
_WORTH_ASKING = 20_000  # texts that hold a term: below, to score them all costs less than to find out whether one must
_FEW = 2_000  # texts that may be seen: below, each is looked up in the terms
_LOOKING = 8  # times longer to look a text up than to score it on the way
_SLACK = 1e-3  # for sums in 32 bits
_COMMON = 5_000, 0.15  # texts that hold a term, and which share of all: from there on, all are scored in their order
_TOGETHER = 4  # such terms between which it is not asked whether the rest must be scored
_IN_CACHE = 32_768  # texts that are scored at a time
_BLOCK = 64  # texts, of which only the best counts where the border of the best is estimated

_Scores = NDArray[np.float32]
_Term = tuple[float, NDArray[np.uint32], NDArray[np.uint8], int]
"""What a term weighs, the texts that hold it, how often each does, and its hash."""


def best(
    parts: Sequence[Postings], terms: Hashes, k: int, only: frozenset[int] | None, never: frozenset[int]
) -> list[tuple[int, float]]:
    """At most *k* (id, score) of the texts of documents that *only* and *never* leave, best first; *parts* are all of
    one base.
    """
    living = sum(part.living for part in parts)
    average = sum(part.words for part in parts) / max(living, 1) or 1.0
    held = [part.of(terms) for part in parts]
    having = [
        sum(_living(part, rows) for part, (rows, _) in zip(parts, of, strict=True)) for of in zip(*held, strict=True)
    ]
    weights = [(_K1 + 1) * log(1 + (living - many + 0.5) / (many + 0.5)) for many in having]
    ids, found = np.empty(0, np.int64), np.empty(0, np.float32)
    floor = 0.0
    for part, all_ in sorted(zip(parts, held, strict=True), key=lambda pair: -pair[0].living):
        choice = part.chosen(only, never, _FEW)
        some = sorted(
            (
                (weight, *each, term)
                for each, weight, term in zip(all_, weights, terms.tolist(), strict=True)
                if choice.holds(term, each[0])
            ),
            key=lambda term: len(term[1]),
        )
        if not choice.count or not some:
            continue
        rows, scores = _Search(part, choice, some, average, k, floor).run()
        ids, found = np.concatenate([ids, part.ids[rows]]), np.concatenate([found, scores])
        if len(found) >= k:
            floor = float(np.partition(found, len(found) - k)[len(found) - k])
            ids, found = ids[found >= floor], found[found >= floor]
    order = np.lexsort((ids, -found))[:k]
    return list(zip(ids[order].tolist(), found[order].tolist(), strict=True))


def _living(part: Postings, rows: NDArray[np.uint32]) -> int:
    return len(rows) if part.living == len(part.ids) else int(np.count_nonzero(part.alive[rows]))


class _Search:
    """One search in one part: *terms* from the rarest on, *floor* is what a text must have at least."""

    def __init__(
        self, part: Postings, choice: Choice, terms: Sequence[_Term], average: float, k: int, floor: float
    ) -> None:
        self._part, self._choice, self._terms, self._k, self._floor = part, choice, terms, k, floor
        self._lengths = part.measured(_K1 * (1 - _B), _K1 * _B / average)

    def run(self) -> tuple[Numbers, _Scores]:
        """Rows that share a term and may be among the best, and their scores."""
        if self._choice.rows is not None:
            return self._of_few(self._choice.rows)
        scores = np.zeros(len(self._part.ids), np.float32)
        left = [*accumulate((weight for weight, *_ in reversed(self._terms)))][::-1]
        for first, last in self._batches():
            # What all terms until now weigh, no text has more; what those that are left weigh must be less.
            if left[0] > 2 * left[first] and len(self._terms[first][1]) > _WORTH_ASKING:
                rows_left = self._with_a_chance(scores, left[first])
                if rows_left is not None and _LOOKING * len(rows_left) < len(self._terms[first][1]):
                    return self._looked_up(rows_left, scores[rows_left], first)
            self._score(scores, self._terms[first:last])
        border = max(self._border(scores) - _SLACK, 0.0)
        rows = np.flatnonzero(scores > border)
        return rows, scores[rows]

    def _of_few(self, rows: Numbers) -> tuple[Numbers, _Scores]:
        """Those of *rows* that share a term, and their scores."""
        if _LOOKING * len(rows) * len(self._terms) < sum(len(having) for _, having, *_ in self._terms):
            return self._looked_up(rows, np.zeros(len(rows), np.float32), 0)
        scores = np.zeros(len(self._part.ids), np.float32)
        for first, last in self._batches():
            self._score(scores, self._terms[first:last])
        some = rows[scores[rows] > max(self._floor - _SLACK, 0.0)]
        return some, scores[some]

    def _batches(self) -> Iterator[tuple[int, int]]:
        """The first and the last of terms that are scored together: many that few texts hold, or some of many."""
        first = together = 0
        for at, (_, rows, *_) in enumerate(self._terms):
            if self._is_common(rows):
                if at > first:
                    yield first, at
                for common in range(at, len(self._terms), _TOGETHER):
                    yield common, min(common + _TOGETHER, len(self._terms))
                return
            if together and together + len(rows) > _WORTH_ASKING:
                yield first, at
                first, together = at, 0
            together += len(rows)
        yield first, len(self._terms)

    def _is_common(self, rows: NDArray[np.uint32]) -> bool:
        least, share = _COMMON
        return len(rows) > max(least, share * len(self._part.ids))

    def _score(self, scores: _Scores, terms: Sequence[_Term]) -> None:
        """Add what *terms* are worth to the *scores* of all texts."""
        if self._is_common(terms[0][1]):
            self._score_all(scores, terms)
            return
        rows = np.concatenate([rows for _, rows, *_ in terms]).astype(np.intp)
        gain = self._gain(rows, np.concatenate([counts for *_, counts, _ in terms]))
        gain *= np.repeat(np.array([weight for weight, *_ in terms], np.float32), [len(rows) for _, rows, *_ in terms])
        np.add.at(scores, rows, gain)

    def _score_all(self, scores: _Scores, terms: Sequence[_Term]) -> None:
        """As ``_score``, of every text one after the other, whether it holds a term or not."""
        often = [self._part.often(term, rows, counts) for _, rows, counts, term in terms]
        for start in range(0, len(scores), _IN_CACHE):
            here = slice(start, start + _IN_CACHE)
            lengths, sums = self._lengths[here], scores[here]
            gain, whole = np.empty_like(lengths), np.empty_like(lengths)
            for (weight, *_), counts in zip(terms, often, strict=True):
                np.copyto(gain, counts[here])
                np.add(gain, lengths, out=whole)
                np.divide(gain, whole, out=gain)
                gain *= np.float32(weight)
                sums += gain

    def _border(self, scores: _Scores) -> float:
        """What the best *k* have at least, of those that may be seen; others lose their score."""
        if self._choice.may is not None:
            scores *= self._choice.may
        blocks = len(scores) // _BLOCK
        if blocks < self._k:
            return self._floor
        highest = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
        return max(self._floor, float(np.partition(highest, blocks - self._k)[blocks - self._k]))

    def _with_a_chance(self, scores: _Scores, left: float) -> Numbers | None:
        """The rows that could be among the best with *left* at most to gain; ``None``: one without a score could."""
        border = self._border(scores) - left - _SLACK
        return np.flatnonzero(scores >= border) if border > 0 else None

    def _looked_up(self, rows: Numbers, scores: _Scores, first: int) -> tuple[Numbers, _Scores]:
        """What *rows* have with the terms from the *first* on too."""
        wanted = rows.astype(np.uint32)
        for weight, having, counts, term in self._terms[first:]:
            if self._is_common(having):
                scores += np.float32(weight) * self._gain(rows, self._part.often(term, having, counts)[rows])
                continue
            at = np.minimum(np.searchsorted(having, wanted), len(having) - 1)
            there = np.flatnonzero(having[at] == wanted)
            scores[there] += np.float32(weight) * self._gain(rows[there], counts[at[there]])
        some = scores > 0
        return rows[some], scores[some]

    def _gain(self, rows: Numbers, counts: NDArray[np.uint8]) -> _Scores:
        """What a term of weight 1 is worth in *rows*."""
        often = counts.astype(np.float32)
        gain: _Scores = self._lengths.take(rows)
        gain += often
        return np.divide(often, gain, out=gain)
