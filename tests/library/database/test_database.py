"""The catalog's tables are what the code believes them to be."""

import sqlite3
import sys
from contextlib import closing

import numpy as np
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from rag.errors import DamagedCatalog, NewerCatalog
from rag.library.catalog import Catalog
from rag.library.database import LATEST, Database, schema
from rag.library.database.codec import pack_passage
from rag.library.documents.jobs import Jobs
from rag.library.documents.leaf_store import LeafStore
from rag.library.passages.editions import Editions, Step
from rag.library.passages.passage_store import PassageStore
from rag.records import Leaf, LeafReport, Page, Passage, Span


def test_the_migrations_make_the_tables_that_the_code_knows(database):
    with database.reading() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == LATEST
        assert compare_metadata(context, schema.metadata) == []


def test_a_catalog_is_opened_again_with_what_it_held(tmp_path, catalog):
    catalog.create_base("Reports", "m")
    again = Database(tmp_path / "catalog.sqlite")
    with again.reading() as connection:
        assert connection.execute(schema.bases.select()).one().name == "Reports"
    again.close()


def test_what_a_catalog_of_the_first_version_held_is_there_and_can_be_read_closely(tmp_path, monkeypatch):
    path = tmp_path / "catalog.sqlite"
    monkeypatch.setattr("rag.library.database.LATEST", "0001")
    upgrade = command.upgrade
    monkeypatch.setattr(command, "upgrade", lambda config, _: upgrade(config, "0001"))
    Database(path).close()
    monkeypatch.undo()
    page = Passage(None, (Span("The fee is 12 euros.", Page(1)),))
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("insert into bases values (1, 'Library', 'hashing-256')")
        old.execute(
            "insert into documents (id, base, name, digest, kind, size, added, added_by, state, leaves, passages, done,"
            " total, seconds, notes) values (1, 1, 'a.pdf', 'd', 'pdf', 3, 0, 'ann', 'ready', 1, 1, 1, 1, 2.5, '[]')"
        )
        old.execute("insert into leaves values (1, 1, 'i', 600, 800, 20)")
        old.execute("insert into passages values (1, 1, ?)", [pack_passage(page)])
        old.execute(
            "insert into jobs (id, document, state, attempts, lease_until, cancel) values (1, 1, 'done', 1, 0, 0)"
        )
        old.execute("insert into vectors values (1, 1, 1, 1, ?)", [np.eye(1, 256, dtype="<f4").tobytes()])
    database = Database(path)
    document = Catalog(database).document(1)
    assert (document.state, document.read_closely, document.seconds) == ("ready", False, 2.5)
    store, editions = PassageStore(database), Editions(database)
    assert store.passages([1])[0].own_text == "The fee is 12 euros."
    assert LeafStore(database).reports(1) == [LeafReport(1, "i", characters=20)]
    assert editions.outdated({"pdf": 1, "workbook": 1}) == [1]
    assert Jobs(database).refine(1, rank=1)
    begun = editions.begin(1, 1)
    known = store.known_vectors("hashing-256", [page.digest])
    ids = editions.reserve(1)
    step = Step(1, ids, [page], np.stack([known[page.digest]]), [Leaf(1, "i", ())], ())
    assert editions.publish(begun, "hashing-256", step) == [1]
    assert [passage.id for passage in store.of_document(1)] == ids
    assert Catalog(database).document(1).read_closely
    database.close()


def test_a_change_that_fails_halfway_leaves_nothing(database, catalog):
    def fail_halfway():
        with database.writing() as connection:
            connection.execute(schema.bases.insert().values(name="half", embedder="m"))
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    assert catalog.bases() == []


def test_a_damaged_catalog_is_said_to_be_one(tmp_path):
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedCatalog, match=r"catalog\.sqlite is damaged"):
        Database(path)


def test_a_catalog_of_a_newer_version_is_said_to_be_one_and_left_as_it_is(tmp_path, catalog):
    path = tmp_path / "catalog.sqlite"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(NewerCatalog, match=r"catalog\.sqlite was changed by a newer version"):
        Database(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("select version_num from alembic_version").fetchone() == ("9999",)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_only_its_owner_reads_the_catalog_which_keeps_keys(tmp_path, catalog):
    catalog.create_base("Reports", "m")
    kept = [tmp_path / f"catalog.sqlite{ending}" for ending in ("", "-wal", "-shm")]
    assert not [path for path in kept if path.stat().st_mode & 0o077]
