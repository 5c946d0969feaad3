"""What speaks for a page, feature by feature, and how much each of them weighs."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("weights.toml")

FEATURES: Mapping[str, str] = {
    "words": "BM25 of its best passage for the question, over that of the last passage found, in tens",
    "vectors": "likeness of its best passage to the question, as tenths of the way from the last one found to sameness",
    "concepts": "BM25 of its best passage for what reports print of the concepts that the question names, as `words`",
    "statement": "1 where it holds a statement that the question names, or what its concepts stand on, as the cover;"
    " -1 where it holds exhibits, signatures or contents, and none is asked for",
    "name": "how much of what its document is called is named, 1 for the best",
    "period": "1 where its document reports on the year asked about, less for the year after and another quarter",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each of ``FEATURES``; a page's score is the sum of what they weigh, as in a logistic regression."""

    words: float
    vectors: float
    concepts: float
    statement: float
    name: float
    period: float

    def of(self, values: Mapping[str, float]) -> dict[str, float]:
        """What each of *values* weighs; those that weigh nothing are left out."""
        return {name: weighed for name, value in values.items() if (weighed := getattr(self, name) * value)}

    def each(self, name: str, values: Mapping[int, float]) -> list[tuple[int, float]]:
        """What the feature *name* weighs of each of *values*; those that weigh nothing are left out."""
        weight: float = getattr(self, name)
        return [(number, weighed) for number, value in values.items() if (weighed := weight * value)]


@cache
def learnt() -> Weights:
    """The weights of ``weights.toml``."""
    with _FILE.open("rb") as file:
        return Weights(**tomllib.load(file))


def names() -> tuple[str, ...]:
    """The names of all features, in their order."""
    return tuple(field.name for field in fields(Weights))


def scaled(method: str, ranking: Sequence[tuple[int, float]], asked_for: int) -> dict[int, float]:
    """The feature of each passage in *ranking*: how far its score is above what a passage that is not there may have.

    That is the last score where all *asked_for* were found, else nothing. BM25 is a logarithm of odds but for a factor,
    so that it may be added up; likenesses are measured in what is left to 1, for some models spread them widely and
    some hardly at all. Ranks would forget how sure a method is.
    """
    if not ranking:
        return {}
    lowest = min(score for _, score in ranking)
    if method == "vectors":
        return {number: 10 * (score - lowest) / max(1 - lowest, 1e-6) for number, score in ranking}
    floor = lowest if len(ranking) >= asked_for else 0.0
    return {number: (score - floor) / 10 for number, score in ranking}
