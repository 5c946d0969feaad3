"""The parts of an .xlsb package: as those of .xlsx, but records of bytes in place of XML.

Source: Microsoft, [MS-XLSB], Excel Binary File Format.
"""

import posixpath
import struct
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from rag.reading.sheets.files.charts import seen_in
from rag.reading.sheets.files.drawings import drawings_of
from rag.reading.sheets.files.package import Package, opened_package
from rag.reading.sheets.files.xlsb.xlsb_extras import remarks_of, tables_of
from rag.reading.sheets.files.xlsb.xlsb_rows import XlsbShared, records, stream, wide_text
from rag.reading.sheets.formats.builtin_formats import format_code
from rag.reading.sheets.formulas.formula_tokens import FormulaBook, formula_text
from rag.reading.sheets.stored import Broken, Sheet, State, Workbook, clean, quoted

_STATES: tuple[State, ...] = ("visible", "hidden", "very hidden")
_FORMAT, _STYLE, _STYLES, _STYLES_END, _STRING = 44, 47, 617, 618, 19
_PROPERTIES, _SHEET, _NAME, _REFERRED = 153, 156, 39, 362
_OWN_BOOK, _OTHER_BOOKS, _BUILT_IN = 357, {355, 357, 358, 667}, 0x20


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
    found: list[tuple[str, State, str, str]] = []
    references = _References()
    with package.open(root) as source:
        for kind, body in records(source):
            if kind == _PROPERTIES:
                since_1904 = bool(body[0] & 1)
            elif kind == _SHEET:
                state = int.from_bytes(body[:4], "little")
                relation, at = wide_text(body, 8)
                title, _ = wide_text(body, at)
                kind_of_part, part = relations.get(relation, ("", ""))
                found.append((clean(title), _STATES[min(state, 2)], kind_of_part, part))
            else:
                with suppress(*Broken):  # a broken name costs the formulas that refer to it
                    references.note(kind, body)
    strings = _strings(package, kinds.get("sharedStrings", f"{folder}/sharedStrings.bin"))
    formats = _formats(package, kinds.get("styles", f"{folder}/styles.bin"))
    book = references.formula_book([title for title, _, _, _ in found])
    shared = XlsbShared(strings, formats, since_1904, book)
    sheets: list[Sheet] = []
    sheets += (
        Sheet(
            title,
            state,
            since_1904,
            partial(stream, shared, partial(package.open, part), partial(package.relations, part)),
            partial(remarks_of, package, part),
            partial(tables_of, package, part),
            drawings=partial(drawings_of, package, part, partial(seen_in, sheets)),
        )
        for title, state, kind, part in found
        if kind == "worksheet" and part in package
    )
    return Workbook(sheets, package.close, references.defined_names(book))


class _References:
    """What the formulas of a workbook refer to by number: its sheets and its names."""

    def __init__(self) -> None:
        self._names: list[tuple[str, bytes]] = []
        self._books: list[bool] = []
        self._referred: list[tuple[int, int, int]] = []

    def note(self, kind: int, body: bytes) -> None:
        if kind in _OTHER_BOOKS:
            self._books.append(kind == _OWN_BOOK)
        elif kind == _REFERRED:
            count = min(int.from_bytes(body[:4], "little"), (len(body) - 4) // 12)
            self._referred += (struct.unpack_from("<Iii", body, 4 + 12 * at) for at in range(count))
        elif kind == _NAME:
            self._names.append(("", b""))
            name, at = wide_text(body, 9)
            length = int.from_bytes(body[at : at + 4], "little")
            own = not body[0] & _BUILT_IN
            self._names[-1] = (clean(name) if own else "", body[at + 4 : at + 4 + length])

    def formula_book(self, titles: Sequence[str]) -> FormulaBook:
        sheets = []
        for book, first, last in self._referred:
            inside = book < len(self._books) and self._books[book] and 0 <= first <= last < len(titles)
            run = [titles[first], titles[last]][: 1 + (last > first)] if inside else []
            sheets.append(quoted(":".join(run)) if run else "")
        return FormulaBook(wide=True, sheets=sheets, names=[name for name, _ in self._names])

    def defined_names(self, book: FormulaBook) -> dict[str, str]:
        return {
            name: text.removeprefix("=")
            for name, code in self._names
            if name and not name.startswith("_") and (text := formula_text(code, book, 1, 1))
        }


def _strings(package: Package, part: str) -> list[str]:
    if part not in package:
        return []
    with package.open(part) as source:
        return [clean(wide_text(body, 1)[0]) for kind, body in records(source) if kind == _STRING]


def _formats(package: Package, part: str) -> list[str]:
    """The number format of each cell style."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    if part not in package:
        return []
    inside = False
    with package.open(part) as source:
        for kind, body in records(source):
            if kind == _FORMAT:
                codes[int.from_bytes(body[:2], "little")] = wide_text(body, 2)[0]
            elif kind in {_STYLES, _STYLES_END}:
                inside = kind == _STYLES
            elif kind == _STYLE and inside:
                numbers.append(int.from_bytes(body[2:4], "little"))
    return [format_code(number, codes) for number in numbers]
