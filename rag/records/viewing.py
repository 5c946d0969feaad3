"""What the viewer shows of a source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page drawn as a PNG; *scale* is pixels for each point."""

    number: int
    printed: str | None
    count: int
    png: bytes
    width: int
    height: int
    scale: float


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as it is displayed, with what lies beneath."""

    text: str
    value: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class SheetWindow:
    """Part of a sheet around some cells: ``cells[i][j]`` stands in row ``rows[i]`` and column ``columns[j]``."""

    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: tuple[tuple[SheetCell, ...], ...]
