"""A question in the words of each language: a passage is asked in its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rag.language import is_chinese
from rag.records import Passage
from rag.writing.asked import Wanted
from rag.writing.quotes import Quote
from rag.writing.relevance import scores

_FOREIGN = 0.9  # words that are put into another language leave out what is not known there


class Foreign(NamedTuple):
    """The words of a question in the other language, and how much of it they are: the *known* part, from 0 to 1."""

    text: str = ""
    known: float = 1.0


@dataclass(frozen=True, slots=True)
class Wordings:
    """What is asked for, in the question's *own* language, which is Chinese or not, and in the *other*, as far as it
    is *known* there.
    """

    own: Wanted
    chinese: bool
    other: Wanted | None = None
    known: float = 1.0

    @classmethod
    def of_both(cls, own: Wanted, other: Wanted | None, known: float, *, chinese: bool) -> "Wordings":
        """With *other*, whose words no longer tell whether an amount or a picture is asked for."""
        if other is not None:
            other = replace(other, amount=own.amount, parent=own.parent, shown=own.shown)
        return cls(own, chinese, other, known)

    def of(self, passage: Passage) -> Wanted:
        """What is asked of *passage*."""
        foreign = self.other is not None and is_chinese(passage.own_text) != self.chinese
        return self.other if foreign and self.other is not None else self.own

    def scores(self, groups: Sequence[tuple[Passage, Sequence[Quote]]]) -> list[list[float]]:
        """As ``relevance.scores``, of each passage by what is asked of it."""
        if self.other is None:
            return scores(self.own, groups)
        theirs = [self.of(passage) is not self.own for passage, _ in groups]
        ours = iter(scores(self.own, [group for group, foreign in zip(groups, theirs, strict=True) if not foreign]))
        others = iter(scores(self.other, [group for group, foreign in zip(groups, theirs, strict=True) if foreign]))
        return [
            [_FOREIGN * self.known * score for score in next(others)] if foreign else next(ours) for foreign in theirs
        ]
