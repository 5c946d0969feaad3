"""The change of a base to another embedding model: which one, how far it is, and the moment of the change."""

from dataclasses import dataclass

from sqlalchemy import Connection, Select, and_, delete, func, select, update

from rag.library.database import Database, schema

_bases, _documents, _passages, _vectors = schema.bases, schema.documents, schema.passages, schema.vectors
_AT_ONCE = 2000  # vectors deleted in one transaction, so that other writers need not wait


@dataclass(frozen=True, slots=True)
class Generation:
    """*done* of the *total* passages of a base have a vector of the *embedder* that it is to have."""

    base: int
    embedder: str
    done: int
    total: int


class Generations:
    """The models that bases are to have. Safe to use from several processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, base: int, embedder: str) -> bool:
        """Change a base to another model once all its passages are embedded with it; ``False`` when it has it already.

        A change to a third model that is under way is given up.
        """
        own = _bases.c.id == base
        with self._database.writing() as connection:
            row = connection.execute(select(_bases).where(own)).one()
            if row.next_embedder not in {None, embedder}:
                _forget(connection, base, row.next_embedder)
            wanted = None if embedder == row.embedder else embedder
            past = None if row.past_embedder == wanted else row.past_embedder
            connection.execute(update(_bases).where(own).values(next_embedder=wanted, past_embedder=past))
        return wanted is not None

    def under_way(self) -> list[Generation]:
        """The changes that are not complete, oldest base first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(_bases).where(_bases.c.next_embedder.is_not(None)).order_by(_bases.c.id))
            return [
                Generation(row.id, row.next_embedder, *_progress(connection, row.id, row.next_embedder))
                for row in rows.all()
            ]

    def next_document(self, base: int, embedder: str) -> int | None:
        """A document of a base with a passage that has no vector of *embedder*."""
        with self._database.reading() as connection:
            return connection.execute(_missing(base, embedder).limit(1)).scalars().first()

    def change(self, base: int) -> bool:
        """Search a base with its new model from now on, if every passage has its vector; else ``False``."""
        own = _bases.c.id == base
        with self._database.writing() as connection:
            row = connection.execute(select(_bases).where(own)).first()
            if row is None or row.next_embedder is None:
                return False
            if connection.execute(_missing(base, row.next_embedder).limit(1)).first() is not None:
                return False
            changed = {"embedder": row.next_embedder, "next_embedder": None, "past_embedder": row.embedder}
            connection.execute(update(_bases).where(own).values(**changed))
        return True

    def clear(self) -> bool:
        """Delete some vectors of models that bases had before; ``False`` when there are none."""
        with self._database.writing() as connection:
            row = connection.execute(select(_bases).where(_bases.c.past_embedder.is_not(None))).first()
            if row is None:
                return False
            if not _forget(connection, row.id, row.past_embedder, _AT_ONCE):
                connection.execute(update(_bases).where(_bases.c.id == row.id).values(past_embedder=None))
        return True


def _missing(base: int, embedder: str) -> Select[int]:
    own = and_(_vectors.c.passage == _passages.c.id, _vectors.c.embedder == embedder)
    joined = _passages.join(_documents, _documents.c.id == _passages.c.document).outerjoin(_vectors, own)
    missing = (_documents.c.base == base, _vectors.c.passage.is_(None))
    return select(_passages.c.document).select_from(joined).where(*missing)


def _progress(connection: Connection, base: int, embedder: str) -> tuple[int, int]:
    own = (_vectors.c.base == base, _vectors.c.embedder == embedder)
    done = connection.execute(select(func.count()).select_from(_vectors).where(*own)).scalar_one()
    total = select(func.coalesce(func.sum(_documents.c.passages), 0)).where(_documents.c.base == base)
    return done, connection.execute(total).scalar_one()


def _forget(connection: Connection, base: int, embedder: str, most: int | None = None) -> int:
    own = (_vectors.c.base == base, _vectors.c.embedder == embedder)
    some = select(_vectors.c.sequence).where(*own).limit(most)
    return connection.execute(delete(_vectors).where(_vectors.c.sequence.in_(some))).rowcount
