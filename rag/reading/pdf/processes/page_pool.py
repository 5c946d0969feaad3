"""Pages of PDFs by processes of their own: in parallel, within limits, and a page that breaks one costs only itself."""

import math
import os
import threading
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from rag.errors import DamagedFile, PageUndrawable, ReaderCrashed
from rag.reading.pdf.pages.page_labels import PageLabels
from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.processes.page_chain import ApartPage, PageRules
from rag.reading.pdf.processes.page_child import Gone, Limits, PageChild
from rag.reading.pdf.processes.page_run import PageRun
from rag.reading.pdf.processes.raw_cache import RawPageCache
from rag.records import Box, Extras, PageImage, Upload

MOST = 4  # processes
QUICK = Limits(seconds=10.0, memory=1 << 30)
DEEP = Limits(seconds=60.0, memory=2 << 30)


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """What is known of a PDF before its pages are read."""

    count: int
    labels: PageLabels


class PagePool:
    """Processes that read pages, kept from one document to the next. Safe to use from several threads.

    Some have the *quick* limits, for words and pictures; others the *deep* ones, for layout and OCR, and can be *nice*
    to whatever else runs. Each is started when it is first needed; there are at most *processes* of a kind, but for
    one more when several readings are under way at once. What ``limits`` allow is by whether they are deep; the words
    of a page have the quick ones always. *source* names the module whose ``raw_pages`` reads.
    """

    def __init__(
        self,
        processes: int | None = None,
        *,
        quick: Limits = QUICK,
        deep: Limits = DEEP,
        nice: int = 0,
        source: str = "rag.reading.pdf.processes.page_reader",
    ) -> None:
        self.processes = processes or min(MOST, _cores())
        self.limits = {False: quick, True: deep}
        self._nice = nice
        self._source = source
        self._lock = threading.Lock()
        self._free: dict[bool, deque[PageChild]] = {False: deque(), True: deque()}
        self._all: set[PageChild] = set()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, at once."""
        with self._lock:
            self._closed = True
            children, self._all = self._all, set()
        for child in children:
            child.kill()

    def prepare(self) -> None:
        """Start the quick processes before they are needed; nothing is waited for."""
        for child in [self.take(deep=False) for _ in range(self.processes)]:
            self.give_back(child, deep=False)

    def open(self, upload: Upload, password: str | None = None) -> OpenedPdf:
        """How many pages there are, and their labels.

        :raises RefusedUpload: ``FileGone``, ``DamagedFile`` or ``LockedFile``
        :raises WrongPassword: when *password* does not open it
        """
        try:
            count, rules = self._answer("open", upload, password)
        except Gone as error:
            raise DamagedFile(name=upload.name) from error
        return OpenedPdf(count, PageLabels(rules))

    def extras(self, upload: Upload, password: str | None = None) -> Extras | None:
        """What it holds beside the words of its pages; ``None`` when that breaks the process that looks.

        It raises what ``open`` raises.
        """
        try:
            found: Extras = self._answer("extras", upload, password)
        except Gone:
            return None
        return found

    def pages(
        self,
        upload: Upload,
        numbers: Iterable[int],
        *,
        deep: bool,
        plain: bool = False,
        password: str | None = None,
        cache: RawPageCache | None = None,
        until: float = math.inf,
    ) -> Generator[RawPage]:
        """The pages *numbers*, counted from 1 and ascending, in this order; a page that cannot be read says so itself.
        The lines of *plain* ones are not parted into words, where that will do.

        Some are read ahead, a bounded number. A page that breaks the *deep* pass comes as the first pass reads it.
        Pages that *cache* holds are not read again, and those that are read go into it.

        :raises RefusedUpload: ``FileGone``, ``DamagedFile`` or ``LockedFile``
        :raises WrongPassword: when *password* does not open it
        :raises ReaderCrashed: when no process can be started
        :raises TimeoutError: when a page is not there *until* then, by ``time.monotonic``
        """
        wanted = list(numbers)
        missing = wanted if cache is None else [number for number in wanted if number not in cache]
        with PageRun(self, upload, missing, deep=deep, plain=plain, password=password) as run:
            ahead = iter(missing)
            next_missing = next(ahead, None)
            for number in wanted:
                if number != next_missing:
                    raw = cache.get(number) if cache is not None else None
                    if raw is None:  # it was damaged after it was written
                        raw = next(self.pages(upload, [number], deep=deep, password=password))
                else:
                    next_missing = next(ahead, None)
                    page = run.page(number, until)
                    assert isinstance(page, RawPage)  # noqa: S101 - it was not asked for by the rules
                    raw = page
                    if cache is not None:
                        cache.put(raw)
                yield raw

    def apart(
        self, upload: Upload, numbers: Sequence[int], rules: PageRules, *, password: str | None = None
    ) -> Generator[RawPage | ApartPage]:
        """The same pages by the first pass, with the rules of layout applied by the processes; one that is lost is raw.

        It raises what ``pages`` raises.
        """
        with PageRun(self, upload, numbers, deep=False, plain=rules.plain, password=password, rules=rules) as run:
            for number in numbers:
                yield run.page(number)

    def draw(
        self, path: Path, number: int, scale: float = 2.0, *, clip: Box | None = None, name: str = ""
    ) -> PageImage:
        """Page *number*, from 1, of the PDF at *path*, or what *clip* holds of it, *scale* pixels for a point.

        :raises NoSuchPage: when there is no such page
        :raises PageUndrawable: when it cannot be drawn within the limits
        :raises RefusedUpload: ``FileGone``, ``DamagedFile`` or ``LockedFile``
        """
        upload = Upload(name or path.name, path)
        try:
            image: PageImage = self._answer("draw", upload, None, number=number, scale=scale, clip=clip)
        except Gone as error:
            raise PageUndrawable(name=upload.name, page=number) from error
        return image

    def unlock(self, upload: Upload, password: str, target: Path) -> None:
        """Write a copy to *target* that needs no password; the same file gives the same bytes.

        :raises WrongPassword: when *password* does not open it
        :raises RefusedUpload: ``FileGone`` or ``DamagedFile``
        """
        try:
            self._answer("unlock", upload, password, target=target)
        except Gone as error:
            raise DamagedFile(name=upload.name) from error

    def _answer(self, verb: str, upload: Upload, password: str | None, **details: Any) -> Any:
        child = self.take(deep=False)
        try:
            child.ask(verb, path=upload.path, name=upload.name, password=password, **details)
            return child.answer()
        except Gone as gone:
            if not gone.code:
                raise ReaderCrashed(name=upload.name, attempts=1) from gone
            raise
        finally:
            self.give_back(child, deep=False)

    # ── processes ──

    def take(self, *, deep: bool) -> PageChild:
        """A process that is free, or a new one; whoever takes it gives it back."""
        while True:
            with self._lock:
                if self._closed:
                    raise RuntimeError("the pool is closed")
                child = self._free[deep].popleft() if self._free[deep] else None
            if child is None:
                return self._start(deep=deep)
            if child.settled():
                return child
            self._forget(child)

    def idle(self, *, deep: bool) -> bool:
        """Whether ``take`` would start no process."""
        return bool(self._free[deep])

    def give_back(self, child: PageChild, *, deep: bool) -> None:
        """Whatever *child* is still at is of no interest any more."""
        if child.busy:
            child.stop()
        with self._lock:
            if not child.gone and not self._closed and len(self._free[deep]) < self.processes:
                self._free[deep].appendleft(child)
                return
        self._forget(child)

    def _start(self, *, deep: bool) -> PageChild:
        child = PageChild(self.limits[deep], self._source, nice=self._nice if deep else 0)
        with self._lock:
            self._all.add(child)
        return child

    def _forget(self, child: PageChild) -> None:
        with self._lock:
            self._all.discard(child)
        child.kill()


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
