"""A page as the engines give it: plain values, on their way from the process that reads to the rules of layout."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rag.reading.pdf.blocks.layout import Corners, Line, Word, corners
from rag.records import PageKind

RegionKind = Literal[
    "text", "title", "section-header", "list-item", "caption", "footnote", "page-header", "page-footer", "table",
    "picture", "formula",
]  # fmt: skip


class Region(NamedTuple):
    """What the layout model takes a part of the page for. A table's *rows* and *columns* are the lines that part them:
    heights from the top, distances from the left of the page, both without the edges of the box; where it is *ruled*
    they are drawn on the page, the upright ones as *sides*: how far from the left, from which height to which; cells of
    its first column that are as high as several rows are *tall*: from which height to which.
    """

    kind: RegionKind
    box: Corners
    rows: tuple[float, ...] = ()
    columns: tuple[float, ...] = ()
    ruled: bool = False
    sides: tuple[tuple[float, float, float], ...] = ()
    tall: tuple[tuple[float, float], ...] = ()


class Picture(NamedTuple):
    """An image, or a drawing that is one: where it stands."""

    box: Corners


@dataclass(frozen=True, slots=True)
class RawPage:
    """Page *number*, counted from 1, as it is shown: turned by *rotation* degrees, all boxes in points from its top
    left corner. *characters* has the box of each character of the words that a sentence may end in, by MuPDF's numbers
    of block, line and word. *regions* are empty until the layout model has seen the page. *hidden* lines are those that
    nobody can see. *confidence*, 0 to 1, is that of the words that OCR read; lines that slope on a scan by *tilt*,
    clockwise in radians, stand level here. A page of text that runs up or down was *turned* by so many degrees to be
    read, and its size and boxes are those after it. *failed* names the note that says what went wrong; the words that
    could be read all the same are there.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    kind: PageKind = "text"
    lines: Sequence[Line] = ()
    hidden: Sequence[Line] = ()
    characters: Mapping[tuple[int, int, int], Sequence[Corners]] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()
    pictures: tuple[Picture, ...] = ()
    confidence: float | None = None
    failed: str = ""
    tilt: float = 0.0
    turned: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is looked at."""
        return (self.height, self.width) if self.turned in {90, 270} else (self.width, self.height)

    def shown(self, box: Corners) -> Corners:
        """Where *box* stands on the page as it is looked at: on a scan that slopes, somewhat above or below."""
        box = self._sloping(box)
        if self.turned:
            x0, y0, x1, y1 = box
            left, foot = self.width, self.height
            return {
                90: (y0, left - x1, y1, left - x0),
                180: (left - x1, foot - y1, left - x0, foot - y0),
                270: (foot - y1, x0, foot - y0, x1),
            }[self.turned]
        return box

    def _sloping(self, box: Corners) -> Corners:
        if not self.tilt:
            return box
        x, y = (box[0] + box[2] - self.width) / 2, (box[1] + box[3] - self.height) / 2
        cos, sin = math.cos(self.tilt), math.sin(self.tilt)
        across, down = x * cos - y * sin - x, x * sin + y * cos - y
        return box[0] + across, box[1] + down, box[2] + across, box[3] + down

    def cut(self, word: Word, at: int) -> tuple[Word, Word]:
        """*word* as two, before and after its character *at*, each with its own box."""
        text = word[4]
        boxes = self.characters.get(word[5:])
        if boxes is None or len(boxes) < len(text):
            return _cut_evenly(word, at)
        boxes = boxes[-len(text) :]  # of a word that was cut before, the rest
        left, right = corners(boxes[:at]), corners(boxes[at:])
        return (*left, text[:at], *word[5:]), (*right, text[at:], *word[5:])


def _cut_evenly(word: Word, at: int) -> tuple[Word, Word]:
    x0, y0, x1, y1, text, block, line, number = word
    across, down = x1, y1
    if x1 - x0 >= y1 - y0:
        across = x0 + (x1 - x0) * at / len(text)
        rest = across, y0
    else:
        down = y0 + (y1 - y0) * at / len(text)
        rest = x0, down
    return (x0, y0, across, down, text[:at], block, line, number), (*rest, x1, y1, text[at:], block, line, number)
