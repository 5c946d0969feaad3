"""Figures: pictures, and charts that the layout model has found, with their captions; decorations are none."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.reading.pdf.blocks.headings import LOWEST
from rag.reading.pdf.blocks.layout import Corners, area
from rag.reading.pdf.pages.raw_page import RawPage
from rag.records import Block, Box, Figure, Page, Span

_SMALLEST_SIDE = 36.0
_SMALLEST_SHARE = 0.008  # of the page
_LARGEST_SHARE = 0.85
_LONGEST = 12  # times as long as high
_MARGIN = 0.08
_NEAR = 0.06  # of the height of the page
_TOUCHING = 3.0
_MOSTLY_WORDS = 0.3
_TELLS_THE_SOURCE = re.compile(
    r"\W?(?:sources?|notes?)\b|(?:资料|資料|数据|數據)?[来來]源|[注註]\s*\d*\s*[：:]", re.IGNORECASE
)
_NAMES_A_FIGURE = re.compile(
    r"(?:fig(?:ure)?|chart|graph|exhibit|diagram|photo|map|plate)s?\.?\s*[\dA-Z][\w.–-]*\s*(?:[.:|–—]|$)"
    r"|[图圖](?:表)?\s*[\d一二三四五六七八九十][\d.–—-]*(?:\s|[：:、.．]|$)",
    re.IGNORECASE,
)


class _Caption(NamedTuple):
    """Blocks *start* to *stop*, which name a figure; a *title* stands above it, or at the top within its frame."""

    start: int
    stop: int
    box: Corners
    title: bool


def with_figures(blocks: Sequence[Block], raw: RawPage, place: Callable[[Corners], Page]) -> list[Block]:
    """*blocks* with the figures of *raw*: one in place of its caption, or before the words in it or below it.

    A figure has the words of its caption for its own; those inside, such as the labels of its axes, stay text.
    """
    pictures = _pictures(raw)
    if not pictures:
        return list(blocks)
    captions = _matched(pictures, list(_captions(blocks)), raw.height * _NEAR)
    figures: dict[int, list[Figure]] = {}
    gone: set[int] = set()
    for picture, caption in zip(pictures, captions, strict=True):
        if caption is None:
            if not _is_text(picture, raw):
                at = _paragraph_start(_before(picture, blocks), blocks)
                figures.setdefault(at, []).append(Figure((), place(picture)))
            continue
        words = tuple(
            replace(block, kind="caption", level=0)
            for block in blocks[caption.start : caption.stop]
            if isinstance(block, Span)
        )
        figures.setdefault(caption.start, []).append(Figure(words, place(picture)))
        gone.update(range(caption.start, caption.stop))
    found: list[Block] = []
    for at in range(len(blocks) + 1):
        found.extend(figures.get(at, ()))
        if at < len(blocks) and at not in gone:
            found.append(blocks[at])
    return found


def _pictures(raw: RawPage) -> list[Corners]:
    """The places of what may be figures on *raw*, none inside of another, from top to bottom."""
    page = raw.width * raw.height
    found: list[Corners] = []
    boxes = [region.box for region in raw.regions if region.kind == "picture"]
    boxes += [picture.box for picture in raw.pictures]  # the layout model misses some photographs
    for box in sorted(boxes, key=area, reverse=True):
        x0, y0, x1, y1 = box
        short, long = sorted((x1 - x0, y1 - y0))
        middle = (y0 + y1) / 2
        edge = not raw.height * _MARGIN < middle < raw.height * (1 - _MARGIN)
        if short < _SMALLEST_SIDE or long > _LONGEST * short or area(box) < page * _SMALLEST_SHARE:
            continue
        if (edge and y1 - y0 < 2 * raw.height * _MARGIN) or (area(box) > page * _LARGEST_SHARE and raw.lines):
            continue
        if not any(_overlap(box, other) > 0.7 * area(box) for other in found):
            found.append(box)
    return sorted(found, key=lambda box: (box[1], box[0]))


def _overlap(one: Corners, other: Corners) -> float:
    return area((max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])))


def _is_text(picture: Corners, raw: RawPage) -> bool:
    """Whether *picture* is but a frame full of words."""
    words = sum(_overlap(word[:4], picture) for line in raw.lines for word in line.words)
    return words > _MOSTLY_WORDS * area(picture)


def _corners(block: Block) -> Corners | None:
    place = (
        block.place
        if isinstance(block, Span | Figure)
        else next((cell.place for row in block.rows for cell in row), None)
    )
    if not isinstance(place, Page) or place.box is None:
        return None
    box: Box = place.box
    return box.x0, box.y0, box.x1, box.y1


def _captions(blocks: Sequence[Block]) -> Iterator[_Caption]:
    """The paragraphs of *blocks* that name a figure: by their kind, or by their first words."""
    start = 0
    while start < len(blocks):
        first = blocks[start]
        stop = start + 1
        if not isinstance(first, Span):
            start = stop
            continue
        while stop < len(blocks) and _goes_on(blocks[stop], first):
            stop += 1
        short = sum(len(block.text) for block in blocks[start:stop] if isinstance(block, Span)) < 200
        named = first.kind in {"text", "heading"} and short and _NAMES_A_FIGURE.match(first.text)
        boxes = [box for box in map(_corners, blocks[start:stop]) if box]
        title = first.kind == "heading" and first.level == LOWEST and not named
        captioned = first.kind == "caption" and not _TELLS_THE_SOURCE.match(first.text)
        if boxes and (captioned or named or title):
            left, top, right, foot = zip(*boxes, strict=True)
            yield _Caption(start, stop, (min(left), min(top), max(right), max(foot)), title)
        start = stop


def _goes_on(block: Block, first: Span) -> bool:
    return isinstance(block, Span) and block.kind == first.kind and "\n" not in block.before


def _matched(pictures: Sequence[Corners], captions: Sequence[_Caption], near: float) -> list[_Caption | None]:
    """For each of *pictures* the caption nearest to it, above or below; each names but one."""
    pairs = []
    for at, picture in enumerate(pictures):
        for number, caption in enumerate(captions):
            box = caption.box
            beside = max(box[0] - picture[2], picture[0] - box[2])
            gap = max(box[1] - picture[3], picture[1] - box[3], 0.0)
            above = not caption.title or box[3] <= max(picture[1] + _TOUCHING, _upper(picture, box))
            if beside < 0 and gap < near and above:
                pairs.append((caption.title, gap, at, number))
    found: list[_Caption | None] = [None] * len(pictures)
    used: set[int] = set()
    for _, _, at, number in sorted(pairs):
        if found[at] is None and number not in used:
            found[at] = captions[number]
            used.add(number)
    return found


def _upper(picture: Corners, box: Corners) -> float:
    """How far down a title may stand in *picture* whose frame is around *box*, the title, too."""
    inside = _overlap(box, picture) > 0.9 * area(box)
    return picture[1] + (picture[3] - picture[1]) / 4 if inside else picture[1]


def _paragraph_start(at: int, blocks: Sequence[Block]) -> int:
    """*at*, or where the paragraph begins that block *at* stands within; of a heading, where it ends."""
    first = blocks[at] if at < len(blocks) else None
    step = 1 if isinstance(first, Span) and first.kind == "heading" else -1
    while 0 < at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Span) or "\n" in block.before or not isinstance(blocks[at - 1], Span):
            break
        at += step
    return at


def _before(picture: Corners, blocks: Sequence[Block]) -> int:
    """Where a figure without a caption stands among *blocks*."""
    below = len(blocks)
    for at, block in enumerate(blocks):
        box = _corners(block)
        if box is None:
            continue
        if _overlap(box, picture) > 0.5 * area(box):
            return at
        running = isinstance(block, Span) and block.kind == "running"
        if (
            not running
            and below == len(blocks)
            and box[1] >= picture[3] - 2
            and box[0] < picture[2]
            and box[2] > picture[0]
        ):
            below = at
    return below
