"""Tables to look at, set right and take away: each only for those who may read its document."""

from collections.abc import Collection
from dataclasses import dataclass

from rag.library.members import Members
from rag.library.tables.table_store import TableStore
from rag.records import Grid, Place, TableEdit, TableInfo, TableList, TableQuery

AT_ONCE = 200  # rows


@dataclass(frozen=True, slots=True)
class Tables:
    """What may be done with the tables that were read. Who is asking comes first."""

    store: TableStore
    members: Members

    def listed(
        self, who: str, query: TableQuery, *, bases: Collection[int] = (), documents: Collection[int] = ()
    ) -> TableList:
        """The tables that *who* may read and wants, newest document first."""
        return self.store.listed(self.members.scope(who, bases, documents), query)

    def numbers(
        self, who: str, query: TableQuery, *, bases: Collection[int] = (), documents: Collection[int] = ()
    ) -> list[int]:
        """The numbers of all of them, in the order of the list."""
        return self.store.numbers(self.members.scope(who, bases, documents), query)

    def units(self, who: str, *, bases: Collection[int] = (), documents: Collection[int] = ()) -> list[str]:
        """The units of the tables, that of most tables first."""
        return self.store.units(self.members.scope(who, bases, documents))

    def opened(self, who: str, number: int, *, start: int = 0, count: int | None = AT_ONCE) -> tuple[TableInfo, Grid]:
        """A table, and *count* of its rows from *start* on (all of them when it is ``None``).

        :raises NoSuchTable: when it is gone
        :raises NoSuchBase: when its base is not for *who*
        """
        return self._seen(who, number), self.store.grid(number, start, count)

    def at(self, who: str, document: int, places: Collection[Place]) -> int | None:
        """The number of the table of a document in which one of *places* lies, if there is one."""
        return self.store.at(self.members.document(who, document).id, tuple(places))

    def edit(
        self,
        who: str,
        number: int,
        *,
        heads: int | None = None,
        title: str | None = None,
        unit: str | None = None,
    ) -> TableInfo:
        """Correct how many of the first rows are heads, the title or the unit; what is not given stays as it is.

        :raises NoSuchTable: when it is gone
        """
        edit = self._seen(who, number).edit
        self.store.edit(
            number,
            TableEdit(
                edit.heads if heads is None else heads,
                edit.title if title is None else _line(title),
                edit.unit if unit is None else _line(unit),
            ),
        )
        return self.store.info(number)

    def restore(self, who: str, number: int) -> TableInfo:
        """Bring a table back as it was read; what was put under it stands by itself again.

        :raises NoSuchTable: when it is gone
        """
        self._seen(who, number)
        self.store.edit(number, TableEdit())
        self.store.part(number)
        return self.store.info(number)

    def merge(self, who: str, first: int, second: int) -> TableInfo:
        """Put the rows of the second table below those of the first, column by column.

        :raises CannotMerge: when they are one table, or of two documents
        :raises NoSuchTable: when one of them is gone
        """
        self._seen(who, first)
        self._seen(who, second)
        self.store.put_under(first, second)
        return self.store.info(first)

    def _seen(self, who: str, number: int) -> TableInfo:
        info = self.store.info(number)
        self.members.base(who, info.document.base)
        return info


def _line(text: str) -> str:
    return " ".join(text.split())[:300]
