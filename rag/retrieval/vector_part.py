"""Part of a base's vectors: rows that stay as they are, except that they can be forgotten."""

from collections import OrderedDict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.embedder import Vector
from rag.retrieval.faiss_search import Lists, Numbers, products

_FEW = 32_768  # rows that are compared one by one although there are lists
_KEPT_CHOICES = 64
_SPARSE = 10  # so many times what is wanted, or fewer, are compared one by one too
_LIKELY, _MORE = 2, 20  # so many times more, and so many more, are looked at closely than are wanted


@dataclass(frozen=True, slots=True)
class _Choice:
    """What may be seen: *count* rows. These *rows*, or those of which *may* says so, or all where both are ``None``."""

    count: int
    rows: Numbers | None = None
    may: NDArray[np.bool_] | None = None


@dataclass(slots=True)
class Part:
    """Row *n* has ``ids[n]``, stands in ``documents[n]``, has the unit vector ``vectors[n]`` and is ``alive[n]``.

    With *lists* the nearest are looked for there, and those that are likely are compared exactly.
    """

    ids: Numbers
    documents: Numbers
    vectors: Vector
    lists: Lists | None = None
    alive: NDArray[np.bool_] = field(init=False)
    living: int = field(init=False)
    _by_document: Numbers = field(init=False)
    _by_id: Numbers = field(init=False)
    _choices: "OrderedDict[tuple[frozenset[int] | None, frozenset[int]], _Choice]" = field(default_factory=OrderedDict)
    _choosing: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.documents) == len(self.vectors):
            raise ValueError("ids, documents and vectors differ in number")
        self.alive = np.ones(len(self.ids), bool)
        self.living = len(self.ids)
        self._by_document = np.argsort(self.documents, kind="stable")
        self._by_id = np.argsort(self.ids, kind="stable")

    def forget(self, ids: Numbers) -> None:
        """These ids are gone; unknown ones are passed over."""
        rows = self._rows(self.ids, self._by_id, ids)
        rows = rows[self.alive[rows]]
        if len(rows):
            self.alive[rows] = False
            self.living -= len(rows)
            self._choices.clear()

    def snapshot(self) -> "Part":
        """The same rows, of which none will be forgotten."""
        taken = copy(self)
        taken.alive = self.alive.copy()
        return taken

    def living_ids(self) -> Numbers:
        """The ids that are not forgotten."""
        return self.ids[self.alive]

    def nearest(
        self, query: Vector, k: int, only: frozenset[int] | None, never: frozenset[int]
    ) -> list[tuple[int, float]]:
        """At most *k* (id, inner product), in no order."""
        choice = self._choice(only, never)
        if not choice.count or k < 1:
            return []
        rows = choice.rows
        if rows is None and self.lists is not None and choice.count > _SPARSE * k:
            rows = self.lists.nearest(query, _LIKELY * k + _MORE, choice.may, choice.count)
        elif rows is None and choice.may is not None:
            rows = np.flatnonzero(choice.may)
        scores = products(query, self.vectors, rows)
        if rows is None:
            rows = np.arange(len(scores))
        if len(scores) > k:
            top = np.argpartition(-scores, k - 1)[:k]
            rows, scores = rows[top], scores[top]
        return list(zip(self.ids[rows].tolist(), scores.tolist(), strict=True))

    def _choice(self, only: frozenset[int] | None, never: frozenset[int]) -> _Choice:
        key = (only, never)
        with self._choosing:
            known = self._choices.get(key)
            if known is None:
                known = self._choices[key] = self._chosen(only, never)
                if len(self._choices) > _KEPT_CHOICES:
                    self._choices.popitem(last=False)
            self._choices.move_to_end(key)
            return known

    def _chosen(self, only: frozenset[int] | None, never: frozenset[int]) -> _Choice:
        if only is None:
            may = self.alive.copy()
        else:
            may = np.zeros(len(self.ids), bool)
            some = self._rows(self.documents, self._by_document, _sorted(only))
            may[some] = self.alive[some]
        if never:
            may[self._rows(self.documents, self._by_document, _sorted(never))] = False
        count = int(may.sum())
        if self.lists is None or count <= _FEW:
            return _Choice(count, None if count == len(may) else np.flatnonzero(may))
        return _Choice(count, None, None if count == len(may) else may)

    @staticmethod
    def _rows(values: Numbers, order: Numbers, wanted: Numbers) -> Numbers:
        """The rows whose value is one of *wanted*; *order* sorts the *values*."""
        first = np.searchsorted(values, wanted, "left", sorter=order)
        last = np.searchsorted(values, wanted, "right", sorter=order)
        found = [order[start:end] for start, end in zip(first.tolist(), last.tolist(), strict=True) if end > start]
        return np.concatenate(found) if found else np.empty(0, np.int64)


def joined(parts: Sequence[Part], dim: int) -> Part:
    """One part of the living rows of all *parts*, in memory."""
    if not parts:
        return Part(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, dim), np.float32))
    return Part(
        np.concatenate([part.ids[part.alive] for part in parts]),
        np.concatenate([part.documents[part.alive] for part in parts]),
        np.concatenate([part.vectors[part.alive] for part in parts]),
    )


def _sorted(numbers: frozenset[int]) -> Numbers:
    return np.sort(np.fromiter(numbers, np.int64, len(numbers)))
