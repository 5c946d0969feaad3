"""Health: whether all that is kept agrees."""

from rag.checking import Parts, Report, check, repair
from rag.workspace.held import Held


class Health(Held):
    """What may be checked."""

    __slots__ = ()

    def check(self, *, mend: bool = False) -> Report:
        """Whether catalog, vectors, words and originals agree; *mend* makes words and originals agree first."""
        if mend:
            repair(self.parts)
        return check(self.parts, self.finder.held)

    @property
    def parts(self) -> Parts:
        """What has to agree."""
        return Parts(
            self.catalog,
            self.store,
            self.words,
            self.originals,
            self.page_folders,
            self.admission.typed_folders,
            self.conversations,
            self.kept_tables.store,
        )
