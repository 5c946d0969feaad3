"""Words that nobody sees who looks at the page: without ink, in the colour of the paper, tiny, covered or beside it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rag.reading.pdf.blocks.layout import Corners, Word, holds
from rag.reading.pdf.pages.paint.page_paint import PagePaint

LineKey = tuple[int, int]
"""MuPDF's numbers of block and line."""

_TINY = 2.0
_THIN = 0.01
_PALE = 0xF0
_INKED = 16 | 32  # MuPDF's flags: the glyphs are filled, or outlined
_GROUND = frozenset({"fill-path", "fill-image", "fill-imgmask", "fill-shade"})
_PICTURE = frozenset({"fill-image", "fill-imgmask"})
_TELLS = re.compile(r"[^\W_]")  # a tick without ink names the box that is drawn under it
_SMUGGLED = re.compile("[\U000e0000-\U000e007f]")  # letters that no font draws


def parted(
    words: Sequence[Word], text: str, blocks: Iterable[Mapping[str, Any]], paint: PagePaint
) -> tuple[list[Word], list[Word]]:
    """*words*, which spell *text*, that can be seen, and those that cannot; *blocks* as ``extractDICT`` gives them."""
    runs = _unseen_runs(blocks, paint)
    smuggled = _SMUGGLED.search(text) is not None
    if not runs and not smuggled and min([word[2] - word[0] for word in words], default=1.0) >= _THIN:
        return list(words), []
    odd = {
        at
        for at, word in enumerate(words)
        if word[2] - word[0] < _THIN or (smuggled and _SMUGGLED.match(word[4])) or (runs and (word[5], word[6]) in runs)
    }
    odd = {at for at in odd if _hides(words[at], runs.get((words[at][5], words[at][6]), ()))}
    if not odd:
        return list(words), []
    return [word for at, word in enumerate(words) if at not in odd], [words[at] for at in sorted(odd)]


def may_hide(blocks: Iterable[Mapping[str, Any]], text: str, paint: PagePaint) -> bool:
    """Whether a page, which spells *text*, may have words that cannot be seen, as far as runs of text tell."""
    return _SMUGGLED.search(text) is not None or bool(_unseen_runs(blocks, paint))


def _hides(word: Word, runs: Sequence[Corners]) -> bool:
    """Whether *word* has no width, is spelt in letters no font draws, or is in one of *runs*."""
    x0, y0, x1, y1, text = word[:5]
    if (x1 - x0 < _THIN and y1 - y0 > _TINY and len(text) > 1) or not _SMUGGLED.sub("", text):
        return True
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return _TELLS.search(text) is not None and any(
        left - 0.1 <= x <= right + 0.1 and top - 0.1 <= y <= foot + 0.1 for left, top, right, foot in runs
    )


def _unseen_runs(blocks: Iterable[Mapping[str, Any]], paint: PagePaint) -> dict[LineKey, list[Corners]]:
    """Runs of text that cannot be seen, by their line.

    What is written without ink over a picture is what OCR once read in it, and counts as seen; so does white on
    anything that is painted.
    """
    found: dict[LineKey, list[Corners]] = {}
    for block in blocks:
        for number, line in enumerate(block.get("lines", ())):
            for span in line["spans"]:
                color = span["color"]
                if (
                    (span["size"] < _TINY or not span["alpha"] or not span["char_flags"] & _INKED)
                    or (color & 255 >= _PALE and color >> 8 & 255 >= _PALE and color >> 16 >= _PALE)
                ) and _is_unseen(span, paint):
                    found.setdefault((block["number"], number), []).append(span["bbox"])
    return found


def _is_unseen(span: Mapping[str, Any], paint: PagePaint) -> bool:
    if not span["text"].strip():
        return False
    if span["size"] < _TINY:
        return True
    inked = span["alpha"] and span["char_flags"] & _INKED
    ground = _GROUND if inked else _PICTURE
    return not any(kind in ground and holds(box, span["bbox"]) for kind, box in paint.log)
