"""Turns: how many at once, and in which order."""

import threading
import time

import pytest

from rag.retrieval.turns import Turns


def test_no_more_have_a_turn_at_once_than_may():
    turns, within, most, lock = Turns(3), 0, 0, threading.Lock()

    def work():
        nonlocal within, most
        for _ in range(5):
            with turns.one():
                with lock:
                    within += 1
                    most = max(most, within)
                time.sleep(0.002)
                with lock:
                    within -= 1

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 3


def test_who_came_first_goes_first():
    turns, order = Turns(1), []
    threads = []

    def wait_for(number):
        with turns.one():
            order.append(number)

    with turns.one():
        for number in range(6):
            threads.append(threading.Thread(target=wait_for, args=(number,)))
            threads[-1].start()
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(6))


def test_a_turn_ends_with_an_error_too():
    turns = Turns(1)
    with pytest.raises(KeyError), turns.one():
        raise KeyError
    with turns.one():
        pass
