"""Documents: added, listed, cancelled and tried again, told what they are about, removed."""

from collections.abc import Collection
from typing import BinaryIO

from rag.records import About, Document, Note
from rag.workspace.held import Held


class Documents(Held):
    """What may be done with documents."""

    __slots__ = ()

    def add(
        self, who: str, base: int, name: str, file: BinaryIO, password: str | None = None
    ) -> tuple[Document, Note | None]:
        """Keep a file and queue its reading; the note says that it was there already, or got another name.

        Of a locked file a copy is kept that needs no password; the *password* is kept nowhere.

        :raises RefusedUpload: when it cannot be a document of ours, ``LockedFile`` when it needs a password; nothing
            is kept then
        :raises WrongPassword: when *password* does not open it
        :raises DiskFull: when it does not fit
        """
        self.members.base(who, base)
        return self.admission.add(who, base, name, file, password)

    def documents(self, who: str, bases: Collection[int] = ()) -> list[Document]:
        """The documents of *bases*, or of all that *who* may read, newest first."""
        return self.catalog.documents(self.members.scope(who, bases).bases)

    def document(self, who: str, document: int) -> Document:
        """:raises NoSuchDocument: when it was removed, or is not for *who*"""
        return self.members.document(who, document)

    def before(self) -> dict[int, int]:
        """How many documents come before each one that waits to be worked on."""
        return self.jobs.before()

    def cancel(self, who: str, document: int) -> None:
        """Stop reading a document; what was read stays searchable."""
        self.members.document(who, document)
        self.jobs.cancel(document)

    def retry(self, who: str, document: int) -> None:
        """Go on with a document that was cancelled or failed, or whose close reading did not finish."""
        found = self.members.document(who, document)
        self.jobs.refine(document) if found.state == "ready" else self.jobs.retry(document)

    def search_hidden(self, who: str, document: int, wanted: bool) -> None:
        """Choose whether hidden text is found too. The document is read again for it, and can be asked meanwhile."""
        self.members.document(who, document)
        if self.editions.search_hidden(document, wanted=wanted):
            self.retry(who, document)

    def about(self, who: str, document: int) -> About:
        """What a document is about, as it was read, and as a person set it right.

        :raises NoSuchDocument: when it was removed
        """
        return self.members.document(who, document).about

    def set_about(self, who: str, document: int, about: About) -> About:
        """Correct what a document is about. Fields that differ from before count as set by hand, and no reading changes
        them; fields that ``by_hand`` no longer names go back to what was read. What holds now is returned.

        :raises NoSuchDocument: when it was removed
        """
        return self.abouts.set(self.members.document(who, document).id, about)

    def remove(self, who: str, document: int) -> None:
        """Remove a document from every place at once: catalog, words, vectors, answers, and its file from the disk."""
        self.admission.remove(self.members.document(who, document))

    def working(self) -> int:
        """How many documents wait to be read or are being read."""
        return self.jobs.open()
