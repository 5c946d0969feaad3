"""Another embedding model for a base: its passages are embedded again while the old model still answers."""

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rag.adding.embedding import embedded
from rag.errors import DiskFull, EmbedderError, NoRoomForVectors, NoSuchDocument
from rag.library.catalog import Catalog
from rag.library.passages.generations import Generation, Generations
from rag.library.passages.passage_store import PassageStore
from rag.records import Owner
from rag.retrieval.embedder import Embedder

_AT_ONCE = 256  # passages: after so many a document that waits comes first
_COPIES = 3  # of the vectors: in the catalog, in its log, in the files of the index
_BYTES, _MB = 4, 2**20
_LEFT_FREE = 200  # MB
_PATIENCE = 60.0  # seconds, before a model that could not be used is tried again
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Room:
    """What it takes to give a base of so many *passages* the model *name*: *needed* and *free* in MB."""

    name: str
    passages: int
    needed: int
    free: int

    @property
    def suffices(self) -> bool:
        """Whether the vectors of both fit beside each other."""
        return self.free >= self.needed


@dataclass(slots=True)
class Renewing:
    """Begins the change of a base's model, and makes it bit by bit; what is done is kept when it is stopped."""

    home: Path
    catalog: Catalog
    store: PassageStore
    generations: Generations
    embedder: Callable[[str], Embedder]
    _not_before: dict[str, float] = field(default_factory=dict)

    def begin(self, base: int, name: str) -> bool:
        """Let *base* have the model *name*; ``False`` when it has it already, and what was under way is given up.

        :raises EmbedderError: when the model cannot be used
        :raises NoRoomForVectors: when the disk has no room for the vectors of both
        """
        own, room = self.catalog.base(base), self.room(base, name)
        if room.name != own.embedder and not room.suffices:
            raise NoRoomForVectors(base=own.name, name=room.name, needed=room.needed, free=room.free)
        return self.generations.begin(base, room.name)

    def room(self, base: int, name: str) -> Room:
        """What room the disk must have for the model *name*, which is loaded to find out.

        :raises EmbedderError: when the model cannot be used
        """
        embedder = self.embedder(name)
        embedder.query("ready")
        passages = sum(document.passages for document in self.catalog.documents([base]))
        needed = passages * embedder.dim * _BYTES * _COPIES // _MB + _LEFT_FREE
        return Room(embedder.name, passages, needed, shutil.disk_usage(self.home).free // _MB)

    def under_way(self) -> list[Generation]:
        """The changes that are not done yet."""
        return self.generations.under_way()

    def step(self) -> bool:
        """Embed some passages, make the change, or delete some old vectors; ``False`` when there is nothing to do."""
        for generation in self.generations.under_way():
            if time.monotonic() < self._not_before.get(generation.embedder, 0.0):
                continue
            try:
                self._embed_some(generation)
            except (EmbedderError, DiskFull) as error:
                _log.warning("%s", error)
                self._not_before[generation.embedder] = time.monotonic() + _PATIENCE
                continue
            except NoSuchDocument:
                pass  # it was removed meanwhile
            return True
        return self.generations.clear()

    def _embed_some(self, generation: Generation) -> None:
        number = self.generations.next_document(generation.base, generation.embedder)
        if number is None:
            self.generations.change(generation.base)
            return
        embedder, owner = self.embedder(generation.embedder), Owner(generation.base, number)
        waiting = self.store.without_vector(number, _AT_ONCE, generation.embedder)
        for some in embedded(waiting, embedder, self.store):
            ids = [waiting[position].id for position in some.positions]
            self.store.keep_vectors(owner, generation.embedder, ids, some.vectors)
