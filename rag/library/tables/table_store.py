"""Whole tables of the documents, as they were read; a person's corrections are kept beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from sqlalchemy import and_, delete, func, or_, select, true, update

from rag.errors import NoSuchDocument
from rag.library.catalog import read_documents
from rag.library.database import Database, schema
from rag.library.tables import table_edits
from rag.library.tables.table_content import counted, unpack_places, unpack_rows, words_of
from rag.library.tables.table_kept import forget, forget_tables, grow, keep, last_of
from rag.library.tables.table_list import (
    ORDER,
    UNIT,
    Piece,
    holds,
    infos,
    joined_tables,
    pieces,
    repeats,
    shown_under,
    table_row,
    table_rows,
    wanted,
)
from rag.records import (
    Grid,
    Leaf,
    Note,
    Page,
    Place,
    Scope,
    Table,
    TableEdit,
    TableHead,
    TableInfo,
    TableList,
    TableQuery,
    filled,
)
from rag.records import Row as CellRow

_tables, _parts, _edits = schema.tables, schema.table_parts, schema.table_edits
_MOST_UNITS = 30  # to choose from in a filter


class TableStore:
    """What tables there are. Their numbers are never used twice. Safe to use from several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ── as they are read ──

    def begin(self, document: int, *, deep: bool = False) -> int:
        """A pass over a document begins: what an earlier one had found and not published is forgotten.

        Tables of the first pass are listed as they come, and those of the document's last reading are gone then;
        those of a *deep* one wait until they are published.

        :returns: the number *after* which those that are added now have theirs
        """
        which = and_(_tables.c.deep, ~_tables.c.shown) if deep else true()  # a first pass reads the document anew
        with self._database.writing() as connection:
            forget(connection, and_(_tables.c.document == document, which))
            last = select(func.coalesce(func.max(_tables.c.id), 0)).where(_tables.c.document == document)
            return int(connection.execute(last).scalar_one())

    def add(self, document: int, leaf: Leaf, *, deep: bool = False, after: int | None = None) -> None:
        """Keep the tables of a page or a sheet; one that continues goes under the last one that was added, *after*
        those of other passes.

        A large sheet may come as several leaves of one number.

        :raises NoSuchDocument: when the document was removed meanwhile
        """
        found = [block for block in leaf.blocks if isinstance(block, Table) and any((*block.head.header, *block.rows))]
        if not found:
            return
        with self._database.writing() as connection:
            if not read_documents(connection, [document]):
                raise NoSuchDocument(name=f"#{document}")
            for table in found:
                last = last_of(connection, document, after, deep=deep) if table.continues else None
                if last is None:
                    keep(connection, document, leaf.number, table, deep=deep)
                else:
                    words = words_of(table, last.words)
                    connection.execute(update(_tables).where(_tables.c.id == last.id).values(words=words))
                    grow(connection, last, leaf.number, replace(table, head=TableHead()))

    def publish_some(self, document: int, after: int, through: int) -> None:
        """Tables of the deep pass, whose numbers are *after* this one, take the place of those that were shown, on the
        pages up to *through*. One that goes on behind these waits, and all that begin no earlier wait with it.
        """
        own = _tables.c.document == document
        new = and_(own, _tables.c.id > after)
        cut = select(func.min(_tables.c.first_leaf)).where(new, _tables.c.last_leaf > through)
        with self._database.writing() as connection:
            first = connection.execute(cut).scalar()
            end = through if first is None else min(through, first - 1)
            forget(connection, and_(own, _tables.c.id <= after, _tables.c.last_leaf <= end))
            connection.execute(update(_tables).where(new, _tables.c.last_leaf <= end).values(shown=True))

    def publish(self, document: int, after: int | None = None) -> tuple[Note, ...]:
        """End the deep pass: all at once its tables take the place of those that were shown.

        :returns: a note when changes by hand were dropped because their tables are read differently now
        """
        own = _tables.c.document == document
        there = select(_tables.c.digest).where(own)
        gone = or_(_edits.c.digest.not_in(there), and_(_edits.c.under.is_not(None), _edits.c.under.not_in(there)))
        with self._database.writing() as connection:
            forget(connection, and_(own, _tables.c.shown if after is None else _tables.c.id <= after))
            connection.execute(update(_tables).where(own).values(shown=True))
            dropped = connection.execute(delete(_edits).where(_edits.c.document == document, gone)).rowcount
        return (Note("TableEditsDropped", {"count": dropped}),) if dropped else ()

    def forget(self, document: int) -> None:
        """Delete the tables of a document, and what was changed in them."""
        with self._database.writing() as connection:
            forget_tables(connection, document)

    # ── looking at them ──

    def listed(self, scope: Scope, query: TableQuery) -> TableList:
        """The tables that may be found and are wanted, newest document first, each document in reading order."""
        where = wanted(scope, query)
        count = select(func.count()).select_from(joined_tables()).where(*where)
        page = table_rows().where(*where).order_by(*ORDER).limit(query.count).offset(query.start)
        with self._database.reading() as connection:
            found = connection.execute(count).scalar_one()
            return TableList(tuple(infos(connection, connection.execute(page).all())), found)

    def numbers(self, scope: Scope, query: TableQuery) -> list[int]:
        """The numbers of all tables that are wanted, in the order of the list."""
        rows = select(_tables.c.id).select_from(joined_tables()).where(*wanted(scope, query)).order_by(*ORDER)
        with self._database.reading() as connection:
            return list(connection.execute(rows).scalars())

    def units(self, scope: Scope) -> list[str]:
        """The units of these tables, as many as a filter has room for, that of most tables first."""
        rows = select(UNIT).select_from(joined_tables()).where(*wanted(scope, TableQuery()), UNIT != "")
        with self._database.reading() as connection:
            return list(
                connection.execute(rows.group_by(UNIT).order_by(func.count().desc(), UNIT).limit(_MOST_UNITS)).scalars()
            )

    def info(self, number: int) -> TableInfo:
        """:raises NoSuchTable: when it is gone, perhaps because its document was read again"""
        with self._database.reading() as connection:
            return next(infos(connection, [table_row(connection, number)]))

    def grid(self, number: int, start: int = 0, count: int | None = None) -> Grid:
        """A table, and of its rows under the heads at most *count* from *start* on; they are fetched as they are taken.

        :raises NoSuchTable: when it is gone
        """
        with self._database.reading() as connection:
            row = table_row(connection, number)
            info = next(infos(connection, [row]))
            all_pieces = pieces(connection, row)
        columns = range(1, info.columns + 1)
        header = [filled(cells, columns) for cells in islice(self._rows(all_pieces), info.heads)]
        rows = (filled(cells, columns) for cells in islice(self._rows(all_pieces, info.heads + start), count))
        return Grid(info.title, info.unit, info.places, header, rows)

    def at(self, document: int, places: Sequence[Place]) -> int | None:
        """The number of the table of a document in which one of *places* lies, if there is one."""
        rows = table_rows().where(_tables.c.document == document, _tables.c.shown).order_by(_tables.c.id)
        pages = [place.number for place in places if isinstance(place, Page)]
        if pages:
            rows = rows.where(_tables.c.first_leaf <= max(pages), _tables.c.last_leaf >= min(pages))
        with self._database.reading() as connection:
            for row in connection.execute(rows):
                if any(holds(area, place) for area in unpack_places(row.places) for place in places):
                    return shown_under(connection, row)
        return None

    # ── by hand ──

    def edit(self, number: int, edit: TableEdit) -> None:
        """Keep *edit* for a table in the place of what was kept before.

        :raises NoSuchTable: when it is gone
        """
        with self._database.writing() as connection:
            table_edits.lay_over(connection, table_row(connection, number), edit)

    def put_under(self, first: int, second: int) -> None:
        """Let the rows of the second table, and of what is under it, stand below those of the first.

        :raises CannotMerge: when they are one table, or of two documents, or the first is under another itself
        :raises NoSuchTable: when one of them is gone
        """
        with self._database.writing() as connection:
            table_edits.put_under(connection, table_row(connection, first), table_row(connection, second))

    def part(self, number: int) -> None:
        """Let the tables that were put under this one stand by themselves again.

        :raises NoSuchTable: when it is gone
        """
        with self._database.writing() as connection:
            table_edits.part(connection, table_row(connection, number))

    # ── checking ──

    def owners(self) -> dict[int, int]:
        """The document of each table, whether it is shown or waits."""
        with self._database.reading() as connection:
            return {row.id: row.document for row in connection.execute(select(_tables.c.id, _tables.c.document))}

    def damaged(self) -> list[int]:
        """The tables whose parts do not hold as many rows as they should."""
        held = func.coalesce(func.sum(_parts.c.rows), 0)
        both = _tables.outerjoin(_parts, _parts.c.table == _tables.c.id)
        rows = select(_tables.c.id).select_from(both).group_by(_tables.c.id).having(held != _tables.c.rows)
        with self._database.reading() as connection:
            return list(connection.execute(rows).scalars())

    def _rows(self, all_pieces: Sequence[Piece], skip: int = 0) -> Iterator[CellRow]:
        """Heads and rows as they were read, the columns of each piece counted from 1; repeated heads are left out, and
        so are the first rows that are to be *skipped*.
        """
        first = all_pieces[0].header
        for piece in all_pieces:
            order = {column: place for place, column in enumerate(piece.columns, start=1)}
            repeated = piece is not all_pieces[0] and repeats(piece.header, first)
            heads = [] if repeated else [row for row in piece.header if row]
            for row in heads[skip:]:
                yield counted(row, order)
            skip = max(0, skip - len(heads))
            for number, rows in self._part_numbers(piece.number):
                if skip < rows:
                    for row in islice(self._part(number), skip, None):
                        yield counted(row, order)
                skip = max(0, skip - rows)

    def _part_numbers(self, table: int) -> list[tuple[int, int]]:
        """Number and rows of each part of a table, from top to bottom."""
        parts = select(_parts.c.id, _parts.c.rows).where(_parts.c.table == table).order_by(_parts.c.id)
        with self._database.reading() as connection:
            return [(number, rows) for number, rows in connection.execute(parts)]

    def _part(self, number: int) -> Iterator[CellRow]:
        part = select(_parts.c.content).where(_parts.c.id == number)
        with self._database.reading() as connection:
            content = connection.execute(part).scalar()
        return iter(()) if content is None else unpack_rows(content)  # gone when it is read anew meanwhile
