"""Whether stated chances come true: how far they are from what happened, and how they are learnt from it."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.confidence import SCORES, Calibration, Signal

BINS = 10
FOLDS = 10
STRAY = 0.08
"""The share of questions that ask for what no document says, as it is assumed for what people ask."""
_STRENGTH = 1.0  # of the regularisation (L2), in questions
_STEPS = 50

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question whose page is known: its *signals*, whether the page was *shown*, and the *document* it is about.

    *answerable* is false where no page holds the answer, *stray* says that it was asked of other documents than its
    own for that.
    """

    signals: Mapping[str, float]
    shown: bool
    document: str
    answerable: bool = True
    stray: bool = False


def reliability(pairs: Iterable[tuple[float, bool]], weights: Sequence[float] | None = None) -> dict[str, Any]:
    """How true chances are: the Brier score, the expected calibration error (Naeini et al. 2015) over ten bins of
    equal width, and for each bin that holds any the mean chance beside the share that came true.
    """
    given = list(pairs)
    if not given:
        return {"asked": 0, "brier": None, "ece": None, "curve": []}
    chances = np.array([chance for chance, _ in given])
    truths = np.array([truth for _, truth in given], float)
    weighs = np.ones(len(given)) if weights is None else np.asarray(weights, float)
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    curve = []
    error = 0.0
    for number in range(BINS):
        here = bins == number
        if not here.any():
            continue
        mean, share = (float(np.average(values[here], weights=weighs[here])) for values in (chances, truths))
        error += float(weighs[here].sum() / weighs.sum()) * abs(mean - share)
        curve.append(
            {"from": number / BINS, "count": int(here.sum()), "mean": round(mean, 4), "right": round(share, 4)}
        )
    brier = float(np.average((chances - truths) ** 2, weights=weighs))
    return {"asked": len(given), "brier": round(brier, 4), "ece": round(error, 4), "curve": curve}


def learnt(cases: Sequence[Case], refuse: float, doubt: float) -> Calibration:
    """A logistic regression over *cases*; stray ones together weigh as ``STRAY`` of all, however many there are."""
    names = sorted({name for case in cases for name in case.signals})
    table = np.array([[case.signals.get(name, np.nan) for name in names] for case in cases])
    weighs = weights_of(cases)
    means, scales = np.zeros(len(names)), np.ones(len(names))
    for column in range(len(names)):
        known = ~np.isnan(table[:, column])
        means[column] = np.average(table[known, column], weights=weighs[known])
        spread = np.sqrt(np.average((table[known, column] - means[column]) ** 2, weights=weighs[known]))
        scales[column] = spread or 1.0
    standard = np.nan_to_num((table - means) / scales)
    truths = np.array([case.shown for case in cases], float)
    fitted = _fitted(standard, truths, weighs)
    signals = {
        name: Signal(round(float(means[at]), 5), round(float(scales[at]), 5), round(float(fitted[at + 1]), 4))
        for at, name in enumerate(names)
    }
    return Calibration(round(float(fitted[0]), 4), refuse, doubt, signals)


def learnt_twice(cases: Sequence[Case], refuse: float, doubt: float) -> Calibration:
    """As ``learnt``, and once more without the scores, for where they are not given."""
    without = [
        replace(case, signals={name: value for name, value in case.signals.items() if name not in SCORES})
        for case in cases
    ]
    return replace(learnt(cases, refuse, doubt), unscored=learnt(without, refuse, doubt))


def crossed(cases: Sequence[Case]) -> list[float]:
    """For each case the chance given by what was learnt without the questions about its document."""
    folds = np.array([zlib.crc32(case.document.encode()) % FOLDS for case in cases])
    chances = [0.0] * len(cases)
    for fold in sorted(set(folds.tolist())):
        own = learnt([case for case, other in zip(cases, folds, strict=True) if other != fold], 0.0, 0.0)
        for at in np.flatnonzero(folds == fold).tolist():
            chances[at] = own.chance(cases[at].signals)
    return chances


def weights_of(cases: Sequence[Case]) -> Vector:
    """The weight of each case."""
    stray = np.array([case.stray for case in cases])
    weighs = np.ones(len(cases))
    if 0 < stray.sum() < len(cases):
        weighs[stray] = STRAY / (1 - STRAY) * (~stray).sum() / stray.sum()
    return weighs


def _fitted(table: Vector, truths: Vector, weighs: Vector) -> Vector:
    """Intercept and weights, by Newton's method; the intercept is not regularised."""
    full = np.column_stack([np.ones(len(table)), table])
    strength = np.diag([0.0, *[_STRENGTH] * table.shape[1]])
    fitted = np.zeros(full.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(full @ fitted, -30, 30)))
        slope = full.T @ (weighs * (chances - truths)) + strength @ fitted
        bend = (full * (weighs * np.maximum(chances * (1 - chances), 1e-9))[:, None]).T @ full + strength
        step = np.linalg.solve(bend + 1e-9 * np.eye(len(bend)), slope)
        fitted -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return fitted
