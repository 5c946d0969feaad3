"""An OpenAI-compatible server for tests, and by hand: ``python tests/servers/openai_server.py --port 0``."""

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from scripted_server import Drop, Endless, Handler, Served, by_hand, forever, serve

DEMO = ({"reasoning_content": "The first piece says it."}, "The evidence says so [1]", ". It is in [2] too.")


@dataclass
class OpenAIScript:
    """What it says: *reply* holds pieces of content, other deltas, ``{"error": ...}`` events, Drop, Endless.

    *key* is the one it accepts, *rejects* are the parameters it does not know.
    """

    reply: Sequence[Any] = DEMO
    models: Sequence[str] = ("deepseek-r1",)
    key: str = ""
    rejects: Sequence[str] = ()
    finish: str | None = "stop"
    usage: dict[str, int] | None = None
    problem: tuple[int, Any] | None = None
    page: str | None = None


class OpenAIHandler(Handler):
    """``/v1/models`` and ``/v1/chat/completions``."""

    script: OpenAIScript

    def get(self) -> None:
        if not self.turned_away():
            data = [{"id": name, "object": "model", "created": 1, "owned_by": "us"} for name in self.script.models]
            self.answer(200, {"object": "list", "data": data})

    def post(self, asked: dict[str, Any]) -> None:
        if self.turned_away():
            return
        unknown = [name for name in self.script.rejects if name in asked]
        if unknown:
            self.refuse(400, f"Unrecognized request argument supplied: {unknown[0]}")
        elif asked["model"] not in self.script.models:
            self.refuse(404, f"The model `{asked['model']}` does not exist.", "model_not_found")
        else:
            self.flow("text/event-stream", self.events(asked))

    def turned_away(self) -> bool:
        if self.script.page is not None:
            self.answer(200, self.script.page, "text/html")
        elif self.script.key and self.headers["Authorization"] != f"Bearer {self.script.key}":
            self.refuse(401, f"Incorrect API key provided: {self.headers['Authorization']}", "invalid_api_key")
        elif not self.path.startswith("/v1/"):
            self.answer(404, {"detail": "Not Found"})
        elif self.script.problem is not None:
            self.answer(*self.script.problem)
        else:
            return False
        return True

    def refuse(self, status: int, message: str, code: str = "") -> None:
        self.answer(status, {"error": {"message": message, "type": "invalid_request_error", "code": code}})

    def events(self, asked: dict[str, Any]) -> Iterator[str | Drop]:
        yield delta({"role": "assistant", "content": ""})
        for piece in self.script.reply:
            match piece:
                case Endless():
                    yield from forever(self.served, Endless(delta({"content": piece.piece}), piece.pause))
                case str():
                    yield delta({"content": piece})
                case {"error": _}:
                    yield f"data: {json.dumps(piece)}\n\n"
                    return
                case dict():
                    yield delta(piece)
                case _:
                    yield piece
        if self.script.finish:
            yield delta({}, self.script.finish)
        if asked.get("stream_options", {}).get("include_usage"):
            usage = self.script.usage or {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
            yield event([], usage=usage)
        yield "data: [DONE]\n\n"


def delta(said: dict[str, Any], finish: str | None = None) -> str:
    """One event with a piece of the reply."""
    return event([{"index": 0, "delta": said, "finish_reason": finish}])


def event(choices: list[dict[str, Any]], **more: Any) -> str:
    """One event."""
    chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices, **more}
    return f"data: {json.dumps(chunk)}\n\n"


def openai_server(script: OpenAIScript | None = None, port: int = 0) -> AbstractContextManager[Served]:
    """A running server that says *script*."""
    return serve(OpenAIHandler, script or OpenAIScript(), port)


if __name__ == "__main__":
    by_hand(__doc__, lambda port: openai_server(port=port))
