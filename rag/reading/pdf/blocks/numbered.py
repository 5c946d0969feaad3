"""Headings whose numbers say what stands below what: 2.1 below 2, though both are set alike."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag.reading.pdf.blocks.headings import LOWEST
from rag.records import Block, Leaf, Span, joined

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,5})[.．]?\s+[^\W\d_]")


def numbered(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """*leaves* in which a heading with a number such as 2.1 stands below the one with 2, if that came before."""
    levels: dict[str, int] = {}
    for leaf in leaves:
        blocks = list(leaf.blocks)
        for start, stop in headings(blocks):
            first = blocks[start]
            title = joined([block for block in blocks[start:stop] if isinstance(block, Span)])
            number = _NUMBER.match(title)
            if number is None or not isinstance(first, Span):
                continue
            parent, _, _ = number[1].rpartition(".")
            above = levels.get(parent, 0)
            own = 0 if first.level == LOWEST else first.level  # so deep because its type does not tell
            level = min(LOWEST, max(own, above + 1)) if above else first.level
            levels[number[1]] = level
            if level != first.level:
                set_level(blocks, start, stop, level)
        changed = any(one is not other for one, other in zip(blocks, leaf.blocks, strict=True))
        yield replace(leaf, blocks=tuple(blocks)) if changed else leaf


def headings(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """From where to where each heading of *blocks* goes: a title with full stops in it is several spans."""
    start: int | None = None
    for at, block in enumerate(blocks):
        heads = isinstance(block, Span) and block.kind == "heading"
        if start is not None and not (heads and isinstance(block, Span) and "\n" not in block.before):
            yield start, at
            start = None
        if heads and start is None:
            start = at
    if start is not None:
        yield start, len(blocks)


def set_level(blocks: list[Block], start: int, stop: int, level: int) -> None:
    """Make *blocks* from *start* to *stop* a heading of *level*."""
    for at in range(start, stop):
        one = blocks[at]
        if isinstance(one, Span) and (one.kind != "heading" or one.level != level):
            blocks[at] = replace(one, kind="heading", level=level)
