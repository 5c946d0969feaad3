"""The files as they were handed over, each kept once under the hash of its content; its name is never a path."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rag.library.database import disk_full_is_said

_PIECE = 1 << 20
_ARRIVING = "arriving-"
_LONG_AGO = 24 * 60 * 60  # seconds: no file takes as long to arrive


@dataclass(frozen=True, slots=True)
class Original:
    """A kept file: SHA-256 of its bytes, and how many there are."""

    digest: str
    size: int


class Originals:
    """Files by content hash, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: BinaryIO) -> Original:
        """Copy *file* from where it stands to its end, piece by piece; it is there whole, or not at all.

        :raises DiskFull: when it does not fit
        """
        with disk_full_is_said(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, arriving = tempfile.mkstemp(prefix=_ARRIVING, dir=self._folder)
            try:
                digest, size = hashlib.sha256(), 0
                with os.fdopen(descriptor, "wb") as copy:
                    while piece := file.read(_PIECE):
                        digest.update(piece)
                        size += copy.write(piece)
                path = self.path(digest.hexdigest())
                path.parent.mkdir(exist_ok=True)
                Path(arriving).replace(path)
            except BaseException:
                Path(arriving).unlink(missing_ok=True)
                raise
        return Original(digest.hexdigest(), size)

    def path(self, digest: str) -> Path:
        """Where the file with this hash is, or would be."""
        return self._folder / digest[:2] / digest

    def discard(self, digest: str) -> None:
        """Delete the file with this hash, if it is there."""
        self.path(digest).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete what is left of files that never arrived whole, since the app was killed meanwhile."""
        for path in self._folder.glob(f"{_ARRIVING}*"):
            with suppress(FileNotFoundError):  # it has arrived just now
                if time.time() - path.stat().st_mtime > _LONG_AGO:
                    path.unlink()

    def intact(self, digest: str) -> bool:
        """Whether the kept bytes still have this hash."""
        with self.path(digest).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest

    def digests(self) -> Iterator[str]:
        """The hashes of all files that are kept."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            yield path.name
