"""Which documents a question speaks of: by the names, codes, period and kind of each, as far as they are known."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log
from os.path import commonprefix
from typing import NamedTuple, TypeVar

from rag.language import HAN, folded, terms
from rag.records import About, Document, DocumentType
from rag.retrieval.periods import Period, period_of

ROUTED = 3  # documents that are searched by themselves, beside all others
_COMMON = 0.34  # of all documents: a word in the names of more tells none apart
_NEXT_YEAR = 0.4  # a report has the year before beside its own
_OTHER_QUARTER = 0.3
_LONGEST_NAME = 16  # Chinese characters
_PREFIX = 5  # letters of a name that is written as one word (in a file's name) that must agree
_JOINED = 3  # words of a question that may be one in a file's name

_WORD = re.compile(r"[^\W_][\w&'’-]*")
_HAN_RUN = re.compile(f"[{HAN}]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_PERIOD_WORD = re.compile(r"(?:fy|h[12]|q[1-4]|[1-4]q)?\d*(?:fy)?\d*")
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
    would year fy usd rmb us q
    """.split()
)
_KINDS: tuple[tuple[DocumentType, re.Pattern[str]], ...] = (
    ("annual report", re.compile(r"\b(?:10-?k|20-?f)\b|annual report|(?<!半)年度?报告?|年報")),
    ("quarterly report", re.compile(r"\b10-?q\b|quarterly report|季度?报告?|季報")),
    ("half-year report", re.compile(r"half-?year(?:ly)? report|interim report|半年度?报告?|中期报告|半年報")),
    ("current report", re.compile(r"\b8-?k\b|current report|临时公告")),
    ("earnings release", re.compile(r"earnings release|press release|业绩公告|业绩快报")),
    ("prospectus", re.compile(r"prospectus|招股(?:说明)?书|招股說明書")),
)


_Key = TypeVar("_Key")


class Nearness(NamedTuple):
    """How well a document fits what a question names, each from 0 to 1: its name, its period, its kind."""

    name: float = 0.0
    period: float = 0.0
    kind: float = 0.0


_FAR = Nearness()


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

        A capitalised word counts where it is part of a name or shortens it; one in small letters only where a whole name is
        there, unless none has capitals. The best name has 1, and others that share some of its words have less.
        """
        period, kind = period_of(question), asked_kind(question)
        names = self._by_name(question)
        best = max(names.values(), default=0.0)
        found = {}
        for document in self.documents:
            near = Nearness(
                names.get(document.id, 0.0) / best if best else 0.0,
                _period(period, self._periods[document.id]),
                float(bool(kind) and document.about.type == kind),
            )
            if near != _FAR:
                found[document.id] = near
        return found

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
        written = [_POSSESSIVE.sub("", match[0]) for match in _WORD.finditer(question)]
        small = not any(word != word.lower() for word in written)  # who writes no capitals at all may mean a name
        words = [(folded(word), small or not word[:1].islower()) for word in written]
        for place, (word, capital) in enumerate(words):
            if _HAN_RUN.search(word) or word in _NO_NAME or _PERIOD_WORD.fullmatch(word):
                continue
            if sum(letter.isupper() for letter in written[place]) > 1 or not word.isalpha():
                _into(found, word, self._codes.get(word, set()))
            if capital:
                _into(found, word, self._having.get(word, set()))
                if len(word) >= _PREFIX:
                    _into(found, word, self._beginning(word))
                if word not in found and _SHORT.fullmatch(word):
                    _into(found, word, self._shortened(word))
            for many in range(1, _JOINED + 1):
                run = [each for each, _ in words[place : place + many]]
                if len(run) == many:
                    _into(found, run[0], self._called.get(tuple(run), set()))
                    if many > 1 and capital:
                        _into(found, run[0], self._beginning("".join(run)))
        for run in _HAN_RUN.findall(folded(question)):
            for start in range(len(run)):
                for end in range(start + 2, min(len(run), start + _LONGEST_NAME) + 1):
                    _into(found, run[start:end], self._having.get(run[start:end], set()))
        return found

    def _beginning(self, word: str) -> set[int]:
        """Documents one of whose words begins with *word*, as those of files do (COCACOLA)."""
        at = bisect_left(self._sorted, word)
        found: set[int] = set()
        while len(word) >= _PREFIX and at < len(self._sorted) and self._sorted[at].startswith(word):
            found |= self._having[self._sorted[at]]
            at += 1
        return found

    def _shortened(self, word: str) -> set[int]:
        """Documents one of whose names is shortened to *word*: beginnings of two or more of its words, in their order."""
        return set().union(*(found for name, found in self._called.items() if _shortens(word, name)))

    @cached_property
    def _named(self) -> dict[int, _Named]:
        return {document.id: _named(document) for document in self.documents}

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


def _shortens(word: str, name: tuple[str, ...], parts: int = 0) -> bool:
    """Whether *word* is made of beginnings of the first words of *name*: ``AmEx`` of American Express."""
    if not word or not name:
        return not word and parts > 1
    longest = len(commonprefix((word, name[0])))
    return any(_shortens(word[taken:], name[1:], parts + 1) for taken in range(longest, 0, -1))


def asked_kind(question: str) -> DocumentType:
    """The kind of document that *question* names."""
    text = folded(question)
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), "")


def _into(found: dict[str, set[int]], word: str, numbers: set[int]) -> None:
    if numbers:
        found.setdefault(word, set()).update(numbers)


def _inverted(kept: Mapping[int, Iterable[_Key]]) -> dict[_Key, set[int]]:
    found: dict[_Key, set[int]] = defaultdict(set)
    for number, members in kept.items():
        for member in members:
            found[member].add(number)
    return dict(found)


def _named(document: Document) -> _Named:
    words: set[str] = set()
    firsts: set[str] = set()
    wholes: set[tuple[str, ...]] = set()
    stem = re.sub(r"[_\-.]+", " ", document.name.rpartition(".")[0] or document.name)
    for name in [*document.about.names, stem]:
        parts = [_POSSESSIVE.sub("", each) for each in _WORD.findall(folded(name))]
        bare = [part for part in parts if part not in _LEGAL and not _PERIOD_WORD.fullmatch(part)]
        if name is stem:
            bare = [part for part in bare if len(part) > 1]
            words |= {word for word in terms(stem).words if len(word) > 1 and _HAN_RUN.search(word)}
        elif bare:
            wholes.add(tuple(bare))
        words.update(bare)
        firsts.update(bare[:1])
        for run in _HAN_RUN.findall(folded(name)):
            words.add(run)
            firsts.add(run)
    return _Named(frozenset(words), frozenset(firsts), frozenset(wholes))


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
