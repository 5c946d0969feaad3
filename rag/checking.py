"""Checking: catalog, words, vectors and originals agree, and what was removed is gone from all of them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from rag.library.catalog import Catalog
from rag.library.conversations import Conversations
from rag.library.documents.originals import Originals
from rag.library.documents.page_folders import PageFolders
from rag.library.passages.passage_store import PassageStore
from rag.library.tables.table_store import TableStore
from rag.records import Base, Owner
from rag.retrieval.lexical import Words

_AT_ONCE = 1000  # passages


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: *what*, how many times, and the first few."""

    what: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """How much there is, and what does not agree; no *findings* mean that all is well."""

    bases: int
    documents: int
    passages: int
    words: int
    vectors: int
    waiting: int
    originals: int
    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """Whether everything agrees."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Parts:
    """What is compared."""

    catalog: Catalog
    store: PassageStore
    words: Words
    originals: Originals
    page_folders: PageFolders
    typed_folders: PageFolders
    conversations: Conversations
    tables: TableStore


def check(parts: Parts, bases: Collection[Base], held: set[int]) -> Report:
    """Compare everything with the catalog; *held* are the passage ids that the vector indexes hold."""
    numbers = [base.id for base in bases]
    documents = parts.catalog.documents(numbers)
    owners = parts.store.owners()
    passages = set(owners)
    ready = {document.id for document in documents if document.state == "ready"}
    of_ready = {number for number, owner in owners.items() if owner.document in ready}
    words = parts.words.ids()
    vectors = parts.store.vector_ids(numbers)
    kept, wanted = set(parts.originals.digests()), parts.catalog.digests()
    damaged = {digest for digest in kept & wanted if not parts.originals.intact(digest)}
    mentioned = parts.conversations.mentioned()
    there = {document.id for document in documents}
    unfinished = {document.id for document in documents if document.state != "ready"}
    tables = parts.tables.owners()
    findings = [
        _finding("passages whose words cannot be searched", passages - words),
        _finding("words of passages that are gone", words - passages),
        _finding("passages of ready documents without a vector", of_ready - vectors),
        _finding("vectors of passages that are gone", vectors - passages),
        _finding("vectors that the index does not hold", vectors - held),
        _finding("vectors in the index that are gone from the catalog", held - vectors),
        _finding("documents whose original file is missing", wanted - kept),
        _finding("documents whose original file was changed", damaged),
        _finding("original files that no document uses", kept - wanted),
        _finding("removed documents whose words are in an answer", mentioned - there),
        _finding("pages in work of documents that nobody reads", parts.page_folders.documents() - unfinished),
        _finding("typed tables of documents that are gone", parts.typed_folders.documents() - there),
        _finding("tables of documents that are gone", {table for table, own in tables.items() if own not in there}),
        _finding("tables that lack some of their rows", parts.tables.damaged()),
    ]
    return Report(
        bases=len(bases),
        documents=len(documents),
        passages=len(passages),
        words=len(words),
        vectors=len(vectors),
        waiting=sum(document.state in {"waiting", "reading", "embedding", "refining"} for document in documents),
        originals=len(kept),
        findings=tuple(finding for finding in findings if finding is not None),
    )


def repair(parts: Parts, told: Callable[[int, int], None] = lambda done, total: None) -> None:  # noqa: ARG005 - no one
    """Make words and originals agree with the catalog: add what is missing, remove what is gone. *told* hears how many
    passages have their words by now, of how many that had none.
    """
    owners = parts.store.owners()
    words = parts.words.ids()
    parts.words.remove(sorted(words - set(owners)))
    missing = sorted(set(owners) - words)
    for start in range(0, len(missing), _AT_ONCE):
        some = parts.store.passages(missing[start : start + _AT_ONCE], whole=True)
        parts.words.add(
            [passage.id for passage in some],
            [Owner(passage.document.base, passage.document.id) for passage in some],
            [passage.text for passage in some],
        )
        told(min(start + _AT_ONCE, len(missing)), len(missing))
    documents = parts.catalog.documents([base.id for base in parts.catalog.bases()])
    there = {document.id for document in documents}
    for document in parts.page_folders.documents() - {one.id for one in documents if one.state != "ready"}:
        parts.page_folders.discard(document)
    for document in parts.typed_folders.documents() - there:
        parts.typed_folders.discard(document)
    for document in parts.conversations.mentioned() - there:
        parts.conversations.forget(document)
    for document in set(parts.tables.owners().values()) - there:
        parts.tables.forget(document)
    with parts.originals.unchanging():
        for digest in set(parts.originals.digests()) - parts.catalog.digests():
            parts.originals.discard(digest)


def _finding(what: str, wrong: Collection[object]) -> Finding | None:
    if not wrong:
        return None
    return Finding(what, len(wrong), tuple(sorted(map(str, wrong))[:5]))
