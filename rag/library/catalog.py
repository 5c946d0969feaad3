"""Bases and documents: the truth. Passages and vectors are in ``passages/``; every index is made from both."""

import time
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from rag.errors import BadName, NameTaken, NoSuchBase, NoSuchDocument
from rag.library.database import Database, Version, schema
from rag.library.database.codec import pack_notes, unpack_about, unpack_notes
from rag.library.database.remembered import Remembered
from rag.library.preferences import glossary_of
from rag.records import Base, Document, DocumentKind, DocumentState, Note

_LONGEST_NAME = 200


class Catalog:
    """What there is. Safe to use from several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bases = Remembered(database, self._read_bases)

    def version(self) -> Version:
        """Differs after every change of the catalog, passages and vectors included; takes microseconds."""
        return self._database.version()

    # ── bases ──

    def bases(self) -> list[Base]:
        """All bases, oldest first; remembered until the catalog changes."""
        return list(self._bases.value().values())

    def embedders(self) -> Mapping[int, str]:
        """The model that each base is searched with."""
        return {number: base.embedder for number, base in self._bases.value().items()}

    def base(self, number: int) -> Base:
        """:raises NoSuchBase: when there is none of this number"""
        base = self._bases.value().get(number)
        if base is None:
            raise NoSuchBase(name=f"#{number}")
        return base

    def _read_bases(self) -> Mapping[int, Base]:
        with self._database.reading() as connection:
            return {row.id: _base(row) for row in connection.execute(_bases())}

    def base_named(self, name: str) -> Base:
        """:raises NoSuchBase: when there is none of this name"""
        for base in self.bases():
            if base.name == name.strip():
                return base
        raise NoSuchBase(name=name)

    def create_base(self, name: str, embedder: str) -> Base:
        """A new base that will be embedded by the model named *embedder*.

        :raises NameTaken: when there is one of this name
        :raises BadName: when the name is empty, too long, or has line ends
        """
        name = _base_name(name)
        try:
            with self._database.writing() as connection:
                row = insert(schema.bases).values(name=name, embedder=embedder).returning(schema.bases.c.id)
                number = connection.execute(row).scalar_one()
        except IntegrityError as error:
            raise NameTaken(name=name) from error
        return Base(number, name, embedder)

    def rename_base(self, number: int, name: str) -> None:
        """:raises NameTaken: when there is one of this name; :raises BadName: when it is no name"""
        name = _base_name(name)
        try:
            with self._database.writing() as connection:
                connection.execute(update(schema.bases).where(schema.bases.c.id == number).values(name=name))
        except IntegrityError as error:
            raise NameTaken(name=name) from error

    def remove_base(self, number: int) -> None:
        """Remove a base that has no documents left."""
        with self._database.writing() as connection:
            for table in (schema.gold, schema.runs):
                connection.execute(delete(table).where(table.c.base == number))
            connection.execute(delete(schema.preferences).where(schema.preferences.c.name == glossary_of(number)))
            connection.execute(delete(schema.bases).where(schema.bases.c.id == number))

    # ── documents ──

    def admit(
        self, base: int, name: str, *, digest: str, size: int, kind: DocumentKind, who: str
    ) -> tuple[Document, Note | None]:
        """Enter a document and queue its reading; the same bytes are entered once, another file of the same name
        gets a name of its own. The note says which of the two happened.

        :raises NoSuchBase: when the base was removed meanwhile
        """
        name = shown_name(name)
        documents = schema.documents
        with self._database.writing() as connection:
            check_base(connection, base)
            there = connection.execute(
                _documents().where(documents.c.base == base, documents.c.digest == digest)
            ).first()
            if there is not None:
                return _document(there), Note("AlreadyThere", {"name": name, "known": there.name})
            names = select(documents.c.name).where(documents.c.base == base)
            kept = _free_name(name, set(connection.execute(names).scalars()))
            number = connection.execute(
                insert(documents)
                .values(
                    base=base,
                    name=kept,
                    digest=digest,
                    kind=kind,
                    size=size,
                    added=time.time(),
                    added_by=who,
                    state="waiting",
                )
                .returning(documents.c.id)
            ).scalar_one()
            connection.execute(insert(schema.jobs).values(document=number, state="queued"))
            row = connection.execute(_documents().where(documents.c.id == number)).one()
        return _document(row), None if kept == name else Note("Renamed", {"name": name, "kept": kept})

    def documents(self, bases: Collection[int]) -> list[Document]:
        """All documents of *bases*, newest first."""
        documents = schema.documents
        with self._database.reading() as connection:
            rows = connection.execute(_documents().where(documents.c.base.in_(bases)).order_by(documents.c.id.desc()))
            return [_document(row) for row in rows]

    def can_be_asked(self, bases: Collection[int]) -> bool:
        """Whether a document of *bases* has words that can be found."""
        documents = schema.documents
        some = select(documents.c.id).where(documents.c.base.in_(bases), documents.c.passages > 0).limit(1)
        with self._database.reading() as connection:
            return connection.execute(some).first() is not None

    def document(self, number: int) -> Document:
        """:raises NoSuchDocument: when there is none of this number"""
        found = self.documents_by_id([number])
        if not found:
            raise NoSuchDocument(name=f"#{number}")
        return found[number]

    def documents_by_id(self, numbers: Collection[int]) -> dict[int, Document]:
        """Those of *numbers* that exist."""
        with self._database.reading() as connection:
            return read_documents(connection, numbers)

    def uses(self, digest: str) -> int:
        """How many documents, in all bases, have these bytes."""
        count = select(func.count()).where(schema.documents.c.digest == digest)
        with self._database.reading() as connection:
            return connection.execute(count).scalar_one()

    def digests(self) -> set[str]:
        """The content hashes of all documents."""
        with self._database.reading() as connection:
            return set(connection.execute(select(schema.documents.c.digest)).scalars())

    # ── how far a document is ──

    def progress(self, document: int, state: DocumentState, done: int, total: int) -> None:
        """Keep that *done* of *total* pages are read, or passages embedded."""
        self._set(document, state=state, done=done, total=total, problem=None)

    def read_through(self, document: int, leaves: int, notes: Iterable[Note]) -> None:
        """Keep that all pages or sheets are read, and the *notes* on them."""
        self._set(document, leaves=leaves, notes=pack_notes(notes))

    def note(self, document: int, notes: Iterable[Note]) -> None:
        """Keep these *notes* on a document in the place of its old ones."""
        self._set(document, notes=pack_notes(notes))

    def _set(self, document: int, **values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute(update(schema.documents).where(schema.documents.c.id == document).values(**values))


def read_documents(connection: Connection, numbers: Collection[int]) -> dict[int, Document]:
    """Those of *numbers* that exist, on a connection that is open already."""
    rows = connection.execute(_documents().where(schema.documents.c.id.in_(numbers)))
    return {row.id: _document(row) for row in rows}


def check_base(connection: Connection, number: int) -> None:
    """Make sure, on a connection that is open already, that a base is still there.

    :raises NoSuchBase: when it was removed
    """
    if connection.execute(select(schema.bases.c.id).where(schema.bases.c.id == number)).first() is None:
        raise NoSuchBase(name=f"#{number}")


def shown_name(name: str) -> str:
    """A file's name as it is kept and shown: one line, no folders, at most 200 characters with the ending kept."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in last).split()) or "unnamed"
    if len(line) <= _LONGEST_NAME:
        return line
    stem, dot, ending = line.rpartition(".")
    if not dot or len(ending) > 10:
        return line[: _LONGEST_NAME - 1] + "…"
    return f"{stem[: _LONGEST_NAME - len(ending) - 2]}….{ending}"


def _free_name(name: str, taken: Collection[str]) -> str:
    if name not in taken:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    copy = 2
    while (candidate := f"{stem} ({copy}){dot}{ending}") in taken:
        copy += 1
    return candidate


def _base_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= 80 or not name.isprintable():
        raise BadName
    return name


def _bases() -> Select[Any]:
    counted = func.count(schema.documents.c.id).label("documents")
    joined = schema.bases.outerjoin(schema.documents, schema.documents.c.base == schema.bases.c.id)
    return select(schema.bases, counted).select_from(joined).group_by(schema.bases.c.id).order_by(schema.bases.c.id)


def _documents() -> Select[Any]:
    return select(schema.documents)


def _base(row: Row[Any]) -> Base:
    return Base(row.id, row.name, row.embedder, row.documents, row.next_embedder)


def _document(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        base=row.base,
        name=row.name,
        digest=row.digest,
        kind=row.kind,
        size=row.size,
        added=datetime.fromtimestamp(row.added, UTC),
        added_by=row.added_by,
        state=row.state,
        leaves=row.leaves,
        passages=row.passages,
        done=row.done,
        total=row.total,
        seconds=row.seconds,
        notes=unpack_notes(row.notes),
        problem=None if row.problem is None else unpack_notes(row.problem)[0],
        edition=row.edition,
        close_done=row.close_done,
        closely=row.close_version > 0,
        search_hidden=row.search_hidden,
        about=unpack_about(row.about),
    )
