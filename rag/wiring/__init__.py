"""The one place that names concrete parts, and puts them together."""

import os
import socket
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
from rag.library.database import Database, disk_full_is_said
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


def workspace(settings: Settings) -> Workspace:
    """The app over the data folder that *settings* names.

    :raises DiskFull: when there is no room for a new one
    :raises BadFolder: when it cannot be made or written to
    """
    database = _database(settings)
    catalog, store, jobs = Catalog(database), PassageStore(database), Jobs(database)
    originals, page_folders = Originals(settings.home / "originals"), PageFolders(settings.home / "pages")
    typed_folders = PageFolders(settings.home / "typed")
    words, members, conversations = (
        PostingWords(settings.home / "words.sqlite"),
        Members(catalog),
        Conversations(database),
    )
    preferences, embedders, tables = Preferences(database), partial(embedder, settings), TableStore(database)
    glossaries = Glossaries(preferences)
    finder = Finder(catalog, store, words, embedders, partial(vectors, settings), glossaries.of)
    default = partial(default_model, settings)
    reranking = Reranking(
        partial(reranker, settings),
        partial(chosen_reranker, preferences, partial(default_reranker, settings)),
        settings.reranked,
    )
    kept_tables, computing = Tables(tables, members), Computing(tables, number_of, typed_folders)
    return Workspace(
        catalog=catalog,
        store=store,
        originals=originals,
        page_folders=page_folders,
        jobs=jobs,
        editions=Editions(database),
        members=members,
        conversations=conversations,
        preferences=preferences,
        glossaries=glossaries,
        words=words,
        admission=Admission(
            catalog=catalog,
            store=store,
            originals=originals,
            page_folders=page_folders,
            typed_folders=typed_folders,
            jobs=jobs,
            conversations=conversations,
            words=words,
            max_upload_mb=settings.max_upload_mb,
        ),
        abouts=AboutStore(database),
        viewing=Viewing(members, LeafStore(database), originals),
        kept_tables=kept_tables,
        by_hand=Sheet(kept_tables, ViewStore(database), computing),
        gold=GoldStore(database),
        finder=finder,
        asking=Asking(
            catalog=catalog,
            members=members,
            conversations=conversations,
            searching=Searching(finder, reranking),
            computing=computing,
            template=partial(load, settings.prompts / "answer.md"),
            query=partial(load, settings.prompts / "query.md"),
            llm=llm,
            model=partial(chosen_model, preferences, default),
            options=Options(context=settings.context),
            rewrites=partial(rewrites, preferences, settings.rewriting == "on"),
        ),
        server=server,
        default_model=default,
        reranking=reranking,
        new_embedder=lambda: embedders(settings.embedder).name,
        renewing=Renewing(settings.home, catalog, store, Generations(database), embedders),
    )


def ingest(settings: Settings, *, parallel: bool = False) -> Ingest:
    """The worker's half of the app; *parallel* reads pages in processes of their own, which who calls this closes."""
    database = _database(settings)
    catalog, store, leaves, tables = (
        Catalog(database),
        PassageStore(database),
        LeafStore(database),
        TableStore(database),
    )
    originals, words = Originals(settings.home / "originals"), PostingWords(settings.home / "words.sqlite")
    abouts = AboutStore(database)
    return Ingest(
        catalog=catalog,
        store=store,
        leaves=leaves,
        abouts=abouts,
        catching=Catching(catalog, store, leaves, abouts),
        tables=tables,
        originals=originals,
        jobs=Jobs(database),
        words=words,
        preferences=Preferences(database),
        embedder=partial(embedder, settings),
        renewing=Renewing(settings.home, catalog, store, Generations(database), partial(embedder, settings)),
        refiner=Refiner(
            store=store,
            editions=Editions(database),
            leaves=leaves,
            abouts=abouts,
            tables=tables,
            originals=originals,
            page_folders=PageFolders(settings.home / "pages"),
            words=words,
            closely=settings.close_reading == "on",
            pool=_pool() if parallel else None,
        ),
        default_embedder=settings.embedder,
        worker=f"{socket.gethostname()}:{os.getpid()}",
        type_tables=Computing(tables, number_of, PageFolders(settings.home / "typed")).prepare,
    )


def mend(settings: Settings) -> None:
    """Make the word index agree with the catalog, should a crash, or damage to its file, have parted them; and
    delete what a crash left of files on their way.
    """
    app = workspace(settings)
    app.originals.sweep()
    if app.store.count() != app.words.count() or app.page_folders.documents():
        repair(app.parts)


def _pool() -> "PagePool":
    from rag.reading.pdf.processes.page_pool import PagePool  # noqa: PLC0415 - chosen

    return PagePool(nice=10)  # people wait for the page and for first words, not for close reading


def _database(settings: Settings) -> Database:
    path = settings.home / "catalog.sqlite"
    try:
        with disk_full_is_said(path):
            settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
            language.keep_dictionary_in(settings.home / "cache")
            return Database(path)
    except OSError as error:
        raise BadFolder(path=str(settings.home), reason=error.strerror or str(error)) from error
