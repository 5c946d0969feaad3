"""Charts that are drawn: with their axes, labels and keys they are pictures on the page."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import Corners, Line, Piece, area, corners, holds, is_cjk, pieces_of, touch
from rag.reading.pdf.pages.paint.chart_marks import Mark, marks
from rag.reading.pdf.pages.paint.drawn_paths import DrawnPath, is_small
from rag.reading.pdf.pages.raw_page import Region

_THIN = 2.0  # points: what is thinner is a line
_TOUCHING = 4.0
_FRAME = 4.0  # times as large as what it is drawn around
_FARTHEST_KEY = 0.5  # of what is drawn in its colour
_FARTHEST_NAME = 48.0  # points from the left of a key
_CLOSE = 1.5  # heights of a label
_PANELS = 24.0  # points between charts that are as high as each other, and parts of one
_FEWEST_LABELS = 2
_FEWEST_LETTERS = 10  # of labels that are drawn, and no text
_PROSE = 7  # words of a line
_RUNNING = 10  # words of a paragraph
_NO_LABELS = frozenset({"title", "section-header", "caption", "list-item", "footnote", "page-header", "page-footer"})


class _Around(NamedTuple):
    """What is drawn and written on a page, around its charts."""

    paths: Sequence[DrawnPath]
    labels: Sequence[Corners]
    prose: Sequence[Corners]


def with_charts(
    paths: Sequence[DrawnPath], lines: Sequence[Line], regions: Sequence[Region], size: tuple[float, float]
) -> tuple[Region, ...]:
    """*regions* of a page of some *size*, and of its *lines*, with a picture for each chart that *paths* draw there.

    The layout model misses some and cuts others at their axes; a picture of its own that has text between charts gives
    way to them.
    """
    pieces = [piece for line in lines for piece in pieces_of(line, 0)] if paths else []
    tables = [region.box for region in regions if region.kind == "table"]
    around = _Around(paths, *_texts(pieces, regions))
    grown: list[Corners] = []
    for mark in marks(paths, [piece.shown for piece in pieces]):
        core = corners([path.box for path in mark])
        if not any(holds(table, core) for table in tables) and not any(corners([core, one]) == one for one in grown):
            grown.append(_grown(mark, around))
    letters = [path.box for path in paths if path.letter]
    charts = [
        (max(chart[0], 0.0), max(chart[1], 0.0), min(chart[2], size[0]), min(chart[3], size[1]))
        for chart in _merged(grown)
        if _count(chart, around.labels) >= _FEWEST_LABELS or _count(chart, letters) >= _FEWEST_LETTERS
    ]
    return _placed(charts, regions, around.prose)


def _placed(charts: list[Corners], regions: Sequence[Region], prose: Sequence[Corners]) -> tuple[Region, ...]:
    found = []
    for region in regions:
        over = [chart for chart in charts if region.kind == "picture" and touch(chart, region.box, 0.0)]
        if not over:
            found.append(region)
        elif _count(region.box, prose) <= sum(_count(chart, prose) for chart in over):
            charts = [chart for chart in charts if chart not in over] + [corners([region.box, *over])]
    return *found, *(Region("picture", chart) for chart in charts)


def _texts(pieces: Sequence[Piece], regions: Sequence[Region]) -> tuple[list[Corners], list[Corners]]:
    """Labels among *pieces*, and lines of text; headings and the like are neither."""
    prose: list[Corners] = []
    labels: list[Corners] = []
    places: dict[int, list[Piece]] = {}
    for piece in pieces:
        inside = (at for at, one in enumerate(regions) if one.kind != "picture" and holds(one.box, piece.shown))
        places.setdefault(next(inside, -1), []).append(piece)
    for at, some in places.items():
        kind = regions[at].kind if at >= 0 else ""
        text = [word for piece in some for word in piece.text.split() if word.isalpha()]
        running = kind == "table" or (kind == "text" and len(text) >= _RUNNING)
        for piece in some:
            if running or _is_prose(piece.text):
                prose.append(piece.shown)
            elif kind not in _NO_LABELS:
                labels.append(piece.shown)
    return labels, prose


def _is_prose(text: str) -> bool:
    return text.count(" ") + 1 + sum(map(is_cjk, text)) // 2 >= _PROSE


def _grown(mark: Mark, around: _Around) -> Corners:
    """The box of *mark*, with its axes and frame, the labels close to it, and the keys in its colours with their words;
    it takes in no prose.
    """
    chart = corners([path.box for path in mark])
    held = _count(chart, around.prose)
    before = None
    while chart != before:
        before = chart
        for box in _reached(chart, around, mark):
            wider = corners([chart, box])
            if wider != chart and _count(wider, around.prose) == held:
                chart = wider
    return chart


def _reached(chart: Corners, around: _Around, mark: Mark) -> Iterator[Corners]:
    core = corners([path.box for path in mark])
    far = _FARTHEST_KEY * max(core[2] - core[0], core[3] - core[1])
    colours = {colour for path in mark for colour in (path.fill, path.stroke) if colour}
    for path in around.paths:
        box = path.box
        if corners([box, chart]) == box:
            if area(box) < _FRAME * area(chart):
                yield box
        elif touch(chart, box, (2 if path.letter else 1) * _TOUCHING):
            if not _is_beside(path, chart):
                yield box
        elif colours & {path.fill, path.stroke} and is_small(box) and touch(core, box, far):
            yield from (corners([box, label]) for label in around.labels if _names(label, box))
    yield from (label for label in around.labels if touch(chart, label, _CLOSE * (label[3] - label[1])))


def _is_beside(path: DrawnPath, chart: Corners) -> bool:
    """Whether *path* is the frame of something else beside *chart*."""
    x0, y0, x1, y1 = path.box
    if path.slopes or min(x1 - x0, y1 - y0) <= _THIN or area(path.box) < area(chart) / _FRAME:
        return False
    across, down = min(x1, chart[2]) - max(x0, chart[0]), min(y1, chart[3]) - max(y0, chart[1])
    return max(across, 0.0) * max(down, 0.0) < area(path.box) / 10


def _names(label: Corners, key: Corners) -> bool:
    """Whether *label* is the word beside a *key*."""
    middle = (label[1] + label[3]) / 2
    return 0 < label[0] - key[0] < _FARTHEST_NAME and key[1] - _TOUCHING < middle < key[3] + _TOUCHING


def _merged(charts: Sequence[Corners]) -> list[Corners]:
    """*charts*, those that overlap as one, and the panels of one."""
    found: list[Corners] = []
    for chart in charts:
        one = chart
        while near := [other for other in found if touch(one, other, 0.0) or _are_panels(one, other)]:
            found = [other for other in found if other not in near]
            one = corners([one, *near])
        found.append(one)
    return found


def _are_panels(one: Corners, other: Corners) -> bool:
    high = min(one[3] - one[1], other[3] - other[1])
    return touch(one, other, _PANELS) and abs(one[1] - other[1]) + abs(one[3] - other[3]) < high / 4


def _count(box: Corners, others: Sequence[Corners]) -> int:
    return sum(holds(box, other) for other in others)
