"""Outlines: the name of a group stands in the first of its rows only, and is meant in those below it."""

from collections.abc import Iterator, Sequence

from rag.records import Cell, Cells, Row, says_total


def filled_down(rows: Sequence[Row]) -> list[Row]:
    """*rows* of a sheet with the names of their groups, each with the place where it stands.

    As they are, where a name is missing for another reason: where one stands twice, a nameless row has no words of its
    own, or most groups have one row only.
    """
    first = min((cell.column for row in rows for cell in row), default=1)
    own = [row for row in rows if not _sums_up(row)]
    named = [row for row in own if row[0].column == first]
    nameless = [row for row in own if row[0].column != first]
    names = [row[0].text for row in named]
    if not own or own[0][0].column != first or len(nameless) < len(named) or len(set(names)) < len(names):
        return list(rows)
    if not any(all(column in _words(row) for row in own) for column in _words(own[0]) if column != first):
        return list(rows)
    if not all(isinstance(row[0].place, Cells) for row in own):
        return list(rows)
    return list(_filled(rows, first))


def _filled(rows: Sequence[Row], first: int) -> Iterator[Row]:
    name: Cell | None = None
    for row in rows:
        if _sums_up(row):
            name = None
        elif row[0].column == first:
            name = row[0]
        elif name is not None:
            yield (name, *row)
            continue
        yield row


def _words(row: Row) -> frozenset[int]:
    """The columns in which *row* has words."""
    return frozenset(cell.column for cell in row if cell.value is None and not cell.text[:1].isdigit())


def _sums_up(row: Row) -> bool:
    return says_total(row[0].text)
