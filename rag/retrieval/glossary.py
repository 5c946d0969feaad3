"""What a report prints for what a person asks: terms of finance as data, in Chinese and English (``glossary.toml``)."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.language import HAN, folded, is_chinese

_FILE = Path(__file__).with_suffix(".toml")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Concept:
    """*pattern* finds its names in a question; *seek* are the searches that find where it stands."""

    pattern: re.Pattern[str]
    seek: tuple[str, ...]


def searches(question: str, most: int) -> list[str]:
    """At most *most* searches besides *question* itself, for the concepts it names: the longest names first."""
    text = folded(question)
    found: list[tuple[int, Concept]] = []
    taken: list[tuple[int, int]] = []
    for concept in _concepts():
        for match in concept.pattern.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in taken):
                found.append((match.end() - match.start(), concept))
                taken.append(match.span())
    found.sort(key=lambda pair: -pair[0])
    seek = [one for _, concept in found for one in concept.seek]
    chinese = is_chinese(question)
    seek.sort(key=lambda one: is_chinese(one) != chinese)
    return list(dict.fromkeys(seek))[:most]


@cache
def _concepts() -> Sequence[Concept]:
    """All concepts, those with the longest names first."""
    with _FILE.open("rb") as file:
        read = tomllib.load(file)
    longest = sorted(read["concept"], key=lambda one: -max(map(len, one["names"])))
    return [
        Concept(
            re.compile("|".join(_whole(folded(name)) for name in sorted(one["names"], key=len, reverse=True))),
            tuple(one["seek"]),
        )
        for one in longest
    ]


def _whole(name: str) -> str:
    return re.escape(name) if _HAN.search(name) else rf"(?<![a-z]){re.escape(name)}(?![a-z])"
