"""One reading of pages by several processes: batches go out, pages come back in their order."""

import math
import select
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from rag.errors import ReaderCrashed, known_errors
from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.processes.page_chain import ApartPage, PageRules
from rag.reading.pdf.processes.page_child import Gone, PageChild
from rag.records import Upload

if TYPE_CHECKING:
    from rag.reading.pdf.processes.page_pool import PagePool  # it makes runs

_STARTS = 3
_LEAST = 2.0  # seconds for a page
_HOPELESS = 6  # pages that broke the deep pass, one after the other: it is not tried again


class PageRun:
    """Pages *numbers* of *upload*, to be asked for in their order. Close it, so that its processes are free again."""

    def __init__(
        self,
        pool: "PagePool",
        upload: Upload,
        numbers: Sequence[int],
        *,
        deep: bool,
        password: str | None,
        plain: bool = False,
        rules: PageRules | None = None,
    ) -> None:
        self._plain = plain
        self._pool, self._upload, self._deep, self._password, self._rules = pool, upload, deep, password, rules
        self._least, self._most, self._worth = (1, 4, 8) if deep else (3, 24, 100)
        self._waiting = deque(numbers)
        self._ahead = 2 * self._most * pool.processes
        self._owed: dict[PageChild, deque[int]] = {}
        self._glances: dict[PageChild, RawPage] = {}
        self._ready: dict[int, RawPage | ApartPage] = {}
        self._wanted = 0
        self._false_starts = 0
        self._slow = 0
        self._again: set[int] = set()
        self._broken = 0  # pages since the last that was read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for child in list(self._owed):
            self._release(child)

    def page(self, number: int, until: float = math.inf) -> RawPage | ApartPage:
        """The next page; by the rules, if there are any, unless it is lost.

        :raises TimeoutError: when it is not there *until* then, on the clock that only goes forwards

        :raises RagError: when the file cannot be opened any more, or no process started
        """
        self._wanted = number
        self._listen(0.0)
        while number not in self._ready:
            if (left := until - time.monotonic()) < 0:
                raise TimeoutError
            if self._hopeless and not any(number in owed for owed in self._owed.values()):
                return self._first_pass(number)
            self._hand_out()
            self._listen(min([left, *(child.left for child in self._owed if child.at_work)]))
        self._hand_out()
        return self._ready.pop(number)

    @property
    def _hopeless(self) -> bool:
        return self._deep and self._broken >= _HOPELESS

    def _hand_out(self) -> None:
        """Give each process that has nothing to do its next batch, as far as pages are read ahead."""
        if self._hopeless:
            return
        for child, owed in list(self._owed.items()):
            if not child.at_work and not owed and self._waiting and self._near():
                self._give(child)
        while self._waiting and self._near() and self._may_join():
            child = self._pool.take(deep=self._deep)
            self._owed[child] = deque()
            if child.started:  # the others need not wait for pages that a new one has
                self._give(child)

    def _near(self) -> bool:
        """Whether the next batch is not too far ahead; one that a process left behind never is."""
        ahead = len(self._ready) + sum(map(len, self._owed.values()))
        return self._waiting[0] <= self._wanted or ahead < self._ahead

    def _may_join(self) -> bool:
        """Whether one more process is worth it: a new one takes as long to start as many pages to be read."""
        if not self._owed:
            return True
        if len(self._owed) >= self._pool.processes:
            return False
        return self._pool.idle(deep=self._deep) or len(self._waiting) >= self._worth

    def _give(self, child: PageChild) -> None:
        # Ever smaller, so that all are at work until near the end.
        size = -(-len(self._waiting) // (2 * self._pool.processes))
        size = min(max(size, self._least), self._most, len(self._waiting))
        batch = [self._waiting.popleft() for _ in range(size)]
        self._owed[child] = deque(batch)
        file = {"path": self._upload.path, "name": self._upload.name, "password": self._password}
        try:
            patience, closely = (self._patience(self._pool.limits[deep].seconds) for deep in (False, True))
            how = {"deep": self._deep, "plain": self._plain, "rules": self._rules}
            child.ask("pages", numbers=batch, patience=patience, closely=closely, **how, **file)
        except Gone as gone:
            self._bury(child, gone)

    def _patience(self, seconds: float) -> float:
        """*seconds* for a page; fewer after each that took too long: a thousand of them must not take so much each."""
        return max(seconds / (1 + self._slow), min(seconds, _LEAST))

    def _listen(self, seconds: float) -> None:
        ready, _, _ = select.select(list(self._owed), [], [], max(seconds, 0.0))
        for child in list(self._owed):
            if child in ready or (child.at_work and child.left < 0):
                try:
                    for kind, value in child.take():
                        self._heard(child, kind, value)
                except Gone as gone:
                    self._bury(child, gone)

    def _heard(self, child: PageChild, kind: str, value: Any) -> None:
        match kind:
            case "glance":
                self._glances[child] = value
            case "page":
                self._broken = 0
                self._glances.pop(child, None)
                self._ready[value.number] = value
                self._owed[child].popleft()
            case "refused":
                raise known_errors()[value.code](**value.details)
            case "done":
                self._owed[child].clear()

    def _bury(self, child: PageChild, gone: Gone) -> None:
        """Of the page at which *child* ended its words are kept, if any came; another gets the rest of its batch."""
        owed = self._owed[child]
        glance = self._glances.pop(child, None)
        self._release(child)
        if not gone.code:
            self._false_starts += 1
            if self._false_starts >= _STARTS:
                raise ReaderCrashed(name=self._upload.name, attempts=_STARTS) from gone
        elif owed and gone.killed and owed[0] not in self._again:
            self._again.add(owed[0])
        elif owed:
            number = owed.popleft()
            self._slow += gone.code == "PageTooSlow"
            self._broken += 1
            lost = RawPage(number, failed=gone.code)
            self._ready[number] = lost if glance is None else replace(glance, failed="LayoutFailed")
        self._waiting.extendleft(reversed(owed))

    def _first_pass(self, number: int) -> RawPage:
        """Page *number* without what broke the deep pass at the pages before it."""
        found = self._pool.pages(self._upload, [number], deep=False, password=self._password)
        raw = next(found)
        return raw if raw.failed else replace(raw, failed="LayoutFailed")

    def _release(self, child: PageChild) -> None:
        del self._owed[child]
        self._pool.give_back(child, deep=self._deep)
