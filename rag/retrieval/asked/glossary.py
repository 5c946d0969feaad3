"""What a report prints for what a person asks: terms of finance as data, in Chinese and English (``glossary.toml``)."""

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rag.language import folded, has_han, is_chinese, terms
from rag.records import PageTopic, Term

_FILE = Path(__file__).with_suffix(".toml")
_STATEMENT = re.compile(r"consolidated [a-z ]+:|合并\w+表(?:补充资料)?|现金流量表补充资料")
_GAP = re.compile(r"[\s_\-‐-―]+")
_Span = tuple[int, int]
_SMALL = 2  # letters
MOST = 3  # concepts of a question; more are told in passing


@dataclass(frozen=True, slots=True)
class Concept:
    """*pattern* finds its *names*, which are folded, in a question; *lines* are what it is made of as reports print it,
    in English and in Chinese; *topics* are the kinds of pages where they stand. One of *parts* asks for something by
    segments, regions or quarters, as whole statements do not print it.
    """

    names: tuple[str, ...]
    pattern: re.Pattern[str]
    lines: tuple[str, str]
    topics: frozenset[PageTopic]
    parts: bool = False


def concepts(question: str, most: int = MOST, own: Sequence[Concept] = ()) -> list[Concept]:
    """At most *most* concepts that *question* names: those with the longest names, and none within another.

    Those of one's *own* come first; one that has the same name as another of ours is searched beside it.
    """
    text = plain(question)
    mine = _named(text, own)
    found = [*mine, *_named(text, _concepts(), [span for span, _ in mine])]
    return list({id(concept): concept for _, concept in found}.values())[:most]


@lru_cache(maxsize=64)
def own_concepts(terms: tuple[Term, ...]) -> Sequence[Concept]:
    """The concepts that *terms* of a base are."""
    return [_own(term) for term in terms]


def search(question: str, found: Sequence[Concept]) -> str:
    """What finds the lines of *found* in either language, that of *question* first; empty when there are none."""
    first, other = (1, 0) if is_chinese(question) else (0, 1)
    return " ".join(filter(None, [*(one.lines[first] for one in found), *(one.lines[other] for one in found)]))


def printed(question: str, texts: Iterable[str], own: Sequence[Concept] = ()) -> str:
    """The lines of what *question* names in words that *texts* do not have, without the statements that they stand on;
    in both languages.
    """
    found = concepts(question, own=own)
    held = {word for text in texts for word in terms(text).words} if found else set()
    asked = plain(question)
    strange = [
        concept
        for concept in found
        if all(held.isdisjoint(_telling(match[0])) for match in concept.pattern.finditer(asked))
    ]
    return _STATEMENT.sub(" ", search(question, strange))


def _telling(name: str) -> Collection[str]:
    """The words of *name* without those as short as *to*, which stand on any page; all, where it has no others."""
    words = terms(name).words
    return [word for word in words if len(word) > _SMALL or has_han(word[:1])] or words


def plain(text: str) -> str:
    """*text* as names are compared: folded, with one space for any gap, hyphen or underscore."""
    return _GAP.sub(" ", folded(text))


def _named(text: str, among: Iterable[Concept], others: Sequence[_Span] = ()) -> list[tuple[_Span, Concept]]:
    """Where *text* names concepts *among* these, longest first; what is only part of one of *others* is none."""
    found: list[tuple[_Span, Concept]] = []
    for concept in among:
        if any(name in text for name in concept.names):  # a tenth of the time of the pattern, and mostly not so
            found += [(match.span(), concept) for match in concept.pattern.finditer(text)]
    kept: list[tuple[_Span, Concept]] = []
    for span, concept in sorted(found, key=lambda pair: pair[0][0] - pair[0][1]):
        longer = any(_within(span, taken) for taken, _ in kept)
        if not longer and not any(_within(span, other) and span != other for other in others):
            kept.append((span, concept))
    return kept


def _within(span: _Span, other: _Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


@cache
def _concepts() -> Sequence[Concept]:
    with _FILE.open("rb") as file:
        return [_concept(one) for one in tomllib.load(file)["concept"]]


def _concept(read: dict[str, Any]) -> Concept:
    names = _plain_names(read["names"])
    lines = read.get("en", ""), read.get("zh", "")
    return Concept(names, _any(names), lines, frozenset(read.get("topics", ())), read.get("parts", False))


def _own(term: Term) -> Concept:
    english, chinese = (" ".join(line for line in term.seek if is_chinese(line) == wanted) for wanted in (False, True))
    names = _plain_names(term.names)
    return Concept(names, _any(names), (english, chinese), frozenset())


def _plain_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((plain(name).strip() for name in names), key=len, reverse=True))


def _any(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_whole, names)))


def _whole(name: str) -> str:
    if has_han(name):
        return re.escape(name)
    before, after = (r"\d" if name[end].isdigit() else "" for end in (0, -1))
    return rf"(?<![a-z{before}]){re.escape(name)}(?:'?s|es)?(?![a-z{after}])"
