"""Views of tables, saved under a name; each belongs to a document and goes with it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, get_args

from sqlalchemy import Connection, delete, insert, select

from rag.errors import BadViewName, NoSuchDocument
from rag.library.catalog import read_documents
from rag.library.database import Database, schema
from rag.library.tables.table_content import pack_places, unpack_places
from rag.records import ChartKind, Document, Filter, Function, Measure, PeriodLength, Place, View

_views, _documents = schema.views, schema.documents
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view under its *name*, and where in the *document* its table stands."""

    id: int
    name: str
    document: Document
    places: tuple[Place, ...]
    view: View


class ViewStore:
    """The saved views. Safe to use from several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, document: int, places: Sequence[Place], name: str, view: View) -> int:
        """Keep a view of the table at *places*; it takes the place of one of the same name in this document.

        :returns: its number
        :raises BadViewName: when *name* is empty or too long
        :raises NoSuchDocument: when the document was removed meanwhile
        """
        called = " ".join(name.split())
        if not 0 < len(called) <= _LONGEST_NAME:
            raise BadViewName
        own = (_views.c.document == document, _views.c.name == called)
        with self._database.writing() as connection:
            if not read_documents(connection, [document]):
                raise NoSuchDocument(name=f"#{document}")
            connection.execute(delete(_views).where(*own))
            values = {"document": document, "name": called, "places": pack_places(places), "view": pack_view(view)}
            number: int = connection.execute(insert(_views).values(**values).returning(_views.c.id)).scalar_one()
        return number

    def kept(self, bases: Collection[int]) -> list[KeptView]:
        """The views of all documents of *bases*, by name."""
        rows = select(_views).join(_documents, _documents.c.id == _views.c.document)
        with self._database.reading() as connection:
            return _found(connection, rows.where(_documents.c.base.in_(bases)).order_by(_views.c.name, _views.c.id))

    def one(self, number: int) -> KeptView | None:
        """A view by its number; ``None`` when it is gone."""
        with self._database.reading() as connection:
            return next(iter(_found(connection, select(_views).where(_views.c.id == number))), None)

    def remove(self, number: int) -> None:
        """Forget a view; nothing happens when it is gone already."""
        with self._database.writing() as connection:
            connection.execute(delete(_views).where(_views.c.id == number))


def _found(connection: Connection, rows: Any) -> list[KeptView]:
    found = connection.execute(rows).all()
    documents = read_documents(connection, {row.document for row in found})
    return [
        KeptView(row.id, row.name, documents[row.document], unpack_places(row.places), unpack_view(row.view))
        for row in found
    ]


def pack_view(view: View) -> str:
    """A view as JSON."""
    return json.dumps(asdict(view), ensure_ascii=False, default=lambda day: {"day": day.isoformat()})


def unpack_view(packed: str) -> View:
    """The view that ``pack_view`` packed, without fields that this version does not know."""
    content = json.loads(packed)
    chart, grain = content["chart"], content["grain"]
    return View(
        tuple(content["group"]),
        tuple(Measure(**each) for each in content["measures"] if each["function"] in get_args(Function)),
        content["pivot"],
        grain if grain in get_args(PeriodLength) else None,
        tuple(_filter(each) for each in content["filters"]),
        tuple(content["columns"]),
        content["sort"],
        content["descending"],
        chart if chart in get_args(ChartKind) else None,
        content["upright"],
    )


def _filter(content: dict[str, Any]) -> Filter:
    return Filter(content["column"], tuple(content["values"]), _end(content["low"]), _end(content["high"]))


def _end(content: Any) -> float | date | None:
    if isinstance(content, dict):
        return date.fromisoformat(content["day"])
    return None if content is None else float(content)
