"""Room kept for a full disk: a file that is given up when a small thing that must be written does not fit.

What fills a disk is large: a file that is added, its passages, its tables. It must still be possible to write down
that they did not fit, and to remove a document to make room.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rag.errors import DiskFull

_SIZE = 4 * 2**20  # bytes: far more than a state takes, and about what it takes to remove a long report
_PLENTY = 8  # times its size must be free before it is made: it is not what fills a disk

T = TypeVar("T")


class Reserve:
    """Room of some *size* in a file at *path*, for all processes that write beside it."""

    def __init__(self, path: Path, size: int = _SIZE) -> None:
        self._path, self._size = path, size

    def keep(self) -> bool:
        """Make the reserve, again if it was used, when the disk has plenty of room; whether it is there."""
        try:
            if self._path.exists() and self._path.stat().st_size == self._size:
                return True
            if shutil.disk_usage(self._path.parent).free < _PLENTY * self._size:
                return False
            made = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            try:
                # Random, since file systems that compress would keep nothing for zeros.
                made.write_bytes(os.urandom(self._size))
                made.replace(self._path)
            finally:
                made.unlink(missing_ok=True)
        except OSError:  # there is no room after all, or another process was faster: it is only a reserve
            return False
        return True

    def surely(self, write: Callable[[], T]) -> T:
        """Call *write*, which does all or nothing; on a full disk, in the room that was kept.

        :raises DiskFull: when it does not fit there either, or nothing was kept
        """
        try:
            return write()
        except DiskFull:
            if not self._give():
                raise
            return write()

    def _give(self) -> bool:
        try:
            self._path.unlink()
        except OSError:
            return False
        return True


def reserve_beside(catalog: Path) -> Reserve:
    """The room that is kept for what must be written to a *catalog*."""
    return Reserve(catalog.with_name("reserve"))
