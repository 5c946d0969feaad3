"""Formulas of binary workbooks written out as a person types them: they are stored as what a calculator is fed.

Source: Microsoft, [MS-XLS] 2.5.198 and [MS-XLSB] 2.5.97, Formulas.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.reading.sheets.formulas.formula_functions import CALLED_BY_NAME, FUNCTIONS
from rag.records import cell_name

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_BETWEEN = dict(enumerate("+ - * / ^ & < <= = >= > <>".split(), start=3)) | {0x0F: " ", 0x10: ",", 0x11: ":"}
_LONGEST = 8192
_MOST_COLUMNS = (1 << 8, 1 << 14)
_MOST_ROWS = (1 << 16, 1 << 20)
_IN_COLUMN, _COLUMN_MOVES, _ROW_MOVES = 0x3FFF, 0x4000, 0x8000


class _Unknown(Exception):
    """A token that is not written out."""


@dataclass(frozen=True, slots=True)
class FormulaBook:
    """What formulas refer to by number: sheets, defined names, and names of elsewhere by the sheet they go with.

    *wide* is .xlsb, whose sheets are larger.
    """

    wide: bool
    sheets: Sequence[str] = ()
    names: Sequence[str] = ()
    outer: Sequence[Sequence[str]] = ()


def formula_text(code: bytes, book: FormulaBook, row: int, column: int) -> str:
    """The formula stored as *code* in the cell of *row* and *column*, with its ``=``; empty when it has unusual parts.

    Of a formula that cells share, the references are as far from the cell as they are stored.
    """
    try:
        return _Writer(code, book, row, column).text()
    except (_Unknown, IndexError, struct.error, OverflowError, ValueError):
        return ""


class _Writer:
    def __init__(self, code: bytes, book: FormulaBook, row: int, column: int) -> None:
        self._code = code
        self._book = book
        self._row, self._column = row, column
        self._at = 0
        self._stack: list[str] = []
        self._kinds: dict[int, Callable[[], str]] = {
            0x12: lambda: f"+{self._stack.pop()}",
            0x13: lambda: f"-{self._stack.pop()}",
            0x14: lambda: f"{self._stack.pop()}%",
            0x15: lambda: f"({self._stack.pop()})",
            0x16: str,
            0x17: self._words,
            0x1C: lambda: ERRORS.get(self._take("B"), "#N/A"),
            0x1D: lambda: "TRUE" if self._take("B") else "FALSE",
            0x1E: lambda: str(self._take("H")),
            0x1F: lambda: f"{self._take('d'):.15g}",
            0x21: self._fixed_call,
            0x22: self._call,
            0x23: self._name,
            0x24: self._reference,
            0x25: self._area,
            0x2A: lambda: self._no_reference(1),
            0x2B: lambda: self._no_reference(2),
            0x2C: lambda: self._reference(moved=True),
            0x2D: lambda: self._area(moved=True),
            0x39: self._outer_name,
            0x3A: lambda: f"{self._sheet()}{self._reference()}",
            0x3B: lambda: f"{self._sheet()}{self._area()}",
            0x3C: lambda: f"{self._sheet()}{self._no_reference(1)}",
            0x3D: lambda: f"{self._sheet()}{self._no_reference(2)}",
        }

    def text(self) -> str:
        while self._at < len(self._code):
            kind = self._take("B")
            if kind >= 0x20:
                kind = kind & 0x1F | 0x20
            if kind in _BETWEEN:
                right, left = self._stack.pop(), self._stack.pop()
                self._push(f"{left}{_BETWEEN[kind]}{right}")
            elif kind == 0x19:
                self._attribute()
            elif kind in {0x26, 0x27, 0x28}:  # what is known beforehand of a reference that follows
                self._at += 6
            elif kind == 0x29:
                self._at += 2
            elif kind in self._kinds:
                self._push(self._kinds[kind]())
            else:
                raise _Unknown
        (text,) = self._stack
        return f"={text}"

    def _push(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise _Unknown
        self._stack.append(text)

    def _take(self, form: str) -> int:
        value: int = struct.unpack_from(f"<{form}", self._code, self._at)[0]
        self._at += struct.calcsize(form)
        return value

    def _words(self) -> str:
        if self._book.wide:
            length, doubled = self._take("H"), 1
        else:
            length, doubled = self._take("B"), self._take("B") & 1
        raw = self._code[self._at : self._at + (length << doubled)]
        self._at += length << doubled
        words = raw.decode("utf-16-le" if doubled else "latin-1", "replace").replace('"', '""')
        return f'"{words}"'

    def _attribute(self) -> None:
        kind, value = self._take("B"), self._take("H")
        if kind & 0x04:
            self._at += 2 * (value + 1)
        elif kind & 0x10:
            self._push(f"SUM({self._stack.pop()})")

    def _arguments(self, count: int) -> list[str]:
        if count > len(self._stack):
            raise _Unknown
        taken = self._stack[len(self._stack) - count :]
        del self._stack[len(self._stack) - count :]
        return taken

    def _fixed_call(self) -> str:
        name, count = FUNCTIONS.get(self._take("H"), ("", None))
        if count is None:
            raise _Unknown
        return f"{name}({','.join(self._arguments(count))})"

    def _call(self) -> str:
        arguments = self._arguments(self._take("B") & 0x7F)
        number = self._take("H") & 0x7FFF
        if number == CALLED_BY_NAME:
            return f"{arguments[0].removeprefix('_xlfn.')}({','.join(arguments[1:])})"
        if number not in FUNCTIONS:
            raise _Unknown
        return f"{FUNCTIONS[number][0]}({','.join(arguments)})"

    def _name(self) -> str:
        number = self._take("I")
        if not number:
            raise _Unknown
        return self._book.names[number - 1]

    def _outer_name(self) -> str:
        book, number = self._take("H"), self._take("I")
        if not number:
            raise _Unknown
        return self._book.outer[book][number - 1]

    def _sheet(self) -> str:
        number = self._take("H")
        sheet = self._book.sheets[number]
        if not sheet:
            raise _Unknown
        return f"{sheet}!"

    def _reference(self, *, moved: bool = False) -> str:
        row, column = self._take("I" if self._book.wide else "H"), self._take("H")
        return self._cell(row, column, moved=moved)

    def _area(self, *, moved: bool = False) -> str:
        form = "I" if self._book.wide else "H"
        top, bottom, left, right = self._take(form), self._take(form), self._take("H"), self._take("H")
        if not moved and top == 0 and bottom == _MOST_ROWS[self._book.wide] - 1:
            return ":".join(
                self._cell(0, column, moved=False).rstrip("0123456789").rstrip("$") for column in (left, right)
            )
        return f"{self._cell(top, left, moved=moved)}:{self._cell(bottom, right, moved=moved)}"

    def _no_reference(self, corners: int) -> str:
        self._at += corners * (6 if self._book.wide else 4)
        return "#REF!"

    def _cell(self, row: int, column: int, *, moved: bool) -> str:
        row_moves, column_moves = column & _ROW_MOVES, column & _COLUMN_MOVES
        column &= _IN_COLUMN
        if moved:
            row = (row + self._row - 1) % _MOST_ROWS[self._book.wide] if row_moves else row
            column = (column + self._column - 1) % _MOST_COLUMNS[self._book.wide] if column_moves else column
        name = cell_name(row + 1, column + 1)
        letters = name.rstrip("0123456789")
        return f"{'' if column_moves else '$'}{letters}{'' if row_moves else '$'}{row + 1}"
