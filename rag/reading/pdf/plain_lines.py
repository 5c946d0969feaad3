"""The lines of a page as MuPDF has them, none of them parted into words: half the cost, and all that a search needs."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from rag.reading.pdf.layout import Line

_ENOUGH = 25  # words: pages of fewer are looked at more closely
_SPACE = 0.25  # of the size of type: as wide as a space is at least
_THIN = 0.01
_BOLD_FLAG = 16
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")


def plain_lines(blocks: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The lines of a page, as ``extractDICT`` gives it, each with one word that is all of its text; none where single
    words must be looked at.
    """
    found: list[Line] = []
    count, total, thinnest = 0, 0.0, 1.0
    for block in blocks:
        number = block["number"]
        for at, line in enumerate(block.get("lines", ())):
            runs = line["spans"]
            if len(runs) == 1:
                run = runs[0]
                text, size, bold = run["text"], run["size"], run["flags"] & _BOLD_FLAG != 0
            else:
                text = "".join([run["text"] for run in runs])
                size = max(runs, key=_length)["size"]
                bold = all(run["flags"] & _BOLD_FLAG or not run["text"].strip() for run in runs)
                thinnest = min(thinnest, *[run["bbox"][2] - run["bbox"][0] for run in runs if run["text"].strip()], 1.0)
            words = text.split()
            if not words:
                continue
            count += len(words)
            x0, y0, x1, y1 = line["bbox"]
            total += x0 + y0 + x1 + y1
            right, down = line["dir"]
            way = (0 if right >= 0 else 2) if abs(right) >= abs(down) else (1 if down > 0 else 3)
            if way == 0:
                thinnest = min(thinnest, x1 - x0)
                if text[0] == " " or text[-1] == " ":
                    x0 += (len(text) - len(text.lstrip())) * size * _SPACE
                    x1 -= (len(text) - len(text.rstrip())) * size * _SPACE
            found.append(Line(((min(x0, x1), y0, x1, y1, " ".join(words), number, at, 0),), max(size, 1.0), bold, way))
    if count < _ENOUGH or thinnest < _THIN or not math.isfinite(total):
        return []
    return [] if _UNWRITABLE.search("".join([line.words[0][4] for line in found])) else found


def _length(run: Mapping[str, Any]) -> int:
    return len(run["text"].strip())
