"""Catching up: a process that searches keeps an index for each embedding model, and follows the catalog by itself."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from rag.errors import EmbedderUnavailable
from rag.library.catalog import Catalog
from rag.library.passage_store import PassageStore
from rag.retrieval.vectors import Vectors

_AT_ONCE = 4096  # vectors


@dataclass(slots=True)
class _Index:
    """The vectors of one embedding model, and how far in the catalog's history they are."""

    vectors: Vectors
    added: int = 0
    removed: int | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class VectorIndexes:
    """The vectors of the catalog by embedding model. Safe to use from several threads."""

    def __init__(self, catalog: Catalog, store: PassageStore, vectors: Callable[[str, int], Vectors]) -> None:
        self._catalog = catalog
        self._store = store
        self._vectors = vectors
        self._indexes: dict[str, _Index] = {}
        self._lock = threading.Lock()

    def of(self, embedder: str, dim: int) -> Vectors:
        """The index of an embedding model, with all that the catalog has of it, and nothing that it has not.

        :raises EmbedderUnavailable: when what the catalog has is not of this model, whatever its name says
        """
        with self._lock:
            index = self._indexes.get(embedder)
            if index is None:
                index = self._indexes[embedder] = _Index(self._vectors(embedder, dim))
        with index.lock:
            # Removals are read first: what is stored meanwhile is added below, and what is removed meanwhile next time.
            gone, removed = self._removed(index)
            if gone is None:  # it has slept through more than is remembered
                index.vectors, index.added, gone = self._vectors(embedder, dim), 0, []
            bases = [base.id for base in self._catalog.bases() if base.embedder == embedder]
            try:
                while (new := self._store.vectors_after(index.added, bases, _AT_ONCE)).ids:
                    index.vectors.add(new.ids, new.owners, new.vectors)
                    index.added = new.last
            except ValueError as error:
                reason = f"its vectors are not like those that are kept ({error})"
                raise EmbedderUnavailable(name=embedder, reason=reason) from error
            index.vectors.remove(gone)
            index.removed = removed
        return index.vectors

    def _removed(self, index: _Index) -> tuple[list[int] | None, int]:
        if index.removed is None:  # it holds nothing yet
            return [], self._store.newest_removal()
        return self._store.removed_after(index.removed)
