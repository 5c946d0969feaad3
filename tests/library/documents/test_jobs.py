"""The queue survives the worker that holds a job."""

import pytest

from rag.library.catalog import Catalog
from rag.library.documents.jobs import LEASE_SECONDS, UNEMBEDDED, Jobs


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def jobs(database, clock):
    return Jobs(database, clock)


def test_jobs_are_done_in_the_order_they_came(jobs, admit):
    first, second = admit("a.pdf", "a" * 64)[0], admit("b.pdf", "b" * 64)[0]
    assert [jobs.claim("w").document, jobs.claim("w").document] == [first.id, second.id]
    assert jobs.claim("w") is None


def test_a_document_that_nobody_has_read_goes_before_one_that_can_be_asked(database, jobs, admit):
    first, second = admit("a.pdf", "a" * 64)[0], admit("b.pdf", "b" * 64)[0]
    Catalog(database).read_through(first.id, 3, [])
    assert jobs.waiting(UNEMBEDDED)
    assert [jobs.claim("w").document, jobs.claim("w").document] == [second.id, first.id]
    assert not jobs.waiting(UNEMBEDDED)


def test_what_waits_knows_how_many_come_before_it(database, jobs, admit):
    first, second, third = (admit(f"{name}.pdf", name * 64)[0] for name in "abc")
    Catalog(database).read_through(second.id, 3, [])
    assert jobs.before() == {first.id: 0, third.id: 1, second.id: 2}
    jobs.claim("w")
    assert jobs.before() == {third.id: 1, second.id: 2}


def test_a_job_is_held_by_one_worker(jobs, admit):
    admit()
    assert jobs.claim("first") is not None
    assert jobs.claim("second") is None


def test_what_a_dead_worker_held_is_taken_up_when_its_lease_runs_out(jobs, admit, clock):
    admit()
    job = jobs.claim("dead")
    clock.now += LEASE_SECONDS - 1
    assert jobs.claim("alive") is None
    clock.now += 2
    taken = jobs.claim("alive")
    assert (taken.document, taken.attempts) == (job.document, 2)
    assert not jobs.renew(job, "dead")


def test_a_lease_that_is_renewed_does_not_run_out(jobs, admit, clock):
    admit()
    job = jobs.claim("w")
    for _ in range(3):
        clock.now += LEASE_SECONDS - 1
        assert jobs.renew(job, "w")
    assert jobs.claim("other") is None


def test_the_only_worker_alive_need_not_wait_for_leases(jobs, admit):
    admit()
    jobs.claim("killed")
    jobs.let_go()
    assert jobs.claim("new").attempts == 2


def test_a_worker_need_not_wait_for_a_dead_one_of_its_own_name(jobs, admit):
    admit()
    jobs.claim("container:7")
    jobs.let_go()
    assert jobs.claim("container:7").attempts == 2


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_when_its_worker_looks(jobs, admit):
    first, second = admit("a.pdf", "a" * 64)[0], admit("b.pdf", "b" * 64)[0]
    job = jobs.claim("w")
    assert not jobs.cancel(first.id)
    assert not jobs.renew(job, "w")
    assert jobs.cancel(second.id)
    assert jobs.claim("w") is None


def test_a_job_that_ended_can_be_tried_again_from_its_first_attempt(jobs, admit):
    document, _ = admit()
    job = jobs.claim("w")
    jobs.cancel(document.id)
    jobs.finish(job, "cancelled")
    assert jobs.open() == 0
    jobs.retry(document.id)
    assert jobs.open() == 1
    again = jobs.claim("w")
    assert again.attempts == 1
    assert jobs.renew(again, "w")


def test_retrying_what_still_runs_changes_nothing(jobs, admit):
    document, _ = admit()
    job = jobs.claim("w")
    jobs.retry(document.id)
    assert jobs.renew(job, "w")


def test_a_worker_that_is_told_to_leave_does_not_use_up_a_try(jobs, admit):
    admit()
    jobs.give_back(jobs.claim("w"))
    assert jobs.claim("w").attempts == 1
