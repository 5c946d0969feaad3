"""What all formats share: where a table is from, what could be taken for a formula, and files written whole."""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from rag.reading.numbers import number_of
from rag.records import Grid, Row

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\<>|\"'\x00-\x1f]+")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Source:
    """The *document* that a table is from; *link* opens its page where the app runs, if it does."""

    document: str
    link: str = ""


class TakenTables(Protocol):
    """Where tables are written, one after the other."""

    def add(self, grid: Grid, source: Source) -> None:
        """Write *grid* after the others."""


def is_risky(text: str) -> bool:
    """Whether a spreadsheet program could take *text* for a formula; white space in front does not help."""
    return text.startswith(_RISKY) or text.lstrip().startswith(_RISKY)


def inert(text: str) -> str:
    """*text* for a cell of CSV, behind an apostrophe where a spreadsheet program could take it for a formula.

    A number with its sign is none. Only the text counts, not the value beneath: a number format can show any words.
    """
    return f"'{text}" if is_risky(text) and number_of(text) is None else text


def named(text: str) -> str:
    """*text* as part of the name of a file or a sheet."""
    return " ".join(_NOT_IN_NAMES.sub(" ", text).split())


def spans(row: Row) -> list[int]:
    """How many columns of its grid each cell of a row of heads stands over; 0 for those under a spanning one."""
    widths = [1] * len(row)
    for at, cell in enumerate(row):
        if cell.over > 1 and cell.text:
            covered = [other for other in row[at + 1 :] if other.column < cell.column + cell.over]
            free = next((index for index, other in enumerate(covered) if other.text), len(covered))
            widths[at] = 1 + free
            widths[at + 1 : at + 1 + free] = [0] * free
    return widths


def resolved(header: Sequence[Row]) -> list[list[str]]:
    """The texts of *header*, a spanning head repeated over all of its columns."""
    found = []
    for row in header:
        texts = [cell.text for cell in row]
        widths = spans(row)
        for before, (at, width) in pairwise([(-1, 1), *enumerate(widths)]):
            if width == 0:
                texts[at] = texts[before[0]]
        found.append(texts)
    return found


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside *path* that takes its place once it is complete.

    :raises OSError: when it cannot be written
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.chmod(0o644)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
