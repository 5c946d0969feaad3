"""What documents are called, and which of them the words of a question name.

The glossary of a base can add names that documents do not print: a term that leads to a name of theirs is one too.
A capitalised word counts where it is part of a name or shortens it; one in small letters only as a whole name, unless
the question has no capitals at all.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, takewhile
from typing import NamedTuple, TypeVar

from rag.language import HAN, folded, simplified, terms
from rag.records import Document, Term

_LONGEST_NAME = 16  # Chinese characters
_PREFIX = 5  # letters of a name that is written as one word (in a file's name) that must agree
_JOINED = 3  # words of a question that may be one in a file's name

_WORD = re.compile(rf"[^\W_{HAN}](?:[^\W{HAN}]|[&'’-])*")
HAN_RUN = re.compile(f"[{HAN}]+")
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


class Called(NamedTuple):
    """What a document is called: its *words*, the first words of its names, and its whole names as tuples of words."""

    words: frozenset[str]
    firsts: frozenset[str]
    wholes: frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Names:
    """The names of *documents*, file names among them and those that *terms* of a glossary add, looked up by words."""

    documents: tuple[Document, ...]
    terms: tuple[Term, ...] = ()

    def named(self, question: str) -> dict[str, set[int]]:
        """The documents that each word, or run of words, of *question* may name."""
        found: dict[str, set[int]] = {}
        written = [_YEAR_BEHIND.sub("", _POSSESSIVE.sub("", match[0])) for match in _WORD.finditer(question)]
        small = not any(word != word.lower() for word in written)  # who writes no capitals at all may mean a name
        for place, (as_written, word) in enumerate(zip(written, map(folded, written), strict=True)):
            if HAN_RUN.search(word) or word in _NO_NAME or _PERIOD_WORD.fullmatch(word):
                continue
            runs = [tuple(map(folded, written[place : place + many])) for many in range(1, _JOINED + 1)]
            numbers = set().union(*(self._whole.get(run, ()) for run in runs))
            if small or not as_written[:1].islower():
                numbers |= self._like(word, as_written) | set().union(*(self._beginning("".join(run)) for run in runs))
            if numbers:
                found[word] = found.get(word, set()) | numbers
        for run in HAN_RUN.findall(simplified(folded(question))):
            found |= self._in_run(run)
        return found

    def _in_run(self, run: str) -> dict[str, set[int]]:
        """The documents that each part of a *run* of Chinese may name; what is only part of another's name does not."""
        named: dict[tuple[int, int], set[int]] = {}
        for start, end in sorted(combinations(range(len(run) + 1), 2), key=lambda span: span[0] - span[1]):
            numbers = self._having.get(run[start:end]) if 1 < end - start <= _LONGEST_NAME else None
            if numbers and not any(
                first <= start and end <= last and numbers.isdisjoint(others) for (first, last), others in named.items()
            ):
                named[start, end] = numbers
        return {run[start:end]: numbers for (start, end), numbers in named.items()}

    def without(self, question: str, documents: Collection[int]) -> str:
        """*question* without the words by which it names *documents*: the first of a name, with those that go on with
        it, or a code. Documents that came since the names were read have none yet.
        """
        own = [self.called[number] for number in documents if number in self.called]
        words = _LEGAL.union(*(one.words for one in own))
        firsts = set().union(*(one.firsts for one in own), *(self._codes_of.get(number, ()) for number in documents))
        for run in sorted(filter(HAN_RUN.fullmatch, firsts), key=len, reverse=True):
            question = simplified(question).replace(run, " ")
        small = question == question.lower()
        kept, end, named = "", 0, False
        for match in _WORD.finditer(question):
            between, year = question[end : match.start()], _YEAR_BEHIND.search(match[0])
            word = folded(_POSSESSIVE.sub("", _YEAR_BEHIND.sub("", match[0])))
            first = word in firsts and (small or not match[0][:1].islower())
            named = first or (named and word in words and between.strip() in {"", "&"})
            kept += between + (match[0] if not named else year[0] if year else "")
            end = match.end()
        return kept + question[end:]

    def _like(self, word: str, written: str) -> set[int]:
        """Documents that one word names: a part of a name, a code in capitals, or a name shortened."""
        found = set(self._having.get(word, ())) | self._having.get(_JOINTS.sub("", word), set())
        if not word.isalpha() or sum(map(str.isupper, written)) > 1:
            found |= self._codes.get(word, set())
        if not found and len(word) > _PREFIX:
            found |= self._having.get(word.removesuffix("s"), set())  # as many write a possessive
        if not found and _SHORT.fullmatch(word):
            alike = self._starting.get(word[0], ())
            found.update(*(self._whole[name] for name in alike if _shortens(word, name)))
        return found

    def _beginning(self, word: str) -> set[int]:
        """Documents one of whose words begins with *word*, as those of files do (HARBOURFOODS)."""
        at = bisect_left(self._sorted, word)
        found: set[int] = set()
        while len(word) >= _PREFIX and at < len(self._sorted) and self._sorted[at].startswith(word):
            found |= self._having[self._sorted[at]]
            at += 1
        return found

    @cached_property
    def called(self) -> dict[int, Called]:
        """What each document is called."""
        added = added_names({name for each in self.documents for name in each.about.names}, self.terms)
        called = {}
        for each in self.documents:
            more = [name for own in each.about.names for name in added.get(own, ())]
            called[each.id] = _called(each.name, (*each.about.names, *more))
        return called

    @cached_property
    def _codes_of(self) -> dict[int, list[str]]:
        return {each.id: [folded(code) for code in each.about.codes] for each in self.documents}

    @cached_property
    def _codes(self) -> dict[str, set[int]]:
        return inverted(self._codes_of)

    @cached_property
    def _having(self) -> dict[str, set[int]]:
        return inverted({number: named.words for number, named in self.called.items()})

    @cached_property
    def _whole(self) -> dict[tuple[str, ...], set[int]]:
        return inverted({number: named.wholes for number, named in self.called.items()})

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._having)

    @cached_property
    def _starting(self) -> dict[str, set[tuple[str, ...]]]:
        """Names of several words by their first letter."""
        found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in self._whole:
            if len(name) > 1:
                found[name[0][0]].add(name)
        return dict(found)


def _shortens(word: str, name: tuple[str, ...], parts: int = 0) -> bool:
    """Whether *word* is made of beginnings of the first words of *name*: ``NorEx`` of Northern Express."""
    if not word or not name:
        return not word and parts > 1
    same = takewhile(lambda pair: pair[0] == pair[1], zip(word, name[0], strict=False))
    longest = sum(1 for _ in same)
    return any(_shortens(word[taken:], name[1:], parts + 1) for taken in range(longest, 0, -1))


def inverted(kept: Mapping[int, Iterable[_Key]]) -> dict[_Key, set[int]]:
    """The keys of *kept* by each of their members."""
    found: dict[_Key, set[int]] = defaultdict(set)
    for number, members in kept.items():
        for member in members:
            found[member].add(number)
    return dict(found)


@lru_cache(maxsize=16_384)
def _called(title: str, names: tuple[str, ...]) -> Called:
    """What a document of this file name and these *names* is called; kept, since all are looked at when one is new."""
    words: set[str] = set()
    firsts: set[str] = set()
    wholes: set[tuple[str, ...]] = set()
    stem = re.sub(r"[_\-.]+", " ", title.rpartition(".")[0] or title)
    for name in [*names, stem]:
        bare = _bare(name)
        if name is stem:
            bare = tuple(part for part in bare if len(part) > 1)
            words |= {word for word in terms(stem).words if len(word) > 1 and HAN_RUN.search(word)}
        elif bare:
            wholes.add(bare)
        words.update(bare)
        firsts.update(bare[:1])
        joined = _as_one_word(bare) | {"&".join(match.groups()) for match in _BOTH.finditer(folded(name))}
        words |= joined
        firsts |= joined
        for run in HAN_RUN.findall(simplified(folded(name))):
            words.add(run)
            firsts.add(run)
    return Called(frozenset(words), frozenset(firsts), frozenset(wholes))


def added_names(names: Iterable[str], terms: Iterable[Term]) -> dict[str, list[str]]:
    """What *terms* add to the *names* that they lead to: those that are so called, or else begin so, in capitals."""
    keys = {name: _key(name) for name in names}
    found: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        for line in term.seek:
            key = _key(line)
            led = [name for name, own in keys.items() if own == key]
            if not led and line[:1].isupper():
                led = [name for name, own in keys.items() if own[: len(key)] == key]
            for name in led:
                found[name] += term.names
    return found


def _key(name: str) -> tuple[str, ...]:
    return _bare(name) or (simplified(folded(name)),)


def _bare(name: str) -> tuple[str, ...]:
    """The words of *name* without those for its legal form and its period."""
    parts = [_POSSESSIVE.sub("", each) for each in _WORD.findall(folded(name))]
    return tuple(part for part in parts if part not in _LEGAL and not _PERIOD_WORD.fullmatch(part))


def _as_one_word(parts: Sequence[str]) -> set[str]:
    """How a name of these *parts* is written in one: ``harbourlight`` of Harbour Light, ``baymart`` of Bay-Mart."""
    plain = [_JOINTS.sub("", part) for part in parts]
    found = {word for word, part in zip(plain[:1], parts, strict=False) if word != part}
    return found | {
        word for many in range(2, len(plain) + 1) if len(word := "".join(plain[:many])) >= _PREFIX and plain[many - 1]
    }
