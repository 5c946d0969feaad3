"""The word index is a file that several processes share."""

import sqlite3
import subprocess
import sys
import textwrap
import time

import pytest

from rag.errors import DiskFull
from rag.records import Owner, Scope
from rag.retrieval import fts5
from rag.retrieval.fts5 import Fts5Words

HERE = Scope(frozenset({1}))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "words.sqlite"


@pytest.fixture
def words(path):
    words = Fts5Words(path)
    yield words
    words.close()


def found(words, question):
    return [number for number, _ in words.matching(question, 10, HERE)]


def test_what_was_added_is_there_after_a_restart(words, path):
    words.add([1], [Owner(1, 1)], ["net sales"])
    words.close()
    again = Fts5Words(path)
    assert found(again, "sales") == [1]
    again.close()


@pytest.mark.parametrize(
    ("question", "text"),
    [("operating expense", "operations expensed"), ("acquisition", "acquisitions"), ("tax", "taxes")],
)
def test_english_words_are_found_by_their_stem(words, question, text):
    words.add([1, 2], [Owner(1, 1)] * 2, [text, "trees"])
    assert found(words, question) == [1]


@pytest.mark.parametrize(("question", "text"), [("r&ds", "r&d"), ("sociétés", "société"), ("7.2.1s", "7.2.1")])
def test_codes_and_foreign_words_have_no_stem(words, question, text):
    words.add([1], [Owner(1, 1)], [text])
    assert found(words, question) == []
    assert found(words, text) == [1]


def test_several_processes_may_make_it_at_once(path):
    work = """
        import sys
        import time
        from pathlib import Path
        from rag.records import Owner
        from rag.retrieval.fts5 import Fts5Words
        while time.time() < float(sys.argv[3]):
            pass
        Fts5Words(Path(sys.argv[1])).add([int(sys.argv[2])], [Owner(1, 1)], ["net sales"])
    """
    at = str(time.time() + 0.7)
    made = [
        subprocess.Popen([sys.executable, "-c", textwrap.dedent(work), str(path), str(number), at])
        for number in range(4)
    ]
    assert [process.wait() for process in made] == [0] * 4
    words = Fts5Words(path)
    assert words.ids() == set(range(4))
    words.close()


def test_another_process_may_write_while_this_one_searches(words, path):
    work = """
        import sys
        from pathlib import Path
        from rag.records import Owner
        from rag.retrieval.fts5 import Fts5Words
        words = Fts5Words(Path(sys.argv[1]))
        start = int(sys.argv[2])
        for number in range(start, start + 60):
            words.add([number], [Owner(1, 1)], [f"sales of year {number}"])
    """
    command = [sys.executable, "-c", textwrap.dedent(work), str(path)]
    with subprocess.Popen([*command, "1000"]) as one, subprocess.Popen([*command, "2000"]) as two:
        number = 0
        while one.poll() is None or two.poll() is None:
            number += 1
            words.add([number], [Owner(1, 1)], ["sales here"])
            assert number in [hit for hit, _ in words.matching("here", 10_000, HERE)]
            words.remove([number])
    assert (one.returncode, two.returncode) == (0, 0)
    assert words.ids() == set(range(1000, 1060)) | set(range(2000, 2060))


def test_when_adding_fails_nothing_is_added(words, monkeypatch):
    words.add([1], [Owner(1, 1)], ["old harbour"])
    monkeypatch.setattr(fts5, "_KEEP", "insert into nowhere values (?, ?, ?, ?, ?)")
    with pytest.raises(sqlite3.OperationalError):
        words.add([1, 2], [Owner(1, 1)] * 2, ["new bridge", "new bridge"])
    monkeypatch.undo()
    assert found(words, "harbour") == [1]
    assert found(words, "bridge") == []
    assert words.ids() == {1}


def test_a_full_disk_is_said_and_loses_nothing(words):
    words.add([1], [Owner(1, 1)], ["net sales"])
    with words._connection() as connection:
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(DiskFull):
        words.add(range(2, 400), [Owner(1, 1)] * 398, [f"word{number} " * 50 for number in range(398)])
    words.close()
    assert words.ids() == {1}
    assert found(words, "sales") == [1]


@pytest.mark.parametrize(
    "content", [b"this is no database at all, but long enough to look", b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_file_is_made_anew(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    words = Fts5Words(path)
    assert words.count() == 0
    words.add([1], [Owner(1, 1)], ["net sales"])
    assert found(words, "sales") == [1]
    words.close()


def test_an_index_of_another_version_is_emptied(words, path, monkeypatch):
    words.add([1], [Owner(1, 1)], ["net sales"])
    words.close()
    monkeypatch.setattr(fts5, "_VERSION", fts5._VERSION + 1)
    newer = Fts5Words(path)
    assert newer.count() == 0
    assert found(newer, "sales") == []
    newer.close()


def test_what_was_removed_leaves_the_file_when_it_is_compacted(words, path):
    texts = [f"filler{number} about nothing" for number in range(50)]
    words.add(range(2, 52), [Owner(1, 1)] * 50, texts)
    words.add([1], [Owner(1, 1)], ["zanzibarsecret zanzibarsecret"])
    words.remove([1])
    words.compact()
    words.close()
    kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"zanzibarsecret" not in kept
    assert b"filler" in kept
    again = Fts5Words(path)
    assert found(again, "filler7")[0] == 9
    again.close()


def test_the_index_agrees_with_itself_after_many_changes(words):
    for turn in range(6):
        words.add(range(30), [Owner(1, turn)] * 30, [f"净利润 {turn} sales {number}" for number in range(30)])
        words.remove(range(turn, 30, 7))
    with words._connection() as connection:
        connection.execute("insert into passages (passages) values ('integrity-check')")
        rows = connection.execute("select rowid from passages where passages match 'sale'").fetchall()
    assert {number for (number,) in rows} == words.ids()
