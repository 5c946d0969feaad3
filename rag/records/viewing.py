"""What the viewer shows of a source."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    """A cell as it is displayed, with what lies beneath; nobody sees what is in a *hidden* row or column. *calculated*
    says that the file stores no result and it was calculated here, *not_calculated* why there is none.
    """

    text: str
    value: str = ""
    formula: str = ""
    calculated: bool = False
    not_calculated: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetWindow:
    """Part of a sheet around some cells: ``cells[i][j]`` stands in row ``rows[i]`` and column ``columns[j]``.

    ``spans[i, j]`` tells over how many of these rows and columns a cell stands that is merged with others; those have
    none, and are empty. *unseen* are those of the *sheets* whose tabs the workbook hides.
    """

    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: tuple[tuple[SheetCell, ...], ...]
    spans: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()
