"""What a person corrected in tables: kept beside what was read, on a connection that is open already."""

from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from rag.errors import CannotMerge
from rag.library.database import schema
from rag.records import TableEdit

_edits = schema.table_edits


def lay_over(connection: Connection, row: Row[Any], edit: TableEdit) -> None:
    """Keep *edit* for a table in the place of what was kept before."""
    heads = None if edit.heads is None else max(0, min(edit.heads, row.heads + row.rows))
    _change(connection, row, {"heads": heads, "title": edit.title, "unit": edit.unit})


def put_under(connection: Connection, above: Row[Any], below: Row[Any]) -> None:
    """Let the rows of a table, and of what is under it, stand below those of the one *above*.

    :raises CannotMerge: when they are one table, or of two documents, or the first is under another itself
    """
    if above.document != below.document or above.digest == below.digest or above.under is not None:
        raise CannotMerge
    known = select(func.coalesce(func.max(_edits.c.position), 0)).where(_edits.c.document == above.document)
    last = connection.execute(known).scalar_one()
    _change(connection, below, {"under": above.digest, "position": last + 1})
    followers = (_edits.c.document == above.document, _edits.c.under == below.digest)
    moved = {"under": above.digest, "position": _edits.c.position + last + 1}
    connection.execute(update(_edits).where(*followers).values(**moved))


def part(connection: Connection, row: Row[Any]) -> None:
    """Let the tables that were put under this one stand by themselves again."""
    own = (_edits.c.document == row.document, _edits.c.under == row.digest)
    connection.execute(update(_edits).where(*own).values(under=None, position=0))
    _drop_empty(connection, row.document)


def _change(connection: Connection, row: Row[Any], values: dict[str, Any]) -> None:
    own = (_edits.c.document == row.document, _edits.c.digest == row.digest)
    if not connection.execute(update(_edits).where(*own).values(**values)).rowcount:
        connection.execute(insert(_edits).values(document=row.document, digest=row.digest, **values))
    _drop_empty(connection, row.document)


def _drop_empty(connection: Connection, document: int) -> None:
    changes = (_edits.c.heads, _edits.c.title, _edits.c.unit, _edits.c.under)
    nothing = and_(*(change.is_(None) for change in changes))
    connection.execute(delete(_edits).where(_edits.c.document == document, nothing))
