"""What the system and SQLite say of a disk becomes an error that a person can do something about."""

import errno
import os
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest

from rag.errors import BadFolder, DamagedCatalog, DiskFull
from rag.library.database.disk import disk_errors_are_said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EACCES, BadFolder),
        (errno.EROFS, BadFolder),
        (errno.ENOENT, FileNotFoundError),
    ],
)
def test_what_the_system_refuses_is_said(tmp_path, number, said):
    with pytest.raises(said), disk_errors_are_said(tmp_path / "originals"):
        raise OSError(number, os.strerror(number))


def test_a_full_disk_is_said_in_the_words_of_sqlite_too(tmp_path):
    path = tmp_path / "catalog.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma max_page_count = 2")
        with pytest.raises(DiskFull), disk_errors_are_said(path):
            connection.executescript("create table one (a); create table two (a); create table three (a);")


def test_a_catalog_that_may_not_be_written_to_is_said_to_be_one(tmp_path):
    path = tmp_path / "catalog.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table one (a)")
    with (
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection,
        pytest.raises(BadFolder, match=r"catalog\.sqlite: attempt to write a readonly database"),
        disk_errors_are_said(path),
    ):
        connection.execute("create table two (a)")


def test_a_file_that_cannot_be_opened_is_said_to_be_one(tmp_path):
    with pytest.raises(BadFolder, match="unable to open"), disk_errors_are_said(tmp_path / "catalog.sqlite"):
        sqlite3.connect(tmp_path)


def test_what_is_no_database_is_called_damaged(tmp_path):
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(b"no database" * 1000)
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(DamagedCatalog),
        disk_errors_are_said(path),
    ):
        connection.execute("select * from one")


def test_an_input_error_is_a_full_disk_only_where_no_room_is_left(tmp_path, monkeypatch):
    def read():
        with disk_errors_are_said(tmp_path / "catalog.sqlite"):
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
            raise error

    with pytest.raises(sqlite3.OperationalError):
        read()
    monkeypatch.setattr("rag.library.database.disk.shutil.disk_usage", lambda _: SimpleNamespace(free=4096))
    with pytest.raises(DiskFull):
        read()
