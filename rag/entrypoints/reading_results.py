"""What is printed of a file that is read by itself: its blocks, and its tables as whole grids."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from rag.errors import explain
from rag.reading.numbers import number_of
from rag.records import (
    Block,
    Cell,
    Cells,
    Figure,
    Note,
    Page,
    Place,
    Row,
    Span,
    Table,
    TableHead,
    areas,
    cell_corners,
    cell_name,
    joined,
)

if TYPE_CHECKING:
    from rag.reading.sheets.sheet_cells import ReadCell  # brings openpyxl with it


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with every place filled: each row of *header* and *rows* has a cell for each column, empty ones too."""

    title: str
    unit: str
    places: tuple[Place, ...]
    header: list[Row]
    rows: list[Row]

    @property
    def where(self) -> str:
        """``p. 3 (printed 1), p. 4``, or ``P&L!A2:F40``."""
        return ", ".join(place.label for place in self.places)

    @property
    def text(self) -> str:
        """Title, unit and rows, a line each, with bars between the cells."""
        lines = [" | ".join(cell.text for cell in row) for row in (*self.header, *self.rows)]
        return "\n".join(line for line in (self.title, self.unit, *lines) if line)


def whole_tables(tables: Iterable[Table]) -> Iterator[Table]:
    """*tables* in reading order, those that go on under one head as one: its parts repeat the head they stand under."""
    parts: list[Table] = []
    for table in tables:
        if parts and (table.head != parts[0].head or table.head == TableHead()):
            yield _together(parts)
            parts = []
        parts.append(table)
    if parts:
        yield _together(parts)


def _together(parts: Sequence[Table]) -> Table:
    return parts[0] if len(parts) == 1 else Table(parts[0].head, tuple(row for part in parts for row in part.rows))


def grid_of(table: Table) -> Grid:
    """*table* with the columns that hold anything, from left to right; two cells in one place become one.

    The pages are those of its rows: a head may stand on the page before.
    """
    head = table.head
    cells = [cell for row in (*head.header, *table.rows) for cell in row]
    columns = sorted({cell.column for cell in cells})
    rows = [cell.place for row in table.rows for cell in row]
    heads = chain(
        (span.place for span in (*head.title, *head.unit)), (cell.place for row in head.header for cell in row)
    )
    return Grid(
        joined(head.title),
        joined(head.unit),
        areas(rows if rows and isinstance(rows[0], Page) else chain(heads, rows)),
        [_filled(row, columns) for row in head.header if row],
        [_filled(row, columns) for row in table.rows if row],
    )


def _filled(row: Row, columns: Sequence[int]) -> Row:
    known: dict[int, Cell] = {}
    for cell in row:
        other = known.get(cell.column)
        if other is None:
            known[cell.column] = cell
        else:
            place = areas([other.place, cell.place])[0]
            known[cell.column] = Cell(f"{other.text} {cell.text}", place, cell.column)
    return tuple(known.get(column) or Cell("", _empty(row[0].place, column), column) for column in columns)


def _empty(place: Place, column: int) -> Place:
    """Where an empty cell stands in a row that has a cell at *place*."""
    match place:
        case Page(number, printed):
            return Page(number, printed)
        case Cells(sheet, area):
            return Cells(sheet, cell_name(cell_corners(area)[0], column))


# ── As JSON ──


def table_json(table: Table) -> dict[str, Any]:
    """A table of `tables`, and a block of `read`."""
    grid = grid_of(table)
    return {
        **_where(grid.places),
        "title": grid.title,
        "unit": grid.unit,
        "header": [[cell.text for cell in row] for row in grid.header],
        "rows": [[cell_json(cell) for cell in row] for row in grid.rows],
    }


def _where(places: Sequence[Place]) -> dict[str, Any]:
    match places:
        case [Cells(sheet, area), *_]:
            return {"sheet": sheet, "area": area}
    pages = [place.number for place in places if isinstance(place, Page)]
    return {"page": pages[0] if pages else None, "pages": pages}


def cell_json(cell: Cell) -> dict[str, Any]:
    """A cell of a table: its text, the number it is if it is one, and its place; an empty cell of a page has no box."""
    return {"text": cell.text, "value": value_of(cell), **_box(cell.place, printed=False)}


def value_of(cell: Cell) -> float | int | None:
    """The number that a workbook stores in *cell*, or that it prints."""
    return _short(number_of(cell.text) if cell.value is None else cell.value)


def block_json(block: Block) -> dict[str, Any]:
    """A block of `read`: a run of text, or a table. *before* is the white space between it and the run it follows."""
    match block:
        case Table():
            return {"kind": "table", **table_json(block)}
        case Figure(caption, place):
            return {"kind": "figure", "text": joined(caption), **_box(place, printed=True)}
        case Span(text, place, kind, before, level):
            depth = {"level": level} if kind == "heading" else {}
            return {"kind": kind, **depth, "text": text, "before": before, **_box(place, printed=True)}


def read_cell_json(cell: "ReadCell") -> dict[str, Any]:
    """A cell of `read`; a value that is a number is one."""
    value = _short(cell.value) if isinstance(cell.value, float) else cell.value
    return {"cell": cell.name, "text": cell.text, "value": value, "formula": cell.formula or None}


def _box(place: Place, *, printed: bool) -> dict[str, Any]:
    match place:
        case Page(number, label, box):
            return {"page": number, **({"printed": label} if printed else {}), "box": list(box) if box else None}
        case Cells(sheet, area):
            return {"sheet": sheet, "area": area}


def _short(value: float | None) -> float | int | None:
    """A whole number without a decimal point; no infinity, which JSON does not have."""
    if value is None or value - value != 0:
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def sentence(note: Note) -> str:
    """What *note* says, with its hint."""
    return ". ".join(part.rstrip(".") for part in explain(note) if part) + "."
