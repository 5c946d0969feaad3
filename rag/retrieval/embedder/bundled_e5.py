"""The embedding model that needs no download: multilingual-e5-small, built once into the data folder, run in 8 bits."""

import errno
import json
import os
import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import filelock
import numpy as np

from rag.errors import DiskFull, EmbedderUnavailable
from rag.retrieval.embedder import Vector, sound
from rag.retrieval.embedder.e5_file import find_e5_file, read_e5_file
from rag.retrieval.embedder.e5_model import GRAPH, TOKENIZER, WEIGHTS, write_graph, write_tokenizer
from rag.stopwatch import timed

NAME = "multilingual-e5-small-int8"
_DIM = 384
_POSITIONS = 512
_PASSAGE = "passage: "
_QUERY = "query: "
# Two tokens of "passage: " or "query: ", the mark of the beginning and the mark of the end.
_MARKS = 4
# Raised when the files change form, so that older ones are built anew.
_FORM = 1
_CONTENTS = "contents.json"


class BundledE5:
    """An ``Embedder`` that builds its files in *folder* when it is first used (seconds), and then runs from there.

    Safe to use from several threads; several processes may share a folder. A vector depends on its text alone, not on
    the texts beside it. *threads* passages run side by side (by default as many as there are processors); a query
    always runs in the thread that asks.

    :raises EmbedderUnavailable: from every method, when the model cannot be built or loaded
    :raises DiskFull: from every method, when there is no room to build it
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self._folder = folder
        self._threads = threads or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._tokenizer: Any = None
        self._session: Any = None
        self._pool: ThreadPoolExecutor | None = None

    @property
    def name(self) -> str:
        """The model and its form."""
        return NAME

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return _DIM

    @property
    def window(self) -> int:
        """The most that ``count`` may say of a text that is read to its end."""
        return _POSITIONS - _MARKS

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the marks that every text gets."""
        with self._lock:
            self._load_tokenizer()
        encodings = self._tokenizer.encode_batch_fast([sound(text) for text in texts], add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def passages(self, texts: Sequence[str]) -> Vector:
        """Unit vectors, shape (len(texts), 384)."""
        vectors = np.empty((len(texts), _DIM), np.float32)
        if not texts:
            return vectors
        ids = self._ids(_PASSAGE, texts)
        # The longest first: at the end no thread is left alone with a long one.
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]), reverse=True)
        longest_first = (ids[index] for index in order)
        run = map if self._pool is None else self._pool.map
        for index, vector in zip(order, run(self._vector, longest_first), strict=True):
            vectors[index] = vector
        return vectors

    @timed("embed")
    def query(self, text: str) -> Vector:
        """The unit vector of a question, shape (384,)."""
        (ids,) = self._ids(_QUERY, [text])
        return self._vector(ids)

    def _ids(self, prefix: str, texts: Sequence[str]) -> list[list[int]]:
        with self._lock:
            self._load_tokenizer()
            self._load_session()
        encodings = self._tokenizer.encode_batch_fast([prefix + sound(text) for text in texts])
        return [_cut(encoding.ids) for encoding in encodings]

    def _vector(self, ids: list[int]) -> Vector:
        (vectors,) = self._session.run(None, {"input_ids": np.array([ids], np.int64)})
        vector: Vector = vectors[0]
        return vector

    def _load_tokenizer(self) -> None:
        if self._tokenizer is not None:
            return
        import tokenizers  # noqa: PLC0415 - not every start needs it

        built = _built(self._folder)
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(built / TOKENIZER))
        except Exception as error:  # the library raises no narrower class
            raise EmbedderUnavailable(name=NAME, reason=f"{built} is damaged; remove it") from error

    def _load_session(self) -> None:
        if self._session is not None:
            return
        import onnxruntime  # noqa: PLC0415 - not every start needs it

        built = _built(self._folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # its own threads spin while they wait; ours run whole texts instead
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # a pattern is kept for every length seen
        options.log_severity_level = 4  # what it would log arrives as an exception
        try:
            self._session = onnxruntime.InferenceSession(
                str(built / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the library's errors share no narrower class
            raise EmbedderUnavailable(name=NAME, reason=f"{built} is damaged; remove it") from error
        if self._threads > 1:
            self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="bundled-e5")


def _cut(ids: list[int]) -> list[int]:
    """*ids* with no more than the model has positions for, the last being the mark of the end."""
    return ids if len(ids) <= _POSITIONS else [*ids[: _POSITIONS - 1], ids[-1]]


def _built(folder: Path) -> Path:
    """*folder* with the model in it, building it if need be; of several processes one builds and the others wait."""
    if _is_complete(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(folder.with_name(f".{folder.name}.lock")):
            if not _is_complete(folder):
                _build(folder)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path=str(folder)) from error
        raise EmbedderUnavailable(name=NAME, reason=f"{folder} cannot be written ({error.strerror})") from error
    return folder


def _build(folder: Path) -> None:
    model = read_e5_file(find_e5_file(NAME))
    beside = folder.with_name(f".{folder.name}.building")
    shutil.rmtree(beside, ignore_errors=True)  # left by a build that was killed
    beside.mkdir()
    try:
        write_tokenizer(model, beside)
        write_graph(model, beside)
        sizes = {name: (beside / name).stat().st_size for name in (TOKENIZER, GRAPH, WEIGHTS)}
        (beside / _CONTENTS).write_text(json.dumps({"form": _FORM, "name": NAME, "sizes": sizes}), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _is_complete(folder: Path) -> bool:
    """Whether *folder* holds this form of the model, no file of it missing or cut short."""
    try:
        contents = json.loads((folder / _CONTENTS).read_text(encoding="utf-8"))
        return (contents["form"], contents["name"]) == (_FORM, NAME) and all(
            (folder / file).stat().st_size == size for file, size in contents["sizes"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
