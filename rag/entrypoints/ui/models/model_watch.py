"""Which model answers, and whether it is there: looked after in the background, so that no page waits for a network."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rag.errors import RagError
from rag.library.members import ANYONE
from rag.records import ModelChoice, Note
from rag.workspace import Workspace

_FRESH = 15.0  # seconds
_MOMENT = 0.25  # seconds that a page may wait for the first look


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """*state* is ``answers``, ``none`` (evidence only), ``silent`` (no server) or ``missing`` (a server without it)."""

    choice: ModelChoice
    state: Literal["answers", "none", "silent", "missing"]
    problem: Note | None = None


class ModelWatch:
    """Remembers the last look and takes a new one when it is old. One for each server process."""

    def __init__(self, look: Callable[[], ModelStatus], now: Callable[[], float] = time.monotonic) -> None:
        self._look = look
        self._now = now
        self._lock = threading.Lock()
        self._seen: ModelStatus | None = None
        self._at = 0.0
        self._looking: threading.Thread | None = None
        self._wishes = 0

    def status(self, patience: float = _MOMENT) -> ModelStatus | None:
        """What is known now; ``None`` while the first look takes longer than *patience* seconds."""
        with self._lock:
            old = self._seen is None or self._now() - self._at > _FRESH
            if old and (self._looking is None or not self._looking.is_alive()):
                self._looking = threading.Thread(target=self._refresh, args=(self._wishes,), daemon=True)
                self._looking.start()
            looking, seen = self._looking, self._seen
        if seen is None and looking is not None:
            looking.join(patience)
        return self._seen

    def forget(self) -> None:
        """Another model was chosen: what was seen no longer holds."""
        with self._lock:
            self._seen = None
            self._looking = None
            self._wishes += 1

    def _refresh(self, wish: int) -> None:
        seen = self._look()
        with self._lock:
            if wish == self._wishes:
                self._seen, self._at = seen, self._now()


def look(workspace: Workspace) -> ModelStatus:
    """Ask the server of the chosen model whether it has it; takes a few seconds at most."""
    choice = workspace.model(ANYONE)
    if choice.server == "none":
        return ModelStatus(choice, "none")
    try:
        server = workspace.server(choice)
        names = {model.name for model in server.models()} if server else set()
    except RagError as error:
        return ModelStatus(choice, "silent", error.note)
    if not choice.name and choice.server == "ollama":
        return ModelStatus(choice, "missing")
    # Not every OpenAI-compatible server lists all that it answers to.
    there = choice.server != "ollama" or {choice.name, f"{choice.name}:latest"} & names
    return ModelStatus(choice, "answers" if there else "missing")
