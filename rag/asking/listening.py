"""A model's reply, heard piece by piece for as long as anybody wants it: a silent server holds nobody up."""

import math
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing

from rag.records import Message, Options, Thought, Used, Wrote
from rag.writing.llm import LLM

_LOOK_EVERY = 0.1  # seconds, at whether it was stopped


def heard(
    llm: LLM, messages: Sequence[Message], options: Options, stop: threading.Event, seconds: float = math.inf
) -> Iterator[Thought | Wrote | Used]:
    """The pieces that come before *stop* is set and some *seconds* are over; a server may read a prompt for minutes.

    :raises LLMError: what the model raises
    """
    pieces: queue.SimpleQueue[Thought | Wrote | Used | BaseException | None] = queue.SimpleQueue()
    left = threading.Event()

    def listen() -> None:
        try:
            with closing(llm.stream(messages, options)) as stream:
                for piece in stream:
                    if left.is_set():
                        return
                    pieces.put(piece)
            pieces.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again by the reader below
            pieces.put(error)

    threading.Thread(target=listen, daemon=True, name="model").start()
    until = time.monotonic() + seconds
    try:
        while not stop.is_set() and (remaining := until - time.monotonic()) > 0:
            try:
                piece = pieces.get(timeout=min(_LOOK_EVERY, remaining))
            except queue.Empty:
                continue
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        left.set()
