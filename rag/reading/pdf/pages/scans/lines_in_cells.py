"""Lines that OCR read over the borders of cells, parted there: what stands in two cells is not one line."""

from bisect import bisect
from collections.abc import Iterator, Sequence

from rag.reading.pdf.blocks.layout import Corners, Line, Word, corners

_WITHIN = 0.25  # of the size of type: a border so near the edge of a word is beside it


def in_cells(lines: Sequence[Line], rules: Sequence[Corners]) -> list[Line]:
    """*lines* that run to the right, each in one cell of those that upright *rules* part."""
    upright = [rule for rule in rules if rule[2] - rule[0] < rule[3] - rule[1]]
    return [part for line in lines for part in (_parts(line, upright) if line.way == 0 else [line])]


def _parts(line: Line, upright: Sequence[Corners]) -> Iterator[Line]:
    x0, y0, x1, y1 = corners(line.words)
    near = _WITHIN * line.size
    middles = ((left + right) / 2 for left, top, right, foot in upright if top < (y0 + y1) / 2 < foot)
    borders = sorted(x for x in middles if x0 + near < x < x1 - near)
    if not borders:
        yield line
        return
    cells: dict[int, list[Word]] = {}
    for word in line.words:
        for part in _cut(word, [x for x in borders if word[0] + near < x < word[2] - near]):
            cells.setdefault(bisect(borders, (part[0] + part[2]) / 2), []).append(part)
    for words in cells.values():
        yield line._replace(words=words)


def _cut(word: Word, borders: Sequence[float]) -> Iterator[Word]:
    """*word* in as many as *borders* part, as if its characters were of a width."""
    x0, y0, x1, y1, text, *numbers = word
    ends = [0, *(round(len(text) * (x - x0) / (x1 - x0)) for x in borders), len(text)]
    sides = [x0, *borders, x1]
    for at in range(len(ends) - 1):
        if part := text[ends[at] : ends[at + 1]]:
            block, line, number = numbers
            yield sides[at], y0, sides[at + 1], y1, part, block, line, number
