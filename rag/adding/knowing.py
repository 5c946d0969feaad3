"""What documents are about, worked out while they are read, or later from the passages that were kept."""

import math
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from rag.errors import NoSuchDocument
from rag.library.catalog import Catalog
from rag.library.documents.about_store import AboutStore
from rag.library.documents.leaf_store import LeafStore
from rag.library.passages.passage_store import PassageStore
from rag.reading.about import FIRST, RULES, Gathered, PageLines, Topics, lines_of_spans, page_lines
from rag.records import About, Document, Leaf, Page, PageTopic, Span


@dataclass(slots=True)
class Knowing:
    """Listens while a *document* is read; keeps what it is about when its first pages have come, and at its end."""

    abouts: AboutStore
    document: Document
    gathered: Gathered = field(init=False)

    def __post_init__(self) -> None:
        self.gathered = Gathered(self.document.name, workbook=self.document.kind == "workbook")

    def begin(self, leaves: Iterator[Leaf]) -> tuple[Document, Iterator[Leaf]]:
        """The document with what its first pages say of it, and all of its *leaves*.

        :raises NoSuchDocument: when it was removed meanwhile
        """
        heard = self._heard(leaves)
        first = list(islice(heard, FIRST))
        return replace(self.document, about=self.keep()), chain(first, heard)

    def keep(self) -> About:
        """Keep what is known by now, and return it with what a person has set.

        :raises NoSuchDocument: when it was removed meanwhile
        """
        return self.abouts.found(self.document.id, self.gathered.about(), RULES)

    def _heard(self, leaves: Iterator[Leaf]) -> Iterator[Leaf]:
        for leaf in leaves:
            self.gathered.add(page_lines(leaf))
            yield leaf


@dataclass(slots=True)
class Catching:
    """Works out what documents that were read by older rules are about, without reading their files again."""

    catalog: Catalog
    store: PassageStore
    leaves: LeafStore
    abouts: AboutStore
    _left: list[int] | None = None

    def catch_up(self, seconds: float = math.inf) -> None:
        """Look at documents, oldest first, until so many seconds are over; the next call goes on from there."""
        if self._left is None:
            self._left = self.abouts.outdated(RULES)[::-1]
        until = time.monotonic() + seconds
        while self._left and time.monotonic() < until:
            document = self.catalog.documents_by_id([number := self._left.pop()]).get(number)
            if document is not None:
                with suppress(NoSuchDocument):  # removed meanwhile
                    self._again(document)

    def tell_topics(self, document: Document) -> None:
        """Keep what the pages of a document hold whose first reading was too quick to say so."""
        topics = Topics()
        self.abouts.topics(document.id, {page.number: topics.of(page) for page in self._lines(document, plain=True)})

    def _again(self, document: Document) -> None:
        knowing, topics = Knowing(self.abouts, document), Topics()
        found: dict[int, PageTopic] = {}
        for page in self._lines(document):
            knowing.gathered.add(page)
            found[page.number] = topics.of(page)
        self.abouts.found(document.id, knowing.gathered.about(), RULES, fill=True)
        self.abouts.topics(document.id, found)

    def _lines(self, document: Document, *, plain: bool = False) -> Iterator[PageLines]:
        names = dict(self.leaves.names(document.id))
        for number, spans in self._pages(document):
            yield lines_of_spans(number, spans, names.get(number), plain=plain)

    def _pages(self, document: Document) -> Iterator[tuple[int, list[Span]]]:
        """The spans of each page or sheet, with its number; pages come in order, as far as the passages do."""
        sheets = {name: number for number, name in self.leaves.names(document.id) if name}
        number, spans = 0, list[Span]()
        for passage in self.store.of_document(document.id):
            head = passage.head
            own = {span.text for span in passage.spans}
            above = [span for span in (*head.title, *head.unit) if span.text not in own] if head else []
            for span in (*above, *passage.spans):
                place = span.place
                here = place.number if isinstance(place, Page) else sheets.get(place.sheet, 1)
                if here > number:
                    if spans:
                        yield number, spans
                    number, spans = here, []
                if here == number:
                    spans.append(span)
        if spans:
            yield number, spans
