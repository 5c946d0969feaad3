"""The catalog's tables are what the code believes them to be."""

import sqlite3
import sys
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from rag.errors import DiskFull
from rag.library import schema
from rag.library.database import LATEST, Database, disk_full_is_said


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


def test_a_change_that_fails_halfway_leaves_nothing(database, catalog):
    def fail_halfway():
        with database.writing() as connection:
            connection.execute(schema.bases.insert().values(name="half", embedder="m"))
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    assert catalog.bases() == []


def test_a_full_disk_is_said_in_the_words_of_sqlite_too(tmp_path):
    with pytest.raises(DiskFull), disk_full_is_said(tmp_path / "catalog.sqlite"):
        raise sqlite3.OperationalError("database or disk is full")


def test_an_input_error_is_a_full_disk_only_where_no_room_is_left(tmp_path, monkeypatch):
    def read():
        with disk_full_is_said(tmp_path / "catalog.sqlite"):
            raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(sqlite3.OperationalError):
        read()
    monkeypatch.setattr("rag.library.database.shutil.disk_usage", lambda _: SimpleNamespace(free=4096))
    with pytest.raises(DiskFull):
        read()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_only_its_owner_reads_the_catalog_which_keeps_keys(tmp_path, catalog):
    catalog.create_base("Reports", "m")
    kept = [tmp_path / f"catalog.sqlite{ending}" for ending in ("", "-wal", "-shm")]
    assert not [path for path in kept if path.stat().st_mode & 0o077]
