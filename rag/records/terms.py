"""A term of a base's own glossary: how something is asked for there, and what its documents print for it."""

import re
from dataclasses import dataclass

_IS = re.compile("[=＝]")
_NAMES = re.compile("[,，、\r\n]")
_LINES = re.compile("[;；\r\n]")


@dataclass(frozen=True, slots=True)
class Term:
    """A question that has one of the *names* is also searched by *seek*: lines and synonyms as documents print them."""

    names: tuple[str, ...]
    seek: tuple[str, ...]


def term_in(text: str) -> Term:
    """The term written in *text*, as in ``ARR,经常性收入=annual recurring revenue``; semicolons part what is sought.

    :raises ValueError: when no equals sign parts names from what is sought
    """
    names, *seek = _IS.split(text, maxsplit=1)
    if not seek:
        raise ValueError(f"not a term: {text!r}")
    return Term(names_in(names), lines_in(seek[0]))


def names_in(text: str) -> tuple[str, ...]:
    """The names written in *text*, with commas or line breaks between them."""
    return _parts(_NAMES, text)


def lines_in(text: str) -> tuple[str, ...]:
    """What is sought, with semicolons or line breaks between."""
    return _parts(_LINES, text)


def _parts(between: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(str.strip, between.split(text)))))
