"""What a report prints for what a person asks: terms of finance as data, in Chinese and English (``glossary.toml``)."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rag.language import HAN, folded, is_chinese
from rag.records import PageTopic

_FILE = Path(__file__).with_suffix(".toml")
_HAN = re.compile(f"[{HAN}]")
_GAP = re.compile(r"[\s_\-‐-―]+")
MOST = 3  # concepts of a question; more are told in passing


@dataclass(frozen=True, slots=True)
class Concept:
    """*pattern* finds its names in a question; *lines* are what it is made of as reports print it, in English and in
    Chinese; *topics* are the kinds of pages where they stand.
    """

    pattern: re.Pattern[str]
    lines: tuple[str, str]
    topics: frozenset[PageTopic]


def concepts(question: str, most: int = MOST) -> list[Concept]:
    """At most *most* concepts that *question* names: those with the longest names, and none within another."""
    text = plain(question)
    found: list[tuple[int, Concept]] = []
    taken: list[tuple[int, int]] = []
    for concept in _concepts():
        for match in concept.pattern.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in taken):
                found.append((match.end() - match.start(), concept))
                taken.append(match.span())
    found.sort(key=lambda pair: -pair[0])
    return list({id(concept): concept for _, concept in found}.values())[:most]


def search(question: str, found: Sequence[Concept]) -> str:
    """What finds the lines of *found* in either language, that of *question* first; empty when there are none."""
    first, other = (1, 0) if is_chinese(question) else (0, 1)
    return " ".join(filter(None, [*(one.lines[first] for one in found), *(one.lines[other] for one in found)]))


def plain(text: str) -> str:
    """*text* as names are compared: folded, with one space for any gap, hyphen or underscore."""
    return _GAP.sub(" ", folded(text))


@cache
def _concepts() -> Sequence[Concept]:
    """All concepts, those with the longest names first."""
    with _FILE.open("rb") as file:
        read = tomllib.load(file)
    return [_concept(one) for one in sorted(read["concept"], key=lambda one: -max(map(len, one["names"])))]


def _concept(read: dict[str, Any]) -> Concept:
    named = sorted(map(plain, read["names"]), key=len, reverse=True)
    return Concept(
        re.compile("|".join(map(_whole, named))),
        (read.get("en", ""), read.get("zh", "")),
        frozenset(read.get("topics", ())),
    )


def _whole(name: str) -> str:
    return re.escape(name) if _HAN.search(name) else rf"(?<![a-z]){re.escape(name)}(?:'?s|es)?(?![a-z])"
