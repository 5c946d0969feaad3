"""A word broken over a line end is one word again where its document has it whole; hyphens of its own stay."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rag.records import Block, Leaf, Span

_HEAD = re.compile(r"(?:^|[\s(\[“‘\"'—–/])([^\W\d_]+)[-\u2010]$")
_TAIL = re.compile(r"([^\W\d_]+)(?=[^\w\s-]*(?:\s|$))")
_HYPHENS = frozenset("-\u2010")
_MOST = 100_000  # words that are remembered: more than one language and one writer use
_USUAL = 2  # broken words that are surely one: the document breaks others too
_SUFFIX = re.compile(
    r"[a-z]?(?:tion|sion|ment|ing|ture|[ae]nce)s?|[a-z]?(?:ness|it(?:y|ies)|able|ible|ably|ibly|ous(?:ly)?|ive(?:ly)?)"
    r"|[a-z]?(?:ly|al|ally|cal|cally|tic|tics|ters?|sis)"
)
_WORDS_LIKE_SUFFIXES = frozenset(
    "king ring sing wing being doing going ping ally city ment metal total goal deal oral able sable table".split()
)
_FOLLOW_A_HYPHEN = frozenset(
    "based bearing blind class controlled driven effective free friendly funded generated granting known led level like"
    " linked owned party person quality related scale sector sensitive source specific step style term time user value"
    " wide widely written".split()
)
_KEEP_A_HYPHEN = frozenset(
    "all anti co cross ex first full half high long low mid multi non post pre second self semi short so third well"
    " one two three four five six seven eight nine ten".split()
)


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
    broken: int = 0

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
        ends = list(_line_ends(blocks))
        self.broken += sum(self._surely_breaks(*halves) for _, halves in ends)
        found: list[Block] | None = None
        for at, halves in ends:
            above = blocks[at]
            if isinstance(above, Span) and self._breaks(*halves):
                found = found or list(blocks)
                found[at] = replace(above, text=above.text[:-1])
        return None if found is None else tuple(found)

    def _breaks(self, head: str, tail: str) -> bool:
        if self._surely_breaks(head, tail):
            return True
        if f"{head}-{tail}" in self.known or head.lower() in _KEEP_A_HYPHEN or tail in _FOLLOW_A_HYPHEN:
            return False
        return self.broken >= _USUAL and head not in self.prefixes and not {head, tail} <= self.known

    def _surely_breaks(self, head: str, tail: str) -> bool:
        if f"{head}-{tail}" in self.known:
            return False
        if head + tail in self.known:
            return True
        suffix = _SUFFIX.fullmatch(tail) and tail not in _WORDS_LIKE_SUFFIXES and tail not in self.known
        return bool(suffix) and head.lower() not in _KEEP_A_HYPHEN and head not in self.prefixes


def _line_ends(blocks: Sequence[Block]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The numbers of *blocks* that end in the first half of a word which the next begins with the rest of, and both."""
    for at, (above, below) in enumerate(pairwise(blocks)):
        if isinstance(below, Span) and not below.before and isinstance(above, Span) and above.text[-1:] in _HYPHENS:
            first, second = _HEAD.search(above.text), _TAIL.match(below.text)
            if first is not None and second is not None and second[1][0].islower():
                yield at, (first[1], second[1])
