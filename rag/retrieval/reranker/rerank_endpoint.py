"""Rerankers behind the ``/rerank`` endpoint that vLLM, TEI, llama.cpp, Infinity, Jina and Cohere share in variants."""

import math
import re
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import httpx

from rag.addresses import address, in_short, is_loopback
from rag.errors import RerankerUnavailable
from rag.retrieval.embedder import sound
from rag.retrieval.reranker import LONGEST

_AT_ONCE = 32  # texts of one request: what TEI takes unless it is told otherwise
_SHORTER = 1000  # characters of a text, for a model whose window is small and which refuses what is longer
_TRIES = 2  # of a request that a busy server turns away, or whose connection breaks
_PAUSE = 0.25
_TIMEOUT = httpx.Timeout(20, connect=2, pool=2)  # a person is waiting, and the order there is will do
_BUSY = frozenset({429, 502, 503, 504})
_ELSEWHERE = frozenset({404, 405})
_UNFIT = frozenset({400, 413, 422})
_VERSION = re.compile(r"/v\d+[a-z0-9]*$")
_CALL = re.compile(r"/rerank(?:ing)?$")


class RerankEndpoint:
    """A ``Reranker`` on a server. Servers differ in path (``/v1/rerank``, ``/rerank``), in what they call the texts
    (``documents``; ``texts`` with TEI) and in their reply; which of them this one wants is found out once.
    """

    def __init__(self, url: str, model: str = "", key: str = "") -> None:
        parts = address(url)
        self.shown = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl().rstrip("/")
        self._model = model.strip()
        self._key = key.strip()
        self._loopback = is_loopback(parts.hostname or "")
        self._known: tuple[str, int] | None = None  # the path and the form that this server took
        self._lock = threading.Lock()

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each text; ``-inf`` for one that the server left out of a reply about others."""
        if not (self._key.isascii() and self._key.isprintable()):
            raise self._unusable("the key was not accepted")
        asked = sound(question[:LONGEST])
        given = [sound(text[:LONGEST]) for text in texts]
        scores: list[float] = []
        with httpx.Client(timeout=_TIMEOUT, trust_env=not self._loopback, headers=self._headers()) as client:
            for start in range(0, len(given), _AT_ONCE):
                batch = given[start : start + _AT_ONCE]
                scores += self._scores(self._asked(client, asked, batch), len(batch))
        return scores

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._key}"} if self._key else {}

    def _asked(self, client: httpx.Client, question: str, texts: list[str]) -> Any:
        """What the server replies; every path and form is tried until one is taken, the one that was taken first."""
        refused = "nothing at this address ranks texts"
        with self._lock:
            known = self._known
        missing: set[str] = set()
        for path, form in self._ways(known):
            if path in missing:
                continue
            reply = self._posted(client, path, _body(form, self._model, question, texts))
            status = reply.status_code
            if status in {401, 403}:
                raise self._unusable("the key was not accepted")
            if reply.is_success:
                with self._lock:
                    self._known = path, form
                try:
                    return reply.json()
                except ValueError as error:
                    raise self._unusable("what came cannot be read") from error
            if status in _ELSEWHERE:
                missing.add(path)
                continue
            refused = f"{self._reason(reply)} (HTTP {status})"
            if status not in _UNFIT:
                break
        raise self._unusable(refused)

    def _ways(self, known: tuple[str, int] | None) -> Iterator[tuple[str, int]]:
        ways = [(path, form) for path in _paths(self.shown) for form in range(_FORMS)]
        yield from [known] if known else []
        yield from (way for way in ways if way != known)

    def _posted(self, client: httpx.Client, url: str, body: dict[str, Any]) -> httpx.Response:
        for left in reversed(range(_TRIES)):
            try:
                reply = client.post(url, json=body)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                raise self._unusable("nothing answers there") from error
            except httpx.TimeoutException as error:
                raise self._unusable("nothing came for a long time") from error
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                if not left:
                    raise self._unusable("the connection was lost") from error
            else:
                if reply.status_code not in _BUSY or not left:
                    return reply
            threading.Event().wait(_PAUSE)
        raise AssertionError  # the last try returns or raises

    def _scores(self, reply: Any, count: int) -> list[float]:
        """The scores in *reply*; a server that speaks of texts which it was not given is not believed at all."""
        listed = reply.get("results", reply.get("data")) if isinstance(reply, dict) else reply
        if not isinstance(listed, list):
            raise self._unusable("what came cannot be read")
        scores = [-math.inf] * count
        for one in listed:
            index, score = (one.get("index"), _score_of(one)) if isinstance(one, dict) else (None, None)
            if type(index) is not int or score is None:
                raise self._unusable("what came cannot be read")
            if not 0 <= index < count or scores[index] != -math.inf:
                raise self._unusable("it ranked a text that it was not given, or one twice")
            scores[index] = score
        if count and not listed:
            raise self._unusable("it ranked none of the texts")
        return scores

    def _reason(self, reply: httpx.Response) -> str:
        try:
            said = reply.json()
        except ValueError:
            said = reply.text
        if isinstance(said, dict) and isinstance(said.get("error"), dict):
            said = said["error"]
        return in_short(said, secret=self._key)

    def _unusable(self, reason: str) -> RerankerUnavailable:
        return RerankerUnavailable(name=self.shown, reason=reason)


_FORMS = 3


def _body(form: int, model: str, question: str, texts: list[str]) -> dict[str, Any]:
    """The request: as most servers want it; as TEI does; with less of each text."""
    named = {"model": model} if model else {}
    match form:
        case 0:
            return {**named, "query": question, "documents": texts, "top_n": len(texts)}
        case 1:
            return {"query": question, "texts": texts, "truncate": True}
        case _:
            short = [text[:_SHORTER] for text in texts]
            return {**named, "query": question[:_SHORTER], "documents": short, "top_n": len(texts)}


def _paths(url: str) -> list[str]:
    """Where the endpoint may be, most usual first; an address that names it is taken at its word."""
    if _CALL.search(url):
        return [url]
    if _VERSION.search(url):
        return [f"{url}/rerank", f"{_VERSION.sub('', url)}/rerank"]
    return [f"{url}/v1/rerank", f"{url}/rerank", f"{url}/v2/rerank"]


def _score_of(one: dict[str, Any]) -> float | None:
    score = one.get("relevance_score", one.get("score"))
    if isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
        return None
    return float(score)
