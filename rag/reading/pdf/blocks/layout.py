"""Where the words of a page stand together: pieces of lines, rows of pieces, columns, and their reading order.

Everything here is geometry on plain values, in points. A page whose text is turned is laid out in its own *frame*, in
which lines run from left to right and follow each other downwards; words keep their boxes as they are shown.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from rag.language import HAN
from rag.reading.pdf.blocks.leftwards import as_read, runs_left

# x0, y0, x1, y1 as shown, text, and MuPDF's numbers of block, line and word
Word = tuple[float, float, float, float, str, int, int, int]

Corners = tuple[float, float, float, float]

_CJK = re.compile(f"[{HAN}\u3000-\u30ff\uff01-\uff60]")
_FIGURE = re.compile(r"[-–—−(+]*[$€£¥￥]?[-–—−(]*[\d.,]*\d[\d.,]*[)%％]*|[-–—−]+|[$€£¥￥]")
_CURRENCY = frozenset("$€£¥￥") | {"US$", "HK$", "NT$", "C$", "A$", "R$", "RMB"}
_ENDS_FIGURE = frozenset("%％)")
_TOO_DEEP = 3


class Line(NamedTuple):
    """A line as MuPDF found it. *way* is the quarter its text runs to: 0 right, 1 down, 2 left, 3 up."""

    words: Sequence[Word]
    size: float
    bold: bool
    way: int


class Piece(NamedTuple):
    """Words of one line with no wide gap between them: corners in the frame and as *shown*; *order* is MuPDF's own."""

    x0: float
    y0: float
    x1: float
    y1: float
    words: Sequence[Word]
    text: str
    size: float
    bold: bool
    order: int
    shown: Corners


class Part(NamedTuple):
    """What a layout model takes a part of the page for: a name of its own, and the place where it is."""

    kind: str
    box: Corners


class Row(NamedTuple):
    """Pieces side by side, from left to right: the type size of the longest, and whether all of it is bold.

    *part* is what a layout model says they belong to; the very same object for all rows of a part.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    pieces: list[Piece]
    size: float
    bold: bool
    part: Part | None = None

    @property
    def text(self) -> str:
        """Its words, a space between them."""
        pieces = self.pieces
        return pieces[0].text if len(pieces) == 1 else " ".join([piece.text for piece in pieces])


def is_cjk(character: str) -> bool:
    """Whether *character* is set without white space at the end of a line."""
    return _CJK.match(character) is not None


def flows(lines: Sequence[Line]) -> list[list[Row]]:
    """The rows of a page in reading order: one list for each column, title or turned text."""
    ways: dict[int, list[Piece]] = {}
    for order, line in enumerate(lines):
        ways.setdefault(line.way, []).extend(pieces_of(line, order))
    found: list[list[Row]] = []
    for pieces in sorted(ways.values(), key=lambda some: -sum(len(piece.text) for piece in some)):
        found.extend(rows(flow) for flow in _columns(pieces, 0))
    return found


def rows(pieces: Iterable[Piece]) -> list[Row]:
    """*pieces* gathered to rows by their height, from top to bottom."""
    gathered: list[list[Piece]] = []
    middle = height = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.y0 + piece.y1):
        here, tall = (piece.y0 + piece.y1) / 2, piece.y1 - piece.y0
        if gathered and here - middle < (tall + height) / 4:
            gathered[-1].append(piece)
            if tall < height:
                middle, height = here, tall
        else:
            gathered.append([piece])
            middle, height = here, tall
    found = []
    for row in gathered:
        if len(row) == 1:
            only = row[0]
            found.append(Row(only.x0, only.y0, only.x1, only.y1, row, only.size, only.bold))
        else:
            row.sort(key=lambda piece: (piece.x0, piece.order))
            x0, y0, x1, y1 = corners(row)
            size = max(row, key=lambda piece: len(piece.text)).size
            found.append(Row(x0, y0, x1, y1, row, size, all(piece.bold for piece in row)))
    return found


def pieces_of(line: Line, order: int) -> list[Piece]:
    """*line*, which is number *order* of its page, parted at its wide gaps and around figures."""
    words = line.words
    if len(words) > 1 and line.way == 0 and runs_left(" ".join([word[4] for word in words])):
        from_left = line._replace(words=sorted(words, key=lambda word: word[0]))
        return [_read_leftwards(piece) for piece in _parted(from_left, order)]
    return _parted(line, order)


def _read_leftwards(piece: Piece) -> Piece:
    words = as_read(piece.words)
    return piece._replace(words=words, text=" ".join([word[4] for word in words]))


def _parted(line: Line, order: int) -> list[Piece]:
    words = line.words
    if len(words) == 1 and line.way == 0:
        x0, y0, x1, y1, text, *_ = words[0]
        return [Piece(x0, y0, x1, y1, words, text, line.size, line.bold, order, (x0, y0, x1, y1))]
    if line.way == 0:
        edges: Sequence[Sequence[Any]] = words
    else:
        edges = [_turned(word, line.way) for word in words]
    wide, narrow = line.size, line.size * 0.6
    texts = [word[4] for word in words]
    gaps = [right[0] - left[2] for left, right in pairwise(edges)]
    if (not gaps or max(gaps) <= narrow) and _CURRENCY.isdisjoint(texts):
        here = corners(edges)
        shown = here if edges is words else corners(words)
        return [Piece(*here, words, " ".join(texts), line.size, line.bold, order, shown)]
    starts = [0]
    for at in range(1, len(words)):
        gap = gaps[at - 1]
        if gap > narrow:
            left, right = texts[at - 1], texts[at]
            if gap > wide or _FIGURE.fullmatch(left) or _FIGURE.fullmatch(right):
                starts.append(at)
        elif texts[at] in _CURRENCY and (_FIGURE.fullmatch(texts[at - 1]) or texts[at - 1][-1] in _ENDS_FIGURE):
            starts.append(at)
    found = []
    for start, stop in zip(starts, [*starts[1:], len(words)], strict=True):
        if stop - start == 1:
            word = words[start]
            x0, y0, x1, y1 = edges[start][:4]
            found.append(Piece(x0, y0, x1, y1, (word,), word[4], line.size, line.bold, order, word[:4]))
            continue
        own, run = words[start:stop], edges[start:stop]
        here = corners(run)
        shown = here if edges is words else corners(own)
        text = " ".join(texts[start:stop])
        found.append(Piece(*here, own, text, line.size, line.bold, order, shown))
    return found


def area(box: Corners) -> float:
    """In square points; nothing for a box that is turned inside out, as that of two that do not overlap."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def holds(box: Corners, other: Sequence[Any], margin: float = 0.0) -> bool:
    """Whether the middle of *other*, of which the first four values count, is in *box*, or within *margin* of it."""
    x: float = (other[0] + other[2]) / 2
    y: float = (other[1] + other[3]) / 2
    return box[0] - margin <= x <= box[2] + margin and box[1] - margin <= y <= box[3] + margin


def touch(one: Corners, other: Corners, near: float) -> bool:
    """Whether the two overlap, or stand no farther than *near* from each other."""
    return (
        max(one[0], other[0]) - min(one[2], other[2]) <= near and max(one[1], other[1]) - min(one[3], other[3]) <= near
    )


def corners(boxes: Sequence[Sequence[Any]]) -> Corners:
    """The smallest rectangle around *boxes*, of which the first four values count."""
    if len(boxes) == 1:
        x0, y0, x1, y1 = boxes[0][:4]
        return x0, y0, x1, y1
    left, top, right, foot = boxes[0][:4]
    for box in boxes:
        x0, y0, x1, y1 = box[:4]
        if x0 < left:  # noqa: PLR1730 - a call takes longer
            left = x0
        if y0 < top:  # noqa: PLR1730 - a call takes longer
            top = y0
        if x1 > right:  # noqa: PLR1730 - a call takes longer
            right = x1
        if y1 > foot:  # noqa: PLR1730 - a call takes longer
            foot = y1
    return left, top, right, foot


def _turned(word: Word, way: int) -> Corners:
    x0, y0, x1, y1 = word[:4]
    if way == 1:
        return y0, -x1, y1, -x0
    if way == 2:
        return -x1, -y1, -x0, -y0
    return -y1, x0, -y0, x1


# ── Columns ─────────────────────────────────────────────────────────────────────────────────────


class _Band(NamedTuple):
    """Pieces between two that cross the gutter; *columns* when there is prose on both sides of it."""

    left: list[Piece]
    right: list[Piece]
    columns: bool
    prose: int


def _columns(pieces: list[Piece], depth: int) -> list[list[Piece]]:
    """*pieces* as flows: columns one after the other, where there is prose on both sides of a gutter that few cross."""
    if depth == _TOO_DEEP or len(pieces) < 6:
        return [pieces]
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    prose = {id(piece) for piece in pieces if _is_prose(piece, right - left)}
    gutters = _gutters([piece for piece in pieces if id(piece) in prose], left, right)
    if not gutters:
        return [pieces]
    downwards = sorted(pieces, key=lambda piece: piece.y0 + piece.y1)
    tried = [_bands(downwards, gutter, left, prose) for gutter in gutters]
    best = max(tried, key=lambda bands: sum(band.prose for band in bands if isinstance(band, _Band)))
    found: list[list[Piece]] = []
    whole: list[Piece] = []
    for band in best:
        if isinstance(band, _Band) and band.columns:
            if whole:
                found.append(whole)
                whole = []
            found.extend(_columns(band.left, depth + 1))
            found.extend(_columns(band.right, depth + 1))
        else:
            whole.extend([*band.left, *band.right] if isinstance(band, _Band) else [band])
    if whole:
        found.append(whole)
    return found


def _is_prose(piece: Piece, width: float) -> bool:
    if piece.x1 - piece.x0 < width * 0.2:
        return False
    return piece.text.count(" ") > 1 or len(_CJK.findall(piece.text)) > 7


def _is_running_text(lines: Sequence[Piece]) -> bool:
    """Whether *lines* are as long as those of a column of text, and not only of a cell."""
    needed = sum([piece.size * (14 if is_cjk(piece.text[-1]) else 11) for piece in lines])
    return sum([piece.x1 - piece.x0 for piece in lines]) >= needed


def _gutters(prose: Sequence[Piece], left: float, right: float) -> list[float]:
    """Where a second column may begin: left edges that several lines of prose share, well inside the page."""
    near, far = left + (right - left) * 0.2, left + (right - left) * 0.8
    edges = Counter(int(piece.x0 / 3) for piece in prose if near < piece.x0 < far)
    common = [edge for edge, count in edges.most_common(5) if count >= 3]
    return [min(piece.x0 for piece in prose if int(piece.x0 / 3) == edge) - 1 for edge in common]


def _bands(downwards: Sequence[Piece], gutter: float, left: float, prose: set[int]) -> list[_Band | Piece]:
    found: list[_Band | Piece] = []
    before: list[Piece] = []
    after: list[Piece] = []

    def close() -> None:
        if before or after:
            lines = [piece for piece in before if id(piece) in prose]
            beside = [piece for piece in after if id(piece) in prose]
            heights = {int((piece.y0 + piece.y1) / 2 / piece.size) for piece in lines}
            full = sum(piece.x1 - piece.x0 for piece in lines) > 0.55 * (gutter - left) * len(heights)
            full = full and _is_running_text(lines) and _is_running_text(beside)
            count = min(len(lines), len(beside))
            columns = count >= 3 and full
            found.append(_Band(before[:], after[:], columns, count if columns else 0))
            before.clear()
            after.clear()

    for piece in downwards:
        if piece.x0 >= gutter:
            after.append(piece)
        elif piece.x1 <= gutter + 1:
            before.append(piece)
        else:
            close()
            found.append(piece)
    close()
    return found
