"""Stages are timed for who watches, and for nobody else."""

import threading
import time

import pytest

from rag.stopwatch import timed, watching


@timed("nap")
def nap(seconds, wake=None):
    time.sleep(seconds)
    if wake is not None:
        raise wake
    return seconds


def test_a_stage_that_is_called_again_takes_longer():
    with watching() as spent:
        assert nap(0.01) == 0.01
        once = spent["nap"]
        nap(seconds=0.01)
    assert once.wall >= 0.01
    assert spent["nap"].wall >= once.wall + 0.01
    assert spent["nap"].processor < 0.01  # it slept


def test_a_stage_that_fails_took_its_time():
    with watching() as spent, pytest.raises(KeyError):
        nap(0.01, KeyError())
    assert spent["nap"].wall >= 0.01


def test_what_others_do_is_not_counted():
    with watching() as spent:
        other = threading.Thread(target=nap, args=(0.01,))
        other.start()
        other.join()
    nap(0.01)
    assert spent == {}


def test_a_search_tells_how_long_its_stages_took(app, add, report):
    add("report.pdf", report)
    with watching() as spent:
        app.find("ann", "What is the mooring fee?")
    assert {"words", "vectors", "passages"} <= spent.keys()
    assert all(took.wall > 0 for took in spent.values())
