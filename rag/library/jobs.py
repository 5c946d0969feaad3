"""The queue of documents: those that cannot be asked yet come first; it survives a rerun, a crash and a restart.

A worker holds a job by a lease that it renews; what a dead worker held is taken up by the next one.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from rag.library import schema
from rag.library.database import Database

LEASE_SECONDS = 120.0
_OPEN = ("queued", "running")


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be read, and the how-many-eth time it is tried."""

    id: int
    document: int
    attempts: int


class Jobs:
    """The queue. Safe to use from several processes."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    def claim(self, worker: str) -> Job | None:
        """The oldest job that waits, or whose worker has let its lease run out; it is *worker*'s from now on.

        Documents that were not read yet come before those that only have to be embedded.
        """
        jobs, documents = schema.jobs, schema.documents
        free = or_(jobs.c.state == "queued", (jobs.c.state == "running") & (jobs.c.lease_until < self._now()))
        with self._database.reading() as connection:
            if connection.execute(select(jobs.c.id).where(free).limit(1)).first() is None:
                return None
        with self._database.writing() as connection:
            oldest = select(jobs).join(documents).where(free).order_by(documents.c.leaves > 0, jobs.c.id).limit(1)
            row = connection.execute(oldest).first()
            if row is None:
                return None
            connection.execute(
                update(jobs)
                .where(jobs.c.id == row.id)
                .values(
                    state="running",
                    worker=worker,
                    attempts=row.attempts + 1,
                    lease_until=self._now() + LEASE_SECONDS,
                )
            )
        return Job(row.id, row.document, row.attempts + 1)

    def unread(self) -> bool:
        """Whether a document waits that nobody has read yet."""
        jobs, documents = schema.jobs, schema.documents
        waits = select(jobs.c.id).join(documents).where(jobs.c.state == "queued", documents.c.leaves == 0).limit(1)
        with self._database.reading() as connection:
            return connection.execute(waits).first() is not None

    def renew(self, job: Job, worker: str) -> bool:
        """Keep the lease; ``False`` when the job was cancelled, removed, or is another worker's by now."""
        jobs = schema.jobs
        mine = (jobs.c.id == job.id) & (jobs.c.worker == worker) & (jobs.c.state == "running")
        with self._database.writing() as connection:
            kept = connection.execute(
                update(jobs).where(mine, ~jobs.c.cancel).values(lease_until=self._now() + LEASE_SECONDS)
            )
            return kept.rowcount == 1

    def succeeded_so_far(self, job: Job) -> None:
        """The dangerous part is over: what stops the worker from now on does not count against the file."""
        self._set(job.document, attempts=0)

    def give_back(self, job: Job) -> None:
        """The worker is told to leave, or to do something else first; this try does not count."""
        self._set(job.document, state="queued", worker=None, attempts=job.attempts - 1)

    def finish(self, job: Job, state: str) -> None:
        """The job is ``done``, ``failed`` or ``cancelled``."""
        self._set(job.document, state=state, worker=None, cancel=False)

    def cancel(self, document: int) -> bool:
        """Stop the work on a document; ``True`` when no worker has to notice it first."""
        jobs = schema.jobs
        mine = jobs.c.document == document
        with self._database.writing() as connection:
            waiting = connection.execute(
                update(jobs).where(mine, jobs.c.state == "queued").values(state="cancelled")
            ).rowcount
            connection.execute(update(jobs).where(mine, jobs.c.state == "running").values(cancel=True))
        return waiting == 1

    def retry(self, document: int) -> bool:
        """Queue a job again that has ended; ``False`` when it has not."""
        jobs = schema.jobs
        with self._database.writing() as connection:
            again = connection.execute(
                update(jobs)
                .where(jobs.c.document == document, jobs.c.state.not_in(_OPEN))
                .values(state="queued", attempts=0, cancel=False, worker=None)
            )
            return again.rowcount == 1

    def let_go(self) -> None:
        """Free what any worker held: who calls this has not begun, and knows that it is the only one alive.

        Names do not tell: a container that is started again gives its first worker the name of the one before.
        """
        jobs = schema.jobs
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(jobs.c.state == "running").values(lease_until=0.0))

    def open(self) -> int:
        """How many jobs wait or run."""
        jobs = schema.jobs
        with self._database.reading() as connection:
            return len(connection.execute(select(jobs.c.id).where(jobs.c.state.in_(_OPEN))).all())

    def _set(self, document: int, **values: object) -> None:
        with self._database.writing() as connection:
            connection.execute(update(schema.jobs).where(schema.jobs.c.document == document).values(**values))
