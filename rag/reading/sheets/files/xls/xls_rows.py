"""The rows of a sheet in an .xls workbook: its records, one after the other."""

import struct
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from rag.reading.sheets.files.binary_choices import choices_of
from rag.reading.sheets.formulas.formula_tokens import ERRORS, FormulaBook, formula_text
from rag.reading.sheets.stored import At, Broken, CellLink, Facts, StoredCell, clean, number_cell, word_cell

_BOF, _EOF = 0x809, 0x0A
_ROW, _COLUMNS, _MERGED, _STRING, _LINK, _RULE = 0x208, 0x7D, 0xE5, 0x207, 0x1B8, 0x1BE
_FORMULAS, _COMMON_FORMULA, _ARRAY = {0x06, 0x206, 0x406}, 0x4BC, 0x221
_ADDRESS = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")  # what marks a link to an address of the web


class XlsShared(NamedTuple):
    """What the sheets of a workbook share; *modern* is Excel 97 and later."""

    data: bytes
    strings: Sequence[str]
    styles: Sequence[tuple[str, int]]
    since_1904: bool
    encoding: str
    modern: bool
    book: FormulaBook


def records(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet from *start* to its end, without those of charts inside it.

    :raises ValueError: when there is no sheet at *start*, or it breaks off
    """
    if data[start : start + 2] != _BOF.to_bytes(2, "little"):
        raise ValueError("no sheet where one should be")
    at, depth = start, 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, body
    raise ValueError("a sheet breaks off")


def stream(
    shared: XlsShared,
    start: int,
    wanted: Container[int] | None,
    formulas: bool,
    facts: Facts,
) -> Iterator[list[StoredCell]]:
    """The rows of the sheet whose records begin at *start*."""
    reader = _Reader(shared, start, facts, cells=wanted != frozenset(), formulas=formulas)
    row: list[StoredCell] = []
    try:
        for kind, body in records(shared.data, start):
            for cell in reader.cells(kind, body):
                if row and cell.row != row[0].row:
                    yield row
                    row = []
                if wanted is None or cell.row in wanted:
                    row.append(cell)
    except Broken:
        if row:
            yield row
        raise
    if row:
        yield row


class _Reader:
    """Turns records into cells."""

    def __init__(self, shared: XlsShared, start: int, facts: Facts, *, cells: bool, formulas: bool) -> None:
        self._shared = shared
        self._facts = facts
        self._formulas = formulas and shared.modern
        self._start = start
        self._common: dict[bytes, bytes] | None = None
        self._hidden_rows: set[int] = set()
        self._waiting: At | None = None  # a formula whose result is words, which come in a record of their own
        self._kinds: dict[int, Callable[[bytes], Sequence[StoredCell]]] = {
            _ROW: self._row,
            _COLUMNS: self._columns,
            _MERGED: self._merged,
            _LINK: self._link,
            _RULE: self._rule,
        }
        if cells:
            self._kinds |= self._cell_kinds()

    def _cell_kinds(self) -> dict[int, Callable[[bytes], Sequence[StoredCell]]]:
        return {
            0x203: self._number,
            0x27E: self._short_number,
            0xBD: self._short_numbers,
            0xFD: self._shared_string,
            0x204: self._label,
            0xD6: self._label,
            0x205: self._boolean_or_error,
            # besides the number of formulas those of older versions, which some programs write into new files
            **dict.fromkeys(_FORMULAS, self._formula),
            _STRING: self._result,
        }

    def cells(self, kind: int, body: bytes) -> Sequence[StoredCell]:
        read = self._kinds.get(kind)
        if read is None:
            return ()
        return [cell for cell in read(body) if cell.text.strip() or cell.formula]

    def _at(self, row: int, column: int, style: int) -> At:
        styles = self._shared.styles
        code, indent = styles[style] if style < len(styles) else ("General", 0)
        hidden = row in self._hidden_rows or column + 1 in self._facts.hidden_columns
        return At(row + 1, column + 1, code, self._shared.since_1904, "", hidden, indent)

    def _place(self, body: bytes) -> At:
        return self._at(*struct.unpack_from("<3H", body))

    def _number(self, body: bytes) -> Sequence[StoredCell]:
        return [_number_or_error(self._place(body), struct.unpack_from("<d", body, 6)[0])]

    def _short_number(self, body: bytes) -> Sequence[StoredCell]:
        return [number_cell(self._place(body), packed_number(body, 6))]

    def _short_numbers(self, body: bytes) -> Sequence[StoredCell]:
        row, first = struct.unpack_from("<HH", body)
        return [
            number_cell(
                self._at(row, first + index, int.from_bytes(body[at : at + 2], "little")), packed_number(body, at + 2)
            )
            for index, at in enumerate(range(4, len(body) - 7, 6))
        ]

    def _shared_string(self, body: bytes) -> Sequence[StoredCell]:
        (number,) = struct.unpack_from("<I", body, 6)
        strings = self._shared.strings
        return [word_cell(self._place(body), strings[number])] if number < len(strings) else ()

    def _label(self, body: bytes) -> Sequence[StoredCell]:
        return [word_cell(self._place(body), self._text(body[6:]))]

    def _boolean_or_error(self, body: bytes) -> Sequence[StoredCell]:
        return [_sign(self._place(body), body[6], is_error=bool(body[7]))]

    def _formula(self, body: bytes) -> Sequence[StoredCell]:
        at = self._place(body)
        if self._formulas:
            at = at._replace(formula=self._written(body, at))
        self._waiting = None
        if body[12:14] != b"\xff\xff":
            return [_number_or_error(at, struct.unpack_from("<d", body, 6)[0])]
        match body[6]:
            case 0:
                self._waiting = at
            case 1 | 2:
                return [_sign(at, body[8], is_error=body[6] == 2)]
            case 3:
                return [word_cell(at, "")]
        return ()

    def _written(self, body: bytes, at: At) -> str:
        """The formula; where many cells share it, it stands behind the first of them, which the others name."""
        code = body[22 : 22 + int.from_bytes(body[20:22], "little")]
        if code[:1] == b"\1":
            if self._common is None:
                self._common = _common_formulas(self._shared.data, self._start)
            code = self._common.get(code[1:5], b"")
        return formula_text(code, self._shared.book, at.row, at.column)

    def _result(self, body: bytes) -> Sequence[StoredCell]:
        at, self._waiting = self._waiting, None
        return [word_cell(at, self._text(body))] if at else ()

    def _text(self, body: bytes) -> str:
        length = int.from_bytes(body[:2], "little")
        if not self._shared.modern:
            return clean(body[2 : 2 + length].decode(self._shared.encoding, "replace"))
        return clean(characters(body[2:], length))

    def _row(self, body: bytes) -> Sequence[StoredCell]:
        if body[12] & 0x20:
            self._hidden_rows.add(int.from_bytes(body[:2], "little"))
        return ()

    def _columns(self, body: bytes) -> Sequence[StoredCell]:
        first, last = struct.unpack_from("<HH", body)
        if body[8] & 1:
            self._facts.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        return ()

    def _merged(self, body: bytes) -> Sequence[StoredCell]:
        for at in range(2, len(body) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<4H", body, at)
            self._facts.merged.append((top + 1, left + 1, bottom + 1, right + 1))
        return ()

    def _link(self, body: bytes) -> Sequence[StoredCell]:
        top, bottom, left, right = (number + 1 for number in struct.unpack_from("<4H", body))
        target = _target(body)
        if target:
            self._facts.links.append(CellLink((top, left, bottom, right), target))
        return ()

    def _rule(self, body: bytes) -> Sequence[StoredCell]:
        with suppress(*Broken):
            choices = choices_of(body, self._shared.book)
            self._facts.choices += [choices] if choices else []
        return ()


def _common_formulas(data: bytes, start: int) -> dict[bytes, bytes]:
    """The formulas that several cells share, by row and column of the first of them."""
    found: dict[bytes, bytes] = {}
    first = b""
    with suppress(*Broken):
        for kind, body in records(data, start):
            if kind in _FORMULAS:
                first = body[:4]
            elif kind == _COMMON_FORMULA:
                found[first] = body[10 : 10 + int.from_bytes(body[8:10], "little")]
            elif kind == _ARRAY:
                found[first] = body[14 : 14 + int.from_bytes(body[12:14], "little")]
    return found


def _target(body: bytes) -> str:
    """Where a link leads; empty for one to a file, whose path is of the machine it was made on."""
    (flags,) = struct.unpack_from("<I", body, 28)
    at = 32
    for flag in (0x10, 0x80):  # the words of the link, the frame it opens in
        if flags & flag:
            at += 4 + 2 * int.from_bytes(body[at : at + 4], "little")
    target = ""
    if flags & 0x101 == 0x101:
        length = int.from_bytes(body[at : at + 4], "little")
        target = _zero_ended(body[at + 4 : at + 4 + 2 * length])
        at += 4 + 2 * length
    elif flags & 1:
        if body[at : at + 16] != _ADDRESS:
            return ""
        length = int.from_bytes(body[at + 16 : at + 20], "little")
        target = _zero_ended(body[at + 20 : at + 20 + length])
        at += 20 + length
    if flags & 8:
        length = int.from_bytes(body[at : at + 4], "little")
        inside = _zero_ended(body[at + 4 : at + 4 + 2 * length])
        target = f"{target}#{inside}"
    return target


def _zero_ended(data: bytes) -> str:
    return clean(data.decode("utf-16-le", "replace").partition("\0")[0])


def packed_number(body: bytes, at: int) -> float:
    """A number in four bytes: 30 bits of a whole one or of a long one, perhaps a hundred times too large."""
    bits = int.from_bytes(body[at : at + 4], "little")
    number: float
    if bits & 2:
        number = (bits >> 2) - (bits >> 31 << 30)
    else:
        (number,) = struct.unpack("<d", bytes(4) + (bits & 0xFFFFFFFC).to_bytes(4, "little"))
    return number / 100 if bits & 1 else number


def _number_or_error(at: At, number: float) -> StoredCell:
    return number_cell(at, number) if number - number == 0 else word_cell(at, "#NUM!", "error")


def _sign(at: At, code: int, *, is_error: bool) -> StoredCell:
    if is_error:
        return word_cell(at, ERRORS.get(code, "#N/A"), "error")
    return word_cell(at, "TRUE" if code else "FALSE", "boolean")


def characters(body: bytes, length: int) -> str:
    """*length* characters after a byte that tells whether each is stored in one byte or two."""
    if body[:1] and body[0] & 1:
        return body[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return body[1 : 1 + length].decode("latin-1")
