"""How long the stages of a search take: counted in the thread that watches, and nowhere else."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Spent(NamedTuple):
    """Seconds by the clock, and of the processor in the thread that spent them."""

    wall: float = 0.0
    processor: float = 0.0

    def more(self, other: "Spent") -> "Spent":
        """Both together."""
        return Spent(self.wall + other.wall, self.processor + other.processor)

    def less(self, other: "Spent") -> "Spent":
        """What is left without *other*."""
        return Spent(self.wall - other.wall, self.processor - other.processor)


_spent: ContextVar[dict[str, Spent] | None] = ContextVar("spent", default=None)


def now() -> Spent:
    """A moment: one less an earlier one of the same thread is what was spent between."""
    return Spent(time.perf_counter(), time.thread_time())


@contextmanager
def watching() -> Iterator[dict[str, Spent]]:
    """The seconds that each ``timed`` stage takes within, by its name; a stage that is called again takes longer."""
    spent: dict[str, Spent] = {}
    token = _spent.set(spent)
    try:
        yield spent
    finally:
        _spent.reset(token)


def timed(stage: str) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """A function whose time counts as *stage*, when anybody watches."""

    def counted(function: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(function)
        def call(*args: Given.args, **named: Given.kwargs) -> Result:
            spent = _spent.get()
            if spent is None:
                return function(*args, **named)
            began = now()
            try:
                return function(*args, **named)
            finally:
                spent[stage] = spent.get(stage, Spent()).more(now().less(began))

        return call

    return counted
