"""Questions: what they find, and the answers that are made of it, at once or in the background."""

import threading
from collections.abc import Collection, Iterator, Sequence

from rag.asking.live import LiveAnswer
from rag.asking.searching import Sought
from rag.asking.turn import HITS
from rag.records import EVERYWHERE, Event, Hit, ModelChoice, Request, Selection, Turn
from rag.retrieval.features import Weights
from rag.workspace.held import Held


class Questions(Held):
    """What may be asked."""

    __slots__ = ()

    def find(
        self,
        who: str,
        question: str,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
        where: Selection = EVERYWHERE,
        k: int = HITS,
    ) -> list[Hit]:
        """The *k* passages nearest to a question, best first; of documents and pages that *where* does not select,
        nothing is found.

        :raises BadQuestion: when it is empty
        """
        return list(self.search(who, question, bases=bases, documents=documents, where=where, k=k).hits)

    def search(
        self,
        who: str,
        question: str,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
        where: Selection = EVERYWHERE,
        k: int = HITS,
        weights: Weights | None = None,
    ) -> Sought:
        """As ``find``, with how long each stage took, and what did not work; by other *weights* if some are tried."""
        return self.asking.search(who, question, bases=bases, documents=documents, where=where, k=k, weights=weights)

    def ask(
        self,
        who: str,
        request: Request,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
        history: Sequence[Turn] = (),
        model: ModelChoice | None = None,
        k: int = HITS,
        stop: threading.Event | None = None,
    ) -> Iterator[Event]:
        """Evidence, thinking, prose, and the whole answer last; *model* is the chosen one when it is not given.

        :raises BadQuestion: when there is no question
        :raises NothingToSearch: when no document can be asked yet
        """
        return self.asking.ask(
            who, request, bases=bases, documents=documents, history=history, model=model, k=k, stop=stop
        )

    def begin(
        self,
        who: str,
        conversation: int | None,
        request: Request,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
    ) -> tuple[int, LiveAnswer]:
        """Ask in a conversation (``None`` starts one), in the background; the answer is kept as its next turn.

        :raises BadQuestion: when there is no question
        :raises NothingToSearch: when no document can be asked yet
        """
        return self.asking.begin(who, conversation, request, bases=bases, documents=documents)

    def live(self, who: str, conversation: int) -> LiveAnswer | None:
        """The answer that is being made in a conversation of *who*; one that failed is given once more."""
        return self.asking.live(who, conversation)
