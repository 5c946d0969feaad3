"""Chances are learnt from questions whose page is known, and held against what came true."""

import random

import pytest

from rag.evaluation.calibration import STRAY, Case, crossed, learnt, reliability, weights_of


def made(count, seed=7):
    """Questions of ten documents: the more is covered, the more often the page is shown; noise tells nothing."""
    chance = random.Random(seed)
    for number in range(count):
        covered = chance.random()
        noise = chance.random()
        yield Case({"covered": covered, "noise": noise}, chance.random() < covered, f"d{number % 10}")


def test_chances_that_come_true_have_no_error():
    exact = reliability([(0.25, number % 4 == 0) for number in range(100)])
    assert exact["ece"] == 0.0
    assert exact["curve"] == [{"from": 0.2, "count": 100, "mean": 0.25, "right": 0.25}]


def test_chances_that_never_come_true_have_all_of_it():
    assert reliability([(1.0, False), (1.0, False)])["ece"] == 1.0
    assert reliability([(1.0, False), (1.0, False)])["brier"] == 1.0


def test_no_questions_have_no_figures():
    assert reliability([]) == {"asked": 0, "brier": None, "ece": None, "curve": []}


def test_what_is_learnt_tells_signals_from_noise():
    found = learnt(list(made(600)), 0.2, 0.5)
    assert found.signals["covered"].weight > 0.8
    assert abs(found.signals["noise"].weight) < 0.2
    assert found.chance({"covered": 0.95, "noise": 0.5}) > 0.8
    assert found.chance({"covered": 0.05, "noise": 0.5}) < 0.2


def test_chances_of_documents_that_were_not_learnt_from_come_true():
    cases = list(made(800))
    told = reliability(zip(crossed(cases), (case.shown for case in cases), strict=True))
    assert told["ece"] < 0.08
    assert told["brier"] < 0.19  # always saying one half has 0.25


def test_a_document_does_not_tell_its_own_chances():
    cases = [Case({"own": float(number)}, number % 2 == 0, "a" if number % 2 == 0 else "b") for number in range(40)]
    assert crossed(cases)[:2] == pytest.approx([0.0, 1.0], abs=0.1)  # of a only b was learnt, and the reverse


def test_stray_questions_weigh_as_those_that_people_ask_however_many_there_are():
    cases = [Case({}, shown=True, document="a")] * 17 + [Case({}, shown=False, document="a", stray=True)] * 300
    weighs = weights_of(cases)
    assert weighs[17:].sum() / weighs.sum() == pytest.approx(STRAY)


def test_a_signal_that_some_questions_lack_is_learnt_from_the_others():
    cases = [*made(300), *(Case({"noise": 0.5}, shown=True, document="z") for _ in range(20))]
    assert learnt(cases, 0.2, 0.5).signals["covered"].weight > 0.5
