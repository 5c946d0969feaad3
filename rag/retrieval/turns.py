"""Turns: only so many at a time, and who came first goes first."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """At most *most* threads are within ``one`` at once; the others wait in the order they came.

    More that compute at once than there are processors only take the processor, and the interpreter, from each other:
    all of them end later than if they had waited. A semaphore would let whoever just ended go before who waits.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for a turn; it ends with the block. Not to be entered twice by one thread."""
        mine = None
        with self._lock:
            if self._free:
                self._free -= 1
            else:
                mine = threading.Lock()
                mine.acquire()
                self._waiting.append(mine)
        if mine is not None:
            mine.acquire()  # until a turn is handed over
        try:
            yield
        finally:
            with self._lock:
                if self._waiting:
                    self._waiting.popleft().release()
                else:
                    self._free += 1
