"""Runs over gold questions go on in the background, can be ended, outlive a restart, and are compared."""

import threading
import time
from dataclasses import replace

import pytest

from rag.errors import CannotMeasure, NoSuchBase, NoSuchRun
from rag.evaluation import runs as runs_module
from rag.evaluation.gold import GoldQuestions
from rag.evaluation.runs import Runs, changes
from rag.evaluation.summaries import compared
from rag.retrieval.features import Weights, learnt


@pytest.fixture
def gold(app):
    return GoldQuestions(app)


@pytest.fixture
def base(app, add, report, gold):
    """A report and three questions on it, the last with a place where nothing of it stands."""
    document = add("report.pdf", report)
    for question, page in (("What is the mooring fee?", 2), ("系泊费是多少？", 3), ("Who approved the report?", 99)):
        gold.add("ann", document.base, {"question": question, "evidence": [{"document": "report.pdf", "page": page}]})
    return document.base


@pytest.fixture
def held(monkeypatch):
    """Questions are asked one at a time, each when it is let go."""
    go = threading.Semaphore(0)
    ask_all = runs_module.ask_all

    def slowly(*args, **named):
        for outcome in ask_all(*args, **named):
            assert go.acquire(timeout=20)
            yield outcome

    monkeypatch.setattr(runs_module, "ask_all", slowly)
    return go


def test_a_run_keeps_its_figures_and_a_row_for_each_question(gold, base):
    runs = Runs(gold)
    number = runs.begin("ann", base, "  first  try ")
    assert runs.wait(base, 30)
    run = runs.run("ann", number)
    assert (run.state, run.done, run.total, run.name) == ("done", 3, 3, "first try")
    assert run.summary["page"]["hit@5"] == pytest.approx(2 / 3, abs=1e-3)
    assert [row["rank"] is not None for row in run.summary["questions"]] == [True, True, False]
    assert set(run.summary["by_language"]) == {"en", "zh"}
    assert compared(run.summary, run.summary)["better"] == []
    assert Runs(gold).run("ann", number) == run


def test_a_run_that_is_ended_keeps_what_it_has_and_goes_on_from_there(gold, base, held):
    runs = Runs(gold)
    number = runs.begin("ann", base)
    with pytest.raises(CannotMeasure):
        runs.begin("ann", base)
    assert runs.run("ann", number).state == "running"
    held.release()
    until = time.monotonic() + 20
    while runs.run("ann", number).done < 1 and time.monotonic() < until:
        time.sleep(0.01)
    runs.cancel("ann", base)
    held.release()
    assert runs.wait(base, 20)
    stopped = runs.run("ann", number)
    assert (stopped.state, stopped.total) == ("stopped", 3)
    assert 1 <= stopped.done < 3
    runs.resume("ann", number)
    held.release(5)
    assert runs.wait(base, 20)
    over = runs.run("ann", number)
    assert (over.state, over.done) == ("done", 3)
    assert over.summary["questions"][: stopped.done] == stopped.summary["questions"]


def test_a_run_whose_process_ended_says_so_and_can_be_taken_up_again(gold, base, held, monkeypatch):
    first = Runs(gold)
    number = first.begin("ann", base)
    restarted = Runs(gold)
    assert restarted.run("ann", number).state == "running"  # in another process, as far as it knows
    monkeypatch.setattr(runs_module, "_SILENCE", -1.0)
    assert restarted.run("ann", number).state == "stopped"
    first.close()
    held.release(9)
    assert first.wait(base, 20)
    restarted.resume("ann", number)
    assert restarted.wait(base, 20)
    assert restarted.run("ann", number).state == "done"


def test_a_changed_question_is_asked_again(gold, base):
    runs = Runs(gold)
    number = runs.begin("ann", base)
    runs.wait(base, 30)
    last = gold.questions("ann", base)[-1]
    gold.change("ann", last.id, {"evidence": [{"document": "report.pdf", "page": 1}]})
    runs.resume("ann", number)
    runs.wait(base, 30)
    run = runs.run("ann", number)
    assert [row["gold"][0]["page"] for row in run.summary["questions"]] == [2, 3, 1]


def test_two_runs_are_compared_question_by_question(gold, base):
    runs = Runs(gold)
    old = runs.begin("ann", base)
    runs.wait(base, 30)
    last = gold.questions("ann", base)[-1]
    gold.change("ann", last.id, {"evidence": [{"document": "report.pdf", "page": 1}]})
    new = runs.begin("ann", base)
    runs.wait(base, 30)
    found = changes(runs.run("ann", new), runs.run("ann", old))
    assert [change["question"] for change in found["better"]] == ["Who approved the report?"]
    assert found["worse"] == []


def test_a_run_that_fails_says_why_and_costs_nothing_else(gold, base, monkeypatch):
    def broken(*args, **named):
        raise ZeroDivisionError

    runs = Runs(gold)
    monkeypatch.setattr(runs_module, "ask_all", broken)
    number = runs.begin("ann", base)
    assert runs.wait(base, 20)
    assert runs.run("ann", number).state == "failed"
    monkeypatch.undo()
    assert runs.begin("ann", base)
    assert runs.wait(base, 20)


def test_a_removed_run_ends_and_is_gone(gold, base, held):
    runs = Runs(gold)
    number = runs.begin("ann", base)
    runs.rename("ann", number, "mine")
    runs.remove("ann", number)
    held.release(9)
    assert runs.wait(base, 20)
    assert runs.runs("ann", base) == []
    with pytest.raises(NoSuchRun):
        runs.run("ann", number)


def test_without_a_question_there_is_nothing_to_run(gold, app):
    with pytest.raises(CannotMeasure):
        Runs(gold).begin("ann", app.bases("ann")[0].id)


def test_runs_are_only_for_those_who_may_read_their_base(gold, app, base, monkeypatch):
    runs = Runs(gold)
    number = runs.begin("ann", base)
    runs.wait(base, 30)
    monkeypatch.setattr(type(app.members), "bases", lambda self, who: [])
    for wish in (
        lambda: runs.begin("eve", base),
        lambda: runs.runs("eve", base),
        lambda: runs.run("eve", number),
        lambda: runs.resume("eve", number),
        lambda: runs.cancel("eve", base),
        lambda: runs.remove("eve", number),
        lambda: runs.rename("eve", number, "x"),
    ):
        with pytest.raises(NoSuchBase):
            wish()


def test_a_run_goes_by_the_weights_that_are_tried_and_keeps_them(gold, base):
    runs = Runs(gold)
    nothing = Weights(words=0, vectors=0, concepts=0, statement=0, name=0, period=0)
    learnt_run = runs.begin("ann", base)
    assert runs.wait(base, 30)
    tried_run = runs.begin("ann", base, "words alone", weights=replace(nothing, words=2.0))
    assert runs.wait(base, 30)
    assert runs.run("ann", learnt_run).weights is None
    kept = Runs(gold).run("ann", tried_run)
    assert kept.weights == replace(nothing, words=2.0)
    assert changes(kept, runs.run("ann", learnt_run)) is not None


def test_a_run_that_goes_on_after_a_stop_still_goes_by_its_weights(gold, base, held, monkeypatch):
    asked_by = []
    slowly = runs_module.ask_all
    monkeypatch.setattr(
        runs_module, "ask_all", lambda *args, **named: asked_by.append(named["weights"]) or slowly(*args, **named)
    )
    runs = Runs(gold)
    weights = replace(learnt(), words=0.5)
    number = runs.begin("ann", base, weights=weights)
    held.release()
    runs.cancel("ann", base)
    for _ in range(3):
        held.release()
    assert runs.wait(base, 30)
    again = Runs(gold)
    again.resume("ann", number)
    for _ in range(3):
        held.release()
    assert again.wait(base, 30)
    assert asked_by == [weights, weights]
    assert again.run("ann", number).weights == weights
