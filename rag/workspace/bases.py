"""Bases: made, renamed, given another embedding model and terms of their own, removed with all that is in them."""

from collections.abc import Iterable
from contextlib import suppress

from rag.adding.renewing import Room
from rag.errors import NameTaken, NoSuchDocument
from rag.library.passages.generations import Generation
from rag.records import Base, Term
from rag.workspace.documents import Documents


class Bases(Documents):
    """What may be done with bases."""

    __slots__ = ()

    def bases(self, who: str) -> list[Base]:
        """The bases that *who* may read; there is always one."""
        if not self.members.bases(who):
            with suppress(NameTaken):  # another visitor was first
                self.create_base(who, "Library")
        return self.members.bases(who)

    def create_base(self, who: str, name: str) -> Base:  # noqa: ARG002 - everyone may, until there are accounts
        """:raises NameTaken: when there is one; :raises BadName: when it is no name"""
        return self.catalog.create_base(name, self.new_embedder())

    def rename_base(self, who: str, base: int, name: str) -> None:
        """:raises NameTaken: when there is one; :raises BadName: when it is no name"""
        self.catalog.rename_base(self.members.base(who, base).id, name)

    def change_embedder(self, who: str, base: int, name: str) -> bool:
        """Change a base to another embedding model once its passages are embedded; ``False`` when it has it already.

        :raises EmbedderError: when the model cannot be used
        :raises NoRoomForVectors: when the disk has no room for the vectors of both
        """
        return self.renewing.begin(self.members.base(who, base).id, name)

    def room_for_embedder(self, who: str, base: int, name: str) -> Room:
        """Whether the disk has room for another model of a base; the model is tried.

        :raises EmbedderError: when the model cannot be used
        """
        return self.renewing.room(self.members.base(who, base).id, name)

    def embedder_under_way(self, who: str, base: int) -> Generation | None:
        """The model that a base is to have, and how far that is; ``None`` when it keeps the one it has."""
        number = self.members.base(who, base).id
        return next((each for each in self.renewing.under_way() if each.base == number), None)

    def glossary(self, who: str, base: int) -> tuple[Term, ...]:
        """The terms that a base has beside those that all have.

        :raises NoSuchBase: when there is none, or not for *who*
        """
        return self.glossaries.of([self.members.base(who, base).id]).get(base, ())

    def set_terms(self, who: str, base: int, terms: Iterable[Term]) -> None:
        """Replace all terms that a base has of its own; they count from the next question on.

        :raises BadTerm: when one has no name or nothing to seek, or what no document can have
        :raises TermTaken: when two have the same name
        :raises TooManyTerms: when they are more than a base may have
        """
        self.glossaries.set(self.members.base(who, base).id, terms)

    def remove_base(self, who: str, base: int) -> None:
        """Remove a base and every document in it."""
        for document in self.documents(who, [base]):
            with suppress(NoSuchDocument):  # another visitor was quicker
                self.remove(who, document.id)
        self.catalog.remove_base(base)
