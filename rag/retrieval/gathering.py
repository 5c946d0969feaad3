"""What each search found for a question, as features of passages and of the pages they stand on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from rag.records import PageTopic, Scope, Spot, Term
from rag.retrieval.asked.glossary import own_concepts
from rag.retrieval.asked.paging import OnPages
from rag.retrieval.asked.question import without_manner
from rag.retrieval.asked.routing import ROUTED, Directory, Nearness, named_by
from rag.retrieval.asked.wanted import Wanted, wanted
from rag.retrieval.embedder import Embedder
from rag.retrieval.features import Weights, scaled
from rag.retrieval.lexical import Words
from rag.retrieval.vectors import Vectors

Ranking = Sequence[tuple[int, float]]
Spots = Callable[[Collection[int]], Mapping[int, Spot]]
Unit = tuple[int, int]
"""The document and the page that passages are weighed together on; of a sheet 0 and the passage itself, below 0."""

_FAR = Nearness()
_LEVEL = 0.9  # of the best score in the language that is asked for, the best in the other


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the indexes: *spots* tells where passages stand, *directory* what documents are called,
    *terms* what bases have of their own, *on_pages* what stands on the pages that a question names.
    """

    spots: Spots = lambda ids: {}  # noqa: ARG005 - nothing is known
    directory: Directory = field(default_factory=lambda: Directory(()))
    terms: Mapping[int, tuple[Term, ...]] = field(default_factory=dict)
    on_pages: OnPages = lambda documents, names: ()  # noqa: ARG005 - nothing is known

    def wanted(self, question: str, bases: Collection[int]) -> dict[Wanted, frozenset[int]]:
        """What *question* wants of *bases*, by what each has of its own."""
        found: dict[Wanted, frozenset[int]] = {}
        for base in bases:
            want = wanted(question, own_concepts(self.terms.get(base, ())))
            found[want] = found.get(want, frozenset()) | {base}
        return found


@dataclass(frozen=True, slots=True)
class Gathered:
    """*rankings* by method; *values* is the feature of each method by passage; *spots* where they stand."""

    rankings: Mapping[str, Ranking]
    values: Mapping[str, Mapping[int, float]]
    spots: Mapping[int, Spot]
    topics: frozenset[PageTopic]
    unlikely: frozenset[PageTopic]
    nearness: Mapping[int, Nearness]

    def units(self) -> dict[Unit, list[int]]:
        """The passages that are weighed together."""
        found: dict[Unit, list[int]] = {}
        for number in dict.fromkeys(chain.from_iterable(self.values.values())):
            spot = self.spots.get(number)
            found.setdefault(spot[:2] if spot and spot.page else (0, -number), []).append(number)
        return found

    def own(self, number: int) -> dict[str, float]:
        """The features of one passage."""
        return {method: values.get(number, 0.0) for method, values in self.values.items()}

    def beside(self, number: int) -> dict[str, float]:
        """The features of the page and the document of a passage."""
        spot = self.spots.get(number)
        if spot is None:
            return {}
        topic = spot.topic or ("cover" if spot.page == 1 else "")
        fits = float(topic in self.topics) - float(topic in self.unlikely)
        return {"statement": fits, **self.nearness.get(spot.document, _FAR)._asdict()}

    def documents(self) -> frozenset[int]:
        """Those that the question names, as far as anything of them was found, else all that something was found of."""
        there = frozenset(spot.document for spot in self.spots.values())
        return there & named_by(self.nearness) or there

    def pages(self) -> dict[Unit, dict[str, float]]:
        """The features of every page: of each method the best that one of its passages has."""
        return {
            unit: {
                **{method: max(own[method] for own in map(self.own, members)) for method in self.values},
                **self.beside(members[0]),
            }
            for unit, members in self.units().items()
        }


def gathered(
    question: str,
    embedder: Embedder | None,
    vectors: Vectors | None,
    words: Words,
    asked_for: int,
    among: Scope,
    known: Known,
    weights: Weights,
) -> Gathered:
    """At most *asked_for* passages by each search: for the words of *question*, in the language of each document and
    without its name, for its meaning, and for the lines that reports print of the concepts it names; once *among* all,
    and once among the documents that it names.

    :raises EmbedderUnavailable: ask again without an embedder
    """
    alone = among.only is not None and len(among.only) == 1  # no name or year tells one document from others
    wants, nearness = known.wanted(question, among.bases), {} if alone else known.directory.near(question)
    routed = _routed(nearness, weights, among)
    scopes = [among, routed] if routed else [among]
    bare = known.directory.without_names(question, (among.only or ()) if alone else named_by(nearness))
    wordings = [known.directory.wordings(bare, scope) for scope in scopes]
    said = _Said(words, asked_for, wordings, known.directory.spoken(bare, among, nearness))
    rankings = {"words": _merged(said.found())}
    if embedder is not None and vectors is not None and vectors.count():
        vector = embedder.query(without_manner(question))
        rankings["vectors"] = _merged([vectors.nearest(vector, asked_for, scope) for scope in scopes])
    lines = [ranking for want, bases in wants.items() if want.search for ranking in said.lines(want.search, bases)]
    if lines:
        rankings["concepts"] = _merged(lines)[:asked_for]
    values = {method: scaled(method, ranking, asked_for) for method, ranking in rankings.items()}
    spots = known.spots({number for found in values.values() for number in found})
    topics: frozenset[PageTopic] = frozenset().union(*(want.topics for want in wants))
    unlikely: frozenset[PageTopic] = frozenset().union(*(want.unlikely for want in wants))
    return Gathered(rankings, values, spots, topics, unlikely, nearness)


@dataclass(frozen=True, slots=True)
class _Said:
    """What *words* are asked for: the *wordings* of a question by scope, of which *spoken* is in its own language."""

    words: Words
    asked_for: int
    wordings: Sequence[Sequence[tuple[str, Scope]]]
    spoken: str

    def found(self) -> list[Ranking]:
        """What is found for the question, in each wording and scope."""
        return self._levelled([{text: self._matching(text, scope) for text, scope in each} for each in self.wordings])

    def lines(self, search: str, bases: frozenset[int]) -> list[Ranking]:
        """What is found in *bases* for lines as reports print them, in the narrowest scope."""
        last = self.wordings[-1]
        scopes = self.wordings if len(self.wordings[0]) > 1 else [last]  # by the widest, languages are levelled
        found = [{text: self._matching(search, replace(scope, bases=bases)) for text, scope in each} for each in scopes]
        return self._levelled(found)[-len(last) :]

    def _matching(self, text: str, among: Scope) -> Ranking:
        return self.words.matching(text, self.asked_for, among)

    def _levelled(self, found: Sequence[Mapping[str, Ranking]]) -> list[Ranking]:
        """The rankings of each scope by wording, those of other words than are spoken no higher than those.

        Scores of two languages do not compare: where few documents are of one, all its words are rare, and worth much.
        By the first scope, which is that of all documents, the others are levelled too.
        """
        best = {text: max((score for _, score in ranking), default=0.0) for text, ranking in found[0].items()}
        own = best.get(self.spoken, 0.0)
        other = max((score for text, score in best.items() if text != self.spoken), default=0.0)
        rate = min(1.0, _LEVEL * own / other) if own and other else 1.0
        return [
            ranking if text == self.spoken or rate == 1.0 else [(number, score * rate) for number, score in ranking]
            for each in found
            for text, ranking in each.items()
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
    return replace(among, only=frozenset(named[:ROUTED])) if named else None


def _merged(rankings: Sequence[Ranking]) -> Ranking:
    if len(rankings) == 1:
        return rankings[0]
    best = {number: score for ranking in rankings for number, score in ranking}
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
