"""A file becomes leaves, leaves become passages."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from rag.errors import DamagedFile, EmptyFile, FileGone, LockedFile, UnknownKind
from rag.records import DocumentKind, Reading, Upload

if TYPE_CHECKING:
    from rag.reading.pdf.page_pool import PagePool
    from rag.reading.pdf.raw_cache import RawPageCache

_HEAD = 4096
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files, and of locked new ones
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of(upload: Upload) -> DocumentKind:
    """What *upload* holds, whatever its name says; only its first bytes, or its list of parts, are looked at.

    :raises RefusedUpload: ``FileGone``, ``EmptyFile``, ``UnknownKind``, ``DamagedFile`` or ``LockedFile``
    """
    with _told(upload), upload.path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise EmptyFile(name=upload.name)
    if b"%PDF" in head or (b" obj" in head and upload.name.casefold().endswith(".pdf")):
        return "pdf"
    if head.startswith(b"PK") and _is_workbook(upload):
        return "workbook"
    if head.startswith(_COMPOUND) and _is_locked(upload):
        raise LockedFile(name=upload.name)
    if not head.strip(b"\0 \t\r\n"):
        raise DamagedFile(name=upload.name)
    raise UnknownKind(name=upload.name)


def read(
    upload: Upload,
    *,
    deep: bool = False,
    password: str | None = None,
    pool: "PagePool | None" = None,
    cache: "RawPageCache | None" = None,
) -> Reading:
    """*upload* by the reader for what it holds. The rest is for PDFs: *deep* brings layout and OCR; pages are read by
    the processes of *pool*, or in this one; *cache* keeps what the deep pass has read, should it be interrupted.

    :raises RefusedUpload: what ``kind_of`` raises, or ``NoSheets``
    :raises WrongPassword: when *password* does not open it
    """
    match kind_of(upload):
        case "pdf":
            from rag.reading.pdf.reader import read_pdf  # noqa: PLC0415 - not for workbooks

            return read_pdf(upload, deep=deep, password=password, pool=pool, cache=cache)
        case "workbook":
            from rag.reading.sheets.spreadsheet import read_workbook  # noqa: PLC0415 - brings openpyxl with it

            return read_workbook(upload)


def prepare() -> None:
    """Load the libraries that the readers bring with them, so that the first document need not wait for them."""
    for reader in ("pdf.reader", "sheets.spreadsheet"):
        import_module(f"rag.reading.{reader}")


@contextmanager
def _told(upload: Upload) -> Iterator[None]:
    try:
        yield
    except IsADirectoryError as error:
        raise UnknownKind(name=upload.name) from error
    except OSError as error:
        raise FileGone(name=upload.name) from error


def _is_workbook(upload: Upload) -> bool:
    try:
        with _told(upload), zipfile.ZipFile(upload.path) as archive:
            names = {name.casefold().replace("\\", "/") for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        if upload.name.casefold().endswith((".xlsx", ".xlsm")):
            raise DamagedFile(name=upload.name) from error
        return False
    return "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names)


def _is_locked(upload: Upload) -> bool:
    """Whether a compound file is a workbook under a password: its directory then names an encrypted package."""
    tail = b""
    with _told(upload), upload.path.open("rb") as file:
        while block := file.read(1 << 20):
            if _ENCRYPTED in tail + block:
                return True
            tail = block[-len(_ENCRYPTED) :]
    return False
