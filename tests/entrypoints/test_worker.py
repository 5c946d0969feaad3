"""The worker is a process of its own: it may be killed, and what it did goes on."""

import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import psutil
import pytest

from rag.entrypoints import worker
from rag.entrypoints.worker import WorkerKeeper
from rag.errors import DiskFull
from rag.retrieval.embedder.hashing import HashingEmbedder
from rag.wiring import workspace


@pytest.fixture
def keeper(settings):
    started = WorkerKeeper(settings)
    yield started
    started.close()


def until(fact, seconds=60):
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it did not become true"
        time.sleep(0.05)


def words_of(app, document):
    return " ".join(passage.own_text for passage in app.store.of_document(document))


@pytest.fixture
def long_report(make_pdf):
    return make_pdf(
        *[[f"Line {line} of page {page} tells of harbours and fees." for line in range(25)] for page in range(400)]
    )


def test_a_document_is_read_by_the_worker(app, keeper, report):
    document, _ = app.add("ann", app.bases("ann")[0].id, "report.pdf", io.BytesIO(report))
    until(lambda: app.document("ann", document.id).state == "ready")
    assert app.document("ann", document.id).leaves == 3


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_worker_that_is_killed_is_started_again_and_loses_nothing(app, keeper, long_report):
    document, _ = app.add("ann", app.bases("ann")[0].id, "long.pdf", io.BytesIO(long_report))
    until(lambda: app.document("ann", document.id).askable)
    os.kill(keeper.pid, signal.SIGKILL)
    until(lambda: app.document("ann", document.id).state == "ready")
    assert app.document("ann", document.id).leaves == 400
    words = words_of(app, document.id)
    assert words.count("harbours") == 400 * 25
    assert app.check().healthy


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_worker_killed_in_the_close_reading_goes_on_at_the_page_it_was_at(settings, make_pdf):
    closely = settings.model_copy(update={"close_reading": "on"})
    app = workspace(closely)
    pages = [[f"Line {line} of page {page} tells of harbours and fees." for line in range(9)] for page in range(60)]
    keeper = WorkerKeeper(closely)
    try:
        document, _ = app.add("ann", app.bases("ann")[0].id, "long.pdf", io.BytesIO(make_pdf(*pages)))
        until(lambda: app.document("ann", document.id).close_done)
        assert app.document("ann", document.id).state == "refining"
        folder = closely.home / "pages" / str(document.id)
        read = sum(path.stat().st_size for path in folder.iterdir())
        os.kill(keeper.pid, signal.SIGKILL)
        assert read
        until(lambda: app.document("ann", document.id).state == "ready")
    finally:
        keeper.close()
    assert app.document("ann", document.id).read_closely
    words = words_of(app, document.id)
    assert words.count("harbours") == 60 * 9
    assert not folder.exists()
    assert app.check().healthy


def test_one_folder_has_one_worker(app, keeper, settings):
    until(lambda: psutil.pid_exists(keeper.pid) and (settings.home / "worker.lock").exists())
    second = WorkerKeeper(settings)
    until(lambda: not psutil.pid_exists(second.pid) or psutil.Process(second.pid).status() == psutil.STATUS_ZOMBIE)
    assert psutil.Process(keeper.pid).is_running()
    second.close()


def test_the_worker_ends_with_its_keeper(settings):
    keeper = WorkerKeeper(settings)
    worker = keeper.pid
    keeper.close()
    assert not psutil.pid_exists(worker)


def test_a_worker_whose_keeper_was_gone_before_it_began_does_not_stay(settings):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    arguments = ["--home", str(settings.home), "--parent", str(gone.pid)]
    command = [sys.executable, "-m", "rag.entrypoints.worker", *arguments]
    ended = subprocess.run(command, env=os.environ | {"RAG_EMBEDDER": "hashing"}, timeout=60, check=False)
    assert ended.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGSTOP")
def test_a_worker_that_does_not_listen_keeps_nobody_from_leaving(settings, monkeypatch):
    monkeypatch.setattr("rag.entrypoints.worker._PATIENCE", 0.2)
    keeper = WorkerKeeper(settings)
    os.kill(keeper.pid, signal.SIGSTOP)
    keeper.close()
    assert not psutil.pid_exists(keeper.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_worker_that_cannot_be_started_now_is_started_later(keeper, monkeypatch):
    start = keeper._start
    refusals = [OSError("no room")]

    def refuse_once():
        if refusals:
            raise refusals.pop()
        return start()

    monkeypatch.setattr(keeper, "_start", refuse_once)
    first = keeper.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: keeper.pid != first)
    assert not refusals


def test_the_worker_s_log_does_not_grow_for_ever(settings, monkeypatch):
    monkeypatch.setattr("rag.entrypoints.worker._LONGEST_LOG", 100)
    (settings.home / "worker.log").write_text("old " * 100)
    WorkerKeeper(settings).close()
    assert "old" not in (settings.home / "worker.log").read_text()


def test_a_full_disk_does_not_end_the_worker_before_it_has_begun(worker):
    class Unbuilt(HashingEmbedder):
        def passages(self, texts):
            raise DiskFull(path="models")

    replace(worker, embedder=lambda _: Unbuilt()).warm_up()


def test_what_lies_in_the_folder_one_stands_in_is_not_run(settings, tmp_path, monkeypatch):
    (tmp_path / "filelock.py").write_text("open('taken', 'w').close()")
    monkeypatch.chdir(tmp_path)
    keeper = WorkerKeeper(settings)
    until(lambda: (tmp_path / "taken").exists() or (settings.home / "worker.lock").exists())
    keeper.close()
    assert not (tmp_path / "taken").exists()


def test_a_worker_outlives_a_disk_on_which_nothing_can_be_written_down(settings, monkeypatch):
    tries = []

    def work(*_):
        tries.append(1)
        if len(tries) < 3:
            raise DiskFull(path="/data")

    monkeypatch.setattr(worker, "_work", work)
    monkeypatch.setattr(worker, "_DISK_PATIENCE", 0.0)
    worker._work_when_there_is_room(settings, os.getppid())
    assert len(tries) == 3
