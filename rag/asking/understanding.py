"""Understanding: what is searched for a question; turns before it make it whole, and a model may put it otherwise."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from rag.asking.listening import heard
from rag.errors import BadSettings, LLMError
from rag.records import Note, Options, Turn
from rag.retrieval.asked.follow_up import completed
from rag.writing.llm import LLM
from rag.writing.prompts.rewriting import asking_for, rewritten

SECONDS = 20.0
"""A model has so long to put a question otherwise; the search begins without it then."""
_REPLY = 700  # tokens
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Understood:
    """What *question* is asked for, whole; what else is searched for *besides*; and the seconds a model took."""

    question: str
    besides: tuple[str, ...] = ()
    seconds: float | None = None
    problem: Note | None = None


def asked_before(history: Sequence[Turn]) -> str:
    """The question before, as it was understood then."""
    if not history:
        return ""
    last = history[-1].answer
    return last.searched[0] if last.searched else last.request.need


def understood(question: str, history: Sequence[Turn], names: Callable[[], Collection[str]]) -> Understood:
    """*question* after the turns of *history*, without a model; *names* are those that documents go by."""
    before = asked_before(history)
    return Understood(completed(question, before, names()) if before else question)


def put_otherwise(
    plain: Understood,
    question: str,
    history: Sequence[Turn],
    choose: Callable[[], LLM | None],
    options: Options,
    stop: threading.Event,
    seconds: float = SECONDS,
) -> Understood:
    """*plain*, with what a model makes of *question* within some *seconds*; a failing model leaves it as it is."""
    started = time.perf_counter()
    try:
        llm = choose()
        if llm is None:
            return plain
        asked = replace(options, reply=min(options.reply, _REPLY), temperature=0.0, think=False)
        found = rewritten(question, heard(llm, asking_for(question, history), asked, stop, seconds))
    except (LLMError, BadSettings) as error:
        _log.warning("%s", error)
        return replace(plain, seconds=time.perf_counter() - started, problem=Note("NotRewritten"))
    took = time.perf_counter() - started
    problem = None if found.question or found.besides else Note("NotRewritten")
    return Understood(found.question or plain.question, found.besides, took, problem)
