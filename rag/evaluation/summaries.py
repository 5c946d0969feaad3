"""Figures of questions that were asked: how often and at which rank the right was found, and run beside run."""

import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.errors import BadQuestions, FileGone
from rag.evaluation.calibration import reliability
from rag.evaluation.outcomes import Outcome
from rag.retrieval.confidence import calibration


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
