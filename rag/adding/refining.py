"""The close reading: layout, tables, OCR. What it finds takes the place of the first passages, some pages at a time.

It goes on where it was stopped: pages that were read are kept on disk, the rules that make passages of them always make
the same, and those that are shown already are passed over.
"""

import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from rag.adding.embedding import embedded
from rag.adding.knowing import Knowing
from rag.adding.notes import notes_of
from rag.library.database.disk import disk_errors_are_said
from rag.library.documents.about_store import AboutStore
from rag.library.documents.leaf_store import LeafStore, report_of
from rag.library.documents.originals import Originals
from rag.library.documents.page_folders import PageFolders
from rag.library.passages.editions import Editions, Step, Versions
from rag.library.passages.passage_rows import pages_of
from rag.library.passages.passage_store import PassageStore
from rag.library.tables.table_store import TableStore
from rag.reading import read
from rag.reading.chunker import chunk
from rag.records import Document, Leaf, LeafReport, Note, Owner, Passage, Reading, Upload
from rag.retrieval.embedder import Embedder
from rag.retrieval.lexical import Words

if TYPE_CHECKING:
    from rag.reading.pdf.processes.page_pool import PagePool

VERSION = 7  # of the rules that make passages of pages: documents read by older ones are read again
WORKBOOK_VERSION = 4  # of the rules that read workbooks, and tell what their tables hold: likewise
_PAGES_AT_ONCE = 16
_LONGEST_WAIT = 20.0  # seconds for which pages wait for others, should each take long

Tell = Callable[[int, int], None]
"""Told how many of how many pages are read; what it raises ends the reading."""


@dataclass(frozen=True, slots=True)
class Refiner:
    """Reads documents again, *closely* or, for a wish that needs no more, as the first time.

    A workbook is read again for a wish, or by newer rules, and its new passages take the place of the old ones all at
    once.
    """

    store: PassageStore
    editions: Editions
    leaves: LeafStore
    abouts: AboutStore
    tables: TableStore
    originals: Originals
    page_folders: PageFolders
    words: Words
    closely: bool
    pool: "PagePool | None" = None

    @property
    def versions(self) -> Versions:
        """The versions of the rules that documents are to be read by; 0 for PDFs when they are not read closely."""
        return {"pdf": VERSION if self.closely else 0, "workbook": WORKBOOK_VERSION}

    def due(self, document: int) -> bool:
        """Whether a document is to be read again."""
        return self.editions.due(document, self.versions)

    def refine(
        self, document: Document, embedder: Embedder, limit: int, tell: Tell, *, without_models: bool = False
    ) -> None:
        """Read a document again, from where that was left, until all its pages are shown by the new passages.

        *without_models* a PDF's tables are told by its words alone, and the report says so; pages that were read
        closely before, and are kept, stay as they are. It can be read closely later all the same.

        :raises RagError: what reading and embedding raise; what was shown until then stays
        :raises NoSuchDocument: when it was removed meanwhile
        """
        version = self.versions[document.kind]
        document = self.editions.begin(document.id, -version if without_models else version)
        folder = self.page_folders.path(document.id)
        from rag.reading.pdf.processes.raw_cache import RawPageCache  # noqa: PLC0415 - not for workbooks

        with disk_errors_are_said(folder), RawPageCache(folder) as cache:
            upload = Upload(document.name, self.originals.path(document.digest))
            reading = read(
                upload,
                hidden=document.search_hidden,
                deep=self.closely,
                pool=self.pool,
                cache=cache if self.pool else None,
                deep_seconds=0.0 if without_models else None,
            )
            self.leaves.keep_extras(document.id, reading.extras)
            known = {report.number: report for report in self.leaves.reports(document.id)}
            run = _Run(self, document, embedder, reading, known, tell, document.close_done)
            run.go(limit)
        self.page_folders.discard(document.id)


@dataclass(slots=True)
class _Run:
    """One attempt at the close reading of a document; *shown* is the last page that its new passages show."""

    parts: Refiner
    document: Document
    embedder: Embedder
    reading: Reading
    known: dict[int, LeafReport]
    tell: Tell
    shown: int
    read: int = 0
    _after: int = 0  # the numbers of tables of other readings
    _passages: list[Passage] = field(default_factory=list)
    _leaves: list[Leaf] = field(default_factory=list)

    def go(self, limit: int) -> None:
        self._after = self.parts.tables.begin(self.document.id, deep=True)
        since = time.monotonic()
        kept = self.parts.editions.passages(self.document)
        knowing = Knowing(self.parts.abouts, self.document)
        with closing(self._watched()) as all_leaves:
            self.document, leaves = knowing.begin(all_leaves)
            passages = chunk(self.document, leaves, limit, self.embedder.count, hidden=self.document.search_hidden)
            for passage in islice(passages, kept, None):
                # The words of the pages before this one's first are in passages that came before; but a footnote may
                # come after a paragraph that goes on over it, on the next page.
                through = pages_of(passage)[0] - 2
                waited = time.monotonic() - since > _LONGEST_WAIT
                if through - self.shown >= (1 if waited else _PAGES_AT_ONCE):
                    self._publish(through)
                    since = time.monotonic()
                self._passages.append(passage)
        knowing.keep()
        notes = self.parts.tables.publish(self.document.id, self._after)
        self._publish(self.reading.count, notes, over=True)

    def _watched(self) -> Generator[Leaf]:
        """The leaves of the reading as the chunker is to have them."""
        with closing(cast("Generator[Leaf]", self.reading.leaves)) as leaves:
            for leaf in leaves:
                self.read = leaf.number - 1
                self.tell(self.read, self.reading.count)
                self.parts.tables.add(self.document.id, leaf, deep=True, after=self._after)
                if leaf.number > self.shown:
                    self._leaves.append(leaf)
                yield leaf
        self.read = self.reading.count

    def _publish(self, through: int, more: tuple[Note, ...] = (), *, over: bool = False) -> None:
        """Show the passages that begin by page *through*; they can be found before the old ones are gone."""
        parts, document = self.parts, self.document
        some = len(self._passages)
        while some and pages_of(self._passages[some - 1])[0] > through:
            some -= 1
        passages = self._passages[:some]
        leaves = [leaf for leaf in self._leaves if leaf.number <= through]
        vectors = self._vectors(passages)
        self.known |= {leaf.number: report_of(leaf) for leaf in leaves}
        notes = notes_of(document.kind, [*self.reading.notes, *more], self.known.values(), over=over)
        ids = parts.editions.reserve(len(passages))
        owner = Owner(document.base, document.id)
        parts.words.add(ids, [owner] * len(ids), [passage.text for passage in passages])
        try:
            gone = parts.editions.publish(
                document, self.embedder.name, Step(through, ids, passages, vectors, leaves, notes)
            )
        except Exception:
            parts.words.remove(ids)
            raise
        parts.words.remove(gone)
        if not over:
            parts.tables.publish_some(document.id, self._after, through)
        self._passages = self._passages[len(passages) :]
        self._leaves = self._leaves[len(leaves) :]
        self.shown = through

    def _vectors(self, passages: list[Passage]) -> NDArray[np.float32]:
        vectors = np.zeros((len(passages), self.embedder.dim), dtype=np.float32)
        for some in embedded(passages, self.embedder, self.parts.store):
            vectors[some.positions] = some.vectors
            self.tell(self.read, self.reading.count)
        return vectors
