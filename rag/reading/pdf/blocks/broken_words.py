"""A word broken over a line end is one word again where its document has it whole; hyphens of its own stay."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.records import Block, Leaf, Span

_HEAD = re.compile(r"(?:^|[\s(\[“‘\"'—–/])([^\W\d_]+)[-\u2010]$")
_TAIL = re.compile(r"([^\W\d_]+)(?=[^\w\s-]*(?:\s|$))")
_MOST = 100_000  # words that are remembered: more than one language and one writer use
_USUAL = 3  # broken words that were found whole as well: the document breaks others too


def mended(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """*leaves* without the hyphens that break words over line ends; a word is known by standing whole before, or on the
    same page.
    """
    words = _Words()
    for leaf in leaves:
        words.hear(leaf.blocks)
        blocks = words.mend(leaf.blocks)
        yield leaf if blocks is None else replace(leaf, blocks=blocks)


@dataclass(slots=True)
class _Words:
    """The words of a document as far as it was read, and with a hyphen the first parts of those that have one."""

    known: set[str] = field(default_factory=set)
    mended: int = 0

    def hear(self, blocks: Sequence[Block]) -> None:
        if len(self.known) > _MOST:
            self.known.clear()
        for block in blocks:
            if isinstance(block, Span):
                words = block.text.split()
                self.known.update(words if block.before else words[1:])  # the first may be half of one
                if "-" in block.text:
                    self.known.update([word.partition("-")[0] + "-" for word in words if "-" in word[:-1]])

    def mend(self, blocks: Sequence[Block]) -> tuple[Block, ...] | None:
        """*blocks* with their broken words whole, or ``None`` when there are none."""
        found: list[Block] | None = None
        for at in range(1, len(blocks)):
            above, below = blocks[at - 1], blocks[at]
            if isinstance(below, Span) and not below.before and isinstance(above, Span) and self._breaks(above, below):
                found = found or list(blocks)
                found[at - 1] = replace(above, text=above.text[:-1])
        return None if found is None else tuple(found)

    def _breaks(self, above: Span, below: Span) -> bool:
        head, tail = _HEAD.search(above.text), _TAIL.match(below.text)
        if head is None or tail is None or not tail[1][0].islower():
            return False
        if f"{head[1]}-{tail[1]}" in self.known:
            return False
        if head[1] + tail[1] in self.known:
            self.mended += 1
            return True
        return self.mended >= _USUAL and f"{head[1]}-" not in self.known and not {head[1], tail[1]} <= self.known
