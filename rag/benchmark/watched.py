"""Parts of the app with a watch on some of their methods: how long each stage of a search took, in each thread."""

import threading
import time
from collections.abc import Callable
from typing import Any

Spent = tuple[float, float]


class Stages(threading.local):
    """Seconds of wall and of processor by stage since the last ``take``, of the thread that asks."""

    def __init__(self) -> None:
        self._spent: dict[str, Spent] = {}

    def add(self, stage: str, wall: float, processor: float) -> None:
        """Add so many seconds."""
        before = self._spent.get(stage, (0.0, 0.0))
        self._spent[stage] = (before[0] + wall, before[1] + processor)

    def take(self) -> dict[str, Spent]:
        """What was counted; counting begins anew."""
        taken, self._spent = self._spent, {}
        return taken


class Watched:
    """*part*, whose *methods* count as *stage*; all else is as it was."""

    def __init__(self, part: Any, stage: str, methods: frozenset[str], stages: Stages) -> None:
        self._part, self._stage, self._methods, self._stages = part, stage, methods, stages

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        return self._timed(found) if name in self._methods else found

    def _timed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            wall, processor = time.perf_counter(), time.thread_time()
            try:
                return method(*given, **named)
            finally:
                self._stages.add(self._stage, time.perf_counter() - wall, time.thread_time() - processor)

        return run
