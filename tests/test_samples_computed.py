"""The questions on the sample workbook that arithmetic answers: asked over the command line, checked to the cell."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from rag.entrypoints.cli import main

FOLDER = Path(__file__).parents[1] / "sample_docs"
QUESTIONS = tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))["computed"]


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Adds the workbook to a base of its own, and asks without a model; what ``pagecite ask --json`` says."""
    home = tmp_path_factory.mktemp("computed")
    environment = {"RAG_HOME": str(home), "RAG_EMBEDDER": "hashing", "RAG_LLM": "none", "RAG_CLOSE_READING": "off"}
    runner = CliRunner(env=environment)
    added = runner.invoke(main, ["add", str(FOLDER / "lantern-sales-2025.xlsx")])
    assert added.exit_code == 0, added.output

    def ask(question):
        found = runner.invoke(main, ["ask", question, "--json"])
        assert found.exit_code == 0, found.output
        return json.loads(found.stdout)

    return ask


def rounded(rows):
    return [[round(value, 2) if isinstance(value, float | int) else value for value in row] for row in rows]


@pytest.mark.parametrize("question", [pytest.param(each, id=each["id"]) for each in QUESTIONS])
def test_a_question_comes_to_its_result_and_cites_its_cells(asked, question):
    answer = asked(question["question"])
    computed = answer["computed"]
    if not question["rows"]:
        assert computed is None
        return
    assert rounded(computed["rows"]) == rounded(question["rows"])
    assert [(cell["sheet"], cell["area"]) for cell in computed["cells"]] == [
        (question["sheet"], area) for area in question["areas"]
    ]
    assert (computed["chart"] or {}).get("kind") == question.get("chart")
    assert computed["document"] == question["document"]
    assert computed["sql"].startswith("SELECT")
    assert answer["citations"][0]["place"]["sheet"] == question["sheet"]
