"""What a disk refuses, in errors of ours: it is full, it may not be written to, or the catalog on it is damaged."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from rag.errors import BadFolder, DamagedCatalog, DiskFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_ROOM_OF_A_READER = 64 * 1024  # bytes


@contextmanager
def disk_errors_are_said(path: Path) -> Iterator[None]:
    """Say in errors of ours what the system, or SQLite, says of the disk that holds *path*.

    :raises DiskFull: when it is full
    :raises BadFolder: when it may not be written to
    :raises DamagedCatalog: when what SQLite finds at *path* is no database, or not a whole one
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(path=str(path.parent)) from error
        if error.errno in _REFUSED:
            raise BadFolder(path=str(path.parent), reason=str(error.strerror)) from error
        raise
    except (DBAPIError, sqlite3.Error) as error:
        _say(error.orig if isinstance(error, DBAPIError) else error, path)
        raise


def _say(error: BaseException | None, path: Path) -> None:
    """Raise what an *error* of SQLite means, if it is the disk's or the file's."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # its kind; the rest of the code tells the kinds of a kind
        case sqlite3.SQLITE_FULL:
            raise DiskFull(path=str(path.parent)) from error
        # SQLite calls it an I/O error when the file that readers share (``-shm``) cannot grow.
        case sqlite3.SQLITE_IOERR if shutil.disk_usage(path.parent).free < _ROOM_OF_A_READER:
            raise DiskFull(path=str(path.parent)) from error
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            raise BadFolder(path=str(path.parent), reason=f"{path.name}: {error}") from error
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            raise DamagedCatalog(path=str(path)) from error
