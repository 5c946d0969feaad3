"""Tables as Markdown, one after the other; what stands in a cell is no markup."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TextIO

from rag.entrypoints.exports.taken import Source, TakenTables, inert, replacing, resolved
from rag.reading.numbers import number_of
from rag.records import Cell, Grid

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#$])")
_RISKY_WORDS = re.compile(r"(?<=www)(?=\.)|(?<=:)(?=//)", re.IGNORECASE)  # a link without any markup
_INDENT = "\u2003"


@contextmanager
def markdown_of_tables(path: Path) -> Iterator[TakenTables]:
    """A Markdown file at *path* that is there, whole, when all tables were added.

    :raises OSError: when it cannot be written
    """
    with replacing(path) as unfinished, unfinished.open("w", encoding="utf-8", errors="replace") as out:
        yield MarkdownTables(out)


class MarkdownTables:
    """Writes tables to *out* as they come."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._count = 0

    def add(self, grid: Grid, source: Source) -> None:
        """A heading, where the table is from, its unit, and the table."""
        write = self._out.write
        write("\n" if self._count else "")
        self._count += 1
        write(f"## {_plain(grid.title) or f'Table {self._count}'}\n\n")
        where = _plain(grid.where)
        where = f"[{where}](<{source.link}>)" if source.link else where
        cited = " › ".join(part for part in (_plain(source.document), where) if part)
        write(" · ".join(part for part in (cited, _plain(grid.unit)) if part) + "\n\n")
        rows = iter(grid.rows)
        first = next(rows, None)
        columns = zip_longest(*resolved(grid.header), fillvalue="")
        width = len(grid.header[0] if grid.header else first or ())
        heads = ["<br>".join(dict.fromkeys(filter(None, map(_plain, texts)))) for texts in columns] or [""] * width
        write(_line(heads))
        write(_line(["---"] + ["---:"] * (width - 1)))
        calculated = False
        while first is not None:
            write(_line([_shown(cell) for cell in first]))
            calculated = calculated or any(cell.formula for cell in first)
            first = next(rows, None)
        if calculated:
            write("\nIn italics: calculated by PageCite, since the workbook stores no result.\n")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _shown(cell: Cell) -> str:
    text = cell.text if number_of(cell.text) is not None else _plain(cell.text)
    if inert(cell.text) != cell.text and text.startswith(("=", "+", "-", "@")):
        text = f"\\{text}"
    return _INDENT * cell.level + (f"*{text}*" if cell.formula else text)


def _plain(text: str) -> str:
    return _RISKY_WORDS.sub("\u2060", _MARKUP.sub(r"\\\1", " ".join(text.split())))
