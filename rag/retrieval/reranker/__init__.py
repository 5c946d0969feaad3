"""The contract of a reranker: it reads a question and some texts together and says how near each text is."""

from collections.abc import Sequence
from typing import Protocol

LONGEST = 4000  # characters of a question or a text that are worth reading together


class Reranker(Protocol):
    """Slower and finer than a search, so it is given only the first hits of one. Safe to use from several threads."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each of *texts*, in their order: higher is nearer; ``-inf`` for one that was passed over.

        Only the order counts: the scores of two rerankers, or of two questions, cannot be compared.

        :raises RerankerUnavailable: when it cannot be loaded or reached, or answers what is no score for each text
        """
