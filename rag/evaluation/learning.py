"""Weights of features, learnt from gold questions: how much each must count for the right pages to come first.

Each question is a choice among the pages that were found, the right ones against all others (a conditional logit;
McFadden 1974), with a small price on large weights. What is told of it is cross-validated: of each document's questions
by weights that were learnt on the questions of other documents.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.errors import BadQuestions
from rag.evaluation.questions import GoldQuestion
from rag.retrieval.features import FEATURES, Weights
from rag.workspace import Workspace

_PRICE = 0.005
_STEPS, _SLOWER, _RATE = 300, 180, 0.15
_BEFORE, _BEFORE_SQUARED = 0.9, 0.999  # how much of the steps before each keeps (Adam; Kingma and Ba 2015)
_FOLDS = 8

Numbers = NDArray[np.float64]


class Choice(NamedTuple):
    """A question: its *document* and *set*, the features of each page found, shape (pages, features), and which of
    them are *right*.
    """

    document: str
    set: str
    pages: Numbers
    right: NDArray[np.bool_]

    def rank(self, weights: Numbers) -> int | None:
        """Where the first right page comes, from 1; ``None`` when it was not found."""
        at = np.flatnonzero(self.right[np.argsort(-(self.pages @ weights), kind="stable")])
        return int(at[0]) + 1 if len(at) else None


@dataclass(frozen=True, slots=True)
class Learnt:
    """*weights*, and by set the shares of questions whose page is among the first, of those weights and validated."""

    weights: Weights
    fitted: Mapping[str, Mapping[str, float]]
    validated: Mapping[str, Mapping[str, float]]

    def as_toml(self) -> str:
        """The weights as ``weights.toml`` holds them."""
        return "".join(f"{name} = {value:.2f}\n" for name, value in asdict(self.weights).items())


def choices(app: Workspace, who: str, base: int, questions: Iterable[GoldQuestion]) -> Iterator[Choice]:
    """Each question whose page is known, asked of its document and, where there are others, of all of *base*."""
    numbers = {document.name: document.id for document in app.documents(who, [base])}
    for question in questions:
        gold = {(numbers.get(one.document), one.page) for one in question.evidence if one.page is not None}
        own = numbers.get(question.document or next((one.document for one in question.evidence), ""))
        if not gold or own is None:
            continue
        name = question.document or question.evidence[0].document
        for among, documents in (("within", [own]), ("shared", [])):
            if documents or len(numbers) > 1:
                pages = app.finder.pages(question.question, app.members.scope(who, [base], documents))
                table = np.array([[page.get(each, 0.0) for each in FEATURES] for page in pages.values()])
                right = np.array([unit in gold for unit in pages], dtype=bool)
                yield Choice(name, f"{question.group} {among}".strip(), table.reshape(-1, len(FEATURES)), right)


def learn(given: Sequence[Choice], ks: Sequence[int]) -> Learnt:
    """The weights by which the right pages of *given* come first, every set counting alike.

    :raises BadQuestions: when no right page was found
    """
    if not any(one.right.any() for one in given):
        raise BadQuestions(name="QUESTIONS", line=1, reason="no page that it names was found")
    weights = _fitted(given)
    documents = sorted({one.document for one in given})
    fold = {document: at % _FOLDS for at, document in enumerate(documents)}
    by_fold = {
        number: _fitted(others) if (others := [one for one in given if fold[one.document] != number]) else weights
        for number in set(fold.values())
    }
    return Learnt(
        Weights(*weights.round(2).tolist()),
        _shares(given, ks, lambda one: weights),  # noqa: ARG005 - the same for all
        _shares(given, ks, lambda one: by_fold[fold[one.document]]),
    )


def _fitted(given: Sequence[Choice]) -> Numbers:
    sizes = Counter(one.set for one in given)
    found = [one for one in given if one.right.any()]
    pages = np.concatenate([one.pages for one in found])
    right = np.concatenate([one.right for one in found])
    lengths = np.array([len(one.right) for one in found])
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    counts = np.repeat([1 / sizes[one.set] / len(sizes) for one in found], lengths)

    def each(values: Numbers, best: np.ufunc) -> Numbers:
        """For each page, what *best* makes of the values of all pages of its question."""
        return np.repeat(best.reduceat(values, starts), lengths)

    weights, mean, square = (np.zeros(len(FEATURES)) for _ in range(3))
    for step in range(1, _STEPS + 1):
        scores = pages @ weights
        powers = np.exp(scores - each(scores, np.maximum))
        chances = powers / each(powers, np.add)
        wanted = chances * right
        slope = _PRICE * weights + (counts * (chances - wanted / np.maximum(each(wanted, np.add), 1e-12))) @ pages
        mean = _BEFORE * mean + (1 - _BEFORE) * slope
        square = _BEFORE_SQUARED * square + (1 - _BEFORE_SQUARED) * slope**2
        rate = _RATE * (0.3 if step > _SLOWER else 1.0)
        weights = weights - rate * (mean / (1 - _BEFORE**step)) / (np.sqrt(square / (1 - _BEFORE_SQUARED**step)) + 1e-8)
    return weights


def _shares(
    given: Sequence[Choice], ks: Sequence[int], weights: Callable[[Choice], Numbers]
) -> dict[str, dict[str, Any]]:
    ranks: dict[str, list[int | None]] = {}
    for one in given:
        ranks.setdefault(one.set, []).append(one.rank(weights(one)))
    return {
        name: {f"hit@{k}": round(sum(rank is not None and rank <= k for rank in own) / len(own), 4) for k in ks}
        for name, own in ranks.items()
    }
