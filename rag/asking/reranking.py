"""Reranking: the first hits in the order of a model that reads question and passage together; failing, as they were."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.errors import RerankerUnavailable
from rag.records import Hit, Note, RerankerChoice
from rag.retrieval.reranker import Reranker

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reranked:
    """The hits, the seconds it took (``None`` when nothing was to be read again), and why the order is the old one."""

    hits: list[Hit]
    seconds: float | None = None
    problem: Note | None = None


@dataclass(frozen=True, slots=True)
class Reranking:
    """The reranker that is *chosen*, and how many of the first hits it is given. *make* gives ``None`` for none."""

    make: Callable[[RerankerChoice], Reranker | None]
    chosen: Callable[[], RerankerChoice]
    first: int

    def depth(self, k: int) -> int:
        """How many hits are wanted of a search, so that *k* of them can be chosen."""
        return k if self.chosen().kind == "off" else max(k, self.first)

    def reranked(self, question: str, hits: Sequence[Hit]) -> Reranked:
        """*hits*, the first of them in the new order, with their rank by ``reranker``; those behind them as they were.

        Equal scores keep their order.
        """
        reranker = self.make(self.chosen())
        if reranker is None or len(hits) < 2:
            return Reranked(list(hits))
        started = time.perf_counter()
        first = hits[: self.first]
        try:
            scores = reranker.score(question, [hit.passage.text for hit in first])
        except RerankerUnavailable as error:
            _log.warning("%s", error)
            return Reranked(list(hits), time.perf_counter() - started, error.note)
        order = sorted(range(len(first)), key=lambda at: -scores[at])
        # A score is that of the place: higher is nearer must stay true down to the last hit.
        places = [hit.score for hit in first]
        found = [
            replace(first[at], score=places[place], found_by={**first[at].found_by, "reranker": place + 1})
            for place, at in enumerate(order)
        ]
        return Reranked([*found, *hits[self.first :]], time.perf_counter() - started)

    def check(self, choice: RerankerChoice) -> None:
        """Try *choice* on two words.

        :raises RerankerUnavailable: when it cannot be used
        """
        reranker = self.make(choice)
        if reranker is not None:
            reranker.score("test", ["a test", "another"])
