"""Tables: listed, opened, set right by hand."""

from collections.abc import Collection

from rag.records import Grid, TableInfo, TableList, TableQuery
from rag.showing.tables import AT_ONCE
from rag.workspace.held import Held


class TablesKept(Held):
    """What may be done with tables."""

    __slots__ = ()

    def tables(
        self,
        who: str,
        query: TableQuery | None = None,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
    ) -> TableList:
        """The tables of *bases*, or of *documents*, that *query* wants, newest document first."""
        return self.kept_tables.listed(who, query or TableQuery(), bases=bases, documents=documents)

    def table(self, who: str, number: int, *, start: int = 0, count: int | None = AT_ONCE) -> tuple[TableInfo, Grid]:
        """A table, and *count* of its rows from *start* on; all of them when it is ``None``.

        :raises NoSuchTable: when it is gone
        """
        return self.kept_tables.opened(who, number, start=start, count=count)

    def edit_table(
        self, who: str, number: int, *, heads: int | None = None, title: str | None = None, unit: str | None = None
    ) -> TableInfo:
        """Correct how many of the first rows are heads, the title or the unit; what was read is kept too.

        :raises NoSuchTable: when it is gone
        """
        return self.kept_tables.edit(who, number, heads=heads, title=title, unit=unit)

    def merge_tables(self, who: str, first: int, second: int) -> TableInfo:
        """Put the rows of the second table below those of the first.

        :raises CannotMerge: when they are one table, or of two documents
        """
        return self.kept_tables.merge(who, first, second)
