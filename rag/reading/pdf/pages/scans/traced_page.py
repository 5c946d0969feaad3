"""The words that OCR read, set in type on an empty page: the layout models see type, and nothing in a picture."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from rag.reading.pdf.blocks.layout import Corners, Line, is_cjk
from rag.reading.pdf.pages.mupdf import MUPDF
from rag.reading.pdf.pages.raw_page import Region
from rag.reading.pdf.pages.regions import regions_of

_DEPTH = 0.22  # of the height of a word is below its base line


def regions_of_words(
    lines: Sequence[Line], width: float, height: float, rules: Sequence[Corners] = ()
) -> tuple[Region, ...]:
    """The regions that *lines* make on a page of *width* and *height*, where *rules* are drawn; none where most of the
    lines are turned.

    :raises Exception: of many kinds, when the models cannot make out the page
    """
    level = [line for line in lines if line.way == 0]
    if 2 * len(level) <= len(lines):
        return ()
    with _traced(level, width, height, rules) as page:
        return regions_of(page)


@contextmanager
def _traced(lines: Sequence[Line], width: float, height: float, rules: Sequence[Corners]) -> Iterator[Any]:
    with MUPDF.open() as document:
        page = document.new_page(width=width, height=height)
        writer = MUPDF.TextWriter(page.rect)
        for line in lines:
            for x0, y0, x1, y1, text, *_ in line.words:
                font = _font("china-s" if any(map(is_cjk, text)) else "helv")
                size = min((x1 - x0) / max(font.text_length(text, 1.0), 0.1), y1 - y0)
                writer.append((x0, y1 - _DEPTH * (y1 - y0)), text, font=font, fontsize=max(size, 1.0))
        writer.write_text(page)
        if rules:
            shape = page.new_shape()
            for rule in rules:
                shape.draw_rect(rule)
            shape.finish(color=None, fill=(0.0, 0.0, 0.0))
            shape.commit()
        yield page


@cache
def _font(name: str) -> Any:
    return MUPDF.Font(name)
