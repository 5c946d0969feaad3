"""What was read of the catalog, kept until something is committed: to ask for that is a hundred times cheaper."""

from collections.abc import Callable
from typing import Generic, TypeVar

from rag.library.database import Database, Version

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """What *read* returned, read again after a commit of any process. Safe to use from several threads."""

    def __init__(self, database: Database, read: Callable[[], Value]) -> None:
        self._database, self._read = database, read
        self._known: tuple[Version, Value] | None = None

    def value(self) -> Value:
        """As it is now."""
        version = self._database.version()  # before it is read: what is committed meanwhile is seen next time
        known = self._known
        if known is None or known[0] != version:
            known = self._known = version, self._read()
        return known[1]
