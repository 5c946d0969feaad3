"""Tables of which the layout model has seen the figures, and not the labels beside them: made wide enough for both."""

from collections.abc import Sequence
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import Corners, Line, corners, holds
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.reading.pdf.tables.heads.table_heads import ends_prose
from rag.reading.pdf.tables.table_fields import is_figure

_LONGEST = 40  # characters of a label
_MARGIN = 2.0  # points by which words may stand out of a region
_LEVEL = 0.5  # of the size of type: how far the middles of a label and its figures may be apart


class _Run(NamedTuple):
    """What stands close together in a line."""

    box: Corners
    text: str
    size: float

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


def with_labels(raw: RawPage) -> tuple[Region, ...]:
    """The regions of *raw*; a table all of whose lines begin with a figure takes in the labels to the left of them.

    Few rows at the top of a page, which go on from the one before, are often seen so.
    """
    tables = [at for at, region in enumerate(raw.regions) if region.kind == "table"]
    if not tables:
        return raw.regions
    found = list(raw.regions)
    runs: list[_Run] | None = None
    for at in tables:
        if not _may_lack(raw, found[at]):
            continue
        runs = _runs(raw.lines) if runs is None else runs
        labels = _labels(runs, found, at)
        if labels:
            found[at] = _widened(found[at], labels)
    return tuple(found)


def _may_lack(raw: RawPage, region: Region) -> bool:
    """Whether nothing in *region* could be a label: it holds figures only."""
    words = [word for line in raw.lines if not line.way for word in line.words if holds(region.box, word, _MARGIN)]
    return bool(words) and all(not any(map(str.isalpha, word[4])) for word in words)


def _runs(lines: Sequence[Line]) -> list[_Run]:
    found = []
    for line in lines:
        if line.way or not line.words:
            continue
        start = 0
        for at in range(1, len(line.words) + 1):
            if at == len(line.words) or line.words[at][0] - line.words[at - 1][2] > line.size:
                words = line.words[start:at]
                found.append(_Run(corners(words), " ".join([word[4] for word in words]), line.size))
                start = at
    return found


def _labels(runs: Sequence[_Run], regions: Sequence[Region], at: int) -> list[_Run]:
    """The labels of table *at* of *regions*: one for each of its lines, and nothing else beside it; else none."""
    box = regions[at].box
    figures = [run for run in runs if holds(box, run.box, _MARGIN)]
    beside = [run for run in runs if run.box[2] <= box[0] and box[1] <= run.middle <= box[3]]
    others = [region.box for n, region in enumerate(regions) if n != at]
    labels = all(map(_may_be_label, beside)) and _pair(beside, figures)
    return beside if labels and not any(_is_shared(other, beside, runs) for other in others) else []


def _may_be_label(run: _Run) -> bool:
    return not is_figure(run.text) and len(run.text) <= _LONGEST and not ends_prose(run.text)


def _pair(labels: Sequence[_Run], figures: Sequence[_Run]) -> bool:
    """Whether each line of *figures* has one of the *labels* at its level, and each label is that of one line."""
    lines = sorted({round(run.middle) for run in figures})
    level = [[run for run in labels if abs(run.middle - line) < 1 + _LEVEL * run.size] for line in lines]
    if not lines or any(len(some) != 1 for some in level):
        return False
    return len({id(some[0]) for some in level}) == len(labels)


def _is_shared(box: Corners, labels: Sequence[_Run], runs: Sequence[_Run]) -> bool:
    """Whether *box* holds some of *labels*, and others of *runs*: they stand in a text or a table of their own."""
    inside = [run in labels for run in runs if holds(box, run.box, _MARGIN)]
    return any(inside) and not all(inside)


def _widened(region: Region, labels: Sequence[_Run]) -> Region:
    box = corners([region.box, *[label.box for label in labels]])
    right = max(label.box[2] for label in labels)
    return region._replace(box=box, columns=((right + region.box[0]) / 2, *region.columns))
