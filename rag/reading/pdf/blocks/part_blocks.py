"""Rows in no table become blocks: by what the layout model takes them for, else by their type."""

import itertools
import re
from collections.abc import Iterator, Sequence

from rag.reading.pdf.blocks.headings import LOWEST, Typography
from rag.reading.pdf.blocks.layout import Part, Row
from rag.reading.pdf.blocks.paragraphs import MARKER, Cut, Place, paragraphs, spans
from rag.records import Span, SpanKind

_NOTE = re.compile(r"(?:\d{1,2}|[*†‡§¹²³]+|[①-⑳]|\(\d{1,2}\))\s?[^\W\d]|[注註]\s?\d*[：:]")
_BULLET = re.compile(r"[•●▪◆◦‣∙▶➢\uf0b7\uf0a7\uf06e](?=\s|$)")
_COUNT = re.compile(r"\d+|[^\W\d_]+")
_NAMES_A_FIGURE = re.compile(r"(?:fig(?:ure|\.)|[图圖])\s*\d[\d.–-]*[.:：\s]\s*\S", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2}")
_REST = re.compile(r"[a-zß-ÿ]\w*[,;]?\s.*[.!?][”’\"')]*|.*[。！？][”’」』）)]*")
_RUNNING = frozenset({"page-header", "page-footer"})
_HEADINGS = frozenset({"title", "section-header"})
_KINDS: dict[str, SpanKind] = {"caption": "caption", "footnote": "footnote"}


class _Lists:
    """The lists of a flow as their items come: how deep each is set in, and what else is one."""

    def __init__(self) -> None:
        self._indents: list[float] = []
        self._marks: list[str] = []
        self._counted = ""

    def level(self, first: Row) -> int:
        """How deep an item is whose first row is *first*."""
        indents = self._indents
        while indents and indents[-1] > first.x0 + first.size / 2:
            indents.pop()
        if not indents or first.x0 > indents[-1] + first.size / 2:
            indents.append(first.x0)
        self._counted = _counted(first)
        self._marks[len(indents) - 1 :] = [self._counted]
        return len(indents)

    def has(self, first: Row) -> bool:
        """Whether *first* begins an item, though the layout model does not say so: behind a bullet, or right below an
        item that is counted in the same way, or below those that stand under one.
        """
        return _BULLET.match(first.text) is not None or self.goes_on(first)

    def goes_on(self, first: Row) -> bool:
        """Whether *first* is counted like the item above it, or like one that stands around that."""
        counted = _counted(first)
        if not counted or not self._counted:
            return False
        around = zip(self._indents, self._marks, strict=True)
        return counted == self._counted or any(
            mark == counted and abs(indent - first.x0) < first.size / 2 for indent, mark in around
        )

    def pause(self) -> None:
        """Something else follows, behind which items may go on."""
        self._counted = ""

    def end(self) -> None:
        """What follows is another list."""
        self._indents.clear()
        self._marks.clear()
        self._counted = ""


def _counted(first: Row) -> str:
    """The mark that *first* begins with, but for what it counts: ``1.`` and ``2.`` are alike."""
    mark = MARKER.match(first.text)
    return _COUNT.sub("1", mark[0]) if mark is not None else ""


def prose(flow: Sequence[Row], typography: Typography, place: Place, cut: Cut) -> Iterator[Span]:
    """The spans of *flow*, rows that stand in no table, each word once."""
    lists = _Lists()
    for part, run in itertools.groupby(flow, lambda row: row.part):
        lines = list(run)
        if part is None:
            yield from _texts(lines, lists, typography, place, cut)
        elif part.kind == "list-item":
            for item in _items(lines):
                yield from spans(item, "list", place, cut, level=lists.level(item[0]))
        else:
            yield from _part(part, lines, lists, typography, place, cut)


def _part(
    part: Part, lines: list[Row], lists: _Lists, typography: Typography, place: Place, cut: Cut
) -> Iterator[Span]:
    runs = part.kind in _RUNNING and not _stands_out(lines, typography)
    running = runs and not _ends_sentence(part, lines, typography)
    if running or (part.kind != "picture" and all(typography.is_running(line) for line in lines)):
        yield from spans(lines, "running", place, cut)
    elif part.kind in _HEADINGS and typography.may_head(lines):
        yield from _heading(lines, lists, typography, place, cut)
    elif part.kind == "text" and _is_footnote(lines, typography):
        for some in paragraphs(lines):
            yield from spans(some, "footnote", place, cut)
    elif part.kind == "picture":
        yield from _in_picture(lines, typography, place, cut)
    elif part.kind in _KINDS:
        for some in paragraphs(lines):
            yield from spans(some, _KINDS[part.kind], place, cut)
    else:
        yield from _texts(lines, lists, typography, place, cut)


def _heading(lines: list[Row], lists: _Lists, typography: Typography, place: Place, cut: Cut) -> Iterator[Span]:
    """The spans of what the layout model takes for a heading; the name of a figure and the next item of a list are
    none.
    """
    looks = typography.is_heading(lines)
    if _NAMES_A_FIGURE.match(lines[0].text):
        yield from spans(lines, "caption", place, cut)
    elif _BULLET.match(lines[0].text) or (lists.goes_on(lines[0]) and not looks):
        yield from spans(lines, "list", place, cut, level=lists.level(lines[0]))
    else:
        lists.end()
        yield from spans(lines, "heading", place, cut, level=typography.level(lines[0]) if looks else LOWEST)


def _in_picture(lines: list[Row], typography: Typography, place: Place, cut: Cut) -> Iterator[Span]:
    """The spans of words in a picture; the foot of a slide may stand in it."""
    for running, rows in itertools.groupby(lines, lambda line: _is_told_running(line, typography)):
        for some in paragraphs(list(rows)):
            yield from spans(some, "running" if running else "text", place, cut)


def _texts(flow: Sequence[Row], lists: _Lists, typography: Typography, place: Place, cut: Cut) -> Iterator[Span]:
    """The spans of rows that nothing is known of but their type, paragraph by paragraph."""
    for running, rows in itertools.groupby(flow, typography.is_running):
        for lines in paragraphs(list(rows)):
            if running:
                yield from spans(lines, "running", place, cut)
            elif _BULLET.match(lines[0].text) or not typography.is_heading(lines):
                listed = lists.has(lines[0])
                if not listed:
                    lists.pause()
                yield from spans(
                    lines, "list" if listed else "text", place, cut, level=lists.level(lines[0]) if listed else 0
                )
            else:
                lists.end()
                yield from spans(lines, "heading", place, cut, level=typography.level(lines[0]))


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


def _is_told_running(line: Row, typography: Typography) -> bool:
    """Whether *line* in a picture runs on every page: it says more than a number, as the axis of a chart does."""
    return typography.is_running(line) and _WORD.search(line.text) is not None


def _ends_sentence(part: Part, lines: Sequence[Row], typography: Typography) -> bool:
    """Whether *lines* at the top of a page are the rest of a sentence, in the type of the body."""
    text = " ".join([line.text for line in lines])
    alike = all(abs(line.size - typography.body) < 0.1 * typography.body for line in lines)
    return part.kind == "page-header" and alike and _REST.fullmatch(text) is not None


def _stands_out(lines: Sequence[Row], typography: Typography) -> bool:
    """Whether *lines* are larger than the body: the title of a slide, and no running head or number of a page."""
    return any(
        typography.is_larger(line.size) and not typography.is_running(line) and _LETTER.search(line.text)
        for line in lines
    )
