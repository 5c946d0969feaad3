"""Tables as CSV files in a folder, one for each, for spreadsheet programs: UTF-8 with a mark."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from rag.entrypoints.exports.taken import Source, TakenTables, inert, named, replacing
from rag.records import Grid, Row


@contextmanager
def csv_of_tables(folder: Path) -> Iterator[TakenTables]:
    """A folder in which each table is a CSV file, named after its document and its place.

    :raises OSError: when it cannot be written
    """
    yield _Folder(folder)


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def add(self, grid: Grid, source: Source) -> None:
        self._count += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        where = grid.where.split("!")[0].split(",")[0]
        name = named(f"{Path(source.document).stem[:80]} {self._count:03d} {where[:60]}")
        with replacing(self._folder / f"{name}.csv") as unfinished:
            _write(unfinished, chain(grid.header, grid.rows))


def _write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([inert(cell.text) for cell in row] for row in rows)
