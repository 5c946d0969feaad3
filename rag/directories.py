"""What documents are called that may be searched, kept for seconds: a question must not read a whole library."""

import threading
import time
from dataclasses import dataclass, field

from rag.library.catalog import Catalog
from rag.records import Scope
from rag.retrieval.routing import Directory

_KEPT = 5.0  # seconds
_MOST = 16  # sets of bases


@dataclass(slots=True)
class Directories:
    """A directory for each set of bases. Safe to use from several threads."""

    catalog: Catalog
    _kept: dict[frozenset[int], tuple[float, Directory]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, among: Scope) -> Directory:
        """The documents of the bases of *among*."""
        with self._lock:
            then, directory = self._kept.get(among.bases, (0.0, Directory(())))
            if time.monotonic() - then > _KEPT or not then:
                told = tuple(document for document in self.catalog.documents(among.bases) if document.askable)
                if [(each.id, each.name, each.about) for each in told] != [
                    (each.id, each.name, each.about) for each in directory.documents
                ]:
                    directory = Directory(told)
                self._kept.pop(among.bases, None)
                self._kept[among.bases] = (time.monotonic(), directory)
                if len(self._kept) > _MOST:
                    del self._kept[next(iter(self._kept))]
            return directory
