"""Finding: the searching process catches up with the catalog, then asks vectors and words together."""

import logging
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from rag.asking.catching_up import VectorIndexes
from rag.asking.directories import Directories
from rag.asking.told_tables import rows_instead
from rag.errors import DiskFull, EmbedderError
from rag.language import is_chinese
from rag.library.catalog import Catalog
from rag.library.passages.passage_store import PassageStore
from rag.records import Hit, Note, Owner, Passage, Scope, Term, within
from rag.retrieval.asked.glossary import own_concepts, printed
from rag.retrieval.asked.lexicon import in_chinese, in_english, known_part
from rag.retrieval.asked.naming import added_names
from rag.retrieval.asked.question import asks_for_table
from rag.retrieval.asked.routing import named_by
from rag.retrieval.embedder import Embedder
from rag.retrieval.features import Weights, learnt
from rag.retrieval.gathering import Known, Unit, gathered
from rag.retrieval.lexical import Words
from rag.retrieval.retriever import DEPTH, Near, nearest_passages
from rag.retrieval.turns import Turns
from rag.retrieval.vectors import Kind, Vectors
from rag.writing.evidence import About
from rag.writing.wordings import Foreign

_DEEPER = 4  # times as many are looked at where only some pages are wanted, until there are enough
_TELLS = 2.0  # what tells of a table is worth so much more when a table is asked for
_TRIES = 4  # of a search whose passages change meanwhile
_NO_VECTORS = (EmbedderError, DiskFull)  # a model that is built when it is first needed may find no room
_log = logging.getLogger(__name__)


class Finder:
    """Finds passages for questions. Safe to use from several threads; keeps one index for each embedding model."""

    def __init__(
        self,
        catalog: Catalog,
        store: PassageStore,
        words: Words,
        embedder: Callable[[str], Embedder],
        vectors: Callable[[str, int], Vectors],
        terms: Callable[[Collection[int]], Mapping[int, tuple[Term, ...]]] = lambda bases: {},  # noqa: ARG005 - none
    ) -> None:
        self._catalog = catalog
        self._store = store
        self._words = words
        self._embedder = embedder
        self._indexes = VectorIndexes(catalog, store, vectors)
        self._directories = Directories(catalog, terms)
        self._terms = terms
        self._turns = Turns((os.cpu_count() or 1) + 1)  # one may wait for the disk

    def find(
        self, question: str, k: int, among: Scope, weights: Weights | None = None
    ) -> tuple[list[Hit], Note | None]:
        """The *k* passages nearest to *question* in *among*, best first; of pages that are not in it nothing is found.

        Rows of a table stand in the place of what tells what it holds, unless a table is asked for, or nothing else is
        found. The note says why only words were searched, when an embedding model could not be used. Other *weights*
        than those that were learnt can be tried.
        """
        with self._turns.one():
            return self._found(question, k, among, weights)

    def _found(self, question: str, k: int, among: Scope, weights: Weights | None) -> tuple[list[Hit], Note | None]:
        if not among.pages:
            return self._find(question, k, among, weights)
        there = self._catalog.documents(among.bases)
        held = sum(document.passages for document in there if among.holds(Owner(document.base, document.id)))
        deep = _DEEPER * k
        while True:
            hits, problem = self._find(question, deep, among, weights)
            inside = [(hit, within(hit.passage, among.pages)) for hit in hits]
            kept = [replace(hit, passage=passage) for hit, passage in inside if passage is not None]
            if len(kept) >= k or deep >= held:
                return kept[:k], problem
            deep *= _DEEPER

    def pages(self, question: str, among: Scope) -> Mapping[Unit, Mapping[str, float]]:
        """What speaks for each page of *among* that a search finds, before it is weighed; by its first base's model.

        :raises EmbedderUnavailable: when that cannot be used
        """
        known = self._known(among)
        name = next(iter(self._by_embedder(among.bases)))
        embedder = self._embedder(name)
        index = self._indexes.of(name, embedder.dim)
        return gathered(question, embedder, index, self._words, DEPTH, among, known, learnt()).pages()

    def _find(self, question: str, k: int, among: Scope, weights: Weights | None) -> tuple[list[Hit], Note | None]:
        wanted = k
        more = 0 if asks_for_table(question) else k
        for _ in range(_TRIES):
            history = self._store.newest_removal()
            found, problem = self._nearest(question, wanted, more, among, weights)
            nearest = sorted(found, key=lambda near: -near.score)[: wanted + more]
            best = {near.id: near for near in nearest}
            hits = [Hit(passage, *best[passage.id][1:]) for passage in self._store.passages(best)]
            if len(hits) == len(best) and history == self._store.newest_removal():
                break
            # A document was removed, or other passages took the place of these between the two looks.
            wanted = k + len(best) - len(hits)
        if more:
            hits = rows_instead(hits, self._store.passages) or hits
        else:
            hits.sort(key=lambda hit: -hit.score - _TELLS * hit.passage.is_profile)
        return hits[:k], problem

    def _nearest(
        self, question: str, k: int, more: int, among: Scope, weights: Weights | None
    ) -> tuple[list[Near], Note | None]:
        problem: Note | None = None
        found: list[Near] = []
        known = self._known(among)
        for name, bases in self._by_embedder(among.bases).items():
            here = replace(among, bases=bases)
            look = partial(
                nearest_passages,
                question,
                words=self._words,
                k=k,
                among=here,
                more=more,
                known=known,
                weights=weights,
                captions=self._store.captions,
            )
            try:
                embedder = self._embedder(name)
                found += look(embedder=embedder, vectors=self._indexes.of(name, embedder.dim))
            except _NO_VECTORS as error:
                problem = error.note
                found += look(embedder=None, vectors=None)
        return found, problem

    def _known(self, among: Scope) -> Known:
        return Known(self._store.spots, self._directories.of(among), self._terms(among.bases), self._store.on_pages)

    def names(self, among: Scope) -> frozenset[str]:
        """The names of the entities that documents of the bases of *among* are about, those of glossaries included."""
        directory = self._directories.of(among)
        there = {name for document in directory.documents for name in document.about.names}
        return frozenset(there.union(*added_names(there, directory.terms).values()))

    def meant(self, question: str, among: Scope, hits: Sequence[Hit]) -> About:
        """What *question* is about, by the documents it names and the *hits* that it found."""
        own = own_concepts(tuple(chain.from_iterable(self._terms(among.bases).values())))
        lines = printed(question, (hit.passage.own_text for hit in hits), own)
        directory = self._directories.of(among)
        nearness = directory.near(question)
        named = named_by(nearness).union(*directory.sides(question))
        if not hits or hits[0].passage.document.id not in named:
            return About(bare=question, printed=lines, foreign=_foreign(question))
        spoken = directory.spoken(question, among, nearness)
        bare = directory.without_names(question, named)
        if spoken != question:
            return About(named, spoken, bare, lines)
        return About(named, "", bare, lines, _foreign(question))

    def likeness(self, among: Scope) -> Callable[[str, Sequence[str]], Sequence[float]] | None:
        """How alike a question and some sentences are, by the embedding model of the first base of *among*."""
        names = list(self._by_embedder(among.bases))
        if not names:
            return None
        embedder = self._embedder(names[0])

        def compare(question: str, sentences: Sequence[str]) -> Sequence[float]:
            likeness: list[float] = (embedder.passages(sentences) @ embedder.query(question)).tolist()
            return likeness

        return compare

    def passages(self, ids: Iterable[int]) -> list[Passage]:
        """The passages of these ids, in this order; those that are gone are left out."""
        return self._store.passages(ids)

    def warm_up(self) -> None:
        """Load what the first question would have to wait for: dictionary, models, and the vectors there are."""
        bases = frozenset(self._catalog.embedders())
        self._words.matching("warm up 预热", 1, Scope(bases))
        for name in self._by_embedder(bases):
            try:
                embedder = self._embedder(name)
                embedder.query("warm up 预热")
                self._indexes.of(name, embedder.dim)
            except _NO_VECTORS as error:
                _log.warning("%s", error)  # a question that needs it will say so to who asks

    def held(self) -> set[int]:
        """The passages whose vectors are in an index, after catching up; none where the model cannot be used."""
        ids: set[int] = set()
        for name in self._by_embedder(self._catalog.embedders()):
            try:
                ids |= self._indexes.of(name, self._embedder(name).dim).ids()
            except _NO_VECTORS as error:
                _log.warning("%s", error)
        return ids

    def kinds(self) -> dict[int, Kind]:
        """How the vectors of each base are searched, as far as they were looked at."""
        return self._indexes.kinds()

    def _by_embedder(self, bases: Collection[int]) -> dict[str, frozenset[int]]:
        groups: dict[str, frozenset[int]] = {}
        for base, embedder in self._catalog.embedders().items():
            if base in bases:
                groups[embedder] = groups.get(embedder, frozenset()) | {base}
        return groups


def _foreign(question: str) -> Foreign:
    """The words of *question* for documents that are not in its language."""
    return Foreign(in_english(question) if is_chinese(question) else in_chinese(question), known_part(question))
