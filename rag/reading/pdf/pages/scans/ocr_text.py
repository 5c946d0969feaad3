"""The text of a line that OCR read: its marks as its script sets them, and its words with where they begin and end."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.language import HAN, has_han

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_IN_NUMBERS = {full: half for full, half in _FULL_WIDTH.items() if chr(half).isalnum() or chr(half) in "%+$ "}
_CJK = f"{HAN}\u3001-\u3011"
_MARK_IN_NUMBER = re.compile(r"(?<=\d)[，．](?=\d)")
_MARK_IN_CHINESE = re.compile(rf"(?<=[{_CJK}）”])[,:;?!](?![\dA-Za-z])|(?<=[{_CJK}）”])[,:;](?=[{_CJK}])")
_STOP_IN_CHINESE = re.compile(rf"(?<=[{HAN}）])\.(?=$|[{HAN}])")
_DOLLAR_AS_LETTER = re.compile(r"(?<![A-Za-z\d])S(?=\s?\(?\d{1,3}(?:,\d{3})+(?!\d)|\s?[-–—]$|\(?\d+\.\d\d(?![\d.]))")
_COMMA_AS_STOP = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+\.\d{1,2}(?![\d.,])")


class Run(NamedTuple):
    """A word, or a run of Chinese: where it begins and ends in its line, from 0 to 1."""

    text: str
    start: float
    stop: float


def plain(text: str) -> str:
    """*text*, as long as it was: full-width letters and figures are made plain, and marks as their neighbours.

    What no amount can hold is set right: a letter for its dollar sign, and a second decimal point.
    """
    text = _COMMA_AS_STOP.sub(_with_commas, _DOLLAR_AS_LETTER.sub("$", text))
    text = _MARK_IN_NUMBER.sub(lambda mark: mark[0].translate(_FULL_WIDTH), text.translate(_IN_NUMBERS))
    if not has_han(text):
        return text.translate(_FULL_WIDTH)
    text = _MARK_IN_CHINESE.sub(lambda mark: chr(ord(mark[0]) + 0xFEE0), text)
    return _STOP_IN_CHINESE.sub("。", text)


def _with_commas(amount: re.Match[str]) -> str:
    whole, _, decimals = amount[0].rpartition(".")
    return f"{whole.replace('.', ',')}.{decimals}" if "," in whole else amount[0]


def runs(text: str, along: Sequence[float], length: float) -> Iterator[Run]:
    """The words of *text*, parted at white space and at gaps no writing has.

    *along* is where the middle of each character that is not white space stands in the line, 0 to 1; *length* is that
    of the line in ems.
    """
    letters = [(at, character) for at, character in enumerate(text) if not character.isspace()]
    if len(letters) != len(along) or not letters:
        yield from _evenly(text)
        return
    start = 0
    for place in range(1, len(letters) + 1):
        if place == len(letters) or _parted(letters[place - 1], letters[place], along, place, length):
            own = "".join(character for _, character in letters[start:place])
            left = along[start] - _half(own[0], length)
            right = along[place - 1] + _half(own[-1], length)
            if start:
                left = max(left, (along[start - 1] + along[start]) / 2)
            if place < len(letters):
                right = min(right, (along[place - 1] + along[place]) / 2)
            yield Run(own, max(0.0, left), min(1.0, right))
            start = place


def _parted(before: tuple[int, str], after: tuple[int, str], along: Sequence[float], place: int, length: float) -> bool:
    if after[0] > before[0] + 1:
        return True
    gap = (along[place] - along[place - 1]) - _half(before[1], length) - _half(after[1], length)
    return gap * length > 1.0


def _half(character: str, length: float) -> float:
    """Half the width of *character*, as a part of a line *length* ems long."""
    ems = 1.0 if character > "\u2e80" else 0.3 if character in ".,:;'!|ijlI()-" else 0.55
    return min(0.5, ems / 2 / max(length, 0.5))


def _evenly(text: str) -> Iterator[Run]:
    """Where it is not known where characters stand: as if all were of a width."""
    for word in re.finditer(r"\S+", text):
        yield Run(word[0], word.start() / len(text), word.end() / len(text))
