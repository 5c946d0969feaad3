"""The one place that names concrete parts, and puts them together."""

import os
import socket
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rag import language
from rag.adding.admission import Admission
from rag.adding.ingest import Ingest
from rag.adding.knowing import Catching
from rag.adding.refining import Refiner
from rag.adding.renewing import Renewing
from rag.asking.computing import Computing
from rag.asking.finding import Finder
from rag.asking.reranking import Reranking
from rag.asking.searching import Searching
from rag.asking.turn import Asking
from rag.checking import repair
from rag.errors import BadFolder
from rag.library.catalog import Catalog
from rag.library.conversations import Conversations
from rag.library.database import Database
from rag.library.database.disk import disk_errors_are_said
from rag.library.database.reserve import reserve_beside
from rag.library.documents.about_store import AboutStore
from rag.library.documents.jobs import Jobs
from rag.library.documents.leaf_store import LeafStore
from rag.library.documents.originals import Originals
from rag.library.documents.page_folders import PageFolders
from rag.library.glossaries import Glossaries
from rag.library.gold_store import GoldStore
from rag.library.members import Members
from rag.library.passages.editions import Editions
from rag.library.passages.generations import Generations
from rag.library.passages.passage_store import PassageStore
from rag.library.preferences import Preferences
from rag.library.tables.table_store import TableStore
from rag.library.tables.view_store import ViewStore
from rag.reading.numbers import number_of
from rag.records import Options
from rag.retrieval.lexical.posting_words import PostingWords
from rag.settings import Settings
from rag.showing.sheet import Sheet
from rag.showing.tables import Tables
from rag.showing.viewing import Viewing
from rag.wiring.adapters import default_model, default_reranker, embedder, llm, reranker, server, vectors
from rag.workspace import Workspace
from rag.workspace.choices import chosen_model, chosen_reranker, rewrites
from rag.writing.prompts.template import load

if TYPE_CHECKING:
    from rag.reading.pdf.processes.page_pool import PagePool


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept in a data folder; both halves of the app work with it."""

    catalog: Catalog
    store: PassageStore
    leaves: LeafStore
    tables: TableStore
    abouts: AboutStore
    editions: Editions
    jobs: Jobs
    preferences: Preferences
    originals: Originals
    page_folders: PageFolders
    typed_folders: PageFolders
    words: PostingWords
    renewing: Renewing
    computing: Computing


def workspace(settings: Settings) -> Workspace:
    """The app over the data folder that *settings* names.

    :raises DiskFull: when there is no room for a new one
    :raises BadFolder: when it cannot be made or written to
    """
    database = _database(settings)
    kept = _kept(settings, database)
    members, conversations = Members(kept.catalog), Conversations(database)
    glossaries, kept_tables = Glossaries(kept.preferences), Tables(kept.tables, members)
    embedders, default = partial(embedder, settings), partial(default_model, settings)
    finder = Finder(kept.catalog, kept.store, kept.words, embedders, partial(vectors, settings), glossaries.of)
    reranking = Reranking(
        partial(reranker, settings),
        partial(chosen_reranker, kept.preferences, partial(default_reranker, settings)),
        settings.reranked,
    )
    return Workspace(
        catalog=kept.catalog,
        store=kept.store,
        originals=kept.originals,
        page_folders=kept.page_folders,
        jobs=kept.jobs,
        editions=kept.editions,
        members=members,
        conversations=conversations,
        preferences=kept.preferences,
        glossaries=glossaries,
        words=kept.words,
        admission=_admission(settings, kept, conversations),
        abouts=kept.abouts,
        viewing=Viewing(members, kept.leaves, kept.originals),
        kept_tables=kept_tables,
        by_hand=Sheet(kept_tables, ViewStore(database), kept.computing),
        gold=GoldStore(database),
        finder=finder,
        asking=_asking(settings, kept, members, conversations, Searching(finder, reranking)),
        server=server,
        default_model=default,
        reranking=reranking,
        new_embedder=lambda: embedders(settings.embedder).name,
        renewing=kept.renewing,
    )


def ingest(settings: Settings, *, parallel: bool = False) -> Ingest:
    """The worker's half of the app; *parallel* reads pages in processes of their own, which who calls this closes."""
    kept = _kept(settings, _database(settings))
    return Ingest(
        catalog=kept.catalog,
        store=kept.store,
        leaves=kept.leaves,
        abouts=kept.abouts,
        catching=Catching(kept.catalog, kept.store, kept.leaves, kept.abouts),
        tables=kept.tables,
        originals=kept.originals,
        jobs=kept.jobs,
        words=kept.words,
        preferences=kept.preferences,
        embedder=partial(embedder, settings),
        renewing=kept.renewing,
        refiner=Refiner(
            store=kept.store,
            editions=kept.editions,
            leaves=kept.leaves,
            abouts=kept.abouts,
            tables=kept.tables,
            originals=kept.originals,
            page_folders=kept.page_folders,
            words=kept.words,
            closely=settings.close_reading == "on",
            pool=_pool() if parallel else None,
        ),
        default_embedder=settings.embedder,
        worker=f"{socket.gethostname()}:{os.getpid()}",
        type_tables=kept.computing.prepare,
    )


def mend(settings: Settings) -> None:
    """Make the word index agree with the catalog, should a crash, or damage to its file, have parted them; and
    delete what a crash left of files on their way.
    """
    app = workspace(settings)
    app.originals.sweep()
    if app.store.count() != app.words.count() or app.page_folders.documents():
        repair(app.parts)


def _kept(settings: Settings, database: Database) -> _Kept:
    catalog, store, tables = Catalog(database), PassageStore(database), TableStore(database)
    typed_folders = PageFolders(settings.home / "typed")
    return _Kept(
        catalog=catalog,
        store=store,
        leaves=LeafStore(database),
        tables=tables,
        abouts=AboutStore(database),
        editions=Editions(database),
        jobs=Jobs(database),
        preferences=Preferences(database),
        originals=Originals(settings.home / "originals"),
        page_folders=PageFolders(settings.home / "pages"),
        typed_folders=typed_folders,
        words=PostingWords(settings.home / "words.sqlite"),
        renewing=Renewing(settings.home, catalog, store, Generations(database), partial(embedder, settings)),
        computing=Computing(tables, number_of, typed_folders),
    )


def _admission(settings: Settings, kept: _Kept, conversations: Conversations) -> Admission:
    return Admission(
        catalog=kept.catalog,
        store=kept.store,
        originals=kept.originals,
        page_folders=kept.page_folders,
        typed_folders=kept.typed_folders,
        jobs=kept.jobs,
        conversations=conversations,
        words=kept.words,
        max_upload_mb=settings.max_upload_mb,
    )


def _asking(
    settings: Settings, kept: _Kept, members: Members, conversations: Conversations, searching: Searching
) -> Asking:
    return Asking(
        catalog=kept.catalog,
        members=members,
        conversations=conversations,
        searching=searching,
        computing=kept.computing,
        template=partial(load, settings.prompts / "answer.md"),
        query=partial(load, settings.prompts / "query.md"),
        llm=llm,
        model=partial(chosen_model, kept.preferences, partial(default_model, settings)),
        options=Options(context=settings.context),
        rewrites=partial(rewrites, kept.preferences, settings.rewriting == "on"),
    )


def _pool() -> "PagePool":
    from rag.reading.pdf.processes.page_pool import PagePool  # noqa: PLC0415 - chosen

    return PagePool(nice=10)  # people wait for the page and for first words, not for close reading


def _database(settings: Settings) -> Database:
    """The catalog; on a full disk it takes the room that is kept, since to remove documents it must be open.

    :raises DiskFull: when there is no room for a new one
    :raises BadFolder: when it cannot be made or written to
    """
    path = settings.home / "catalog.sqlite"

    def opened() -> Database:
        with disk_errors_are_said(path):
            settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
            language.keep_dictionary_in(settings.home / "cache")
            return Database(path)

    try:
        return reserve_beside(path).surely(opened)
    except OSError as error:
        raise BadFolder(path=str(settings.home), reason=error.strerror or str(error)) from error
