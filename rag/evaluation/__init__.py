"""Gold questions in, figures out: how often, and how high, the right page, area or document is found."""

import json
import statistics
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rag.errors import BadQuestions, FileGone
from rag.evaluation.calibration import reliability
from rag.records import Cells, Hit, Page, cell_corners
from rag.retrieval.confidence import SHOWN, calibration, signals
from rag.retrieval.features import Weights
from rag.workspace import Workspace

_PASSAGES_A_PLACE = 4  # several of the passages that are found stand on one page


class Gold(BaseModel):
    """Where the answer stands: a page, an area of a sheet, or only the document when neither is known."""

    model_config = ConfigDict(frozen=True)

    document: str
    page: int | None = None
    sheet: str | None = None
    area: str | None = None

    @field_validator("area")
    @classmethod
    def _is_an_area(cls, area: str | None) -> str | None:
        """As pydantic calls it for what a file gives."""
        if area is not None:
            cell_corners(area)
        return area


class GoldQuestion(BaseModel):
    """A question with known evidence; without any it cannot be answered. Only *candidates*, if given, are searched."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    question: str
    id: str = ""
    group: str = Field("", alias="set")
    language: str = ""
    kind: str = ""
    document: str | None = None
    candidates: tuple[str, ...] = ()
    evidence: tuple[Gold, ...] = ()

    @property
    def documents(self) -> set[str]:
        """The names of all documents that it speaks of."""
        named = {gold.document for gold in self.evidence} | set(self.candidates)
        return named | ({self.document} if self.document else set())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question: the ranks, from 1, of the right document and of each right place; ``None`` when it
    was not found. *places* is empty when only the document is known.

    *shown* says that a right place, or the right document, is among what an answer shows; *confidence* is the chance
    of that, which *signals* gave.
    """

    question: GoldQuestion
    document: int | None
    places: tuple[int | None, ...]
    found: tuple[str, ...]
    seconds: float
    shown: bool = False
    confidence: float | None = None
    signals: Mapping[str, float] = field(default_factory=dict)


def gold_questions(path: Path) -> list[GoldQuestion]:
    """The questions of a file that has a JSON object a line.

    :raises FileGone: when there is no such file
    :raises BadQuestions: when a line is no question
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileGone(name=path.name) from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(GoldQuestion.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                raise BadQuestions(name=path.name, line=number, reason=f"{where} {first['msg']}".strip()) from error
    if not found:
        raise BadQuestions(name=path.name, line=1, reason="there is no question")
    return found


def ask_all(
    app: Workspace,
    who: str,
    base: int,
    questions: Iterable[GoldQuestion],
    *,
    within: bool,
    deepest: int,
    elsewhere: bool = False,
    weights: Weights | None = None,
) -> Iterator[Outcome]:
    """Each question asked of *base*; *within* only of its own document. The first *deepest* places count. Other
    *weights* than those that were learnt may be tried.

    *elsewhere* asks it of all other documents, or *within* of one of them: what is found there is never right.
    """
    numbers = {document.name: document.id for document in app.documents(who, [base])}
    for given in questions:
        question = given
        if elsewhere:
            question, documents = _elsewhere(given, numbers, within=within)
            if not documents:
                continue
            yield _asked(app, who, base, question, documents, deepest, weights)
            continue
        if within and question.document:
            names: Collection[str] = [question.document]
        else:
            names = question.candidates
        documents = [numbers[name] for name in names if name in numbers]
        if names and not documents:
            yield Outcome(question, None, (None,) * len(_placed(question)), (), 0.0)
            continue
        yield _asked(app, who, base, question, documents, deepest, weights)


def _elsewhere(given: GoldQuestion, numbers: Mapping[str, int], *, within: bool) -> tuple[GoldQuestion, list[int]]:
    """The question as one that has no answer, and where it is asked."""
    others = [numbers[name] for name in sorted(numbers) if name not in given.documents]
    if within and others:
        others = [others[zlib.crc32(given.question.encode()) % len(others)]]
    about = given.document or next((gold.document for gold in given.evidence), None)
    return given.model_copy(update={"evidence": (), "document": about, "kind": "elsewhere"}), others


def _asked(
    app: Workspace,
    who: str,
    base: int,
    question: GoldQuestion,
    documents: Collection[int],
    deepest: int,
    weights: Weights | None,
) -> Outcome:
    started = time.perf_counter()
    depth = deepest * _PASSAGES_A_PLACE
    sought = app.search(who, question.question, bases=[base], documents=documents, k=depth, weights=weights)
    return _outcome(question, sought.hits, deepest, time.perf_counter() - started)


def _outcome(question: GoldQuestion, hits: Sequence[Hit], deepest: int, seconds: float) -> Outcome:
    documents = list(dict.fromkeys(hit.passage.document.name for hit in hits))[:deepest]
    wanted = {gold.document for gold in question.evidence}
    ranks = [rank for rank, name in enumerate(documents, start=1) if name in wanted]
    places = _places(hits)[:deepest]
    found = tuple(_rank(gold, places) for gold in _placed(question))
    labels = tuple(f"{name} · {place.label}" for name, place in places)
    told = signals(question.question, hits) if hits else {}
    return Outcome(
        question,
        ranks[0] if ranks else None,
        found,
        labels,
        seconds,
        _is_shown(question, hits[:SHOWN]),
        calibration().chance(told) if hits else 0.0,
        told,
    )


def _is_shown(question: GoldQuestion, hits: Sequence[Hit]) -> bool:
    placed = _placed(question)
    places = _places(hits)
    if placed:
        return any(_rank(gold, places) for gold in placed)
    return bool({gold.document for gold in question.evidence} & {name for name, _ in places})


def _placed(question: GoldQuestion) -> list[Gold]:
    return [gold for gold in question.evidence if gold.page is not None or gold.sheet is not None]


def _places(hits: Iterable[Hit]) -> list[tuple[str, Page | Cells]]:
    """The pages and areas of *hits* in the order they were found, each once."""
    found: dict[tuple[str, Page | Cells], None] = {}
    for hit in hits:
        for place in hit.passage.places:
            whole = Page(place.number) if isinstance(place, Page) else place
            found[hit.passage.document.name, whole] = None
    return list(found)


def _rank(gold: Gold, places: Sequence[tuple[str, Page | Cells]]) -> int | None:
    for rank, (name, place) in enumerate(places, start=1):
        if name == gold.document and _is_there(gold, place):
            return rank
    return None


def _is_there(gold: Gold, place: Page | Cells) -> bool:
    match place:
        case Page(number):
            return gold.page == number
        case Cells(sheet, area):
            return gold.sheet == sheet and (gold.area is None or _overlap(gold.area, area))


def _overlap(one: str, other: str) -> bool:
    top, left, bottom, right = cell_corners(one)
    above, before, below, after = cell_corners(other)
    return top <= below and above <= bottom and left <= after and before <= right


# ── Figures ──


def figures(outcomes: Sequence[Outcome], ks: Sequence[int]) -> dict[str, Any]:
    """Shares of the questions with known evidence, by how deep one looks; questions that have none are only counted."""
    asked = [outcome for outcome in outcomes if outcome.question.evidence]
    placed = [outcome for outcome in asked if outcome.places]
    return {
        "asked": len(asked),
        "unanswerable": len(outcomes) - len(asked),
        "page": _shares(placed, ks, lambda one: [_best(one)]),
        "all_evidence": _shares(placed, ks, lambda one: one.places),
        "document": _shares(asked, ks, lambda one: [one.document]),
        "mrr": _mean([1 / best if (best := _best(one)) else 0.0 for one in placed]),
    }


def summary(outcomes: Sequence[Outcome], ks: Sequence[int]) -> dict[str, Any]:
    """``figures`` of all questions, of each kind and language, and a row for each question."""
    times = sorted(outcome.seconds * 1000 for outcome in outcomes) or [0.0]
    return {
        **figures(outcomes, ks),
        "ms": {"median": round(statistics.median(times), 1), "p95": round(times[int(len(times) * 0.95)], 1)},
        "confidence": _confidence(outcomes),
        "by_kind": _parts(outcomes, ks, lambda one: one.question.kind),
        "by_language": _parts(outcomes, ks, lambda one: one.question.language),
        "questions": [_row(outcome) for outcome in outcomes],
    }


def _confidence(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """How true the chances are, and what comes of refusing below the limit that was learnt."""
    known = [(one.confidence, one) for one in outcomes if one.confidence is not None]
    limit = calibration().refuse

    def refused(group: Callable[[Outcome], bool]) -> float | None:
        return _mean([float(chance < limit) for chance, one in known if group(one)])

    return {
        **reliability((chance, one.shown) for chance, one in known),
        "refuse": limit,
        "refused": {
            "unanswerable": refused(lambda one: not one.question.evidence),
            "answerable": refused(lambda one: bool(one.question.evidence)),
            "shown": refused(lambda one: one.shown),
        },
    }


def compared(new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """What got better and what got worse between two summaries: figures, and the questions by name.

    ``unlike`` says that they were not asked of the same documents, where both tell of which.

    :raises KeyError: when *old* is no summary
    """
    ranks = {row["id"]: row["rank"] for row in old["questions"]}
    better, worse = [], []
    for row in new["questions"]:
        if row["id"] in ranks:
            before, now = ranks[row["id"]] or 10**9, row["rank"] or 10**9
            change = {"id": row["id"], "question": row["question"], "was": ranks[row["id"]], "is": row["rank"]}
            if now < before:
                better.append(change)
            elif now > before:
                worse.append(change)
    changes = {
        name: {depth: _change(share, old[name].get(depth)) for depth, share in new[name].items()}
        for name in ("page", "all_evidence", "document")
    }
    unlike = any(name in new and name in old and new[name] != old[name] for name in ("within", "elsewhere"))
    return {**changes, "mrr": _change(new["mrr"], old["mrr"]), "better": better, "worse": worse, "unlike": unlike}


def _change(new: float | None, old: float | None) -> float | None:
    return None if new is None or old is None else round(new - old, 4)


def _best(outcome: Outcome) -> int | None:
    return min((rank for rank in outcome.places if rank), default=None)


def _shares(
    outcomes: Sequence[Outcome], ks: Sequence[int], ranks: Callable[[Outcome], Sequence[int | None]]
) -> dict[str, float | None]:
    """For each depth, the share of *outcomes* all of whose *ranks* are within it."""
    return {
        f"hit@{k}": _mean([float(all(rank is not None and rank <= k for rank in ranks(one))) for one in outcomes])
        for k in ks
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 4) if values else None


def _parts(outcomes: Sequence[Outcome], ks: Sequence[int], name: Callable[[Outcome], str]) -> dict[str, Any]:
    names = sorted({name(outcome) for outcome in outcomes} - {""})
    return {one: figures([outcome for outcome in outcomes if name(outcome) == one], ks) for one in names}


def _row(outcome: Outcome) -> dict[str, Any]:
    question = outcome.question
    return {
        "id": question.id or question.question,
        "question": question.question,
        "kind": question.kind,
        "language": question.language,
        "gold": [gold.model_dump(exclude_none=True) for gold in question.evidence],
        "rank": _best(outcome),
        "ranks": list(outcome.places),
        "document_rank": outcome.document,
        "found": list(outcome.found),
        "ms": round(outcome.seconds * 1000, 1),
        "document": question.document,
        "answerable": bool(question.evidence),
        "shown": outcome.shown,
        "confidence": None if outcome.confidence is None else round(outcome.confidence, 4),
        "signals": {name: round(value, 5) for name, value in outcome.signals.items()},
    }


def read_summary(path: Path) -> dict[str, Any]:
    """A summary as it was printed before.

    :raises FileGone: when there is no such file
    :raises BadQuestions: when it is none
    """
    try:
        summary: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        compared(summary, summary)
    except OSError as error:
        raise FileGone(name=path.name) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadQuestions(name=path.name, line=1, reason="it is not what `pagecite evaluate --json` prints") from error
    return summary
