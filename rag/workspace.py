"""Everything the app can do, in the order it does it. Who is asking comes first."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import BinaryIO

from rag.admission import Admission
from rag.asking import HITS, Asking
from rag.checking import Parts, Report, check, repair
from rag.errors import NameTaken, NoSuchDocument
from rag.finding import Finder
from rag.library.about_store import AboutStore
from rag.library.catalog import Catalog
from rag.library.conversations import Conversations
from rag.library.editions import Editions
from rag.library.generations import Generation
from rag.library.glossaries import Glossaries
from rag.library.gold_store import GoldStore
from rag.library.jobs import Jobs
from rag.library.members import Members
from rag.library.originals import Originals
from rag.library.page_folders import PageFolders
from rag.library.passage_store import PassageStore
from rag.library.preferences import Preferences
from rag.live import LiveAnswer
from rag.records import (
    About,
    Base,
    Document,
    Event,
    Extras,
    Grid,
    Hit,
    KeptFigure,
    LeafReport,
    ModelChoice,
    Note,
    PageImage,
    Passage,
    Request,
    RerankerChoice,
    Selection,
    SheetWindow,
    TableInfo,
    TableList,
    TableQuery,
    Term,
    Turn,
)
from rag.renewing import Renewing, Room
from rag.reranking import Reranking
from rag.retrieval.features import Weights
from rag.retrieval.lexical import Words
from rag.searching import Sought
from rag.sheet import Sheet
from rag.tables import AT_ONCE, Tables
from rag.viewing import Viewing
from rag.writing.llm import ModelServer

_EVERYWHERE = Selection()


@dataclass(frozen=True, slots=True)
class Workspace:
    """The app, whatever skin it wears. Safe to use from several threads."""

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

    # ── bases ──

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
        """Let a base have another embedding model once its passages are embedded with it; ``False``: it has it already.

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
        """Let *terms* be all that a base has of its own; they count from the next question on.

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

    # ── documents ──

    def add(
        self, who: str, base: int, name: str, file: BinaryIO, password: str | None = None
    ) -> tuple[Document, Note | None]:
        """Keep a file and queue its reading; the note says that it was there already, or got another name.

        Of a locked file a copy is kept that needs no password; the *password* is kept nowhere.

        :raises RefusedUpload: when it cannot be a document of ours, ``LockedFile`` when it needs a password; nothing
            is kept then
        :raises WrongPassword: when *password* does not open it
        :raises DiskFull: when it does not fit
        """
        self.members.base(who, base)
        return self.admission.add(who, base, name, file, password)

    def documents(self, who: str, bases: Collection[int] = ()) -> list[Document]:
        """The documents of *bases*, or of all that *who* may read, newest first."""
        return self.catalog.documents(self.members.scope(who, bases).bases)

    def document(self, who: str, document: int) -> Document:
        """:raises NoSuchDocument: when it was removed, or is not for *who*"""
        return self.members.document(who, document)

    def before(self) -> dict[int, int]:
        """For each document that waits to be worked on how many come before it."""
        return self.jobs.before()

    def cancel(self, who: str, document: int) -> None:
        """Stop reading a document; what was read stays searchable."""
        self.members.document(who, document)
        self.jobs.cancel(document)

    def retry(self, who: str, document: int) -> None:
        """Go on with a document that was cancelled or failed."""
        self.members.document(who, document)
        self.jobs.retry(document)

    def search_hidden(self, who: str, document: int, wanted: bool) -> None:
        """Let text that nobody sees be found too, or no more: the document is read again for it, and can be asked
        meanwhile.
        """
        found = self.members.document(who, document)
        if self.editions.search_hidden(document, wanted=wanted):
            self.jobs.refine(document) if found.state == "ready" else self.jobs.retry(document)

    def about(self, who: str, document: int) -> About:
        """What a document is about, as it was read, and as a person set it right.

        :raises NoSuchDocument: when it was removed
        """
        return self.members.document(who, document).about

    def set_about(self, who: str, document: int, about: About) -> About:
        """Let *about* hold: fields that differ from before are set by hand, and no reading changes them; those that its
        ``by_hand`` names no more are again as they were read. What holds now is returned.

        :raises NoSuchDocument: when it was removed
        """
        return self.abouts.set(self.members.document(who, document).id, about)

    def remove(self, who: str, document: int) -> None:
        """A document is gone from every place at once: catalog, words, vectors, answers, and its file from the disk."""
        self.admission.remove(self.members.document(who, document))

    def working(self) -> int:
        """How many documents wait to be read or are being read."""
        return self.jobs.open()

    # ── asking ──

    def find(
        self,
        who: str,
        question: str,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
        where: Selection = _EVERYWHERE,
        k: int = HITS,
    ) -> list[Hit]:
        """The *k* passages nearest to a question, best first; of documents and pages that *where* does not select,
        nothing is found.

        :raises BadQuestion: when it is empty
        """
        return self.asking.find(who, question, bases=bases, documents=documents, where=where, k=k)

    def search(
        self,
        who: str,
        question: str,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
        where: Selection = _EVERYWHERE,
        k: int = HITS,
        weights: Weights | None = None,
    ) -> Sought:
        """As ``find``, with how long each stage took, and what did not work; by other *weights* if some are tried."""
        return self.asking.search(who, question, bases=bases, documents=documents, where=where, k=k, weights=weights)

    def ask(
        self,
        who: str,
        request: Request,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
        history: Sequence[Turn] = (),
        model: ModelChoice | None = None,
        k: int = HITS,
        stop: threading.Event | None = None,
    ) -> Iterator[Event]:
        """Evidence, thinking, prose, and the whole answer last; *model* is the chosen one when it is not given.

        :raises BadQuestion: when there is no question
        :raises NothingToSearch: when no document can be asked yet
        """
        return self.asking.ask(
            who, request, bases=bases, documents=documents, history=history, model=model, k=k, stop=stop
        )

    def begin(
        self,
        who: str,
        conversation: int | None,
        request: Request,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
    ) -> tuple[int, LiveAnswer]:
        """Ask in a conversation (``None`` starts one), in the background; the answer is kept as its next turn.

        :raises BadQuestion: when there is no question
        :raises NothingToSearch: when no document can be asked yet
        """
        return self.asking.begin(who, conversation, request, bases=bases, documents=documents)

    def live(self, who: str, conversation: int) -> LiveAnswer | None:
        """The answer that is being made in a conversation of *who*; one that failed is given once more."""
        return self.asking.live(who, conversation)

    # ── checking ──

    def page(self, who: str, document: int, number: int, scale: float = 2.0) -> PageImage:
        """A page as a picture; boxes times ``scale`` are its pixels.

        :raises NoSuchPage: when there is none of this number; :raises PageUndrawable: when it cannot be drawn
        """
        return self.viewing.page(who, document, number, scale)

    def sheet(self, who: str, document: int, sheet: str, area: str, heads: Sequence[int] = ()) -> SheetWindow:
        """The part of a sheet around *area*, under the rows of its *heads*.

        :raises NoSuchPage: when there is no such sheet
        """
        return self.viewing.sheet(who, document, sheet, area, heads)

    def leaves(self, who: str, document: int) -> list[tuple[int, str | None]]:
        """Number and printed label, or sheet name, of each page or sheet."""
        return self.viewing.leaves(who, document)

    def leaves_report(self, who: str, document: int) -> list[LeafReport]:
        """How each page or sheet was read."""
        return self.viewing.leaves_report(who, document)

    def extras(self, who: str, document: int) -> Extras:
        """Outline, form fields, remarks, links and attachments of a document."""
        return self.viewing.extras(who, document)

    def figures(self, who: str, document: int, pages: Collection[int] | None = None) -> list[KeptFigure]:
        """The pictures and charts of a document, or of some of its *pages*, in order."""
        return self.viewing.figures(who, document, pages)

    def figure_image(self, who: str, figure: int, scale: float = 2.0) -> PageImage:
        """A picture or a chart by itself.

        :raises NoSuchFigure: when it is gone; :raises PageUndrawable: when it cannot be drawn
        """
        return self.viewing.figure_image(who, figure, scale)

    def original(self, who: str, document: int) -> tuple[str, bytes]:
        """A document's name and its bytes as they are kept."""
        return self.viewing.original(who, document)

    def passage(self, who: str, number: int) -> Passage | None:
        """A passage by its id; ``None`` when it is gone, with its document or because that was read again."""
        return self.viewing.passage(who, number)

    # ── tables ──

    def tables(
        self,
        who: str,
        query: TableQuery | None = None,
        *,
        bases: Collection[int] = (),
        documents: Collection[int] = (),
    ) -> TableList:
        """The tables of *bases*, or of *documents*, that *query* wants, newest document first."""
        return self.kept_tables.listed(who, query or TableQuery(), bases=bases, documents=documents)

    def table(self, who: str, number: int, *, start: int = 0, count: int | None = AT_ONCE) -> tuple[TableInfo, Grid]:
        """A table, and *count* of its rows from *start* on; all of them when it is ``None``.

        :raises NoSuchTable: when it is gone
        """
        return self.kept_tables.opened(who, number, start=start, count=count)

    def edit_table(
        self, who: str, number: int, *, heads: int | None = None, title: str | None = None, unit: str | None = None
    ) -> TableInfo:
        """Set right how many of the first rows are heads, the title or the unit; what was read is kept beneath.

        :raises NoSuchTable: when it is gone
        """
        return self.kept_tables.edit(who, number, heads=heads, title=title, unit=unit)

    def merge_tables(self, who: str, first: int, second: int) -> TableInfo:
        """The rows of the second table stand below those of the first.

        :raises CannotMerge: when they are one table, or of two documents
        """
        return self.kept_tables.merge(who, first, second)

    # ── models ──

    def model(self, who: str) -> ModelChoice:  # noqa: ARG002 - one choice for everyone, until there are accounts
        """The model that answers: what was chosen, or what the settings say."""
        return chosen_model(self.preferences, self.default_model)

    def choose_model(self, who: str, choice: ModelChoice | None) -> None:  # noqa: ARG002
        """Let *choice* answer from now on; ``None`` goes back to the settings."""
        self.preferences.set("model", None if choice is None else asdict(choice))

    def reranker(self, who: str) -> RerankerChoice:  # noqa: ARG002 - one choice for everyone, as above
        """What reads the first hits again: what was chosen, or what the settings say."""
        return self.reranking.chosen()

    def choose_reranker(self, who: str, choice: RerankerChoice | None) -> None:  # noqa: ARG002
        """Let *choice* read the first hits again from now on; ``None`` goes back to the settings.

        :raises RerankerUnavailable: when it cannot be used; the choice there was then stays
        """
        if choice is not None:
            self.reranking.check(choice)
        self.preferences.set("reranker", None if choice is None else asdict(choice))

    def rewrites(self, who: str) -> bool:  # noqa: ARG002
        """Whether a model puts questions otherwise before the search."""
        return self.asking.rewrites()

    def choose_rewriting(self, who: str, choice: bool | None) -> None:  # noqa: ARG002
        """Let a model put questions otherwise, or not; ``None`` goes back to the settings."""
        self.preferences.set("rewriting", choice)

    # ── health ──

    def check(self, *, mend: bool = False) -> Report:
        """Whether catalog, vectors, words and originals agree; *mend* makes words and originals agree first."""
        if mend:
            repair(self.parts)
        return check(self.parts, self.catalog.bases(), self.finder.held())

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


def rewrites(preferences: Preferences, default: bool) -> bool:
    """Whether a model puts questions otherwise before the search: as somebody has chosen, else the *default*."""
    chosen = preferences.get("rewriting")
    return default if chosen is None else bool(chosen)


def chosen_reranker(preferences: Preferences, default: Callable[[], RerankerChoice]) -> RerankerChoice:
    """The reranker that somebody has chosen, else the *default*."""
    chosen = preferences.get("reranker")
    return default() if chosen is None else RerankerChoice(**chosen)


def chosen_model(preferences: Preferences, default: Callable[[], ModelChoice]) -> ModelChoice:
    """The model that somebody has chosen, else the *default*."""
    chosen = preferences.get("model")
    return default() if chosen is None else ModelChoice(**chosen)
