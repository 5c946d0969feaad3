"""Scripts that are read from right to left, as Arabic is: which lines they are, and the order of their words.

A PDF may have the words of such a line in any order; where they stand tells how they are read.
"""

import itertools
import re
from collections.abc import Iterable
from typing import Any, TypeVar

_SCRIPTS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LEFTWARDS = re.compile(f"[{_SCRIPTS}]")
_RIGHTWARDS = re.compile(f"[^\\W\\d_{_SCRIPTS}]")

_Word = TypeVar("_Word", bound=tuple[Any, ...])
"""The left edge first, the text fifth, as in ``layout.Word``."""


def runs_left(text: str) -> bool:
    """Whether most letters of *text* are of a script that is read from right to left."""
    if text.isascii() or _LEFTWARDS.search(text) is None:
        return False
    return len(_LEFTWARDS.findall(text)) > len(_RIGHTWARDS.findall(text))


def as_read(words: Iterable[_Word]) -> list[_Word]:
    """*words* of a line that is read from right to left, in that order; Latin words in it follow each other as they
    stand.
    """
    found: list[_Word] = []
    downwards = sorted(words, key=lambda word: -word[0])
    for leftwards, run in itertools.groupby(downwards, lambda word: _LEFTWARDS.search(word[4]) is not None):
        some = list(run)
        if not leftwards and any(_RIGHTWARDS.search(word[4]) for word in some):
            some.reverse()
        found.extend(some)
    return found
