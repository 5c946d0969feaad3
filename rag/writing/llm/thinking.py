"""Tells a model's thinking from its answer, wherever the tags are cut and even when the opening tag is missing.

Three forms reach us: thinking in a field of its own, thinking between ``<think>`` and ``</think>``, and, where a
server's chat template has already opened the thinking, a ``</think>`` with nothing before it. In the last form a
stream cannot know what it is reading. So what comes first is told as thinking for a model whose template is known to
do that (:func:`opens_unseen`), as the answer for any other; and when that turns out wrong, ``Wrote("</think>")``, a
piece of its own, says so. It is the only tag that is ever told:

- after something was written: that was thinking;
- before anything was written: the model ended without closing its thinking, which therefore was the answer, and is
  written once more.

:func:`settle` makes both right. Apply it to what has been gathered so far whenever that is shown or kept.
"""

import re
from collections.abc import Iterable, Iterator

from rag.records import Thought, Wrote

_OPEN, _CLOSE = "<think>", "</think>"
_TAG = re.compile(r"(</?think>)")
_BREAK = "\n\n"

_OPENED_BY_TEMPLATE = re.compile(
    r"deepseek[-_]?r1 | r1-distill | qwq | [-_]thinking | minimax-?m[12] | exaone-deep | skywork-or1", re.VERBOSE
)


def opens_unseen(model: str) -> bool:
    """Whether the usual chat template of *model*, by its name, opens the thinking itself, so that no tag is sent."""
    return _OPENED_BY_TEMPLATE.search(model.lower()) is not None


def settle(written: str, thinking: str = "") -> tuple[str, str]:
    """Thinking and answer, from all the ``Wrote`` and all the ``Thought`` pieces so far, each joined.

    Cheap enough for every piece of a live answer, and settling what is settled changes nothing.
    """
    before, close, after = written.partition(_CLOSE)
    if not close:
        return thinking, written
    return (before + thinking, after) if before else ("", after)


def tell_apart(pieces: Iterable[str], *, opened: bool = False) -> Iterator[Thought | Wrote]:
    """The *pieces* of one whole reply, told apart; *opened* as in :class:`Splitter`."""
    splitter = Splitter(opened=opened)
    for piece in pieces:
        yield from splitter.content(piece)
    yield from splitter.end()


class Splitter:
    """Tells one reply apart as it comes. *opened* is a guess: the thinking has begun though no tag will say so.

    A run of thinking or answer is told without the white space around it; a blank line stands between two runs of one
    kind. Where the stream is cut does not change what is told, only into how many pieces.
    """

    def __init__(self, *, opened: bool = False) -> None:
        self._content = _Tags()
        self._field = _Tags()
        self._guess = opened
        self._guessed: list[str] = []
        self._now: type[Thought | Wrote] = Thought if opened else Wrote
        self._fresh = True
        self._told: set[type[Thought | Wrote]] = set()
        self._thinking_known = False

    def thinking(self, piece: str) -> Iterator[Thought | Wrote]:
        """A piece that the server itself calls thinking; what it calls content is then the answer."""
        if not piece:
            return
        if self._now is Wrote or self._guess:
            yield from self._rest(self._content)
            self._begin(Thought)
        self._sure()
        for part in self._field.cut(piece):
            if part in {_OPEN, _CLOSE}:
                self._fresh = True
            else:
                yield from self._run(part)

    def content(self, piece: str) -> Iterator[Thought | Wrote]:
        """A piece of what the server calls content."""
        if not piece:
            return
        if self._field.used:
            yield from self._rest(self._field)
            self._begin(Wrote)
        for part in self._content.cut(piece):
            if part == _OPEN:
                self._sure()
                self._begin(Thought)
            elif part == _CLOSE:
                yield from self._close()
            else:
                if self._guess:
                    self._guessed.append(part)
                yield from self._run(part)

    def end(self, *, cut_short: bool = False) -> Iterator[Thought | Wrote]:
        """What was held back. *cut_short* says that the model had more to say: what it never closed is thinking."""
        for tags in (self._field, self._content):
            for event in self._rest(tags):
                if self._guess:
                    self._guessed.append(event.text)
                yield event
        if self._guess and self._guessed and not cut_short:
            yield Wrote(_CLOSE)
            yield Wrote("".join(self._guessed).strip())

    def _close(self) -> Iterator[Wrote]:
        if not self._thinking_known and self._now is Wrote and Wrote in self._told:
            yield Wrote(_CLOSE)
            self._told = {Thought}
        self._sure()
        self._begin(Wrote)

    def _sure(self) -> None:
        self._thinking_known = True
        self._guess = False

    def _begin(self, now: type[Thought | Wrote]) -> None:
        self._now = now
        self._fresh = True

    def _run(self, text: str) -> Iterator[Thought | Wrote]:
        if self._fresh:
            text = text.lstrip()
            if not text:
                return
            self._fresh = False
            if self._now in self._told:
                yield self._now(_BREAK)
            self._told.add(self._now)
        yield self._now(text)

    def _rest(self, tags: "_Tags") -> Iterator[Thought | Wrote]:
        text = tags.rest()
        if text:
            yield from self._run(text)


class _Tags:
    """Cuts a stream at its tags; holds back what may be the beginning of a tag, and white space that may end a run."""

    def __init__(self) -> None:
        self._held = ""
        self.used = False

    def cut(self, piece: str) -> Iterator[str]:
        """Texts and whole tags, in order."""
        self.used = True
        *parts, rest = _TAG.split(self._held + piece)
        for part in parts:
            if part.strip():
                yield part.rstrip()
        sure = len(rest)
        start = rest.rfind("<")
        if start >= 0 and (_OPEN.startswith(rest[start:]) or _CLOSE.startswith(rest[start:])):
            sure = start
        sure = len(rest[:sure].rstrip())
        self._held = rest[sure:]
        if sure:
            yield rest[:sure]

    def rest(self) -> str:
        """What was held back, when nothing can follow it; an unfinished tag is no text."""
        self.used = False
        held, self._held = self._held.rstrip(), ""
        return held if held.lstrip() in {"", "<"} else ""
