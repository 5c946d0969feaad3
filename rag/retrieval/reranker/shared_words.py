"""A reranker without a model, for tests and demonstrations: the more of a question's terms a text has, the nearer."""

import threading
from collections.abc import Sequence

from rag.errors import RerankerUnavailable
from rag.language import Terms, terms
from rag.retrieval.asked.question import asked


class SharedWordsReranker:
    """Counts the terms that a text shares with the question; the shorter of two texts that share as many is nearer.

    *fails* is the reason for which it cannot be used; each call waits *pause* seconds.
    """

    def __init__(self, *, fails: str = "", pause: float = 0.0) -> None:
        self._fails = fails
        self._pause = pause

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """The share of the question's terms that each text has."""
        if self._pause:
            threading.Event().wait(self._pause)
        if self._fails:
            raise RerankerUnavailable(name="shared-words", reason=self._fails)
        wanted = _all(asked(question))
        return [len(wanted & _all(terms(text))) / (len(wanted) or 1) + 1e-3 / (9 + len(text)) for text in texts]


def _all(found: Terms) -> set[str]:
    return {*found.words, *found.grams, *found.numbers}
