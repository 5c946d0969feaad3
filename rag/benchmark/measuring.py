"""The bench itself: one growing base of made-up passages, and at each size what adding, removing and finding cost."""

import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.asking.finding import Finder
from rag.benchmark.figures import STAGES, Sized, disk_used, memory_used, spread
from rag.benchmark.material import PER_DOCUMENT, Material
from rag.records import Document, Leaf, Owner, Scope
from rag.retrieval.embedder import Embedder, Vector
from rag.retrieval.vectors import Vectors
from rag.stopwatch import Spent, now, timed, watching
from rag.workspace import Workspace

NAME = "made-up"
_WHO = "bench"
_K = 12  # passages a question wants, as on the page
_QUESTIONS = 200
_ASKERS = 16
_FOR_RECALL = 100
_RECALL_AT = 10
_AT_ONCE = 4096


class _MadeUp:
    """An embedding model whose vectors were made before; questions are embedded by a *real* model all the same."""

    name, window = NAME, 512

    def __init__(self, real: Embedder) -> None:
        self._real, self.dim = real, real.dim
        self.asked: Vector = np.zeros((1, real.dim), np.float32)

    def count(self, texts: Sequence[str]) -> list[int]:
        return self._real.count(texts)

    def passages(self, texts: Sequence[str]) -> Vector:
        return self._real.passages(texts)

    @timed("question")
    def query(self, text: str) -> Vector:
        self._real.query(text)
        vector: Vector = self.asked[zlib.crc32(text.encode()) % len(self.asked)]
        return vector


@dataclass(slots=True)
class Bench:
    """Measures the app in *home*, an empty folder, with the indexes that it really uses."""

    app: Workspace
    home: Path
    embedder: Embedder
    vectors: Callable[[str, int], Vectors]
    told: Callable[[str], None]
    _held: list[Document] = field(default_factory=list)
    _made: list[Vectors] = field(default_factory=list)

    def run(self, sizes: Sequence[int]) -> Iterator[Sized]:
        """The figures of each of *sizes*, from the smallest; a size is rounded up to whole documents, and to those that
        *home* has already.
        """
        model, material = _MadeUp(self.embedder), Material(self.embedder.dim)
        bases = self.app.catalog.bases()
        base = bases[0].id if bases else self.app.catalog.create_base("Bench", NAME).id
        self._held = self._whole(base)
        finder = self._finder(model)
        for size in sorted({max(-(-size // PER_DOCUMENT), len(self._held)) for size in sizes}):
            build = dict.fromkeys(("catalog", "words", "vectors"), Spent())
            while len(self._held) < size:
                self._add(base, material, build)
                if len(self._held) % 50 == 0:
                    self.told(f"{len(self._held) * PER_DOCUMENT} passages")
            build["words"] = build["words"].more(_timed(lambda: self.app.words.put_together(lambda: True)))
            model.asked = material.asked_vectors(size, _QUESTIONS)
            questions = list(material.questions(_QUESTIONS, size))
            build["vectors"] = build["vectors"].more(_timed(lambda: self._settle(finder)))
            yield self._sized(base, material, model, finder, questions, build)

    def _sized(
        self,
        base: int,
        material: Material,
        model: _MadeUp,
        finder: Finder,
        questions: list[str],
        build: dict[str, Spent],
    ) -> Sized:
        everything = Scope(frozenset({base}))
        ask = self._asking(finder, questions, everything)
        ask(range(10))
        self.told("asking")
        alone, stages = spread(ask(range(len(questions))))
        one = Scope(frozenset({base}), only=frozenset({self._held[len(self._held) // 2].id}))
        within, _ = spread(self._asking(finder, questions, one)(range(50)))
        began = time.perf_counter()
        with ThreadPoolExecutor(_ASKERS) as pool:
            parts = [range(at, len(questions), _ASKERS) for at in range(_ASKERS)]
            many = [row for rows in pool.map(ask, parts) for row in rows]
            rate = round(len(many) / (time.perf_counter() - began), 1)
            askers, _ = spread(many)
        recall = self._recall(base, model)
        add_ms, remove_ms = self._one_more(base, material, finder, questions[0], everything)
        memory, mapped, peak = memory_used()
        return Sized(
            passages=len(self._held) * PER_DOCUMENT,
            build=build,
            start=_timed(lambda: self._finder(model).find(questions[0], _K, everything)),
            add_ms=add_ms,
            remove_ms=remove_ms,
            search=alone,
            within=within,
            askers=askers,
            rate=rate,
            stages=stages,
            recall=recall,
            memory_mb=memory,
            mapped_mb=mapped,
            peak_mb=peak,
            disk_mb=disk_used(self.home),
        )

    def _whole(self, base: int) -> list[Document]:
        """The documents that are complete; what is left of one that was interrupted is removed."""
        there = sorted(self.app.catalog.documents([base]), key=lambda document: document.id)
        for document in there:
            if document.passages < PER_DOCUMENT:
                self.app.words.remove(self.app.store.remove(document.id))
        return [document for document in there if document.passages >= PER_DOCUMENT]

    def _add(self, base: int, material: Material, build: dict[str, Spent]) -> None:
        number = len(self._held)
        document, _ = self.app.catalog.admit(
            base, f"{number}.pdf", digest=f"{number:064x}", size=1, kind="pdf", who=_WHO
        )
        made = material.document(document, number)
        leaves = [Leaf(1, None, ())]
        ids: list[int] = []
        owner = Owner(base, document.id)

        def keep() -> None:
            ids.extend(self.app.store.keep(document.id, made.passages, leaves))
            self.app.store.keep_vectors(owner, NAME, ids, made.vectors)
            self.app.abouts.found(document.id, material.about(number), 0)

        build["catalog"] = build["catalog"].more(_timed(keep))
        texts = [passage.text for passage in made.passages]
        build["words"] = build["words"].more(_timed(lambda: self.app.words.add(ids, [owner] * len(ids), texts)))
        self._held.append(document)

    def _one_more(
        self, base: int, material: Material, finder: Finder, question: str, among: Scope
    ) -> tuple[float, float]:
        """Milliseconds until one more document is searched, and until it is gone."""
        spent = {"catalog": Spent(), "words": Spent()}
        self._add(base, material, spent)
        added = _timed(lambda: finder.find(question, _K, among))
        document = self._held.pop()
        removed = _timed(lambda: self.app.words.remove(self.app.store.remove(document.id)))
        seen = _timed(lambda: finder.find(question, _K, among))
        add = sum(wall for wall, _ in (*spent.values(), added))
        return round(1000 * add, 1), round(1000 * removed.more(seen).wall, 1)

    def _finder(self, model: _MadeUp) -> Finder:
        return Finder(self.app.catalog, self.app.store, self.app.words, lambda _: model, self._index)

    def _index(self, name: str, dim: int) -> Vectors:
        self._made.append(self.vectors(name, dim))
        return self._made[-1]

    def _settle(self, finder: Finder) -> None:
        finder.warm_up()
        self._made[0].finish()

    def _asking(
        self, finder: Finder, questions: list[str], among: Scope
    ) -> Callable[[Sequence[int]], list[dict[str, Spent]]]:
        def ask(numbers: Sequence[int]) -> list[dict[str, Spent]]:
            rows = []
            for number in numbers:
                began = now()
                with watching() as spent:
                    finder.find(questions[number], _K, among)
                row = {stage: spent.get(stage, Spent()) for stage in STAGES}
                rest = search = now().less(began).less(row["question"])
                for stage in STAGES[1:]:
                    rest = rest.less(row[stage])
                rows.append({**row, "search": search, "rest": rest})
            return rows

        return ask

    def _recall(self, base: int, model: _MadeUp) -> float:
        """How many of the nearest ten are found, of those that comparing every vector finds."""
        wanted = model.asked[:_FOR_RECALL]
        best: list[tuple[NDArray[np.float32], NDArray[np.int64]]] = [
            (np.empty(0, np.float32), np.empty(0, np.int64)) for _ in wanted
        ]
        last = 0
        while (some := self.app.store.vectors_after(last, NAME, [base], _AT_ONCE)).ids:
            scores, ids = wanted @ some.vectors.T, np.array(some.ids)
            for at, (known, of) in enumerate(best):
                both, all_ids = np.concatenate([known, scores[at]]), np.concatenate([of, ids])
                top = np.argsort(-both)[:_RECALL_AT]
                best[at] = both[top], all_ids[top]
            last = some.last
        index = self._made[0]
        among = Scope(frozenset({base}))
        found = 0
        for vector, (_, ids) in zip(wanted, best, strict=True):
            found += len({number for number, _ in index.nearest(vector, _RECALL_AT, among)} & set(ids.tolist()))
        return round(found / sum(len(ids) for _, ids in best), 4)


def _timed(call: Callable[[], object]) -> Spent:
    """What *call* takes, here with the seconds of all threads together."""
    wall, processor = time.perf_counter(), time.process_time()
    call()
    return Spent(time.perf_counter() - wall, time.process_time() - processor)
