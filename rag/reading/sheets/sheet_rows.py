"""The rows of a sheet in an .xlsx package, as a stream: what each cell holds, its formula, and what it shows."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import IO, Literal, NamedTuple
from xml.etree import ElementTree as ET

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator
from openpyxl.utils.datetime import from_ISO8601

from rag.reading.sheets.number_format import displayed, is_date_format
from rag.records import cell_name

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LARGEST_IN_MEMORY = 2**28
_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_SHARED_FORMULA = re.compile(rb'<f [^>]*"shared"[^>/]*>[^<]')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


class Shared(NamedTuple):
    """What the cells of all sheets refer to."""

    strings: Sequence[str]
    formats: Sequence[str]
    since_1904: bool


StoredKind = Literal["number", "date", "text", "boolean", "error"]
_KINDS: dict[str, StoredKind] = {"b": "boolean", "e": "error", "d": "date"}


class StoredCell(NamedTuple):
    """A cell that holds something. *value* is its number (not of a date), *stored* its value as text without format.

    *formula* is empty or begins with ``=``; a formula without a result is not *calculated*, and shows itself. A date
    is *stored* as its number of days, or in ISO 8601.
    """

    row: int
    column: int
    text: str
    value: float | None
    stored: str
    formula: str
    calculated: bool
    kind: StoredKind


@dataclass(slots=True)
class Sheet:
    """A sheet of cells; *merged* is known when its rows have been read to the end."""

    name: str
    hidden: bool
    shared: Shared
    open: Callable[[], IO[bytes]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def rows(self, wanted: Container[int] | None = None, *, formulas: bool = False) -> Iterator[list[StoredCell]]:
        """The cells of each row that has any, in the order of the file; when given, only of the rows in *wanted*.

        Without *formulas*, a formula that many cells share is given as the first of them has it.

        :raises xml.etree.ElementTree.ParseError: or another of ``Broken``, where the part is broken
        """
        self.merged = []
        stream = _RowReader(self.shared, formulas=formulas)
        with self.open() if wanted is None else _narrowed(self.open, wanted) as source:
            data: ET.Element | None = None
            for event, element in ET.iterparse(source, ("start", "end")):  # noqa: S314 - parts with a DTD are refused
                tag = element.tag
                if event == "start":
                    if tag.endswith("}sheetData"):
                        data = element
                elif tag.endswith("}row"):
                    cells = stream.cells(element, wanted)
                    (element if data is None else data).clear()
                    if cells:
                        yield cells
                elif tag.endswith("}mergeCell"):
                    with suppress(ValueError):
                        self.merged.append(corners(element.get("ref", "")))
                    element.clear()


def _narrowed(open_part: Callable[[], IO[bytes]], wanted: Container[int]) -> IO[bytes]:
    """The XML of a sheet with only the rows in *wanted* and those whose formulas others share; finding rows among bytes
    is twenty times as quick as parsing them. The whole part where it is too large, or its rows have no numbers.
    """
    with open_part() as source:
        data = source.read(_LARGEST_IN_MEMORY)
        whole = not source.read(1)
    end = data.rfind(b"</sheetData>")
    starts = [(match.start(), int(match[1])) for match in _ROW.finditer(data, 0, max(0, end))]
    if not whole or not starts or len(starts) != data.count(b"<row ") + data.count(b"<row>"):
        return open_part()
    shares = b'"shared"' in data
    kept = [data[: starts[0][0]]]
    for (start, row), (beyond, _) in pairwise([*starts, (end, 0)]):
        if row in wanted or (shares and _SHARED_FORMULA.search(data, start, beyond)):
            kept.append(data[start:beyond])
    return BytesIO(b"".join([*kept, data[end:]]))


class _RowReader:
    """Turns row elements into cells; rows and cells without an address follow the one before."""

    def __init__(self, shared: Shared, *, formulas: bool) -> None:
        self._formulas = formulas
        self._strings = shared.strings
        self._formats = shared.formats
        self._since_1904 = shared.since_1904
        self._row = 0
        self._first: dict[str, tuple[str, str]] = {}

    def cells(self, row: ET.Element, wanted: Container[int] | None) -> list[StoredCell]:
        number = row.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        cells: list[StoredCell] = []
        if wanted is not None and self._row not in wanted:
            if self._formulas and next(row.iter(f"{row.tag[:-3]}f"), None) is not None:
                self._note_formulas(row)
            return cells
        column = 0
        for element in row:
            address = element.get("r")
            column = _column(address.rstrip("0123456789")) if address else column + 1
            if 0 < self._row <= _LAST_ROW and 0 < column <= _LAST_COLUMN and len(element):
                cell = self._cell(element, column)
                if cell is not None:
                    cells.append(cell)
        return cells

    def _note_formulas(self, row: ET.Element) -> None:
        """Remember the formulas that cells further down share."""
        for element in row:
            formula = element.find(f"{row.tag[:-3]}f")
            address = element.get("r")
            if formula is not None and address and formula.text and formula.get("t") == "shared":
                self._first[formula.get("si", "")] = (f"={formula.text}", address)

    def _cell(self, element: ET.Element, column: int) -> StoredCell | None:
        raw: str | None = None
        inline = ""
        formula: ET.Element | None = None
        for child in element:
            tag = child.tag
            if tag.endswith("}v"):
                raw = child.text
            elif tag.endswith("}f"):
                formula = child
            elif tag.endswith("}is"):
                inline = text_of(child)
        kind = element.get("t", "n")
        written = "" if formula is None else self._formula(formula, column, wanted=self._formulas or not raw)
        if written and not (raw or inline) and kind != "str":
            return StoredCell(self._row, column, written, None, "", written, calculated=False, kind="text")
        style = element.get("s", "0")
        index = int(style) if style.isdecimal() else 0
        number_format = self._formats[index] if index < len(self._formats) else "General"
        text, value, stored = self._shown(kind, inline if kind == "inlineStr" else raw or "", number_format)
        if not text.strip() and not written:
            return None
        known = _KINDS.get(kind, "text") if kind != "n" else "date" if value is None and stored else "number"
        return StoredCell(self._row, column, text, value, stored, written, calculated=True, kind=known)

    def _shown(self, kind: str, raw: str, number_format: str) -> tuple[str, float | None, str]:
        """What the cell shows, its number, and its value as text."""
        if kind == "n":
            try:
                number = float(raw) if raw else None
            except ValueError:
                return raw, None, raw
            if number is None:
                return "", None, ""
            text = displayed(number, number_format, since_1904=self._since_1904)
            return text, None if is_date_format(number_format) else number, raw
        if kind == "s":
            text = self._strings[int(raw)] if raw.isdecimal() and int(raw) < len(self._strings) else ""
        elif kind == "b":
            text = "FALSE" if raw.strip() in {"0", "false"} else "TRUE"
        elif kind == "d":
            with suppress(ValueError):
                moment = from_ISO8601(raw)  # type: ignore[no-untyped-call]
                return displayed(moment, number_format), None, raw
            text = raw
        else:
            text = _plain(raw)
        return displayed(text, number_format), None, text

    def _formula(self, element: ET.Element, column: int, *, wanted: bool) -> str:
        """The formula with its ``=``; one that is shared is copied to this cell when *wanted*, for that is slow."""
        text, shared = element.text or "", element.get("si", "")
        if element.get("t") != "shared":
            return f"={text}" if text else ""
        here = cell_name(self._row, column)
        if text:
            self._first[shared] = (f"={text}", here)
            return f"={text}"
        first, origin = self._first.get(shared, ("", ""))
        if not first or not wanted:
            return first
        try:
            return str(Translator(first, origin).translate_formula(here))
        except (TokenizerError, ValueError, IndexError):
            return first


@lru_cache(20_000)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column if letters.isascii() and letters.isalpha() else 0


def corners(area: str) -> tuple[int, int, int, int]:
    """Top row, left column, bottom row and right column of ``$B$2:C3``.

    :raises ValueError: when *area* is no area of a sheet
    """
    match = _AREA.fullmatch(area.upper())
    if match is None:
        raise ValueError(f"not an area: {area!r}")
    top, left = int(match[2]), _column(match[1])
    bottom, right = (int(match[4]), _column(match[3])) if match[3] else (top, left)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def text_of(element: ET.Element) -> str:
    """The text of a string with its runs, without the sounds that Japanese puts above words."""
    parts = []
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(run.text or "" for run in child if run.tag.endswith("}t"))
    return _plain("".join(parts))


def _plain(text: str) -> str:
    """*text* with the characters that the format writes as ``_x000D_``; half a pair of surrogates is none."""
    if "_x" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number) if number >= 32 or number in {9, 10, 13} else ""
