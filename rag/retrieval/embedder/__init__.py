"""The contract of an embedding model: texts in, unit vectors out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


class Embedder(Protocol):
    """Turns passages and questions into vectors whose inner product is their likeness (1.0 is identical)."""

    @property
    def name(self) -> str:
        """What a base remembers; equal names give equal vectors."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def window(self) -> int:
        """How many tokens of a passage are read; what is beyond is not seen."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the marks that every text gets. Cheap: does not load the weights."""

    def passages(self, texts: Sequence[str]) -> Vector:
        """Unit vectors, shape (len(texts), dim).

        :raises EmbedderUnavailable: when the model cannot be loaded
        """

    def query(self, text: str) -> Vector:
        """The unit vector of a question, shape (dim,); a text longer than the window is cut.

        :raises EmbedderUnavailable: when the model cannot be loaded
        """


def sound(text: str) -> str:
    """*text* with lone surrogates, which no encoding has and no tokenizer takes, replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
