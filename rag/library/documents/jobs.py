"""The queue of documents: those that cannot be asked yet come first; it survives a rerun, a crash and a restart.

A worker holds a job by a lease that it renews; the next worker takes over what a dead one held. How a job ends is
written together with its document, so that no crash leaves one without the other; it is written on a full disk too.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, or_, select, update

from rag.errors import RagError
from rag.library.database import Database, schema
from rag.library.database.codec import pack_notes
from rag.library.database.reserve import reserve_beside
from rag.records import DocumentState

LEASE_SECONDS = 120.0
UNREAD, UNEMBEDDED, WORDLESS, REFINING = 0, 1, 2, 3
"""How urgent a job is, the most urgent first: the document's words cannot be found yet; they cannot be found by their
meaning; only a close reading can find words in it, as in a scan; it can be asked already.
"""
_OPEN = ("queued", "running")
_jobs, _documents = schema.jobs, schema.documents


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be read; *attempts* counts this try. Of those to be read closely, *rank* 0 comes first."""

    id: int
    document: int
    attempts: int
    rank: int = 0


class Jobs:
    """The queue. Safe to use from several processes."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now
        self.reserve = reserve_beside(database.path)

    def claim(self, worker: str) -> Job | None:
        """Give *worker* the most urgent job, then the oldest, that waits or whose worker let its lease run out."""
        free = or_(_jobs.c.state == "queued", (_jobs.c.state == "running") & (_jobs.c.lease_until < self._now()))
        with self._database.reading() as connection:
            if connection.execute(select(_jobs.c.id).where(free).limit(1)).first() is None:
                return None
        with self._database.writing() as connection:
            first = select(_jobs).join(_documents).where(free).order_by(_urgency(), _jobs.c.id).limit(1)
            row = connection.execute(first).first()
            if row is None:
                return None
            connection.execute(
                update(_jobs)
                .where(_jobs.c.id == row.id)
                .values(
                    state="running",
                    worker=worker,
                    attempts=row.attempts + 1,
                    lease_until=self._now() + LEASE_SECONDS,
                )
            )
        return Job(row.id, row.document, row.attempts + 1, row.rank)

    def waiting(self, before: int) -> bool:
        """Whether a more urgent job waits; *before* is ``UNREAD`` to ``WORDLESS``, or ``REFINING`` plus a rank."""
        waits = select(_jobs.c.id).join(_documents).where(_jobs.c.state == "queued", _urgency() < before).limit(1)
        with self._database.reading() as connection:
            return connection.execute(waits).first() is not None

    def before(self) -> dict[int, int]:
        """How many jobs come before that of each waiting document: those that run, and more urgent ones."""
        running = select(func.count()).select_from(_jobs).where(_jobs.c.state == "running")
        order = (_urgency(), _jobs.c.id)
        waits = select(_jobs.c.document).join(_documents).where(_jobs.c.state == "queued").order_by(*order)
        with self._database.reading() as connection:
            ahead = connection.execute(running).scalar_one()
            return {document: at for at, document in enumerate(connection.execute(waits).scalars(), ahead)}

    def renew(self, job: Job, worker: str) -> bool:
        """Keep the lease; ``False`` when the job was cancelled or removed, or belongs to another worker by now."""
        mine = (_jobs.c.id == job.id) & (_jobs.c.worker == worker) & (_jobs.c.state == "running")
        with self._database.writing() as connection:
            kept = connection.execute(
                update(_jobs).where(mine, ~_jobs.c.cancel).values(lease_until=self._now() + LEASE_SECONDS)
            )
            return kept.rowcount == 1

    def succeeded_so_far(self, job: Job) -> None:
        """The dangerous part is over: if the worker is stopped from now on, that does not count against the file."""
        with self._database.writing() as connection:
            _set(connection, job.document, attempts=0)

    def give_back(self, job: Job, seconds: float = 0.0) -> None:
        """The worker was told to stop, or to do something else first: this try does not count, but its *seconds* do."""

        def give() -> None:
            with self._database.writing() as connection:
                _set(connection, job.document, state="queued", worker=None, attempts=max(job.attempts - 1, 0))
                _set_document(connection, job.document, seconds=_documents.c.seconds + seconds)

        self.reserve.surely(give)

    def finish(self, job: Job, state: DocumentState, problem: RagError | None = None, seconds: float = 0.0) -> None:
        """The work has ended: its document is ``ready``, ``failed`` with a *problem*, or ``cancelled``."""
        ended = "done" if state == "ready" else state

        def end() -> None:
            with self._database.writing() as connection:
                _set(connection, job.document, state=ended, worker=None, cancel=False, rank=0)
                _set_document(
                    connection,
                    job.document,
                    state=state,
                    problem=None if problem is None else pack_notes([problem.note]),
                    seconds=_documents.c.seconds + seconds,
                )

        self.reserve.surely(end)

    def cancel(self, document: int) -> bool:
        """Stop the work on a document; ``True`` when no worker has to notice it first."""
        mine = _jobs.c.document == document

        def stop() -> bool:
            with self._database.writing() as connection:
                waiting = connection.execute(
                    update(_jobs).where(mine, _jobs.c.state == "queued").values(state="cancelled")
                ).rowcount
                connection.execute(update(_jobs).where(mine, _jobs.c.state == "running").values(cancel=True))
                if waiting:
                    _set_document(connection, document, state="cancelled", problem=None)
            return waiting == 1

        return self.reserve.surely(stop)

    def retry(self, document: int) -> bool:
        """Queue a job again that has ended; ``False`` when it has not."""
        with self._database.writing() as connection:
            return _queued_again(connection, document, "waiting")

    def refine(self, document: int, rank: int = 0) -> bool:
        """Queue a document to be read again, behind all of a lower *rank*; ``False`` when it is queued already."""
        with self._database.writing() as connection:
            return _queued_again(connection, document, "refining", rank=rank)

    def let_go(self) -> None:
        """Free what any worker held. The caller has not begun to work, and knows that it is the only worker alive.

        Workers' names do not tell: a restarted container gives its first worker the name of the one before.
        """
        with self._database.writing() as connection:
            connection.execute(update(_jobs).where(_jobs.c.state == "running").values(lease_until=0.0))

    def open(self) -> int:
        """How many jobs wait or run."""
        with self._database.reading() as connection:
            return len(connection.execute(select(_jobs.c.id).where(_jobs.c.state.in_(_OPEN))).all())


def _urgency() -> ColumnElement[int]:
    return case(
        (_documents.c.leaves == 0, UNREAD),
        (_documents.c.state != "refining", UNEMBEDDED),
        (_documents.c.passages == 0, WORDLESS),
        else_=REFINING + _jobs.c.rank,
    )


def _queued_again(connection: Connection, document: int, state: DocumentState, rank: int = 0) -> bool:
    ended = (_jobs.c.document == document) & _jobs.c.state.not_in(_OPEN)
    queued = {"state": "queued", "attempts": 0, "cancel": False, "worker": None, "rank": rank}
    if not connection.execute(update(_jobs).where(ended).values(**queued)).rowcount:
        return False
    _set_document(connection, document, state=state, problem=None)
    return True


def _set(connection: Connection, document: int, **values: Any) -> None:
    connection.execute(update(_jobs).where(_jobs.c.document == document).values(**values))


def _set_document(connection: Connection, document: int, **values: Any) -> None:
    connection.execute(update(_documents).where(_documents.c.id == document).values(**values))
