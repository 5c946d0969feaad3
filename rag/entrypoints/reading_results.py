"""What is printed of a file that is read by itself: its blocks, and its tables as whole grids."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rag.errors import explain
from rag.reading.numbers import number_of
from rag.records import (
    Block,
    Cell,
    Cells,
    Figure,
    Grid,
    Note,
    Page,
    Place,
    Row,
    Span,
    Table,
    grid_of,
    joined,
    says_total,
)

if TYPE_CHECKING:
    from rag.reading.sheets.sheet_cells import ReadCell  # brings openpyxl with it


def whole_tables(tables: Iterable[Table]) -> Iterator[Table]:
    """*tables* in reading order, those that go on as one with what they continue."""
    parts: list[Table] = []
    for table in tables:
        if parts and not table.continues:
            yield _together(parts)
            parts = []
        parts.append(table)
    if parts:
        yield _together(parts)


def _together(parts: Sequence[Table]) -> Table:
    return Table(parts[0].head, tuple(row for part in parts for row in part.rows))


# ── As JSON ──


def table_json(table: Table) -> dict[str, Any]:
    """A table of `tables`, and a block of `read`."""
    return grid_json(grid_of(table))


def grid_json(grid: Grid) -> dict[str, Any]:
    """A table with every place filled; a spanning head is in the first of its columns.

    A label that is set in says how far (*level*), and in which row its parent stands, counted from 0. The label of a
    row that sums up others is a *total*.
    """
    above: list[tuple[int, int]] = []
    return {
        **_where(grid.places),
        "title": grid.title,
        "unit": grid.unit,
        "header": [[cell.text for cell in row] for row in grid.header],
        "rows": [_row_json(number, row, above) for number, row in enumerate(grid.rows)],
    }


def _row_json(number: int, row: Row, above: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """*above* holds level and number of the rows that could be parents of *row*, and of the next ones."""
    cells = [cell_json(cell) for cell in row]
    label = row[0]
    if label.text:
        while above and above[-1][0] >= label.level:
            above.pop()
        if label.level:
            cells[0] |= {"level": label.level, "parent": above[-1][1] if above else None}
        above.append((label.level, number))
    first = next((at for at, cell in enumerate(row) if cell.text), None)
    if first is not None and row[first].value is None and says_total(row[first].text):
        cells[first]["total"] = True
    return cells


def _where(places: Sequence[Place]) -> dict[str, Any]:
    match places:
        case [Cells(sheet, area), *_]:
            return {"sheet": sheet, "area": area}
    pages = [place.number for place in places if isinstance(place, Page)]
    return {"page": pages[0] if pages else None, "pages": pages}


def cell_json(cell: Cell) -> dict[str, Any]:
    """A cell of a table: its text, the number it is if it is one, and its place; an empty cell of a page has no box.
    One that was calculated here tells its formula.
    """
    ours = {"calculated": cell.formula} if cell.formula else {}
    return {"text": cell.text, "value": value_of(cell), **_box(cell.place, printed=False), **ours}


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
    """A cell of `read`; a value that is a number is one. One in a hidden row or column says so, and so does one whose
    result was calculated here, since the file stores none, or could not be.
    """
    value = _short(cell.value) if isinstance(cell.value, float) else cell.value
    hidden = {"hidden": True} if cell.hidden else {}
    ours = {"calculated": True} if cell.calculated else {}
    why = {"not_calculated": cell.not_calculated} if cell.not_calculated else {}
    return {
        "cell": cell.name,
        "text": cell.text,
        "value": value,
        "formula": cell.formula or None,
        **hidden,
        **ours,
        **why,
    }


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
