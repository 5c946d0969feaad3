"""Vectors by base: all are compared while they are few, lists in 8 bits lead to the likely ones when they are many."""

import hashlib
import logging
import shutil
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from filelock import FileLock

from rag.records import Owner, Scope
from rag.retrieval.embedder import Vector
from rag.retrieval.vectors import Kind
from rag.retrieval.vectors.faiss_search import Numbers, make_lists
from rag.retrieval.vectors.mapped import put_aside
from rag.retrieval.vectors.readers_writer import ReadersWriter
from rag.retrieval.vectors.vector_files import Kept, VectorFolder
from rag.retrieval.vectors.vector_part import Part, joined
from rag.stopwatch import timed

_IN_A_PART = 8192  # rows that are added to a part, which is copied then, until another is begun
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sizes:
    """From how many vectors of a base on something else is done with them.

    *kept*: they are put into files, so that the next start need not read them from the catalog. *lists*: they get
    lists; below, to compare them all takes some milliseconds. *loose*: as many may be new, or a *share* of all if that
    is more but never *most*, before the files are made again with them.
    """

    kept: int = 10_000
    lists: int = 40_000
    loose: int = 16_384
    share: int = 8
    most: int = 65_536


class FaissIndex:
    """The vectors of one embedding model. Several threads may search while one adds; what takes long is done aside.

    In *folder* it keeps what the next process begins with; several processes may share it. Without, all is in memory.
    """

    def __init__(self, dim: int, folder: Path | None = None, embedder: str = "", sizes: Sizes | None = None) -> None:
        self._dim = dim
        self._folder, self._embedder = folder, embedder
        self._sizes = sizes or Sizes()
        self._bases: dict[int, _Base] = {}
        self._lock = ReadersWriter()
        self._working = threading.Lock()
        if folder is not None:
            self._read(folder)

    def add(self, ids: Sequence[int], owners: Sequence[Owner], vectors: Vector) -> None:
        """Add unit vectors, shape (len(ids), dim); an id that is known is replaced, and of equal ids the last stays.

        :raises ValueError: when the shapes do not agree, or a vector is not finite; nothing is added
        """
        given = np.ascontiguousarray(vectors, dtype=np.float32)
        if given.shape != (len(ids), self._dim) or len(owners) != len(ids):
            raise ValueError(f"{len(ids)} ids, {len(owners)} owners, vectors {given.shape}, dim {self._dim}")
        if not np.isfinite(given).all():
            raise ValueError("a vector is not finite")
        last = {number: row for row, number in enumerate(ids)}
        rows: dict[int, list[int]] = {}
        for row in sorted(last.values()):
            rows.setdefault(owners[row].base, []).append(row)
        with self._lock.writing():
            self._forget(np.fromiter(last, np.int64, len(last)))
            for base, chosen in rows.items():
                part = Part(
                    np.array([ids[row] for row in chosen], np.int64),
                    np.array([owners[row].document for row in chosen], np.int64),
                    given[chosen],
                )
                self._bases.setdefault(base, _Base()).add(part, self._folder)

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these ids; unknown ones are passed over."""
        if len(ids):
            with self._lock.writing():
                self._forget(np.array(sorted(set(ids)), np.int64))

    @timed("vectors")
    def nearest(self, vector: Vector, k: int, among: Scope) -> list[tuple[int, float]]:
        """At most *k* (id, inner product) in *among*, best first.

        :raises ValueError: when *vector* has not the length of those held
        """
        wanted = np.ascontiguousarray(vector, dtype=np.float32).reshape(-1)
        if len(wanted) != self._dim:
            raise ValueError(f"a vector of {len(wanted)} for an index of {self._dim}")
        found: list[tuple[int, float]] = []
        with self._lock.reading():
            for number in among.bases & self._bases.keys():
                for part in self._bases[number].parts:
                    found += part.nearest(wanted, k, among.only, among.never)
        found.sort(key=lambda hit: (-hit[1], hit[0]))
        return found[: max(k, 0)]

    def ids(self) -> set[int]:
        """Every id that is held."""
        with self._lock.reading():
            return {
                number for base in self._bases.values() for part in base.parts for number in part.living_ids().tolist()
            }

    def count(self) -> int:
        """How many vectors are held."""
        with self._lock.reading():
            return sum(base.living for base in self._bases.values())

    def kinds(self) -> dict[int, Kind]:
        """How the vectors of each base are searched."""
        with self._lock.reading():
            return {number: base.kind for number, base in self._bases.items()}

    # ── keeping ──

    def kept(self) -> Mapping[int, tuple[int, int]]:
        """Through which addition and which removal of the catalog's history each base was kept, when it was read."""
        with self._lock.reading():
            return {number: base.kept.through for number, base in self._bases.items() if base.kept is not None}

    def settle(self, bases: Collection[int], added: int, removed: int) -> None:
        """All of *bases* through these points of the catalog's history is here, and nothing of others is wanted.

        Where much is new, files and lists are made of it in the background, and take its place when they are ready.
        """
        with self._lock.reading():
            unwanted = self._bases.keys() - set(bases)
            worth_it = any(map(self._worth_it, self._bases.values()))
        if unwanted:
            with self._lock.writing():
                for number in unwanted:
                    self._bases.pop(number, None)
                    if self._folder is not None:
                        shutil.rmtree(self._folder / str(number), ignore_errors=True)
        if worth_it and self._working.acquire(blocking=False):
            task = self._task((added, removed))
            if task is None:
                self._working.release()
            else:
                threading.Thread(target=self._make, args=(task,), daemon=True, name="vectors").start()

    def finish(self) -> None:
        """Wait for what is done in the background."""
        with self._working:  # held by the thread that works
            pass

    def _worth_it(self, base: "_Base") -> bool:
        if base.living < self._sizes.kept:
            return False
        settled = base.parts[0] if base.made else None
        if settled is None:
            return True
        loose = base.living - settled.living + len(settled.ids) - settled.living  # new ones, and gaps
        return loose > max(self._sizes.loose, min(base.living // self._sizes.share, self._sizes.most))

    def _task(self, through: tuple[int, int]) -> "_Task | None":
        """What is to be made next. Who adds or removes waits, so that nothing is half in it."""
        with self._lock.writing():
            for number, base in self._bases.items():
                if self._worth_it(base):
                    base.touched = set()
                    return _Task(number, base, [part.snapshot() for part in base.parts], through)
        return None

    def _make(self, task: "_Task") -> None:
        """In a thread of its own: one part of all those of a base, in files if they can be kept, put in their place."""
        try:
            kept, part = None, None
            wants_lists = sum(each.living for each in task.parts) >= self._sizes.lists
            if self._folder is not None:
                try:
                    kept = self._written(self._folder, task, lists=wants_lists)
                    part = kept.part
                except OSError as error:
                    _log.warning("the vectors of base %d are not kept: %s", task.number, error)
            if part is None:
                part = joined(task.parts, self._dim)
                if wants_lists:
                    part = _with_lists(part, task.parts)
            with self._lock.writing():
                if self._bases.get(task.number) is task.base:
                    task.base.swap(part, kept)
        finally:
            self._working.release()

    def _written(self, folder: Path, task: "_Task", *, lists: bool) -> Kept:
        files = VectorFolder(folder / str(task.number), self._embedder, self._dim)
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            ours = task.base.kept and task.base.kept.folder
            if files.newest() != ours:  # another process was quicker
                theirs = files.read()
                if theirs is not None and theirs.through[0] >= task.through[0]:
                    return theirs
            return files.write(task.parts, task.through, lists=lists)

    def _read(self, folder: Path) -> None:
        if not folder.exists():
            return
        for path in folder.iterdir():
            if path.name.isdigit():
                kept = VectorFolder(path, self._embedder, self._dim).read()
                if kept is not None:
                    self._bases[int(path.name)] = _Base([kept.part], kept, made=True)

    def _forget(self, ids: Numbers) -> None:
        for number, base in list(self._bases.items()):
            base.forget(ids)
            if not base.living:
                del self._bases[number]


@dataclass(slots=True)
class _Base:
    """The parts of one base; when it is *made*, the first of them was made of others, and *kept* is its file.

    *touched* are the ids that were added or forgotten since somebody began to make the next.
    """

    parts: list[Part] = field(default_factory=list)
    kept: Kept | None = None
    made: bool = False
    touched: set[int] | None = None

    @property
    def living(self) -> int:
        return sum(part.living for part in self.parts)

    @property
    def kind(self) -> Kind:
        lists = self.parts[0].lists if self.parts else None
        return Kind(self.living, "exact" if lists is None else "lists", 1.0 if lists is None else lists.recall)

    def add(self, part: Part, folder: Path | None) -> None:
        """Add *part*; what is full, and stays as it is until the next is made of all, is put aside in *folder*."""
        if self.touched is not None:
            self.touched.update(part.ids.tolist())
        last = self.parts[-1] if len(self.parts) > self.made else None
        if last is not None and len(last.ids) + len(part.ids) <= _IN_A_PART:
            self.parts[-1] = joined([last, part], part.vectors.shape[1])
        else:
            if last is not None and folder is not None:
                self.parts[-1] = last.with_vectors(put_aside(last.vectors, folder))
            self.parts.append(part)

    def forget(self, ids: Numbers) -> None:
        for part in self.parts:
            part.forget(ids)

    def swap(self, part: Part, kept: Kept | None) -> None:
        """Let *part* take the place of all that it holds too; nothing forgotten comes back, nothing new is lost."""
        touched = np.fromiter(self.touched or (), np.int64, len(self.touched or ()))
        here = np.concatenate([each.living_ids() for each in self.parts])
        part.forget(np.union1d(touched, np.setdiff1d(part.ids, here)))
        for each in self.parts:
            each.forget(part.living_ids())
        left = [each for each in self.parts if each.living]
        self.parts = [part, *([joined(left, part.vectors.shape[1])] if left else [])]
        self.kept, self.made, self.touched = kept, True, None


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be made: the parts as they were, through which point of the catalog's history."""

    number: int
    base: _Base
    parts: list[Part]
    through: tuple[int, int]


def _with_lists(part: Part, before: Sequence[Part]) -> Part:
    """*part* with lists."""
    seed = next((each.lists for each in before if each.lists is not None), None)
    return Part(part.ids, part.documents, part.vectors, make_lists(part.vectors, seed))


def folder_of(folder: Path, embedder: str) -> Path:
    """Where in *folder* the vectors of a model are kept, whatever its name is made of."""
    return folder / hashlib.sha256(embedder.encode()).hexdigest()[:16]
