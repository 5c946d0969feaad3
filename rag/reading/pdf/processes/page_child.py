"""The parent's end of one process that reads pages: what it is asked, what it replies, and why it ended."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import known_errors
from rag.reading.pdf.processes.frames import OUT_OF_MEMORY, Frames, send

_BLOCK = 1 << 20
_PIPE = 1 << 20  # bytes that a process may read ahead while the parent is busy
_TO_START = 60.0  # seconds by the clock; Python and MuPDF take half a second on an idle machine
_TO_STOP = 2.0
_BY_THE_CLOCK = 3.0  # a machine that is busy with other things gives a process a third of its time


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one page may take: *seconds* of processor time, three times that by the clock; *memory* in bytes."""

    seconds: float
    memory: int


class Gone(Exception):
    """The process ended; *code* names the note that says why, and is empty when it did not start.

    One that was *killed* from outside, by a person or for want of memory, says nothing about the page it was at.
    """

    def __init__(self, code: str, *, killed: bool = False) -> None:
        super().__init__(code)
        self.code, self.killed = code, killed


class PageChild:
    """A process that reads pages, started at once; whoever starts it calls ``kill`` at the end."""

    def __init__(self, limits: Limits, source: str, *, nice: int = 0) -> None:
        self.limits = limits
        self.busy = False
        self.started = False
        self._frames = Frames()
        self._deadline = 0.0
        self._patience = self._closely = limits.seconds
        theirs, self._life = os.pipe()
        command = [
            *(sys.executable, "-P", "-m", "rag.reading.pdf.processes.page_process"),
            *("--seconds", str(limits.seconds), "--memory", str(limits.memory), "--nice", str(nice)),
            *("--parent", str(theirs), "--source", source),
        ]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, with numbers as its arguments
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                env=_environment(),
                pass_fds=[theirs],
                process_group=0,  # Ctrl-C in a terminal goes to a group: it is for the parent, who decides
            )
        except OSError:
            os.close(self._life)
            raise
        finally:
            os.close(theirs)
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101, PT018 - pipes
        self._requests, self._replies = self._process.stdin, self._process.stdout
        os.set_blocking(self.fileno(), False)
        with contextlib.suppress(
            OSError, AttributeError, ImportError
        ):  # Linux only, and not beyond what a user may have
            import fcntl  # noqa: PLC0415 - POSIX only

            fcntl.fcntl(self.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
        self.be_patient(_TO_START)

    def fileno(self) -> int:
        """Where its replies come from."""
        return self._replies.fileno()

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @property
    def at_work(self) -> bool:
        """Whether it is still to start, or to reply."""
        return self.busy or not self.started

    @property
    def left(self) -> float:
        """Seconds until it is taken for hanging while it is ``at_work``."""
        return self._deadline - time.monotonic()

    def be_patient(self, seconds: float) -> None:
        """Let it take so many seconds by the clock from now on."""
        self._deadline = time.monotonic() + seconds

    def ask(self, verb: str, **details: Any) -> None:
        """Hand it a request; what came of it is in ``take``. *patience* among the details is seconds for the words of
        each page, and *closely* for what comes after a glance at them.

        :raises Gone: when it has ended
        """
        self._patience = details.get("patience", self.limits.seconds)
        self._closely = details.get("closely", self._patience)
        if self.started:
            self.be_patient(self._patience * _BY_THE_CLOCK)
        self.busy = True
        try:
            send(self._requests.fileno(), (verb, details))
        except OSError as error:
            raise self._gone() from error

    def stop(self) -> None:
        """Ask it to end its batch after the page it is at."""
        with contextlib.suppress(OSError):  # it ended by itself
            send(self._requests.fileno(), ("stop", {}))

    def take(self) -> Iterator[tuple[str, Any]]:
        """The replies that are there, without waiting: ``glance``, ``page``, ``done`` and ``refused``.

        :raises Gone: when it has ended, or its time is over and it was ended, after all that it had replied
        """
        while True:
            try:
                more = os.read(self.fileno(), _BLOCK)
            except BlockingIOError:
                break
            if not more:
                raise self._gone()
            for kind, value in self._frames.feed(more):
                self.be_patient((self._closely if kind == "glance" else self._patience) * _BY_THE_CLOCK)
                if kind == "ready":
                    self.started = True
                    continue
                self.busy = self.busy and kind in {"glance", "page"}
                yield kind, value
        if self.at_work and self.left < 0:
            self.kill()
            raise Gone("PageTooSlow" if self.started else "")

    def answer(self) -> Any:
        """Wait for the end of what it was asked; pages that it replied are dropped.

        :raises Gone: when it ends before, or takes too long
        :raises RagError: when it refused
        """
        while True:
            select.select([self], [], [], max(self.left, 0.0))
            for kind, value in self.take():
                match kind:
                    case "done":
                        return value
                    case "refused":
                        raise known_errors()[value.code](**value.details)

    def settled(self) -> bool:
        """Whether it is free: one that was asked to stop is waited for, a little."""
        if self.busy:
            self._deadline = min(self._deadline, time.monotonic() + _TO_STOP)
        try:
            while self.busy:
                select.select([self], [], [], max(self.left, 0.0))
                deque(self.take(), maxlen=0)
        except Gone:
            return False
        return self._process.poll() is None

    @property
    def gone(self) -> bool:
        """Whether it has ended."""
        return self._life < 0

    def kill(self) -> None:
        """End it; it holds nothing that would be lost."""
        self.busy = False
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()
        if self._life >= 0:
            os.close(self._life)
            self._life = -1
        self._requests.close()
        self._replies.close()

    def _gone(self) -> Gone:
        try:
            status = self._process.wait(5.0)
        except subprocess.TimeoutExpired:  # its pipes are closed, and it is not
            status = 0
        self.kill()
        if not self.started:
            return Gone("")
        if status == OUT_OF_MEMORY:
            return Gone("PageTooBig")
        if status == -signal.SIGXCPU:
            return Gone("PageTooSlow")
        return Gone("PageCrashed", killed=status == -signal.SIGKILL)


def _environment() -> dict[str, str]:
    return os.environ | {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        # The layout engine takes and returns 150 MB for a page: in huge pages that costs half the kernel's time.
        "GLIBC_TUNABLES": os.environ.get("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1"),
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(Path(__file__).parents[4]), os.environ.get("PYTHONPATH")])  # an empty part is this folder
        ),
    }
