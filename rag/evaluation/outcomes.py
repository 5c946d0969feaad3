"""Gold questions asked: what came of each, and at which rank its right places were found."""

import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rag.evaluation.questions import Gold, GoldQuestion
from rag.records import Cells, Hit, Page, cell_corners
from rag.retrieval.confidence import SHOWN, calibration, signals
from rag.retrieval.features import Weights
from rag.workspace import Workspace

_PASSAGES_A_PLACE = 4  # several of the passages that are found stand on one page


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
    """The question without its evidence, and the other documents that it is asked of."""
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
