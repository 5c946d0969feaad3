"""A workbook as it is stored, whatever its format: sheets that give their cells row by row, and what else they hold."""

import csv
import re
import struct
import zipfile
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Self
from xml.etree import ElementTree as ET
from zlib import error as DeflateError  # noqa: N812 - its name in zlib is lower case

from rag.reading.sheets.formats.number_format import NO_MOMENT, displayed, is_date_format
from rag.records import NOT_CALCULATED

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_CONTROLS = {code: None for code in range(32) if code not in {9, 10}} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_LINE_ENDS = re.compile(r"\r\n?")

Broken = (
    ET.ParseError,
    zipfile.BadZipFile,
    DeflateError,
    EOFError,
    NotImplementedError,
    ValueError,
    LookupError,
    OverflowError,
    struct.error,
    csv.Error,
)
"""What reading a broken file raises."""

Area = tuple[int, int, int, int]
"""Top row, left column, bottom row and right column."""

StoredKind = Literal["number", "date", "text", "boolean", "error"]
State = Literal["visible", "hidden", "very hidden"]
NotCalculated = Literal["", "cycle", "error", "foreign", "large", "missing", "unsure", "volatile"]
"""Why a formula has no result: it leads back to itself, comes to an error, leads to another file or to a table by name,
is one of too many, names what is not there, may mean something else, or depends on the moment or on chance.
"""


class StoredCell(NamedTuple):
    """A cell that holds something. *value* is its number (not of a date), *stored* its value as text without format.

    *formula* is empty or begins with ``=``. One without a stored result is not *calculated*, for a *reason*, and says
    so; when its result is *ours*, it was calculated here, and shown by its format *code*. A date is *stored* as its
    number of days, or in ISO 8601. What stands in a *hidden* row or column nobody sees. *indent* is how many steps its
    text is set in by its style.
    """

    row: int
    column: int
    text: str
    value: float | None
    stored: str
    formula: str
    calculated: bool
    kind: StoredKind
    hidden: bool = False
    indent: int = 0
    code: str = "General"
    ours: bool = False
    reason: NotCalculated = ""

    @property
    def level(self) -> int:
        """How far its text is set in, by its style or by spaces; an ideographic space is as wide as two."""
        if self.kind != "text" or not (self.indent or self.text[:1].isspace()):
            return 0
        before = self.text[: len(self.text) - len(self.text.lstrip())]
        return self.indent + (len(before) + before.count("\u3000") + 1) // 2

    @property
    def seen(self) -> str:
        """The text without space around it; a row of ``#`` is as long as in a column of usual width."""
        return "########" if self.text is NO_MOMENT else self.text.strip()


class Remark(NamedTuple):
    """What somebody wrote beside a cell."""

    cell: str
    text: str
    author: str


class CellLink(NamedTuple):
    """Where a click on an area leads: an address, or a place in the workbook that begins with ``#``."""

    area: Area
    target: str


class Choices(NamedTuple):
    """What may be filled in: a list parted by commas, or the area that holds it."""

    area: str
    choices: str


class DefinedTable(NamedTuple):
    """An area that somebody made a table of, and named."""

    name: str
    area: Area


class Drawing(NamedTuple):
    """A picture or a chart over some cells; *words* are a picture's caption, or tell what a chart shows.

    *load* gives the bytes of a picture, as they are stored; a chart has none.
    """

    area: Area
    words: str
    load: Callable[[], bytes] | None = None


@dataclass(slots=True)
class Facts:
    """What is known of a sheet when its rows have been read to the end, and its *hidden_columns* before.

    Hidden rows inside the areas of *filters* are hidden by them.
    """

    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    filters: list[Area] = field(default_factory=list)
    links: list[CellLink] = field(default_factory=list)
    choices: list[Choices] = field(default_factory=list)


Stream = Callable[[Container[int] | None, bool, Facts], Iterator[list[StoredCell]]]


@dataclass(slots=True)
class Sheet:
    """A sheet of cells; its *facts* are complete when its rows have been read to the end."""

    name: str
    state: State
    since_1904: bool
    stream: Stream
    remarks: Callable[[], list[Remark]] = list
    tables: Callable[[], list[DefinedTable]] = list
    drawings: Callable[[], list[Drawing]] = list
    facts: Facts = field(default_factory=Facts)

    @property
    def hidden(self) -> bool:
        """Whether its tab is not shown."""
        return self.state != "visible"

    def rows(self, wanted: Container[int] | None = None, *, formulas: bool = False) -> Iterator[list[StoredCell]]:
        """The cells of each row that has any, in the order of the file; when given, only of the rows in *wanted*.

        Without *formulas*, a formula that is slow to write out is given as its neighbour has it, or not at all.

        :raises xml.etree.ElementTree.ParseError: or another of ``Broken``, where the sheet is broken
        """
        self.facts = Facts()
        return self.stream(wanted, formulas, self.facts)


@dataclass(slots=True)
class Workbook:
    """An open workbook: the sheets with cells, in the order of their tabs, and the names that are defined in it."""

    sheets: list[Sheet]
    close: Callable[[], None] = lambda: None
    names: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()


class At(NamedTuple):
    """Where a cell stands, what formats it, and its formula."""

    row: int
    column: int
    code: str = "General"
    since_1904: bool = False
    formula: str = ""
    hidden: bool = False
    indent: int = 0


def number_cell(at: At, number: float) -> StoredCell:
    """A cell that holds *number*; a date too is a number."""
    text = displayed(number, at.code, since_1904=at.since_1904)
    written = str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
    kind: StoredKind = "date" if is_date_format(at.code) else "number"
    value = number if kind == "number" else None
    return StoredCell(at.row, at.column, text, value, written, at.formula, True, kind, at.hidden)


def word_cell(at: At, words: str, kind: StoredKind = "text") -> StoredCell:
    """A cell that holds words, ``TRUE`` or ``FALSE``, or the sign of an error."""
    text = displayed(words, at.code) if kind == "text" else words
    return StoredCell(at.row, at.column, text, None, words, at.formula, True, kind, at.hidden, at.indent)


def open_formula(at: At) -> StoredCell:
    """A formula without a stored result."""
    shown = StoredCell(at.row, at.column, NOT_CALCULATED, None, "", at.formula, False, "text", at.hidden, at.indent)
    return shown._replace(code=at.code, reason="unsure")


def clean(text: str) -> str:
    """*text* without control characters; half a pair of surrogates is no character."""
    return text if text.isprintable() else _LINE_ENDS.sub("\n", text).translate(_CONTROLS)


def corners(area: str) -> Area:
    """Top row, left column, bottom row and right column of ``$B$2:C3``.

    :raises ValueError: when *area* is no area of a sheet
    """
    match = _AREA.fullmatch(area.upper())
    if match is None:
        raise ValueError(f"not an area: {area!r}")
    top, left = int(match[2]), column_number(match[1])
    bottom, right = (int(match[4]), column_number(match[3])) if match[3] else (top, left)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def column_number(letters: str) -> int:
    """28 for ``AB``; 0 when *letters* name no column."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column if letters.isascii() and letters.isalpha() else 0


def quoted(sheet: str) -> str:
    """The name of a sheet as it stands in a formula, before its ``!``."""
    plain = sheet.replace("_", "a").isalnum() and not sheet[:1].isdecimal()
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"
