"""The bench tells what it measured, of the app as it is wired."""

import json
import shutil
from datetime import UTC, datetime

import numpy as np
import pytest
from click.testing import CliRunner

from rag.benchmark.material import PER_DOCUMENT, Material
from rag.benchmark.measuring import Bench
from rag.entrypoints.cli import bench as cli_bench
from rag.entrypoints.cli import main
from rag.records import Document
from rag.retrieval.embedder.hashing import HashingEmbedder
from rag.retrieval.vectors.faiss_index import FaissIndex


@pytest.fixture(autouse=True)
def fewer_questions(monkeypatch):
    """As many as the shortest of its parts asks; in a base of this size more tell the same."""
    monkeypatch.setattr("rag.benchmark.measuring._QUESTIONS", 50)


@pytest.fixture
def bench(app, settings):
    return Bench(app, settings.home, HashingEmbedder(), lambda _, dim: FaissIndex(dim), lambda _: None)


@pytest.fixture
def roomy(monkeypatch):
    """Disk and memory enough, whatever else is on this machine: what is made here is small."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2**40, 2**39, 2**39))
    monkeypatch.setattr(cli_bench, "_free_memory", lambda: 2**40)


def test_each_size_has_its_figures_and_leaves_the_base_as_it_was(app, bench):
    small, large = bench.run([900, 150])
    assert (small.passages, large.passages) == (PER_DOCUMENT, 5 * PER_DOCUMENT)
    assert app.store.count() == app.words.count() == 5 * PER_DOCUMENT
    assert large.recall == 1.0
    for sized in (small, large):
        assert 0 < sized.search.p50 <= sized.search.p95 <= sized.search.p99
        assert sum(times.p50 for stage, times in sized.stages.items() if stage != "question") < 3 * sized.search.p99
        assert set(sized.build) == {"catalog", "words", "vectors"}
        assert sized.add_ms > 0
        assert sized.remove_ms > 0


def test_equal_material_is_made_again():
    document = Document(0, 0, "", "", "pdf", 0, datetime.now(UTC), "ann")
    one, other = (Material(64).document(document, 3) for _ in range(2))
    assert [passage.text for passage in one.passages] == [passage.text for passage in other.passages]
    assert np.array_equal(one.vectors, other.vectors)


def test_made_up_vectors_lie_in_clusters_and_questions_near_their_passages():
    material = Material(384)
    documents = [material.vectors(number) for number in range(40)]
    one, near, far = documents[0], documents[1], documents[39]
    within, beside, away = (float((one @ other.T).mean()) for other in (one, near, far))
    assert within > beside > away > 0.3
    asked = material.asked_vectors(1, len(one))
    assert ((asked @ one.T).argmax(axis=1) == np.arange(len(one))).mean() > 0.8
    assert (asked * one).sum(axis=1).max() < 0.99


def test_questions_are_in_both_languages_and_differ():
    material = Material(8)
    questions = list(material.questions(100, 40))
    assert len(set(questions)) == 100
    assert sum(question.isascii() for question in questions) == 50
    names = {material.about(number).name for number in range(40)}
    assert sum(any(name in question for name in names) for question in questions) == 32


def test_what_the_machine_cannot_hold_is_declined_with_a_sentence(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2**40, 2**39, 2**39))
    monkeypatch.setattr(cli_bench, "_free_memory", lambda: 2**30)
    refused = CliRunner().invoke(main, ["bench", "--passages", "1_000_000"])
    assert refused.exit_code == 1
    assert "1000000 passages need about" in refused.output
    assert "1024 MB are free" in refused.output


def test_what_the_disk_cannot_hold_is_declined_with_a_sentence(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2**40, 2**40, 2**30))
    monkeypatch.setattr(cli_bench, "_free_memory", lambda: 2**40)
    refused = CliRunner().invoke(main, ["bench", "--passages", "1_000_000"])
    assert refused.exit_code == 1
    assert "MB of disk, and 1024 MB are free" in refused.output


@pytest.mark.parametrize("sizes", ["many", "0", "-5", "10,,20"])
def test_sizes_that_are_none_are_refused(sizes):
    assert CliRunner().invoke(main, ["bench", "--passages", sizes]).exit_code == 2


@pytest.mark.usefixtures("roomy")
def test_the_command_prints_json_and_leaves_nothing_behind(monkeypatch, tmp_path):
    monkeypatch.setenv("RAG_EMBEDDER", "hashing")
    run = CliRunner().invoke(main, ["bench", "--passages", "200", "--folder", str(tmp_path), "--json"])
    assert run.exit_code == 0
    assert json.loads(run.stdout)["passages"] == 200
    assert list(tmp_path.iterdir()) == []
    shown = CliRunner().invoke(main, ["bench", "--passages", "200", "--folder", str(tmp_path)])
    assert "200 passages" in shown.stdout


@pytest.mark.usefixtures("roomy")
def test_a_folder_that_is_kept_is_asked_again_and_grows(monkeypatch, tmp_path):
    monkeypatch.setenv("RAG_EMBEDDER", "hashing")
    kept = tmp_path / "kept"

    def run(passages):
        done = CliRunner().invoke(main, ["bench", "--passages", passages, "--keep", str(kept), "--json"])
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.stdout.splitlines()]

    (first,) = run("200")
    assert first["build"]["words"][0] > 0
    again, grown = run("100,400")
    assert (again["passages"], grown["passages"]) == (200, 400)
    assert again["build"]["catalog"] == [0, 0]
    assert grown["build"]["words"][0] > 0
    assert (again["recall"], grown["recall"]) == (1, 1)


def test_a_folder_that_holds_something_else_is_no_place_for_a_bench(tmp_path):
    (tmp_path / "catalog.sqlite").touch()
    refused = CliRunner().invoke(main, ["bench", "--passages", "200", "--keep", str(tmp_path)])
    assert refused.exit_code == 2
    assert "holds something else" in refused.output
