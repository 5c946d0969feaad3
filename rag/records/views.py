"""A table looked at by hand: which rows, grouped by what, what is computed of them, and how it is drawn."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.records.computed import ChartKind, Value

Function = Literal["sum", "mean", "count", "min", "max"]
PeriodLength = Literal["year", "half", "quarter", "month", "day"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows in whose *column* stands one of *values* (``None`` is an empty cell), or what lies from *low* to *high*.

    Both ends are included; where one of them is ``None`` that side is open.
    """

    column: str
    values: tuple[str | None, ...] = ()
    low: float | date | None = None
    high: float | date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What is computed of the rows of a group; a ``count`` of the *column* ``""`` counts the rows themselves."""

    column: str
    function: Function = "sum"


@dataclass(frozen=True, slots=True)
class View:
    """What a person wants to see of a table, columns by their names. Without *measures* the rows themselves are listed.

    *grain* is the length of the periods that days are put into. *sort* is the column of a key or of a measure; empty,
    the keys have their own order. *columns* are those of listed rows, all when it is empty. An
    *upright* view has a row for each period of a table whose heads are periods.
    """

    group: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    pivot: str = ""
    grain: PeriodLength | None = None
    filters: tuple[Filter, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False
    chart: ChartKind | None = None
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of results: a measure by its place, of the rows in whose pivot column *value* stands, or of *all*."""

    measure: int
    all: bool = True
    value: Value = None


@dataclass(frozen=True, slots=True)
class Worked:
    """What a view comes to. Each of *rows* has a value for each of *slots*, and *keys* tell what it is about.

    A key has a value for each column of the group; periods are their first days.

    *totals* are over all rows that went in: *counted* of them; *left_out* are rows that sum up others. *cut* says that
    there are more groups, or more columns, than are given.
    """

    keys: tuple[tuple[Value, ...], ...]
    slots: tuple[Slot, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[Value, ...]
    counted: int
    left_out: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view that is kept under a *name* with the table that it is of, as that is numbered now."""

    id: int
    name: str
    table: int
    view: View
