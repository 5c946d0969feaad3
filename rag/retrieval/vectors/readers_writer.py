"""A lock that lets many read at once: for an index that is searched by several threads while one adds."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class ReadersWriter:
    """Many may read at once, or one may write; who waits to write goes before new readers."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._readers = 0
        self._writers_waiting = 0
        self._writer = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Among readers; not to be entered twice by one thread."""
        with self._turn:
            self._turn.wait_for(lambda: not self._writer and not self._writers_waiting)
            self._readers += 1
        try:
            yield
        finally:
            with self._turn:
                self._readers -= 1
                self._turn.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Alone."""
        with self._turn:
            self._writers_waiting += 1
            self._turn.wait_for(lambda: not self._writer and not self._readers)
            self._writers_waiting -= 1
            self._writer = True
        try:
            yield
        finally:
            with self._turn:
                self._writer = False
                self._turn.notify_all()
