"""A question in the words of each language: a passage is asked in its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rag.language import has_han, is_chinese
from rag.records import Passage
from rag.writing.asked import Wanted
from rag.writing.quotes import Quote
from rag.writing.relevance import scores

_FOREIGN = 0.9  # words that are put into another language leave out what is not known there
_WORD = re.compile("[A-Za-z]{2,}")
_FEW = 2  # words that are not Chinese, as names and codes, make no sentence of another language


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

    def of_quote(self, passage: Passage, quote: Quote) -> Wanted:
        """What is asked of *quote* of *passage*: in its language, if that is the question's."""
        return self.own if self._is_own(quote) else self.of(passage)

    def scores(self, groups: Sequence[tuple[Passage, Sequence[Quote]]]) -> list[list[float]]:
        """As ``relevance.scores``, of each passage by what is asked of it."""
        if self.other is None:
            return scores(self.own, groups)
        foreign = [self.of(passage) is not self.own for passage, _ in groups]
        spoken = [
            [not other or self._is_own(quote) for quote in group[1]]
            for group, other in zip(groups, foreign, strict=True)
        ]
        ours = iter(scores(self.own, [group for group, mine in zip(groups, spoken, strict=True) if any(mine)]))
        others = iter(scores(self.other, [group for group, other in zip(groups, foreign, strict=True) if other]))
        found = []
        for group, other, mine in zip(groups, foreign, spoken, strict=True):
            own = next(ours) if any(mine) else [0.0] * len(group[1])
            theirs = [_FOREIGN * self.known * score for score in next(others)] if other else own
            found.append([one if is_own else two for one, two, is_own in zip(own, theirs, mine, strict=True)])
        return found

    def _is_own(self, quote: Quote) -> bool:
        """Whether *quote*, of a passage in the other language, is in the question's: a passage may go over from one
        to the other.
        """
        if self.chinese:
            return is_chinese(quote.line)
        return not has_han(quote.line) and len(_WORD.findall(quote.line)) > _FEW
