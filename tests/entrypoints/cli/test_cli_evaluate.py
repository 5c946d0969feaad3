"""`pagecite evaluate`: documents are gathered once, questions asked, figures printed."""

import json

import pytest
from click.testing import CliRunner

from rag.entrypoints.cli import main


@pytest.fixture
def evaluate(tmp_path, monkeypatch, report):
    given = {"home": str(tmp_path / "home"), "embedder": "hashing", "llm": "none", "close_reading": "off"}
    for name, value in given.items():
        monkeypatch.setenv(f"RAG_{name.upper()}", value)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "report.pdf").write_bytes(report)
    questions = tmp_path / "gold.jsonl"
    fee = {"document": "report.pdf", "page": 2}
    lines = [
        {"id": "fee", "question": "annual mooring fee", "kind": "text", "document": "report.pdf", "evidence": [fee]},
        {"id": "none", "question": "Who painted the harbour?", "document": "report.pdf", "evidence": []},
    ]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    def run(*more, status=0):
        done = CliRunner().invoke(main, ["evaluate", str(questions), "--documents", str(folder), *map(str, more)])
        assert done.exit_code == status, done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done

    return run


def test_figures_are_printed_and_can_be_compared_with_the_next_run(evaluate, tmp_path):
    first = json.loads(evaluate("--within", "--json", "--k", "1,5").stdout)
    assert first["page"].keys() == {"hit@1", "hit@5"}
    assert first["page"]["hit@5"] == first["document"]["hit@1"] == 1.0
    assert (first["asked"], first["unanswerable"], first["missing_documents"]) == (1, 1, [])
    assert {row["id"] for row in first["questions"]} == {"fee", "none"}
    (tmp_path / "old.json").write_text(json.dumps(first), encoding="utf-8")
    again = json.loads(evaluate("--within", "--json", "--k", "1,5", "--compare", tmp_path / "old.json").stdout)
    assert again["compared"]["page"] == {"hit@1": 0.0, "hit@5": 0.0}
    assert again["compared"]["better"] == again["compared"]["worse"] == []
    shared = evaluate("--compare", tmp_path / "old.json")
    assert "compares two tasks" in shared.stderr
    text = shared.stdout
    assert "0 questions better, 0 worse" in text
    assert "@5 1.000" in text


@pytest.mark.parametrize("depths", ["", "0", "a,b", "5,1000"])
def test_a_depth_that_makes_no_sense_is_refused(evaluate, depths):
    assert "--k" in evaluate("--k", depths, status=2).stderr


def test_a_folder_without_documents_is_said_before_a_question_is_asked(evaluate, tmp_path):
    (tmp_path / "documents" / "report.pdf").rename(tmp_path / "report.pdf")
    assert "there is no PDF and no workbook" in evaluate(status=2).stderr


def test_within_and_elsewhere_are_not_asked_at_once(evaluate):
    assert "Choose one of them" in evaluate("--within", "--elsewhere", status=2).stderr


def test_an_earlier_run_that_is_not_there_is_said_before_a_question_is_asked(evaluate, tmp_path):
    assert "does not exist" in evaluate("--compare", tmp_path / "none.json", status=2).stderr
