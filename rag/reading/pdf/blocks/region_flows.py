"""The flows of a page: rows in reading order, as geometry finds them, or as the layout model's regions stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import Corners, Line, Part, Piece, Row, Word, corners, flows, holds, pieces_of, rows
from rag.reading.pdf.blocks.region_order import Box, box_of, ordered
from rag.reading.pdf.blocks.running_heads import kinds_of
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.reading.pdf.tables.regions.region_labels import with_labels

_MARGIN = 2.0
_MOST_BOXES = 600
_ENDS = ("footnote", "page-footer")
_FLOATS = frozenset({"table", "picture", "caption"})


class TableRun(NamedTuple):
    """Rows *start* to *stop* of a flow are what stands in *region*; right above, *named* rows are its name."""

    start: int
    stop: int
    region: Region
    named: int = 0


class Flow(NamedTuple):
    """The *rows* of a column, title or turned text, and which of them are *tables* of the layout model's, if it has
    *seen* the page. Of words that were *traced* from a picture it sees no ruled lines, and misses tables.
    """

    rows: list[Row]
    tables: list[TableRun]
    seen: bool
    traced: bool = False


def flows_of(raw: RawPage) -> list[Flow]:
    """The rows of *raw* in reading order, each word of its lines in one of them.

    Without regions, and for text that is turned, geometry alone decides. Running heads come first, then the body, then
    footnotes, and feet last.
    """
    if not raw.regions:
        return [Flow(flow, [], seen=bool(raw.regions)) for flow in flows(raw.lines)]
    raw = replace(raw, regions=with_labels(raw))
    boxes, turned = _boxes(raw)
    if len(boxes) > _MOST_BOXES:
        return [Flow(flow, [], seen=bool(raw.regions)) for flow in flows(raw.lines)]
    kinds = kinds_of(raw.regions, boxes, raw.height)
    parts = [Part(kind, region.box) for kind, region in zip(kinds, raw.regions, strict=True)]
    found: list[Flow] = []
    for some in _by_turn(boxes, parts):
        found.extend(_flow(run, raw.regions, parts)._replace(traced=raw.kind == "scanned") for run in ordered(some))
    pictures = [part for part in parts if part.kind == "picture"]
    aside = [Flow(_within(flow, pictures), [], seen=True) for flow in flows(turned)] if turned else []
    longer = sum(len(line.words) for line in turned) > sum(len(piece.words) for box in boxes for piece in box.pieces)
    return [*aside, *found] if longer else [*found, *aside]


def _within(flow: Sequence[Row], pictures: Sequence[Part]) -> list[Row]:
    """*flow*, of turned text, of which each row belongs to the one of *pictures* that it stands in."""
    return [
        row._replace(part=next((part for part in pictures if holds(part.box, corners(_shown(row)))), None))
        for row in flow
    ]


def _shown(row: Row) -> list[Corners]:
    return [piece.shown for piece in row.pieces]


def _by_turn(boxes: Iterable[Box], parts: Sequence[Part]) -> Iterator[list[Box]]:
    """*boxes* by when they are read: running heads, the body, footnotes, feet."""
    turns: tuple[list[Box], ...] = ([], [], [], [])
    for box in boxes:
        kind = parts[box.region].kind if box.region >= 0 else ""
        turns[0 if kind == "page-header" else 2 + _ENDS.index(kind) if kind in _ENDS else 1].append(box)
    return (some for some in turns if some)


def _boxes(raw: RawPage) -> tuple[list[Box], list[Line]]:
    """A box for each region that has words, one for each piece of a line in none, and the lines that are turned."""
    order = sorted(range(len(raw.regions)), key=lambda at: _precedence(raw.regions[at]))
    inside: dict[int, list[Piece]] = {}
    found: list[Box] = []
    turned: list[Line] = []
    for number, line in enumerate(raw.lines):
        if line.way:
            turned.append(line)
            continue
        for at, words in _by_region(line, raw.regions, order):
            pieces = pieces_of(line._replace(words=words), number)
            if at < 0:
                found.extend(box_of([piece], -1) for piece in pieces)
            else:
                inside.setdefault(at, []).extend(pieces)
    found.extend(box_of(pieces, at, floats=raw.regions[at].kind in _FLOATS) for at, pieces in inside.items())
    return found, turned


def _precedence(region: Region) -> tuple[bool, float]:
    """Words in several regions belong to the table, then to the smallest."""
    x0, y0, x1, y1 = region.box
    return region.kind != "table", (x1 - x0) * (y1 - y0)


def _by_region(line: Line, regions: Sequence[Region], order: Sequence[int]) -> list[tuple[int, list[Word]]]:
    """Runs of the words of *line* that stand in the same region, by its number, or -1; the first in *order* counts.

    A word in none goes with the one it stands close to.
    """
    found: list[tuple[int, list[Word]]] = []
    for word in line.words:
        x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
        here = next((at for at in order if _holds(regions[at], x, y)), -1)
        if not found:
            found.append((here, [word]))
            continue
        last, words = found[-1]
        close = word[0] - words[-1][2] < line.size * 0.6
        if here == last or (close and here < 0):
            words.append(word)
        elif close and last < 0 and len(found) == 1:
            found[-1] = here, [*words, word]
        else:
            found.append((here, [word]))
    return found


def _holds(region: Region, x: float, y: float) -> bool:
    x0, y0, x1, y1 = region.box
    return x0 - _MARGIN <= x <= x1 + _MARGIN and y0 - _MARGIN <= y <= y1 + _MARGIN


def _flow(boxes: Sequence[Box], regions: Sequence[Region], parts: Sequence[Part]) -> Flow:
    """*boxes*, which follow each other in one column, as rows; those in no region are put together to rows."""
    found: list[Row] = []
    runs: list[TableRun] = []
    loose: list[Piece] = []
    for box in boxes:
        if box.region < 0:
            loose.extend(box.pieces)
            continue
        found.extend(rows(loose))
        loose = []
        part = parts[box.region]
        own = [row._replace(part=part) for row in _rows(box, part)]
        if part.kind == "table":
            runs.append(TableRun(len(found), len(found) + len(own), regions[box.region]))
        found.extend(own)
    found.extend(rows(loose))
    return Flow(found, runs, seen=True)


def _rows(box: Box, part: Part) -> list[Row]:
    if part.kind != "picture":
        return rows(box.pieces)
    lines = [Line(piece.words, piece.size, piece.bold, 0) for piece in box.pieces]
    return [row for flow in flows(lines) for row in flow]
