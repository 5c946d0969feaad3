"""Tables as rows of the catalog: how one is kept with its content in parts, grows, and is forgotten."""

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from rag.library.database import schema
from rag.library.tables.table_content import (
    first_digest,
    has_numbers,
    next_digest,
    pack_head,
    pack_places,
    pack_rows,
    unpack_places,
    words_of,
)
from rag.records import Table, areas, columns_of, places_of

_PART_ROWS = 500
_tables, _parts, _edits = schema.tables, schema.table_parts, schema.table_edits


def forget_tables(connection: Connection, document: int) -> None:
    """Forget the tables of a document on a connection that is open already."""
    forget(connection, _tables.c.document == document)
    connection.execute(delete(_edits).where(_edits.c.document == document))


def keep(connection: Connection, document: int, leaf: int, table: Table, *, deep: bool) -> None:
    """Keep a table that begins on page or sheet *leaf*."""
    head = table.head
    values = {
        "document": document,
        "deep": deep,
        "shown": not deep,
        "first_leaf": leaf,
        "last_leaf": leaf,
        "title": head.called,
        "unit": head.counts_in,
        "words": words_of(table),
        "heads": sum(bool(row) for row in head.header),
        "rows": 0,
        "columns": "[]",
        "numbers": False,
        "digest": first_digest(leaf, table),
        "head": pack_head(head),
        "places": pack_places(()),
    }
    number = connection.execute(insert(_tables).values(**values).returning(_tables.c.id)).scalar_one()
    grow(connection, connection.execute(select(_tables).where(_tables.c.id == number)).one(), leaf, table)


def grow(connection: Connection, row: Row[Any], leaf: int, table: Table) -> None:
    """Put the rows of *table*, and its heads if it has any, under what *row* holds."""
    rows = [cells for cells in table.rows if cells]
    for start in range(0, len(rows), _PART_ROWS):
        some = rows[start : start + _PART_ROWS]
        connection.execute(insert(_parts).values(table=row.id, rows=len(some), content=pack_rows(some)))
    everything = [*table.head.header, *rows]
    connection.execute(
        update(_tables)
        .where(_tables.c.id == row.id)
        .values(
            last_leaf=leaf,
            rows=row.rows + len(rows),
            columns=json.dumps(sorted({*json.loads(row.columns), *columns_of(everything)})),
            numbers=row.numbers or has_numbers(rows),
            digest=next_digest(row.digest, everything),
            places=pack_places(areas([*unpack_places(row.places), *places_of(table)])),
        )
    )


def last_of(connection: Connection, document: int, after: int | None, *, deep: bool) -> Row[Any] | None:
    """The table that was added last in a pass, *after* those of other passes."""
    this_pass = _tables.c.shown != deep if after is None else _tables.c.id > after
    rows = select(_tables).where(_tables.c.document == document, _tables.c.deep == deep, this_pass)
    return connection.execute(rows.order_by(_tables.c.id.desc()).limit(1)).first()


def forget(connection: Connection, which: ColumnElement[bool]) -> None:
    """Nothing is left of the tables that *which* tells."""
    connection.execute(delete(_parts).where(_parts.c.table.in_(select(_tables.c.id).where(which))))
    connection.execute(delete(_tables).where(which))
