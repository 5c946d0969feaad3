"""What every failure is: a sentence for what happened, a hint for what to do, and a value that can be kept."""

from typing import ClassVar

from rag.records import Note


class RagError(Exception):
    """A failure a person can do something about. The sentence names *details* in braces."""

    sentence: ClassVar[str] = "Something went wrong"
    hint: ClassVar[str] = "Try it again; if it happens again, the log of the server tells more."

    def __init__(self, **details: str | int) -> None:
        self.details = details
        super().__init__(self.sentence.format(**details))

    @property
    def note(self) -> Note:
        """The failure as a value that can be stored."""
        return Note(type(self).__name__, self.details)
