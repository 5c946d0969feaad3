"""What the formulas of an .xls workbook refer to by number: its sheets, its names, and names of elsewhere."""

import struct
from collections.abc import Sequence
from contextlib import suppress

from rag.reading.sheets.files.xls.xls_rows import characters
from rag.reading.sheets.formulas.formula_tokens import FormulaBook, formula_text
from rag.reading.sheets.stored import Area, clean, corners, quoted

_BUILT_IN, _FILTERED = 0x20, "_filtered"


class XlsReferences:
    """Gathered from the records in front of the sheets."""

    def __init__(self) -> None:
        self._names: list[tuple[str, int, bytes]] = []
        self._books: list[tuple[bool, list[str]]] = []
        self._referred: list[tuple[int, int, int]] = []

    def note(self, kind: int, body: bytes) -> None:
        """Remember a record, if it tells of these.

        :raises struct.error: or another of ``Broken``, when the record is broken
        """
        match kind:
            case 0x1AE:
                self._books.append((body[2:4] == b"\1\4", []))
            case 0x23 if self._books:
                self._books[-1][1].append(clean(characters(body[7:], body[6])))
            case 0x17:
                count = min(int.from_bytes(body[:2], "little"), (len(body) - 2) // 6)
                self._referred += (struct.unpack_from("<Hhh", body, 2 + 6 * at) for at in range(count))
            case 0x18:
                self._names.append(("", 0, b""))
                self._names[-1] = _name(body)

    def formula_book(self, titles: Sequence[str]) -> FormulaBook:
        """What formulas refer to, in a workbook whose sheets bear these *titles*."""
        sheets: list[str] = []
        outer: list[list[str]] = []
        for book, first, last in self._referred:
            is_own, names = self._books[book] if book < len(self._books) else (False, [])
            inside = is_own and 0 <= first <= last < len(titles)
            run = [titles[first], titles[last]][: 1 + (last > first)] if inside else []
            sheets.append(quoted(":".join(run)) if run else "")
            outer.append(names)
        return FormulaBook(wide=False, sheets=sheets, names=[name for name, _, _ in self._names], outer=outer)

    def defined_names(self, formulas: FormulaBook) -> dict[str, str]:
        """The names that somebody defined, and what they stand for."""
        return {
            name: text.removeprefix("=")
            for name, _, code in self._names
            if name and not name.startswith("_") and (text := formula_text(code, formulas, 1, 1))
        }

    def filters(self, formulas: FormulaBook) -> dict[int, list[Area]]:
        """The areas that are filtered, by the number of their sheet: there is a name for each."""
        found: dict[int, list[Area]] = {}
        for name, sheet, code in self._names:
            if name == _FILTERED:
                with suppress(ValueError):
                    found.setdefault(sheet, []).append(corners(formula_text(code, formulas, 1, 1).rpartition("!")[2]))
        return found


def _name(body: bytes) -> tuple[str, int, bytes]:
    """A defined name, the sheet it is for (0 for all), and what it stands for."""
    flags, length, size, sheet = struct.unpack_from("<HxBHxxH", body)
    name = clean(characters(body[14:], length))
    if flags & _BUILT_IN:
        name = _FILTERED if body[15:16] == b"\x0d" else "_built in"
    at = 15 + (length << (body[14] & 1))
    return name, sheet, body[at : at + size]
