"""An embedder without a model, for tests and demonstrations: texts that share terms have like vectors."""

import zlib
from collections.abc import Sequence

import numpy as np

from rag.language import terms
from rag.retrieval.embedder import Vector


class HashingEmbedder:
    """Signed feature hashing (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009)."""

    name = "hashing-256"
    dim = 256
    window = 512

    def count(self, texts: Sequence[str]) -> list[int]:
        """Terms of each text, about as many as a tokenizer would make of it."""
        return [len(_terms(text)) for text in texts]

    def passages(self, texts: Sequence[str]) -> Vector:
        """Unit vectors, shape (len(texts), 256)."""
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(len(texts), self.dim)

    def query(self, text: str) -> Vector:
        """The unit vector of a question, shape (256,)."""
        return self._vector(text)

    def _vector(self, text: str) -> Vector:
        vector = np.zeros(self.dim, dtype=np.float32)
        for term in _terms(text)[: self.window]:
            code = zlib.crc32(term.encode())
            vector[code % self.dim] += 1.0 if code & 0x8000_0000 else -1.0
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            vector[0] = length = 1.0
        return vector / np.float32(length)


def _terms(text: str) -> tuple[str, ...]:
    found = terms(text)
    return (*found.words, *found.grams, *found.numbers)
