"""The only place that answers "may they?".

Everyone who can reach the server shares every base, until there are accounts.
"""

from collections.abc import Collection
from dataclasses import replace

from rag.errors import NoSuchBase
from rag.library.catalog import Catalog
from rag.records import EVERYWHERE, Base, Document, Scope, Selection

ANYONE = "anyone"


class Members:
    """Who may see what. Every method takes who is asking first."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def bases(self, who: str) -> list[Base]:  # noqa: ARG002 - everyone, until there are accounts
        """The bases that *who* may read."""
        return self._catalog.bases()

    def base(self, who: str, number: int) -> Base:
        """A base that *who* may read.

        :raises NoSuchBase: when there is none of this number, or not for *who*
        """
        for base in self.bases(who):
            if base.id == number:
                return base
        raise NoSuchBase(name=f"#{number}")

    def document(self, who: str, number: int) -> Document:
        """A document that *who* may read.

        :raises NoSuchDocument: when there is none of this number
        :raises NoSuchBase: when its base is not for *who*
        """
        document = self._catalog.document(number)
        self.base(who, document.base)
        return document

    def scope(
        self,
        who: str,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
        where: Selection = EVERYWHERE,
    ) -> Scope:
        """What a search by *who* may find: in *bases* (all that *who* may read when none is named), and when
        *documents* are named, only there; of those only what *where* selects, which may be nothing.

        :raises NoSuchBase: when one of *bases* is not for *who*
        """
        readable = frozenset(base.id for base in self.bases(who))
        for base in bases:
            if base not in readable:
                raise NoSuchBase(name=f"#{base}")
        scope = Scope(frozenset(bases) or readable, frozenset(documents) or None, pages=where.pages)
        if not where.chooses:
            return scope
        chosen = {document.id for document in self._catalog.documents(scope.bases) if where.holds(document)}
        return replace(scope, only=frozenset(chosen if scope.only is None else chosen & scope.only))
