"""Which row of a table each of its rows is under."""

import re
from collections.abc import Sequence

from rag.records.reading import Row
from rag.records.totals import says_total

_NET = re.compile(r"net\b|.*(?:净额|淨額)", re.IGNORECASE)


def parents(rows: Sequence[Row]) -> list[int | None]:
    """For each of *rows* the index of the one it is under, ``None`` for none.

    A row is under the nearest one above it that is set in less; rows that are not set in stand under the last row that
    is a label alone, down to the total that closes its section.
    """
    found: list[int | None] = []
    open_: list[int] = []  # rows that may have rows under them, from the outermost
    for at, row in enumerate(rows):
        label = row[0] if row and row[0].column == 1 else None
        if label is None:
            found.append(open_[-1] if open_ else None)
            continue
        heads = len(row) == 1
        while open_ and not _holds(rows, open_[-1], label.level, heads=heads):
            open_.pop()
        found.append(open_[-1] if open_ else None)
        if not heads and (says_total(label.text) or _NET.match(label.text)):
            while open_ and rows[open_[-1]][0].level >= label.level:
                open_.pop()
        else:
            open_.append(at)
    return found


def _holds(rows: Sequence[Row], at: int, level: int, *, heads: bool) -> bool:
    """Whether a row at *level* is under row *at*; one that *heads* a section itself is only so when set in, and so is
    any where the first row of the section is set in.
    """
    above, first = rows[at], rows[at + 1]
    if above[0].level < level:
        return True
    set_in = bool(first) and first[0].column == 1 and first[0].level > above[0].level
    return above[0].level == level and len(above) == 1 and not heads and not set_in
