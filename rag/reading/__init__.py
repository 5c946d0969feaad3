"""A file becomes leaves, leaves become passages."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

from rag.errors import DamagedFile, EmptyFile, FileGone, LockedFile, UnknownKind
from rag.reading.about import topical
from rag.reading.sheets.files.recognised import format_of
from rag.records import DocumentKind, Reading, Upload

if TYPE_CHECKING:
    from rag.reading.pdf.processes.page_pool import PagePool
    from rag.reading.pdf.processes.raw_cache import RawPageCache

ENDINGS = ("pdf", "xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv")
"""How the names of files end that may be chosen; what a file is, is found out from what it holds."""
_HEAD = 4096


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
    with _told(upload):
        if format_of(upload.path, upload.name) is not None:
            return "workbook"
    if not head.strip(b"\0 \t\r\n"):
        raise DamagedFile(name=upload.name)
    raise UnknownKind(name=upload.name)


def read(
    upload: Upload,
    *,
    hidden: bool = False,
    deep: bool = False,
    password: str | None = None,
    pool: "PagePool | None" = None,
    cache: "RawPageCache | None" = None,
    deep_seconds: float | None = None,
    only: int | None = None,
    plain: bool = False,
) -> Reading:
    """*upload* by the reader for what it holds. What is *hidden* in a workbook is left out unless it is asked for; in a
    PDF it is always read, and marked. The rest is for PDFs: *deep* brings layout and OCR; pages are read by the
    processes of *pool*, or in this one; *cache* keeps what the deep pass has read, should it be interrupted; after
    *deep_seconds* the pages that remain are read as in the first pass; of a deep pass *only* one page may be wanted. A
    *plain* reading takes half the time of the others: it has no tables, and does not say what its pages hold.

    :raises RefusedUpload: what ``kind_of`` raises, or ``NoSheets``
    :raises WrongPassword: when *password* does not open it
    """
    match kind_of(upload):
        case "pdf":
            from rag.reading.pdf.reader import read_pdf  # noqa: PLC0415 - not for workbooks

            reading = read_pdf(
                upload,
                deep=deep,
                password=password,
                pool=pool,
                cache=cache,
                deep_seconds=deep_seconds,
                only=only,
                plain=plain,
            )
            if plain:
                return reading
        case "workbook":
            from rag.reading.sheets.spreadsheet import read_workbook  # noqa: PLC0415 - brings openpyxl with it

            reading = read_workbook(upload, with_hidden=hidden)
    return replace(reading, leaves=topical(reading.leaves))


def unlocked(upload: Upload, password: str, target: Path, pool: "PagePool | None" = None) -> Upload:
    """A copy of *upload* at *target* that needs no password; the same file gives the same bytes.

    :raises WrongPassword: when *password* does not open it
    :raises RefusedUpload: what ``kind_of`` raises; ``LockedFile`` when it is locked in a way that is not known here
    """
    from rag.reading.pdf.processes.page_pool import PagePool  # noqa: PLC0415 - not for workbooks
    from rag.reading.sheets.files.unlocking import unlock  # noqa: PLC0415 - for the few that are locked

    try:
        kind = kind_of(upload)
    except LockedFile:
        unlock(upload, password, target)
        return Upload(upload.name, target)
    if kind == "workbook":
        if target != upload.path:
            copyfile(upload.path, target)
        return Upload(upload.name, target)
    with PagePool(1) if pool is None else nullcontext(pool) as processes:
        processes.unlock(upload, password, target)
    return Upload(upload.name, target)


def prepare(pool: "PagePool | None" = None) -> None:
    """Load what the readers bring with them, and start processes of *pool*: the first document then need not wait."""
    if pool is not None:
        pool.prepare()
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
