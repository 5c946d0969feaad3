"""Which documents a question speaks of: by the names, codes and period of each, as far as they are known."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import log
from typing import NamedTuple

from rag.language import is_chinese
from rag.records import About, Document, DocumentType, Scope, Term
from rag.retrieval.asked.kinds import kinds_named
from rag.retrieval.asked.lexicon import in_chinese, in_english
from rag.retrieval.asked.naming import HAN_RUN, Names, inverted
from rag.retrieval.asked.periods import Period, period_of
from rag.retrieval.asked.question import asks_something

ROUTED = 3  # documents that are searched by themselves, beside all others
_COMMON = 0.34  # of all documents: a word in the names of more tells none apart
_NEXT_YEAR = 0.4  # a report has the year before beside its own
_OTHER_QUARTER = 0.3
_OTHER_KIND = 0.3  # of whom a question names, documents of another kind than it names too


class Nearness(NamedTuple):
    """How well a document fits what a question names, each from 0 to 1: its name and its period."""

    name: float = 0.0
    period: float = 0.0


_FAR = Nearness()


def named_by(nearness: Mapping[int, Nearness]) -> frozenset[int]:
    """The documents that a question names, none other more clearly."""
    return frozenset(number for number, near in nearness.items() if near.name == 1.0)


@dataclass(frozen=True)
class Directory:
    """The documents that may be searched, by what they are called, by *terms* of their bases too."""

    documents: tuple[Document, ...]
    terms: tuple[Term, ...] = ()

    def near(self, question: str) -> Mapping[int, Nearness]:
        """How near each document is to what *question* names; those that it has nothing in common with are left out.

        The best has 1, and those that share some of its words have less.
        """
        period = period_of(question)
        names = self._by_name(question)
        best = max(names.values(), default=0.0)
        years = {*period.years, max(period.years) + 1} if period.years else set()
        found = {}
        for number in set(names).union(*(self._of_year.get(year, ()) for year in years)):
            near = Nearness(
                names.get(number, 0.0) / best if best else 0.0,
                _period(period, self._periods[number]),
            )
            if near != _FAR:
                found[number] = near
        return found

    def wordings(self, question: str, among: Scope) -> list[tuple[str, Scope]]:
        """What is searched for in which documents of *among*: *question*, and in those of the other language its words
        there. One whose language is not known may be of either.
        """
        chinese = is_chinese(question)
        theirs, ours = (self._not_in["zh"], self._not_in["en"]) if chinese else (self._not_in["en"], self._not_in["zh"])
        there, others, own = (self._among(numbers, among) for numbers in (self._not_in[""], theirs, ours))
        other = (in_english(question) if chinese else in_chinese(question)) if others else ""
        if not other:
            return [(question, among)]
        # A document may be of both: its own words are looked for too, but no bare numbers, as those of a Chinese date.
        other = " ".join([other, *(HAN_RUN.findall(question) if chinese else [question])])
        elsewhere = among if len(others) == len(there) else replace(among, only=others)
        if not own:
            return [(other, elsewhere)]
        return [(question, among if len(own) == len(there) else replace(among, only=own)), (other, elsewhere)]

    def spoken(self, question: str, among: Scope, nearness: Mapping[int, Nearness]) -> str:
        """Which of the ``wordings`` the documents speak that *question* is about: those that it names, if it names any,
        else those of its own language.
        """
        named = named_by(nearness)
        if not named:
            return question
        only = named if among.only is None else among.only & named
        texts = [text for text, _ in self.wordings(question, replace(among, only=only))]
        return texts[0] if len(texts) == 1 else question

    def sides(self, question: str) -> list[frozenset[int]]:
        """The documents of each of several entities that *question* names, as where two are compared; empty for one."""
        sides: list[frozenset[int]] = []
        firsts: set[int] = set()
        for word, found in self._names.named(question).items():
            if len(found) <= max(2, _COMMON * len(self.documents)):
                firsts |= {number for number in found if word in self._names.called[number].firsts}
                apart = [side for side in sides if side.isdisjoint(found)]
                sides = [*apart, frozenset(found).union(*(side for side in sides if side not in apart))]
        named = [side for side in sides if not side.isdisjoint(firsts)]
        return named if len(named) > 1 else []

    def without_names(self, question: str, documents: Collection[int]) -> str:
        """*question* without what it calls *documents*, where they are all it names: their names stand on every page
        of theirs. As it is where it names several entities, for what is said of one of them is not said of the other;
        and where nothing else is asked.
        """
        if not documents or self.sides(question):
            return question
        bare = self._names.without(question, documents)
        return bare if asks_something(bare) else question

    def years(self, question: str, nearness: Mapping[int, Nearness]) -> list[frozenset[int]]:
        """The documents of what *question* names, by each of several years that it asks about; of a year, the report on
        the next tells too. Empty where it names nothing or one year.
        """
        period, named = period_of(question), named_by(nearness)
        if len(period.years) < 2 or not named:
            return []
        asked = (Period((year,), period.quarter) for year in period.years)
        told = [
            frozenset(number for number in named if _period(each, self._periods[number]) >= _NEXT_YEAR)
            for each in asked
        ]
        return [documents for documents in told if documents]

    def _by_name(self, question: str) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        whole = len(self.documents)
        for word, found in self._names.named(question).items():
            if len(found) <= max(2, _COMMON * whole):
                for number in found:
                    first = word in self._names.called[number].firsts
                    scores[number] += log(whole / len(found) + 1) * (1.0 if first else 0.5)
        kinds = kinds_named(question)
        return {
            number: score * (_OTHER_KIND if kinds and self._types[number] not in {"", *kinds} else 1.0)
            for number, score in scores.items()
        }

    @cached_property
    def _names(self) -> Names:
        return Names(self.documents, self.terms)

    @cached_property
    def _periods(self) -> dict[int, tuple[int | None, int | None]]:
        return {document.id: _told(document) for document in self.documents}

    @cached_property
    def _types(self) -> dict[int, DocumentType]:
        return {document.id: document.about.type for document in self.documents}

    def _among(self, numbers: frozenset[int], among: Scope) -> frozenset[int]:
        """Those of *numbers* that *among* has."""
        if not among.bases.issuperset(self._bases.values()):
            numbers = frozenset(number for number in numbers if self._bases[number] in among.bases)
        return numbers - among.never if among.only is None else (numbers & among.only) - among.never

    @cached_property
    def _bases(self) -> dict[int, int]:
        return {document.id: document.base for document in self.documents}

    @cached_property
    def _of_year(self) -> dict[int, set[int]]:
        return inverted({number: [year] for number, (year, _) in self._periods.items() if year is not None})

    @cached_property
    def _not_in(self) -> dict[str, frozenset[int]]:
        """The documents that are not in a language, for all that is known; by none, all there are."""
        return {
            language: frozenset(each.id for each in self.documents if not language or each.about.language != language)
            for language in ("", "zh", "en")
        }


def _told(document: Document) -> tuple[int | None, int | None]:
    about: About = document.about
    if about.year is not None:
        return about.year, about.quarter
    period = period_of(re.sub(r"[_\-.]+", " ", document.name))
    return (max(period.years), period.quarter) if period.years else (None, None)


def _period(asked: Period, told: tuple[int | None, int | None]) -> float:
    year, quarter = told
    if not asked.years or year is None:
        return 0.0
    if year == max(asked.years):
        return _OTHER_QUARTER if asked.quarter and quarter and asked.quarter != quarter else 1.0
    return _NEXT_YEAR if year - 1 == max(asked.years) or year in asked.years else 0.0
