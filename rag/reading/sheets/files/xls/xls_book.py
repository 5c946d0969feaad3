"""Workbooks of Excel 97 to 2003, and of Excel 5 and 95: the records that all of its sheets share.

Source: Microsoft, [MS-XLS], Excel Binary File Format. The records are read here, because no library that is kept alive
gives number formats, hidden rows and results at once.
"""

import struct
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from rag.errors import DamagedFile, FileGone, LockedFile, UnknownKind
from rag.reading.sheets.files.charts import seen_in
from rag.reading.sheets.files.compound import Compound
from rag.reading.sheets.files.xls.xls_drawings import drawings_of, pictures_in
from rag.reading.sheets.files.xls.xls_references import XlsReferences
from rag.reading.sheets.files.xls.xls_remarks import remarks
from rag.reading.sheets.files.xls.xls_rows import XlsShared, characters, stream
from rag.reading.sheets.formats.builtin_formats import format_code
from rag.reading.sheets.stored import Area, Broken, Facts, Sheet, State, StoredCell, Workbook, clean

_BOF, _EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_FILEPASS, _ART_GROUP = 0x2F, 0xEB
_EXCEL_97 = 0x600
_LONGEST_NAME = 31  # Excel cuts longer ones, which other programs write
_STATES: tuple[State, ...] = ("visible", "hidden", "very hidden", "very hidden")
_UTF16, _MAC, _ANSI = 1200, {10000: "mac_roman", 32768: "mac_roman"}, 32769


class Record(NamedTuple):
    """A record: its kind, and its bytes in the pieces they were stored in."""

    kind: int
    parts: list[bytes]

    @property
    def data(self) -> bytes:
        """All of it."""
        return self.parts[0] if len(self.parts) == 1 else b"".join(self.parts)


def opened_xls(path: Path, name: str) -> Workbook:
    """Open the .xls file at *path*, which its owner calls *name*; its bytes are held until it is closed.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile`` and ``DamagedFile``
    """
    try:
        container = Compound(path.read_bytes())
        kept = next((known for known in ("Workbook", "Book") if known in container), None)
        if kept is None:
            raise UnknownKind(name=name)
        return _workbook(container.stream(kept), name)
    except FileNotFoundError as error:
        raise FileGone(name=name) from error
    except Broken as error:
        raise DamagedFile(name=name) from error


def _workbook(data: bytes, name: str) -> Workbook:
    kind, version = struct.unpack_from("<H2xH", data)
    if kind != _BOF:
        raise ValueError("no workbook in the container")
    book = _Globals(version == _EXCEL_97)
    references = XlsReferences()
    group: list[bytes] = []
    for record in _globals(data):
        if record.kind == _FILEPASS:
            raise LockedFile(name=name)
        book.note(record)
        group += record.parts if record.kind == _ART_GROUP else ()
        if book.modern:
            with suppress(*Broken):  # a broken name costs the formulas that refer to it
                references.note(record.kind, record.data)
    styles = [(format_code(number, book.formats), indent) for number, indent in book.styles]
    formulas = references.formula_book([title for _, _, _, title in book.sheets])
    shared = XlsShared(data, book.strings, styles, book.since_1904, book.encoding, book.modern, formulas)
    filters = references.filters(formulas)
    pictures = cache(lambda: pictures_in(b"".join(group)))
    sheets: list[Sheet] = []
    sheets += (
        Sheet(
            title,
            state,
            book.since_1904,
            partial(_rows, shared, start, filters.get(number, [])),
            partial(remarks, shared, start),
            drawings=partial(drawings_of, shared, start, pictures, partial(seen_in, sheets)),
        )
        for number, (start, state, kind, title) in enumerate(book.sheets, start=1)
        if kind == 0
    )
    return Workbook(sheets, names=references.defined_names(formulas))


def _rows(
    shared: XlsShared,
    start: int,
    filters: list[Area],
    wanted: Container[int] | None,
    formulas: bool,
    facts: Facts,
) -> Iterator[list[StoredCell]]:
    facts.filters += filters
    return stream(shared, start, wanted, formulas, facts)


class _Globals:
    """What the records in front of the sheets say."""

    def __init__(self, modern: bool) -> None:
        self.modern = modern
        self.encoding = "cp1252"
        self.since_1904 = False
        self.formats: dict[int, str] = {}
        self.styles: list[tuple[int, int]] = []
        self.strings: list[str] = []
        self.sheets: list[tuple[int, State, int, str]] = []

    def note(self, record: Record) -> None:
        body = record.data
        match record.kind:
            case 0x42:
                self.encoding = _encoding(*struct.unpack_from("<H", body))
            case 0x22:
                self.since_1904 = body[:1] == b"\1"
            case 0x85:
                start, state, kind = struct.unpack_from("<IBB", body)
                title = clean(self._text(body[6:], 1))
                self.sheets.append((start, _STATES[state & 3], kind, title[:_LONGEST_NAME]))
            case 0x1E | 0x41E:
                self.formats[int.from_bytes(body[:2], "little")] = self._text(body[2:], 2 if self.modern else 1)
            case 0xE0:
                self.styles.append((int.from_bytes(body[2:4], "little"), body[8] & 15 if self.modern else 0))
            case 0xFC:
                self.strings = _shared_strings(record.parts)

    def _text(self, body: bytes, size: int) -> str:
        """The text in *body*, after its length in *size* bytes."""
        length = int.from_bytes(body[:size], "little")
        if self.modern:
            return characters(body[size:], length)
        return body[size : size + length].decode(self.encoding, "replace")


def _globals(data: bytes) -> Iterator[Record]:
    """The records up to the end of those that all sheets share."""
    at = 0
    record: Record | None = None
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _CONTINUE and record is not None:
            record.parts.append(body)
            continue
        if record is not None:
            yield record
        if kind == _EOF:
            return
        record = Record(kind, [body])
    if record is not None:
        yield record


def _encoding(codepage: int) -> str:
    if codepage in {_UTF16, _ANSI}:
        return "cp1252"
    encoding = _MAC.get(codepage, f"cp{codepage}")
    try:
        b"".decode(encoding)
    except LookupError:
        return "cp1252"
    return encoding


def _shared_strings(parts: Sequence[bytes]) -> list[str]:
    """The strings of a workbook; one may go on in the next part, and then says anew how wide its characters are."""
    count = struct.unpack_from("<I", parts[0], 4)[0]
    reader = _Parts(parts, 8)
    found: list[str] = []
    while len(found) < count and not reader.at_end:
        found.append(clean(reader.string()))
    return found


class _Parts:
    """Reads strings that lie across parts."""

    def __init__(self, parts: Sequence[bytes], at: int) -> None:
        self._parts = parts
        self._number = 0
        self._at = at

    @property
    def at_end(self) -> bool:
        while self._number < len(self._parts) and self._at >= len(self._parts[self._number]):
            self._at -= len(self._parts[self._number])
            self._number += 1
        return self._number >= len(self._parts)

    def _take(self, length: int) -> bytes:
        taken = b""
        while len(taken) < length and not self.at_end:
            part = self._parts[self._number]
            piece = part[self._at : self._at + length - len(taken)]
            self._at += len(piece)
            taken += piece
        return taken

    def string(self) -> str:
        length, flags = struct.unpack("<HB", self._take(3))
        runs = int.from_bytes(self._take(2), "little") if flags & 8 else 0
        sounds = int.from_bytes(self._take(4), "little") if flags & 4 else 0
        pieces: list[str] = []
        while length and not self.at_end:
            part = self._parts[self._number]
            width = 1 + (flags & 1)
            piece = part[self._at : self._at + length * width]
            pieces.append(piece.decode("utf-16-le" if flags & 1 else "latin-1", "replace"))
            self._at += len(piece)
            length -= max(1, len(piece) // width)
            if length > 0 and not self.at_end:
                flags = self._take(1)[0]
        self._at += 4 * runs + sounds
        return "".join(pieces)
