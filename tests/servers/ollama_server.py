"""An Ollama server for tests, and by hand: ``python tests/servers/ollama_server.py --port 0`` prints its address."""

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from scripted_server import Drop, Endless, Handler, Served, by_hand, forever, serve

DEMO = ("<think>The first piece of evidence ", "says it.</think>", "The evidence says so [1]", ". It is in [2] too.")


@dataclass
class OllamaScript:
    """What it says: *reply* holds pieces of content, other messages, ``{"error": ...}`` lines, Drop, Endless.

    *queries* are replies, one after the other, to whoever asks for a query over tables; the last again and again.
    *problem* is (status, body) for a chat that is refused; *pulls* are the lines of a download.
    """

    reply: Sequence[Any] = DEMO
    queries: Sequence[Sequence[Any]] = ()
    models: Sequence[str] = ("deepseek-r1:1.5b",)
    thinks: bool = True
    done: dict[str, Any] | None = field(
        default_factory=lambda: {"done_reason": "stop", "prompt_eval_count": 11, "eval_count": 7}
    )
    problem: tuple[int, Any] | None = None
    page: str | None = None
    pulls: Sequence[Any] = (
        {"status": "pulling manifest"},
        {"status": "pulling aa", "digest": "sha256:aa", "total": 1000},
        {"status": "pulling aa", "digest": "sha256:aa", "total": 1000, "completed": 400},
        {"status": "pulling aa", "digest": "sha256:aa", "total": 1000, "completed": 1000},
        {"status": "pulling bb", "digest": "sha256:bb", "total": 20, "completed": 20},
        {"status": "success"},
    )


class OllamaHandler(Handler):
    """``/api/tags``, ``/api/chat`` and ``/api/pull``."""

    script: OllamaScript

    def get(self) -> None:
        if self.script.page is not None:
            self.answer(200, self.script.page, "text/html")
        elif self.path == "/api/tags":
            models = [
                {
                    "name": name,
                    "model": name,
                    "size": 1_117_322_599,
                    "digest": "a",
                    "modified_at": "2026-11-01T12:00:00.5+02:00",
                    "details": {"family": "qwen2", "parameter_size": "1.8B", "quantization_level": "Q4_K_M"},
                }
                for name in self.script.models
            ]
            self.answer(200, {"models": models})
        else:
            self.answer(404, "404 page not found", "text/plain")

    def post(self, asked: dict[str, Any]) -> None:
        if self.script.page is not None:
            self.answer(200, self.script.page, "text/html")
        elif self.script.problem is not None:
            self.answer(*self.script.problem)
        elif self.path == "/api/pull":
            self.flow("application/x-ndjson", self.pulled(asked["model"]))
        elif asked["model"] not in self.script.models:
            self.answer(404, {"error": f"model '{asked['model']}' not found"})
        elif asked.get("think") and not self.script.thinks:
            self.answer(400, {"error": f'"{asked["model"]}" does not support thinking'})
        else:
            self.flow("application/x-ndjson", self.replies(asked["model"], self.reply_to(asked)))

    def reply_to(self, asked: dict[str, Any]) -> Sequence[Any]:
        if not self.script.queries or not wants_query(asked):
            return self.script.reply
        before = sum(wants_query(earlier) for _, _, earlier in self.served.requests) - 1
        return self.script.queries[min(before, len(self.script.queries) - 1)]

    def pulled(self, name: str) -> Iterator[str | Drop]:
        for line in self.script.pulls:
            if isinstance(line, Endless):
                yield from forever(self.served, line)
            else:
                yield line if isinstance(line, Drop) else json.dumps(line) + "\n"
        if not any(isinstance(line, Drop) or "error" in line for line in self.script.pulls):
            self.script.models = [*self.script.models, name]

    def replies(self, model: str, reply: Sequence[Any]) -> Iterator[str | Drop]:
        for piece in reply:
            match piece:
                case Endless():
                    line = said(model, {"content": piece.piece})
                    yield from forever(self.served, Endless(line, piece.pause))
                case str():
                    yield said(model, {"content": piece})
                case {"error": _}:
                    yield json.dumps(piece) + "\n"
                    return
                case dict():
                    yield said(model, {"content": "", **piece})
                case _:
                    yield piece
        if self.script.done is not None:
            yield said(model, {"content": ""}, done=True, **self.script.done)


def wants_query(asked: dict[str, Any]) -> bool:
    """Whether a chat asks for SQL."""
    messages = asked.get("messages") or [{}]
    return "DuckDB" in messages[0].get("content", "")


def said(model: str, message: dict[str, Any], *, done: bool = False, **more: Any) -> str:
    """One line of a reply."""
    line = {
        "model": model,
        "created_at": "2026-11-22T00:00:00Z",
        "message": {"role": "assistant", **message},
        "done": done,
    }
    return json.dumps({**line, **more}) + "\n"


def ollama_server(script: OllamaScript | None = None, port: int = 0) -> AbstractContextManager[Served]:
    """A running Ollama that says *script*."""
    return serve(OllamaHandler, script or OllamaScript(), port)


if __name__ == "__main__":
    by_hand(__doc__, lambda port: ollama_server(port=port))
