"""What is remembered of the catalog is never older than the catalog."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from rag.library.catalog import Catalog
from rag.library.database import Database
from rag.library.database.remembered import Remembered


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "catalog.sqlite")
    yield database
    database.close()


def test_nothing_is_read_again_until_something_was_committed(database):
    reads = []
    remembered = Remembered(database, lambda: reads.append(1) or len(reads))
    assert [remembered.value() for _ in range(5)] == [1] * 5
    Catalog(database).create_base("Harbour", "m")
    assert [remembered.value() for _ in range(5)] == [2] * 5


def test_a_change_by_another_process_is_seen_at_once(database):
    catalog = Catalog(database)
    number = catalog.create_base("Harbour", "old").id
    assert catalog.embedders() == {number: "old"}
    with sqlite3.connect(database.path) as other:
        other.execute("update bases set embedder = 'new'")
        assert catalog.embedders() == {number: "old"}  # it is not committed yet
    assert catalog.embedders() == {number: "new"}
    other.close()


def test_a_database_that_was_closed_and_opened_again_remembers_nothing_of_before(database):
    version = database.version()
    database.close()
    assert database.version() != version


def test_many_threads_keep_their_connections(database):
    made = []
    with ThreadPoolExecutor(24) as pool:
        for _ in range(3):
            list(pool.map(lambda _: Catalog(database).bases(), range(96)))
            made.append(database._engine.pool.checkedin())
    assert made[0] <= 24
    assert made == sorted(made)  # none is closed for want of room
    assert database._engine.pool.checkedout() == 0
