"""How long the stages of a search take: counted in the thread that watches, and nowhere else."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")

_spent: ContextVar[dict[str, float] | None] = ContextVar("spent", default=None)


@contextmanager
def watching() -> Iterator[dict[str, float]]:
    """The seconds that each ``timed`` stage takes within, by its name; a stage that is called again takes longer."""
    spent: dict[str, float] = {}
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
            began = time.perf_counter()
            try:
                return function(*args, **named)
            finally:
                spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - began

        return call

    return counted
