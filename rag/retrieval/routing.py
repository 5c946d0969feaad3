"""Which documents a question speaks of: by the names, codes and period of each, as far as they are known."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations, takewhile
from math import log
from typing import NamedTuple, TypeVar

from rag.language import HAN, folded, is_chinese, terms
from rag.records import About, Document, Scope
from rag.retrieval.lexicon import in_chinese, in_english
from rag.retrieval.periods import Period, period_of

ROUTED = 3  # documents that are searched by themselves, beside all others
_COMMON = 0.34  # of all documents: a word in the names of more tells none apart
_NEXT_YEAR = 0.4  # a report has the year before beside its own
_OTHER_QUARTER = 0.3
_LONGEST_NAME = 16  # Chinese characters
_PREFIX = 5  # letters of a name that is written as one word (in a file's name) that must agree
_JOINED = 3  # words of a question that may be one in a file's name

_WORD = re.compile(rf"[^\W_{HAN}](?:[^\W{HAN}]|[&'’-])*")
_HAN_RUN = re.compile(f"[{HAN}]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_YEAR_BEHIND = re.compile(r"(?<=[^\W\d_])(?:19|20)\d\d$")  # as Chinese sets it: Otter2022年
_PERIOD_WORD = re.compile(r"(?:fy|h[12]|q[1-4]|[1-4]q)?(?:fy)?\d{0,4}")
_SHORT = re.compile(r"[a-z]{3,6}")
_LEGAL = frozenset(
    """
    inc incorporated corp corporation co company companies ltd limited llc plc lp llp nv sa se ag ab asa oyj spa gmbh
    bhd berhad pte pty holding holdings group the of and trust
    """.split()
)
_NO_NAME = frozenset(
    """
    a an and any are as assume at based basing between by calculate can compare could define describe did do does for
    from give given had has have how identify if in is it its list looking name of on or over please roughly round show
    should state summarize taking tell the their there to using was we were what when where which who why will with
    would year fy usd rmb us q r&d d&a g&a m&a p&l sg&a pp&e
    """.split()
)
_BOTH = re.compile(rf"([^\W_{HAN}])[^\s&]*\s+(?:&|and)\s+([^\W_{HAN}])")
_JOINTS = re.compile(r"[&'’-]")
_Key = TypeVar("_Key")


class Nearness(NamedTuple):
    """How well a document fits what a question names, each from 0 to 1: its name and its period."""

    name: float = 0.0
    period: float = 0.0


_FAR = Nearness()


def named_by(nearness: Mapping[int, Nearness]) -> frozenset[int]:
    """The documents that a question names, none other more clearly."""
    return frozenset(number for number, near in nearness.items() if near.name == 1.0)


class _Named(NamedTuple):
    """What a document is called: its *words*, the first words of its names, and its whole names as tuples of words."""

    words: frozenset[str]
    firsts: frozenset[str]
    wholes: frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Directory:
    """The documents that may be searched, by what they are called."""

    documents: tuple[Document, ...]

    def near(self, question: str) -> Mapping[int, Nearness]:
        """How near each document is to what *question* names; those that it has nothing in common with are left out.

        A capitalised word counts where it is part of a name or shortens it; one in small letters only as a whole name,
        unless none has capitals. The best has 1, and those that share some of its words have less.
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
        other = " ".join([other, *(_HAN_RUN.findall(question) if chinese else [question])])
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
        for word, found in self._matches(question).items():
            if len(found) <= max(2, _COMMON * len(self.documents)):
                firsts |= {number for number in found if word in self._named[number].firsts}
                apart = [side for side in sides if side.isdisjoint(found)]
                sides = [*apart, frozenset(found).union(*(side for side in sides if side not in apart))]
        named = [side for side in sides if not side.isdisjoint(firsts)]
        return named if len(named) > 1 else []

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
        for word, found in self._matches(question).items():
            if len(found) <= max(2, _COMMON * whole):
                for number in found:
                    first = word in self._named[number].firsts
                    scores[number] += log(whole / len(found) + 1) * (1.0 if first else 0.5)
        return scores

    def _matches(self, question: str) -> dict[str, set[int]]:
        """The documents that each word, or run of words, of *question* may name."""
        found: dict[str, set[int]] = {}
        written = [_YEAR_BEHIND.sub("", _POSSESSIVE.sub("", match[0])) for match in _WORD.finditer(question)]
        small = not any(word != word.lower() for word in written)  # who writes no capitals at all may mean a name
        for place, (as_written, word) in enumerate(zip(written, map(folded, written), strict=True)):
            if _HAN_RUN.search(word) or word in _NO_NAME or _PERIOD_WORD.fullmatch(word):
                continue
            runs = [tuple(map(folded, written[place : place + many])) for many in range(1, _JOINED + 1)]
            numbers = set().union(*(self._called.get(run, ()) for run in runs))
            if small or not as_written[:1].islower():
                numbers |= self._like(word, as_written) | set().union(*(self._beginning("".join(run)) for run in runs))
            if numbers:
                found[word] = found.get(word, set()) | numbers
        for run in _HAN_RUN.findall(folded(question)):
            for start, end in combinations(range(len(run) + 1), 2):
                if 1 < end - start <= _LONGEST_NAME and (numbers := self._having.get(run[start:end], set())):
                    found[run[start:end]] = numbers
        return found

    def _like(self, word: str, written: str) -> set[int]:
        """Documents that one word names: a part of a name, a code in capitals, or a name shortened."""
        found = set(self._having.get(word, ())) | self._having.get(_JOINTS.sub("", word), set())
        if not word.isalpha() or sum(map(str.isupper, written)) > 1:
            found |= self._codes.get(word, set())
        if not found and len(word) > _PREFIX:
            found |= self._having.get(word.removesuffix("s"), set())  # as many write a possessive
        if not found and _SHORT.fullmatch(word):
            alike = self._starting.get(word[0], ())
            found.update(*(self._called[name] for name in alike if _shortens(word, name)))
        return found

    def _beginning(self, word: str) -> set[int]:
        """Documents one of whose words begins with *word*, as those of files do (COCACOLA)."""
        at = bisect_left(self._sorted, word)
        found: set[int] = set()
        while len(word) >= _PREFIX and at < len(self._sorted) and self._sorted[at].startswith(word):
            found |= self._having[self._sorted[at]]
            at += 1
        return found

    @cached_property
    def _named(self) -> dict[int, _Named]:
        return {document.id: _named(document.name, document.about.names) for document in self.documents}

    @cached_property
    def _codes(self) -> dict[str, set[int]]:
        return _inverted({each.id: [folded(code) for code in each.about.codes] for each in self.documents})

    @cached_property
    def _having(self) -> dict[str, set[int]]:
        return _inverted({number: named.words for number, named in self._named.items()})

    @cached_property
    def _called(self) -> dict[tuple[str, ...], set[int]]:
        return _inverted({number: named.wholes for number, named in self._named.items()})

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._having)

    @cached_property
    def _periods(self) -> dict[int, tuple[int | None, int | None]]:
        return {document.id: _told(document) for document in self.documents}

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
        return _inverted({number: [year] for number, (year, _) in self._periods.items() if year is not None})

    @cached_property
    def _starting(self) -> dict[str, set[tuple[str, ...]]]:
        """Names of several words by their first letter."""
        found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in self._called:
            if len(name) > 1:
                found[name[0][0]].add(name)
        return dict(found)

    @cached_property
    def _not_in(self) -> dict[str, frozenset[int]]:
        """The documents that are not in a language, for all that is known; by none, all there are."""
        return {
            language: frozenset(each.id for each in self.documents if not language or each.about.language != language)
            for language in ("", "zh", "en")
        }


def _shortens(word: str, name: tuple[str, ...], parts: int = 0) -> bool:
    """Whether *word* is made of beginnings of the first words of *name*: ``AmEx`` of American Express."""
    if not word or not name:
        return not word and parts > 1
    same = takewhile(lambda pair: pair[0] == pair[1], zip(word, name[0], strict=False))
    longest = sum(1 for _ in same)
    return any(_shortens(word[taken:], name[1:], parts + 1) for taken in range(longest, 0, -1))


def _inverted(kept: Mapping[int, Iterable[_Key]]) -> dict[_Key, set[int]]:
    found: dict[_Key, set[int]] = defaultdict(set)
    for number, members in kept.items():
        for member in members:
            found[member].add(number)
    return dict(found)


@lru_cache(maxsize=16_384)
def _named(title: str, names: tuple[str, ...]) -> _Named:
    """What a document of this file name and these *names* is called; kept, since all are looked at when one is new."""
    words: set[str] = set()
    firsts: set[str] = set()
    wholes: set[tuple[str, ...]] = set()
    stem = re.sub(r"[_\-.]+", " ", title.rpartition(".")[0] or title)
    for name in [*names, stem]:
        parts = [_POSSESSIVE.sub("", each) for each in _WORD.findall(folded(name))]
        bare = [part for part in parts if part not in _LEGAL and not _PERIOD_WORD.fullmatch(part)]
        if name is stem:
            bare = [part for part in bare if len(part) > 1]
            words |= {word for word in terms(stem).words if len(word) > 1 and _HAN_RUN.search(word)}
        elif bare:
            wholes.add(tuple(bare))
        words.update(bare)
        firsts.update(bare[:1])
        joined = _as_one_word(bare) | {"&".join(match.groups()) for match in _BOTH.finditer(folded(name))}
        words |= joined
        firsts |= joined
        for run in _HAN_RUN.findall(folded(name)):
            words.add(run)
            firsts.add(run)
    return _Named(frozenset(words), frozenset(firsts), frozenset(wholes))


def _as_one_word(parts: Sequence[str]) -> set[str]:
    """How a name of these *parts* is written in one: ``footlocker`` of Foot Locker, ``walmart`` of Wal-Mart Stores."""
    plain = [_JOINTS.sub("", part) for part in parts]
    found = {word for word, part in zip(plain[:1], parts, strict=False) if word != part}
    return found | {
        word for many in range(2, len(plain) + 1) if len(word := "".join(plain[:many])) >= _PREFIX and plain[many - 1]
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
