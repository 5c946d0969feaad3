"""Pages whose text runs up or down the page as it is shown: a wide table that was put on an upright page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rag.reading.pdf.blocks.layout import Line

_MOST = 0.7  # of the words of a page; running heads often stand upright
_FEWEST = 20  # words
_QUARTERS = 4


def turn_of(lines: Sequence[Line]) -> int:
    """By how many degrees, clockwise, a page with *lines* is turned to be read: 0 for most, or else 90, 180 or 270."""
    words = Counter[int]()
    for line in lines:
        words[line.way] += len(line.words)
    way, count = max(words.items(), key=lambda item: item[1], default=(0, 0))
    return 90 * (-way % _QUARTERS) if count >= max(_FEWEST, _MOST * words.total()) else 0


@contextmanager
def turned(page: Any, degrees: int) -> Iterator[None]:
    """*page*, which is MuPDF's, is shown turned by *degrees* for a while: what is read of it is, too."""
    rotation = page.rotation
    page.set_rotation((rotation + degrees) % 360)
    try:
        yield
    finally:
        page.set_rotation(rotation)
