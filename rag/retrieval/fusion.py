"""One ranking out of several: reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Fused(NamedTuple):
    """A passage's place among all: higher is nearer; *found_by* gives its rank, from 1, in each ranking that has it."""

    id: int
    score: float
    found_by: Mapping[str, int]


def fuse(
    rankings: Mapping[str, Sequence[tuple[int, float]]], weights: Mapping[str, float] | None = None, k: int = 60
) -> list[Fused]:
    """Every id of *rankings* (best first, each id once), best first: the sum of ``weight / (k + rank)``.

    Only ranks count, for the scores of different methods cannot be compared. Equal sums go by best rank, then by id,
    so the same rankings always give the same answer.
    """
    ranks: dict[int, dict[str, int]] = {}
    for method, ranking in rankings.items():
        for rank, (number, _) in enumerate(ranking, start=1):
            ranks.setdefault(number, {}).setdefault(method, rank)
    weight = weights or {}
    fused = [
        Fused(number, sum(weight.get(method, 1.0) / (k + rank) for method, rank in found_by.items()), found_by)
        for number, found_by in ranks.items()
    ]
    return sorted(fused, key=lambda one: (-one.score, min(one.found_by.values()), one.id))
