"""The lines of a page as MuPDF has them, none of them parted into words: half the cost, and all that a search needs."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.pages.words.raised_marks import raised

_ENOUGH = 25  # words: pages of fewer are looked at more closely
_SPACE = 0.25  # of the size of type: as wide as a space is at least
_THIN = 0.01
_BOLD_FLAG = 16
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")


class _Odd(Exception):
    """A line whose words must be looked at one by one."""


def plain_lines(blocks: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The lines of a page, as ``extractDICT`` gives it, each with one word that is all of its text; none where single
    words must be looked at.
    """
    found: list[Line] = []
    count = 0
    try:
        for block in blocks:
            number = block["number"]
            for at, line in enumerate(block.get("lines", ())):
                text, size, bold = _told(line["spans"])
                bare = _bare(text)
                if bare:
                    count += 1 + bare.count(" ")
                    found.append(_line(line, text, bare, size, (number, at), bold=bold))
    except _Odd:
        return []
    return found if count >= _ENOUGH else []


def _told(runs: Sequence[Mapping[str, Any]]) -> tuple[str, float, bool]:
    """Text, size and weight of a line, by most of its characters."""
    if len(runs) == 1:
        run = runs[0]
        return run["text"], run["size"], run["flags"] & _BOLD_FLAG != 0
    text, size, longest, bold = "", 0.0, 0, True
    for run in runs:
        own = run["text"]
        if long := len(own.strip()):
            x0, _, x1, _ = run["bbox"]
            if x1 - x0 < _THIN:
                raise _Odd
            flags = run["flags"]
            bold = bold and flags & _BOLD_FLAG != 0
            if long > longest:
                longest, size = long, run["size"]
            mark = raised(run)
            own = f" {mark}" if mark else own
        text += own
    return text, size, bold


def _bare(text: str) -> str:
    """*text* with a space between its words, and none around them."""
    if (not text.isascii() or "\0" in text) and _UNWRITABLE.search(text):
        raise _Odd
    return " ".join(text.split())


def _line(line: Mapping[str, Any], text: str, bare: str, size: float, number: tuple[int, int], *, bold: bool) -> Line:
    x0, y0, x1, y1 = line["bbox"]
    if not math.isfinite(x0 + y0 + x1 + y1):
        raise _Odd
    right, down = line["dir"]
    way = 0
    if down or right <= 0:
        way = (0 if right >= 0 else 2) if abs(right) >= abs(down) else (1 if down > 0 else 3)
    if way == 0:
        if x1 - x0 < _THIN:
            raise _Odd
        if len(bare) < len(text):
            x0 += (len(text) - len(text.lstrip())) * size * _SPACE
            x1 -= (len(text) - len(text.rstrip())) * size * _SPACE
            x0 = min(x0, x1)
    return Line(((x0, y0, x1, y1, bare, *number, 0),), size if size > 1 else 1.0, bold, way)
