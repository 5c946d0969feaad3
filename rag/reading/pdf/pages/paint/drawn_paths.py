"""What is drawn on a page: its paths, with the points that they go through, and how their boxes lie to each other."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from rag.reading.pdf.blocks.layout import Corners, area, corners

_MOST = 3_000
_LARGEST = 0.5  # of the page: what is larger lies under everything
_PALE = 0.95  # of full light: paper
_SMALL = 24.0  # points: neither a letter nor a key is larger

Point = tuple[float, float]
Colour = tuple[float, ...]


class DrawnPath(NamedTuple):
    """What is drawn at once: the *ends* of its parts, of which as many as *slopes* are neither level nor upright;
    *bent* ones are curves.
    """

    box: Corners
    ends: Sequence[Point]
    slopes: int
    bent: bool
    fill: Colour | None
    stroke: Colour | None

    @property
    def letter(self) -> bool:
        """Whether it may be a letter, drawn."""
        return self.bent and self.fill is not None and is_small(self.box)


def drawn_paths(page: Any) -> list[DrawnPath]:
    """The paths of *page*, which is MuPDF's, as it is shown, without what lies under all of it; none where there are
    too many.

    :raises Exception: of many kinds, when MuPDF cannot make out the page
    """
    drawings = page.get_cdrawings()
    if len(drawings) > _MOST:
        return []
    matrix = page.rotation_matrix if page.rotation else None
    largest = _LARGEST * page.rect.width * page.rect.height
    return [path for path in (_path(drawing, matrix) for drawing in drawings) if area(path.box) < largest]


def _path(drawing: Any, matrix: Any) -> DrawnPath:
    ends: list[Point] = []
    slopes, bent = 0, False
    for kind, *points in drawing["items"]:
        if kind == "re":
            x0, y0, x1, y1 = points[0][:4]
            ends += (x0, y0), (x1, y1)
        elif kind == "qu":
            ends += points[0]
        else:
            (x0, y0), (x1, y1) = points[0], points[-1]
            slopes += abs(x1 - x0) > 0.5 and abs(y1 - y0) > 0.5
            bent = bent or kind == "c"
            ends += _along(*points) if kind == "c" else points
    if matrix is not None:
        ends = [(matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f) for x, y in ends]
    box = corners([(x, y, x, y) for x, y in ends]) if ends else (0.0, 0.0, 0.0, 0.0)
    return DrawnPath(box, ends, slopes, bent, _inked(drawing.get("fill")), _inked(drawing.get("color")))


def _along(one: Point, two: Point, three: Point, four: Point) -> list[Point]:
    """Points of the curve from *one* to *four*, which is drawn towards *two* and *three*."""
    shares = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return [
        (a * one[0] + b * two[0] + c * three[0] + d * four[0], a * one[1] + b * two[1] + c * three[1] + d * four[1])
        for a, b, c, d in shares
    ]


def _inked(colour: Colour | None) -> Colour | None:
    return None if colour is None or min(colour) > _PALE else colour


def is_small(box: Corners) -> bool:
    """Whether *box* is as small as a letter."""
    return max(box[2] - box[0], box[3] - box[1]) <= _SMALL
