"""What kind of workbook a file is, by what it holds."""

import re
import struct
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Literal

from rag.errors import DamagedFile, LockedFile
from rag.reading.sheets.files.compound import SIGNATURE, Compound

Format = Literal["xlsx", "xlsb", "xls", "ods", "text"]

_HEAD = 4096
_FILEPASS, _FIRST_RECORDS = 0x2F, 50
_ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")
_TEXT = (".csv", ".tsv", ".tab", ".xls")  # some systems hand out tables of plain text under the name of a workbook
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WIDE = ("utf-16-le", "utf-16-be")
_USUAL = re.compile(r"[\t\r\n -~\xa0-ɏ\u2010-\u203b\u20ac\u3000-\u30ff\u4e00-\u9fff\uff00-\uffee]")


def format_of(path: Path, name: str) -> Format | None:
    """The format of the workbook at *path*, which its owner calls *name*; ``None`` when it is no workbook.

    Only its first bytes, its list of parts, or the names of its streams and their first records are looked at. A text
    is a table when its name says so: nothing in it does.

    :raises OSError: when it cannot be read
    :raises RefusedUpload: its kinds ``LockedFile`` and ``DamagedFile``
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return _zipped(path, name)
    if head.startswith(SIGNATURE):
        return _compound(path, name)
    is_text = name.casefold().endswith(_TEXT) and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{\\rtf"))
    if is_text and head.strip(b"\0 \t\r\n") and (b"\0" not in head or head.startswith(_MARKS) or unmarked(head)):
        return "text"
    return None


def unmarked(sample: bytes) -> str:
    """The encoding of a text whose signs take two bytes each and that does not begin with a mark; empty when *sample*,
    its first bytes, is none: nearly all its signs are such as people write, and some of them part lines or columns.
    """
    even = sample[: len(sample) // 2 * 2]
    for encoding in _WIDE if b"\0" in even else ():
        text = even.decode(encoding, "replace")
        if len(_USUAL.findall(text)) >= 0.98 * len(text) and any(sign in text for sign in "\n\t,;|"):
            return encoding
    return ""


def _zipped(path: Path, name: str) -> Format | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {part.casefold().replace("\\", "/").lstrip("/") for part in archive.namelist()}
            kind = b""
            if "mimetype" in names:
                with suppress(KeyError, RuntimeError), archive.open("mimetype") as file:
                    kind = file.read(100)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        if name.casefold().endswith(_ZIPPED):
            raise DamagedFile(name=name) from error
        return None
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(part.startswith("xl/worksheets/") for part in names):
        return "xlsx"
    return "ods" if kind.startswith(_SPREADSHEET) and "content.xml" in names else None


def _compound(path: Path, name: str) -> Format | None:
    """An .xls workbook, or a newer one inside its encryption."""
    try:
        container = Compound(path.read_bytes())
        if "EncryptedPackage" in container:
            raise LockedFile(name=name)
        stream = next((stream for stream in ("Workbook", "Book") if stream in container), None)
        if stream is None:
            return None
        if _is_locked(container.stream(stream)):
            raise LockedFile(name=name)
    except (ValueError, LookupError, struct.error) as error:
        raise DamagedFile(name=name) from error
    return "xls"


def _is_locked(records: bytes) -> bool:
    """Whether a record near the first tells how the others are encrypted."""
    at = 0
    for _ in range(_FIRST_RECORDS):
        if at + 4 > len(records):
            break
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False
