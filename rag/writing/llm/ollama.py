"""Language models that an Ollama server runs: answering, listing, pulling."""

from collections.abc import Generator, Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar

import httpx
from ollama import ChatResponse, Client, ResponseError

from rag.addresses import address, in_short, is_loopback
from rag.errors import LLMBroke, LLMError, LLMRefused, LLMUnavailable, ModelMissing
from rag.records import Message, ModelInfo, Options, PullProgress, Thought, Used, Wrote
from rag.writing.llm.thinking import Splitter, opens_unseen

_Reply = TypeVar("_Reply")

_PORT = 11434
_NOT_OLLAMA = "what answers there is not Ollama"

# A server that is there accepts at once. A model of 70 billion parameters, loaded from disk and given a long prompt,
# may need minutes until its first word; so may the check of a download of 40 GB.
_PATIENT = httpx.Timeout(600, connect=3, pool=3)
# A page waits for the list of models.
_QUICK = httpx.Timeout(2, connect=1)

# The client reads answers without checking them: another server's words end as any of the last three.
_FOREIGN = (ResponseError, httpx.HTTPError, ConnectionError, ValueError, TypeError, AttributeError)


def ollama_url(value: str) -> str:
    """The address a client uses, from any form of ``OLLAMA_HOST``: nothing, ``host``, ``:port``, ``https://host/path``.

    ``0.0.0.0`` and ``::`` tell a server to listen everywhere; a client then finds it on this machine. With a scheme
    and no port it is the scheme's own port, as for Ollama itself.

    :raises BadSettings: when it is not an address
    """
    typed = value.strip()
    parts = address(f"[{typed}]" if typed.count(":") > 1 and not typed.startswith(("[", "http")) else typed)
    host = parts.hostname or "127.0.0.1"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - turned away from, not bound to
    port = parts.port or ({"http": 80, "https": 443}[parts.scheme] if "://" in typed else _PORT)
    shown = f"[{host}]" if ":" in host else host
    login = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return f"{parts.scheme}://{login}{shown}:{port}{parts.path.rstrip('/')}"


class _Address:
    """One Ollama server; *shown* is its address without a password."""

    def __init__(self, url: str) -> None:
        parts = address(ollama_url(url))
        self._login = (parts.username or "", parts.password or "") if parts.username else None
        self._loopback = is_loopback(parts.hostname or "")
        self.shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    def client(self, timeout: httpx.Timeout) -> Client:
        """A client for one request; closing it ends the connection. Proxies are for servers elsewhere."""
        return Client(
            self.shown,
            timeout=timeout,
            auth=self._login,
            trust_env=not self._loopback,
            follow_redirects=False,
        )

    def explain(self, error: Exception, *, model: str = "", begun: bool = False) -> LLMError:
        """What *error* means to a person; *begun* says that an answer was on its way."""
        match error:
            case ResponseError(status_code=404) if model and "model" in str(error.error):
                return ModelMissing(model=model, url=self.shown)
            case httpx.TransportError() | ConnectionError() if not begun:
                return LLMUnavailable(url=self.shown)
            case ResponseError(status_code=status):
                reason = in_short(error.error) + (f" (HTTP {status})" if status > 0 else "")
            case httpx.TimeoutException():
                reason = "nothing more came for a long time"
            case httpx.TransportError():
                reason = "the connection was lost"
            case _:
                reason = "what came cannot be read" if begun else _NOT_OLLAMA
        return LLMBroke(url=self.shown, reason=reason) if begun else LLMRefused(url=self.shown, reason=reason)


class OllamaLLM:
    """A model on an Ollama server."""

    def __init__(self, model: str, url: str) -> None:
        self._model = model
        self._address = _Address(url)

    @property
    def name(self) -> str:
        """The model's name with its tag, as ``ollama list`` shows it."""
        return self._model

    def stream(self, messages: Sequence[Message], options: Options) -> Generator[Thought | Wrote | Used]:
        """Thinking and prose as they come, then ``Used``. Closing the stream ends the server's work.

        Asked to think, a server tells thinking apart itself; a model that cannot is asked again without, once,
        before anything is told.
        """
        begun = False
        last: ChatResponse | None = None
        with self._address.client(_PATIENT) as client:
            try:
                splitter, replies = self._ask(client, messages, options)
                for last in replies:
                    begun = True
                    yield from splitter.thinking(last.message.thinking or "")
                    yield from splitter.content(last.message.content or "")
            except _FOREIGN as error:
                raise self._address.explain(error, model=self._model, begun=begun) from error
        if last is None:
            raise LLMRefused(url=self._address.shown, reason=_NOT_OLLAMA)
        if not last.done:
            raise LLMBroke(url=self._address.shown, reason="the connection was closed before the end")
        cut_short = last.done_reason == "length"
        yield from splitter.end(cut_short=cut_short)
        yield Used(last.prompt_eval_count, last.eval_count, cut_short)

    def _ask(
        self, client: Client, messages: Sequence[Message], options: Options
    ) -> tuple[Splitter, Iterator[ChatResponse]]:
        try:
            # Asked to think and willing, the server sends thinking in its own field; asked not to, there is none.
            guess = options.think is None and opens_unseen(self._model)
            return Splitter(opened=guess), _begun(self._chat(client, messages, options, options.think))
        except ResponseError as error:
            if options.think is None or error.status_code != 400 or "think" not in str(error.error):
                raise
        guess = options.think is not False and opens_unseen(self._model)
        return Splitter(opened=guess), _begun(self._chat(client, messages, options, None))

    def _chat(
        self, client: Client, messages: Sequence[Message], options: Options, think: bool | None
    ) -> Iterator[ChatResponse]:
        return client.chat(
            self._model,
            [{"role": message.role, "content": message.content} for message in messages],
            stream=True,
            think=think,
            options={
                "num_ctx": options.context,
                "num_predict": options.reply,
                "temperature": options.temperature,
            },
        )


class OllamaServer:
    """The models of an Ollama server."""

    def __init__(self, url: str) -> None:
        self._address = _Address(url)

    def models(self) -> list[ModelInfo]:
        """What is on the server, by name. Takes 2 seconds at most, so it also tells whether the server is there."""
        try:
            with self._address.client(_QUICK) as client:
                found = client.list().models
        except _FOREIGN as error:
            raise self._address.explain(error) from error
        models = [
            ModelInfo(model.model, int(model.size or 0), (model.details and model.details.parameter_size) or "")
            for model in found
            if model.model
        ]
        return sorted(models, key=lambda model: model.name)

    def pull(self, name: str) -> Iterator[PullProgress]:
        """Download a model; *done* and *total* count all of its parts that are known so far.

        Closing the stream stops the download, which goes on from there when it is pulled again.
        """
        parts: dict[str, tuple[int, int]] = {}
        status = ""
        try:
            with self._address.client(_PATIENT) as client:
                for step in client.pull(name, stream=True):
                    status = step.status or status
                    if step.digest:
                        parts[step.digest] = (step.completed or 0, step.total or 0)
                    done, total = (sum(column) for column in zip((0, 0), *parts.values(), strict=True))
                    yield PullProgress(status, done, total)
        except _FOREIGN as error:
            problem = self._address.explain(error, begun=bool(status))
            if isinstance(problem, LLMBroke):
                problem = LLMRefused(**problem.details)
            raise problem from error
        if status != "success":
            raise LLMRefused(
                url=self._address.shown, reason="the download stopped before its end; pull it again to go on"
            )


def _begun(replies: Iterator[_Reply]) -> Iterator[_Reply]:
    """*replies* with the request sent and the first one here, so that what the server refuses is known."""
    return chain(list(islice(replies, 1)), replies)
