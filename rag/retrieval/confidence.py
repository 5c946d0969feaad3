"""How sure it is that the right page is among what is shown: a chance, learnt from questions whose page is known.

A logistic regression over a few signals of the question and its hits (``confidence.toml``), after Platt (1999). They
tell how much of the question stands in what was found, and how far the methods agree, not what an answer says.
"""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rag.language import Terms, folded, is_chinese, terms
from rag.records import Cells, Certainty, Hit, Page
from rag.retrieval.asked.lexicon import in_chinese, in_english
from rag.retrieval.asked.periods import period_of
from rag.retrieval.asked.question import asked

FILE = Path(__file__).with_suffix(".toml")
SHOWN = 8
"""So many hits are looked at: as many as an answer shows."""
SCORES = frozenset({"score", "margin", "page_share"})
_UNKNOWN = 0.4  # of the chance that it would be
_CODE = re.compile(r"(?<![^\W_])[A-Za-z]{1,5}[-_/]?(?!(?:19|20)\d\d(?!\d))\d{3,}[A-Za-z]?(?![^\W_])", re.ASCII)
_JOINT = re.compile(r"[-_/\s]")
_GRAM = 0.5  # what a pair of characters counts beside a word
_NAME = re.compile(r"(?<![^\s(\"'“‘])[A-Z][A-Za-z&'’-]*[A-Za-z]\b")
_POSSESSIVE = re.compile(r"['’]s?$")
_ASKS = frozenset("what which who whom whose how when where why is are was were does do did in of for the a an".split())


@dataclass(frozen=True, slots=True)
class Signal:
    """What a signal weighs, once *mean* is taken from it and it is divided by *scale*."""

    mean: float
    scale: float
    weight: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Signals made into a chance. Below *refuse* nothing was found; below *doubt* it is doubtful.

    *unscored* is what was learnt without ``SCORES``, for where they are not given: there the others tell more.
    """

    intercept: float
    refuse: float
    doubt: float
    signals: Mapping[str, Signal]
    unscored: "Calibration | None" = None

    def certainty(self, chance: float) -> Certainty:
        """What follows from a *chance*."""
        return "absent" if chance < self.refuse else "doubtful" if chance < self.doubt else ""

    def chance(self, signals: Mapping[str, float]) -> float:
        """From 0 to 1; a signal that is not given says nothing either way."""
        if self.unscored is not None and not SCORES & signals.keys():
            return self.unscored.chance(signals)
        total = self.intercept
        for name, one in self.signals.items():
            if name in signals:
                total += one.weight * (signals[name] - one.mean) / one.scale
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def calibration() -> Calibration:
    """The one that was learnt last."""
    with FILE.open("rb") as file:
        read = tomllib.load(file)
    refuse, doubt = read["refuse"], read["doubt"]

    def learnt(part: Mapping[str, Any], unscored: Calibration | None = None) -> Calibration:
        named = {name: Signal(**one) for name, one in part["signals"].items()}
        return Calibration(part["intercept"], refuse, doubt, named, unscored)

    return learnt(read, learnt(read["unscored"]))


def confidence(question: str, hits: Sequence[Hit]) -> float:
    """The chance that the right page is among the first ``SHOWN`` of *hits*; 0 without hits."""
    if not hits:
        return 0.0
    return calibration().chance(signals(question, hits)) * (_UNKNOWN if _unknown_codes(question, hits) else 1.0)


def _unknown_codes(question: str, hits: Sequence[Hit]) -> bool:
    """Whether *question* names something by a code, as HT-600, that nothing found has: what is told is of others."""
    named = [folded(_JOINT.sub("", match[0])) for match in _CODE.finditer(question)]
    if not named:
        return False
    everything = _JOINT.sub("", folded("\n".join(map(_text, hits))))
    return not all(code in everything for code in named)


def signals(question: str, hits: Sequence[Hit]) -> dict[str, float]:
    """What tells of the chance, by name; of *hits* the first ``SHOWN`` count, and there is one at least.

    Where question and hits are in two languages, it is the words of the other language that they may share; where none
    is known, what rests on words is not given. Nor are scores where there are fewer passages than are shown, for among
    so few every word is common. A year counts as reports print it: 2017 for FY17.
    """
    shown = hits[:SHOWN]
    texts = [_text(hit) for hit in shown]
    held = [_all(terms(text)) for text in texts]
    chinese = is_chinese(question)
    foreign = sum(is_chinese(hit.passage.own_text) != chinese for hit in shown) * 2 > len(shown)
    searched = question
    if foreign:
        searched = in_english(question) if chinese else in_chinese(question)
    wanted = asked(searched)
    found = {
        "concepts": sum("concepts" in hit.found_by for hit in shown) / len(shown),
        "foreign": float(foreign),
        "sheets": sum(any(isinstance(place, Cells) for place in hit.passage.places) for hit in shown) / len(shown),
    }
    years = [str(year) for year in period_of(question).years]
    numbers = {
        next((year for year in years if told == year[2:] or told.endswith(year)), told) for told in wanted.numbers
    }
    if numbers:
        found["numbers"] = max(len(numbers & own) for own in held) / len(numbers)
    names = [folded(_POSSESSIVE.sub("", name)) for name in _NAME.findall(question) if name.casefold() not in _ASKS]
    if names:
        everything = folded("\n".join(texts))
        found["names_missing"] = sum(name not in everything for name in names) / len(names)
    words = {word: 1.0 for word in wanted.words if not word.isdigit()} | dict.fromkeys(wanted.grams, _GRAM)
    if words:
        found["covered"] = max(sum(words[word] for word in words.keys() & own) for own in held) / sum(words.values())
    if len(shown) == SHOWN:
        found["score"] = shown[0].score
        found["page_share"] = _most_on_one_page(shown) / len(shown)
        found["margin"] = shown[0].score - shown[-1].score
    return found


def _text(hit: Hit) -> str:
    document = hit.passage.document
    return "\n".join([document.name, *document.about.names, hit.passage.text])


def _all(found: Terms) -> set[str]:
    return {*found.words, *found.grams, *found.numbers}


def _most_on_one_page(hits: Sequence[Hit]) -> int:
    pages: Counter[tuple[int, int | str]] = Counter()
    for hit in hits:
        here: set[int | str] = set()
        for place in hit.passage.places:
            match place:
                case Page(number):
                    here.add(number)
                case Cells(sheet):
                    here.add(sheet)
        pages.update((hit.passage.document.id, page) for page in here)
    return max(pages.values(), default=0)
