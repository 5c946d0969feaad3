"""What each table of a document is called: its own title, what its introduction says, or the heading above it."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rag.language import HAN, sentences
from rag.reading.pdf.tables.introductions import introduces, says_table, subject_of
from rag.reading.pdf.tables.name_lines import (
    bare,
    closed,
    is_chinese,
    is_remark,
    names_below,
    names_company,
    names_nothing,
)
from rag.reading.pdf.tables.table_heads import is_unit
from rag.records import Block, Leaf, Span, SpanKind, Table, TableHead, joined

_FARTHEST = 5  # pages between a heading and a table that bears its name
_RUNS = 3  # pages with the same heading
_REMEMBERED = 100  # runs of text above a table
_SHORTEST_CHINESE = 8  # characters of a heading that says little without the one right above it: 分类列示
_ASIDE = frozenset[SpanKind]({"running", "watermark", "hidden", "footnote"})
_TICKED = re.compile(r"[□√☑☒]\s*(?:[适適]用|不[适適]用|是|否)?")
_CONTINUED = re.compile(r"\s*[-–—]?\s*[(（](?:continued|cont['’]?d\.?|续|續)[)）]", re.IGNORECASE)
_NAMED_TABLE = re.compile(r"(.{4,80}?(?:\btables?|\bschedules?|表))\s*[:：]\s*\S", re.IGNORECASE)
_MARKED = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]+\s*[^\W\d]")
_NOTE = re.compile(r"[(（][a-z\d]{1,2}[)）]\s+[a-z]|[*†‡_]+|(?:sources?|notes?|注|註)\s*[:：.]", re.IGNORECASE)
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


class _Namer:
    """What stands above the next table: the last heading, the last table since, and the text behind both."""

    def __init__(self) -> None:
        self._heading, self._page = "", 0
        self._parts: list[str] = []
        self._last = ""
        self._table: str | None = None
        self._text: deque[Span] = deque(maxlen=_REMEMBERED)
        self._pages: dict[str, tuple[int, int]] = {}

    def read(self, block: Block, page: int) -> Block:
        """*block* of page number *page*; a table with its name."""
        match block:
            case Table(head, _, continues):
                name = self._last if continues else self._name(head, page)
                self._table = self._last = name
                self._text.clear()
                return replace(block, head=replace(head, name=name)) if name else block
            case Span() if block.kind == "heading":
                self._head(block, page)
            case Span() if block.kind not in _ASIDE:
                self._text.append(block)
        return block

    def _head(self, span: Span, page: int) -> None:
        goes_on = bool(self._parts) and self._table is None and not self._text and self._reads_on(span)
        parts = [*self._parts, span.text] if goes_on else [span.text]
        text = closed(" ".join(parts))
        if names_nothing(text) or self._runs(text, page):
            self._parts = []
            return
        self._heading, self._page, self._parts, self._table = text, page, parts, None
        self._text.clear()

    def _reads_on(self, span: Span) -> bool:
        """Whether *span* is the rest of the heading right above it, or says little without it."""
        short = is_chinese(span.text) and len(span.text) < _SHORTEST_CHINESE and not _MARKED.match(span.text)
        return short or "\n" not in span.before or _WORD.search(self._heading) is None

    def _runs(self, text: str, page: int) -> bool:
        """Whether *text* stands over page after page, and heads nothing there."""
        last, count = self._pages.get(text, (0, 0))
        self._pages[text] = page, count + (page != last)
        return self._pages[text][1] >= _RUNS and _CONTINUED.search(text) is None

    def _paragraph(self) -> str:
        """The text right above, without units, boxes that were ticked, and notes to the table above."""
        found: list[str] = []
        for span in self._text:
            text = _TICKED.sub("", span.text).strip()
            if text and "是否" not in text and not is_unit(text):
                if "\n" in span.before or not found:
                    found.append(text)
                else:
                    found[-1] += span.before + text
        if self._table is not None:
            found = [text for text in found if not _NOTE.match(text)]
        return found[-1] if found else ""

    def _name(self, head: TableHead, page: int) -> str:
        own, is_name = _own(head)
        if is_name:
            return own
        heading = _CONTINUED.sub("", self._heading) if page - self._page <= _FARTHEST else ""
        paragraph = self._paragraph()
        begins_above = own[:1].islower() or own[:1].isdigit()
        subject = _subject(f"{paragraph} {own}" if begins_above else own or paragraph)
        if subject and not _is_said(subject, heading):
            return subject
        if not (own or subject) and names_below(paragraph):
            return bare(paragraph)
        if not (own or paragraph) and self._table:
            return self._table
        if own and not subject and self._table is not None:
            return bare(own)
        return bare(heading) or subject or bare(own)


def _own(head: TableHead) -> tuple[str, bool]:
    """The words over a table, in one line without the company's name, units and remarks in brackets; and whether they
    are its name, and no sentence.
    """
    lines = [closed(line) for line in joined(head.title).split("\n") if line.strip()]
    lines = [line for line in lines if not (names_company(line) or is_remark(line) or is_unit(line))]
    own = " ".join(lines[max([at for at, line in enumerate(lines) if _MARKED.match(line)], default=0) :])
    if match := _NAMED_TABLE.match(own):
        return match[1], True
    if introduces(" ".join(lines)):
        return _WITHIN_CHINESE.sub("", "\n".join(lines)).replace("\n", " "), False
    return bare(own), bool(own)


def _subject(text: str) -> str:
    """What the last sentence of *text* says that follows, or the last that says that a table does."""
    if not introduces(text):
        return ""
    told = [text[start:stop] for start, stop in sentences(text)]
    return next(filter(None, (subject_of(one) for one in reversed(told) if one is told[-1] or says_table(one))), "")


def _is_said(subject: str, heading: str) -> bool:
    """Whether *heading* has all the words of *subject*."""
    words = [subject] if is_chinese(subject) else _LONG_WORDS.findall(subject)
    return bool(heading) and all(word.casefold() in heading.casefold() for word in words)
