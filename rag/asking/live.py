"""An answer in the making: it goes on when the page that asked is reloaded, and anyone may look on from its start."""

import threading
import time
from collections.abc import Callable, Iterator

from rag.records import Answer, Event, Finished, Request


class LiveAnswer:
    """Runs in a thread of its own and keeps its events.

    *ask* makes them; they end soon after the event it is given is set.
    """

    def __init__(self, request: Request, ask: Callable[[threading.Event], Iterator[Event]]) -> None:
        self.request = request
        self._ask = ask
        self._events: list[Event] = []
        self._began = time.monotonic()
        self._times: list[float] = []
        self._failure: BaseException | None = None
        self._over = False
        self._news = threading.Condition()
        self._stop = threading.Event()
        threading.Thread(target=self._run, daemon=True, name="answer").start()

    def events(self) -> Iterator[Event]:
        """All events from the first, waiting for those to come.

        :raises RagError: what ended the answer, when it was not the model
        """
        seen = 0
        while True:
            with self._news:
                while len(self._events) == seen and not self._over:
                    self._news.wait()
                new, over, failure = self._events[seen:], self._over, self._failure
            yield from new
            seen += len(new)
            if over and seen == len(self._events):
                if failure is not None:
                    raise failure
                return

    def so_far(self) -> tuple[tuple[float, Event], ...]:
        """What has come, without waiting: each event after how many seconds it came."""
        with self._news:
            return tuple(zip(self._times, self._events, strict=True))

    @property
    def seconds(self) -> float:
        """How long ago it began."""
        return time.monotonic() - self._began

    def stop(self) -> None:
        """End it; what has come so far is the answer."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Whether nothing more will come, after waiting for that at most some *seconds*."""
        with self._news:
            return self._news.wait_for(lambda: self._over, seconds)

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self._over

    @property
    def answer(self) -> Answer | None:
        """The whole answer, once it is there."""
        last = self._events[-1] if self._events else None
        return last.answer if isinstance(last, Finished) else None

    def _run(self) -> None:
        try:
            for event in self._ask(self._stop):
                with self._news:
                    self._events.append(event)
                    self._times.append(self.seconds)
                    self._news.notify_all()
        except BaseException as error:  # noqa: BLE001 - raised again by who looks on
            self._failure = error
        finally:
            with self._news:
                self._over = True
                self._news.notify_all()
