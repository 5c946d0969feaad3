"""Language models behind the OpenAI protocol: vLLM, SGLang, llama.cpp, LM Studio, DeepSeek's own server and others."""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import cast

from openai import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    BadRequestError,
    DefaultHttpxClient,
    OpenAI,
    OpenAIError,
    Stream,
    Timeout,
    UnprocessableEntityError,
    omit,
)
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam
from openai.types.chat.chat_completion_chunk import ChoiceDelta

from rag.addresses import address, in_short, is_loopback
from rag.errors import LLMBroke, LLMError, LLMRefused, LLMUnavailable, ModelMissing
from rag.records import Message, ModelInfo, Options, PullProgress, Thought, Used, Wrote
from rag.writing.llm.thinking import Splitter, opens_unseen

_NOT_OPENAI = "what answers there does not speak the OpenAI protocol"
_BAD_KEY = "the key was not accepted"
_NO_MODEL = re.compile(r"\bmodel\b.*\bnot (exist|found)|(not a valid|no such|unknown) model", re.IGNORECASE)
_VERSION = re.compile(r"/v\d+[a-z0-9]*(/|$)")

# As for Ollama: a server that is there accepts at once, a large model may need minutes until its first word.
_PATIENT = Timeout(600, connect=3, pool=3)
# A page waits for the list of models.
_QUICK = Timeout(3, connect=2)

# The client reads answers without checking them: another server's words end as any of the last three.
_FOREIGN = (OpenAIError, ValueError, TypeError, AttributeError)


def openai_url(value: str) -> str:
    """The base address of a server as its client wants it: with or without ``/v1``, a scheme, or the path of a call.

    A name of one of this machine's or this network's hosts means ``http``, any other ``https``.

    :raises BadSettings: when it is not an address
    """
    parts = address(value)
    host = parts.hostname or "127.0.0.1"
    scheme = parts.scheme
    if "://" not in value and "." in host and not re.fullmatch(r"[\d.]+", host) and parts.port is None:
        scheme = "https"
    path = re.sub(r"/(chat/completions|completions|models)$", "", parts.path.rstrip("/")).rstrip("/")
    if not _VERSION.search(path):
        path += "/v1"
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{f':{parts.port}' if parts.port else ''}{path}"


class _Address:
    """One server and the key to it. The key is shown nowhere: not in ``repr``, not in an error or its cause."""

    def __init__(self, url: str, key: str) -> None:
        self.shown = openai_url(url)
        self._key = key.strip()
        self._loopback = is_loopback(address(self.shown).hostname or "")

    def client(self, timeout: Timeout) -> OpenAI:
        """A client for one request; closing it ends the connection. Proxies are for servers elsewhere.

        It never tries again by itself: a person is waiting, and can ask again.

        :raises LLMRefused: for a key that cannot be sent
        """
        if not (self._key.isascii() and self._key.isprintable()):
            raise LLMRefused(url=self.shown, reason=_BAD_KEY)
        return OpenAI(
            # Left empty, the client would take OPENAI_API_KEY and hand it to whoever answers at this address.
            api_key=self._key or "none",
            base_url=self.shown,
            max_retries=0,
            http_client=DefaultHttpxClient(timeout=timeout, trust_env=not self._loopback, follow_redirects=False),
        )

    def explain(self, error: Exception, *, model: str = "", begun: bool = False) -> LLMError:
        """What *error* means to a person; *begun* says that an answer was on its way."""
        match error:
            case APIStatusError(status_code=401 | 403):
                reason = _BAD_KEY
            case APIStatusError(status_code=status):
                said = in_short(error.body, secret=self._key)
                if model and (_NO_MODEL.search(said) or error.code == "model_not_found" or _is_missing(error)):
                    return ModelMissing(model=model, url=self.shown)
                reason = f"{said} (HTTP {status})"
            case APIConnectionError() if not begun:
                return LLMUnavailable(url=self.shown)
            case APITimeoutError():
                reason = "nothing more came for a long time"
            case APIConnectionError():
                reason = "the connection was lost"
            case OpenAIError():
                reason = in_short(error, secret=self._key)
            case _:
                reason = "what came cannot be read" if begun else _NOT_OPENAI
        return LLMBroke(url=self.shown, reason=reason) if begun else LLMRefused(url=self.shown, reason=reason)


class OpenAICompatibleLLM:
    """A model on a server that speaks the OpenAI protocol."""

    def __init__(self, model: str, url: str, key: str = "") -> None:
        self._model = model
        self._address = _Address(url, key)

    @property
    def name(self) -> str:
        """The model's name on its server."""
        return self._model

    def stream(self, messages: Sequence[Message], options: Options) -> Generator[Thought | Wrote | Used]:
        """Thinking and prose as they come, then ``Used``. Closing the stream ends the server's work.

        *context* is the server's own affair in this protocol. A server that refuses the request for what not every
        server knows is asked again without it, once, before anything is told.
        """
        splitter = Splitter(opened=options.think is not False and opens_unseen(self._model))
        begun = False
        finish = ""
        used = Used()
        with self._address.client(_PATIENT) as client:
            try:
                for chunk in self._ask(client, messages, options):
                    begun = True
                    if chunk.usage:
                        used = Used(chunk.usage.prompt_tokens, chunk.usage.completion_tokens)
                    for choice in chunk.choices or ():
                        finish = choice.finish_reason or finish
                        if choice.delta:
                            yield from splitter.thinking(_reasoning(choice.delta))
                            yield from splitter.content(choice.delta.content or "")
            except _FOREIGN as error:
                problem = self._address.explain(error, model=self._model, begun=begun)
                # Not "from error": its words may hold the key.
                raise problem from None
        if not begun:
            raise LLMRefused(url=self._address.shown, reason=_NOT_OPENAI)
        if not finish:
            raise LLMBroke(url=self._address.shown, reason="the connection was closed before the end")
        yield from splitter.end(cut_short=finish == "length")
        yield Used(used.prompt_tokens, used.reply_tokens, finish == "length")

    def _ask(self, client: OpenAI, messages: Sequence[Message], options: Options) -> Stream[ChatCompletionChunk]:
        try:
            return self._chat(client, messages, options)
        except (BadRequestError, UnprocessableEntityError) as error:
            return self._chat(client, messages, options, refused=in_short(error.body))

    def _chat(
        self, client: OpenAI, messages: Sequence[Message], options: Options, *, refused: str = ""
    ) -> Stream[ChatCompletionChunk]:
        switch = {"enable_thinking": options.think, "thinking": options.think}
        # OpenAI's own newer models take the limit under another name, and no temperature.
        renamed = "max_completion_tokens" in refused
        return client.chat.completions.create(
            model=self._model,
            messages=[
                cast("ChatCompletionMessageParam", {"role": message.role, "content": message.content})
                for message in messages
            ],
            stream=True,
            stream_options=omit if refused else {"include_usage": True},
            max_tokens=omit if renamed else options.reply,
            max_completion_tokens=options.reply if renamed else omit,
            temperature=omit if renamed or "temperature" in refused else options.temperature,
            extra_body=None if refused or options.think is None else {"chat_template_kwargs": switch},
        )


class OpenAICompatibleServer:
    """The models of a server that speaks the OpenAI protocol."""

    def __init__(self, url: str, key: str = "") -> None:
        self._address = _Address(url, key)

    def models(self) -> list[ModelInfo]:
        """What the server has, by name; few of these servers tell a size. Also tells whether the server is there."""
        try:
            with self._address.client(_QUICK) as client:
                listed = client.models.list().data
                found = [ModelInfo(model.id, _size(model.model_extra)) for model in listed if model.id]
        except _FOREIGN as error:
            problem = self._address.explain(error)
            raise problem from None  # its words may hold the key
        return sorted(found, key=lambda model: model.name)

    def pull(self, name: str) -> Iterator[PullProgress]:  # noqa: ARG002 - no name can be pulled
        """Not in this protocol.

        :raises LLMRefused: always
        """
        raise LLMRefused(url=self._address.shown, reason="this server cannot download models")


def _reasoning(delta: ChoiceDelta) -> str:
    """Thinking told apart by the server: vLLM and others have two names for it, and some send both."""
    extra = delta.model_extra or {}
    for field in ("reasoning_content", "reasoning"):
        if isinstance(extra.get(field), str) and extra[field]:
            return cast("str", extra[field])
    return ""


def _size(extra: dict[str, object] | None) -> int:
    """Bytes of a model where llama.cpp tells them."""
    meta = (extra or {}).get("meta")
    size = meta.get("size") if isinstance(meta, dict) else None
    return size if isinstance(size, int) else 0


def _is_missing(error: APIStatusError) -> bool:
    """Whether a 404 speaks of a model; otherwise nothing is at that address."""
    return error.status_code == 404 and "model" in str(error.body).lower()
