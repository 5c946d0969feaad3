"""The worker process: reads and embeds what is queued, one worker for each data folder.

Whoever needs it starts it (the page, the command line); a second one leaves at once, since the first holds the lock.
"""

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout

from rag.errors import AtWork, BadFolder, DiskFull
from rag.settings import Settings

_LOCK = "worker.lock"
_IDLE = 0.25  # seconds between two looks at an empty queue
_RESTART_AFTER = 1.0
_DISK_PATIENCE = 5.0
_LOOK_AGAIN_AFTER = 15.0
_PATIENCE = 10.0  # for a worker to end; a parser may be deep in a page
_LONGEST_LOG = 5_000_000  # bytes
_TAKEN = 75  # EX_TEMPFAIL in sysexits.h: another worker holds the lock
_log = logging.getLogger(__name__)


def main() -> None:
    """Work until nobody needs it: until the parent is gone and the queue is empty."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--parent", type=int, default=os.getppid(), help="the process that needs the worker")
    given = parser.parse_args()
    settings = Settings.from_env(home=given.home)
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    signal.signal(signal.SIGTERM, _leave)
    try:
        with FileLock(settings.home / _LOCK, timeout=0):
            _work_when_there_is_room(settings, given.parent)
    except Timeout:
        sys.exit(_TAKEN)


def _work_when_there_is_room(settings: Settings, parent: int) -> None:
    """Work; on a disk that is so full, or so guarded, that no failure can be written down, wait and begin again."""
    while True:
        try:
            return _work(settings, parent)
        except (DiskFull, BadFolder) as error:
            _log.warning("%s", error)
            if os.getppid() != parent:
                raise
            time.sleep(_DISK_PATIENCE)


def _work(settings: Settings, parent: int) -> None:
    from rag.wiring import ingest, mend  # noqa: PLC0415 - a second worker leaves before it has loaded anything

    mend(settings)
    work = ingest(settings, parallel=True)
    try:
        work.jobs.reserve.keep()
        work.jobs.let_go()
        if not work.jobs.open():
            work.warm_up()
        work.queue_outdated()
        while True:
            if not work.run_one() and not work.renewing.step():
                work.tidy()
                work.words.put_together(lambda: not work.jobs.open())
                work.jobs.reserve.keep()
                work.know_more(_IDLE)
                if os.getppid() != parent:
                    return
                time.sleep(_IDLE)
    finally:
        work.close()


def _leave(_: int, __: FrameType | None) -> None:
    raise SystemExit


@contextmanager
def no_worker(settings: Settings) -> Iterator[None]:
    """Keep workers away from a data folder for as long as the block takes.

    :raises AtWork: when one is there
    """
    try:
        with FileLock(settings.home / _LOCK, timeout=0):
            yield
    except Timeout as error:
        raise AtWork(path=str(settings.home)) from error


class WorkerKeeper:
    """Keeps a worker alive for a data folder while there is work, and ends its own when it is closed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._closing = threading.Event()
        self._process = self._start()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="worker-keeper")
        self._thread.start()

    @property
    def pid(self) -> int:
        """The process that is kept."""
        return self._process.pid

    def close(self) -> None:
        """End the worker, if it is ours; what it was doing goes on when another one starts."""
        self._closing.set()
        self._thread.join()  # it may be about to start another one
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        log = self._settings.home / "worker.log"
        self._settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if log.exists() and log.stat().st_size > _LONGEST_LOG:
            log.replace(log.with_name("worker.log.1"))
        # -P: whatever lies in the folder that a person stands in is no module of ours.
        command = [sys.executable, "-P", "-m", "rag.entrypoints.worker", "--home", str(self._settings.home.resolve())]
        with log.open("ab") as output:
            return subprocess.Popen(  # noqa: S603 - our own module, with a path and a number as its only arguments
                [*command, "--parent", str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=os.environ | _environment(self._settings),
                start_new_session=True,
            )

    def _watch(self) -> None:
        """A worker that fell over a file is started again; one that left because another holds the lock, later."""
        patience = _RESTART_AFTER
        while not self._closing.wait(patience):
            status = self._process.poll()
            patience = _LOOK_AGAIN_AFTER if status == _TAKEN else _RESTART_AFTER
            if status is not None and not self._closing.wait(patience):
                try:
                    self._process = self._start()
                except OSError as error:  # no room for the log, or for a process: there may be some the next time
                    _log.warning("the worker cannot be started: %s", error)


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "RAG_EMBEDDER": settings.embedder,
        "RAG_CLOSE_READING": settings.close_reading,
        "RAG_DOWNLOAD": str(settings.download),
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")])  # an empty part is this folder
        ),
    }


if __name__ == "__main__":
    main()
