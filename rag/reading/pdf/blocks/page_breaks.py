"""Sentences that go on over a page break or in the next column: the white space between their halves is put right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import is_cjk
from rag.reading.pdf.blocks.paragraphs import MARKER, ends_in_leader, glue, is_broken_word
from rag.records import Block, Box, Figure, Leaf, Page, Span

_ENDS = re.compile(r"[.!?:;…。！？：；][”’」』）)\]\"']*\W*$")
_ASIDE = frozenset({"running", "watermark", "hidden"})
_NOTES = _ASIDE | {"footnote"}
_LOOKED_UP = 12  # runs of words above a line that tell how wide its column is
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
        if (
            not fresh
            and isinstance(block, Span)
            and isinstance(above, Span)
            and _goes_on_below(above, block, at, blocks)
        ):
            _take_in(block, above, at, blocks)
        fresh = False
        above = blocks[at]


def _goes_on_below(above: Span, span: Span, at: int, blocks: Sequence[Block]) -> bool:
    """Whether *span*, block *at*, begins what the layout model takes for another paragraph, or for an item of a list,
    and is but the next line of the sentence of *above*, which fills its line.
    """
    if "\n" not in span.before or not span.text.lstrip("“‘\"'(")[:1].islower():
        return False
    one, other = _box(above), _box(span)
    if above.kind not in _BODY or span.kind not in _BODY or one is None or other is None:
        return False
    if _ENDS.search(above.text) or ends_in_leader(above.text) or MARKER.match(span.text):
        return False
    tall = one.y1 - one.y0
    lines = [box for box in map(_body_box, blocks[max(0, at - _LOOKED_UP) : at]) if box is not None]
    left = min(box.x0 for box in lines)
    right = max(box.x1 for box in lines)
    close = -0.3 * tall < other.y0 - one.y1 < 0.5 * tall and 0.8 * tall < other.y1 - other.y0 < 1.25 * tall
    return close and one.x1 > right - 1.5 * tall and abs(other.x0 - left) < 2 * tall


def _body_box(block: Block) -> Box | None:
    return _box(block) if isinstance(block, Span) and block.kind in _BODY else None


def _take_in(span: Span, above: Span, at: int, blocks: list[Block]) -> None:
    """Make *span*, block *at*, and what follows in its paragraph, one with the paragraph of *above*."""
    blocks[at] = replace(span, before=glue(above.text, span.text), kind=above.kind, level=above.level)
    for number in range(at + 1, len(blocks)):
        block = blocks[number]
        if not isinstance(block, Span) or "\n" in block.before or block.kind != span.kind:
            break
        blocks[number] = replace(block, kind=above.kind, level=above.level)


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
