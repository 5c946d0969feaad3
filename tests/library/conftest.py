"""A catalog in a folder of its own, and documents to put in it."""

import pytest

from rag.library.catalog import Catalog
from rag.library.database import Database
from rag.library.passages.passage_store import PassageStore


@pytest.fixture
def database(tmp_path, new_catalog):
    opened = Database(new_catalog(tmp_path / "catalog.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def catalog(database):
    return Catalog(database)


@pytest.fixture
def store(database):
    return PassageStore(database)


@pytest.fixture
def admit(catalog):
    """Enters documents into the first base, which is made when it is needed."""

    def enter(name="report.pdf", digest="a" * 64, who="ann"):
        bases = catalog.bases() or [catalog.create_base("Library", "hashing-256")]
        return catalog.admit(bases[0].id, name, digest=digest, size=3, kind="pdf", who=who)

    return enter
