"""A file is taken in and queued to be read, or refused; and a document is removed from every place at once."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from rag.errors import FileTooLarge, LockedFile
from rag.library.catalog import Catalog, shown_name
from rag.library.conversations import Conversations
from rag.library.documents.jobs import Jobs
from rag.library.documents.originals import Originals
from rag.library.documents.page_folders import PageFolders
from rag.library.passages.passage_store import PassageStore
from rag.reading import kind_of, unlocked
from rag.records import Document, Note, Upload
from rag.retrieval.lexical import Words

_PIECE = 1 << 20
_ENCRYPT = b"/Encrypt"  # in the trailer, which is never compressed, of every PDF that may want a password


@dataclass(frozen=True, slots=True)
class Admission:
    """The places that a document is put into, and taken out of."""

    catalog: Catalog
    store: PassageStore
    originals: Originals
    page_folders: PageFolders
    typed_folders: PageFolders
    jobs: Jobs
    conversations: Conversations
    words: Words
    max_upload_mb: int

    def add(self, who: str, base: int, name: str, file: BinaryIO, password: str | None) -> tuple[Document, Note | None]:
        """Keep a file and queue its reading; of one that is locked a copy is kept that is not, and no *password*.

        :raises RefusedUpload: when it cannot be a document of ours; nothing is kept then
        :raises WrongPassword: when *password* does not open it
        :raises DiskFull: when it does not fit
        """
        name = shown_name(name)
        with self.originals.arriving() as path:
            original = self.originals.receive(file, path)
            if original.size > self.max_upload_mb * 1_000_000:
                raise FileTooLarge(name=name, limit=self.max_upload_mb)
            try:
                kind = kind_of(Upload(name, path))
            except LockedFile:
                if password is None:
                    raise
                kind = kind_of(unlocked(Upload(name, path), password, path))
                original = self.originals.received(path)
            if kind == "pdf" and _may_be_locked(path) and _unlocked(Upload(name, path), password):
                original = self.originals.received(path)
            # Nobody may remove the last document of these bytes meanwhile, and the file with it.
            with self.originals.unchanging():
                self.originals.place(path, original)
                try:
                    return self.catalog.admit(
                        base, name, digest=original.digest, size=original.size, kind=kind, who=who
                    )
                finally:
                    if not self.catalog.uses(original.digest):
                        self.originals.discard(original.digest)

    def remove(self, document: Document) -> None:
        """A document is gone from every place: catalog, words, vectors, answers, and its file from the disk.

        That it goes must be written, for which room is kept: it may be to go since the disk is full.
        """
        surely = self.jobs.reserve.surely
        self.jobs.cancel(document.id)
        with self.originals.unchanging():
            ids = surely(partial(self.store.remove, document.id))
            if not self.catalog.uses(document.digest):
                self.originals.discard(document.digest)
        surely(partial(self.words.remove, ids))
        surely(partial(self.conversations.forget, document.id))
        self.page_folders.discard(document.id)
        self.typed_folders.discard(document.id)


def _may_be_locked(path: Path) -> bool:
    """Whether a reader, which takes a process of its own, should look for a password."""
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if _ENCRYPT in tail + piece:
                return True
            tail = piece[-len(_ENCRYPT) :]
    return False


def _unlocked(upload: Upload, password: str | None) -> bool:
    """Replace a file that needs a password by a copy that needs none; whether that was necessary.

    :raises LockedFile: when it needs a password and there is none
    :raises WrongPassword: when *password* does not open it
    """
    from rag.reading.pdf.processes.page_pool import PagePool  # noqa: PLC0415 - for the few that are locked

    with PagePool(1) as pool:
        try:
            pool.open(upload)
        except LockedFile:
            if password is None:
                raise
            pool.unlock(upload, password, upload.path)
            return True
    return False
