"""Any cross-encoder of the sentence-transformers library as a reranker, by its hub name or its folder."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.errors import RerankerUnavailable
from rag.retrieval.embedder import sound
from rag.retrieval.reranker import LONGEST
from rag.retrieval.transformer_models import first_line, load_model

_BATCH = 8
_RANKS = ("SequenceClassification", "CausalLM", "ConditionalGeneration")  # what a model that can rank texts is built as


class CrossEncoderReranker:
    """A ``Reranker`` that loads *model* when it is first asked: it imports torch, which takes seconds.

    Nothing is fetched from the network unless *download* is true.
    """

    def __init__(self, model: str, *, download: bool = False) -> None:
        self._name = model
        self._download = download
        self._lock = threading.Lock()
        self._model: Any = None

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each text; what is longer than the model's window is cut."""
        if not texts:
            return []
        asked = sound(question[:LONGEST])
        pairs = [(asked, sound(text[:LONGEST])) for text in texts]
        with self._lock:  # a tokenizer's settings for cutting must not be changed by two at once
            if self._model is None:
                self._model = self._load()
            try:
                scores = np.asarray(self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False))
            except Exception as error:  # the library raises many kinds, for models it was not made for
                raise RerankerUnavailable(name=self._name, reason=first_line(error)) from error
        if scores.shape != (len(texts),):
            raise RerankerUnavailable(name=self._name, reason="it does not give one score for each text")
        if not np.isfinite(scores).all():
            raise RerankerUnavailable(name=self._name, reason="its scores are no numbers")
        return [float(score) for score in scores]

    def _load(self) -> Any:
        model = load_model("CrossEncoder", self._name, RerankerUnavailable, download=self._download)
        built_as = getattr(model.config, "architectures", None) or []
        if built_as and not any(kind in name for name in built_as for kind in _RANKS):
            # The library would put an untrained layer on top, whose scores mean nothing.
            raise RerankerUnavailable(name=self._name, reason="it is no cross-encoder")
        return model
