"""A model that needs no server: it says what it is told to say, or quotes its evidence. For tests and demos."""

import re
import threading
from collections.abc import Generator, Iterator, Sequence

from rag.errors import LLMRefused, RagError
from rag.language import is_chinese, sentences
from rag.records import Message, ModelInfo, Options, PullProgress, Thought, Used, Wrote
from rag.writing.llm.thinking import tell_apart

_FENCED = re.compile(r"<evidence[^>]*>\n(.*?)\n</evidence", re.DOTALL)
_ITEM = re.compile(r"^\[(\d+)\][ \t]*(.*)$", re.MULTILINE)
_PIECE = 6  # characters; no tag fits into one
_QUOTED = 2


class ScriptedLLM:
    """Says *script*, ``<think>`` parts told apart; of a sequence, one text for each question, the last again and again.

    Without a script it quotes a sentence from each of the first pieces of evidence, with their marks. *fails* is raised
    when the script is told; each piece waits *pause* seconds.
    """

    def __init__(
        self,
        script: str | Sequence[str] | None = None,
        name: str = "scripted",
        *,
        pause: float = 0.0,
        fails: RagError | None = None,
    ) -> None:
        self._scripts = [script] if isinstance(script, str) else list(script or ())
        self._name = name
        self._pause = pause
        self._fails = fails
        self._asked = 0
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    def stream(self, messages: Sequence[Message], options: Options) -> Generator[Thought | Wrote | Used]:
        """The script in small pieces, then ``Used``, which counts pieces; *reply* is kept, *think* is not."""
        script = self._next() if self._scripts else _quoted(messages)
        pieces = [script[start : start + _PIECE] for start in range(0, len(script), _PIECE)]
        told = pieces[: options.reply]
        for event in tell_apart(told):
            if self._pause:
                threading.Event().wait(self._pause)
            yield event
        if self._fails is not None:
            raise self._fails
        sent = sum(len(message.content) for message in messages) // _PIECE
        yield Used(sent, len(told), cut_short=len(told) < len(pieces))

    def _next(self) -> str:
        with self._lock:
            script = self._scripts[min(self._asked, len(self._scripts) - 1)]
            self._asked += 1
        return script


class ScriptedServer:
    """Lists the scripted model."""

    def models(self) -> list[ModelInfo]:
        """The one model there is."""
        return [ModelInfo("scripted")]

    def pull(self, name: str) -> Iterator[PullProgress]:  # noqa: ARG002 - no name can be pulled
        """There is nothing to download.

        :raises LLMRefused: always
        """
        raise LLMRefused(url="scripted", reason="this server cannot download models")


def _quoted(messages: Sequence[Message]) -> str:
    """A sentence of each of the first pieces of evidence, word for word."""
    asked = next((message.content for message in reversed(messages) if message.role == "user"), "")
    fenced = _FENCED.search(asked)
    evidence = fenced[1] if fenced else asked
    items = list(_ITEM.finditer(evidence))
    ends = [*(item.start() for item in items[1:]), len(evidence)]
    quotes = [
        (item[1], _sentence(evidence[item.end() : end]) or item[2].strip())
        for item, end in zip(items, ends, strict=False)
    ]
    chosen = [(number, quote) for number, quote in quotes if quote][:_QUOTED]
    if not chosen:
        answer = "文档中没有说明。" if is_chinese(asked) else "The documents do not say."
        return f"<think>There is no evidence.</think>{answer}"
    read = ", ".join(f"[{number}]" for number, _ in chosen)
    return f"<think>Reading {read}: the first sentences say it.</think>" + " ".join(
        f"{quote} [{number}]" for number, quote in chosen
    )


def _sentence(text: str) -> str:
    """The first that ends like a sentence; else the first line."""
    found = [text[start:end] for start, end in sentences(text)]
    return next((sentence for sentence in found if sentence[-1] in ".!?。！？"), found[0] if found else "")
