"""Passages and vectors as rows of the catalog, on a connection that is open: kept, counted, shown, forgotten."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select, update

from rag.errors import EmbedderMismatch, NoSuchDocument
from rag.library.catalog import read_documents
from rag.library.database import schema
from rag.library.database.codec import pack_passage
from rag.library.documents.leaf_store import forget_leaves
from rag.records import Owner, Page, Passage


def clear_passages(connection: Connection, document: int) -> list[int]:
    """Forget the passages of a document, their vectors and its leaves; the ids that are gone."""
    ids = list(connection.execute(select(schema.passages.c.id).where(schema.passages.c.document == document)).scalars())
    for table in (schema.vectors, schema.passages):
        connection.execute(delete(table).where(table.c.document == document))
    forget_leaves(connection, document)
    if ids:
        connection.execute(insert(schema.removals).values(document=document, passages=json.dumps(ids)))
    unread = {"passages": 0, "leaves": 0, "edition": 0, "close_done": 0, "close_version": 0, "reread": False}
    connection.execute(update(schema.documents).where(schema.documents.c.id == document).values(**unread))
    return ids


def keep_vectors(
    connection: Connection, owner: Owner, embedder: str, ids: Sequence[int], vectors: NDArray[np.float32]
) -> None:
    """Store vectors, shape (len(ids), dim), made by the model named *embedder*.

    :raises EmbedderMismatch: when the base neither has this model nor is to have it
    :raises NoSuchDocument: when the document was removed meanwhile
    """
    if not read_documents(connection, [owner.document]):
        raise NoSuchDocument(name=f"#{owner.document}")
    base = connection.execute(select(schema.bases).where(schema.bases.c.id == owner.base)).one()
    if embedder not in {base.embedder, base.next_embedder}:
        raise EmbedderMismatch(base=base.name, theirs=base.embedder, ours=embedder)
    rows = [
        {"passage": number, **owner._asdict(), "vector": vector.tobytes(), "embedder": embedder}
        for number, vector in zip(ids, np.ascontiguousarray(vectors, dtype="<f4"), strict=True)
    ]
    if rows:
        connection.execute(insert(schema.vectors), rows)


def packed(passage: Passage) -> dict[str, Any]:
    """The columns of *passage*, except its id and its owner."""
    return {"content": pack_passage(passage), "last_leaf": pages_of(passage)[1], "digest": passage.digest}


def pages_of(passage: Passage) -> tuple[int, int]:
    """The first and the last page that *passage* stands on; zeros for one of a sheet."""
    numbers = [span.place.number for span in passage.spans if isinstance(span.place, Page)]
    return (min(numbers), max(numbers)) if numbers else (0, 0)


def count_passages(connection: Connection, document: int) -> None:
    """Write down at a document how many passages it has."""
    held = select(func.count()).where(schema.passages.c.document == document).scalar_subquery()
    connection.execute(update(schema.documents).where(schema.documents.c.id == document).values(passages=held))


def shown(passage: Passage, edition: int) -> Passage | None:
    """A passage as far as it is shown; ``None`` when all its pages are shown by passages of another edition."""
    document = passage.document
    if not document.edition:
        return passage
    new = edition == document.edition
    spans = [
        span
        for span in passage.spans
        if not isinstance(span.place, Page) or (span.place.number <= document.close_done) == new
    ]
    if len(spans) == len(passage.spans):
        return passage
    return replace(passage, spans=tuple(spans)) if spans else None
