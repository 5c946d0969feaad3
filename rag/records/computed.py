"""What was computed over a table: the query in SQL, its result, how to draw it, and the cells that went in."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.records.library import Document
from rag.records.places import Place

Value = str | float | int | date | None
ChartKind = Literal["line", "bar", "pie"]


@dataclass(frozen=True, slots=True)
class Chart:
    """How a result is drawn: the column along the *x* axis (or of the slices), and those whose values it shows."""

    kind: ChartKind
    x: str
    y: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """A result: each of *rows* has a value for each of *columns*. *cells* are all that went in, as areas or boxes.

    Days and periods are text, as a person writes them. *percents* are the columns, by their place, whose values are
    shares of one: 0.25 is read as 25 %. *unit* is that of the table, and *cut* says that there were more rows. *empty*
    counts the rows that were left out since they have no value, *hidden* those of the table that nobody sees in the
    workbook. *only* are the names that the rows had to have, where not all rows were meant. *decimals* are as many as
    the cell prints that a value stands in, for each value; ``None`` for what no cell says.
    """

    sql: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]
    chart: Chart | None
    document: Document
    table: str
    cells: tuple[Place, ...]
    cut: bool = False
    unit: str = ""
    percents: tuple[int, ...] = ()
    empty: int = 0
    hidden: int = 0
    only: tuple[str, ...] = ()
    decimals: tuple[tuple[int | None, ...], ...] = ()
