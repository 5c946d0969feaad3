"""Adding: a kept file is read, its words become searchable at once, it is embedded, and then read closely."""

import itertools
import logging
import math
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field

from rag.adding.embedding import embedded
from rag.adding.knowing import Catching, Knowing
from rag.adding.notes import notes_of
from rag.adding.refining import Refiner
from rag.adding.renewing import Renewing
from rag.errors import DiskFull, EmbedderError, NoSuchDocument, RagError, ReaderCrashed
from rag.language import terms
from rag.library.catalog import Catalog
from rag.library.documents.about_store import AboutStore
from rag.library.documents.jobs import REFINING, UNEMBEDDED, WORDLESS, Job, Jobs
from rag.library.documents.leaf_store import LeafStore
from rag.library.documents.originals import Originals
from rag.library.passages.passage_store import PassageStore
from rag.library.preferences import Preferences
from rag.library.tables.table_store import TableStore
from rag.reading import prepare, read
from rag.reading.chunker import chunk
from rag.records import Document, DocumentState, Leaf, Note, Owner, Passage, Reading, Upload
from rag.retrieval.embedder import Embedder
from rag.retrieval.lexical import Words

ATTEMPTS = 3
PASSAGE_TOKENS = 240  # about a paragraph or ten rows of a table: small enough to point at, large enough to embed
_KEEP_EVERY = 64  # passages
_SORTED_TOGETHER = 256
_TELL_EVERY = 0.3  # seconds
_REMOVALS = 1000  # that are remembered: a process that searches, and has slept through more, begins anew
_TIDIED, _FORGOTTEN = "tidied", "forgotten"
_log = logging.getLogger(__name__)


class Stopped(Exception):
    """The job was cancelled, or its document was removed."""


class Postponed(Exception):
    """A more urgent document waits; this one can be asked already."""


@dataclass(frozen=True, slots=True)
class Ingest:
    """The parts that adding needs, and the work itself."""

    catalog: Catalog
    store: PassageStore
    leaves: LeafStore
    abouts: AboutStore
    catching: Catching
    tables: TableStore
    originals: Originals
    jobs: Jobs
    words: Words
    preferences: Preferences
    embedder: Callable[[str], Embedder]
    renewing: Renewing
    refiner: Refiner
    default_embedder: str
    worker: str
    type_tables: Callable[[Document], None]

    def warm_up(self) -> None:
        """Load what the first document would have to wait for."""
        terms("预热")
        prepare(self.refiner.pool)
        try:
            self.embedder(self.default_embedder).passages(["passage"])
        except (EmbedderError, DiskFull) as error:
            _log.warning("%s", error)  # the first document that needs it will say so to its owner

    def close(self) -> None:
        """End what was started to read."""
        if self.refiner.pool is not None:
            self.refiner.pool.close()

    def queue_outdated(self) -> None:
        """Queue documents that were read by older rules, or before there was a close reading, behind all others."""
        for document in self.refiner.editions.outdated(self.refiner.versions):
            self.jobs.refine(document, rank=1)

    def know_more(self, seconds: float = math.inf) -> None:
        """Work out, for at most so many seconds, what documents that were read by older rules are about."""
        self.catching.catch_up(seconds)

    def run_one(self) -> bool:
        """Do the next job until it succeeds, fails, or must wait for another document.

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
            if document.state == "refining":
                self._refine(job, document)
            else:
                if job.attempts > ATTEMPTS:
                    raise ReaderCrashed(name=document.name, attempts=ATTEMPTS)
                self._read(job, document)
                self._embed(job, document)
                self._refine(job, document)
            self.type_tables(self.catalog.document(document.id))
        except Postponed:
            self.jobs.give_back(job, time.monotonic() - started)
            return True
        except (Stopped, NoSuchDocument):
            state = "cancelled"
            if not self.catalog.documents_by_id([document.id]):
                self.refiner.page_folders.discard(document.id)
        except RagError as error:
            state, problem = "failed", error
        except (SystemExit, KeyboardInterrupt):
            self.jobs.give_back(job)
            raise
        self.jobs.finish(job, state, problem, time.monotonic() - started)
        return True

    def tidy(self) -> None:
        """Delete from the disk what is left of documents that were removed since the last time."""
        last = self.store.newest_removal(of_documents=True)
        if last > (self.preferences.get(_TIDIED) or 0):
            self.words.compact()
            self.store.compact()
            self.preferences.set(_TIDIED, last)
        newest = self.store.newest_removal()
        if newest >= (self.preferences.get(_FORGOTTEN) or 0) + 2 * _REMOVALS:
            self.store.forget_removals(_REMOVALS)
            self.preferences.set(_FORGOTTEN, newest - _REMOVALS)

    # ── the first pass ──

    def _read(self, job: Job, document: Document) -> None:
        """Read the file and make its words searchable, unless that was done before.

        What is to be read closely after that is read plainly now: its tables come with the close reading.
        """
        if document.leaves:
            return
        self.words.remove(self.store.clear(document.id))
        self.tables.begin(document.id)
        embedder = self.embedder(self.catalog.base(document.base).embedder)
        upload = Upload(document.name, self.originals.path(document.digest))
        plain = self.refiner.closely and document.kind == "pdf"
        reading = read(upload, hidden=document.search_hidden, pool=self.refiner.pool, plain=plain)
        watched = _Watched(reading, lambda done, total: self._tell(job, "reading", done, total))
        knowing = Knowing(self.abouts, document)
        with closing(watched.leaves()) as all_leaves:
            document, leaves = knowing.begin(all_leaves)
            passages = chunk(document, leaves, self._limit(embedder), embedder.count, hidden=document.search_hidden)
            while some := list(itertools.islice(passages, _KEEP_EVERY)):
                self._keep(document, some, watched.take())
            self._keep(document, [], watched.take())
        knowing.keep()
        reports = self.leaves.reports(document.id)
        over = document.kind != "pdf" or not self.refiner.closely
        if not plain:
            self.leaves.keep_extras(document.id, reading.extras)
        self.catalog.read_through(
            document.id, reading.count, notes_of(document.kind, reading.notes, reports, over=over)
        )
        if document.kind == "workbook":  # there is no second, close reading of it
            self.refiner.editions.was_read(document.id, self.refiner.versions["workbook"])
        self.jobs.succeeded_so_far(job)
        if plain:
            self.catching.tell_topics(document)

    def _keep(self, document: Document, passages: list[Passage], leaves: list[Leaf]) -> None:
        ids = self.store.keep(document.id, passages, leaves)
        owner = Owner(document.base, document.id)
        self.words.add(ids, [owner] * len(ids), [passage.text for passage in passages])
        for leaf in leaves:
            self.tables.add(document.id, leaf)
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
        pace = _Pace()
        while waiting := self.store.without_vector(document.id, _SORTED_TOGETHER):
            for some in embedded(waiting, embedder, self.store):
                ids = [waiting[position].id for position in some.positions]
                self.store.keep_vectors(owner, embedder.name, ids, some.vectors)
                done += len(ids)
                if pace.due():
                    self._tell(job, "embedding", done, total)
                    if self.jobs.waiting(UNEMBEDDED):
                        raise Postponed

    def _limit(self, embedder: Embedder) -> int:
        return min(PASSAGE_TOKENS, embedder.window)

    # ── the close reading ──

    def _refine(self, job: Job, document: Document) -> None:
        """Read a document closely, if that is still to be done; where that fails, its tables are told by their words
        alone, and where even that fails, it stays as it is. Either way it says so.

        :raises Postponed: when another waits that is more urgent
        """
        pace = _Pace()
        urgency = REFINING + job.rank if self.catalog.document(document.id).passages else WORDLESS

        def tell(done: int, total: int) -> None:
            if pace.due():
                self._tell(job, "refining", done, total)
                if self.jobs.waiting(urgency):
                    raise Postponed

        def again(*, without_models: bool) -> None:
            if job.attempts > (2 * ATTEMPTS if without_models else ATTEMPTS):
                raise ReaderCrashed(name=document.name, attempts=ATTEMPTS)
            embedder = self.embedder(self.catalog.base(document.base).embedder)
            self._tell(job, "refining", self.catalog.document(document.id).close_done, document.leaves)
            self.refiner.refine(document, embedder, self._limit(embedder), tell, without_models=without_models)

        try:
            try:
                while self.refiner.due(document.id):
                    again(without_models=False)
            except ReaderCrashed as error:
                _log.warning("%s was not read closely to its end: %s", document.name, error)
                again(without_models=True)
        except (NoSuchDocument, DiskFull):
            raise
        except RagError as error:
            _log.warning("%s was not read again to its end: %s", document.name, error)
            now = self.catalog.document(document.id)
            notes = [note for note in now.notes if note.code != "NotReadClosely"]
            notes.append(Note("NotReadClosely", {"done": now.close_done, "pages": now.leaves}))
            self.catalog.note(document.id, notes)
            self.refiner.page_folders.discard(document.id)

    def _tell(self, job: Job, state: DocumentState, done: int, total: int) -> None:
        if not self.jobs.renew(job, self.worker):
            raise Stopped
        self.catalog.progress(job.document, state, done, total)


@dataclass(slots=True)
class _Pace:
    """Says when it is time to tell how far the work is, which takes a transaction: at once, and then now and again."""

    _last: float = -math.inf

    def due(self) -> bool:
        moment = time.monotonic()
        if moment - self._last <= _TELL_EVERY:
            return False
        self._last = moment
        return True


@dataclass(slots=True)
class _Watched:
    """The leaves of a reading on their way to the chunker."""

    reading: Reading
    tell: Callable[[int, int], None]
    _waiting: list[Leaf] = field(default_factory=list)

    def leaves(self) -> Generator[Leaf]:
        pace = _Pace()
        for leaf in self.reading.leaves:
            if pace.due():
                self.tell(leaf.number - 1, self.reading.count)
            self._waiting.append(leaf)
            yield leaf
        self.tell(self.reading.count, self.reading.count)

    def take(self) -> list[Leaf]:
        """The leaves that came through since the last time."""
        taken, self._waiting = self._waiting, []
        return taken
