"""Any cross-encoder of the sentence-transformers library as a reranker, by its hub name or its folder."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import RerankerUnavailable
from rag.retrieval.embedder import sound
from rag.retrieval.reranker import LONGEST

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

    @property
    def name(self) -> str:
        """The name or the folder as it was given."""
        return self._name

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
                raise RerankerUnavailable(name=self._name, reason=_first_line(error)) from error
        if scores.shape != (len(texts),):
            raise RerankerUnavailable(name=self._name, reason="it does not give one score for each text")
        if not np.isfinite(scores).all():
            raise RerankerUnavailable(name=self._name, reason="its scores are no numbers")
        return [float(score) for score in scores]

    def _load(self) -> Any:
        try:
            import sentence_transformers  # noqa: PLC0415 - imports torch: seconds and hundreds of MB
        except ImportError as error:
            raise RerankerUnavailable(name=self._name, reason="sentence-transformers is not installed") from error
        try:
            model = sentence_transformers.CrossEncoder(self._name, local_files_only=not self._download)
        except Exception as error:  # the library and the hub raise many kinds, OSError and ValueError among them
            raise RerankerUnavailable(name=self._name, reason=self._reason(error)) from error
        built_as = getattr(model.config, "architectures", None) or []
        if built_as and not any(kind in name for name in built_as for kind in _RANKS):
            # The library would put an untrained layer on top, whose scores mean nothing.
            raise RerankerUnavailable(name=self._name, reason="it is no cross-encoder")
        return model

    def _reason(self, error: Exception) -> str:
        if not self._download and not Path(self._name).exists():
            return "it is not on this machine, and nothing is downloaded unless that is asked for"
        return _first_line(error)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), "")[:200] or type(error).__name__
