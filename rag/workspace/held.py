"""What the workspace is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from rag.adding.admission import Admission
from rag.adding.renewing import Renewing
from rag.asking.finding import Finder
from rag.asking.reranking import Reranking
from rag.asking.turn import Asking
from rag.library.catalog import Catalog
from rag.library.conversations import Conversations
from rag.library.documents.about_store import AboutStore
from rag.library.documents.jobs import Jobs
from rag.library.documents.originals import Originals
from rag.library.documents.page_folders import PageFolders
from rag.library.glossaries import Glossaries
from rag.library.gold_store import GoldStore
from rag.library.members import Members
from rag.library.passages.editions import Editions
from rag.library.passages.passage_store import PassageStore
from rag.library.preferences import Preferences
from rag.records import ModelChoice
from rag.retrieval.lexical import Words
from rag.showing.sheet import Sheet
from rag.showing.tables import Tables
from rag.showing.viewing import Viewing
from rag.writing.llm import ModelServer


@dataclass(frozen=True, slots=True)
class Held:
    """All that the app works with; each part of the workspace takes of it what it needs."""

    catalog: Catalog
    store: PassageStore
    originals: Originals
    page_folders: PageFolders
    jobs: Jobs
    editions: Editions
    members: Members
    conversations: Conversations
    preferences: Preferences
    glossaries: Glossaries
    words: Words
    admission: Admission
    abouts: AboutStore
    viewing: Viewing
    kept_tables: Tables
    by_hand: Sheet
    gold: GoldStore
    finder: Finder
    asking: Asking
    server: Callable[[ModelChoice], ModelServer | None]
    default_model: Callable[[], ModelChoice]
    reranking: Reranking
    new_embedder: Callable[[], str]
    renewing: Renewing
