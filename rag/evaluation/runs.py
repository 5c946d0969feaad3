"""Runs over the gold questions of a base: in the background, with their progress; kept, taken up again, compared."""

import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from rag.errors import CannotMeasure, NoSuchRun, RagError
from rag.evaluation.gold import GoldQuestions, asked
from rag.evaluation.outcomes import Outcome, ask_all
from rag.evaluation.questions import GoldQuestion
from rag.evaluation.summaries import compared, summary
from rag.library.gold_store import KeptRun
from rag.records import Note
from rag.retrieval.features import Weights, learnt

State = Literal["running", "done", "stopped", "failed"]
DEPTHS = (1, 3, 5, 10)
_KEEP_EVERY = 2.0  # seconds
_SILENCE = 30.0  # seconds without news, after which a run of another process is over
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """A run: how far it has come, and its figures over what was *done*; *summary* as `pagecite evaluate --json`."""

    id: int
    base: int
    name: str
    made: datetime
    state: State
    total: int
    done: int
    within: bool
    summary: Mapping[str, Any]
    problem: Note | None = None

    @property
    def weights(self) -> Weights | None:
        """The weights that were tried; ``None`` when it went by those that were learnt."""
        kept = self.summary.get("weights")
        if kept is None:
            return None
        now = asdict(learnt())
        return Weights(**{name: float(kept.get(name, value)) for name, value in now.items()})


@dataclass(frozen=True, slots=True)
class _How:
    """How questions are asked: each *within* its own document or of all of them, and by which weights."""

    within: bool
    weights: Weights | None

    def told(self) -> dict[str, Any]:
        """What the summary of a run keeps of it."""
        return {"within": self.within} | ({"weights": asdict(self.weights)} if self.weights else {})


@dataclass(slots=True)
class _Live:
    """A run that goes on in this process."""

    run: int
    how: _How
    total: int
    outcomes: list[Outcome]
    stop: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


class Runs:
    """What may be done with runs. Who is asking comes first. Safe to use from several threads; one run goes on in a
    base at a time.
    """

    def __init__(self, gold: GoldQuestions) -> None:
        self._gold = gold
        self._store = gold.app.gold
        self._live: dict[int, _Live] = {}
        self._known: dict[int, KeptRun] = {}
        self._lock = threading.Lock()

    def begin(
        self, who: str, base: int, name: str = "", *, within: bool = False, weights: Weights | None = None
    ) -> int:
        """Ask all gold questions of a base, each *within* its own document or of all of them; the number of the run.
        Other *weights* than those that were learnt may be tried.

        :raises CannotMeasure: when there is no question, or a run goes on already
        """
        questions = asked(self._gold.questions(who, base))
        if not questions:
            raise CannotMeasure
        how = _How(within, weights)
        first = {"state": "running", "total": len(questions), **how.told(), "beat": time.time(), "questions": []}
        with self._lock:
            self._alone(base)
            number = self._store.begin(base, " ".join(name.split()), first)
            live = self._live[base] = _Live(number, how, len(questions), [])
        self._start(who, base, live, questions)
        return number

    def resume(self, who: str, number: int) -> None:
        """Go on with a run that was stopped: what was asked is not asked again, unless its question was changed.

        :raises NoSuchRun: when it is gone
        :raises CannotMeasure: when another goes on already
        """
        run = self.run(who, number)
        questions = asked(self._gold.questions(who, run.base))
        by_name = {question.id: question for question in questions}
        done = [
            outcome
            for row in run.summary["questions"]
            if (question := by_name.get(row["id"])) and (outcome := _outcome(row, question)) is not None
        ]
        asked_before = {outcome.question.id for outcome in done}
        with self._lock:
            self._alone(run.base)
            live = self._live[run.base] = _Live(number, _How(run.within, run.weights), len(questions), done)
            self._known.pop(number, None)
        left = [question for question in questions if question.id not in asked_before]
        self._start(who, run.base, live, left)

    def cancel(self, who: str, base: int) -> None:
        """End the run of a base; what has come of it is kept."""
        live = self._live.get(self._gold.app.members.base(who, base).id)
        if live is not None:
            live.stop.set()

    def wait(self, base: int, seconds: float) -> bool:
        """Wait at most some *seconds* for the run of *base* to end; whether it has."""
        live = self._live.get(base)
        return live is None or live.over.wait(seconds)

    def runs(self, who: str, base: int) -> list[Run]:
        """The runs of a base, oldest first."""
        numbers = self._store.runs(self._gold.app.members.base(who, base).id)
        return [run for number in numbers if (run := self._run(number)) is not None]

    def run(self, who: str, number: int) -> Run:
        """:raises NoSuchRun: when it is gone; :raises NoSuchBase: when its base is not for *who*"""
        run = self._run(number)
        if run is None:
            raise NoSuchRun
        self._gold.app.members.base(who, run.base)
        return run

    def remove(self, who: str, number: int) -> None:
        """Forget a run; one that goes on is ended."""
        run = self.run(who, number)
        live = self._live.get(run.base)
        if live is not None and live.run == number:
            live.stop.set()
        self._store.forget(number)
        self._known.pop(number, None)

    def rename(self, who: str, number: int, name: str) -> None:
        """Call a run something else."""
        self.run(who, number)
        self._store.rename(number, " ".join(name.split()))
        self._known.pop(number, None)

    def close(self) -> None:
        """End all runs of this process; each can be taken up again."""
        for live in list(self._live.values()):
            live.stop.set()

    def _run(self, number: int) -> Run | None:
        kept = self._known.get(number)
        if kept is None:
            try:
                kept = self._store.run(number)
            except NoSuchRun:
                return None
            if kept.summary["state"] != "running":
                self._known[number] = kept
        told = kept.summary
        live = self._live.get(kept.base)
        state: State = told["state"]
        total, done = told["total"], len(told["questions"])
        if live is not None and live.run == number and not live.over.is_set():
            state, total, done = "running", live.total, len(live.outcomes)
        elif state == "running" and time.time() - told["beat"] > _SILENCE:
            state = "stopped"  # with the process that asked
        problem = Note(*told["problem"]) if told.get("problem") else None
        return Run(number, kept.base, kept.name, kept.made, state, total, done, told["within"], kept.summary, problem)

    def _alone(self, base: int) -> None:
        live = self._live.get(base)
        if live is not None and not live.over.is_set():
            raise CannotMeasure

    def _start(self, who: str, base: int, live: _Live, left: Sequence[GoldQuestion]) -> None:
        def go() -> None:
            state: State = "failed"
            problem: Note | None = None
            try:
                state = self._ask(who, base, live, left)
            except RagError as error:
                problem = error.note
            except Exception:  # noqa: BLE001 - a run that failed says so; the app goes on
                _log.exception("a run over gold questions")
            finally:
                try:
                    self._keep(who, base, live, state, problem)
                except RagError as error:  # the run or its base was removed meanwhile, or the disk is full
                    _log.warning("%s", error)
                finally:
                    live.over.set()

        threading.Thread(target=go, daemon=True, name="run").start()

    def _ask(self, who: str, base: int, live: _Live, left: Sequence[GoldQuestion]) -> State:
        kept = time.monotonic()
        given, how = self._until(live, left), live.how
        for outcome in ask_all(
            self._gold.app, who, base, given, within=how.within, deepest=DEPTHS[-1], weights=how.weights
        ):
            live.outcomes.append(outcome)
            if time.monotonic() - kept > _KEEP_EVERY:
                self._keep(who, base, live, "running", None)
                kept = time.monotonic()
        return "done" if len(live.outcomes) >= live.total else "stopped"

    def _until(self, live: _Live, left: Sequence[GoldQuestion]) -> Iterator[GoldQuestion]:
        for question in left:
            if live.stop.is_set():
                return
            yield question

    def _keep(self, who: str, base: int, live: _Live, state: State, problem: Note | None) -> None:
        found = self._gold.app.members.base(who, base)
        told = {
            **summary(live.outcomes, DEPTHS),
            "state": state,
            "total": live.total,
            **live.how.told(),
            "base": found.name,
            "embedder": found.embedder,
            "documents": found.documents,
            "beat": time.time(),
        }
        if problem is not None:
            told["problem"] = [problem.code, dict(problem.details)]
        self._store.tell(live.run, told)
        self._known.pop(live.run, None)


def changes(new: Run, old: Run) -> dict[str, Any] | None:
    """What got better and worse from one run to another; ``None`` when one of them has no figures yet."""
    try:
        return compared(new.summary, old.summary)
    except KeyError:
        return None


def _outcome(row: Mapping[str, Any], question: GoldQuestion) -> Outcome | None:
    """The outcome of a question, as a run keeps it; ``None`` when the question was changed since."""
    gold = [one.model_dump(exclude_none=True) for one in question.evidence]
    if (row["question"], row["gold"]) != (question.question, gold):
        return None
    return Outcome(
        question,
        row["document_rank"],
        tuple(row["ranks"]),
        tuple(row["found"]),
        row["ms"] / 1000,
        row.get("shown", False),
        row.get("confidence"),
        row.get("signals", {}),
    )
