"""Everything the app can do, in the order it does it. Who is asking comes first."""

from rag.workspace.bases import Bases
from rag.workspace.choices import Choices
from rag.workspace.health import Health
from rag.workspace.questions import Questions
from rag.workspace.sources import Sources
from rag.workspace.tables import TablesKept


class Workspace(Bases, Questions, Sources, TablesKept, Choices, Health):
    """The app, whatever skin it wears. Safe to use from several threads."""

    __slots__ = ()
