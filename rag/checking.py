"""Checking: catalog, words, vectors and originals agree, and what was removed is gone from all of them."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rag.library.catalog import Catalog
from rag.library.conversations import Conversations
from rag.library.documents.originals import Originals
from rag.library.documents.page_folders import PageFolders
from rag.library.passages.passage_store import PassageStore
from rag.library.tables.table_store import TableStore
from rag.records import Owner
from rag.retrieval.lexical import Words

_AT_ONCE = 1000  # passages
_MOMENT = 1.0  # seconds between two looks at what does not agree
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


def check(parts: Parts, held: Callable[[], set[int]]) -> Report:
    """Compare everything with the catalog; *held* finds the passage ids that the vector indexes hold.

    What does not agree is looked at twice: while documents are read or removed, one place is a moment behind another.
    """
    report, wrong = _looked_at(parts, held())
    if not wrong:
        return report
    time.sleep(_MOMENT)
    report, still = _looked_at(parts, held())
    before = {one.what: one.names.keys() for one in wrong}
    findings = [one.finding(before.get(one.what, set())) for one in still]
    return replace(report, findings=tuple(finding for finding in findings if finding is not None))


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What does not agree in one look, by its number or hash, with the *names* by which a person knows it."""

    what: str
    names: Mapping[Any, str]
    hint: str

    def finding(self, before: Collection[object]) -> Finding | None:
        """What did not agree *before* either, if there is some."""
        found = [name for each, name in self.names.items() if each in before]
        return Finding(self.what, len(found), tuple(sorted(set(found))[:5]), self.hint) if found else None


def _looked_at(parts: Parts, held: set[int]) -> tuple[Report, list[_Wrong]]:
    """How much there is, and what does not agree at this moment."""
    bases = [base.id for base in parts.catalog.bases()]
    documents = parts.catalog.documents(bases)
    names = {document.id: document.name for document in documents}
    ready = {document.id for document in documents if document.state == "ready"}
    owners, words, vectors = parts.store.owners(), parts.words.ids(), parts.store.vector_ids(bases)
    passages = owners.keys()
    bare = {at: names[owner.document] for at, owner in owners.items() if owner.document in ready and at not in vectors}
    kept, wanted = set(parts.originals.digests()), parts.catalog.digests()
    missing = {document.id: document.name for document in documents if document.digest in wanted - kept}
    damaged = {digest for digest in kept & wanted if not parts.originals.intact(digest)}
    changed = {document.id: document.name for document in documents if document.digest in damaged}
    answers, working = parts.conversations.mentioned(), parts.page_folders.documents()
    typed, tables = parts.typed_folders.documents(), parts.tables.owners()
    stray = {table for table, document in tables.items() if document not in names}
    cut = {table: names.get(tables[table], "") for table in parts.tables.damaged() if table in tables}
    wrong = [
        _Wrong("passages whose words cannot be searched", _named(passages - words), _REPAIR),
        _Wrong("words of passages that are gone", _named(words - passages), _REPAIR),
        _Wrong("passages of ready documents without a vector", bare, _ANEW),
        _Wrong("vectors of passages that are gone", _named(vectors - passages), _REPORT),
        _Wrong("vectors that the index does not hold", _named(vectors - held), _INDEX),
        _Wrong("vectors in the index that are gone from the catalog", _named(held - vectors), _INDEX),
        _Wrong("documents whose original file is missing", missing, _ADD),
        _Wrong("documents whose original file was changed", changed, _ADD),
        _Wrong("original files that no document uses", _named(kept - wanted), _REPAIR),
        _Wrong("removed documents whose words are in an answer", _named(answers - names.keys()), _REPAIR),
        _Wrong("pages in work of documents that nobody reads", _named(working - (names.keys() - ready)), _REPAIR),
        _Wrong("typed tables of documents that are gone", _named(typed - names.keys()), _REPAIR),
        _Wrong("tables of documents that are gone", _named(stray), _REPAIR),
        _Wrong("tables that lack some of their rows", cut, _ANEW),
    ]
    report = Report(
        bases=len(bases),
        documents=len(documents),
        passages=len(passages),
        words=len(words),
        vectors=len(vectors),
        waiting=sum(document.state in {"waiting", "reading", "embedding", "refining"} for document in documents),
        originals=len(kept),
        findings=(),
    )
    return report, [one for one in wrong if one.names]


def _named(wrong: Iterable[object]) -> dict[object, str]:
    return {each: str(each) for each in wrong}


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
