"""The contract of a vector index: which passages are nearest to a vector, among those that may be seen."""

from collections.abc import Sequence
from typing import Protocol

from rag.records import Owner, Scope
from rag.retrieval.embedder import Vector


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

    def finish(self) -> None:
        """Wait for what is done in the background; a search need not."""
