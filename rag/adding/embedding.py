"""Passages get their vectors; one that reads like another, in any base, gets the vector of that one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.library.passages.passage_store import PassageStore
from rag.records import Passage
from rag.retrieval.embedder import Embedder

_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Embedded:
    """Some of the passages that were given, by their positions, and their vectors, of shape (len(positions), dim)."""

    positions: list[int]
    vectors: NDArray[np.float32]


def embedded(passages: Sequence[Passage], embedder: Embedder, store: PassageStore) -> Iterator[Embedded]:
    """The vectors of *passages*, some at a time, in no order: first those that are known.

    :raises EmbedderError: when the model cannot be used
    """
    digests = [passage.digest for passage in passages]
    known = store.known_vectors(embedder.name, set(digests))
    ready = [position for position, digest in enumerate(digests) if digest in known]
    if ready:
        yield Embedded(ready, np.stack([known[digests[position]] for position in ready]))
    waiting: dict[bytes, list[int]] = {}
    for position, digest in enumerate(digests):
        if digest not in known:
            waiting.setdefault(digest, []).append(position)
    # Texts of like length waste no time on padding.
    alike = sorted(waiting.values(), key=lambda positions: len(passages[positions[0]].text))
    for start in range(0, len(alike), _AT_ONCE):
        some = alike[start : start + _AT_ONCE]
        vectors = embedder.passages([passages[positions[0]].text for positions in some])
        counts = [len(positions) for positions in some]
        yield Embedded([each for positions in some for each in positions], np.repeat(vectors, counts, axis=0))
