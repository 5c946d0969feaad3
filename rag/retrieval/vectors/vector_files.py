"""A part of a base's vectors on the disk: a folder that is whole or is not there, and mapped rather than read."""

import errno
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.retrieval.embedder import Vector
from rag.retrieval.vectors.faiss_search import Lists, Numbers, make_lists, read_lists
from rag.retrieval.vectors.mapped import LEFT_FREE, let_go
from rag.retrieval.vectors.vector_part import Part

_FORM = 1  # raised when the files change form; older ones are made anew
_CONTENTS = "contents.json"
_VECTORS, _IDS, _DOCUMENTS, _LISTS = "vectors.npy", "ids.npy", "documents.npy", "lists.faiss"
_UNFINISHED = ".making-"
_AT_ONCE = 16_384  # rows


@dataclass(frozen=True, slots=True)
class Kept:
    """A part that was read back, *through* which point of the catalog's history it is, and where it lies."""

    part: Part
    through: tuple[int, int]
    folder: Path


class VectorFolder:
    """The parts of one base of one embedding model, numbered as they are made; only the newest counts."""

    def __init__(self, folder: Path, embedder: str, dim: int) -> None:
        self._folder, self._embedder, self._dim = folder, embedder, dim

    def newest(self) -> Path | None:
        """Where the newest part lies."""
        try:
            made = [path for path in self._folder.iterdir() if path.name.isdigit()]
        except FileNotFoundError:
            return None
        return max(made, key=lambda path: int(path.name), default=None)

    def read(self) -> Kept | None:
        """The newest part; ``None`` when there is none, or it is of another model, dimension or form, or damaged."""
        folder = self.newest()
        if folder is None:
            return None
        try:
            contents = json.loads((folder / _CONTENTS).read_text(encoding="utf-8"))
            whose = (contents["form"], contents["embedder"], contents["dim"])
            sizes = {name: (folder / name).stat().st_size for name in contents["sizes"]}
            if whose != (_FORM, self._embedder, self._dim) or sizes != contents["sizes"]:
                return None
            ids, documents = np.load(folder / _IDS), np.load(folder / _DOCUMENTS)
            vectors = np.load(folder / _VECTORS, mmap_mode="r")
            if vectors.shape != (len(ids), self._dim) or vectors.dtype != np.float32:
                return None
            made = contents["lists"]
            lists = made and read_lists(folder / _LISTS, made["probes"], made["recall"], made["trained"])
            if lists is not None and lists.index.ntotal != len(ids):
                return None
            added, removed = contents["through"]
            return Kept(Part(ids, documents, vectors, lists), (int(added), int(removed)), folder)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, parts: list[Part], through: tuple[int, int], *, lists: bool) -> Kept:
        """Make one part of *parts*, with lists if wished, and let it be the newest; those before it are deleted.

        Nobody else may write meanwhile.

        :raises OSError: when the disk is full; what was there stays
        """
        newest = self.newest()
        number = 1 if newest is None else int(newest.name) + 1
        beside = self._folder / f"{_UNFINISHED}{number}"
        self.sweep()
        beside.mkdir(parents=True)
        try:
            self._refuse_what_does_not_fit(sum(part.living for part in parts))
            vectors, ids, documents = self._written_rows(beside, parts)
            made = self._written_lists(beside, vectors, parts) if lists else None
            sizes = {path.name: path.stat().st_size for path in beside.iterdir()}
            contents: Mapping[str, object] = {
                "form": _FORM,
                "embedder": self._embedder,
                "dim": self._dim,
                "through": through,
                "sizes": sizes,
                "lists": made and {"probes": made.probes, "recall": made.recall, "trained": made.trained},
            }
            (beside / _CONTENTS).write_text(json.dumps(contents), encoding="utf-8")
            beside.rename(self._folder / str(number))
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        self.sweep(keep=number)
        mapped = np.load(self._folder / str(number) / _VECTORS, mmap_mode="r")
        return Kept(Part(ids, documents, mapped, made), through, self._folder / str(number))

    def _written_lists(self, folder: Path, vectors: Vector, parts: list[Part]) -> Lists:
        made = make_lists(vectors, next((part.lists for part in parts if part.lists is not None), None))
        made.write(folder / _LISTS)
        probes, recall, trained = made.probes, made.recall, made.trained
        del made  # grown bit by bit, they take half as much again as when they are read
        return read_lists(folder / _LISTS, probes, recall, trained)

    def sweep(self, keep: int | None = None) -> None:
        """Delete what a crash left unfinished; and with *keep* every part but that. Who has one mapped keeps it."""
        if not self._folder.exists():
            return
        for path in self._folder.iterdir():
            old = keep is not None and path.name.isdigit() and int(path.name) != keep
            if old or path.name.startswith(_UNFINISHED):
                shutil.rmtree(path, ignore_errors=True)

    def _refuse_what_does_not_fit(self, count: int) -> None:
        needed = count * (5 * self._dim + 24)  # 32 and 8 bits a dimension, and the numbers
        if shutil.disk_usage(self._folder).free < needed + LEFT_FREE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._folder))

    def _written_rows(self, folder: Path, parts: list[Part]) -> tuple[Vector, Numbers, Numbers]:
        count = sum(part.living for part in parts)
        ids = np.concatenate([part.ids[part.alive] for part in parts])
        documents = np.concatenate([part.documents[part.alive] for part in parts])
        # Not by way of a mapped file: where the disk is full, that ends the process instead of raising an error.
        with (folder / _VECTORS).open("wb") as file:
            kind = {"descr": "<f4", "fortran_order": False, "shape": (count, self._dim)}
            np.lib.format.write_array_header_1_0(file, kind)
            for part in parts:
                rows = np.flatnonzero(part.alive)
                for start in range(0, len(rows), _AT_ONCE):
                    file.write(np.ascontiguousarray(part.vectors[rows[start : start + _AT_ONCE]], "<f4").data)
                    let_go(part.vectors)
        vectors = np.load(folder / _VECTORS, mmap_mode="r")
        np.save(folder / _IDS, ids)
        np.save(folder / _DOCUMENTS, documents)
        return vectors, ids, documents
