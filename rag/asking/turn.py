"""Asking: passages are found, the evidence is chosen, the answer is made in the background and kept as a turn."""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from rag.asking.answering import Evidence, Reply, answer, evidence_for
from rag.asking.computing import Computing
from rag.asking.live import LiveAnswer
from rag.asking.searching import Searching, Sought
from rag.asking.understanding import put_otherwise, understood
from rag.errors import BadQuestion, DiskFull, LLMError, NothingSelected, NothingToSearch
from rag.library.catalog import Catalog
from rag.library.conversations import Conversations
from rag.library.members import Members
from rag.records import (
    EVERYWHERE,
    Answer,
    Event,
    Finished,
    Hit,
    ModelChoice,
    Note,
    Options,
    Request,
    Scope,
    Selection,
    Turn,
)
from rag.retrieval.features import Weights
from rag.writing.likeness import Likeness, Remembered
from rag.writing.llm import LLM
from rag.writing.prompts.template import Template

HITS = 8
_LONGEST_QUESTION = 20_000


@dataclass(frozen=True, slots=True)
class Asking:
    """What questions need. Who is asking comes first; *model* is the one that answers when none is named."""

    catalog: Catalog
    members: Members
    conversations: Conversations
    searching: Searching
    computing: Computing
    template: Callable[[], Template]
    query: Callable[[], Template]
    llm: Callable[[ModelChoice], LLM | None]
    model: Callable[[], ModelChoice]
    options: Options
    rewrites: Callable[[], bool]
    _live: dict[int, LiveAnswer] = field(default_factory=dict)

    def search(
        self,
        who: str,
        question: str,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
        where: Selection = EVERYWHERE,
        k: int,
        weights: Weights | None = None,
    ) -> Sought:
        """The *k* passages nearest to a question, how long each stage took, and what did not work; by other *weights*
        if some are tried.

        :raises BadQuestion: when it is empty
        """
        scope = self.members.scope(who, bases, documents, where)
        return self.searching.search(question_of(question), k, scope, weights)

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
        :raises NothingSelected: when no document is what the request selects
        """
        question = question_of(request.need)
        scope = self._searchable(who, request.where, bases, documents)
        started = time.perf_counter()
        choose = partial(self._chosen, model)
        stop = stop or threading.Event()
        asked = understood(question, history, partial(self.searching.finder.names, scope))
        if self.rewrites():
            asked = put_otherwise(asked, question, history, choose, self.options, stop)
        sought = self.searching.search(asked.question, k, scope, besides=asked.besides)
        compare = None if sought.problem else self.searching.finder.likeness(self.members.scope(who, bases))
        likeness = None if compare is None else Remembered(compare)
        about = self.searching.finder.meant(asked.question, scope, sought.hits)
        computed = self.computing.compute(asked.question, scope, sought.hits, about)
        numbered, citations = evidence_for(request, sought.hits, likeness, computed, asked.question, about)
        timings = {"evidence": time.perf_counter() - started, **sought.timings}
        if asked.seconds is not None:
            timings["rewrite"] = asked.seconds
        evidence = Evidence(
            numbered,
            citations,
            timings,
            problem=sought.problem,
            computed=computed,
            notes=(*filter(None, [asked.problem]), *sought.notes),
            confidence=sought.confidence,
            certainty=sought.certainty,
            searched=() if asked.question == question and not asked.besides else (asked.question, *asked.besides),
            about=about,
            likeness=likeness,
        )
        yield from answer(
            request,
            evidence,
            choose,
            template=self.template(),
            history=history,
            options=self.options,
            stop=stop,
            query=partial(self._queried, replace(request, need=asked.question), scope, sought.hits, likeness),
            passages=None if request.where.pages else self.searching.finder.passages,
        )

    def _chosen(self, model: ModelChoice | None) -> LLM | None:
        return self.llm(model or self.model())

    def _queried(
        self,
        request: Request,
        scope: Scope,
        hits: Sequence[Hit],
        likeness: Likeness | None,
        evidence: Evidence,
        reply: Reply,
    ) -> Evidence:
        """*evidence* with what a query comes to that the model writes, where the question may be computed at all."""
        started = time.perf_counter()
        try:
            computed, tried = self.computing.by_model(
                request.need, scope, hits, self.query, reply, self.options.context
            )
        except LLMError:  # the prose meets it too, and says so
            return evidence
        if not tried:
            return evidence
        timings = {**evidence.timings, "query": time.perf_counter() - started}
        if computed is None:
            return replace(evidence, timings=timings, notes=(*evidence.notes, Note("NotComputed")))
        numbered, citations = evidence_for(request, hits, likeness, computed, about=evidence.about)
        return replace(evidence, hits=numbered, citations=citations, computed=computed, timings=timings)

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
        :raises NothingSelected: when no document is what the request selects
        """
        question_of(request.need)
        self._searchable(who, request.where, bases, documents)
        thread = conversation or self.conversations.start(who, request.need)
        history = self.conversations.turns(who, thread)

        def ask(stop: threading.Event) -> Iterator[Event]:
            for event in self.ask(who, request, bases=bases, documents=documents, history=history, stop=stop):
                if isinstance(event, Finished):
                    try:
                        self._keep(who, thread, event.answer)
                    except DiskFull as error:  # it can be read, though not again after a reload
                        event = Finished(replace(event.answer, problem=error.note))  # noqa: PLW2901 - the same event
                yield event

        for number, over in list(self._live.items()):
            if over.answer is not None:  # kept as a turn, and nobody looked on
                self._live.pop(number, None)
        live = self._live[thread] = LiveAnswer(request, ask)
        return thread, live

    def live(self, who: str, conversation: int) -> LiveAnswer | None:
        """The answer that is being made in a conversation of *who*; one that failed is given once more."""
        self.conversations.check(who, conversation)
        live = self._live.get(conversation)
        if live is not None and live.over:
            self._live.pop(conversation, None)
            return None if live.answer else live
        return live

    def _keep(self, who: str, conversation: int, answer: Answer) -> None:
        self.conversations.add(who, conversation, answer)
        # What was removed while the answer was being made could not be forgotten then.
        documents = {citation.document.id for citation in (*answer.evidence, *answer.citations)}
        if answer.computed is not None:
            documents.add(answer.computed.document.id)
        for document in documents - self.catalog.documents_by_id(documents).keys():
            self.conversations.forget(document)

    def _searchable(self, who: str, where: Selection, bases: Collection[int], documents: Collection[int]) -> Scope:
        scope = self.members.scope(who, bases, documents, where)
        if not self.catalog.can_be_asked(scope.bases):
            raise NothingToSearch
        if scope.only is not None and not scope.only:
            raise NothingSelected
        return scope


def question_of(text: str) -> str:
    """:raises BadQuestion: when there is none in *text*"""
    question = text.strip()
    if not question:
        raise BadQuestion
    return question[:_LONGEST_QUESTION]
