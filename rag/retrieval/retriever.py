"""The few passages that matter for a question: by meaning, by words, by what is known of pages and documents."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rag.records import Scope, Spot
from rag.retrieval.embedder import Embedder
from rag.retrieval.features import Weights, learnt, scaled
from rag.retrieval.lexical import Words
from rag.retrieval.routing import ROUTED, Directory, Nearness
from rag.retrieval.vectors import Vectors
from rag.retrieval.wanted import wanted

DEPTH = 100  # passages of each search: with 50 the figures of the README are a point lower, with 200 the same
_METHODS = ("words", "vectors", "concepts")
_NO_NEARNESS = Nearness()

Ranking = Sequence[tuple[int, float]]
Spots = Callable[[Collection[int]], Mapping[int, Spot]]


class Near(NamedTuple):
    """A passage's place among all: higher is nearer. The rest is as in ``Hit``."""

    id: int
    score: float
    found_by: Mapping[str, int]
    scores: Mapping[str, float]
    why: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the indexes: *spots* tells where passages stand, *directory* what documents are called."""

    spots: Spots = lambda ids: {}  # noqa: ARG005 - nothing is known
    directory: Directory = field(default_factory=lambda: Directory(()))


def nearest_passages(
    question: str,
    embedder: Embedder | None,
    vectors: Vectors | None,
    words: Words,
    k: int,
    among: Scope,
    more: int = 0,
    *,
    known: Known | None = None,
    weights: Weights | None = None,
) -> list[Near]:
    """At most *k* passages of *among*, and *more* to choose from, best first.

    Passages are found by the words and the meaning of the question, and by the lines that reports print of the concepts
    it names; once among all, and once among the documents that it names, if it names some. Pages are weighed by what
    the best of their passages have of each feature, and passages of a page follow each other by how much less they
    have. Words alone answer without an *embedder* or *vectors*, and while none is held (a file is found by its words
    before it is embedded). The *weights* are those that were learnt, unless others are to be tried.

    :raises EmbedderUnavailable: ask again without an embedder, and say so
    """
    if k < 1 or not question.strip():
        return []
    known, weights = known or Known(), weights or learnt()
    asked_for = max(DEPTH, k + more)
    want = wanted(question)
    nearness = known.directory.near(question) if weights.name or weights.period else {}
    routed = _routed(nearness, weights, among)
    scopes = [among, routed] if routed else [among]
    rankings: dict[str, Ranking] = {}
    rankings["words"] = _merged([words.matching(question, asked_for, scope) for scope in scopes])
    if embedder is not None and vectors is not None and vectors.count():
        vector = embedder.query(question)
        rankings["vectors"] = _merged([vectors.nearest(vector, asked_for, scope) for scope in scopes])
    if want.search:
        rankings["concepts"] = words.matching(want.search, asked_for, scopes[-1])
    values = {method: scaled(method, ranking, asked_for) for method, ranking in rankings.items()}
    spots = known.spots({number for found in values.values() for number in found})
    found = _weighed(values, spots, weights, lambda spot: _of_page(spot, want.topics, nearness))
    places = {method: {number: at for at, (number, _) in enumerate(all_, 1)} for method, all_ in rankings.items()}
    measured = {method: dict(ranking) for method, ranking in rankings.items()}
    ordered = sorted(found, key=lambda number: (-sum(found[number].values()), number))[: k + more]
    return [
        Near(
            number,
            sum(found[number].values()),
            {method: at[number] for method, at in places.items() if number in at},
            {method: scores[number] for method, scores in measured.items() if number in scores},
            found[number],
        )
        for number in ordered
    ]


def _routed(nearness: Mapping[int, Nearness], weights: Weights, among: Scope) -> Scope | None:
    """The documents of *among* that a question names, nearest first, when they are not all of it."""
    if among.only is not None and len(among.only) <= ROUTED:
        return None
    named = [
        number
        for number, near in nearness.items()
        if near.name > 0 and number not in among.never and (among.only is None or number in among.only)
    ]
    named.sort(key=lambda number: -sum(weights.of(nearness[number]._asdict()).values()))
    return Scope(among.bases, frozenset(named[:ROUTED]), among.never) if named else None


def _merged(rankings: Sequence[Ranking]) -> Ranking:
    if len(rankings) == 1:
        return rankings[0]
    best = {number: score for ranking in rankings for number, score in ranking}
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))


def _of_page(spot: Spot, topics: Collection[str], nearness: Mapping[int, Nearness]) -> dict[str, float]:
    topic = spot.topic or ("cover" if spot.page == 1 else "")
    return {"statement": float(topic in topics), **nearness.get(spot.document, _NO_NEARNESS)._asdict()}


def _weighed(
    values: Mapping[str, Mapping[int, float]],
    spots: Mapping[int, Spot],
    weights: Weights,
    of_page: Callable[[Spot], Mapping[str, float]],
) -> dict[int, dict[str, float]]:
    """What speaks for each passage: its own, what its page has beyond that, and ``page`` for the rest of its page."""
    own = {
        number: weights.of({method: found.get(number, 0.0) for method, found in values.items()})
        for number in dict.fromkeys(number for found in values.values() for number in found)
    }
    pages: dict[tuple[int, int], list[int]] = {}
    for number in own:
        spot = spots.get(number)
        pages.setdefault((spot.document, spot.page) if spot and spot.page else (0, -number), []).append(number)
    weighed: dict[int, dict[str, float]] = {}
    for members in pages.values():
        best = {method: max(own[number].get(method, 0.0) for number in members) for method in values}
        highest = max(sum(own[number].values()) for number in members)
        spot = spots.get(members[0])
        beside = weights.of(of_page(spot)) if spot else {}
        rest = sum(best.values()) - highest
        for number in members:
            weighed[number] = {**own[number], **beside, **({"page": rest} if rest else {})}
    return weighed
