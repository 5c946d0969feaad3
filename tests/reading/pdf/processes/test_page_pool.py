"""Processes that read pages: what breaks one costs a page, in time, and leaves nothing behind."""

import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

import psutil
import pymupdf
import pytest

from rag.errors import LockedFile, WrongPassword, explain
from rag.reading import read, unlocked
from rag.reading.pdf.processes.page_child import Limits, PageChild
from rag.reading.pdf.processes.page_pool import PagePool
from rag.reading.pdf.processes.raw_cache import RawPageCache
from rag.records import joined

SHORT = Limits(seconds=1.0, memory=600_000_000)


pytestmark = pytest.mark.usefixtures("no_reader_left")


@pytest.fixture
def pool():
    with PagePool(2) as one:
        yield one


@pytest.fixture
def scripted(monkeypatch):
    """A pool whose pages do what they say."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with PagePool(2, quick=SHORT, deep=SHORT, source="scripted_pages") as one:
        yield one


@pytest.fixture
def saying(pdf):
    """Makes a PDF with a page for each of the texts."""
    return lambda *texts, **saving: pdf(lambda page, n: page.insert_text((72, 72), texts[n - 1]), len(texts), **saving)


def texts(leaves):
    return [joined(leaf.blocks) for leaf in leaves]


def test_a_pool_reads_what_this_process_reads(pool, saying):
    upload = saying(*(f"Page number {n} says so." for n in range(1, 131)))
    assert list(read(upload, pool=pool).leaves) == list(read(upload).leaves)


def test_pages_come_in_order_whatever_takes_long(scripted, saying):
    upload = saying("wait", *(f"quick {n}" for n in range(59)), "wait", *(f"quick {n}" for n in range(59)))
    scripted.prepare()
    assert [raw.number for raw in scripted.pages(upload, range(1, 121), deep=False)] == list(range(1, 121))


@pytest.mark.parametrize(
    ("deed", "note"),
    [("hang", "PageTooSlow"), ("spin", "PageTooSlow"), ("crash", "PageCrashed"), ("eat", "PageTooBig")],
)
def test_a_page_that_breaks_its_process_is_named_and_the_others_are_read(scripted, saying, deed, note):
    started = time.monotonic()
    upload = saying("first", "second", deed, "fourth", "fifth")
    found = [next(scripted.pages(upload, [number], deep=False)) for number in (1, 2)]
    found += scripted.pages(upload, range(3, 6), deep=False)
    assert [raw.failed for raw in found] == ["", "", note, "", ""]
    assert [len(raw.lines) for raw in found] == [1, 1, 0, 1, 1]
    assert time.monotonic() - started < 30


def test_a_page_that_breaks_the_deep_pass_keeps_the_words_of_the_first(scripted, saying):
    upload = saying("first", "deeply crash", "deeply spin", "last")
    found = list(scripted.pages(upload, range(1, 5), deep=True))
    assert [raw.failed for raw in found] == ["", "LayoutFailed", "LayoutFailed", ""]
    assert [" ".join(word[4] for line in raw.lines for word in line.words) for raw in found] == [
        "first",
        "deeply crash",
        "deeply spin",
        "last",
    ]
    assert texts(read(upload, deep=True, pool=scripted).leaves) == ["first", "deeply crash", "deeply spin", "last"]


def test_a_page_that_breaks_its_process_is_not_given_to_another_one(scripted, saying, monkeypatch):
    given = []

    def ask(child, verb, ask=PageChild.ask, **details):
        given.extend(details.get("numbers", ()))
        ask(child, verb, **details)

    monkeypatch.setattr(PageChild, "ask", ask)
    assert [note.code for leaf in read(saying("spin"), deep=True, pool=scripted).leaves for note in leaf.notes] == [
        "PageTooSlow"
    ]
    assert given == [1]
    given.clear()
    raws = list(scripted.pages(saying("deeply crash", "spin"), [1, 2], deep=True))
    assert [raw.failed for raw in raws] == ["LayoutFailed", "PageTooSlow"]
    assert sorted(given) == [1, 2]


def test_a_process_that_is_killed_from_outside_costs_no_page(saying, pool):
    upload = saying(*(f"Page {n}" for n in range(1, 201)))
    raws = pool.pages(upload, range(1, 201), deep=False)
    found = list(islice(raws, 3))
    for child in list(pool._all):
        os.kill(child.pid, signal.SIGKILL)
    found += raws
    assert [raw.number for raw in found] == list(range(1, 201))
    assert not any(raw.failed for raw in found)


def test_a_page_whose_process_dies_is_read_though_all_that_follow_are_there_already(scripted, saying):
    upload = saying("wait", "die", *(f"Page {n}" for n in range(3, 301)))
    found = list(scripted.pages(upload, range(1, 301), deep=False))
    assert [raw.number for raw in found] == list(range(1, 301))
    assert [raw.number for raw in found if raw.failed] == [2]


def test_a_page_at_which_processes_are_killed_again_and_again_is_given_up(scripted, saying):
    assert [raw.failed for raw in scripted.pages(saying("one", "die", "three"), [1, 2, 3], deep=False)] == [
        "",
        "PageCrashed",
        "",
    ]


def test_what_is_said_of_a_lost_page_names_it(saying, scripted):
    upload = saying("one", "crash", "three")
    leaves = list(read(upload, pool=scripted).leaves)
    assert texts(leaves) == ["one", "", "three"]
    assert explain(leaves[1].notes[0])[0] == "Page 2 brought the reader down"


def test_processes_end_with_the_process_that_started_them_even_in_a_loop(saying):
    upload = saying("spin")
    script = (
        "import sys\nfrom pathlib import Path\nfrom rag.records import Upload\n"
        "from rag.reading.pdf.processes.page_child import Limits\n"
        "from rag.reading.pdf.processes.page_pool import PagePool\n"
        "pool = PagePool(1, quick=Limits(60, 10**9), source='scripted_pages')\n"
        f"upload = Upload('a.pdf', Path({str(upload.path)!r}))\n"
        "pool.open(upload)\nprint(*[one.pid for one in pool._all], flush=True)\n"
        "next(pool.pages(upload, [1], deep=False))"
    )
    here = os.pathsep.join([str(Path(__file__).parents[4]), str(Path(__file__).parent)])
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": here}
    ) as parent:
        pid = int(parent.stdout.readline())
        time.sleep(0.5)
        parent.kill()
    _, alive = psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=30)
    assert not alive


def test_ctrl_c_in_a_terminal_ends_no_process_that_reads_nor_makes_it_print_a_traceback(pool, saying):
    pool.open(saying("here"))
    assert all(os.getpgid(child.pid) != os.getpgrp() for child in pool._all)


def test_a_reading_that_is_given_up_leaves_the_processes_free(pool, saying):
    upload = saying(*(f"Page {n}" for n in range(1, 301)))
    raws = pool.pages(upload, range(1, 301), deep=False)
    next(raws)
    raws.close()
    assert [raw.number for raw in pool.pages(upload, [7, 8], deep=False)] == [7, 8]
    assert len(pool._all) <= 2


def test_two_readings_at_once_do_not_mix(pool, saying):
    upload, other = saying(*"abcdef"), saying(*"uvwxyz", name="other.pdf")
    both = zip(read(upload, pool=pool).leaves, read(other, pool=pool).leaves, strict=True)
    assert [texts(pair) for pair in both] == [["a", "u"], ["b", "v"], ["c", "w"], ["d", "x"], ["e", "y"], ["f", "z"]]


def test_pages_are_read_ahead_but_not_without_bound(pool, saying):
    raws = pool.pages(saying(*(f"Page {n}" for n in range(1, 1001))), range(1, 1001), deep=False)
    next(raws)
    held = raws.gi_frame.f_locals["run"]._ready
    most, until = 0, time.monotonic() + 60
    while not most and time.monotonic() < until:
        time.sleep(0.2)
        next(raws)
        most = len(held)
    assert 0 < most < 200


LOCK = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": "geheim", "owner_pw": "owner"}


def test_a_password_opens_a_locked_file_and_a_wrong_one_is_said(pool, saying):
    upload = saying("Nobody knows.", **LOCK)
    with pytest.raises(LockedFile):
        read(upload, pool=pool)
    with pytest.raises(WrongPassword, match="does not open"):
        read(upload, pool=pool, password="secret")
    assert texts(read(upload, pool=pool, password="geheim").leaves) == ["Nobody knows."]


def test_an_unlocked_copy_needs_no_password_and_is_always_the_same(pool, saying, tmp_path):
    upload = saying("Nobody knows.", **LOCK)
    one = unlocked(upload, "geheim", tmp_path / "one.pdf", pool)
    two = unlocked(upload, "owner", tmp_path / "two.pdf")
    assert texts(read(one).leaves) == ["Nobody knows."]
    assert one.path.read_bytes() == two.path.read_bytes()
    with pytest.raises(WrongPassword):
        unlocked(upload, "", tmp_path / "three.pdf", pool)
    assert not (tmp_path / "three.pdf").exists()


def test_pages_in_a_cache_are_not_read_again(scripted, saying, tmp_path):
    with RawPageCache(tmp_path / "pages") as cache:
        upload = saying(*(f"Page {n}" for n in range(1, 9)))
        first = list(islice(scripted.pages(upload, range(1, 9), deep=True, cache=cache), 5))
    with RawPageCache(tmp_path / "pages") as cache:
        assert len(cache) == 5
        upload.path.rename(tmp_path / "moved.pdf")
        again = list(scripted.pages(upload, range(1, 6), deep=True, cache=cache))
    assert [replace(raw, hidden=list(raw.hidden)) for raw in again] == [
        replace(raw, hidden=list(raw.hidden)) for raw in first
    ]


def test_when_the_time_for_close_reading_is_over_the_rest_is_read_all_the_same_and_said(pool, saying):
    upload = saying(*(f"Page {n}" for n in range(1, 9)))
    found = list(read(upload, deep=True, pool=pool, deep_seconds=0).leaves)
    assert texts(found) == [f"Page {n}" for n in range(1, 9)]
    assert [explain(note)[0] for leaf in found for note in leaf.notes] == ["Only 0 of 8 pages were read closely"]


def test_the_less_of_a_document_is_left_the_less_of_it_a_process_has_to_do_alone(pool, saying, monkeypatch):
    left = [61]

    def ask(child, verb, ask=PageChild.ask, **details):
        if verb == "pages":
            left.append(left[-1] - len(details["numbers"]))
        ask(child, verb, **details)

    monkeypatch.setattr(PageChild, "ask", ask)
    assert len(list(pool.pages(saying(*map(str, range(61))), range(1, 62), deep=False))) == 61
    assert left[-1] == 0
    assert all(before - after <= max(3, before / 2 / pool.processes + 1) for before, after in pairwise(left))


def test_processes_that_were_prepared_share_even_a_short_document(pool, saying, monkeypatch):
    pool.prepare()
    for child in list(pool._all):
        select.select([child], [], [], 30)
    asked = set()

    def ask(child, verb, ask=PageChild.ask, **details):
        asked.add((verb, child.pid))
        ask(child, verb, **details)

    monkeypatch.setattr(PageChild, "ask", ask)
    upload = saying(*map(str, range(40)))
    for _ in range(2):
        assert len(list(read(upload, pool=pool, plain=True).leaves)) == 40
    assert len({pid for verb, pid in asked if verb == "pages"}) == pool.processes == len(pool._all)


def test_where_every_page_breaks_the_close_reading_it_is_soon_not_tried_again(monkeypatch, saying):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    upload = saying(*(f"deeply crash {n}" for n in range(30)))
    started = []
    with PagePool(1, source="scripted_pages") as pool:
        monkeypatch.setattr(pool, "_start", lambda *, deep, start=pool._start: started.append(deep) or start(deep=deep))
        raws = list(pool.pages(upload, range(1, 31), deep=True))
    assert [raw.failed for raw in raws] == ["LayoutFailed"] * 30
    assert all(raw.lines for raw in raws)
    assert started.count(True) < 10


def test_a_page_that_takes_long_does_not_hold_up_what_must_be_in_time(monkeypatch, saying):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    upload = saying("first", "deeply hang", "third")
    with PagePool(1, deep=Limits(seconds=60.0, memory=SHORT.memory), source="scripted_pages") as pool:
        began = time.monotonic()
        found = list(read(upload, deep=True, pool=pool, deep_seconds=3.0).leaves)
        assert time.monotonic() - began < 60  # a page that hangs would be waited for three minutes
    assert texts(found) == ["first", "deeply hang", "third"]
    assert [note.code for leaf in found for note in leaf.notes] == ["NotReadClosely"]
