"""The words of a question as documents of the other language print them, by a list of ordinary words (``lexicon.txt``).

Not a translation: what the list does not have is left out, and the order of words stays that of the question. A search
for words needs no more (Pirkola, "The effects of query structure and dictionary setups in dictionary-based
cross-language information retrieval", 1998).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from rag.language import HAN, folded, is_chinese, simplified
from rag.retrieval.asked.question import asked

_FILE = Path(__file__).with_suffix(".txt")
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*年)?\s*(?P<month>1[0-2]|0?[1-9])\s*月(?!度)(?:份|(?P<day>[0-3]?\d)\s*[日号])?"
)
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年度?")
_PIECE = re.compile(rf"(?P<han>[{HAN}]+)|(?P<other>[^\W{HAN}](?:[^\s{HAN}，。；：？！、（）《》“”]*[^\W{HAN}])?%?)")
_WORD = re.compile(r"[a-z][a-z&'’-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_NAME = re.compile(rf"[^\W\d_{HAN}]*\d[\w.,%-]*|(?<!\w)[A-Z][\w&.-]*")
_MOST = 3  # Chinese terms of one English phrase


def in_english(question: str) -> str:
    """The words of a Chinese *question* in English, with its dates, names and numbers; empty when none is known."""
    text = _YEAR.sub(r" \1 ", _DATE.sub(_date, simplified(question)))
    known, pattern = _chinese()
    found: list[str] = []
    translated = False
    for piece in _PIECE.finditer(text):
        if piece["other"]:
            found.append(piece["other"])
        for match in pattern.finditer(piece["han"] or ""):
            found.append(known[match[0]])
            translated = True
    return " ".join(found) if translated else ""


def in_chinese(question: str) -> str:
    """The words of an English *question* in Chinese, with its names and numbers; empty when none is known."""
    words = _words(question)
    known, longest = _english()
    found: list[str] = []
    at = 0
    while at < len(words):
        most = min(longest, len(words) - at)
        many = next((many for many in range(most, 0, -1) if words[at : at + many] in known), 0)
        found += known[words[at : at + many]] if many else ()
        at += many or 1
    if not found:
        return ""
    matters = set(asked(question).words)
    names = [name for name in _NAME.findall(question) if not name.isalpha() or folded(name) in matters]
    return " ".join([*found, *names])


def known_part(question: str) -> float:
    """How much of *question* the list has in the other language, from 0 to 1; names are the same in both."""
    words = [word for word in asked(simplified(question)).words if not word.isdigit()]
    if not words:
        return 1.0
    _, pattern = _chinese()
    names = {folded(match[0]) for match in _NAME.finditer(question)}
    keys = _english_words()
    size = found = 0
    for word in words:
        if re.search(f"[{HAN}]", word):
            size += len(word)
            found += sum(len(match[0]) for match in pattern.finditer(word))
        else:
            size += 2
            found += 2 * (is_chinese(question) or word in names or not keys.isdisjoint(_words(word)))
    return found / size


@cache
def _english_words() -> frozenset[str]:
    """Each word that the list has in English, alone or within a phrase."""
    return frozenset(word for phrase in _english()[0] for word in phrase)


def _words(english: str) -> tuple[str, ...]:
    """The words of *english*, of nouns the singular; not their stems, for a rate is no rating."""
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(folded(english))]
    return tuple(word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word for word in words)


def _date(match: re.Match[str]) -> str:
    day = f" {int(match['day'])}," if match["day"] else ""
    return f" {_MONTHS[int(match['month']) - 1]}{day} {match['year'] or ''} "


@cache
def entries() -> Sequence[tuple[Sequence[str], Sequence[str]]]:
    """The Chinese and the English words of each line of the list."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" = ")[::2] for line in lines if line and not line.startswith("#"))
    return [(chinese.split(","), [one.strip() for one in english.split(";")]) for chinese, english in pairs]


@cache
def _chinese() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """The English of each Chinese word, and what finds the longest of them."""
    known = {name: " ".join(english) for chinese, english in entries() for name in chinese}
    return known, re.compile("|".join(sorted(map(re.escape, known), key=len, reverse=True)))


@cache
def _english() -> tuple[Mapping[tuple[str, ...], Sequence[str]], int]:
    """The Chinese words of each English phrase, by its words, and how many those are at most; first those that it is
    the usual phrase for.
    """
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for rank in range(max(len(english) for _, english in entries())):
        for chinese, english in entries():
            if rank < len(english):
                key = _words(english[rank])
                found[key] += [name for name in chinese if name not in found[key]]
    return {key: names[:_MOST] for key, names in found.items() if key}, max(map(len, found))
