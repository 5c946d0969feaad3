"""Tables as JSON, in the form in which the command line prints them, with the document that each is from."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rag.entrypoints.exports.taken import Source, TakenTables, replacing
from rag.entrypoints.reading_results import grid_json
from rag.records import Grid


@contextmanager
def json_of_tables(path: Path) -> Iterator[TakenTables]:
    """A JSON file at *path* that is there, whole, when all tables were added.

    :raises OSError: when it cannot be written
    """
    with replacing(path) as unfinished, unfinished.open("w", encoding="utf-8", errors="replace") as out:
        tables = _Tables(out)
        out.write('{"tables": [')
        yield tables
        out.write("]}\n")


class _Tables:
    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._between = ""

    def add(self, grid: Grid, source: Source) -> None:
        table = {"document": source.document, **({"link": source.link} if source.link else {}), **grid_json(grid)}
        self._out.write(self._between)
        json.dump(table, self._out, ensure_ascii=False, allow_nan=False)
        self._between = ", "
