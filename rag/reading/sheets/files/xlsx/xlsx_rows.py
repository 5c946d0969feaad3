"""The rows of a sheet in an .xlsx package, as a stream: what each cell holds, its formula, and what it shows."""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import IO, NamedTuple
from xml.etree import ElementTree as ET

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator
from openpyxl.utils.datetime import from_ISO8601

from rag.reading.sheets.files.xlsx.plain_sheet import PlainSheet
from rag.reading.sheets.files.xlsx.xlsx_narrowed import around_rows, narrowed
from rag.reading.sheets.formats.number_format import displayed, is_date_format
from rag.reading.sheets.stored import (
    LAST_COLUMN,
    LAST_ROW,
    At,
    CellLink,
    Choices,
    Facts,
    StoredCell,
    StoredKind,
    clean,
    column_number,
    corners,
    open_formula,
)
from rag.records import cell_name

_TRUE = frozenset({"1", "true", "on"})
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Shared(NamedTuple):
    """What the cells of all sheets refer to; a style is a number format, and how far text is set in."""

    strings: Sequence[str]
    styles: Sequence[tuple[str, int]]
    since_1904: bool


_KINDS: dict[str, StoredKind] = {"b": "boolean", "e": "error", "d": "date"}


def stream(
    shared: Shared,
    open_part: Callable[[], IO[bytes]],
    links: Mapping[str, str],
    wanted: Container[int] | None,
    formulas: bool,
    facts: Facts,
) -> Iterator[list[StoredCell]]:
    """The rows of the sheet that *open_part* gives; *links* are the targets of its relations."""
    reader = _RowReader(shared, facts.hidden_columns, formulas=formulas)
    if wanted is None:
        with open_part() as source:
            plain = PlainSheet.of(source)
            if plain is not None:
                yield from _of_plain(plain, reader, links, facts)
                return
    with open_part() if wanted is None else narrowed(open_part, wanted) if wanted else around_rows(open_part) as source:
        yield from _of_any(source, reader, links, wanted, facts)


def _of_plain(
    plain: PlainSheet, reader: "_RowReader", links: Mapping[str, str], facts: Facts
) -> Iterator[list[StoredCell]]:
    for element in plain.before():
        if element.tag.endswith("}col"):
            reader.note_columns(element)
    for row in plain.rows():
        if cells := reader.cells(row, None):
            yield cells
    for element in plain.behind():
        _note(element.tag.rpartition("}")[2], element, links, facts)


def _of_any(
    source: IO[bytes], reader: "_RowReader", links: Mapping[str, str], wanted: Container[int] | None, facts: Facts
) -> Iterator[list[StoredCell]]:
    data: ET.Element | None = None
    row_tag = ""
    for event, element in ET.iterparse(source, ("start", "end")):  # noqa: S314 - parts with a DTD are refused
        tag = element.tag
        if row_tag and data is not None:
            if tag == row_tag and event == "end":
                cells = reader.cells(element, wanted)
                data.clear()
                if cells:
                    yield cells
            elif element is data:
                row_tag = ""
        elif event == "start":
            if tag.endswith("}sheetData"):
                data, row_tag = element, tag[: -len("sheetData")] + "row"
        elif tag.endswith("}col"):
            reader.note_columns(element)
        else:
            _note(tag.rpartition("}")[2], element, links, facts)


def _note(tag: str, element: ET.Element, links: Mapping[str, str], facts: Facts) -> None:
    """Add to *facts* what stands around the rows."""
    area = element.get("ref", "")
    match tag:
        case "mergeCell":
            with suppress(ValueError):
                facts.merged.append(corners(area))
            element.clear()
        case "autoFilter":
            with suppress(ValueError):
                facts.filters.append(corners(area))
        case "hyperlink":
            ids = [value for key, value in element.items() if key.endswith("}id")]
            inside = element.get("location", "")
            target = links.get(ids[0], "") if ids else ""
            if target or inside:
                with suppress(ValueError):
                    facts.links.append(CellLink(corners(area), f"{target}#{inside}" if inside else target))
        case "dataValidation" if element.get("type") == "list":
            formula = next((child.text or "" for child in element if child.tag.endswith("}formula1")), "")
            if formula:
                facts.choices.append(Choices(element.get("sqref", ""), formula.strip('"')))


class _RowReader:
    """Turns row elements into cells; rows and cells without an address follow the one before."""

    def __init__(self, shared: Shared, hidden_columns: set[int], *, formulas: bool) -> None:
        self._formulas = formulas
        self._strings = shared.strings
        self._styles = shared.styles
        self._since_1904 = shared.since_1904
        self._row = 0
        self._first: dict[str, tuple[str, str]] = {}
        self._hidden_columns = hidden_columns
        self._hidden_row = False

    def note_columns(self, element: ET.Element) -> None:
        """Remember columns that are not shown."""
        first, last = element.get("min", ""), element.get("max", "")
        if element.get("hidden", "0") in _TRUE and first.isdecimal() and last.isdecimal():
            self._hidden_columns.update(range(int(first), min(int(last), LAST_COLUMN) + 1))

    def cells(self, row: ET.Element, wanted: Container[int] | None) -> list[StoredCell]:
        number = row.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._hidden_row = row.get("hidden", "0") in _TRUE
        cells: list[StoredCell] = []
        if wanted is not None and self._row not in wanted:
            if self._formulas and next(row.iter(f"{row.tag[:-3]}f"), None) is not None:
                self._note_formulas(row)
            return cells
        column = 0
        for element in row:
            address = element.get("r")
            column = _column(address.rstrip("0123456789")) if address else column + 1
            if 0 < self._row <= LAST_ROW and 0 < column <= LAST_COLUMN and len(element):
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
            if tag[-2:] == "}v":
                raw = child.text
            elif tag[-2:] == "}f":
                formula = child
            elif tag[-3:] == "}is":
                inline = text_of(child)
        kind = element.get("t", "n")
        written = "" if formula is None else self._formula(formula, column, wanted=self._formulas or not raw)
        hidden = self._hidden_row or column in self._hidden_columns
        style = element.get("s", "0")
        index = int(style) if style.isdecimal() else 0
        number_format, indent = self._styles[index] if index < len(self._styles) else ("General", 0)
        if written and not (raw or inline) and kind != "str":
            return open_formula(At(self._row, column, number_format, self._since_1904, written, hidden, indent))
        text, value, stored = self._shown(kind, inline if kind == "inlineStr" else raw or "", number_format)
        if not text.strip() and not written:
            return None
        known = _KINDS.get(kind, "text") if kind != "n" else "date" if value is None and stored else "number"
        return StoredCell(self._row, column, text, value, stored, written, True, known, hidden, indent)

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
                moment = from_ISO8601(raw)  # type: ignore[no-untyped-call]  # openpyxl leaves it untyped
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


_column = lru_cache(20_000)(column_number)


def text_of(element: ET.Element) -> str:
    """The text of a string with its runs, without the sounds that Japanese puts above words."""
    parts = []
    if len(element) == 1 and element[0].tag[-2:] == "}t":
        return _plain(element[0].text or "")
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(run.text or "" for run in child if run.tag.endswith("}t"))
    return _plain("".join(parts))


def _plain(text: str) -> str:
    """*text* with the characters that the format writes as ``_x000D_``."""
    return clean(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text)
