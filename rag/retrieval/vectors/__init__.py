"""The contract of a vector index: which passages are nearest to a vector, among those that may be seen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.records import Owner, Scope
from rag.retrieval.embedder import Vector


@dataclass(frozen=True, slots=True)
class Kind:
    """How *count* vectors are searched: ``exact``, or by ``lists``, which found this share of the nearest ten."""

    count: int
    name: str
    recall: float


class Vectors(Protocol):
    """Unit vectors by passage id. Safe to use from several threads."""

    def add(self, ids: Sequence[int], owners: Sequence[Owner], vectors: Vector) -> None:
        """Add vectors, shape (len(ids), dim); an id that is known is replaced."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these ids; unknown ones are passed over."""

    def nearest(self, vector: Vector, k: int, among: Scope) -> list[tuple[int, float]]:
        """At most *k* (id, score) in *among*, best first; the score is the inner product: 1.0 is identical."""

    def ids(self) -> set[int]:
        """Every id that is held."""

    def count(self) -> int:
        """How many vectors are held; cheap."""

    def kinds(self) -> Mapping[int, Kind]:
        """How the vectors of each base are searched."""

    def kept(self) -> Mapping[int, tuple[int, int]]:
        """What is here of each base already, through which addition and removal of the catalog's history."""

    def settle(self, bases: Collection[int], added: int, removed: int) -> None:
        """All of *bases* through these points of the catalog's history is here, and nothing of others is wanted."""

    def finish(self) -> None:
        """Wait for what is done in the background; a search need not."""
