"""Answering: the evidence first, then prose on top of it when a model is there."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from rag.asking.listening import heard
from rag.errors import BadSettings, EmptyAnswer, LLMError
from rag.language import is_chinese
from rag.records import (
    Answer,
    Certainty,
    Citation,
    Computed,
    Event,
    Finished,
    Found,
    Hit,
    Message,
    Note,
    Options,
    Prompt,
    Request,
    Thought,
    Turn,
    Used,
    Wrote,
)
from rag.writing.citations import cite, normalised
from rag.writing.evidence import NOTHING_NAMED, About, answer_text, gather, not_found
from rag.writing.likeness import Likeness
from rag.writing.llm import LLM
from rag.writing.llm.thinking import settle
from rag.writing.prompts.briefs import brief
from rag.writing.prompts.neighbours import Passages, widened
from rag.writing.prompts.prompt import build
from rag.writing.prompts.template import Template
from rag.writing.results import beside, line_of, with_cells, with_result


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a request, and the seconds of each stage; what was *computed* is the first hit and citation.

    *problem* and *notes* are those of the search, and so are *confidence* and *certainty*: where something was
    computed, they say nothing about the answer. By *likeness* sentences are compared with what is asked.
    """

    hits: tuple[Hit, ...]
    citations: tuple[Citation, ...]
    timings: Mapping[str, float]
    problem: Note | None = None
    computed: Computed | None = None
    notes: tuple[Note, ...] = ()
    confidence: float | None = None
    certainty: Certainty = ""
    searched: tuple[str, ...] = ()
    about: About = NOTHING_NAMED
    likeness: Likeness | None = None

    def asked(self, request: Request) -> str:
        """What is asked for, whole."""
        return self.searched[0] if self.searched else request.need

    def told(self, answer: Answer) -> Answer:
        """*answer* with what the search says of its chance."""
        answer = replace(answer, searched=self.searched)
        if answer.computed is not None:
            return answer
        return replace(answer, confidence=self.confidence, certainty=self.certainty)


Reply = Callable[[Sequence[Message]], Iterator[Thought | Wrote | Used]]
Query = Callable[[Evidence, Reply], Evidence]
"""Evidence with what came of a query that the model wrote, if it did."""


def evidence_for(
    request: Request,
    hits: Sequence[Hit],
    likeness: Likeness | None,
    computed: Computed | None = None,
    asked: str = "",
    about: About = NOTHING_NAMED,
) -> tuple[tuple[Hit, ...], tuple[Citation, ...]]:
    """The hits as they are numbered, what was *computed* in front, and the best sentences or rows of each; *asked* is
    the question whole, where it leans on another, and *about* what it is about.
    """
    return with_result(
        request.need,
        computed,
        hits,
        gather(about.spoken or asked or request.need, hits, likeness, about.printed, about.foreign),
    )


def answer(
    request: Request,
    evidence: Evidence,
    choose: Callable[[], LLM | None],
    *,
    template: Template,
    history: Sequence[Turn],
    options: Options,
    stop: threading.Event,
    query: Query | None = None,
    passages: Passages | None = None,
) -> Iterator[Event]:
    """The evidence at once; then thinking and prose as they come; the whole answer last.

    The model is chosen only then, for that may ask a server what it has. A failing model loses nothing: the answer is
    then the evidence, with the problem named. Once *stop* is set, what has come so far is the answer. Where nothing was
    computed yet, *query* may let the model write a query first; the evidence is then told once more, with its result.
    *passages* gives the model the neighbours of the first hits, where there is room.
    """
    yield Found(evidence.citations, evidence.computed)
    llm: LLM | None = None
    problem: Note | None = None
    if evidence.hits:
        try:
            llm = choose()
        except BadSettings as error:
            problem = error.note
    if llm is None:
        yield Finished(evidence_answer(request, evidence, problem))
        return
    if query is not None and evidence.computed is None:
        evidence = query(evidence, partial(heard, llm, options=options, stop=stop))
        if evidence.computed is not None:
            yield Found(evidence.citations, evidence.computed)
    doubtful = evidence.computed is None and evidence.certainty != ""
    asked = replace(request, need=_whole(request.need, evidence.asked(request)))
    briefs = [brief(hit, cited) for hit, cited in zip(evidence.hits, evidence.citations, strict=True)]
    prompt = build(
        template,
        asked,
        evidence.hits,
        history=history,
        options=options,
        doubtful=doubtful,
        briefs=briefs,
        wider=widened(evidence.hits, passages) if passages else (),
    )
    writing = Writing(request, evidence, prompt, llm.name)
    try:
        for piece in heard(llm, prompt.messages, options, stop):
            writing.take(piece)
            if not isinstance(piece, Used):
                yield piece
        if not stop.is_set() and not writing.finished(None).text:
            raise EmptyAnswer(model=llm.name)
    except LLMError as error:
        problem = error.note
    yield Finished(writing.finished(problem, stopped=stop.is_set()))


def _whole(question: str, asked: str) -> str:
    """*question* for a model, which is told what it is understood as."""
    return question if asked == question else f"{question}\n({'即' if is_chinese(question) else 'That is'}: {asked})"


def evidence_answer(request: Request, evidence: Evidence, problem: Note | None = None) -> Answer:
    """The answer that needs no model: the best sentences and rows, verbatim."""
    computed = evidence.computed
    asked, others = evidence.asked(request), list(evidence.citations)
    if computed is not None:
        others = beside(asked, computed, others[1:], evidence.hits)
    if computed is None and evidence.certainty == "absent" and evidence.hits:
        text = not_found(request.need)
    else:
        doubtful = computed is None and evidence.certainty != ""
        text = answer_text(
            evidence.about.spoken or asked,
            others,
            evidence.hits,
            evidence.about,
            doubtful=doubtful,
            likeness=evidence.likeness,
        )
    if computed is not None:
        text = "\n".join(filter(None, (line_of(request.need, computed), text)))
    answer = Answer(
        request,
        text,
        citations=tuple(citation for citation in evidence.citations if f"[{citation.number}]" in text),
        evidence=evidence.citations,
        timings=evidence.timings,
        problem=problem or evidence.problem,
        computed=computed,
        notes=evidence.notes,
    )
    return evidence.told(answer)


@dataclass(slots=True)
class Writing:
    """An answer on its way: what has come so far, and when."""

    request: Request
    evidence: Evidence
    prompt: Prompt
    model: str
    used: Used | None = None
    _started: float = field(default_factory=time.monotonic)
    _thinking: list[str] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)
    _timings: dict[str, float] = field(default_factory=dict)

    def take(self, piece: Thought | Wrote | Used) -> None:
        """Add a piece."""
        since = time.monotonic() - self._started
        match piece:
            case Thought(text):
                self._thinking.append(text)
                self._timings["thinking"] = since
            case Wrote(text):
                self._written.append(text)
                self._timings.setdefault("first_word", since)
            case Used():
                self.used = piece

    def finished(self, problem: Note | None, *, stopped: bool = False) -> Answer:
        """What has come so far as an answer; the evidence is the answer when no prose came."""
        thinking, text = settle("".join(self._written), "".join(self._thinking))
        text = normalised(text).strip()
        if not text and (stopped or problem is not None):
            instead = evidence_answer(self.request, self.evidence, problem)
            return replace(instead, thinking=thinking, prompt=self.prompt, stopped=stopped)
        citations, unknown = cite(text, self.prompt.hits)
        answer = Answer(
            self.request,
            text,
            citations,
            self.evidence.citations,
            thinking=thinking,
            model=self.model,
            prompt=self.prompt,
            used=self.used,
            timings={**self.evidence.timings, **self._timings, "total": time.monotonic() - self._started},
            unknown=unknown,
            stopped=stopped,
            problem=problem or self.evidence.problem,
            notes=self.evidence.notes,
        )
        return self.evidence.told(with_cells(answer, self.evidence.computed))
