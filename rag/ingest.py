"""Adding: a kept file is read, its words become searchable at once, and its passages are embedded after that."""

import itertools
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rag.errors import DiskFull, EmbedderError, NoSuchDocument, RagError, ReaderCrashed
from rag.language import terms
from rag.library.catalog import Catalog
from rag.library.jobs import Job, Jobs
from rag.library.originals import Originals
from rag.library.passage_store import PassageStore
from rag.reading import prepare, read
from rag.reading.chunker import chunk
from rag.records import Document, DocumentState, Leaf, Note, Owner, Passage, Reading, Upload
from rag.retrieval.embedder import Embedder
from rag.retrieval.lexical import Words

ATTEMPTS = 3
PASSAGE_TOKENS = 240  # about a paragraph or ten rows of a table: small enough to point at, large enough to embed
_KEEP_EVERY = 64  # passages
_EMBED_AT_ONCE = 32
_TELL_EVERY = 0.3  # seconds
_log = logging.getLogger(__name__)


class Stopped(Exception):
    """The job was cancelled, or its document was removed."""


class Postponed(Exception):
    """Another document waits to be read; this one can be asked already."""


@dataclass(frozen=True, slots=True)
class Ingest:
    """The parts that adding needs, and the work itself."""

    catalog: Catalog
    store: PassageStore
    originals: Originals
    jobs: Jobs
    words: Words
    embedder: Callable[[str], Embedder]
    default_embedder: str
    worker: str

    def warm_up(self) -> None:
        """Load what the first document would have to wait for."""
        terms("预热")
        prepare()
        try:
            self.embedder(self.default_embedder).passages(["passage"])
        except (EmbedderError, DiskFull) as error:
            _log.warning("%s", error)  # the first document that needs it will say so to its owner

    def run_one(self) -> bool:
        """Do the next job to its end, good or bad, or until another document must be read first.

        :returns: ``False`` when there is none
        """
        job = self.jobs.claim(self.worker)
        if job is None:
            return False
        document = self.catalog.documents_by_id([job.document]).get(job.document)
        if document is None:
            return True
        started = time.monotonic()
        state: DocumentState = "ready"
        problem: RagError | None = None
        try:
            if job.attempts > ATTEMPTS:
                raise ReaderCrashed(name=document.name, attempts=ATTEMPTS)
            self._read(job, document)
            self._embed(job, document)
        except Postponed:
            self.catalog.settle(document.id, "embedding", None, time.monotonic() - started)
            self.jobs.give_back(job)
            return True
        except (Stopped, NoSuchDocument):
            state = "cancelled"
        except RagError as error:
            state, problem = "failed", error
        except (SystemExit, KeyboardInterrupt):
            self.jobs.give_back(job)
            raise
        self.catalog.settle(document.id, state, problem, time.monotonic() - started)
        self.jobs.finish(job, "done" if state == "ready" else state)
        return True

    def tidy(self, since: int) -> int:
        """Let what was removed after removal number *since* leave the disk; the newest number."""
        _, newest = self.store.removed_after(since)
        if newest > since:
            self.words.compact()
            self.store.compact()
        return newest

    def _read(self, job: Job, document: Document) -> None:
        """Read the file and make its words searchable, unless that was done before."""
        if document.leaves:
            return
        self.words.remove(self.store.clear(document.id))
        embedder = self.embedder(self.catalog.base(document.base).embedder)
        watched = _Watched(
            read(Upload(document.name, self.originals.path(document.digest))),
            lambda done, total: self._tell(job, "reading", done, total),
        )
        limit = min(PASSAGE_TOKENS, embedder.window)
        passages = chunk(document, watched.leaves(), limit, embedder.count)
        while some := list(itertools.islice(passages, _KEEP_EVERY)):
            self._keep(document, some, watched.take())
        self._keep(document, [], watched.take())
        self.catalog.read_through(document.id, watched.reading.count, watched.all_notes())
        self.jobs.succeeded_so_far(job)

    def _keep(self, document: Document, passages: list[Passage], leaves: list[Leaf]) -> None:
        ids = self.store.keep(document.id, passages, leaves)
        owner = Owner(document.base, document.id)
        self.words.add(ids, [owner] * len(ids), [passage.text for passage in passages])
        if not self.catalog.documents_by_id([document.id]):
            self.words.remove(ids)
            raise Stopped

    def _embed(self, job: Job, document: Document) -> None:
        """Embed the passages that have no vector yet.

        :raises Postponed: when a document waits whose words cannot be found yet
        """
        base = self.catalog.base(document.base)
        embedder = self.embedder(base.embedder)
        owner = Owner(document.base, document.id)
        total = self.catalog.document(document.id).passages
        done = self.store.embedded(document.id)
        told = 0.0
        while waiting := self.store.without_vector(document.id, _EMBED_AT_ONCE * 8):
            # Texts of like length waste no time on padding, so a few batches are sorted together.
            waiting.sort(key=lambda passage: len(passage.text))
            for start in range(0, len(waiting), _EMBED_AT_ONCE):
                some = waiting[start : start + _EMBED_AT_ONCE]
                if time.monotonic() - told > _TELL_EVERY:
                    self._tell(job, "embedding", done, total)
                    if self.jobs.unread():
                        raise Postponed
                    told = time.monotonic()
                vectors = embedder.passages([passage.text for passage in some])
                self.store.keep_vectors(owner, embedder.name, [passage.id for passage in some], vectors)
                done += len(some)

    def _tell(self, job: Job, state: DocumentState, done: int, total: int) -> None:
        if not self.jobs.renew(job, self.worker):
            raise Stopped
        self.catalog.progress(job.document, state, done, total)


@dataclass(slots=True)
class _Watched:
    """The leaves of a reading on their way to the chunker, with what has to be known of them afterwards."""

    reading: Reading
    tell: Callable[[int, int], None]
    notes: list[Note] = field(default_factory=list)
    without_text: list[int] = field(default_factory=list)
    _waiting: list[Leaf] = field(default_factory=list)

    def leaves(self) -> Iterator[Leaf]:
        told = 0.0
        for leaf in self.reading.leaves:
            if time.monotonic() - told > _TELL_EVERY:
                self.tell(leaf.number - 1, self.reading.count)
                told = time.monotonic()
            self.notes += leaf.notes
            if not leaf.blocks and not leaf.notes and self.reading.kind == "pdf":
                self.without_text.append(leaf.number)
            self._waiting.append(leaf)
            yield leaf
        self.tell(self.reading.count, self.reading.count)

    def take(self) -> list[Leaf]:
        """The leaves that came through since the last time."""
        taken, self._waiting = self._waiting, []
        return taken

    def all_notes(self) -> list[Note]:
        notes = [*self.reading.notes, *self.notes]
        if self.without_text and len(self.without_text) == self.reading.count:
            notes.append(Note("NoText", {"pages": self.reading.count}))
        elif self.without_text:
            notes.append(Note("PagesWithoutText", {"pages": ranges(self.without_text)}))
        return notes


def ranges(numbers: list[int]) -> str:
    """``3, 7-9`` for 3, 7, 8, 9."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)
