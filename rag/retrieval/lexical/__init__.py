"""The contract of a word index: which passages share words with a text, among those that may be seen."""

from collections.abc import Callable, Sequence
from typing import Protocol

from rag.records import Owner, Scope


class Words(Protocol):
    """Texts by passage id, found by their words in Chinese and English. Safe to use from several threads."""

    def add(self, ids: Sequence[int], owners: Sequence[Owner], texts: Sequence[str]) -> None:
        """Add texts, all or none; an id that is known is replaced."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these ids; unknown ones are passed over."""

    def matching(self, text: str, k: int, among: Scope) -> list[tuple[int, float]]:
        """At most *k* (id, score) in *among* that share a word with *text*, best first; higher is nearer."""

    def ids(self) -> set[int]:
        """Every id that is held."""

    def count(self) -> int:
        """How many texts are held; cheap."""

    def put_together(self, go_on: Callable[[], bool]) -> None:
        """Merge what was added bit by bit, so that searches are quick, while *go_on* says so; for idle moments."""

    def compact(self) -> None:
        """Let the words of what was removed leave the disk too; may take seconds, and is for idle moments."""
