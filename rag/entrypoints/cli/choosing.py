"""Documents and bases that the command line calls by their names."""

from collections.abc import Collection, Iterable

from rag.errors import AmbiguousName, NoSuchDocument
from rag.library.members import ANYONE
from rag.records import Document
from rag.workspace import Workspace


def documents_named(app: Workspace, names: Iterable[str], bases: Collection[int]) -> list[Document]:
    """The documents of these *names* in *bases*.

    :raises NoSuchDocument: when there is none of a name; :raises AmbiguousName: when there are several
    """
    there = app.documents(ANYONE, bases)
    chosen: list[Document] = []
    for name in names:
        found = [document for document in there if document.name == name]
        if not found:
            raise NoSuchDocument(name=name)
        if len(found) > 1:
            homes = {base.id: base.name for base in app.bases(ANYONE)}
            raise AmbiguousName(name=name, bases=", ".join(homes[document.base] for document in found))
        chosen += found
    return chosen


def scope(app: Workspace, base: str | None, names: Collection[str]) -> tuple[list[int], list[int]]:
    """The numbers of the base and the documents with these names, as a search takes them; no base means all.

    :raises NoSuchBase: when there is none of the name
    """
    bases = [] if base is None else [app.catalog.base_named(base).id]
    return bases, [document.id for document in documents_named(app, names, bases)]
