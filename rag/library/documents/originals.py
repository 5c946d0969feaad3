"""The files as they were handed over, each kept once under the hash of its content; its name is never a path."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock

from rag.library.database.disk import disk_errors_are_said

_PIECE = 1 << 20
_ARRIVING = "arriving-"
_LONG_AGO = 24 * 60 * 60  # seconds: no file takes as long to arrive


@dataclass(frozen=True, slots=True)
class Original:
    """A file that has arrived: SHA-256 of its bytes, and how many there are."""

    digest: str
    size: int


class Originals:
    """Files by content hash, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def arriving(self) -> Iterator[Path]:
        """A path for a file on its way; a file that was not placed by the end of the block is deleted.

        :raises DiskFull: when there is no room for it
        """
        with disk_errors_are_said(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, path = tempfile.mkstemp(prefix=_ARRIVING, dir=self._folder)
            os.close(descriptor)
            try:
                yield Path(path)
            finally:
                for left in (Path(path), Path(f"{path}.part")):
                    left.unlink(missing_ok=True)

    def receive(self, file: BinaryIO, path: Path) -> Original:
        """Copy *file* from where it stands to its end, piece by piece, to a *path* of ``arriving``.

        :raises DiskFull: when it does not fit
        """
        digest, size = hashlib.sha256(), 0
        with disk_errors_are_said(self._folder), path.open("wb") as copy:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += copy.write(piece)
        return Original(digest.hexdigest(), size)

    def received(self, path: Path) -> Original:
        """The file that somebody else wrote to a *path* of ``arriving``."""
        with path.open("rb") as file:
            return Original(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """Keep other threads and processes from placing or discarding files; hold it only for moments."""
        with disk_errors_are_said(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "lock"):
                yield

    def place(self, path: Path, original: Original) -> None:
        """Move a file that has arrived at *path* to its place, where it is whole or not at all."""
        with disk_errors_are_said(self._folder):
            target = self.path(original.digest)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)

    def path(self, digest: str) -> Path:
        """Where the file with this hash is, or would be."""
        return self._folder / digest[:2] / digest

    def discard(self, digest: str) -> None:
        """Delete the file with this hash, if it is there."""
        self.path(digest).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete what is left of files that never arrived whole because the app was killed."""
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
