"""Who asks once, from the command line, finds words though their index is of an older version."""

import pytest
from filelock import FileLock

from rag.entrypoints.cli.opening import opened_to_ask
from rag.errors import DiskFull
from rag.retrieval.lexical import posting_words


@pytest.fixture
def newer(app, add, report, settings, monkeypatch):
    """The settings of an app with a document, whose words are of an older version now."""
    add("report.pdf", report)
    app.words.close()
    monkeypatch.setattr(posting_words, "VERSION", posting_words.VERSION + 1)
    return settings


def test_words_of_an_older_version_are_filled_again_before_the_question(newer, capsys):
    app = opened_to_ask(newer)
    assert app.words.ids() == set(app.store.owners())
    assert f"{app.store.count()} of {app.store.count()} passages" in capsys.readouterr().err


def test_while_a_worker_fills_them_it_is_said_what_is_not_found_by_words(newer, capsys):
    with FileLock(newer.home / "worker.lock"):
        app = opened_to_ask(newer)
    assert app.words.count() == 0
    assert f"The words of {app.store.count()} passages are not searched yet" in capsys.readouterr().err
    assert app.find("ann", "mooring fee")


def test_a_full_disk_keeps_nobody_from_asking(newer, capsys, monkeypatch):
    def full(*_):
        raise DiskFull(path="/data")

    monkeypatch.setattr(posting_words.PostingWords, "add", full)
    app = opened_to_ask(newer)
    said = capsys.readouterr().err
    assert said.startswith("The disk")
    assert said.endswith(f". {app.store.count()} passages are found by their meaning alone.\n")
    assert app.find("ann", "mooring fee")


def test_nothing_is_said_where_all_words_are_there(app, add, report, settings, capsys):
    add("report.pdf", report)
    opened_to_ask(settings)
    assert capsys.readouterr().err == ""
