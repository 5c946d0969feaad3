"""Words that MuPDF takes for one though they stand in two cells: it sees no space between Chinese that stands close."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from rag.reading.pdf.blocks.layout import Corners, Line, Word, corners, is_cjk
from rag.reading.pdf.pages.raw_page import Region
from rag.reading.pdf.pages.words.page_text import characters_of

_GAP = 0.3  # of the size of type: what is closer stands in one cell
_OFTEN = 3  # lines of a table that have a gap in the same place
_HEADS = 2.5  # sizes of type above a table, where the model leaves out its heads


class _Gap(NamedTuple):
    """A gap before character *at* of a word, from *left* to *right*."""

    at: int
    left: float
    right: float


def apart(page: Any, lines: Sequence[Line], regions: Sequence[Region]) -> list[Line]:
    """*lines* of *page*, which is MuPDF's; words in tables of *regions* are parted at those of their gaps that stand
    between two columns, or above and below others.
    """
    tables = [region for region in regions if region.kind == "table" and region.columns]
    within = [[word for line in lines for word in line.words if _stands_in(word, line, one)] for one in tables]
    suspects = {word[5:]: word for words in within for word in words if len(word[4]) > 1 and any(map(is_cjk, word[4]))}
    boxes = characters_of(page, list(suspects.values())) if suspects else {}
    sizes = {word[5:]: line.size for line in lines for word in line.words}
    gaps = {key: found for key, some in boxes.items() if (found := _gaps(some, sizes[key]))}
    cuts: dict[tuple[int, int, int], list[int]] = {}
    for table, words in zip(tables, within, strict=True):
        own = {word[5:]: gaps[word[5:]] for word in words if word[5:] in gaps}
        strips = _strips(table, [word for word in words if word[5:] not in own]) if own else []
        for key, some in own.items():
            cuts[key] = [gap.at for gap in some if _parts(gap, strips, own)]
    return [
        line._replace(words=[part for word in line.words for part in _cut(word, boxes, cuts.get(word[5:], ()))])
        for line in lines
    ]


def _stands_in(word: Word, line: Line, table: Region) -> bool:
    x0, y0, x1, y1 = table.box
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return not line.way and x0 <= x <= x1 and y0 - _HEADS * line.size <= y <= y1


def _gaps(boxes: Sequence[Corners], size: float) -> list[_Gap]:
    return [
        _Gap(at, left[2], right[0])
        for at, (left, right) in enumerate(pairwise(boxes), 1)
        if right[0] - left[2] > _GAP * size
    ]


def _strips(table: Region, words: Sequence[Word]) -> list[tuple[float, float]]:
    """For each line between columns of *table* how far the place around it is free of *words*."""
    x0, _, x1, _ = table.box
    return [
        (
            max([word[2] for word in words if word[2] <= edge], default=x0),
            min([word[0] for word in words if word[0] >= edge], default=x1),
        )
        for edge in table.columns
    ]


def _parts(gap: _Gap, strips: Sequence[tuple[float, float]], gaps: Mapping[Any, Sequence[_Gap]]) -> bool:
    """Whether *gap* is in one of the *strips*, or many of the *gaps* of other words are in its place."""
    middle = (gap.left + gap.right) / 2
    if any(left - 1 <= middle <= right + 1 for left, right in strips):
        return True
    return sum(any(one.left < middle < one.right for one in some) for some in gaps.values()) >= _OFTEN


def _cut(word: Word, boxes: Mapping[Any, Sequence[Corners]], cuts: Sequence[int]) -> Iterator[Word]:
    if not cuts:
        yield word
        return
    own = boxes[word[5:]]
    for start, stop in pairwise([0, *cuts, len(own)]):
        yield (*corners(own[start:stop]), word[4][start:stop], *word[5:])
