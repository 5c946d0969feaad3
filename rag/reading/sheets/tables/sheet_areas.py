"""Where the tables of a sheet are: parts of it that stand by themselves, and the loose text between them."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from rag.reading.sheets.tables.sheet_table import (
    Line,
    goes_on,
    is_amount,
    is_loose,
    is_title,
    stands_alone,
    table_of,
    under,
    without_notes,
)
from rag.reading.sheets.tables.side_by_side import sides_of
from rag.records import Block, Cell, Cells, Row, Span, Table, cell_corners, cell_name

_NEAR = 3
Spread = Mapping[tuple[int, int], tuple[int, int, int, int]]


def blocks_of(
    sheet: str,
    rows: Sequence[tuple[int, Row]],
    merged: Sequence[tuple[int, int, int, int]],
    left_out: Container[int] = (),
) -> list[Block]:
    """Tables and loose text of a sheet in reading order; every cell of *rows* is in exactly one place.

    *rows* are numbered and in order. A cell at the corner of a *merged* area takes the whole area as its place, and
    where it is the label of several rows, it stands in each of them. Rows *left_out* for being hidden part no table.
    """
    spread = {(top, left): (top, left, bottom, right) for top, left, bottom, right in merged}
    lines = [_line(sheet, row, cells, spread) for row, cells in rows if cells]
    blocks: list[Block] = []
    waiting: list[Line] = []
    last: Table | None = None
    for part in _parts(lines, left_out):
        if is_loose(part):
            blocks.extend(_spans(waiting))
            waiting = list(part)
            continue
        if waiting and not is_title(waiting, part):
            blocks.extend(_spans(waiting))
            waiting = []
            last = None
        body, notes = without_notes(part)
        found = table_of(waiting, body)
        if last and blocks and blocks[-1] is last and not waiting and goes_on(last, found):
            found = Table(last.head, (*last.rows, *found.rows))
            blocks.pop()
        elif last and blocks and blocks[-1] is last and not last.rows and not waiting:
            found = under(last, found)
            blocks.pop()
        blocks.append(found)
        blocks.extend(_spans(notes))
        last = found
        waiting = []
    blocks.extend(_spans(waiting))
    return blocks


def with_units(blocks: Sequence[Block], units: Sequence[Cell]) -> list[Block]:
    """*blocks* with the *units* that stand in hidden columns, each over the table whose heads begin at most three rows
    below it and which tells none itself.
    """
    found = list(blocks)
    for at, block in enumerate(found if units else ()):
        if not isinstance(block, Table) or block.head.unit:
            continue
        first = [row[0].place for row in (*block.head.header, *block.rows)[:1]]
        top = cell_corners(first[0].area)[0] if first and isinstance(first[0], Cells) else 0
        for cell in units:
            if isinstance(cell.place, Cells) and 0 < top - cell_corners(cell.place.area)[0] <= _NEAR:
                unit = Span(cell.text, cell.place, "unit", "\n", 0, cell.column)
                found[at] = replace(block, head=replace(block.head, unit=(unit,)))
    return found


def _line(sheet: str, row: int, cells: Row, spread: Spread) -> Line:
    if not spread:
        return Line(row, row, cells)
    end = row
    placed = list(cells)
    for index, cell in enumerate(cells):
        area = spread.get((row, cell.column))
        if area is not None:
            top, left, bottom, right = area
            place = Cells(sheet, f"{cell_name(top, left)}:{cell_name(bottom, right)}")
            placed[index] = replace(cell, place=place, over=max(1, right - left + 1))
            end = max(end, bottom)
    return Line(row, end, tuple(placed))


def _parts(lines: Sequence[Line], left_out: Container[int]) -> Iterator[Sequence[Line]]:
    """Blocks apart by empty rows, by empty columns where tables stand side by side, and by a title above heads that
    were there before.
    """
    for band in _bands(lines, left_out):
        sides = list(sides_of(band))
        if len(sides) == 1:
            yield from _stacked(band)
            continue
        for side in sides:
            for part in _bands(side, left_out):
                yield from _stacked(part)


def _stacked(part: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """*part* apart where the same heads come again below a title of their own, though no empty row is above it."""
    first = next((line for line in part if len(line.cells) > 1), None)
    if first is None or any(map(is_amount, first.cells)):
        yield part
        return
    start = 0
    for at, line in enumerate(part):
        if line is not first and line.cells[0].text == first.cells[0].text and _says_the_same(line, first):
            title = at
            while title > start + 1 and stands_alone(part[title - 1]):
                title -= 1
            if title < at:
                yield part[start:title]
                start = title
    yield part[start:]


def _says_the_same(line: Line, other: Line) -> bool:
    cells, others = ([(cell.column, cell.text) for cell in one.cells] for one in (line, other))
    return cells == others


def _bands(lines: Sequence[Line], left_out: Container[int]) -> Iterator[Sequence[Line]]:
    start, reach = 0, 0
    for index, line in enumerate(lines):
        if index > start and any(row not in left_out for row in range(reach + 1, line.row)):
            yield lines[start:index]
            start = index
        reach = max(reach, line.end)
    if lines:
        yield lines[start:]


def _spans(lines: Sequence[Line]) -> Iterator[Span]:
    for line in lines:
        for cell in line.cells:
            yield Span(cell.text, cell.place, "text", "\n" if cell is line.cells[0] else " ", 0, cell.column)
