"""Ticks, crosses and other signs of the font ZapfDingbats, of which MuPDF gives the codes: a tick would be a ``3``."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from rag.reading.pdf.blocks.layout import Word

_FONT = "Dingbats"
_LINE_OF = itemgetter(5, 6)
_SIGNS = {code: 0x2700 + code - 0x20 for code in range(0x21, 0x7F)}
_SIGNS |= {
    0x25: 0x260E, 0x2A: 0x261B, 0x2B: 0x261E, 0x48: 0x2605, 0x6C: 0x25CF, 0x6E: 0x25A0, 0x73: 0x25B2, 0x74: 0x25BC,
    0x75: 0x25C6, 0x77: 0x25D7,
}  # fmt: skip
"""By the encoding of the standard font ZapfDingbats (ISO 32000-1, annex D.6) and the names that Unicode has for it."""


def has_dingbats(runs: Sequence[Mapping[str, Any]]) -> bool:
    """Whether *runs* of text, as ``extractDICT`` gives them, have any of those signs."""
    return any(_FONT in font for font in {run["font"] for run in runs})


def with_signs(words: Sequence[Word], blocks: Sequence[Mapping[str, Any]]) -> list[Word]:
    """*words* of *blocks* with the signs that are seen there."""
    boxes = {
        (block["number"], number): [span["bbox"] for span in line["spans"] if _FONT in span["font"]]
        for block in blocks
        for number, line in enumerate(block.get("lines", ()))
    }
    return [
        (*word[:4], word[4].translate(_SIGNS), *word[5:]) if _stands_in(word, boxes.get(_LINE_OF(word), ())) else word
        for word in words
    ]


def _stands_in(word: Word, boxes: Sequence[Sequence[float]]) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes)
