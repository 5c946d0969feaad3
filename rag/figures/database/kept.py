"""Typed tables kept in a file, so that a large one is typed once and not by each process that computes with it.

A file is one Arrow table: the values of each column, which cells are there, and the row of the sheet; what else is
known of the table is JSON in its metadata. Only tables whose cells stand in rows and columns of one sheet are kept.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, overload

from rag.figures.typed import TypedColumn, TypedTable, words_of
from rag.records import Cells, Place

_VERSION = 3
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class SheetRow(Sequence[Place | None]):
    """The places of one row: the cells in *letters* that are there."""

    sheet: str
    number: int
    letters: tuple[str, ...]
    there: tuple[bool, ...]

    @overload
    def __getitem__(self, at: int) -> Place | None: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Place | None]: ...
    def __getitem__(self, at: int | slice) -> Place | Sequence[Place | None] | None:
        """The place of a column, made when it is asked for."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self.letters)))]
        return Cells(self.sheet, f"{self.letters[at]}{self.number}") if self.there[at] else None

    def __len__(self) -> int:
        return len(self.letters)

    def down(self, at: int, last: int) -> Cells:
        """The cells of a column from this row to row *last*."""
        letters = self.letters[at]
        return Cells(self.sheet, f"{letters}{self.number}" + (f":{letters}{last}" if last > self.number else ""))


def keep(table: TypedTable, path: Path) -> bool:
    """Write *table* to *path*, whole or not at all; whether it is one that can be kept.

    :raises OSError: when it cannot be written
    """
    grid = _grid(table)
    if grid is None:
        return False
    import pyarrow as pa  # noqa: PLC0415 - only computing needs it

    sheet, letters, numbers = grid
    types = {"text": pa.string(), "number": pa.float64(), "date": pa.date32()}
    values = zip(*table.rows, strict=True)
    arrays = [pa.array(own, types[column.kind]) for own, column in zip(values, table.columns, strict=True)]
    there = zip(*([place is not None for place in row] for row in table.places), strict=True)
    arrays += [pa.array(own, pa.bool_()) for own in there]
    arrays.append(pa.array(numbers, pa.int64()))
    about = {
        "version": _VERSION,
        "label": table.label,
        "title": table.title,
        "unit": table.unit,
        "columns": [[column.name, column.kind, column.grain, column.percent] for column in table.columns],
        "totals": sorted(table.totals),
        "heads": table.heads,
        "under": table.under,
        "sheet": sheet,
        "letters": letters,
    }
    names = [str(at) for at in range(len(arrays))]
    whole = pa.Table.from_arrays(arrays, names=names).replace_schema_metadata({"table": json.dumps(about)})
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with pa.OSFile(str(part), "wb") as file, pa.ipc.new_file(file, whole.schema) as writer:
        writer.write_table(whole)
    part.replace(path)
    return True


def kept(path: Path) -> TypedTable | None:
    """The table in *path*; ``None`` when there is none that can be read."""
    import pyarrow as pa  # noqa: PLC0415 - only computing needs it

    try:
        with pa.OSFile(str(path), "rb") as file, pa.ipc.open_file(file) as reader:
            whole = reader.read_all()
        about = json.loads(whole.schema.metadata[b"table"])
    except (OSError, pa.ArrowInvalid, KeyError, TypeError, ValueError):
        return None
    return _read(whole, about) if about.get("version") == _VERSION else None


def _read(whole: Any, about: dict[str, Any]) -> TypedTable:
    columns = tuple(TypedColumn(*column) for column in about["columns"])
    lists: Iterator[list[Any]] = (column.to_pylist() for column in whole.columns)
    rows = tuple(zip(*islice(lists, len(columns)), strict=True))
    there = zip(*islice(lists, len(columns)), strict=True)
    letters = tuple(about["letters"])
    (numbers,) = lists
    places = tuple(SheetRow(about["sheet"], number, letters, own) for number, own in zip(numbers, there, strict=True))
    return TypedTable(
        about["label"],
        about["title"],
        about["unit"],
        columns,
        rows,
        places,
        frozenset(about["totals"]),
        words_of(columns, rows),
        tuple(map(tuple, about["heads"])),
        tuple(map(tuple, about["under"])),
    )


def _grid(table: TypedTable) -> tuple[str, list[str], list[int]] | None:
    """The sheet, the letters of the columns and the numbers of the rows in which all cells of *table* stand."""
    sheets: set[str] = set()
    letters: list[set[str]] = [set() for _ in table.columns]
    numbers: list[int] = []
    for row in table.places:
        own: set[str] = set()
        for place, known in zip(row, letters, strict=True):
            if isinstance(place, Cells):
                name = place.area.rstrip(_DIGITS)
                known.add(name)
                own.add(place.area[len(name) :])
                sheets.add(place.sheet)
            elif place is not None:
                return None
        if len(own) != 1 or not next(iter(own)).isdecimal():
            return None
        numbers.append(int(own.pop()))
    if len(sheets) != 1 or any(len(known) > 1 or any(":" in name for name in known) for known in letters):
        return None
    return sheets.pop(), [next(iter(known), "") for known in letters], numbers
