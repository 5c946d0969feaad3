"""Models on their way to a server: a download goes on while people turn pages, reload, or go home."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from rag.errors import RagError
from rag.records import Note, PullProgress
from rag.writing.llm import ModelServer


@dataclass(frozen=True, slots=True)
class Pull:
    """A download as it stands. *rate* is in bytes a second, 0 while it is not known."""

    name: str
    url: str
    state: Literal["running", "stopping", "done", "failed", "stopped"] = "running"
    progress: PullProgress = field(default_factory=lambda: PullProgress(""))
    problem: Note | None = None
    rate: float = 0.0

    @property
    def open(self) -> bool:
        """Whether it still goes on."""
        return self.state in {"running", "stopping"}


class ModelPulls:
    """The downloads of one server process. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pulls: dict[tuple[str, str], Pull] = {}

    def all(self) -> list[Pull]:
        """Every download that was begun and not put away, oldest first."""
        with self._lock:
            return list(self._pulls.values())

    def begin(self, server: ModelServer, url: str, name: str) -> None:
        """Download *name* to the server at *url*; one that is under way is left alone."""
        with self._lock:
            known = self._pulls.get((url, name))
            if known is not None and known.open:
                return
            self._pulls.pop((url, name), None)
            self._pulls[url, name] = Pull(name, url)
        threading.Thread(target=self._run, args=(server, url, name), daemon=True, name=f"pull {name}").start()

    def stop(self, url: str, name: str) -> None:
        """Stop a download; what has come stays on the server, and pulling again goes on from there."""
        with self._lock:
            pull = self._pulls.get((url, name))
            if pull is not None and pull.state == "running":
                self._pulls[url, name] = replace(pull, state="stopping")

    def put_away(self, url: str, name: str) -> None:
        """Show a download that has ended no longer."""
        with self._lock:
            pull = self._pulls.get((url, name))
            if pull is not None and not pull.open:
                del self._pulls[url, name]

    def close(self) -> None:
        """Stop every download."""
        for pull in self.all():
            self.stop(pull.url, pull.name)

    def _run(self, server: ModelServer, url: str, name: str) -> None:
        started, first = time.monotonic(), 0
        try:
            with closing(cast("_Closing", server.pull(name))) as steps:
                for step in steps:
                    first = first or step.done
                    passed = time.monotonic() - started
                    rate = (step.done - first) / passed if passed > 1 else 0.0
                    if not self._tell(url, name, step, rate):
                        self._end(url, name, "stopped")
                        return
        except RagError as error:
            self._end(url, name, "failed", error.note)
        except Exception:
            self._end(url, name, "failed", RagError().note)
            raise
        else:
            self._end(url, name, "done")

    def _tell(self, url: str, name: str, step: PullProgress, rate: float) -> bool:
        """Note how far it is; ``False`` when it is to stop."""
        with self._lock:
            pull = self._pulls[url, name]
            self._pulls[url, name] = replace(pull, progress=step, rate=rate)
            return pull.state == "running"

    def _end(
        self, url: str, name: str, state: Literal["done", "failed", "stopped"], problem: Note | None = None
    ) -> None:
        with self._lock:
            self._pulls[url, name] = replace(self._pulls[url, name], state=state, problem=problem)


class _Closing(Iterator[PullProgress]):
    """What adapters give: a stream that can be closed."""

    def close(self) -> None: ...
