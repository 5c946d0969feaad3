"""The few passages that matter for a question: by meaning, by words, by what is known of pages and documents."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from rag.records import Scope
from rag.retrieval.asked.paging import ASKED_FOR, pages_named
from rag.retrieval.asked.picturing import Captions, asks_for_picture, beside_pictures
from rag.retrieval.embedder import Embedder
from rag.retrieval.features import Weights, learnt
from rag.retrieval.gathering import Gathered, Known, gathered
from rag.retrieval.lexical import Words
from rag.retrieval.vectors import Vectors

_Told = TypeVar("_Told", int, float)
_FEW = 3  # documents; of more, a page that is asked for is none that nothing else speaks for
_AHEAD = 1e-3
DEPTH = 100  # passages of each search: with 50 some right pages are missed, with 200 no more are found


class Near(NamedTuple):
    """A passage's place among all: higher is nearer. The rest is as in ``Hit``."""

    id: int
    score: float
    found_by: Mapping[str, int]
    scores: Mapping[str, float]
    why: Mapping[str, float]


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
    captions: Captions | None = None,
) -> list[Near]:
    """At most *k* passages of *among*, and *more* to choose from, best first.

    Pages are weighed by what the best of their passages have of each feature (``features.py``), and the passages of a
    page follow each other by how much less they have. Words alone answer without an *embedder* or *vectors*, and while
    none is held (a file is found by its words before it is embedded). The *weights* are those that were learnt, unless
    others are to be tried. For a question that wants to see a picture, and for no other, a passage beside one has more,
    by what *captions* tells; and so has what stands on a page that is asked for by its number.

    :raises EmbedderUnavailable: ask again without an embedder, and say so
    """
    if k < 1 or not question.strip():
        return []
    weights, depth = weights or learnt(), max(DEPTH, k + more)
    known = known or Known()
    found = gathered(question, embedder, vectors, words, depth, among, known, weights)
    weighed = _weighed(found, weights)
    _add(weighed, "asked_page", dict.fromkeys(_on_asked_pages(question, found, known, weighed), ASKED_FOR))
    if captions is not None and asks_for_picture(question):
        _add(weighed, "figure", beside_pictures(question, captions(weighed)))
    _add(weighed, "side", _spread(_scores(weighed), _sides(question, found, known)))
    scores = _scores(weighed)
    measured = {method: dict(ranking) for method, ranking in found.rankings.items()}
    places = {method: {number: at for at, number in enumerate(one, start=1)} for method, one in measured.items()}
    return [
        Near(number, scores[number], _of(number, places), _of(number, measured), weighed[number])
        for number in sorted(scores, key=lambda number: (-scores[number], number))[: k + more]
    ]


def _add(weighed: dict[int, dict[str, float]], name: str, values: Mapping[int, float]) -> None:
    for number, value in values.items():
        weighed[number] = {**weighed.get(number, {}), name: value}


def _scores(weighed: Mapping[int, Mapping[str, float]]) -> dict[int, float]:
    return {number: sum(why.values()) for number, why in weighed.items()}


def _of(number: int, by_method: Mapping[str, Mapping[int, _Told]]) -> dict[str, _Told]:
    return {method: each[number] for method, each in by_method.items() if number in each}


def _on_asked_pages(question: str, found: Gathered, known: Known, weighed: Collection[int]) -> Iterator[int]:
    """What stands on the pages that are asked for by number; of few documents also what nothing else speaks for."""
    if names := pages_named(question):
        documents = found.documents()
        for number in known.on_pages(documents, names):
            if number in weighed or len(documents) <= _FEW:
                yield number


def _sides(question: str, found: Gathered, known: Known) -> list[list[frozenset[int]]]:
    """What an answer to *question* needs something of each of: the entities and years that it sets against each other,
    and the statements that its concepts stand on; as passages.
    """
    there: dict[int, set[int]] = defaultdict(set)
    holding: dict[str, set[int]] = defaultdict(set)
    for number, spot in found.spots.items():
        there[spot.document].add(number)
        if spot.topic in found.topics:
            holding[spot.topic].add(number)
    directory = known.directory
    documents = [directory.sides(question), directory.years(question, found.nearness)]
    return [
        *([frozenset().union(*(there.get(each, ()) for each in side)) for side in sides] for sides in documents),
        [frozenset(each) for each in holding.values()],
    ]


def _spread(scores: Mapping[int, float], several: Iterable[Sequence[frozenset[int]]]) -> dict[int, float]:
    """What the best passage of each of *several* sides has more, so that one of each is early: what would be third,
    fifth and so on follows a side of which nothing came before.
    """
    more: dict[int, float] = {}
    for sides in several:
        if len(sides) < 2:
            continue
        ranked = sorted(scores, key=lambda number: (-scores[number] - more.get(number, 0.0), number))
        firsts = sorted(next((at for at, each in enumerate(ranked) if each in side), 0) for side in sides)
        for at, first in enumerate(firsts, start=1):
            place = min(2 * at, len(ranked) - 1)
            if first > place:
                more[ranked[first]] = scores[ranked[place]] - scores[ranked[first]] + _AHEAD
    return more


def _weighed(found: Gathered, weights: Weights) -> dict[int, dict[str, float]]:
    """What speaks for each passage: its own, what its page and document have, and ``page`` for the rest of its page."""
    owned: dict[int, dict[str, float]] = defaultdict(dict)
    for method, values in found.values.items():
        for number, value in weights.each(method, values):
            owned[number][method] = value
    weighed: dict[int, dict[str, float]] = {}
    for members in found.units().values():
        beside = weights.of(found.beside(members[0]))
        if len(members) == 1:
            weighed[members[0]] = {**owned[members[0]], **beside}
            continue
        own = [owned[number] for number in members]
        best = sum(max(one.get(method, 0.0) for one in own) for method in found.values)
        rest = best - max(sum(one.values()) for one in own)
        for number, one in zip(members, own, strict=True):
            weighed[number] = {**one, **beside, **({"page": rest} if rest else {})}
    return weighed
