"""What each part of finding adds and costs: the right page among the first five without it; run by hand.

``python tests/bench/ablation.py HOME BASE=QUESTIONS.jsonl ...`` asks the gold questions of each file of a base of the
data folder HOME, which should be a copy, in its own document and in all. Without a part the weights are learnt anew,
and each document's questions are counted by weights of others' (``rag/evaluation/learning.py``). What comes after the
weighing is switched off under the weights as they are. Costs are milliseconds a question over all documents.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from rag.asking import finding, searching
from rag.evaluation.learning import Choice, choices, learn
from rag.evaluation.outcomes import ask_all
from rag.evaluation.questions import GoldQuestion, gold_questions
from rag.evaluation.summaries import summary
from rag.library.passages.passage_store import PassageStore
from rag.records import Scope
from rag.retrieval import gathering, retriever
from rag.retrieval.asked.routing import ROUTED, Directory
from rag.retrieval.embedder.bundled_e5 import BundledE5
from rag.retrieval.features import FEATURES
from rag.retrieval.lexical.posting_words import PostingWords
from rag.retrieval.vectors.faiss_index import FaissIndex
from rag.settings import Settings
from rag.wiring import workspace
from rag.workspace import Workspace

WHO = "bench"
FEW = 5
ONLY = {
    "words and vectors alone": ("words", "vectors"),
    "words alone": ("words",),
    "vectors alone": ("vectors",),
}
BEFORE: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "routing by the documents named": (gathering, "_routed", lambda *_: None),
    "words in the other language": (Directory, "wordings", lambda _, question, among: [(question, among)]),
}
AFTER: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "twins shown once": (searching, "without_twins", list),
    "something of each side": (retriever, "_sides", lambda *_: []),
    "pages asked for by number": (retriever, "pages_named", lambda _: ()),
    "words beside pictures": (retriever, "asks_for_picture", lambda _: False),
    "profiles only when asked for": (finding, "asks_for_table", lambda _: True),
}
Asked = Sequence[tuple[int, Sequence[GoldQuestion]]]


@contextmanager
def without(part: tuple[object, str, Callable[..., Any]]) -> Iterator[None]:
    """Finding without one part."""
    owner, name, instead = part
    with patch.object(owner, name, instead):
        yield


def found(app: Workspace, asked: Asked) -> list[Choice]:
    """The pages that each question is to choose from."""
    return [choice for base, questions in asked for choice in choices(app, WHO, base, questions)]


def only(given: Sequence[Choice], kept: Sequence[str]) -> list[Choice]:
    """*given* with the features *kept*, the others being nothing."""
    held = np.array([name in kept for name in FEATURES], dtype=float)
    return [choice._replace(pages=choice.pages * held) for choice in given]


def validated(given: Sequence[Choice]) -> dict[str, float]:
    """By set the share of questions whose page is among the first, by weights that were learnt without its document."""
    return {name: shares[f"hit@{FEW}"] for name, shares in learn(given, [FEW]).validated.items()}


def shown(app: Workspace, asked: Asked) -> dict[str, float]:
    """By set the share of questions whose page is among the first, as a search shows them."""
    shares = {}
    for base, questions in asked:
        for group in dict.fromkeys(question.group for question in questions):
            own = [question for question in questions if question.group == group]
            for within in (True, False):
                outcomes = list(ask_all(app, WHO, base, own, within=within, deepest=FEW))
                share = summary(outcomes, [FEW])["page"].get(f"hit@{FEW}")
                shares[f"{group} {'within' if within else 'shared'}"] = share
    return shares


class Clock:
    """The seconds that the parts of one question take."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._concepts: set[str] = set()

    def around(self, owner: object, name: str, part: Callable[..., str]) -> Any:
        """A patch of the function *name* of *owner* that counts its time as that of the *part* it tells."""
        function = getattr(owner, name)

        @wraps(function)
        def timed(*given: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                found = function(*given, **named)
            finally:
                self.spent[part(*given, **named)] += time.perf_counter() - began
            if name == "wanted":
                self._concepts.add(found.search)
            return found

        return patch.object(owner, name, timed)

    def words(self, _: object, text: str, __: int, among: Scope) -> str:
        """Which part a search for words is of."""
        return self.vectors(_, text, __, among, "concepts" if text in self._concepts else "words")

    def vectors(self, _: object, __: object, ___: int, among: Scope, part: str = "vectors") -> str:
        """Which part a search is of, that of the documents named being one of its own."""
        return "routing by the documents named" if among.only and len(among.only) <= ROUTED else part


def costs(app: Workspace, asked: Asked) -> dict[str, float]:
    """Mean milliseconds of each part, in questions over all documents of a base."""
    clock = Clock()
    total: dict[str, float] = defaultdict(float)
    clocks = (
        (PostingWords, "matching", clock.words),
        (FaissIndex, "nearest", clock.vectors),
        (BundledE5, "query", lambda *_: "vectors: embedding the question"),
        (PassageStore, "spots", lambda *_: "statement: where passages stand"),
        (Directory, "near", lambda *_: "name and period"),
        (gathering, "wanted", lambda *_: "concepts"),
        (searching, "without_twins", lambda *_: "twins shown once"),
        (retriever, "_sides", lambda *_: "something of each side"),
    )
    questions = [(base, question.question) for base, each in asked for question in each]
    with ExitStack() as patches:
        for owner, name, part in clocks:
            patches.enter_context(clock.around(owner, name, part))
        for base, question in questions:
            clock.spent.clear()
            began = time.perf_counter()
            app.search(WHO, question, bases=[base], k=8)
            total["all"] += time.perf_counter() - began
            for name, seconds in clock.spent.items():
                total[name] += seconds
    return {name: 1000 * seconds / len(questions) for name, seconds in total.items()}


def main(home: Path, files: Sequence[tuple[str, Path]]) -> None:
    """Print a table: a row for each part, a column for each set of questions."""
    app = workspace(Settings(home=home, close_reading="off", llm="none"))
    app.check(mend=True)
    app.finder.warm_up()
    numbers = {base.name: base.id for base in app.bases(WHO)}
    asked = [(numbers[base], gold_questions(file)) for base, file in files]
    sets: list[str] = []

    def row(name: str, shares: dict[str, float]) -> None:
        if not sets:
            sets.extend(shares)
            print("\t".join(["", *sets]))
        print("\t".join([name, *(f"{shares.get(each, 0):.3f}" for each in sets)]), flush=True)

    everything = found(app, asked)
    row("all", validated(everything))
    for name in FEATURES:
        row(f"without {name}", validated(only(everything, [each for each in FEATURES if each != name])))
    for name, kept in ONLY.items():
        row(name, validated(only(everything, kept)))
    for name, part in BEFORE.items():
        with without(part):
            row(f"without {name}", validated(found(app, asked)))
    row("as shown", shown(app, asked))
    for name, part in AFTER.items():
        with without(part):
            row(f"without {name}", shown(app, asked))
    for name, milliseconds in costs(app, asked).items():
        print(f"{name}\t{milliseconds:.2f} ms", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [(base, Path(file)) for base, _, file in (each.partition("=") for each in sys.argv[2:])])
