"""The few passages that matter for a question: by meaning, by words, by what is known of pages and documents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rag.records import Scope
from rag.retrieval.asked.paging import ASKED_FOR, pages_named
from rag.retrieval.asked.picturing import Captions, asks_for_picture, beside_pictures
from rag.retrieval.embedder import Embedder
from rag.retrieval.features import Weights, learnt
from rag.retrieval.gathering import Gathered, Known, gathered
from rag.retrieval.lexical import Words
from rag.retrieval.vectors import Vectors

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
    if names := pages_named(question):
        documents = found.documents()
        for number in known.on_pages(documents, names):
            if number in weighed or len(documents) <= _FEW:
                weighed[number] = {**weighed.get(number, {}), "asked_page": ASKED_FOR}
    if captions is not None and asks_for_picture(question):
        for number, value in beside_pictures(question, captions(weighed)).items():
            weighed[number] = {**weighed[number], "figure": value}
    places = {method: {number: at for at, (number, _) in enumerate(all_, 1)} for method, all_ in found.rankings.items()}
    measured = {method: dict(ranking) for method, ranking in found.rankings.items()}
    scores = {number: sum(why.values()) for number, why in weighed.items()}
    for number, value in _spread(scores, _sides(question, found, known)).items():
        weighed[number] = {**weighed[number], "side": value}
        scores[number] += value
    return [
        Near(
            number,
            scores[number],
            {method: at[number] for method, at in places.items() if number in at},
            {method: scored[number] for method, scored in measured.items() if number in scored},
            weighed[number],
        )
        for number in sorted(scores, key=lambda number: (-scores[number], number))[: k + more]
    ]


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
