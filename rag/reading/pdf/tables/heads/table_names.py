"""What each table of a document is called: its own title, what its introduction says, or the heading above it."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from rag.language import HAN, has_han, sentences
from rag.reading.pdf.blocks.layout import corners
from rag.reading.pdf.tables.heads.introductions import introduces, says_table, subject_of, unit_in
from rag.reading.pdf.tables.heads.name_lines import (
    bare,
    closed,
    names_below,
    names_nothing,
    says_aside,
    without_ticks,
)
from rag.reading.pdf.tables.heads.table_heads import is_unit
from rag.records import Block, Box, Leaf, Page, Place, Span, SpanKind, Table, TableHead, joined

_FARTHEST = 5  # pages between a heading and a table that bears its name
_RUNS = 3  # pages with the same heading
_REMEMBERED = 100  # runs of text above a table
_SHORTEST_CHINESE = 8  # characters of a heading that says little without the one right above it: 分类列示
_ASIDE = frozenset[SpanKind]({"running", "watermark", "hidden", "footnote"})
_CONTINUED = re.compile(r"\s*[-–—]?\s*[(（](?:continued|cont['’]?d\.?|续|續)[)）]", re.IGNORECASE)
_NAMED_TABLE = re.compile(r"(.{4,80}?(?:\btables?|\bschedules?|表))\s*[:：]\s*\S", re.IGNORECASE)
_MARKED = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]+\s*[^\W\d]")
_NOTE = re.compile(r"[(（][a-z\d]{1,2}[)）]\s+[a-z]|[*†‡_]+|(?:sources?|notes?|注|註)\s*[:：.]", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:table|exhibit|schedule)\s+(?:\d|[IVX]+\b)|(?:附表|[图圖]?表)\s*[\d一二三四五六七八九十]", re.IGNORECASE
)
_NEAR = 3  # lines: how high the heads of columns between a table and what stands right above it are at the most
_WORD = re.compile(r"[^\W\d_]{2}")
_LONG_WORDS = re.compile(r"[^\W\d_]{3,}")
_WITHIN_CHINESE = re.compile(f"(?<=[{HAN}])\n(?=[{HAN}])")


def with_names(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """*leaves*, which follow each other, whose tables are called what a reader of the pages would call them."""
    namer = _Namer()
    for leaf in leaves:
        blocks = [namer.read(block, leaf.number) for block in leaf.blocks]
        changed = any(one is not other for one, other in zip(blocks, leaf.blocks, strict=True))
        yield replace(leaf, blocks=tuple(blocks)) if changed else leaf


_Extents = Mapping[int, Box]
"""Where a table stands, by the number of each page that it stands on."""


class _Heading(NamedTuple):
    """The *text* of a heading, and where it stands."""

    text: str
    place: Place


class _Namer:
    """What stands above the next table: headings, numbered lines, the last table since, and the text behind both."""

    def __init__(self) -> None:
        self._headings: deque[_Heading] = deque(maxlen=_REMEMBERED)
        self._numbered: deque[_Heading] = deque(maxlen=_REMEMBERED)
        self._parts: list[str] = []
        self._last = TableHead()
        self._table = False
        self._text: deque[Span] = deque(maxlen=_REMEMBERED)
        self._pages: dict[str, tuple[int, int]] = {}

    def read(self, block: Block, page: int) -> Block:
        """*block* of page number *page*; a table with its name."""
        match block:
            case Table(head, _, continues):
                name, measure = (self._last.name, self._last.measure) if continues else self._name(block, page)
                self._last = replace(head, name=name, measure=measure)
                self._table = True
                self._text.clear()
                return replace(block, head=self._last) if name or measure else block
            case Span() if block.kind == "heading":
                self._head(block, page)
            case Span() if block.kind not in _ASIDE:
                self._text.append(block)
                if _NUMBERED.match(block.text) and names_below(text := closed(block.text)):
                    self._numbered.append(_Heading(text, block.place))
        return block

    def _head(self, span: Span, page: int) -> None:
        goes_on = bool(self._parts) and not (self._table or self._text) and self._reads_on(span)
        parts = [*self._parts, span.text] if goes_on else [span.text]
        text = closed(" ".join(parts))
        if names_nothing(text) or self._runs(text, page):
            self._parts = []
            return
        if goes_on:
            self._headings.pop()
        self._headings.append(_Heading(text, span.place))
        self._parts, self._table = parts, False
        self._text.clear()

    def _reads_on(self, span: Span) -> bool:
        """Whether *span* is the rest of the heading right above it, or says little without it."""
        short = has_han(span.text) and len(span.text) < _SHORTEST_CHINESE and not _MARKED.match(span.text)
        return short or "\n" not in span.before or _WORD.search("".join(self._parts)) is None

    def _runs(self, text: str, page: int) -> bool:
        """Whether *text* stands over page after page, and heads nothing there."""
        last, count = self._pages.get(text, (0, 0))
        self._pages[text] = page, count + (page != last)
        return self._pages[text][1] >= _RUNS and _CONTINUED.search(text) is None

    def _heading(self, extents: _Extents, page: int) -> str:
        """The last heading, or the last in the column of a table if another column stands between."""
        near = [one for one in self._headings if page - _FARTHEST <= _page(one.place)]
        here = [one for one in near if _page(one.place) == page and _is_over(one.place, extents)]
        return _CONTINUED.sub("", (here or near)[-1].text) if near else ""

    def _right_above(self, extents: _Extents) -> str:
        """The numbered name that stands right above a table, which goes over columns that are read in between."""
        told = [one for one in (*self._headings, *self._numbered) if _NUMBERED.match(one.text)]
        return _nearest_above(told, extents)

    def _paragraph(self, extents: _Extents) -> tuple[str, str]:
        """The text right above in the column of a table, without units, dates, ticked boxes, and notes to a table; and
        what was left out between.
        """
        found: list[tuple[str, bool]] = []
        for span in self._text:
            text = without_ticks(span.text)
            if text and "是否" not in text and not is_unit(text):
                here = _is_over(span.place, extents)
                above, was_here = found.pop() if found and "\n" not in span.before else ("", False)
                found.append((above + span.before * bool(above) + text, here or was_here))
        found = [one for one in found if one[1]] or found
        aside = ""
        while found and (says_aside(found[-1][0]) or (self._table and _NOTE.match(found[-1][0]))):
            aside = found.pop()[0]
        return found[-1][0] if found else "", aside

    def _name(self, table: Table, page: int) -> tuple[str, str]:
        """What *table* is called, and what it counts in where only its name or its introduction says so."""
        title = joined(table.head.title)
        own, is_name = _own(title)
        extents = {} if is_name else _extents(table)
        numbered = "" if is_name else self._right_above(extents)
        if is_name or numbered:
            return bare(numbered) or own, unit_in(title) or unit_in(numbered)
        heading, (paragraph, aside) = self._heading(extents, page), self._paragraph(extents)
        title = title or aside
        begins_above = own[:1].islower() or own[:1].isdigit()
        told = f"{paragraph} {own}" if begins_above else own or paragraph
        subject = _subject(told)
        if subject and not _is_said(subject, heading):
            return subject, unit_in(told)
        if not (own or subject) and names_below(paragraph):
            return bare(paragraph), unit_in(title) or unit_in(paragraph)
        if not (own or paragraph) and self._table:
            over = bare(_nearest_above(self._headings, extents))
            return over or self._last.called, unit_in(title) or (unit_in(over) if over else self._last.measure)
        if own and not subject and self._table:
            return bare(own), unit_in(title)
        return bare(heading) or subject or bare(own), unit_in(told if own or subject else title or heading)


def _page(place: Place) -> int:
    return place.number if isinstance(place, Page) else 0


def _extents(table: Table) -> _Extents:
    boxes: dict[int, list[Box]] = {}
    for cell in (cell for row in table.rows for cell in row):
        if isinstance(cell.place, Page) and cell.place.box:
            boxes.setdefault(cell.place.number, []).append(cell.place.box)
    return {page: Box(*corners(own)) for page, own in boxes.items()}


def _is_over(place: Place, extents: _Extents) -> bool:
    """Whether *place* is in the column of a page where a table stands, or on another page."""
    own, extent = place.box if isinstance(place, Page) else None, extents.get(_page(place))
    return own is None or extent is None or (own.x0 < extent.x1 and extent.x0 < own.x1)


def _is_right_above(place: Place, extents: _Extents) -> bool:
    """Whether *place* is over a table, with room for no more than heads of columns between."""
    own, extent = place.box if isinstance(place, Page) else None, extents.get(_page(place))
    if own is None or extent is None or not _is_over(place, extents):
        return False
    return -1 < extent.y0 - own.y1 < _NEAR * (own.y1 - own.y0)


def _nearest_above(told: Iterable[_Heading], extents: _Extents) -> str:
    """The last of those *told* that stand right above a table, whatever is read between them."""
    return next((one.text for one in reversed([*told]) if _is_right_above(one.place, extents)), "")


def _own(title: str) -> tuple[str, bool]:
    """The *title* over a table, in one line without the company's name, units and remarks in brackets; and whether they
    are its name, and no sentence.
    """
    lines = [closed(line) for line in title.split("\n") if line.strip()]
    if match := _NAMED_TABLE.match(" ".join(lines)):
        return match[1], True
    if introduces(" ".join(lines)):
        return _WITHIN_CHINESE.sub("", "\n".join(lines)).replace("\n", " "), False
    told = [
        line for above, line in pairwise(["", *lines]) if above.endswith(",") or not (says_aside(line) or is_unit(line))
    ]
    own = " ".join(told[max([at for at, line in enumerate(told) if _MARKED.match(line)], default=0) :])
    return bare(own), bool(own)


def _subject(text: str) -> str:
    """What the last sentence of *text* says that follows, or the last that says that a table does."""
    if not introduces(text):
        return ""
    told = [text[start:stop] for start, stop in sentences(text)]
    return next(filter(None, (subject_of(one) for one in reversed(told) if one is told[-1] or says_table(one))), "")


def _is_said(subject: str, heading: str) -> bool:
    """Whether *heading* has all the words of *subject*."""
    words = [subject] if has_han(subject) else _LONG_WORDS.findall(subject)
    return bool(heading) and all(word.casefold() in heading.casefold() for word in words)
