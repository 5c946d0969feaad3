"""The lines of an answer that no model wrote: which of them are told, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.language import folded

_WEAK = 0.6  # of the best: what is weaker is left to the citations
_FIRST = 3  # lines where none bears on the question
_LINES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer; *own* are its words as they stand. It *bears* on a question whose words its passage has."""

    score: float
    number: int
    text: str
    own: str
    named: bool = False
    scanned: bool = False
    bears: bool = True

    @property
    def alike(self) -> str:
        """What it has in common with a line of a scan of the same page."""
        return "".join(folded(self.own).split())


def without_twins(lines: Sequence[Line]) -> list[Line]:
    """*lines* without those of scans that a document with text has too, which take their place."""
    texts = {line.alike for line in lines if not line.scanned}
    scans = {line.alike: line.score for line in sorted(lines, key=lambda line: line.score) if line.scanned}
    return [
        replace(line, score=max(line.score, scans.get(line.alike, 0.0)))
        for line in lines
        if not (line.scanned and line.alike in texts)
    ]


def of_the_named(lines: Sequence[Line]) -> list[Line]:
    """*lines* of the documents that a question names, where any of them bears on it; else all."""
    named = [line for line in lines if line.named]
    return named if any(line.bears and line.score for line in named) else list(lines)


def strongest(lines: Sequence[Line], always: int) -> list[tuple[int, str]]:
    """The best of *lines*, best first; those of citation *always* are never too weak.

    They are what the search put first, in another language than the question: shared words say nothing about them.
    """
    best = max((line.score for line in lines), default=0.0)
    if not best:
        return [(line.number, line.text) for line in lines[:_FIRST]]
    kept: dict[str, tuple[int, str]] = {}
    ranked = [(max(line.score, _WEAK * best * (line.number == always)), line.number, line.text) for line in lines]
    for score, number, text in sorted(ranked, key=lambda line: -line[0]):
        if score >= _WEAK * best:
            kept.setdefault(text, (number, text))
    return list(kept.values())[:_LINES]
