"""Whole tables as they are kept: what a list shows of one, its content as a grid, and what was set right by hand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.records.library import Document
from rag.records.places import Cells, Page, Place, areas, cell_corners, cell_name
from rag.records.reading import Cell, Row, Span, Table, joined


@dataclass(frozen=True, slots=True)
class TableEdit:
    """What a person set right in a table; ``None`` leaves it as it was read.

    *heads* counts the first rows, from the top of the table as it was read, that are column heads.
    """

    heads: int | None = None
    title: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TableInfo:
    """A table without its content. *places* holds an area for each page or sheet it stands on; *rows* counts the rows
    under the heads, *heads* those above; *about* tells what it begins with: its heads, or its first labels.
    *parts* are the numbers of the tables that were put under it by hand. *hidden* counts the rows that are left out
    since nobody sees them in the workbook.

    A *draft* is from the first pass over its document, and is read again.
    """

    id: int
    document: Document
    title: str
    unit: str
    places: tuple[Place, ...]
    heads: int
    rows: int
    columns: int
    numbers: bool
    about: str = ""
    draft: bool = False
    edit: TableEdit = TableEdit()
    parts: tuple[int, ...] = ()
    hidden: int = 0

    @property
    def where(self) -> str:
        """``p. 3 (printed 1), p. 4``, or ``P&L!A2:F40``."""
        return ", ".join(place.label for place in self.places)

    @property
    def changed(self) -> bool:
        """Whether anything in it was set right by hand."""
        return self.edit != TableEdit() or bool(self.parts)


@dataclass(frozen=True, slots=True)
class TableQuery:
    """What is wanted of all tables: those whose title, heads, labels or document hold every word of *text*, from
    *start* on, at most *count*.
    """

    text: str = ""
    unit: str = ""
    numbers: bool = False
    kind: str = ""
    pages: tuple[int, int] | None = None
    start: int = 0
    count: int = 20


@dataclass(frozen=True, slots=True)
class TableList:
    """A page of a list of tables: *found* of them there are in all."""

    tables: tuple[TableInfo, ...]
    found: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with every place filled: each row of *header* and *rows* has a cell for each column, empty ones too.

    A spanning head is in the first of its columns, and the others are empty.
    """

    title: str
    unit: str
    places: tuple[Place, ...]
    header: Sequence[Row]
    rows: Iterable[Row]

    @property
    def where(self) -> str:
        """``p. 3 (printed 1), p. 4``, or ``P&L!A2:F40``."""
        return ", ".join(place.label for place in self.places)

    @property
    def text(self) -> str:
        """Title, unit and rows, a line each, with bars between the cells."""
        lines = [" | ".join(cell.text for cell in row) for row in (*self.header, *self.rows)]
        return "\n".join(line for line in (self.title, self.unit, *lines) if line)


def grid_of(table: Table) -> Grid:
    """*table* with the columns that hold anything, from left to right; two cells in one place become one.

    The pages are those of its rows: a head may stand on the page before. A unit that is printed over the labels, in
    line with the heads of the columns, stands there too.
    """
    columns = columns_of([*table.head.header, *table.rows])
    return Grid(
        table.head.called,
        table.head.counts_in,
        places_of(table),
        [_with_unit(filled(row, columns), table.head.unit) for row in table.head.header if row],
        [filled(row, columns) for row in table.rows if row],
    )


def _with_unit(row: Row, unit: Sequence[Span]) -> Row:
    """*row* of heads with what of *unit* stands to the left of all heads of figures, as high as they do."""
    label, *heads = row
    boxes = [cell.place.box for cell in heads if cell.text and isinstance(cell.place, Page) and cell.place.box]
    if label.column != 1 or not boxes:
        return row
    top, foot, left = min(box.y0 for box in boxes), max(box.y1 for box in boxes), min(box.x0 for box in boxes)
    page = next(cell.place.number for cell in heads if isinstance(cell.place, Page))
    found = []
    for span in unit:
        place = span.place
        if isinstance(place, Page) and place.number == page and (box := place.box) is not None:
            middle = (box.y0 + box.y1) / 2
            if top <= middle <= foot and box.x1 <= left:
                found.append(span)
    if not found:
        return row
    texts, places = [joined(found)], [span.place for span in found]
    if label.text:
        texts.insert(1 if _is_below(label.place, places[0]) else 0, label.text)
        places.append(label.place)
    return replace(label, text=" ".join(texts), place=areas(places)[0]), *heads


def _is_below(place: Place, other: Place) -> bool:
    """Whether *place* is on a line below the *other*, on one page."""
    one, two = (where.box if isinstance(where, Page) else None for where in (place, other))
    return one is not None and two is not None and (one.y0 + one.y1) / 2 > two.y1


def columns_of(rows: Iterable[Row]) -> list[int]:
    """The columns of *rows* that hold anything, from left to right."""
    return sorted({cell.column for row in rows for cell in row})


def places_of(table: Table) -> tuple[Place, ...]:
    """Where *table* stands, with its title and heads; of pages, those of its rows: a head may stand before."""
    rows = [cell.place for row in table.rows for cell in row]
    heads = list(_head_places(table))
    pages = {place.number for place in rows if isinstance(place, Page)}
    if pages:
        heads = [place for place in heads if isinstance(place, Page) and place.number in pages]
    return areas([*heads, *rows])


def _head_places(table: Table) -> Iterator[Place]:
    yield from (span.place for span in (*table.head.title, *table.head.unit))
    yield from (cell.place for row in table.head.header for cell in row)


def filled(row: Row, columns: Sequence[int]) -> Row:
    """*row*, which has a cell, with one for each of *columns*."""
    known: dict[int, Cell] = {}
    for cell in row:
        other = known.get(cell.column)
        if other is None:
            known[cell.column] = cell
        else:
            place = areas([other.place, cell.place])[0]
            known[cell.column] = Cell(f"{other.text} {cell.text}", place, cell.column, None, other.level, other.over)
    return tuple(known.get(column) or Cell("", _empty(row[0].place, column), column) for column in columns)


def _empty(place: Place, column: int) -> Place:
    """Where an empty cell stands in a row that has a cell at *place*."""
    match place:
        case Page(number, printed):
            return Page(number, printed)
        case Cells(sheet, area):
            return Cells(sheet, cell_name(cell_corners(area)[0], column))
