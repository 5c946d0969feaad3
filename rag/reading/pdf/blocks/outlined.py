"""Headings get the levels that the document's own outline gives them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag.reading.pdf.blocks.headings import LOWEST
from rag.records import Block, Leaf, OutlineEntry, Span, joined

_ALIKE = 0.6  # of the longer of two titles: one may leave out a number, or the second line
_SHORTEST = 4


def outlined(leaves: Iterable[Leaf], outline: Sequence[OutlineEntry]) -> Iterator[Leaf]:
    """*leaves* whose headings that stand in *outline* have its levels; those that do not and look no wider than the one
    above them that does stand below or beside it.

    An outline of one level says nothing about what stands below what, and is left alone.
    """
    known: dict[int, list[tuple[str, int]]] = {}
    for entry in outline:
        if entry.page is not None and (title := _bare(entry.title)):
            known.setdefault(entry.page, []).append((title, min(LOWEST, entry.level)))
    if len({level for entries in known.values() for _, level in entries}) < 2:
        yield from leaves
        return
    above = looked = 0
    for leaf in leaves:
        blocks = list(leaf.blocks)
        for start, stop in _headings(blocks):
            title = _bare(joined([block for block in blocks[start:stop] if isinstance(block, Span)]))
            level = next((level for other, level in known.get(leaf.number, ()) if _same(title, other)), 0)
            if level:
                above, looked = level, _level(blocks[start])
            for at in range(start, stop):
                one = blocks[at]
                if isinstance(one, Span):
                    own = level or _beside(one.level, above, looked)
                    blocks[at] = one if own == one.level else replace(one, level=own)
        changed = any(one is not other for one, other in zip(blocks, leaf.blocks, strict=True))
        yield replace(leaf, blocks=tuple(blocks)) if changed else leaf


def _level(block: Block) -> int:
    return block.level if isinstance(block, Span) else LOWEST


def _beside(own: int, above: int, looked: int) -> int:
    """The level of a heading that looks to be of level *own*, below one of level *above* that *looked* like another."""
    if not above or own < looked:
        return own
    return above if own == looked <= above else min(LOWEST, max(own, above + 1))


def _headings(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
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


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    alike = len(short) >= max(_SHORTEST, _ALIKE * len(long))
    return alike and (long.startswith(short) or long.endswith(short))
