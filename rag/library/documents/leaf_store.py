"""The pages and sheets that were read: how each was read, the figures on it, and what a file holds beside its words."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, and_, delete, insert, select, update

from rag.errors import NoSuchFigure
from rag.library.database import Database, schema
from rag.library.database.codec import pack_notes, unpack_notes
from rag.records import (
    Block,
    Box,
    Cells,
    Extras,
    Figure,
    KeptFigure,
    Leaf,
    LeafReport,
    Page,
    Place,
    Span,
    Table,
    area_name,
    cell_corners,
    joined,
)

_leaves, _figures, _documents = schema.leaves, schema.figures, schema.documents
_WIDTH, _HEIGHT = 48.0, 15.0  # of a cell of usual size, in points
_HIDING = frozenset({"HiddenRows", "FilteredRows", "HiddenColumns"})  # what parts of a sheet are hidden by


class LeafStore:
    """What is known of pages and sheets. Safe to use from several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self, document: int) -> list[tuple[int, str | None]]:
        """Number and printed label, or sheet name, of each page or sheet that was read."""
        rows = select(_leaves.c.number, _leaves.c.name).where(_leaves.c.document == document).order_by(_leaves.c.number)
        with self._database.reading() as connection:
            return [(number, name) for number, name in connection.execute(rows)]

    def name(self, document: int, number: int) -> str | None:
        """The label of a page, whether the file gives it or it was read off the page."""
        own = _leaves.c.document == document, _leaves.c.number == number
        with self._database.reading() as connection:
            found: str | None = connection.execute(select(_leaves.c.name).where(*own)).scalar()
        return found

    def reports(self, document: int) -> list[LeafReport]:
        """How each page or sheet was read, in order."""
        close = and_(_documents.c.close_done >= _leaves.c.number, _documents.c.close_version > 0)
        rows = (
            select(_leaves, close.label("close"))
            .join(_documents, _documents.c.id == _leaves.c.document)
            .where(_leaves.c.document == document)
            .order_by(_leaves.c.number)
        )
        with self._database.reading() as connection:
            return [_report(row) for row in connection.execute(rows)]

    def keep_extras(self, document: int, extras: Extras) -> None:
        """Keep what a file holds beside the words of its pages."""
        packed = _extras().dump_json(extras).decode()
        with self._database.writing() as connection:
            connection.execute(update(_documents).where(_documents.c.id == document).values(extras=packed))

    def extras(self, document: int) -> Extras:
        """What a file holds beside the words of its pages; empty for a file that was read before this was kept."""
        with self._database.reading() as connection:
            packed = connection.execute(select(_documents.c.extras).where(_documents.c.id == document)).scalar()
        return Extras() if packed is None else _extras().validate_json(packed)

    def figures(self, document: int, pages: Collection[int] | None = None) -> list[KeptFigure]:
        """The figures of a document, or of some of its *pages*, in order."""
        rows = _figures_of().where(_figures.c.document == document).order_by(_figures.c.page, _figures.c.id)
        if pages is not None:
            rows = rows.where(_figures.c.page.in_(pages))
        with self._database.reading() as connection:
            return [_figure(row) for row in connection.execute(rows)]

    def figure(self, number: int) -> KeptFigure:
        """:raises NoSuchFigure: when it is gone, perhaps because its document was read again"""
        with self._database.reading() as connection:
            row = connection.execute(_figures_of().where(_figures.c.id == number)).first()
        if row is None:
            raise NoSuchFigure
        return _figure(row)


def report_of(leaf: Leaf) -> LeafReport:
    """How *leaf* was read."""
    return LeafReport(
        leaf.number,
        leaf.name,
        leaf.kind,
        leaf.rotation,
        leaf.confidence,
        sum(map(_length, leaf.blocks)),
        any(isinstance(block, Span) and block.kind == "hidden" for block in leaf.blocks)
        or any(note.code in _HIDING for note in leaf.notes),
        notes=leaf.notes,
        topic=leaf.topic,
    )


def keep_leaves(connection: Connection, document: int, leaves: Sequence[Leaf]) -> None:
    """Keep how *leaves* were read, on a connection that is open already; several of one number are parts of one."""
    here = (_leaves.c.document == document, _leaves.c.number.in_({leaf.number for leaf in leaves}))
    known = {row.number: row._asdict() for row in connection.execute(select(_leaves).where(*here))} if leaves else {}
    new: dict[int, dict[str, Any]] = {}
    for leaf in leaves:
        report = report_of(leaf)
        before = new.get(leaf.number) or known.get(leaf.number)
        if before is not None:
            before["characters"] += report.characters
            before["notes"] = pack_notes([*unpack_notes(before["notes"]), *leaf.notes])
            continue
        new[leaf.number] = {
            "document": document,
            "number": leaf.number,
            "name": leaf.name,
            "width": leaf.width,
            "height": leaf.height,
            "characters": report.characters,
            "kind": leaf.kind,
            "rotation": leaf.rotation,
            "confidence": leaf.confidence,
            "hidden": report.hidden,
            "topic": leaf.topic,
            "notes": pack_notes(leaf.notes),
        }
    for number, values in known.items():
        own = (_leaves.c.document == document, _leaves.c.number == number)
        changed = {name: values[name] for name in ("characters", "notes")}
        connection.execute(update(_leaves).where(*own).values(**changed))
    if new:
        connection.execute(insert(_leaves), list(new.values()))
    _keep_figures(connection, document, leaves)


def forget_leaves(connection: Connection, document: int, numbers: Collection[int] | None = None) -> None:
    """Forget how the leaves of a document were read, or some of them, and their figures."""
    for table, number in ((_leaves, _leaves.c.number), (_figures, _figures.c.page)):
        own = [table.c.document == document]
        if numbers is not None:
            own.append(number.in_(numbers))
        connection.execute(delete(table).where(*own))


def _keep_figures(connection: Connection, document: int, leaves: Iterable[Leaf]) -> None:
    for leaf in leaves:
        for block in leaf.blocks:
            corners = _corners(block.place) if isinstance(block, Figure) else None
            if isinstance(block, Figure) and corners:
                values: dict[str, Any] = dict(zip(("x0", "y0", "x1", "y1"), corners, strict=True))
                values |= {"page": leaf.number, "printed": leaf.name, "caption": joined(block.caption)}
                connection.execute(insert(_figures).values(document=document, **values))


def _corners(place: Place) -> tuple[float, float, float, float] | None:
    """The box of a figure; for one of a sheet its first column and row, and its last."""
    match place:
        case Page(box=box):
            return box
        case Cells(area=area):
            top, left, bottom, right = cell_corners(area)
            return left, top, right, bottom


def _length(block: Block) -> int:
    """Characters that can be found."""
    match block:
        case Table(_, rows):
            return sum(len(cell.text) for row in rows for cell in row)
        case Figure(caption):
            return sum(len(span.text) for span in caption)
        case Span(text, kind=kind):
            return 0 if kind == "hidden" else len(text)


def _report(row: Row[Any]) -> LeafReport:
    return LeafReport(
        row.number,
        row.name,
        row.kind,
        row.rotation,
        row.confidence,
        row.characters,
        row.hidden,
        row.close,
        unpack_notes(row.notes),
        row.topic,
    )


def _figures_of() -> Select[Any]:
    return select(_figures, _documents.c.kind).join(_documents, _documents.c.id == _figures.c.document)


def _figure(row: Row[Any]) -> KeptFigure:
    box, area = Box(row.x0, row.y0, row.x1, row.y1), ""
    if row.kind == "workbook":
        left, top, right, bottom = map(int, box)
        area = area_name((top, left, bottom, right))
        box = Box((left - 1) * _WIDTH, (top - 1) * _HEIGHT, right * _WIDTH, bottom * _HEIGHT)
    return KeptFigure(row.id, row.document, row.page, row.printed, box, row.caption, area)


@cache
def _extras() -> TypeAdapter[Extras]:
    return TypeAdapter(Extras)
