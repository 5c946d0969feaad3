"""`pagecite calibrate`: how sure answers are is learnt from runs that were printed before."""

import json
import random
import tomllib

import pytest
from click.testing import CliRunner

from rag.entrypoints.cli import main


@pytest.fixture
def run(tmp_path):
    """Writes a run of 300 questions: the more of a question is covered, the more often its page is shown."""

    def write(name, *, elsewhere):
        chance = random.Random(name)
        rows = []
        for number in range(300):
            covered = chance.random() * (0.5 if elsewhere else 1.0)
            shown = not elsewhere and chance.random() < covered
            rows.append(
                {
                    "id": f"{name}-{number}",
                    "question": f"Question {number}?",
                    "rank": 1 if shown else None,
                    "document": f"report-{number % 12}.pdf",
                    "answerable": not elsewhere,
                    "shown": shown,
                    "signals": {"covered": covered},
                }
            )
        shares = {"hit@5": 0.5}
        told = {"page": shares, "all_evidence": shares, "document": shares, "mrr": 0.5, "questions": rows}
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps({**told, "elsewhere": elsewhere}), encoding="utf-8")
        return str(path)

    return write


def test_what_is_learnt_is_written_with_its_figures(run, tmp_path):
    out = tmp_path / "confidence.toml"
    asked = [run("own", elsewhere=False), run("other", elsewhere=True)]
    done = CliRunner().invoke(main, ["calibrate", *asked, "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.output)
    assert (figures["asked"]["asked"], figures["with_stray"]["asked"]) == (300, 600)
    assert figures["asked"]["ece"] < 0.12
    learnt = tomllib.loads(out.read_text(encoding="utf-8"))
    assert learnt["signals"]["covered"]["weight"] > 0.5
    assert learnt["refuse"] == figures["refuse"]
    at = next(row for row in figures["refused"] if row["below"] == figures["refuse"])
    assert at["shown"] <= 0.01
    assert at["stray"] >= at["answerable"]


def test_figures_are_printed_for_people_too(run):
    done = CliRunner().invoke(main, ["calibrate", run("own", elsewhere=False)])
    assert "expected calibration error" in done.output


def test_runs_that_tell_nothing_apart_are_refused(run):
    done = CliRunner().invoke(main, ["calibrate", run("other", elsewhere=True)])
    assert done.exit_code != 0
    assert "some pages must be shown" in done.output + done.stderr


def test_what_is_no_run_is_refused(tmp_path):
    (tmp_path / "x.json").write_text("{}")
    done = CliRunner().invoke(main, ["calibrate", str(tmp_path / "x.json")])
    assert done.exit_code != 0
