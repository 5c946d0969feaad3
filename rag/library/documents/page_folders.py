"""A folder for each document that is being read closely: what its reader has found so far, should it be interrupted."""

import shutil
from pathlib import Path


class PageFolders:
    """Folders by document; they are gone when the close reading is over, and with the document."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, document: int) -> Path:
        """Where the folder of a document is, or would be."""
        return self._folder / str(document)

    def discard(self, document: int) -> None:
        """Delete the folder of a document, if it is there."""
        shutil.rmtree(self.path(document), ignore_errors=True)

    def documents(self) -> set[int]:
        """The documents that have a folder."""
        return {int(path.name) for path in self._folder.glob("*") if path.name.isdecimal()}
