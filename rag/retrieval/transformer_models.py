"""Models of the sentence-transformers library, from this machine or, where that is allowed, from its hub."""

from pathlib import Path
from typing import Any, Literal

from rag.errors import EmbedderUnavailable, RerankerUnavailable


def load_model(
    kind: Literal["SentenceTransformer", "CrossEncoder"],
    name: str,
    unavailable: type[EmbedderUnavailable | RerankerUnavailable],
    *,
    download: bool,
) -> Any:
    """The model called *name*, or kept in the folder *name*. It imports torch, which takes seconds.

    :raises RagError: *unavailable*, when it cannot be loaded
    """
    try:
        import sentence_transformers  # noqa: PLC0415 - imports torch: seconds and hundreds of MB
    except ImportError as error:
        raise unavailable(name=name, reason="sentence-transformers is not installed") from error
    try:
        return getattr(sentence_transformers, kind)(name, local_files_only=not download)
    except Exception as error:  # the library and the hub raise many kinds, OSError and ValueError among them
        reason = first_line(error)
        if not download and not Path(name).exists():
            reason = "it is not on this machine, and nothing is downloaded unless that is asked for"
        raise unavailable(name=name, reason=reason) from error


def first_line(error: Exception) -> str:
    """What an error of the library says first; the lines below may fill a page."""
    return next(iter(str(error).strip().splitlines()), "")[:200] or type(error).__name__
