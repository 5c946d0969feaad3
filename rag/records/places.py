"""Where words stand. Pages, rows and columns are counted from 1; boxes are in points, from the top left corner of a
page as it is shown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """A place on a page: *number* opens the viewer, *printed* is what people quote."""

    number: int
    printed: str | None = None
    box: Box | None = None

    @property
    def label(self) -> str:
        """``p. 212 (printed F-12)``."""
        if self.printed is None or self.printed == str(self.number):
            return f"p. {self.number}"
        return f"p. {self.number} (printed {self.printed})"


@dataclass(frozen=True, slots=True)
class Cells:
    """A place on a sheet: one cell (``C12``) or an area (``A2:F40``)."""

    sheet: str
    area: str

    @property
    def label(self) -> str:
        """``P&L!A2:F40``."""
        return f"{self.sheet}!{self.area}"


Place = Page | Cells


_CELL = re.compile(r"([A-Z]+)(\d+)")


def cell_name(row: int, column: int) -> str:
    """``C12`` for row 12 and column 3."""
    return f"{_letters(column)}{row}"


@lru_cache(16_384)
def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_corners(area: str) -> tuple[int, int, int, int]:
    """Top row, left column, bottom row and right column of ``C12`` or ``A2:F40``.

    :raises ValueError: when *area* is neither
    """
    first, colon, last = area.partition(":")
    top, left = _corner(first, area)
    if not colon:
        return top, left, top, left
    bottom, right = _corner(last, area)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def area_name(corners: tuple[int, int, int, int]) -> str:
    """``C12`` or ``A2:F40``, of which ``cell_corners`` gives these *corners*."""
    top, left, bottom, right = corners
    first, last = cell_name(top, left), cell_name(bottom, right)
    return first if first == last else f"{first}:{last}"


def _corner(name: str, area: str) -> tuple[int, int]:
    match = _CELL.fullmatch(name)
    if match is None:
        raise ValueError(f"not a cell or an area: {area!r}")
    return int(match[2]), _column(match[1])


@lru_cache(16_384)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def areas(places: Iterable[Place]) -> tuple[Place, ...]:
    """The smallest places that hold all of *places*: one for each page, with the box around them, or for each sheet."""
    pages: dict[int, Page] = {}
    sheets: dict[str, tuple[int, int, int, int]] = {}
    for place in places:
        if isinstance(place, Page):
            known = pages.get(place.number)
            box = _around(known.box if known else None, place.box)
            pages[place.number] = Page(place.number, place.printed, box)
            continue
        top, left, bottom, right = cell_corners(place.area)
        if (others := sheets.get(place.sheet)) is not None:
            top, left = min(others[0], top), min(others[1], left)
            bottom, right = max(others[2], bottom), max(others[3], right)
        sheets[place.sheet] = (top, left, bottom, right)
    found: list[Place] = [pages[number] for number in sorted(pages)]
    found += (Cells(sheet, area_name(corners)) for sheet, corners in sheets.items())
    return tuple(found)


def _around(first: Box | None, second: Box | None) -> Box | None:
    if first is None or second is None:
        return first or second
    return Box(min(first.x0, second.x0), min(first.y0, second.y0), max(first.x1, second.x1), max(first.y1, second.y1))
