"""Passages, their vectors and the pages they came from; and what an index must know to catch up with them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select, update

from rag.errors import EmbedderMismatch, NoSuchDocument
from rag.library import schema
from rag.library.catalog import read_documents
from rag.library.codec import pack_passage, unpack_passage
from rag.library.database import Database
from rag.library.table_store import forget_tables
from rag.records import Block, Figure, Leaf, Owner, Passage, Span, Table

_AT_ONCE = 900  # SQLite takes 32,766 variables a statement, older ones 999


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """Vectors in the order they were stored: *vectors* has shape (len(ids), dim); *last* is the newest's number."""

    ids: list[int]
    owners: list[Owner]
    vectors: NDArray[np.float32]
    last: int


class PassageStore:
    """What was read. Passage ids are never used twice. Safe to use from several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ── writing ──

    def keep(self, document: int, passages: Sequence[Passage], leaves: Sequence[Leaf]) -> list[int]:
        """Store passages and the pages or sheets they were read from, together; the ids are in the order given.

        :raises NoSuchDocument: when the document was removed meanwhile
        """
        ids = []
        with self._database.writing() as connection:
            if not read_documents(connection, [document]):
                raise NoSuchDocument(name=f"#{document}")
            for leaf in leaves:
                connection.execute(
                    insert(schema.leaves).values(
                        document=document,
                        number=leaf.number,
                        name=leaf.name,
                        width=leaf.width,
                        height=leaf.height,
                        characters=_characters(leaf),
                    )
                )
            for passage in passages:
                row = insert(schema.passages).values(document=document, content=pack_passage(passage))
                ids.append(connection.execute(row.returning(schema.passages.c.id)).scalar_one())
            held = select(func.count()).where(schema.passages.c.document == document).scalar_subquery()
            connection.execute(update(schema.documents).where(schema.documents.c.id == document).values(passages=held))
        return ids

    def keep_vectors(self, owner: Owner, embedder: str, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Store vectors, shape (len(ids), dim), made by the model named *embedder*.

        :raises EmbedderMismatch: when the base was built with another model
        :raises NoSuchDocument: when the document was removed meanwhile
        """
        with self._database.writing() as connection:
            if not read_documents(connection, [owner.document]):
                raise NoSuchDocument(name=f"#{owner.document}")
            base = connection.execute(select(schema.bases).where(schema.bases.c.id == owner.base)).one()
            if base.embedder != embedder:
                raise EmbedderMismatch(base=base.name, theirs=base.embedder, ours=embedder)
            connection.execute(
                insert(schema.vectors),
                [
                    {"passage": number, "base": owner.base, "document": owner.document, "vector": vector.tobytes()}
                    for number, vector in zip(ids, np.ascontiguousarray(vectors, dtype="<f4"), strict=True)
                ],
            )

    def clear(self, document: int) -> list[int]:
        """Forget what was read of a document, so that it can be read anew; the ids that are gone."""
        with self._database.writing() as connection:
            return _cleared(connection, document)

    def remove(self, document: int) -> list[int]:
        """Forget a document and all that was read of it; the passage ids that are gone."""
        # In one go: between two, the worker could keep a passage more of a document that is about to go.
        with self._database.writing() as connection:
            ids = _cleared(connection, document)
            forget_tables(connection, document)
            connection.execute(delete(schema.jobs).where(schema.jobs.c.document == document))
            connection.execute(delete(schema.documents).where(schema.documents.c.id == document))
        return ids

    def compact(self) -> None:
        """Let what was removed leave the log of the database too."""
        self._database.checkpoint()

    # ── reading ──

    def passages(self, ids: Iterable[int]) -> list[Passage]:
        """The passages of these ids, in this order; those that are gone are left out."""
        wanted = list(ids)
        found: dict[int, Passage] = {}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = schema.passages.c.id.in_(wanted[start : start + _AT_ONCE])
                rows = connection.execute(select(schema.passages).where(some)).all()
                documents = read_documents(connection, {row.document for row in rows})
                found |= {row.id: unpack_passage(row.id, documents[row.document], row.content) for row in rows}
        return [found[number] for number in wanted if number in found]

    def of_document(self, document: int, *, after: int = 0, limit: int = _AT_ONCE) -> list[Passage]:
        """Passages of a document in reading order, those after the passage *after*."""
        passages = schema.passages
        page = (
            select(passages.c.id)
            .where(passages.c.document == document, passages.c.id > after)
            .order_by(passages.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            ids = list(connection.execute(page).scalars())
        return self.passages(ids)

    def without_vector(self, document: int, limit: int) -> list[Passage]:
        """The first passages of a document that are not embedded yet."""
        passages, vectors = schema.passages, schema.vectors
        missing = (
            select(passages.c.id)
            .outerjoin(vectors, vectors.c.passage == passages.c.id)
            .where(passages.c.document == document, vectors.c.passage.is_(None))
            .order_by(passages.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            ids = list(connection.execute(missing).scalars())
        return self.passages(ids)

    def embedded(self, document: int) -> int:
        """How many passages of a document have their vector."""
        count = select(func.count()).where(schema.vectors.c.document == document)
        with self._database.reading() as connection:
            return connection.execute(count).scalar_one()

    def count(self) -> int:
        """How many passages there are."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(schema.passages)).scalar_one()

    def owners(self) -> dict[int, Owner]:
        """Whose each passage is."""
        joined = schema.passages.join(schema.documents, schema.documents.c.id == schema.passages.c.document)
        rows = select(schema.passages.c.id, schema.documents.c.base, schema.documents.c.id).select_from(joined)
        with self._database.reading() as connection:
            return {number: Owner(base, document) for number, base, document in connection.execute(rows)}

    def leaf_names(self, document: int) -> list[tuple[int, str | None]]:
        """Number and printed label, or sheet name, of each page or sheet that was read."""
        leaves = schema.leaves
        rows = select(leaves.c.number, leaves.c.name).where(leaves.c.document == document).order_by(leaves.c.number)
        with self._database.reading() as connection:
            return [(number, name) for number, name in connection.execute(rows)]

    def leaf_characters(self, document: int) -> dict[int, int]:
        """How many characters of text were read on each page or sheet, by its number."""
        leaves = schema.leaves
        rows = select(leaves.c.number, leaves.c.characters).where(leaves.c.document == document)
        with self._database.reading() as connection:
            return {row.number: row.characters for row in connection.execute(rows)}

    # ── catching up ──

    def vectors_after(self, sequence: int, bases: Iterable[int], limit: int) -> StoredVectors:
        """At most *limit* vectors of *bases* that were stored after number *sequence*, oldest first."""
        vectors = schema.vectors
        rows = (
            select(vectors)
            .where(vectors.c.sequence > sequence, vectors.c.base.in_(list(bases)))
            .order_by(vectors.c.sequence)
            .limit(limit)
        )
        with self._database.reading() as connection:
            found = connection.execute(rows).all()
        joined = np.frombuffer(b"".join(row.vector for row in found), dtype="<f4")
        return StoredVectors(
            ids=[row.passage for row in found],
            owners=[Owner(row.base, row.document) for row in found],
            vectors=joined.reshape(len(found), -1 if found else 0),
            last=found[-1].sequence if found else sequence,
        )

    def vector_ids(self, bases: Iterable[int]) -> set[int]:
        """The passages of *bases* that have a vector."""
        rows = select(schema.vectors.c.passage).where(schema.vectors.c.base.in_(list(bases)))
        with self._database.reading() as connection:
            return set(connection.execute(rows).scalars())

    def removed_after(self, sequence: int) -> tuple[list[int], int]:
        """Passage ids that went after removal number *sequence*, and the newest number."""
        removals = schema.removals
        rows = select(removals).where(removals.c.sequence > sequence).order_by(removals.c.sequence)
        with self._database.reading() as connection:
            found = connection.execute(rows).all()
        ids = [number for row in found for number in json.loads(row.passages)]
        return ids, found[-1].sequence if found else sequence


def _cleared(connection: Connection, document: int) -> list[int]:
    ids = list(connection.execute(select(schema.passages.c.id).where(schema.passages.c.document == document)).scalars())
    for table in (schema.vectors, schema.passages, schema.leaves):
        connection.execute(delete(table).where(table.c.document == document))
    if ids:
        connection.execute(insert(schema.removals).values(document=document, passages=json.dumps(ids)))
    connection.execute(update(schema.documents).where(schema.documents.c.id == document).values(passages=0, leaves=0))
    return ids


def _characters(leaf: Leaf) -> int:
    return sum(map(_length, leaf.blocks))


def _length(block: Block) -> int:
    match block:
        case Table(_, rows):
            return sum(len(cell.text) for row in rows for cell in row)
        case Figure(caption):
            return sum(len(span.text) for span in caption)
        case Span(text):
            return len(text)
