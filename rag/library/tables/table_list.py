"""Which tables there are: rows of the catalog, with corrections by hand, as values without content."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select

from rag.errors import NoSuchTable
from rag.library.catalog import read_documents
from rag.library.database import schema
from rag.library.tables.hidden_rows import count_in, hidden_rows
from rag.library.tables.table_content import unpack_head, unpack_places
from rag.records import (
    Cells,
    Document,
    Page,
    Place,
    Scope,
    TableEdit,
    TableHead,
    TableInfo,
    TableQuery,
    areas,
    cell_corners,
)
from rag.records import Row as CellRow

_tables, _edits, _documents = schema.tables, schema.table_edits, schema.documents
_LONGEST = 160
ORDER = (_documents.c.id.desc(), _tables.c.first_leaf, _tables.c.id)
TITLE: ColumnElement[str] = func.coalesce(_edits.c.title, _tables.c.title)
UNIT: ColumnElement[str] = func.coalesce(_edits.c.unit, _tables.c.unit)


@dataclass(frozen=True, slots=True)
class Piece:
    """A table as it was read, or one that was put under another."""

    number: int
    header: tuple[CellRow, ...]
    columns: tuple[int, ...]


def joined_tables() -> Any:
    """Tables beside their documents and what was changed in them."""
    same = and_(_edits.c.document == _tables.c.document, _edits.c.digest == _tables.c.digest)
    return _tables.join(_documents, _documents.c.id == _tables.c.document).outerjoin(_edits, same)


def table_rows() -> Select[Any]:
    """Rows of tables, with ``edited_heads``, ``edited_title``, ``edited_unit``, and which other they are ``under``."""
    changed = [getattr(_edits.c, name).label(f"edited_{name}") for name in ("heads", "title", "unit")]
    return select(_tables, *changed, _edits.c.under).select_from(joined_tables())


def wanted(scope: Scope, query: TableQuery) -> list[ColumnElement[bool]]:
    """The conditions of a list: what *scope* allows and *query* wants."""
    which: list[ColumnElement[bool]] = [_tables.c.shown, _documents.c.base.in_(scope.bases), _by_itself()]
    if scope.only is not None:
        which.append(_documents.c.id.in_(scope.only))
    if scope.never:
        which.append(_documents.c.id.not_in(scope.never))
    if scope.pages:  # a sheet has no page
        stretches = [and_(_tables.c.first_leaf >= a, _tables.c.last_leaf <= b) for a, b in scope.pages]
        which += [_documents.c.kind == "pdf", or_(*stretches)]
    if query.kind:
        which.append(_documents.c.kind == query.kind)
    if query.unit:
        which.append(UNIT == query.unit)  # noqa: SIM300 - SQLAlchemy makes a condition of it
    if query.numbers:
        which.append(_tables.c.numbers)
    if query.pages is not None:
        which += [_tables.c.first_leaf <= query.pages[1], _tables.c.last_leaf >= query.pages[0]]
    for word in query.text.casefold().split():
        # Names and titles by hand are not folded in the catalog; LIKE folds the letters of English.
        texts = (_tables.c.words, _documents.c.name, TITLE, UNIT)
        which.append(or_(*(text.contains(word, autoescape=True) for text in texts)))
    return which


def table_row(connection: Connection, number: int) -> Row[Any]:
    """:raises NoSuchTable: when there is none of this number"""
    found = connection.execute(table_rows().where(_tables.c.id == number, _tables.c.shown)).first()
    if found is None:
        raise NoSuchTable
    return found


def infos(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[TableInfo]:
    """What a list shows of *rows*."""
    documents = read_documents(connection, {row.document for row in rows})
    under = _under(connection, rows)
    hidden = hidden_rows(connection, documents.values())
    for row in rows:
        info = _info(row, documents[row.document])
        info = _with_parts(info, row, under[row.id]) if row.id in under else info
        yield replace(info, hidden=count_in(row.document, info.places, hidden)) if hidden else info


def pieces(connection: Connection, row: Row[Any]) -> list[Piece]:
    """A table and those that were put under it."""
    under = _under(connection, [row]).get(row.id, [])
    return [Piece(each.id, unpack_head(each.head).header, tuple(json.loads(each.columns))) for each in (row, *under)]


def shown_under(connection: Connection, row: Row[Any]) -> int:
    """The number of the table under which *row* is listed; its own when it stands by itself."""
    above = select(_tables.c.id).where(_tables.c.document == row.document, _tables.c.shown)
    found = connection.execute(above.where(_tables.c.digest == row.under)).scalar() if row.under else None
    return int(found or row.id)


def repeats(header: Sequence[CellRow], first: Sequence[CellRow]) -> bool:
    """Whether the heads of a table that goes under another say the same as those of the first."""
    return [_texts(row) for row in header if row] == [_texts(row) for row in first if row]


def _by_itself() -> ColumnElement[bool]:
    """Whether a table was not put under another that is there."""
    above = schema.tables.alias("above")
    there = exists().where(above.c.document == _tables.c.document, above.c.shown, above.c.digest == _edits.c.under)
    return or_(_edits.c.under.is_(None), ~there)


def _under(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, list[Row[Any]]]:
    """The tables that were put under each of *rows*, by its number, in the order in which they were put there."""
    by_key = {(row.document, row.digest): row.id for row in rows}
    documents = {row.document for row in rows}
    which = (_tables.c.document.in_(documents), _tables.c.shown, _edits.c.under.is_not(None))
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(table_rows().where(*which).order_by(_edits.c.position, _tables.c.id)):
        number = by_key.get((row.document, row.under))
        if number is not None:
            found.setdefault(number, []).append(row)
    return found


def _info(row: Row[Any], document: Document) -> TableInfo:
    edit = TableEdit(row.edited_heads, row.edited_title, row.edited_unit)
    heads = row.heads if edit.heads is None else min(edit.heads, row.heads + row.rows)
    return TableInfo(
        id=row.id,
        document=document,
        title=row.title if edit.title is None else edit.title,
        unit=row.unit if edit.unit is None else edit.unit,
        places=unpack_places(row.places),
        heads=heads,
        rows=row.heads + row.rows - heads,
        columns=len(json.loads(row.columns)),
        numbers=row.numbers,
        about=_about(row),
        draft=not row.deep and document.kind == "pdf",
        edit=edit,
    )


def _with_parts(info: TableInfo, row: Row[Any], under: Sequence[Row[Any]]) -> TableInfo:
    first = unpack_head(row.head).header
    more = sum(each.rows + (0 if repeats(_header(each), first) else each.heads) for each in under)
    return replace(
        info,
        rows=info.rows + more,
        columns=max(info.columns, *(len(json.loads(each.columns)) for each in under)),
        places=areas([*info.places, *(place for each in under for place in unpack_places(each.places))]),
        parts=tuple(each.id for each in under),
    )


def _about(row: Row[Any]) -> str:
    """The lowest of its heads, or the first of its labels."""
    heads = [" ".join(cell.text.split()) for cell in next(reversed(_header(row)), ())]
    return " · ".join(filter(None, heads or row.words.split("\n", 4)[:4]))[:_LONGEST]


def _header(row: Row[Any]) -> tuple[CellRow, ...]:
    head: TableHead = unpack_head(row.head)
    return head.header


def _texts(row: CellRow) -> list[str]:
    return [cell.text for cell in row]


def holds(area: Place, place: Place) -> bool:
    """Whether *place* lies in the *area* of a table."""
    match area, place:
        case Page(number, _, box), Page(other, _, inner):
            if box is None or inner is None or number != other:
                return number == other
            x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
            return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
        case Cells(sheet, around), Cells(other, cell) if sheet == other:
            top, left, bottom, right = cell_corners(around)
            first_row, first_column, _, _ = cell_corners(cell)
            return top <= first_row <= bottom and left <= first_column <= right
    return False
