"""On a full disk what must be written is written, in room that was kept for it."""

import errno
import os
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from rag.errors import DiskFull
from rag.library.database.disk import disk_errors_are_said
from rag.library.database.reserve import Reserve
from rag.library.documents.jobs import Jobs

SIZE = 64 * 1024


@pytest.fixture
def reserve(tmp_path):
    return Reserve(tmp_path / "reserve", SIZE)


@pytest.fixture
def disk(database):
    """A disk that is full but for what the reserve holds: SQLite finds no room for another page while it is there."""
    kept = database.path.with_name("reserve")
    state = SimpleNamespace(full=False, kept=kept)

    def limit(connection):
        most = 2**30
        if state.full and kept.exists():
            most = connection.exec_driver_sql("pragma page_count").scalar()
        connection.exec_driver_sql(f"pragma max_page_count = {most}")

    event.listen(database._engine, "begin", limit)
    return state


def _no_room():
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _fill(database):
    with database.writing() as connection:
        connection.exec_driver_sql("create table more (text)")
        connection.exec_driver_sql(f"insert into more values ('{'a' * 100_000}')")


def test_what_does_not_fit_is_written_in_the_room_that_was_kept(reserve, tmp_path):
    def write():
        with disk_errors_are_said(tmp_path / "catalog.sqlite"):
            if (tmp_path / "reserve").exists():
                _no_room()
        return "written"

    assert reserve.keep()
    assert reserve.surely(write) == "written"
    assert not (tmp_path / "reserve").exists()


def test_a_disk_that_is_full_without_any_reserve_is_said(reserve, tmp_path):
    tries = []

    def write():
        tries.append(1)
        with disk_errors_are_said(tmp_path / "catalog.sqlite"):
            _no_room()

    with pytest.raises(DiskFull):
        reserve.surely(write)
    assert reserve.keep()
    with pytest.raises(DiskFull):
        reserve.surely(write)
    assert len(tries) == 3


def test_what_is_no_full_disk_costs_no_reserve(reserve, tmp_path):
    assert reserve.keep()
    with pytest.raises(KeyError):
        reserve.surely(lambda: {}["a"])
    assert (tmp_path / "reserve").stat().st_size == SIZE


def test_the_room_is_made_again_only_where_the_disk_has_plenty(reserve, tmp_path, monkeypatch):
    monkeypatch.setattr("rag.library.database.reserve.shutil.disk_usage", lambda _: SimpleNamespace(free=2 * SIZE))
    assert not reserve.keep()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr("rag.library.database.reserve.shutil.disk_usage", lambda _: SimpleNamespace(free=100 * SIZE))
    assert reserve.keep()
    assert [path.name for path in tmp_path.iterdir()] == ["reserve"]


def test_a_disk_that_fills_up_while_the_room_is_made_leaves_nothing_half_made(reserve, tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.write_bytes", lambda *_: _no_room())
    assert not reserve.keep()
    assert list(tmp_path.iterdir()) == []


def test_that_a_document_did_not_fit_is_kept_with_it_on_a_disk_that_is_full(database, catalog, disk, admit):
    jobs = Jobs(database)
    document = admit()[0]
    job = jobs.claim("w")
    assert jobs.reserve.keep()
    disk.full = True
    long = DiskFull(path="a" * 100_000)  # more than fits into the pages that the catalog has
    with pytest.raises(DiskFull):
        _fill(database)
    assert disk.kept.exists()
    jobs.finish(job, "failed", long)
    found = catalog.document(document.id)
    assert (found.state, found.problem.code) == ("failed", "DiskFull")
    assert not disk.kept.exists()
    disk.full = False
    assert jobs.reserve.keep()


def test_a_job_that_was_stopped_by_a_full_disk_is_given_back(database, disk, admit):
    jobs = Jobs(database)
    document = admit()[0]
    job = jobs.claim("w")
    jobs.reserve.keep()
    disk.full = True
    jobs.give_back(job)
    assert jobs.cancel(document.id)
