"""What kind of workbook a file is, by what it holds."""

import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Literal

from rag.errors import DamagedFile, LockedFile

Format = Literal["xlsx", "xlsb", "xls", "ods", "text"]

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files, and of locked new ones
_HEAD = 4096
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "WORKBOOK", "Book", "BOOK"))
_ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")
_TEXT = (".csv", ".tsv", ".tab", ".xls")  # some systems hand out tables of plain text under the name of a workbook
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def format_of(path: Path, name: str) -> Format | None:
    """The format of the workbook at *path*, which its owner calls *name*; ``None`` when it is no workbook.

    Only its first bytes, its list of parts, or the names of its streams are looked at. A text is a table when its
    name says so: nothing in it does.

    :raises OSError: when it cannot be read
    :raises RefusedUpload: its kinds ``LockedFile`` and ``DamagedFile``
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return _zipped(path, name)
    if head.startswith(COMPOUND):
        return _compound(path, name)
    is_text = name.casefold().endswith(_TEXT) and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{\\rtf"))
    if is_text and head.strip(b"\0 \t\r\n") and (b"\0" not in head or head.startswith(_MARKS)):
        return "text"
    return None


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
    """The directory of a compound file names an encrypted package, the workbook, or neither."""
    found: Format | None = None
    tail = b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            seen = tail + block
            if _ENCRYPTED in seen:
                raise LockedFile(name=name)
            if any(stream in seen for stream in _STREAMS):
                found = "xls"
            tail = block[-len(_ENCRYPTED) :]
    return found
