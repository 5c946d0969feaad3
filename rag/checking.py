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
_REPAIR = "`pagecite doctor --repair` mends this."
_ADD = "Add these files again: each takes its old place."
_ANEW = "Remove these documents and add them again."
_INDEX = (
    "Check that the embedding model of the base can be used. If it can, stop PageCite and delete the folder vectors in "
    "the data folder: it is made anew."
)
_REPORT = "This should not happen: please report it, with worker.log of the data folder."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: *what*, how many times, the first few, and a *hint*, what to do about it."""

    what: str
    count: int
    examples: tuple[str, ...]
    hint: str


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
    names = {document.id: document.name for document in documents}
    ready = {document.id for document in documents if document.state == "ready"}
    owners, words, vectors = parts.store.owners(), parts.words.ids(), parts.store.vector_ids(numbers)
    passages = owners.keys()
    bare = [names[owner.document] for at, owner in owners.items() if owner.document in ready and at not in vectors]
    kept, wanted = set(parts.originals.digests()), parts.catalog.digests()
    missing = [document.name for document in documents if document.digest in wanted - kept]
    damaged = {digest for digest in kept & wanted if not parts.originals.intact(digest)}
    changed = [document.name for document in documents if document.digest in damaged]
    tables = parts.tables.owners()
    stray = [table for table, document in tables.items() if document not in names]
    cut = [names.get(tables[table], "") for table in parts.tables.damaged() if table in tables]
    findings = [
        _finding("passages whose words cannot be searched", passages - words, _REPAIR),
        _finding("words of passages that are gone", words - passages, _REPAIR),
        _finding("passages of ready documents without a vector", bare, _ANEW),
        _finding("vectors of passages that are gone", vectors - passages, _REPORT),
        _finding("vectors that the index does not hold", vectors - held, _INDEX),
        _finding("vectors in the index that are gone from the catalog", held - vectors, _INDEX),
        _finding("documents whose original file is missing", missing, _ADD),
        _finding("documents whose original file was changed", changed, _ADD),
        _finding("original files that no document uses", kept - wanted, _REPAIR),
        _finding(
            "removed documents whose words are in an answer", parts.conversations.mentioned() - names.keys(), _REPAIR
        ),
        _finding(
            "pages in work of documents that nobody reads",
            parts.page_folders.documents() - (names.keys() - ready),
            _REPAIR,
        ),
        _finding("typed tables of documents that are gone", parts.typed_folders.documents() - names.keys(), _REPAIR),
        _finding("tables of documents that are gone", stray, _REPAIR),
        _finding("tables that lack some of their rows", cut, _ANEW),
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


def _finding(what: str, wrong: Collection[object], hint: str) -> Finding | None:
    if not wrong:
        return None
    return Finding(what, len(wrong), tuple(sorted(set(map(str, wrong)))[:5]), hint)
