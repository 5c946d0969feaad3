"""Part of a base's vectors: rows that stay as they are, except that they can be forgotten."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.embedder import Vector
from rag.retrieval.vectors.choices import Choices, SortedRows
from rag.retrieval.vectors.faiss_search import Lists, Numbers, products

_FEW = 32_768  # rows that are compared one by one although there are lists
_SPARSE = 10  # so many times what is wanted, or fewer, are compared one by one too
_LIKELY, _MORE = 2, 20  # so many times more, and so many more, are looked at closely than are wanted


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
    _by_id: SortedRows = field(init=False)
    _choices: Choices = field(init=False)

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.documents) == len(self.vectors):
            raise ValueError("ids, documents and vectors differ in number")
        self.alive = np.ones(len(self.ids), bool)
        self.living = len(self.ids)
        self._by_id, self._choices = SortedRows(self.ids), Choices(self.documents)

    def forget(self, ids: Numbers) -> None:
        """These ids are gone; unknown ones are passed over."""
        rows = self._by_id.of(np.unique(ids))
        rows = rows[self.alive[rows]]
        if len(rows):
            self.alive[rows] = False
            self.living -= len(rows)
            self._choices.forget()

    def snapshot(self) -> "Part":
        """The same rows, of which none will be forgotten."""
        taken = copy(self)
        taken.alive = self.alive.copy()
        return taken

    def with_vectors(self, vectors: Vector) -> "Part":
        """The same rows, their vectors being elsewhere."""
        taken = copy(self)
        taken.vectors = vectors
        return taken

    def living_ids(self) -> Numbers:
        """The ids that are not forgotten."""
        return self.ids[self.alive]

    def nearest(
        self, query: Vector, k: int, only: frozenset[int] | None, never: frozenset[int]
    ) -> list[tuple[int, float]]:
        """At most *k* (id, inner product), in no order."""
        few = len(self.ids) if self.lists is None else _FEW
        choice = self._choices.of(self.alive, self.living, only, never, few)
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


def joined(parts: Sequence[Part], dim: int) -> Part:
    """One part of the living rows of all *parts*, in memory."""
    if not parts:
        return Part(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, dim), np.float32))
    return Part(
        np.concatenate([part.ids[part.alive] for part in parts]),
        np.concatenate([part.documents[part.alive] for part in parts]),
        np.concatenate([part.vectors[part.alive] for part in parts]),
    )
