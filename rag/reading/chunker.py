"""Passages: neighbouring spans gathered until they are as long as an embedder reads well."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from rag.reading.words import Block, Count, Footnotes, Words, counts_of, goes_on, told_on
from rag.records import Document, Leaf, Passage, Span, Table, TableHead

_BATCH = 2048
_SHARE_OF_PATH, _SHARE_OF_HEAD = 4, 2
_SHARE_OF_ROWS = 4  # what a path and a head of full length leave free
_ENDS_SENTENCE = re.compile(r"[。！？；.!?;][”’」』）)\"'\]]*\s*\Z")
_GOOD_CUT = re.compile(r"[。！？；\n]|[.!?;](?=\s)")
_SPACE = re.compile(r"\s")

_COUNTED = tuple(re.compile(rf"{name}\s+(?:\d+[A-Z]?|[IVX]+)\b", re.IGNORECASE) for name in ("part", "item", "note"))

_BIG_ENOUGH_FOR_A_HEADING = 0.3
_BIG_ENOUGH_FOR_A_PAGE = 0.6
_HALF_FULL = 0.5


def chunk(
    document: Document, leaves: Iterable[Leaf], limit: int, count: Count, *, hidden: bool = False
) -> Iterator[Passage]:
    """Gather neighbouring spans into passages whose text is at most *limit* tokens; none is repeated or lost, but for
    watermarks, running heads and feet beside other words, and text that nobody sees unless *hidden* asks for it.

    Spans stay in their order, except that footnotes follow the paragraph that goes on over them on the next page.
    Lazy: a leaf is asked for only when the passages that end before it have been taken. Only a span that is longer
    than a whole passage is altered: it becomes several spans of one place, whose texts joined are the text it had.
    A passage is over *limit* only when one single character is. White space alone makes no passage.

    ``Passage.heading`` is what stands above its first span: a heading that opens the passage is not repeated there.
    Of headings of one level, ``Part``, ``Item`` and ``Note`` with a number stand above those without.
    The name of a sheet is its widest heading. A path longer than a quarter of *limit* loses its widest headings.

    Rows of a table never share a passage with prose, except for the headings right above the table. Every passage of
    a table carries its head; a head longer than half of *limit* is carried with its words cut short, and when even
    that is too long, without column heads (in its own spans it always stands whole).

    :raises ValueError: when *limit* is not positive
    """
    if limit < 1:
        raise ValueError("a passage needs room for at least one token")
    gatherer = _Gatherer(document, limit, count)
    footnotes = Footnotes()
    for leaf in leaves:
        words = told_on(leaf, hidden=hidden)
        first = list(islice(words, 1))
        if document.kind == "workbook" or not (first and goes_on(*first[0])):
            yield from gatherer.gather(footnotes.release())
            gatherer.turn(leaf)
        yield from gatherer.gather(footnotes.put_off(chain(first, words)))
    yield from gatherer.gather(footnotes.release())
    gatherer.close()
    yield from gatherer.complete()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span that fits into a passage, and the headings above it, the widest first."""

    span: Span
    tokens: int
    above: tuple[str, ...]


class _Group(NamedTuple):
    """What becomes a passage; *carried* is the head of its table, shortened if need be."""

    pieces: list[_Piece]
    table: Table | None
    carried: TableHead | None


class _Gatherer:
    def __init__(self, document: Document, limit: int, count: Count) -> None:
        self._document = document
        self._limit = limit
        self._count = count
        self._stack: list[tuple[tuple[int, int], str]] = []
        self._above: tuple[str, ...] = ()
        self._block = Block()
        self._open: list[_Piece] = []
        self._tokens = 0
        self._done: list[_Group] = []
        self._carried: tuple[TableHead | None, int] = (None, 0)
        self._path = lru_cache(256)(self._fitting_path)

    # ── Gathering ──

    def turn(self, leaf: Leaf) -> None:
        """Begin *leaf* with a new paragraph: a passage may go on over a page break, never over the edge of a sheet."""
        if self._document.kind == "workbook":
            self.close()
            self._stack = [((-1, 0), leaf.name)] if leaf.name else []
            self._above = tuple(text for _, text in self._stack)
        elif self._tokens > self._limit * _BIG_ENOUGH_FOR_A_PAGE:
            self._end_passage()

    def gather(self, words: Words) -> Iterator[Passage]:
        """The passages that end within *words*."""
        while batch := list(islice(words, _BATCH)):
            counts = counts_of([span for span, _ in batch], self._limit // _SHARE_OF_ROWS, self._count)
            for (span, block), tokens in zip(batch, counts, strict=True):
                self._add(span, block, tokens)
            yield from self.complete()

    def _add(self, span: Span, block: Block, tokens: int) -> None:
        if block is not self._block and (block.table or self._block.table or block.alone or self._block.alone):
            self._end_passage()
            self._block = block
            self._carried = self._fitting_head(block.table.head) if block.table else (None, 0)
        above = self._under(span) if span.kind == "heading" else self._above
        self._open.append(_Piece(span, tokens, above))
        self._tokens += tokens
        while self._open and self._tokens > (room := self._room()):
            if len(self._open) == 1:
                pieces = self._cut(self._open[0], room)
                if len(pieces) == 1:
                    break
                self._open = pieces
                self._tokens = sum(piece.tokens for piece in pieces)
            else:
                self._break_off(_best_break(self._open, room, 0 if self._block.table else room * _HALF_FULL))

    def close(self) -> None:
        """End the open passage, even when it is but a heading."""
        self._break_off(len(self._open))

    def _under(self, heading: Span) -> tuple[str, ...]:
        """Put *heading* on the stack; what stands above it."""
        text = " ".join(heading.text.split())
        last = self._open[-1].span if self._open else None
        goes_on = last and last.kind == "heading" and last.level == heading.level and "\n" not in heading.before
        if goes_on and self._stack:
            above = self._stack[:-1]
            self._stack[-1] = (self._stack[-1][0], f"{self._stack[-1][1]}{heading.before}{text}")
        else:
            if self._tokens >= self._limit * _BIG_ENOUGH_FOR_A_HEADING:
                self._end_passage()
            own = heading.level, _rank(text)
            while self._stack and self._stack[-1][0] >= own:
                self._stack.pop()
            above = list(self._stack)
            self._stack.append((own, text))
        self._above = tuple(text for _, text in self._stack)
        return tuple(text for _, text in above)

    def _end_passage(self) -> None:
        """End the open passage; headings at its end wait for what they are above."""
        end = len(self._open)
        while end and self._open[end - 1].span.kind == "heading":
            end -= 1
        self._break_off(end)

    def _break_off(self, end: int) -> None:
        if end:
            self._done.append(_Group(self._open[:end], self._block.table, self._carried[0]))
            self._open = self._open[end:]
            self._tokens = sum(piece.tokens for piece in self._open)

    def _room(self) -> int:
        """Tokens for the own words of the open passage."""
        table = self._block.table
        brings_heads = table and table.head.header and self._open[0].span.kind in {"heading", "title", "unit", "head"}
        return self._limit - self._path(self._open[0].above)[1] - (0 if brings_heads else self._carried[1])

    # ── Passages ──

    def complete(self) -> Iterator[Passage]:
        """The passages that have ended."""
        done, self._done = self._done, []
        return self._fitting(done)

    def _fitting(self, groups: list[_Group]) -> Iterator[Passage]:
        """Passages of *groups*, counted as they will be read: a text can be longer than its parts are together."""
        passages = [self._passage(group) for group in groups]
        counts = self._count([passage.text for passage in passages]) if passages else []
        for group, passage, tokens in zip(groups, passages, counts, strict=True):
            parts = self._parted(group, tokens) if tokens > self._limit else []
            if parts:
                yield from self._fitting(parts)
            elif passage.own_text.strip():
                yield passage

    def _passage(self, group: _Group) -> Passage:
        spans = tuple(piece.span for piece in group.pieces)
        head = group.carried
        kinds = {span.kind for span in spans}
        if group.table and "head" in kinds:
            told = kinds & {"title", "unit"}
            head = group.table.head if told else replace(head or TableHead(), header=group.table.head.header)
        return Passage(self._document, spans, self._path(group.pieces[0].above)[0], head)

    def _parted(self, group: _Group, tokens: int) -> list[_Group]:
        """The groups that *group* falls into, none when it cannot be parted."""
        pieces = group.pieces
        if len(pieces) > 1:
            inside = sum(piece.tokens for piece in pieces)
            at = _best_break(pieces, inside, 0 if group.table else inside * _HALF_FULL)
            return [group._replace(pieces=pieces[:at]), group._replace(pieces=pieces[at:])]
        own = pieces[0].tokens
        parts = self._cut(pieces[0], min(own - 1, own - tokens + self._limit))
        return [group._replace(pieces=[part]) for part in parts] if len(parts) > 1 else []

    # ── What must be shortened ──

    def _cut(self, piece: _Piece, room: int) -> list[_Piece]:
        """*piece* as pieces of at most *room* tokens, or of one character."""
        texts = self._cut_text(piece.span.text, piece.tokens, max(1, room))
        befores = [piece.span.before, *[""] * (len(texts) - 1)]
        counts = self._count([before + text for before, text in zip(befores, texts, strict=True)])
        return [
            _Piece(replace(piece.span, text=text, before=before), tokens, piece.above)
            for text, before, tokens in zip(texts, befores, counts, strict=True)
        ]

    def _cut_text(self, text: str, tokens: int, room: int) -> list[str]:
        if tokens <= room or len(text) <= 1:
            return [text]
        size = max(1, min(len(text) - 1, int(len(text) * room / tokens * 0.9)))
        pieces = []
        start = 0
        while start < len(text):
            end = start + size
            if end < len(text):
                end = _good_cut(text, start + size // 2, end)
            pieces.append(text[start:end])
            start = end
        counts = self._count(pieces)
        return [part for piece, own in zip(pieces, counts, strict=True) for part in self._cut_text(piece, own, room)]

    def _fitting_path(self, headings: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        """The innermost of *headings* that fit into a quarter of a passage, and their tokens."""
        while headings:
            tokens = self._count([" > ".join(headings) + "\n"])[0]
            if tokens <= self._limit // _SHARE_OF_PATH:
                return headings, tokens
            headings = headings[1:]
        return (), 0

    def _fitting_head(self, head: TableHead) -> tuple[TableHead | None, int]:
        """*head* as the later passages of its table carry it, at most half a passage long, and its tokens."""
        if not head.text:
            return head, 0
        without_columns = replace(head, header=())
        for kept in (head, *(_cut_short(head, size) for size in (24, 12, 6)), _cut_short(without_columns, 60)):
            tokens = self._count([kept.text + "\n"])[0]
            if tokens <= self._limit // _SHARE_OF_HEAD:
                return kept, tokens
        return None, 0


def _rank(heading: str) -> int:
    """Parts hold items, items hold notes, and those all others, when they are set alike."""
    return next((rank for rank, counted in enumerate(_COUNTED) if counted.match(heading)), len(_COUNTED))


def _best_break(pieces: list[_Piece], room: int, floor: float) -> int:
    """How many of *pieces* the passage keeps: within *room*, and if it can be over *floor*, up to the best break."""
    best, best_at, fill = (False, -1), 1, 0
    for at in range(1, len(pieces)):
        fill += pieces[at - 1].tokens
        if fill > room:
            break
        found = (fill >= floor, _break_strength(pieces[at - 1].span, pieces[at].span))
        if found >= best:
            best, best_at = found, at
    return best_at


def _break_strength(left: Span, right: Span) -> int:
    if left.kind == "heading":
        return 0
    if right.kind == "heading":
        return 4
    if "\n" in right.before:
        return 3
    return 2 if _ENDS_SENTENCE.search(left.text) else 1


def _good_cut(text: str, first: int, last: int) -> int:
    """Where to cut *text* between *first* and *last*: behind a sentence, else behind a space, else at *last*."""
    for pattern in (_GOOD_CUT, _SPACE):
        ends = [match.end() for match in pattern.finditer(text, first, last)]
        if ends:
            return ends[-1]
    return last


def _cut_short(head: TableHead, size: int) -> TableHead:
    def short(text: str) -> str:
        return text if len(text) <= size else text[: size - 1] + "…"

    return TableHead(
        tuple(replace(span, text=short(span.text)) for span in head.title),
        tuple(replace(span, text=short(span.text)) for span in head.unit),
        tuple(tuple(replace(cell, text=short(cell.text)) for cell in row) for row in head.header),
        head.name,
        head.measure,
    )
