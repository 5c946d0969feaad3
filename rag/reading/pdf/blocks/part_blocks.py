"""Rows in no table become blocks: by what the layout model takes them for, else by their type."""

import itertools
import re
from collections.abc import Iterator, Sequence

from rag.reading.pdf.blocks.headings import LOWEST, Typography
from rag.reading.pdf.blocks.layout import Part, Row
from rag.reading.pdf.blocks.paragraphs import MARKER, Cut, Place, paragraphs, spans, text_blocks
from rag.records import Span, SpanKind

_NOTE = re.compile(r"(?:\d{1,2}|[*†‡§¹²³]+|[①-⑳]|\(\d{1,2}\))\s?[^\W\d]|[注註]\s?\d*[：:]")
_RUNNING = frozenset({"page-header", "page-footer"})
_HEADINGS = frozenset({"title", "section-header"})
_KINDS: dict[str, SpanKind] = {"caption": "caption", "footnote": "footnote"}


def prose(flow: Sequence[Row], typography: Typography, place: Place, cut: Cut) -> Iterator[Span]:
    """The spans of *flow*, rows that stand in no table, each word once."""
    indents: list[float] = []
    for part, run in itertools.groupby(flow, lambda row: row.part):
        lines = list(run)
        if part is None:
            yield from text_blocks(lines, typography, place, cut)
        elif part.kind == "list-item":
            for item in _items(lines):
                yield from spans(item, "list", place, cut, level=_level(indents, item[0]))
        else:
            if part.kind in _HEADINGS:
                indents.clear()
            yield from _part(part, lines, typography, place, cut)


def _part(part: Part, lines: list[Row], typography: Typography, place: Place, cut: Cut) -> Iterator[Span]:
    running = part.kind in _RUNNING and not _stands_out(lines, typography)
    if running or all(typography.is_running(line) for line in lines):
        yield from spans(lines, "running", place, cut)
    elif part.kind in _HEADINGS and typography.may_head(lines):
        level = typography.level(lines[0]) if typography.is_heading(lines) else LOWEST
        yield from spans(lines, "heading", place, cut, level=level)
    elif part.kind == "text" and _is_footnote(lines, typography):
        for some in paragraphs(lines):
            yield from spans(some, "footnote", place, cut)
    elif part.kind == "picture":
        for some in paragraphs(lines):
            yield from spans(some, "text", place, cut)
    elif part.kind in _KINDS:
        for some in paragraphs(lines):
            yield from spans(some, _KINDS[part.kind], place, cut)
    else:
        yield from text_blocks(lines, typography, place, cut)


def _items(lines: Sequence[Row]) -> Iterator[list[Row]]:
    """*lines* of a part as items of a list: one, unless several begin with a mark."""
    start = 0
    for at in range(1, len(lines)):
        if MARKER.match(lines[start].text) and MARKER.match(lines[at].text):
            yield list(lines[start:at])
            start = at
    yield list(lines[start:])


def _is_footnote(lines: Sequence[Row], typography: Typography) -> bool:
    """Whether *lines* are in small type behind the mark of a note."""
    small = all(line.size < 0.93 * typography.body for line in lines)
    return small and _NOTE.match(lines[0].text) is not None


def _stands_out(lines: Sequence[Row], typography: Typography) -> bool:
    """Whether *lines* are larger than the body: the title of a slide, and no running head."""
    return any(typography.is_larger(line.size) and not typography.is_running(line) for line in lines)


def _level(indents: list[float], first: Row) -> int:
    """How deep an item is whose first row is *first*, below those at *indents*, which are brought up to date."""
    while indents and indents[-1] > first.x0 + first.size / 2:
        indents.pop()
    if not indents or first.x0 > indents[-1] + first.size / 2:
        indents.append(first.x0)
    return len(indents)
