"""The parts of an .xlsb package: as those of .xlsx, but records of bytes in place of XML.

Source: Microsoft, [MS-XLSB], Excel Binary File Format.
"""

import posixpath
import struct
from collections.abc import Container, Iterator
from functools import partial
from pathlib import Path
from typing import IO

from rag.reading.sheets.builtin_formats import format_code
from rag.reading.sheets.formula_tokens import ERRORS
from rag.reading.sheets.package import Package, opened_package
from rag.reading.sheets.stored import (
    LAST_COLUMN,
    At,
    Broken,
    CellLink,
    Facts,
    Sheet,
    State,
    StoredCell,
    Workbook,
    clean,
    number_cell,
    word_cell,
)
from rag.reading.sheets.xls_rows import packed_number

_STATES: tuple[State, ...] = ("visible", "hidden", "very hidden")
_FORMAT, _STYLE, _STYLES, _STYLES_END, _STRING = 44, 47, 617, 618, 19
_PROPERTIES, _SHEET = 153, 156
_ROW, _COLUMNS, _MERGED, _FILTER, _LINK = 0, 60, 176, 161, 494


def opened_xlsb(path: Path, name: str) -> Workbook:
    """Open the .xlsb file at *path*, which its owner calls *name*.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile``
    """
    with opened_package(path, name) as package:
        return _workbook(package)


def _workbook(package: Package) -> Workbook:
    root = package.main_part
    relations = package.relations(root)
    kinds = dict(relations.values())
    folder = posixpath.dirname(root)
    since_1904 = False
    found: list[tuple[str, State, str]] = []
    with package.open(root) as source:
        for kind, body in _records(source):
            if kind == _PROPERTIES:
                since_1904 = bool(body[0] & 1)
            elif kind == _SHEET:
                state = int.from_bytes(body[:4], "little")
                relation, at = _wide(body, 8)
                title, _ = _wide(body, at)
                kind_of_part, part = relations.get(relation, ("", ""))
                if kind_of_part == "worksheet" and part in package:
                    found.append((clean(title), _STATES[min(state, 2)], part))
    strings = _strings(package, kinds.get("sharedStrings", f"{folder}/sharedStrings.bin"))
    formats = _formats(package, kinds.get("styles", f"{folder}/styles.bin"))
    sheets = [
        Sheet(title, state, since_1904, partial(_rows, package, part, (strings, formats, since_1904)))
        for title, state, part in found
    ]
    return Workbook(sheets, package.close)


def _records(source: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Kind and bytes of each record; both kind and length are written in seven bits a byte.

    :raises EOFError: where a record breaks off
    """
    while first := source.read(1):
        kind = first[0]
        if kind & 0x80:
            kind = kind & 0x7F | _byte(source) << 7
        length = 0
        for shift in (0, 7, 14, 21):
            byte = _byte(source)
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        body = source.read(length)
        if len(body) < length:
            raise EOFError
        yield kind, body


def _byte(source: IO[bytes]) -> int:
    byte = source.read(1)
    if not byte:
        raise EOFError
    return byte[0]


def _wide(body: bytes, at: int) -> tuple[str, int]:
    """The text at *at*, and where it ends; a text that is none has a length of all ones."""
    (length,) = struct.unpack_from("<I", body, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _strings(package: Package, part: str) -> list[str]:
    if part not in package:
        return []
    with package.open(part) as source:
        return [clean(_wide(body, 1)[0]) for kind, body in _records(source) if kind == _STRING]


def _formats(package: Package, part: str) -> list[str]:
    """The number format of each cell style."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    if part not in package:
        return []
    inside = False
    with package.open(part) as source:
        for kind, body in _records(source):
            if kind == _FORMAT:
                codes[int.from_bytes(body[:2], "little")] = _wide(body, 2)[0]
            elif kind in {_STYLES, _STYLES_END}:
                inside = kind == _STYLES
            elif kind == _STYLE and inside:
                numbers.append(int.from_bytes(body[2:4], "little"))
    return [format_code(number, codes) for number in numbers]


def _rows(
    package: Package,
    part: str,
    shared: tuple[list[str], list[str], bool],
    wanted: Container[int] | None,
    formulas: bool,  # noqa: ARG001 - only results are read
    facts: Facts,
) -> Iterator[list[StoredCell]]:
    reader = _Reader(*shared, facts)
    with package.open(part) as source:
        try:
            for kind, body in _records(source):
                if kind == _ROW:
                    if reader.cells:
                        yield reader.cells
                    reader.begin_row(body)
                elif 2 <= kind <= 11 or kind == 62:
                    if wanted is None or reader.row in wanted:
                        reader.add(kind, body)
                else:
                    _note(kind, body, package.relations(part) if kind == _LINK else {}, facts)
        except Broken:
            if reader.cells:
                yield reader.cells
            raise
    if reader.cells:
        yield reader.cells


class _Reader:
    """Gathers the cells of a row."""

    def __init__(self, strings: list[str], formats: list[str], since_1904: bool, facts: Facts) -> None:
        self.row = 0
        self.cells: list[StoredCell] = []
        self._strings = strings
        self._formats = formats
        self._since_1904 = since_1904
        self._facts = facts
        self._hidden = False

    def begin_row(self, body: bytes) -> None:
        self.cells = []
        self.row = int.from_bytes(body[:4], "little") + 1
        self._hidden = bool(body[11] & 0x10)

    def add(self, kind: int, body: bytes) -> None:
        column, style = struct.unpack_from("<II", body)
        style &= 0xFFFFFF
        code = self._formats[style] if style < len(self._formats) else "General"
        hidden = self._hidden or column + 1 in self._facts.hidden_columns
        cell = _cell(kind, body, At(self.row, column + 1, code, self._since_1904, "", hidden), self._strings)
        if cell.text.strip():
            self.cells.append(cell)


def _cell(kind: int, body: bytes, at: At, strings: list[str]) -> StoredCell:
    match kind:
        case 2:
            return number_cell(at, packed_number(body, 8))
        case 5 | 9:
            number = struct.unpack_from("<d", body, 8)[0]
            return number_cell(at, number) if number - number == 0 else word_cell(at, "#NUM!", "error")
        case 3 | 11:
            return word_cell(at, ERRORS.get(body[8], "#N/A"), "error")
        case 4 | 10:
            return word_cell(at, "TRUE" if body[8] else "FALSE", "boolean")
        case 7:
            (index,) = struct.unpack_from("<I", body, 8)
            return word_cell(at, strings[index] if index < len(strings) else "")
    return word_cell(at, clean(_wide(body, 9 if kind == 62 else 8)[0]))


def _note(kind: int, body: bytes, relations: dict[str, tuple[str, str]], facts: Facts) -> None:
    """Add to *facts* what stands around the rows."""
    if kind == _COLUMNS and body[16] & 1:
        first, last = struct.unpack_from("<II", body)
        facts.hidden_columns.update(range(first + 1, min(last, LAST_COLUMN - 1) + 2))
    if kind not in {_MERGED, _FILTER, _LINK}:
        return
    top, bottom, left, right = (number + 1 for number in struct.unpack_from("<4I", body))
    if kind == _LINK:
        relation, at = _wide(body, 16)
        inside, _ = _wide(body, at)
        target = relations.get(relation, ("", ""))[1]
        if target or inside:
            facts.links.append(CellLink((top, left, bottom, right), f"{target}#{inside}" if inside else target))
    else:
        (facts.merged if kind == _MERGED else facts.filters).append((top, left, bottom, right))
