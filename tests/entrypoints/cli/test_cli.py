"""The command line: results on standard output, progress on standard error, exit status 0 only on success."""

import errno
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from rag.entrypoints.cli import main
from rag.errors import EmbedderUnavailable


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder of its own. Without the close reading, whose models take seconds to load; tests that are about it
    ask for it.
    """
    given = {"home": str(tmp_path / "home"), "embedder": "hashing", "llm": "none", "close_reading": "off"}
    for name, value in given.items():
        monkeypatch.setenv(f"RAG_{name.upper()}", value)


@pytest.fixture
def pagecite(folder):
    """Runs a command in this process, which has loaded already what a new one would; gives back its result."""

    def run(*arguments, status=0):
        done = CliRunner().invoke(main, list(map(str, arguments)))
        assert done.exit_code == status, done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done

    return run


@pytest.fixture
def started(folder):
    """Runs a command as a shell does; gives back the finished process."""

    def run(*arguments, status=0):
        command = [sys.executable, "-m", "rag.entrypoints.cli", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def files(tmp_path, report, sales):
    paths = {"report.pdf": report, "sales.xlsx": sales, "empty.pdf": b""}
    for name, data in paths.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in paths}


def test_add_waits_until_documents_can_be_asked(started, files, monkeypatch):
    monkeypatch.setenv("RAG_CLOSE_READING", "on")
    done = started("add", files["report.pdf"], files["sales.xlsx"], "--json")
    report, sales = json.loads(done.stdout)
    assert {name: report[name] for name in ("document", "pages", "status", "notes")} == {
        "document": "report.pdf",
        "pages": 3,
        "status": "ready",
        "notes": [],
    }
    assert report["passages"] > 0
    assert report["seconds"] >= 0
    assert (sales["document"], sales["sheets"], sales["status"]) == ("sales.xlsx", 1, "ready")
    assert "report.pdf" in done.stderr


def test_add_says_when_words_can_be_asked_and_need_not_wait_for_more(pagecite, files, monkeypatch):
    monkeypatch.setenv("RAG_CLOSE_READING", "on")
    done = pagecite("add", files["report.pdf"], "--no-wait", "--json")
    (report,) = json.loads(done.stdout)
    assert report["status"] in {"embedding", "refining", "ready"}
    assert report["passages"] > 0
    assert pagecite("find", "revenue", "--json").stdout
    again = pagecite("add", files["report.pdf"], "--json")
    assert json.loads(again.stdout)[0]["status"] == "ready"


def test_a_bad_file_fails_the_command_and_not_the_batch(pagecite, files, tmp_path):
    done = pagecite("add", files["empty.pdf"], files["report.pdf"], tmp_path / "nowhere.pdf", "--json", status=1)
    by_name = {result["document"]: result for result in json.loads(done.stdout)}
    assert by_name["report.pdf"]["status"] == "ready"
    assert by_name["empty.pdf"]["status"] == "refused"
    assert "empty" in by_name["empty.pdf"]["problem"]
    assert by_name["empty.pdf"]["hint"]
    assert "cannot be found" in by_name["nowhere.pdf"]["problem"]


def test_a_folder_and_a_file_that_is_nobodys_to_read_fail_without_the_batch(pagecite, files, tmp_path, monkeypatch):
    def opened(path, mode="r", *more, **others):
        if path.name == "sales.xlsx":
            raise PermissionError(errno.EACCES, "Permission denied")
        return open_(path, mode, *more, **others)

    open_ = Path.open
    monkeypatch.setattr(Path, "open", opened)
    done = pagecite("add", tmp_path, files["sales.xlsx"], files["report.pdf"], "--json", status=1)
    folder, forbidden, ready = json.loads(done.stdout)
    assert folder["problem"] == f"{tmp_path} is a folder"
    assert folder["hint"].endswith(f"{tmp_path}/*.pdf.")
    assert forbidden["problem"].endswith("may not be read: Permission denied")
    assert ready["status"] == "ready"


@pytest.mark.parametrize(
    "arguments",
    [["add", ""], ["read", ""], ["doctor", "--home", ""], ["calibrate", "run.json", "--out", ""]],
)
def test_an_empty_path_is_no_folder_that_one_happens_to_stand_in(pagecite, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert "it is empty. Give a path." in pagecite(*arguments, status=2).stderr
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_said_before_any_work_is_done(pagecite, files, tmp_path):
    (tmp_path / "plain").touch()
    for name in ("nowhere/out.xlsx", "plain/out.xlsx"):
        done = pagecite("tables", files["report.pdf"], "--xlsx", tmp_path / name, status=2)
        assert "cannot be written: there is no folder" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX files that are none")
def test_what_is_no_ordinary_file_is_not_written_over(pagecite, files, tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    done = pagecite("tables", files["sales.xlsx"], "--xlsx", tmp_path / "pipe.xlsx", status=2)
    assert "is no ordinary file" in done.stderr
    assert stat.S_ISFIFO((tmp_path / "pipe.xlsx").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="a device of Linux")
@pytest.mark.parametrize("arguments", [["doctor", "--json"], ["read", "sales.xlsx"]])
def test_what_does_not_fit_where_it_is_printed_is_said_in_a_sentence(files, folder, tmp_path, arguments):
    command = [sys.executable, "-m", "rag.entrypoints.cli", *arguments]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment, check=False
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "Error: What is printed cannot be written: No space left on device."
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_find_says_that_only_words_were_searched_where_the_embedding_model_is_gone(pagecite, files, monkeypatch):
    def gone(*_):
        raise EmbedderUnavailable(name="hashing-256", reason="it is gone")

    pagecite("add", files["report.pdf"])
    monkeypatch.setattr("rag.retrieval.embedder.hashing.HashingEmbedder.query", gone)
    done = pagecite("find", "annual mooring fee")
    assert "12 euros" in done.stdout
    assert "The embedding model hashing-256 cannot be loaded: it is gone" in done.stderr
    told = json.loads(pagecite("find", "annual mooring fee", "--json").stdout)
    assert told["hits"]
    assert "it is gone" in told["problem"]


def test_before_anything_is_added_find_says_so(pagecite):
    assert "There is nothing to search yet" in pagecite("find", "fee").stderr


def test_find_and_ask_give_places(pagecite, files):
    pagecite("add", files["report.pdf"], files["sales.xlsx"])
    hits = json.loads(pagecite("find", "annual mooring fee", "--json", "-k", 3).stdout)["hits"]
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert hits[0]["document"] == "report.pdf"
    assert {"page": 2, "printed": "1"} in hits[0]["places"]
    assert "12 euros" in hits[0]["text"]
    answer = json.loads(pagecite("ask", "What is the annual mooring fee?", "--model", "none", "--json").stdout)
    assert "12 euros" in answer["answer"]
    assert answer["citations"][0]["document"] == "report.pdf"
    assert answer["citations"][0]["place"] == {"page": 2, "printed": "1"}
    assert "12 euros" in answer["citations"][0]["quote"]
    assert (answer["model"], answer["thinking"]) == ("", "")
    assert answer["timings"]["evidence"] > 0
    cells = json.loads(pagecite("ask", "North Q2", "--document", "sales.xlsx", "--json").stdout)["citations"][0][
        "place"
    ]
    assert cells["sheet"] == "Sales"


def test_a_model_streams_and_its_sources_follow(pagecite, files):
    pagecite("add", files["report.pdf"])
    done = pagecite("ask", "What is the annual mooring fee?", "--model", "scripted")
    prose, sources = done.stdout.split("\n", 1)
    assert prose.endswith("[1]")
    assert sources.startswith("[1] report.pdf › p. ")
    answer = json.loads(pagecite("ask", "What is the annual mooring fee?", "--model", "scripted", "--json").stdout)
    assert answer["model"] == "scripted"
    assert answer["thinking"]


def test_documents_remove_and_doctor_agree(pagecite, files):
    pagecite("add", files["report.pdf"], "--base", "Reports")
    pagecite("add", files["report.pdf"], files["sales.xlsx"], "--base", "Sales")
    listed = json.loads(pagecite("documents", "--json").stdout)
    assert {(one["base"], one["document"]) for one in listed} == {
        ("Reports", "report.pdf"),
        ("Sales", "report.pdf"),
        ("Sales", "sales.xlsx"),
    }
    assert "several bases" in pagecite("remove", "report.pdf", status=1).stderr
    pagecite("remove", "report.pdf", "--base", "Sales")
    assert len(json.loads(pagecite("documents", "--json").stdout)) == 2
    report = json.loads(pagecite("doctor", "--json").stdout)
    assert (report["healthy"], report["documents"], report["originals"]) == (True, 2, 2)
    assert "2 documents" in pagecite("doctor").stdout


def test_the_doctor_mends_nothing_while_a_worker_is_at_work(pagecite, files, tmp_path):
    pagecite("add", files["report.pdf"])
    with FileLock(tmp_path / "home" / "worker.lock", timeout=60):
        done = pagecite("doctor", "--repair", status=1)
        assert "PageCite is at work on the data folder" in done.stderr
        assert "1 document" in pagecite("doctor").stdout
    assert "1 document" in pagecite("doctor", "--repair").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ask", "fee?"], "There is nothing to search yet"),
        (["ask", "  "], "There is no question"),
        (["find", "fee", "--base", "Nowhere"], "no base named Nowhere"),
        (["remove", "nothing.pdf"], "no document named nothing.pdf"),
    ],
)
def test_a_failure_is_a_sentence_and_a_hint(pagecite, arguments, sentence):
    done = pagecite(*arguments, status=1)
    assert sentence in done.stderr
    assert done.stdout == ""


def test_a_setting_that_does_not_exist_is_refused(pagecite, monkeypatch):
    monkeypatch.setenv("RAG_TOPK", "5")
    assert "RAG_TOPK: no such setting" in pagecite("documents", status=1).stderr


def test_home_says_where_the_data_is(pagecite, files, tmp_path):
    pagecite("add", files["report.pdf"], "--home", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "catalog.sqlite").exists()
    assert json.loads(pagecite("documents", "--json").stdout) == []


def test_a_question_that_begins_with_a_dash_is_a_question(pagecite, files):
    pagecite("add", files["report.pdf"])
    assert json.loads(pagecite("find", "--json", "--", "--fee; rm -rf").stdout)["hits"]


def test_a_data_folder_that_cannot_be_used_is_said_with_its_reason(pagecite, files):
    said = pagecite("documents", "--home", files["report.pdf"] / "home", status=1).stderr
    assert "cannot be used: Not a directory" in said
    assert "RAG_HOME" in said


def test_a_data_folder_that_cannot_be_used_is_said_before_the_page_starts(pagecite, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    assert "cannot be used" in pagecite("serve", "--home", tmp_path / "file", status=1).stderr


def test_what_was_removed_is_printed_for_programs_too(pagecite, files):
    pagecite("add", files["sales.xlsx"], "--base", "Sales")
    removed = json.loads(pagecite("remove", "sales.xlsx", "--json").stdout)
    assert removed == {"document": "sales.xlsx", "base": "Sales", "status": "removed"}
