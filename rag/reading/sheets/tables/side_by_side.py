"""Tables that stand beside each other on a sheet: with an empty column between them, or where the heads begin again."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.reading.sheets.tables.sheet_table import Line, columns_of, is_amount, is_year
from rag.records import Cell

_LOOKED_AT = 200  # lines
_MOST_SIDES = 6


def sides_of(band: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """*band* apart at empty columns, where what stands to the right has row labels of its own, and where the heads of
    the columns begin again.
    """
    taken: set[int] = set()
    for line in band:
        if len(line.cells) > 1:
            for cell in line.cells:
                taken.update(columns_of(cell))
    columns = sorted(taken)
    gaps = [(left, right) for left, right in pairwise(columns) if right > left + 1]
    ends = [*(left for left, _ in gaps[1:]), columns[-1] if columns else 0]
    starts = [
        right
        for (left, right), end in zip(gaps, ends, strict=False)
        if _has_labels(band, right, left, titled=_is_titled(band, right, end))
    ] or _begin_again(band)
    if not starts:
        yield band
        return
    edges = [0, *starts, 1 << 20]
    for first, beyond in pairwise(edges):
        side = [
            Line(line.row, line.end, cells)
            for line in band
            if (cells := tuple(cell for cell in line.cells if first <= cell.column < beyond))
        ]
        if side:
            yield side


def _has_labels(band: Sequence[Line], column: int, before: int, *, titled: bool) -> bool:
    """Whether *column* begins another table: mostly words, with more to their right, and a table up to *before*. Where
    it is *titled*, years are labels too.
    """
    labels = words = followed = wide = 0
    for line in band[:_LOOKED_AT]:
        here = [cell for cell in line.cells if cell.column >= column]
        if here and here[0].column == column and len(line.cells) > 1:
            labels += 1
            words += titled if is_year(here[0]) else not is_amount(here[0])
            followed += len(here) > 1
        wide += sum(cell.column <= before for cell in line.cells) > 1
    return labels >= 2 and words >= 0.7 * labels and followed >= 0.6 * labels and wide >= 2


def _is_titled(band: Sequence[Line], first: int, last: int) -> bool:
    """Whether words stand alone over the columns from *first* to *last*, above heads that begin in *first* too."""
    if len(band) < 2:
        return False
    above, heads = ([cell for cell in line.cells if first <= cell.column <= last] for line in band[:2])
    alone = len(above) == 1 and above[0].column == first and not is_amount(above[0])
    return alone and len(heads) > 1 and heads[0].column == first and not any(map(is_amount, heads))


def _begin_again(band: Sequence[Line]) -> list[int]:
    """The columns in which the heads begin again, in the first line or below one of titles: all the same, or all but
    the first, above labels of their own (``资产 期末 期初 负债 期末 期初``).
    """
    for at, line in enumerate(band[:2]):
        cells = line.cells
        for count in range(2, min(_MOST_SIDES, len(cells) // 2) + 1):
            width, rest = divmod(len(cells), count)
            starts = [cells[number * width].column for number in range(1, count)]
            if rest == 0 and _repeat(cells, width) and all(_labelled(band[at + 1 :], cells, width)):
                return starts
    return []


def _repeat(cells: Sequence[Cell], width: int) -> bool:
    """Whether the heads in *cells*, which stand side by side, say the same again after each *width*, but for labels."""
    adjoining = all(right.column == left.column + 1 for left, right in pairwise(cells))
    if not adjoining or any(map(is_amount, cells)) or any(len(columns_of(cell)) > 1 for cell in cells):
        return False
    texts = ["".join(cell.text.split()).casefold() for cell in cells]
    groups = [tuple(texts[start + 1 : start + width]) for start in range(0, len(texts), width)]
    return len(set(groups)) == 1 and len(set(groups[0])) == width - 1


def _labelled(below: Sequence[Line], heads: Sequence[Cell], width: int) -> Iterator[bool]:
    """For each group of *width* columns, whether it has words in the first of them and figures in another."""
    for start in range(0, len(heads), width):
        first, last = heads[start].column, heads[start + width - 1].column
        here = [[cell for cell in line.cells if first <= cell.column <= last] for line in below[:_LOOKED_AT]]
        labels = [row[0] for row in here if row and row[0].column == first]
        words = sum(not is_amount(cell) for cell in labels)
        figures = sum(any(map(is_amount, row[1:])) for row in here)
        yield len(labels) >= 2 and words >= 0.7 * len(labels) and figures >= 0.5 * len(labels)
