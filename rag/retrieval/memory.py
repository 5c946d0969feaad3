"""Both indexes in memory, without files: for tests and demonstrations, and as the plainest reading of the contracts."""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from math import log

import numpy as np

from rag.language import Terms, terms
from rag.records import Owner, Scope
from rag.retrieval.asked.question import asked
from rag.retrieval.embedder import Vector
from rag.retrieval.vectors import Kind

_K1, _B = 1.2, 0.75  # of BM25, as everybody sets them


class MemoryVectors:
    """Vectors compared one by one."""

    def __init__(self, dim: int) -> None:
        self._dim = dim
        self._held: dict[int, tuple[Owner, Vector]] = {}
        self._lock = threading.Lock()

    def add(self, ids: Sequence[int], owners: Sequence[Owner], vectors: Vector) -> None:
        """Add unit vectors, shape (len(ids), dim); an id that is known is replaced.

        :raises ValueError: when the shapes do not agree, or a vector is not finite; nothing is added
        """
        given = np.array(vectors, dtype=np.float32)
        if given.shape != (len(ids), self._dim) or len(owners) != len(ids) or not np.isfinite(given).all():
            raise ValueError(f"{len(ids)} ids, {len(owners)} owners, vectors {given.shape}, dim {self._dim}")
        with self._lock:
            self._held.update(zip(ids, zip(owners, given, strict=True), strict=True))

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these ids; unknown ones are passed over."""
        with self._lock:
            for number in ids:
                self._held.pop(number, None)

    def nearest(self, vector: Vector, k: int, among: Scope) -> list[tuple[int, float]]:
        """At most *k* (id, inner product) in *among*, best first.

        :raises ValueError: when *vector* has not the length of those held
        """
        if np.shape(vector) != (self._dim,):
            raise ValueError(f"a vector of shape {np.shape(vector)} for an index of {self._dim}")
        with self._lock:
            held = list(self._held.items())
        found = [(number, float(own @ vector)) for number, (owner, own) in held if among.holds(owner)]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[: max(k, 0)]

    def ids(self) -> set[int]:
        """Every id that is held."""
        with self._lock:
            return set(self._held)

    def count(self) -> int:
        """How many vectors are held."""
        return len(self._held)

    def kinds(self) -> dict[int, Kind]:
        """All are compared."""
        counted = Counter(owner.base for owner, _ in self._held.values())
        return {base: Kind(count, "exact", 1.0) for base, count in counted.items()}

    def kept(self) -> dict[int, tuple[int, int]]:
        """Nothing is kept."""
        return {}

    def settle(self, bases: Collection[int], added: int, removed: int) -> None:  # noqa: ARG002 - nothing is kept
        """What is of no base of these is forgotten."""
        with self._lock:
            self._held = {number: held for number, held in self._held.items() if held[0].base in bases}

    def finish(self) -> None:
        """Nothing is done in the background."""


class MemoryWords:
    """BM25 counted out loud; words are compared as they are written, without their stems."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[Owner, Counter[str]]] = {}
        self._lock = threading.Lock()

    def add(self, ids: Sequence[int], owners: Sequence[Owner], texts: Sequence[str]) -> None:
        """Add texts, all or none; an id that is known is replaced."""
        counted = (Counter(_flat(terms(text))) for text in texts)
        fresh = {number: (owner, counts) for number, owner, counts in zip(ids, owners, counted, strict=True)}
        with self._lock:
            self._held.update(fresh)

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these ids; unknown ones are passed over."""
        with self._lock:
            for number in ids:
                self._held.pop(number, None)

    def matching(self, text: str, k: int, among: Scope) -> list[tuple[int, float]]:
        """At most *k* (id, score) in *among* that share a term with *text*, best first; higher is nearer."""
        wanted = _flat(asked(text))
        with self._lock:
            held = list(self._held.items())
        found = []
        for base in among.bases:
            own = [counted for _, (owner, counted) in held if owner.base == base]
            average = sum(counted.total() for counted in own) / max(len(own), 1)
            having = {term: sum(term in counted for counted in own) for term in wanted}
            weight = {term: log(1 + (len(own) - some + 0.5) / (some + 0.5)) for term, some in having.items()}
            for number, (owner, counted) in held:
                shared = [term for term in wanted if term in counted]
                if shared and owner.base == base and among.holds(owner):
                    long = _K1 * (1 - _B + _B * counted.total() / average)
                    score = sum(weight[term] * counted[term] * (_K1 + 1) / (counted[term] + long) for term in shared)
                    found.append((number, score))
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[: max(k, 0)]

    def ids(self) -> set[int]:
        """Every id that is held."""
        with self._lock:
            return set(self._held)

    def put_together(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """All is in one place."""

    def compact(self) -> None:
        """Nothing is left behind in memory."""

    def count(self) -> int:
        """How many texts are held."""
        return len(self._held)


def _flat(found: Terms) -> list[str]:
    """The terms with their kinds, so that a pair of characters is no word."""
    kinds = {"w": found.words, "g": found.grams, "n": found.numbers}
    return [f"{kind} {term}" for kind, members in kinds.items() for term in members]
