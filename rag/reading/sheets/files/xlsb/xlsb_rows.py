"""The rows of a sheet in an .xlsb workbook: its records, one after the other."""

import struct
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import IO, NamedTuple

from rag.reading.sheets.files.binary_choices import choices_of
from rag.reading.sheets.files.xls.xls_rows import packed_number
from rag.reading.sheets.formulas.formula_tokens import ERRORS, FormulaBook, formula_text
from rag.reading.sheets.stored import (
    LAST_COLUMN,
    At,
    Broken,
    CellLink,
    Facts,
    StoredCell,
    clean,
    number_cell,
    word_cell,
)

_ROW, _COLUMNS, _MERGED, _FILTER, _LINK, _RULE = 0, 60, 176, 161, 494, 64
_ARRAY, _COMMON_FORMULA = 426, 427
_FORMULAS = range(8, 12)
_POINTS_AT_COMMON = 1


class XlsbShared(NamedTuple):
    """What the sheets of a workbook share."""

    strings: Sequence[str]
    formats: Sequence[str]
    since_1904: bool
    book: FormulaBook


def records(source: IO[bytes]) -> Iterator[tuple[int, bytes]]:
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


def wide_text(body: bytes, at: int) -> tuple[str, int]:
    """The text at *at*, and where it ends; a text that is none has a length of all ones."""
    (length,) = struct.unpack_from("<I", body, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def stream(
    shared: XlsbShared,
    open_part: Callable[[], IO[bytes]],
    relations: Callable[[], Mapping[str, tuple[str, str]]],
    wanted: Container[int] | None,
    formulas: bool,
    facts: Facts,
) -> Iterator[list[StoredCell]]:
    """The rows of the sheet that *open_part* gives."""
    reader = _Reader(shared, _common_formulas(open_part) if formulas else None, facts)
    with open_part() as source:
        try:
            for kind, body in records(source):
                if kind == _ROW:
                    if reader.cells:
                        yield reader.cells
                    reader.begin_row(body)
                elif 2 <= kind <= 11 or kind == 62:
                    if wanted is None or reader.row in wanted:
                        reader.add(kind, body)
                elif kind == _RULE:
                    with suppress(*Broken):
                        choices = choices_of(body, shared.book)
                        facts.choices += [choices] if choices else []
                else:
                    _note(kind, body, relations() if kind == _LINK else {}, facts)
        except Broken:
            if reader.cells:
                yield reader.cells
            raise
    if reader.cells:
        yield reader.cells


def _common_formulas(open_part: Callable[[], IO[bytes]]) -> dict[tuple[int, int], bytes]:
    """The formulas that several cells share, by row and column of the first of them: they stand behind it."""
    found: dict[tuple[int, int], bytes] = {}
    row = column = 0
    with suppress(*Broken), open_part() as source:
        for kind, body in records(source):
            if kind == _ROW:
                row = int.from_bytes(body[:4], "little")
            elif kind in _FORMULAS:
                column = int.from_bytes(body[:4], "little")
            elif kind in {_ARRAY, _COMMON_FORMULA}:
                at = 16 + (kind == _ARRAY)
                found[row, column] = _code(body, at)
    return found


def _code(body: bytes, at: int) -> bytes:
    """A formula, behind its length."""
    (length,) = struct.unpack_from("<I", body, at)
    return body[at + 4 : at + 4 + length]


class _Reader:
    """Gathers the cells of a row; formulas are written out when those that cells share are known."""

    def __init__(self, shared: XlsbShared, common: dict[tuple[int, int], bytes] | None, facts: Facts) -> None:
        self.row = 0
        self.cells: list[StoredCell] = []
        self._shared = shared
        self._common = common
        self._facts = facts
        self._hidden = False

    def begin_row(self, body: bytes) -> None:
        self.cells = []
        self.row = int.from_bytes(body[:4], "little") + 1
        self._hidden = bool(body[11] & 0x10)

    def add(self, kind: int, body: bytes) -> None:
        column, style = struct.unpack_from("<II", body)
        style &= 0xFFFFFF
        formats = self._shared.formats
        code = formats[style] if style < len(formats) else "General"
        hidden = self._hidden or column + 1 in self._facts.hidden_columns
        written = self._formula(kind, body, column) if kind in _FORMULAS and self._common is not None else ""
        at = At(self.row, column + 1, code, self._shared.since_1904, written, hidden)
        cell = _cell(kind, body, at, self._shared.strings)
        if cell.text.strip() or written:
            self.cells.append(cell)

    def _formula(self, kind: int, body: bytes, column: int) -> str:
        """The formula behind the result, and two bytes of flags."""
        at = 16 if kind == 9 else wide_text(body, 8)[1] if kind == 8 else 9
        code = _code(body, at + 2)
        if code[:1] == bytes([_POINTS_AT_COMMON]):
            behind = _code(body, at + 6 + len(code))
            first = (int.from_bytes(code[1:5], "little"), int.from_bytes(behind[:4], "little"))
            code = (self._common or {}).get(first, b"")
        return formula_text(code, self._shared.book, self.row, column + 1)


def _cell(kind: int, body: bytes, at: At, strings: Sequence[str]) -> StoredCell:
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
    return word_cell(at, clean(wide_text(body, 9 if kind == 62 else 8)[0]))


def _note(kind: int, body: bytes, relations: Mapping[str, tuple[str, str]], facts: Facts) -> None:
    """Add to *facts* what stands around the rows."""
    if kind == _COLUMNS and body[16] & 1:
        first, last = struct.unpack_from("<II", body)
        facts.hidden_columns.update(range(first + 1, min(last, LAST_COLUMN - 1) + 2))
    if kind not in {_MERGED, _FILTER, _LINK}:
        return
    top, bottom, left, right = (number + 1 for number in struct.unpack_from("<4I", body))
    if kind == _LINK:
        relation, at = wide_text(body, 16)
        inside, _ = wide_text(body, at)
        target = relations.get(relation, ("", ""))[1]
        if target or inside:
            facts.links.append(CellLink((top, left, bottom, right), f"{target}#{inside}" if inside else target))
    else:
        (facts.merged if kind == _MERGED else facts.filters).append((top, left, bottom, right))
