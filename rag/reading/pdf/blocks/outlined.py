"""Headings get the levels that the document's own outline gives them, and what it names is a heading."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag.reading.pdf.blocks.headings import LOWEST
from rag.reading.pdf.blocks.numbered import headings, numbered, set_level
from rag.records import Block, Leaf, OutlineEntry, Span, joined

_ALIKE = 0.6  # of the longer of two titles: one may leave out a number, or the second line
_SHORTEST = 4
_NUMBER = re.compile(
    r"第?[\d一二三四五六七八九十百]{1,6}[章节節部条條]?|(?:chapter|appendix|section)[\da-z]{1,3}|[a-z]\d{0,4}|[ivx]{1,5}"
)
"""What may stand before a title, without its points."""


def outlined(leaves: Iterable[Leaf], outline: Sequence[OutlineEntry]) -> Iterator[Leaf]:
    """*leaves* whose headings that stand in *outline* have its levels; those that do not and look no wider than the one
    above them that does stand below or beside it. A paragraph that says just what *outline* calls a part of its page is
    a heading.

    An outline of one level says nothing about what stands below what; the numbers of headings tell it all the same.
    """
    known: dict[int, list[tuple[str, int]]] = {}
    for entry in outline:
        if entry.page is not None and (title := _bare(entry.title)):
            known.setdefault(entry.page, []).append((title, min(LOWEST, entry.level)))
    leaves = numbered(leaves)
    if len({level for entries in known.values() for _, level in entries}) < 2:
        yield from leaves
        return
    above = looked = 0
    for leaf in leaves:
        blocks = list(leaf.blocks)
        _name(blocks, known.get(leaf.number, ()))
        for start, stop in headings(blocks):
            title = _title(blocks, start, stop)
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


def _name(blocks: list[Block], entries: Sequence[tuple[str, int]]) -> None:
    """Make a heading of the first paragraph that says what one of *entries* does, if no heading says it."""
    named = [_title(blocks, start, stop) for start, stop in headings(blocks)]
    missing = {title: level for title, level in entries if not any(_same(one, title) for one in named)}
    if not missing:
        return
    for start, stop in _paragraphs(blocks):
        text = _title(blocks, start, stop)
        title = next((title for title in missing if text == title or _is_numbered(text, title)), None)
        if title is not None:
            set_level(blocks, start, stop, missing.pop(title))


def _paragraphs(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """From where to where each paragraph of the text in *blocks* goes, and each item of a list."""
    start = 0
    while start < len(blocks):
        first = blocks[start]
        stop = start + 1
        if isinstance(first, Span):
            while stop < len(blocks) and _goes_on(first, blocks[stop]):
                stop += 1
            if first.kind in {"text", "list"} and "\n" in first.before:
                yield start, stop
        start = stop


def _goes_on(first: Span, block: Block) -> bool:
    return isinstance(block, Span) and block.kind == first.kind and "\n" not in block.before


def _title(blocks: Sequence[Block], start: int, stop: int) -> str:
    return _bare(joined([block for block in blocks[start:stop] if isinstance(block, Span)]))


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if _is_numbered(long, short):
        return True
    alike = len(short) >= max(_SHORTEST, _ALIKE * len(long))
    return alike and (long.startswith(short) or long.endswith(short))


def _is_numbered(text: str, title: str) -> bool:
    """Whether *text* is *title* behind a number; that alone is none."""
    return text.endswith(title) and _NUMBER.fullmatch(text[: -len(title)]) is not None
