"""Any model of the sentence-transformers library as an embedder, by its hub name or its folder."""

import re
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.errors import EmbedderUnavailable
from rag.retrieval.embedder import Vector, sound
from rag.retrieval.transformer_models import load_model
from rag.stopwatch import timed

# These models were trained with prefixes, which their configuration does not always tell.
_E5 = re.compile(r"(?:^|[/\\_-])e5(?:[_-]|$)(?!.*instruct)", re.IGNORECASE)
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}


class SentenceTransformerEmbedder:
    """An ``Embedder`` that loads *model* when it is first asked something: it imports torch, which takes seconds.

    Nothing is fetched from the network unless *download* is true. Safe to use from several threads.

    :raises EmbedderUnavailable: from every method and property but ``name``, when the model cannot be loaded
    """

    def __init__(self, model: str, *, download: bool = False) -> None:
        self._name = model
        self._download = download
        self._lock = threading.Lock()
        self._model: Any = None

    @property
    def name(self) -> str:
        """The name or the folder as it was given."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._loaded().get_embedding_dimension())

    @property
    def window(self) -> int:
        """The most that ``count`` may say of a text that is read to its end."""
        model = self._loaded()
        prompts = (model.prompts.get(name) for name in ("query", "document", "passage"))
        longest = max(len(self._ids(prompt or "", marks=True)) for prompt in ("", *prompts))
        # A model without a limit says infinity, or a number of thirty digits.
        return max(1, int(min(model.max_seq_length or 512, 32768)) - longest)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the marks that every text gets."""
        self._loaded()
        return [len(self._ids(sound(text), marks=False)) for text in texts]

    def passages(self, texts: Sequence[str]) -> Vector:
        """Unit vectors, shape (len(texts), dim)."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        return self._encoded(self._loaded().encode_document, [sound(text) for text in texts])

    @timed("embed")
    def query(self, text: str) -> Vector:
        """The unit vector of a question, shape (dim,)."""
        vector: Vector = self._encoded(self._loaded().encode_query, [sound(text)])[0]
        return vector

    def _ids(self, text: str, *, marks: bool) -> list[int]:
        # The lock: a tokenizer's settings for cutting are changed by each call, and so must not be by two at once.
        with self._lock:
            tokenizer = self._model.tokenizer
            if callable(tokenizer):
                ids: list[int] = tokenizer(text, add_special_tokens=marks, verbose=False)["input_ids"]
            else:  # a model of static word vectors has one of the tokenizers library
                ids = tokenizer.encode(text, add_special_tokens=marks).ids
        return ids

    def _encoded(self, encode: Any, texts: list[str]) -> Vector:
        with self._lock:
            vectors = encode(texts, batch_size=8, show_progress_bar=False, normalize_embeddings=True)
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Any:
        model = load_model("SentenceTransformer", self._name, EmbedderUnavailable, download=self._download)
        if _E5.search(self._name) and not any(model.prompts.values()):
            model.prompts = dict(_E5_PROMPTS)
        return model
