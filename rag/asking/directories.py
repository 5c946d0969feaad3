"""The names of the documents that may be searched, kept for seconds: no question may read a whole library."""

import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from rag.library.catalog import Catalog
from rag.library.database import Version
from rag.records import About, Document, Scope, Term
from rag.retrieval.asked.routing import Directory

_OFTEN = 5.0  # seconds: while documents are read, the catalog changes all the time
_MOST = 16  # sets of bases


class _Kept(NamedTuple):
    """A directory, when it was read, and at which version of the catalog."""

    then: float
    version: Version
    directory: Directory


@dataclass(slots=True)
class Directories:
    """A directory for each set of bases, with the *terms* of their glossaries. Safe to use from several threads."""

    catalog: Catalog
    terms: Callable[[Collection[int]], Mapping[int, tuple[Term, ...]]]
    _kept: dict[frozenset[int], _Kept] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, among: Scope) -> Directory:
        """The documents of the bases of *among*."""
        with self._lock:
            kept = self._kept.pop(among.bases, None)
            version = self.catalog.version()
            if kept is None or (kept.version != version and time.monotonic() - kept.then > _OFTEN):
                told = tuple(document for document in self.catalog.documents(among.bases) if document.askable)
                terms = tuple(chain.from_iterable(self.terms(among.bases).values()))
                if kept is not None and _same(kept.directory, told, terms):
                    kept = _Kept(time.monotonic(), version, kept.directory)
                else:
                    kept = _Kept(time.monotonic(), version, Directory(told, terms))
            self._kept[among.bases] = kept
            if len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
            return kept.directory


def _same(before: Directory, documents: tuple[Document, ...], terms: tuple[Term, ...]) -> bool:
    return before.terms == terms and list(map(_shown, documents)) == list(map(_shown, before.documents))


def _shown(document: Document) -> tuple[int, str, About]:
    return document.id, document.name, document.about
