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
    """The words of a document as far as it was read, and the first parts of those with a hyphen."""

    known: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    mended: int = 0

    def hear(self, blocks: Sequence[Block]) -> None:
        if len(self.known) > _MOST:
            self.known.clear()
            self.prefixes.clear()
        texts = [
            block.text if block.before else block.text.partition(" ")[2]  # the first word may be half of one
            for block in blocks
            if isinstance(block, Span)
        ]
        words = set(" ".join(texts).split()) - self.known
        self.known |= words
        self.prefixes.update([word.partition("-")[0] for word in words if "-" in word and word[-1] != "-"])

    def mend(self, blocks: Sequence[Block]) -> tuple[Block, ...] | None:
        """*blocks* with their broken words whole, or ``None`` when there are none."""
        found: list[Block] | None = None
        for at, below in enumerate(blocks):
            if at and isinstance(below, Span) and not below.before:
                above = blocks[at - 1]
                if isinstance(above, Span) and self._breaks(above.text, below.text):
                    found = found or list(blocks)
                    found[at - 1] = replace(above, text=above.text[:-1])
        return None if found is None else tuple(found)

    def _breaks(self, above: str, below: str) -> bool:
        first, second = _HEAD.search(above), _TAIL.match(below)
        if first is None or second is None or not second[1][0].islower():
            return False
        head, tail = first[1], second[1]
        if f"{head}-{tail}" in self.known:
            return False
        if head + tail in self.known:
            self.mended += 1
            return True
        return self.mended >= _USUAL and head not in self.prefixes and not {head, tail} <= self.known
