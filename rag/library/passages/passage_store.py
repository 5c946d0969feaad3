"""Passages and their vectors; and what an index must know to catch up with them."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ScalarSelect, and_, bindparam, delete, func, insert, or_, select

from rag.errors import NoSuchDocument
from rag.library.catalog import read_documents
from rag.library.database import Database, schema
from rag.library.database.codec import unpack_passage
from rag.library.database.remembered import Remembered
from rag.library.documents.leaf_store import keep_leaves
from rag.library.passages.figure_captions import captions_beside
from rag.library.passages.passage_rows import clear_passages, count_passages, keep_vectors, packed, pages_of, shown
from rag.library.tables.table_kept import forget_tables
from rag.records import Leaf, Owner, Passage, Spot
from rag.stopwatch import timed

_AT_ONCE = 900  # SQLite takes 32,766 variables a statement, older ones 999

# Statements that every question asks are put together once.
_GIVEN = select(func.json_each(bindparam("ids")).table_valued("value").c.value)
_KEPT = schema.passages.c
_PASSAGES = select(_KEPT.id, _KEPT.document, _KEPT.content, _KEPT.edition).where(_KEPT.id.in_(_GIVEN))
_LAST_LEAF = and_(schema.leaves.c.document == _KEPT.document, schema.leaves.c.number == _KEPT.last_leaf)
# In one row: each row that is fetched lets another thread take the interpreter.
_SPOTS = (
    select(*map(func.json_group_array, (_KEPT.id, _KEPT.document, _KEPT.last_leaf, schema.leaves.c.topic)))
    .select_from(schema.passages.outerjoin(schema.leaves, _LAST_LEAF))
    .where(_KEPT.id.in_(_GIVEN))
)


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
        self._newest_removal = Remembered(database, self._read_newest_removal)

    # ── writing ──

    def keep(self, document: int, passages: Sequence[Passage], leaves: Sequence[Leaf]) -> list[int]:
        """Store passages and the pages or sheets they were read from, together; the ids are in the order given.

        :raises NoSuchDocument: when the document was removed meanwhile
        """
        ids: list[int] = []
        rows = [{"document": document, **packed(passage)} for passage in passages]
        with self._database.writing() as connection:
            if not read_documents(connection, [document]):
                raise NoSuchDocument(name=f"#{document}")
            keep_leaves(connection, document, leaves)
            if rows:
                kept = insert(schema.passages).returning(schema.passages.c.id, sort_by_parameter_order=True)
                ids += connection.execute(kept, rows).scalars()
            count_passages(connection, document)
        return ids

    def keep_vectors(self, owner: Owner, embedder: str, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Store vectors, shape (len(ids), dim), made by the model named *embedder*.

        :raises EmbedderMismatch: when the base neither has this model nor is to have it
        :raises NoSuchDocument: when the document was removed meanwhile
        """
        with self._database.writing() as connection:
            keep_vectors(connection, owner, embedder, ids, vectors)

    def known_vectors(self, embedder: str, digests: Collection[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The vectors that a model made of passages that read like those with these digests, each of shape (dim,)."""
        passages, vectors = schema.passages, schema.vectors
        joined = select(passages.c.digest, vectors.c.vector).join(vectors, vectors.c.passage == passages.c.id)
        wanted, found = list(digests), {}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = passages.c.digest.in_(wanted[start : start + _AT_ONCE])
                for digest, vector in connection.execute(joined.where(some, vectors.c.embedder == embedder)):
                    found[digest] = np.frombuffer(vector, dtype="<f4")
        return found

    def clear(self, document: int) -> list[int]:
        """Forget what was read of a document, so that it can be read anew; the ids that are gone."""
        with self._database.writing() as connection:
            return clear_passages(connection, document)

    def remove(self, document: int) -> list[int]:
        """Forget a document and all that was read of it; the passage ids that are gone."""
        # In one transaction: between two, the worker could keep another passage of a document that is being removed.
        with self._database.writing() as connection:
            ids = clear_passages(connection, document)
            forget_tables(connection, document)
            connection.execute(delete(schema.views).where(schema.views.c.document == document))
            connection.execute(delete(schema.jobs).where(schema.jobs.c.document == document))
            connection.execute(delete(schema.documents).where(schema.documents.c.id == document))
        return ids

    def compact(self) -> None:
        """Remove what was deleted from the database's log too."""
        self._database.checkpoint()

    # ── reading ──

    @timed("passages")
    def passages(self, ids: Iterable[int], *, whole: bool = False) -> list[Passage]:
        """The passages of these ids, in this order; those that are gone are left out.

        While a document is read again, no word comes twice: of a page that was read again its new passages are shown,
        and of the others the old ones, each without what it holds of other pages unless the *whole* is asked for.
        """
        wanted = list(ids)
        found: dict[int, Passage | None] = {}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = {"ids": json.dumps(wanted[start : start + _AT_ONCE])}
                rows = connection.execute(_PASSAGES, some).all()
                documents = read_documents(connection, {document for _, document, _, _ in rows})
                for number, document, content, edition in rows:
                    kept = unpack_passage(number, documents[document], content)
                    found[number] = kept if whole else shown(kept, edition)
        return [passage for number in wanted if (passage := found.get(number)) is not None]

    def spots(self, ids: Collection[int]) -> dict[int, Spot]:
        """Where each of these passages stands; those that are gone are left out."""
        with self._database.reading() as connection:
            columns = connection.execute(_SPOTS, {"ids": json.dumps(list(ids))}).one()
        return {
            number: Spot(document, page or 0, topic or "")
            for number, document, page, topic in zip(*map(json.loads, columns), strict=True)
        }

    def on_pages(self, documents: Collection[int], names: Collection[str]) -> list[int]:
        """The passages of *documents* that stand on a page of one of these numbers, counted or printed, in order: those
        that end there, and the one behind them where it begins there.
        """
        leaves, last = schema.leaves, _KEPT.last_leaf
        before = func.lag(last, 1, 0).over(partition_by=_KEPT.document, order_by=_KEPT.id)
        there = select(_KEPT.id, _KEPT.document, last, before.label("before")).where(
            _KEPT.document.in_(list(documents))
        )
        own = there.cte().c
        numbers = [int(name) for name in names if name.isascii() and name.isdecimal()]
        named = or_(leaves.c.number.in_(numbers), func.lower(leaves.c.name).in_(list(names)))
        may_stand = and_(own.before <= leaves.c.number, leaves.c.number <= own.last_leaf)
        rows = (
            select(own.id, leaves.c.number, own.last_leaf == leaves.c.number)
            .join(leaves, leaves.c.document == own.document)
            .where(leaves.c.width > 0, named, or_(own.last_leaf == leaves.c.number, may_stand))
            .order_by(own.id)
        )
        with self._database.reading() as connection:
            found = connection.execute(rows).all()
        unsure = self.passages({number for number, _, ends in found if not ends})
        begins = {passage.id: pages_of(passage)[0] for passage in unsure}
        return list(dict.fromkeys(n for n, page, ends in found if ends or (n in begins and begins[n] <= page)))

    def captions(self, ids: Collection[int]) -> dict[int, list[str]]:
        """The captions of the figures beside each of these passages; those that stand beside none are left out."""
        return captions_beside(self._database, self.passages(ids))

    def of_document(self, document: int) -> Iterator[Passage]:
        """The passages of a document in reading order, read some at a time as they are taken."""
        number, after = schema.passages.c.id, 0
        own = select(number).where(schema.passages.c.document == document).order_by(number).limit(_AT_ONCE)
        while True:
            with self._database.reading() as connection:
                ids = list(connection.execute(own.where(number > after)).scalars())
            if not ids:
                return
            yield from self.passages(ids)
            after = ids[-1]

    def without_vector(self, document: int, limit: int, embedder: str | None = None) -> list[Passage]:
        """The first passages of a document that its model, or another *embedder*, has no vector for yet."""
        passages, vectors = schema.passages, schema.vectors
        own = and_(vectors.c.passage == passages.c.id, vectors.c.embedder == (embedder or _embedder_of(document)))
        missing = (
            select(passages.c.id)
            .select_from(passages.outerjoin(vectors, own))
            .where(passages.c.document == document, vectors.c.passage.is_(None))
            .order_by(passages.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            ids = list(connection.execute(missing).scalars())
        return self.passages(ids, whole=True)

    def embedded(self, document: int) -> int:
        """How many passages of a document have their vector, of the model of its base."""
        vectors = schema.vectors
        own = (vectors.c.document == document, vectors.c.embedder == _embedder_of(document))
        count = select(func.count()).select_from(vectors).where(*own)
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

    # ── catching up ──

    def newest_vector(self) -> int:
        """The number of the vector that was stored last."""
        with self._database.reading() as connection:
            return connection.execute(select(func.max(schema.vectors.c.sequence))).scalar() or 0

    def vectors_after(
        self, sequence: int, embedder: str, bases: Iterable[int], limit: int, through: int | None = None
    ) -> StoredVectors:
        """At most *limit* vectors that a model made for *bases*, and that were stored after number *sequence*, oldest
        first; and no later than number *through*, if it is given.
        """
        vectors = schema.vectors
        rows = (
            select(vectors)
            .where(vectors.c.sequence > sequence, vectors.c.embedder == embedder, vectors.c.base.in_(list(bases)))
            .order_by(vectors.c.sequence)
            .limit(limit)
        )
        if through is not None:
            rows = rows.where(vectors.c.sequence <= through)
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
        """The passages of *bases* that have a vector of the model that their base is searched with."""
        vectors, own = schema.vectors, schema.bases
        current = and_(own.c.id == vectors.c.base, own.c.embedder == vectors.c.embedder)
        rows = select(vectors.c.passage).join(own, current).where(vectors.c.base.in_(list(bases)))
        with self._database.reading() as connection:
            return set(connection.execute(rows).scalars())

    def newest_removal(self, *, of_documents: bool = False) -> int:
        """The number of the newest removal; an index that holds nothing yet need not know of earlier ones.

        *of_documents* leaves out passages that newer ones of their document took the place of.
        """
        return self._read_newest_removal(of_documents=True) if of_documents else self._newest_removal.value()

    def _read_newest_removal(self, *, of_documents: bool = False) -> int:
        removals, documents = schema.removals, schema.documents
        newest = select(func.max(removals.c.sequence))
        if of_documents:
            newest = newest.where(removals.c.document.not_in(select(documents.c.id)))
        with self._database.reading() as connection:
            return connection.execute(newest).scalar() or 0

    def removed_after(self, sequence: int) -> tuple[list[int] | None, int]:
        """Passage ids that went after removal number *sequence*, and the newest number.

        ``None`` instead of ids when not all of them are remembered any more.
        """
        removals = schema.removals
        rows = select(removals).where(removals.c.sequence > sequence).order_by(removals.c.sequence)
        with self._database.reading() as connection:
            found = connection.execute(rows).all()
        if not found:
            return [], sequence
        if found[0].sequence > sequence + 1:
            return None, found[-1].sequence
        return [number for row in found for number in json.loads(row.passages)], found[-1].sequence

    def forget_removals(self, kept: int) -> None:
        """Forget all but the newest removals, of which at least one is *kept*."""
        removals = schema.removals
        newest = select(func.max(removals.c.sequence)).scalar_subquery()
        with self._database.writing() as connection:
            connection.execute(delete(removals).where(removals.c.sequence <= newest - max(kept, 1)))


def _embedder_of(document: int) -> ScalarSelect[str]:
    """The model of the base that a document is in."""
    joined = schema.bases.join(schema.documents, schema.documents.c.base == schema.bases.c.id)
    found = select(schema.bases.c.embedder).select_from(joined).where(schema.documents.c.id == document)
    return found.correlate(None).scalar_subquery()
