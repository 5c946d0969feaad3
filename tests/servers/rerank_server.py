"""A server that ranks texts, for tests, and by hand: ``python tests/servers/rerank_server.py --port 0``."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from scripted_server import Handler, Served, by_hand, serve


@dataclass
class RerankScript:
    """How it speaks: *path* is the one it has, *texts* what it calls the texts; its reply is a list as TEI's is when
    *bare*, and says *score*. It accepts *key* alone.

    *problems* are (status, body) of the first calls, *reply* is what it says whatever it is asked, *most* is how many
    texts it ranks, *longest* what a text may have of characters.
    """

    path: str = "/v1/rerank"
    texts: str = "documents"
    bare: bool = False
    score: str = "relevance_score"
    key: str = ""
    problems: Sequence[tuple[int, Any]] = ()
    reply: Any = None
    most: int | None = None
    longest: int | None = None


class RerankHandler(Handler):
    """The one path that the script has."""

    script: RerankScript

    def get(self) -> None:
        self.answer(404, {"detail": "Not Found"})

    def post(self, asked: dict[str, Any]) -> None:
        script = self.script
        calls = sum(path == script.path for path, _, _ in self.served.requests)
        texts = asked.get(script.texts)
        if self.path != script.path:
            self.answer(404, {"detail": "Not Found"})
        elif script.key and self.headers["Authorization"] != f"Bearer {script.key}":
            self.answer(401, {"detail": f"Invalid token {self.headers['Authorization']}"})
        elif calls <= len(script.problems):
            self.answer(*script.problems[calls - 1])
        elif script.reply is not None:
            self.answer(200, script.reply, "text/html" if isinstance(script.reply, str) else "application/json")
        elif texts is None:
            self.answer(422, {"error": f"missing field `{script.texts}`"})
        elif script.longest and any(len(text) > script.longest for text in texts):
            self.answer(400, {"message": "This model's maximum context length is 512 tokens."})
        else:
            words = set(asked["query"].lower().strip("?").split())
            ranked = [
                {"index": at, script.score: len(words & set(text.lower().strip(".").split())) - 1.5}
                for at, text in enumerate(texts)
            ]
            ranked = sorted(ranked, key=lambda one: -one[script.score])[: script.most]
            self.answer(200, ranked if script.bare else {"model": "m", "results": ranked, "usage": {}})


def rerank_server(script: RerankScript | None = None, port: int = 0) -> AbstractContextManager[Served]:
    """A running server."""
    return serve(RerankHandler, script or RerankScript(), port)


if __name__ == "__main__":
    by_hand(__doc__, lambda port: rerank_server(port=port))
