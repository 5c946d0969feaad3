"""A folder for each document that is being read closely, with what was found so far in case it is interrupted."""

import shutil
from pathlib import Path


class PageFolders:
    """Folders by document, deleted when the close reading is over or the document is removed."""

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
