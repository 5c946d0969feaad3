"""The marks ``[2]`` by which an answer names its evidence: found in every form that models write, and made harmless."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"\^?\d{1,3}"
_MARKER = re.compile(
    rf"""
      [\[【［]
      (?!\d{{1,3}}(?:,\d{{3}})+[\]】］])              # [1,234] is a number
      (?P<numbers>{_NUMBER}(?:\s*[-–—~,，、;；&]\s*{_NUMBER})*)
      (?:†[^\]】］\n]*)?
      [\]】］]
      (?!\(|:\s*https?:)                              # a link, or the definition of one
    """,
    re.VERBOSE,
)
_CODE = re.compile(r"^\s*```.*?^\s*```|(?P<ticks>`+)[^`\n]+(?P=ticks)(?!`)", re.DOTALL | re.MULTILINE)
_LIKE_MARKER = re.compile(rf"[\[【［](?=\s*{_NUMBER}\s*[-–—~,，、;；&†\]】］\d])")
_LONGEST_RANGE = 20


@dataclass(frozen=True, slots=True)
class Marker:
    """One mark in a text, at ``text[start:end]``: the numbers it names, in its own order."""

    start: int
    end: int
    numbers: tuple[int, ...]


def markers(text: str) -> Iterator[Marker]:
    """The marks of *text*, in every form: ``[1]``, ``[1, 2]``, ``[1-3]``, ``【1】``, ``［1］``, ``[^1]``.

    Links and code are left alone, and so is a number of four digits (``[2023]``).
    """
    code = [match.span() for match in _CODE.finditer(text)]
    for match in _MARKER.finditer(text):
        if not any(start <= match.start() < end for start, end in code):
            yield Marker(match.start(), match.end(), tuple(dict.fromkeys(_numbers(match["numbers"]))))


def normalised(text: str) -> str:
    """*text* with all its marks in the plain form ``[1][2]``."""
    parts: list[str] = []
    at = 0
    for marker in markers(text):
        parts += [text[at : marker.start], *(f"[{number}]" for number in marker.numbers)]
        at = marker.end
    return "".join([*parts, text[at:]])


def without_markers(text: str) -> str:
    """*text* with its marks taken out, and the spaces in front of them."""
    parts: list[str] = []
    at = 0
    for marker in markers(text):
        parts.append(text[at : marker.start].rstrip(" \t"))
        at = marker.end
    return "".join([*parts, text[at:]])


def harmless(text: str) -> str:
    """*text* of a document, in which nothing can be taken for a mark of ours: ``[3]`` becomes ``[ 3]``.

    Only white space is added, so it still reads word for word.
    """
    return _LIKE_MARKER.sub(lambda match: match[0] + " ", text)


def _numbers(listed: str) -> Iterator[int]:
    parts = re.split(r"\s*([-–—~,，、;；&])\s*", listed.replace("^", ""))
    last: int | None = None
    for separator, digits in zip(["", *parts[1::2]], parts[::2], strict=True):
        number = int(digits)
        if separator in set("-–—~") and last is not None and 0 < number - last <= _LONGEST_RANGE:
            yield from range(last + 1, number)
        yield number
        last = number
