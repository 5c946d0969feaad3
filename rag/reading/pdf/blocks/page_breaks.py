"""Sentences that go on over a page break or in the next column: the white space between their halves is put right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import is_cjk
from rag.reading.pdf.blocks.paragraphs import MARKER, glue, is_broken_word
from rag.records import Block, Box, Figure, Leaf, Page, Span

_ENDS = re.compile(r"[.!?:;…。！？：；][”’」』）)\]\"']*\W*$")
_ASIDE = frozenset({"running", "watermark", "hidden"})
_NOTES = _ASIDE | {"footnote"}
_BODY = frozenset({"text", "list"})


class _End(NamedTuple):
    """The last run of a paragraph: its text, its box, and how far to the right the text of its page goes."""

    text: str
    box: Box
    right: float


def joined_over_breaks(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """*leaves* in which a sentence goes on where it does: on the next page, or at the top of the next column.

    No word is moved: the first run of the second half has no line break before it, though it has a page of its own.
    """
    end: _End | None = None
    for leaf in leaves:
        blocks = list(leaf.blocks)
        _join(blocks, end)
        end = _last(blocks, end)
        yield (
            leaf
            if all(one is other for one, other in zip(blocks, leaf.blocks, strict=True))
            else replace(leaf, blocks=tuple(blocks))
        )


def _join(blocks: list[Block], end: _End | None) -> None:
    """Join the first of *blocks* with *end*, and those at the top of a column, or after half a word, with what stands
    before them.
    """
    above: Block | None = None
    fresh = True
    for at, block in enumerate(blocks):
        if _is_aside(block):
            continue
        if isinstance(block, Span) and block.kind == "text" and "\n" in block.before:
            before = end if fresh else None
            if not fresh and isinstance(above, Span) and above.kind in _BODY and _may_read_on(above, block):
                before = _end(above, blocks)
            if before is not None and _reads_on(before, block, blocks):
                blocks[at] = replace(block, before=glue(before.text, block.text))
        fresh = False
        above = blocks[at]


def _last(blocks: Sequence[Block], before: _End | None) -> _End | None:
    """The end of a page; *before* is that of the page before, which holds when this one says nothing."""
    last = next((block for block in reversed(blocks) if not _is_aside(block, _NOTES)), None)
    if last is None:
        return before if not blocks else None
    return _end(last, blocks) if isinstance(last, Span) and last.kind in _BODY else None


def _is_aside(block: Block, kinds: frozenset[str] = _ASIDE) -> bool:
    return block.kind in kinds if isinstance(block, Span) else isinstance(block, Figure) and not block.caption


def _box(span: Span) -> Box | None:
    return span.place.box if isinstance(span.place, Page) else None


def _end(span: Span, blocks: Sequence[Block]) -> _End | None:
    box = _box(span)
    if box is None or _ENDS.search(span.text):
        return None
    return _End(span.text, box, max(one.x1 for one in _beside(box, blocks)))


def _beside(box: Box, blocks: Sequence[Block]) -> list[Box]:
    """The boxes of the running text above and below *box*, its own among them."""
    found = [box]
    for block in blocks:
        if isinstance(block, Span) and block.kind == "text":
            one = _box(block)
            if one is not None and abs(one.x0 - box.x0) < 40 and one.x1 > box.x0:
                found.append(one)
    return found


def _may_read_on(above: Span, span: Span) -> bool:
    if is_broken_word(above.text, span.text):
        return True
    one, other = _box(above), _box(span)
    return one is not None and other is not None and other.y1 < one.y0 and other.x0 > one.x0


def _reads_on(end: _End, span: Span, blocks: Sequence[Block]) -> bool:
    """Whether *span*, which begins a paragraph on a new page or in a new column, is the rest of the one at *end*."""
    text, box = span.text, _box(span)
    if box is None or MARKER.match(text):
        return False
    tall = end.box.y1 - end.box.y0
    if not 0.8 * tall < box.y1 - box.y0 < 1.25 * tall:
        return False
    if text[0].islower():
        return True
    full = end.box.x1 > end.right - 1.5 * tall
    flush = box.x0 < min(one.x0 for one in _beside(box, blocks)) + 0.8 * tall
    if is_cjk(end.text[-1]) or is_cjk(text[0]):
        return full and flush
    return full and flush and (end.text[-1].islower() or end.text[-1] == ",")
