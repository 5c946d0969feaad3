"""A document is read again, more closely: page by page the new passages take the place of the old ones.

At every moment a page's words are shown by the passages of one edition: up to the document's ``close_done`` by those of
its newest, behind it by those of the one before (``PassageStore.passages`` sees to that, in one look at the catalog).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from rag.errors import NoSuchDocument
from rag.library.catalog import read_documents
from rag.library.database import Database, schema
from rag.library.database.codec import pack_notes, unpack_passage
from rag.library.documents.leaf_store import forget_leaves, keep_leaves
from rag.library.passages.passage_rows import count_passages, keep_vectors, packed, pages_of
from rag.records import Document, DocumentKind, Leaf, Note, Owner, Passage

_documents, _passages = schema.documents, schema.passages


@dataclass(frozen=True, slots=True)
class Step:
    """Pages up to *through* that were read again: the new passages that begin on them, their vectors, of shape
    (len(passages), dim), and all that there is now to say of the document.
    """

    through: int
    ids: Sequence[int]
    passages: Sequence[Passage]
    vectors: NDArray[np.float32]
    leaves: Sequence[Leaf]
    notes: Sequence[Note]


Versions = Mapping[DocumentKind, int]
"""Of the rules by which documents of each kind are to be read."""


class Editions:
    """How far each document is read again. Safe to use from several processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, document: int, versions: Versions) -> bool:
        """Whether a document is to be read again by the rules of *versions*; for version 0 only if that was wished."""
        with self._database.reading() as connection:
            row = connection.execute(select(_documents).where(_documents.c.id == document)).first()
        return row is not None and row.leaves > 0 and _due(row, versions[row.kind])

    def was_read(self, document: int, version: int) -> None:
        """A document was read once, and need not be read again, by the rules of *version*."""
        with self._database.writing() as connection:
            own = _documents.c.id == document
            connection.execute(update(_documents).where(own).values(close_version=version))

    def begin(self, document: int, version: int) -> Document:
        """Begin a new edition by the rules of *version*, or go on with the one that is under way by them. A negative
        *version* stands for the same rules, applied without a close look.

        :raises NoSuchDocument: when it was removed meanwhile
        """
        with self._database.writing() as connection:
            row = connection.execute(select(_documents).where(_documents.c.id == document)).first()
            if row is None:
                raise NoSuchDocument(name=f"#{document}")
            if row.reread or row.close_version != version or not _under_way(row):
                _complete(connection, read_documents(connection, [document])[document])
                new = {"edition": row.edition + 1, "close_done": 0, "close_version": version, "reread": False}
                connection.execute(update(_documents).where(_documents.c.id == document).values(**new))
            return read_documents(connection, [document])[document]

    def passages(self, document: Document) -> int:
        """How many passages of its newest edition were published so far."""
        own = (_passages.c.document == document.id, _passages.c.edition == document.edition)
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(_passages).where(*own)).scalar_one()

    def reserve(self, count: int) -> list[int]:
        """*count* passage ids that nobody else gets, so that an index can have the words before the catalog."""
        if not count:
            return []
        with self._database.writing() as connection:
            # An id that was once in the table is never used again; these are in it for a moment.
            values = {"document": _any_document(connection), "content": b""}
            first = connection.execute(insert(_passages).values(**values).returning(_passages.c.id)).scalar_one()
            if count > 1:
                connection.execute(insert(_passages).values(id=first + count - 1, **values))
            connection.execute(delete(_passages).where(_passages.c.id >= first))
        return list(range(first, first + count))

    def publish(self, document: Document, embedder: str, step: Step) -> list[int]:
        """Put the new passages of these pages in the place of the old ones, all at once; the ids of the old ones.

        :raises NoSuchDocument: when it was removed meanwhile, or is being read anew
        """
        own = _documents.c.id == document.id
        common = {"document": document.id, "edition": document.edition}
        rows = [{"id": each, **common, **packed(one)} for each, one in zip(step.ids, step.passages, strict=True)]
        with self._database.writing() as connection:
            row = connection.execute(select(_documents).where(own, _documents.c.edition == document.edition)).first()
            if row is None:
                raise NoSuchDocument(name=document.name)
            if rows:
                connection.execute(insert(_passages), rows)
            keep_vectors(connection, Owner(document.base, document.id), embedder, step.ids, step.vectors)
            gone = _take_away(connection, document, step.through, last=step.through >= row.leaves)
            forget_leaves(connection, document.id, [leaf.number for leaf in step.leaves])
            keep_leaves(connection, document.id, step.leaves)
            changed = {"close_done": step.through, "notes": pack_notes(step.notes)}
            connection.execute(update(_documents).where(own).values(**changed))
            count_passages(connection, document.id)
            # Pages that were read cannot be what kills a worker: its tries are counted anew from here.
            connection.execute(update(schema.jobs).where(schema.jobs.c.document == document.id).values(attempts=0))
        return gone

    def search_hidden(self, document: int, *, wanted: bool) -> bool:
        """Choose whether hidden text is found once the document was read again; ``False`` when it is so already."""
        changed = (_documents.c.id == document, _documents.c.search_hidden != wanted)
        with self._database.writing() as connection:
            values = {"search_hidden": wanted, "reread": True}
            return connection.execute(update(_documents).where(*changed).values(**values)).rowcount == 1

    def outdated(self, versions: Versions) -> list[int]:
        """The documents that can be asked, and were never read by the rules of *versions*, oldest first."""
        ready = (_documents.c.state == "ready", _documents.c.leaves > 0)
        newest = func.abs(_documents.c.close_version)
        older = [and_(_documents.c.kind == kind, newest < each) for kind, each in versions.items()]
        rows = select(_documents.c.id).where(*ready, or_(*older)).order_by(_documents.c.id)
        with self._database.reading() as connection:
            return list(connection.execute(rows).scalars())


def _due(row: Row[tuple[int, ...]], version: int) -> bool:
    if row.reread or (_under_way(row) and row.close_version <= version):
        return True
    return bool(row.close_version < version)


def _under_way(row: Row[tuple[int, ...]]) -> bool:
    return bool(row.edition and row.close_done < row.leaves)


def _any_document(connection: Connection) -> int:
    found: int = connection.execute(select(_documents.c.id).limit(1)).scalar_one()
    return found


def _complete(connection: Connection, document: Document) -> None:
    """Fill in what version 1 of the catalog did not keep of passages."""
    rows = select(_passages).where(_passages.c.document == document.id, _passages.c.last_leaf.is_(None))
    for row in connection.execute(rows).all():
        passage = unpack_passage(row.id, document, row.content)
        values = {"last_leaf": pages_of(passage)[1], "digest": passage.digest}
        connection.execute(update(_passages).where(_passages.c.id == row.id).values(**values))


def _take_away(connection: Connection, document: Document, through: int, *, last: bool) -> list[int]:
    """Remove the passages of older editions that end by page *through*; all of them with the *last* page."""
    old = [_passages.c.document == document.id, _passages.c.edition < document.edition]
    if not last:
        old.append(or_(_passages.c.last_leaf <= through, _passages.c.last_leaf.is_(None)))
    ids = list(connection.execute(select(_passages.c.id).where(*old)).scalars())
    if ids:
        going = select(_passages.c.id).where(*old)
        connection.execute(delete(schema.vectors).where(schema.vectors.c.passage.in_(going)))
        connection.execute(delete(_passages).where(*old))
        connection.execute(insert(schema.removals).values(document=document.id, passages=json.dumps(ids)))
    return ids
