"""A table worked with by hand: its columns typed, its rows filtered, grouped and summed, and views of it saved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rag.asking.computing import Computing
from rag.figures.computing import Source
from rag.figures.database.running import cells_of
from rag.figures.typed import TypedTable
from rag.figures.views import behind, listed, worked
from rag.language import is_chinese
from rag.library.tables.view_store import ViewStore
from rag.records import Place, SavedView, TableInfo, Value, View, Worked
from rag.showing.tables import Tables


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that can be worked with. Views are given to it as they fit its shape (``fitted``)."""

    info: TableInfo
    source: Source

    def shape(self, view: View) -> TypedTable:
        """The table as *view* takes it: as it stands, or with a row for each period."""
        shapes = self._shapes()
        return shapes[-1] if view.upright else shapes[0]

    @property
    def has_periods(self) -> bool:
        """Whether periods are the heads of its columns, so that it can stand upright."""
        return len(self._shapes()) > 1

    def result(self, view: View) -> Worked:
        """What *view*, which has measures, comes to.

        :raises CannotCompute: when it takes too long or too much memory
        """
        table = self.shape(view)
        return worked(view, table, self.source.engine(table))

    def rows(self, view: View) -> list[int]:
        """The numbers of the rows that *view* wants, sorted; of one with measures, those that go in."""
        table = self.shape(view)
        return listed(view, table, self.source.engine(table))

    def cells(self, view: View, known: Mapping[str, Value]) -> tuple[Place, ...]:
        """The cells behind the results of *view* whose keys have the *known* values; all of them when none is given."""
        table = self.shape(view)
        rows = behind(view, table, self.source.engine(table), known)
        names = dict.fromkeys([*known, *(measure.column for measure in view.measures if measure.column)])
        columns = [table.named(name) for name in names] or range(len(table.columns))
        return cells_of(table, rows, columns)

    def cells_of_row(self, view: View, row: int) -> tuple[Place, ...]:
        """The cells of one row."""
        return tuple(dict.fromkeys(place for place in self.shape(view).places[row] if place is not None))

    def _shapes(self) -> tuple[TypedTable, ...]:
        # In the language of the table, not of who looks: a kept view names these columns.
        names = " ".join(column.name for column in self.source.table.columns)
        return self.source.shapes(chinese=is_chinese(f"{names} {self.source.table.title}"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What may be done with tables by hand. Who is asking comes first."""

    tables: Tables
    views: ViewStore
    computing: Computing

    def open(self, who: str, number: int) -> OpenTable | TableInfo:
        """A table to work with; only what is known of it when it is too small or too large for that.

        :raises NoSuchTable: when it is gone
        :raises NoSuchBase: when its base is not for *who*
        """
        info, _ = self.tables.opened(who, number, count=0)
        source = self.computing.source(info)
        return info if source is None else OpenTable(info, source)

    def keep(self, who: str, number: int, name: str, view: View) -> int:
        """Keep a view of a table; it takes the place of one of the same name in its document.

        :raises BadViewName: when *name* is empty or too long
        :raises NoSuchTable: when the table is gone
        """
        info, _ = self.tables.opened(who, number, count=0)
        return self.views.keep(info.document.id, info.places, name, view)

    def kept(self, who: str, bases: Collection[int] = ()) -> list[SavedView]:
        """The views of *bases* whose tables are there, by name."""
        found = self.views.kept(self.tables.members.scope(who, bases).bases)
        tables = [(kept, self.tables.store.at(kept.document.id, kept.places)) for kept in found]
        return [SavedView(kept.id, kept.name, table, kept.view) for kept, table in tables if table is not None]

    def remove(self, who: str, view: int) -> None:
        """Forget a view; nothing happens when it is gone already."""
        kept = self.views.one(view)
        if kept is not None:
            self.tables.members.base(who, kept.document.base)
            self.views.remove(view)
