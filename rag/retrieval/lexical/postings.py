"""Which texts hold a term, and how often: arrays in memory, or a folder of them that is mapped."""

import json
import shutil
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.vectors.choices import Choice, Choices, Numbers, SortedRows

Hashes = NDArray[np.uint64]

_FORM = 1  # raised when the files change form
_CONTENTS = "contents.json"
_KEPT = 48  # terms that many texts hold: of each a byte for every text
_QUESTIONS = 32  # whose terms need not be looked for again
_ENTRIES = 4_000_000  # terms of texts that are sorted at once: about 150 MB
_KINDS = {
    "numbers": np.int64,
    "ids": np.int64,
    "documents": np.int64,
    "lengths": np.float32,
    "hashes": np.uint64,
    "starts": np.int64,
    "rows": np.uint32,
    "counts": np.uint8,
}
_OF_TEXTS = ("numbers", "ids", "documents", "lengths")

Text = tuple[int, int, int, int, bytes]
"""The number, id and document of a text, how many terms it has, and which, as ``packed`` gives them."""

_Piece = tuple[Hashes, Numbers, NDArray[np.uint32], NDArray[np.uint8]]
"""Hashes, in how many texts each is, those texts, and how often."""


class Interrupted(Exception):
    """There is something more urgent to do."""


@dataclass(slots=True)
class Postings:
    """Text *n* has ``numbers[n]``, which is never used twice, and is ``alive[n]``. The term ``hashes[i]`` stands in the
    texts ``rows[starts[i]:starts[i + 1]]``, ascending, in each as often as ``counts`` says, which ends at 255.
    """

    numbers: Numbers
    ids: Numbers
    documents: Numbers
    lengths: NDArray[np.float32]
    hashes: Hashes
    starts: Numbers
    rows: NDArray[np.uint32]
    counts: NDArray[np.uint8]
    alive: NDArray[np.bool_] = field(init=False)
    living: int = field(init=False)
    words: float = field(init=False)
    _by_number: SortedRows | None = field(init=False, default=None)
    _choices: Choices | None = field(init=False, default=None)
    _measured: tuple[float, NDArray[np.float32]] | None = field(init=False, default=None)

    _often: OrderedDict[int, NDArray[np.uint8]] = field(init=False, default_factory=OrderedDict)
    _latest: dict[bytes, list[tuple[NDArray[np.uint32], NDArray[np.uint8]]]] = field(init=False, default_factory=dict)
    _lock: Lock = field(init=False, default_factory=Lock)

    def __post_init__(self) -> None:
        self.alive = np.ones(len(self.ids), bool)
        self.living, self.words = len(self.ids), float(self.lengths.sum(dtype=np.float64))

    def of(self, terms: Hashes) -> list[tuple[NDArray[np.uint32], NDArray[np.uint8]]]:
        """For each of *terms* the texts that hold it, forgotten ones too, and how often each does. The latest are kept,
        for a question is asked among several choices of documents.
        """
        key = terms.tobytes()
        known = self._latest.get(key)
        if known is None:
            if len(self._latest) >= _QUESTIONS:
                self._latest.clear()
            known = self._latest[key] = self._of(terms)
        return known

    def _of(self, terms: Hashes) -> list[tuple[NDArray[np.uint32], NDArray[np.uint8]]]:
        at = np.searchsorted(self.hashes, terms)
        there = at < len(self.hashes)
        there[there] = self.hashes[at[there]] == terms[there]
        first, last = (self.starts[np.where(there, at + more, 0)].tolist() for more in (0, 1))
        return [(self.rows[start:end], self.counts[start:end]) for start, end in zip(first, last, strict=True)]

    def often(self, term: int, rows: NDArray[np.uint32], counts: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """How often each text holds *term*, of which ``of`` gave *rows* and *counts*; kept for the latest ones."""
        with self._lock:
            known = self._often.get(term)
            if known is not None:
                self._often.move_to_end(term)
                return known
        known = np.zeros(len(self.ids), np.uint8)
        known[rows] = counts
        with self._lock:
            self._often[term] = known
            while len(self._often) > _KEPT:
                self._often.popitem(last=False)
        return known

    def chosen(self, only: frozenset[int] | None, never: frozenset[int], few: int) -> Choice:
        """The living texts of the documents that *only* and *never* leave."""
        if self._choices is None:
            self._choices = Choices(self.documents)
        return self._choices.of(self.alive, self.living, only, never, few)

    def measured(self, plus: float, times: float) -> NDArray[np.float32]:
        """*plus* and the length of each text *times* so much; kept, since most searches ask for the same."""
        known = self._measured
        if known is None or known[0] != times:
            known = self._measured = times, np.float32(plus) + np.float32(times) * self.lengths
        return known[1]

    def forget(self, numbers: Numbers) -> None:
        """The texts of these numbers are gone; unknown ones are passed over."""
        if not len(self.numbers) or not len(numbers):
            return
        if self._by_number is None:
            self._by_number = SortedRows(self.numbers)
        rows = self._by_number.of(np.unique(numbers))
        rows = rows[self.alive[rows]]
        if len(rows):
            self.alive[rows] = False
            self.living -= len(rows)
            self.words -= float(self.lengths[rows].sum(dtype=np.float64))
            if self._choices is not None:
                self._choices.forget()


def postings_of(texts: Sequence[Text]) -> Postings:
    """Postings of *texts* with ascending numbers."""
    unpacked = [_unpacked(terms) for *_, terms in texts]
    keys = np.concatenate([np.empty(0, np.uint64), *(hashes for hashes, _ in unpacked)])
    counts = np.concatenate([np.empty(0, np.uint8), *(counts for _, counts in unpacked)])
    rows = np.repeat(np.arange(len(texts), dtype=np.uint32), [len(hashes) for hashes, _ in unpacked])
    hashes, sizes, rows, counts = _grouped(keys, rows, counts)
    return Postings(
        numbers=np.array([number for number, *_ in texts], np.int64),
        ids=np.array([text for _, text, *_ in texts], np.int64),
        documents=np.array([document for _, _, document, *_ in texts], np.int64),
        lengths=np.array([length for *_, length, _ in texts], np.float32),
        hashes=hashes,
        starts=_starts(sizes),
        rows=rows,
        counts=counts,
    )


def packed(terms: Mapping[int, int]) -> bytes:
    """Hashes of terms, and how often each is there, as bytes."""
    hashes = np.fromiter(terms, "<u8", len(terms))
    counts = np.minimum(np.fromiter(terms.values(), np.int64, len(terms)), 255).astype(np.uint8)
    return hashes.tobytes() + counts.tobytes()


def merged(parts: Sequence[Postings]) -> Postings:
    """The living texts of *parts*, in memory."""
    pieces = list(_pieces(parts))
    numbers, ids, documents, lengths = _texts(parts)
    return Postings(
        numbers=numbers,
        ids=ids,
        documents=documents,
        lengths=lengths,
        hashes=np.concatenate([hashes for hashes, *_ in pieces]),
        starts=_starts(np.concatenate([sizes for _, sizes, *_ in pieces])),
        rows=np.concatenate([rows for _, _, rows, _ in pieces]),
        counts=np.concatenate([counts for *_, counts in pieces]),
    )


def write_merged(parts: Sequence[Postings], folder: Path, go_on: Callable[[], bool] = lambda: True) -> Numbers:
    """Write the living texts of *parts* to *folder*, some terms at a time; their numbers.

    :raises OSError: when the disk is full; nothing is left then
    :raises Interrupted: when it shall not *go_on*; nothing is left then
    """
    beside = folder.with_name(f".making-{folder.name}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        texts = _texts(parts)
        for name, column in zip(_OF_TEXTS, texts, strict=True):
            column.tofile(beside / name)
        total = 0
        with ExitStack() as stack:
            files: dict[str, IO[bytes]] = {
                name: stack.enter_context((beside / name).open("wb")) for name in ("hashes", "starts", "rows", "counts")
            }
            files["starts"].write(np.zeros(1, np.int64).data)
            for hashes, sizes, rows, counts in _unless_interrupted(_pieces(parts), go_on):
                files["hashes"].write(hashes.data)
                files["starts"].write((np.cumsum(sizes) + total).astype(np.int64).data)
                files["rows"].write(rows.data)
                files["counts"].write(counts.data)
                total += len(rows)
        sizes_of = {name: (beside / name).stat().st_size for name in _KINDS}
        (beside / _CONTENTS).write_text(json.dumps({"form": _FORM, "sizes": sizes_of}), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    numbers: Numbers = texts[0]
    return numbers


def read_postings(folder: Path) -> Postings:
    """What ``write_merged`` wrote; terms are mapped.

    :raises FileNotFoundError: when it is not there
    :raises ValueError: when it is damaged, or of another form
    """
    try:
        contents = json.loads((folder / _CONTENTS).read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in _KINDS}
        if contents != {"form": _FORM, "sizes": sizes}:
            raise ValueError(f"{folder} is not whole")
    except FileNotFoundError as error:
        if folder.exists():
            raise ValueError(f"{folder} is not whole") from error
        raise
    return Postings(
        **{
            name: np.fromfile(folder / name, kind)
            if name in _OF_TEXTS or not sizes[name]
            else np.asarray(np.memmap(folder / name, kind, "r"))  # slices of the class itself take ten times longer
            for name, kind in _KINDS.items()
        }
    )


def _texts(parts: Sequence[Postings]) -> list[NDArray[Any]]:
    columns = [[getattr(part, name)[part.alive] for part in parts] for name in _OF_TEXTS]
    return [
        np.concatenate([np.empty(0, _KINDS[name]), *column]) for name, column in zip(_OF_TEXTS, columns, strict=True)
    ]


def _pieces(parts: Sequence[Postings]) -> Iterator[_Piece]:
    """What the living texts of *parts* hold, for a range of hashes after another."""
    firsts = np.cumsum([0, *(part.living for part in parts)])
    places = [(np.cumsum(part.alive) - 1 + first).astype(np.uint32) for part, first in zip(parts, firsts, strict=False)]
    pieces = max(1, sum(len(part.rows) for part in parts) // _ENTRIES)
    borders = [(1 << 64) * piece // pieces for piece in range(1, pieces)]
    cuts = [
        [0, *np.searchsorted(part.hashes, np.array(borders, np.uint64)).tolist(), len(part.hashes)] for part in parts
    ]
    for piece in range(pieces):
        keys, rows, counts = [np.empty(0, np.uint64)], [np.empty(0, np.uint32)], [np.empty(0, np.uint8)]
        for part, place, cut in zip(parts, places, cuts, strict=True):
            first, last = cut[piece], cut[piece + 1]
            start, end = int(part.starts[first]), int(part.starts[last])
            here = np.asarray(part.rows[start:end])
            living = part.alive[here]
            keys.append(np.repeat(part.hashes[first:last], np.diff(part.starts[first : last + 1]))[living])
            rows.append(place[here[living]])
            counts.append(np.asarray(part.counts[start:end])[living])
        yield _grouped(np.concatenate(keys), np.concatenate(rows), np.concatenate(counts))


def _unless_interrupted(pieces: Iterable[_Piece], go_on: Callable[[], bool]) -> Iterator[_Piece]:
    for piece in pieces:
        if not go_on():
            raise Interrupted
        yield piece


def _grouped(keys: Hashes, rows: NDArray[np.uint32], counts: NDArray[np.uint8]) -> _Piece:
    order = np.argsort(keys, kind="stable")
    hashes, sizes = np.unique(keys[order], return_counts=True)
    return hashes, sizes, rows[order], counts[order]


def _starts(sizes: Numbers) -> Numbers:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


def _unpacked(terms: bytes) -> tuple[Hashes, NDArray[np.uint8]]:
    count = len(terms) // 9
    return np.frombuffer(terms, "<u8", count), np.frombuffer(terms, np.uint8, count, 8 * count)
