"""Catching up: a process that searches keeps an index for each embedding model, and follows the catalog by itself."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from rag.errors import EmbedderUnavailable
from rag.library.catalog import Catalog
from rag.library.database import Version
from rag.library.passages.passage_store import PassageStore
from rag.retrieval.vectors import Kind, Vectors

_AT_ONCE = 4096  # vectors


@dataclass(slots=True)
class _Index:
    """The vectors of one embedding model, and how far in the catalog's history they are; ``None``: not begun."""

    vectors: Vectors
    embedder: str
    bases: set[int] = field(default_factory=set)
    seen: Version | None = None
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
                index = self._indexes[embedder] = _Index(self._vectors(embedder, dim), embedder)
        if index.seen == self._catalog.version():
            index.vectors.settle(index.bases, index.added, index.removed or 0)
            return index.vectors
        with index.lock:
            version = self._catalog.version()  # read first: what is committed meanwhile is seen next time
            bases = [base for base, name in self._catalog.embedders().items() if name == embedder]
            try:
                if index.removed is None:
                    self._begin(index, bases)
                self._follow(index, bases)
            except ValueError as error:
                reason = f"its vectors are not like those that are kept ({error})"
                raise EmbedderUnavailable(name=embedder, reason=reason) from error
            index.seen = version
        return index.vectors

    def kinds(self) -> dict[int, Kind]:
        """How the vectors of each base are searched, for the indexes that were used."""
        with self._lock:
            indexes = list(self._indexes.values())
        return {base: kind for index in indexes for base, kind in index.vectors.kinds().items()}

    def _begin(self, index: _Index, bases: list[int]) -> None:
        """Bring all bases whose vectors were kept on disk to the same point of the catalog's history."""
        kept = index.vectors.kept()
        removed = min((through for _, through in kept.values()), default=self._store.newest_removal())
        end = self._store.newest_vector()
        for base in bases:
            self._add(index, [base], kept.get(base, (0, 0))[0], end)
        index.added, index.removed, index.bases = end, removed, set(bases)

    def _follow(self, index: _Index, bases: list[int]) -> None:
        # Removals are read first: what is stored meanwhile is added below, and what is removed meanwhile next time.
        before = index.removed or 0
        gone, removed = self._store.removed_after(before)
        for base in set(bases) - index.bases:  # one that is new, or that has this model now
            self._add(index, [base], 0, index.added)
        index.bases = set(bases)
        index.added = self._add(index, bases, index.added, None)
        if gone is None:  # it has slept through more than is remembered
            gone = list(index.vectors.ids() - self._store.vector_ids(bases))
        index.vectors.remove(gone)
        index.removed = removed
        index.vectors.settle(bases, index.added, removed)

    def _add(self, index: _Index, bases: list[int], after: int, through: int | None) -> int:
        """Add what was stored after number *after*, up to *through* if it is given; the number of the last."""
        while (new := self._store.vectors_after(after, index.embedder, bases, _AT_ONCE, through)).ids:
            index.vectors.add(new.ids, new.owners, new.vectors)
            after = new.last
        return after
