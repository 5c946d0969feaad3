"""Which model answers, and what a model server has."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model answers. *server* is ``ollama``, ``openai``, ``scripted`` or ``none``."""

    server: Literal["ollama", "openai", "scripted", "none"]
    name: str = ""
    url: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RerankerChoice:
    """What reads the first hits again: ``off``, a ``local`` cross-encoder by its *name*, or one on a ``server``.

    ``shared-words`` needs no model and is for tests and demonstrations.
    """

    kind: Literal["off", "local", "server", "shared-words"] = "off"
    name: str = ""
    url: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that a server has; *size* in bytes, 0 where the server does not say."""

    name: str
    size: int = 0
    parameters: str = ""


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How far the download of a model is, in bytes."""

    status: str
    done: int = 0
    total: int = 0
