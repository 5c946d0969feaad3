"""The word index is a file that several processes share."""

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import DiskFull
from rag.records import Owner, Scope
from rag.retrieval.lexical import posting_folders, posting_words
from rag.retrieval.lexical.posting_words import PostingWords

HERE = Scope(frozenset({1}))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "words.sqlite"


@pytest.fixture
def words(path):
    words = PostingWords(path)
    yield words
    words.close()


def found(words, question):
    return [number for number, _ in words.matching(question, 10, HERE)]


def test_what_was_added_is_there_after_a_restart(words, path):
    words.add([1], [Owner(1, 1)], ["net sales"])
    words.close()
    again = PostingWords(path)
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
        from rag.retrieval.lexical.posting_words import PostingWords
        while time.time() < float(sys.argv[3]):
            pass
        PostingWords(Path(sys.argv[1])).add([int(sys.argv[2])], [Owner(1, 1)], ["net sales"])
    """
    at = str(time.time() + 0.7)
    made = [
        subprocess.Popen([sys.executable, "-c", textwrap.dedent(work), str(path), str(number), at])
        for number in range(4)
    ]
    assert [process.wait() for process in made] == [0] * 4
    words = PostingWords(path)
    assert words.ids() == set(range(4))
    words.close()


def test_another_process_may_write_while_this_one_searches(words, path):
    work = """
        import sys
        from pathlib import Path
        from rag.records import Owner
        from rag.retrieval.lexical.posting_words import PostingWords
        words = PostingWords(Path(sys.argv[1]))
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
    monkeypatch.setattr(posting_words, "counted", lambda _: (None, b""))
    with pytest.raises(sqlite3.IntegrityError):
        words.add([1, 2], [Owner(1, 1)] * 2, ["new bridge", "new bridge"])
    monkeypatch.undo()
    assert found(words, "harbour") == [1]
    assert found(words, "bridge") == []
    assert words.ids() == {1}


def test_a_full_disk_is_said_and_loses_nothing(words):
    words.add([1], [Owner(1, 1)], ["net sales"])
    with words._file._connection() as connection:
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
    words = PostingWords(path)
    assert words.count() == 0
    words.add([1], [Owner(1, 1)], ["net sales"])
    assert found(words, "sales") == [1]
    words.close()


def test_an_index_of_another_version_is_emptied(words, path, monkeypatch):
    words.add([1], [Owner(1, 1)], ["net sales"])
    words.close()
    monkeypatch.setattr(posting_words, "VERSION", posting_words.VERSION + 1)
    newer = PostingWords(path)
    assert newer.count() == 0
    assert found(newer, "sales") == []
    newer.close()


def test_an_index_of_the_first_version_is_made_anew(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("create table held (id integer primary key)")
        connection.execute("create virtual table passages using fts5(words, content='')")
        connection.execute("pragma user_version = 1")
    connection.close()
    words = PostingWords(path)
    words.add([1], [Owner(1, 1)], ["net sales"])
    assert found(words, "sales") == [1]
    with words._file.reading() as connection:
        assert not connection.execute("select 1 from sqlite_master where name like 'passages%'").fetchall()
    words.close()


@pytest.fixture
def folders(path, monkeypatch):
    """Every few texts are put into a folder."""
    monkeypatch.setattr(posting_folders, "_LOOSE", 20)
    monkeypatch.setattr(posting_folders, "_TOGETHER", 3)
    words = PostingWords(path)
    yield words
    words.close()


def fill(words, ids, base=1):
    for start in range(0, len(ids), 10):
        some = ids[start : start + 10]
        words.add(some, [Owner(base, number // 10) for number in some], [f"net sales w{number}" for number in some])


def held_in(path, base=1):
    return sorted(int(each.name) for each in path.with_suffix("").glob(f"{base}/*"))


def test_new_texts_are_put_into_folders_and_those_are_merged(folders, path):
    fill(folders, range(1, 401))
    assert 0 < len(held_in(path)) < 8
    assert found(folders, "w217") == [217]
    again = PostingWords(path)
    assert again.count() == 400
    assert [again.matching(f"w{number}", 3, HERE)[0][0] for number in (1, 200, 399)] == [1, 200, 399]
    again.close()


def test_another_process_follows_what_is_put_into_folders_and_removed(folders, path):
    other = PostingWords(path)
    fill(folders, range(1, 16))
    assert found(other, "w7") == [7]
    fill(folders, range(16, 200))
    other.remove([7, 150])
    assert found(folders, "w7") == found(folders, "w150") == []
    assert found(other, "w149") == [149]
    fill(folders, range(200, 300))
    folders.compact()
    assert found(other, "w7") == found(other, "w150") == []
    assert found(other, "w299") == [299]
    assert len(other.matching("sales", 1000, HERE)) == 297
    other.close()


def test_what_is_removed_while_a_folder_is_written_stays_removed(folders, path, monkeypatch):
    other, write = PostingWords(path), posting_folders.write_merged

    def meanwhile(*given):
        done = write(*given)
        other.remove([3])
        other.add([5], [Owner(1, 1)], ["other words now"])
        return done

    fill(folders, range(1, 11))
    monkeypatch.setattr(posting_folders, "write_merged", meanwhile)
    fill(folders, range(11, 21))
    monkeypatch.undo()
    for index in (folders, other, PostingWords(path)):
        assert found(index, "w3") == []
        assert found(index, "w5") == []
        assert found(index, "other words now")[0] == 5
        assert index.count() == 19
    other.close()


def test_what_was_removed_leaves_the_folders_when_they_are_compacted(folders, path):
    fill(folders, range(1, 101))
    folders.remove(range(1, 51))
    folders.compact()
    from rag.retrieval.lexical.postings import read_postings

    kept = [read_postings(folder) for folder in path.with_suffix("").glob("1/*")]
    with folders._file.reading() as connection:
        loose = connection.execute("select id from held join fresh using (number)").fetchall()
        assert connection.execute("select count(*) from gone where loose is null").fetchone() == (0,)
    assert {int(number) for part in kept for number in part.ids} | {each for (each,) in loose} == set(range(51, 101))
    folders.remove(range(51, 101))
    folders.compact()
    assert held_in(path) == []


def test_folders_are_put_together_in_idle_moments_and_nothing_is_lost(folders, path):
    other = PostingWords(path)
    fill(folders, range(1, 401))
    folders.remove([7])
    before = found(folders, "w217"), sorted(folders.matching("sales", 1000, HERE))
    many = len(held_in(path))
    folders.put_together()
    assert len(held_in(path)) < many
    for index in (folders, other):
        assert found(index, "w7") == []
        assert (found(index, "w217"), sorted(index.matching("sales", 1000, HERE))) == before
    once = held_in(path)
    folders.put_together()
    assert held_in(path) == once
    other.close()


def test_what_is_put_together_stays_as_it_was_when_something_else_is_to_be_done(folders, path):
    fill(folders, range(1, 401))
    before = held_in(path)
    folders.put_together(lambda: False)
    assert held_in(path) == before
    assert not list(path.with_suffix("").glob("1/.making*"))
    assert found(folders, "w217") == [217]


def test_a_full_disk_leaves_the_folders_as_they_were(folders, path, monkeypatch, caplog):
    def full(*_):
        raise OSError(28, "No space left on device")

    fill(folders, range(1, 401))
    before = held_in(path)
    monkeypatch.setattr(posting_folders, "write_merged", full)
    for _ in range(3):
        folders.put_together()
    assert held_in(path) == before
    assert caplog.text.count("stay in several folders") == 1


@given(st.lists(st.integers(1, 200_000), max_size=30))
def test_folders_are_put_together_until_they_are_few_or_large(sizes):
    texts = dict(enumerate(sizes))
    while chosen := posting_folders._uneven(texts):
        assert len(chosen) > 1
        texts[len(sizes) + len(texts)] = sum(texts.pop(number) for number in chosen)
    small = sorted(size for size in texts.values() if size <= posting_folders._LARGEST // 2)
    assert max(texts.values(), default=0) <= max([posting_folders._LARGEST, *sizes])
    fitting = [size for at, size in enumerate(small) if sum(small[: at + 1]) <= posting_folders._LARGEST]
    assert all(size > 2 * sum(fitting[:at]) for at, size in enumerate(fitting) if at)


def test_no_word_of_a_text_stands_in_the_files(words, path):
    words.add([1], [Owner(1, 1)], ["zanzibarsecret zanzibarsecret"])
    words.close()
    assert b"zanzibar" not in b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())


@pytest.mark.parametrize("harm", ["truncated", "missing", "no folder"])
def test_a_damaged_folder_empties_its_base_and_no_other(folders, path, harm):
    fill(folders, range(1, 41))
    fill(folders, range(1001, 1041), base=2)
    folder = next(path.with_suffix("").glob("1/*"))
    match harm:
        case "truncated":
            os.truncate(folder / "rows", 3)
        case "missing":
            (folder / "hashes").unlink()
        case "no folder":
            shutil.rmtree(folder)
    again = PostingWords(path)
    assert again.matching("sales", 100, HERE) == []
    assert again.ids() == set(range(1001, 1041))
    fill(again, range(1, 41))
    assert found(again, "w7") == [7]
    again.close()


def test_a_process_killed_while_it_writes_a_folder_loses_nothing(path):
    work = """
        import sys, time
        from pathlib import Path
        from rag.records import Owner
        from rag.retrieval.lexical import posting_folders, posting_words, postings
        posting_folders._LOOSE = 20
        rename = Path.rename
        Path.rename = lambda *_: (print("here", flush=True), time.sleep(60))
        words = posting_words.PostingWords(Path(sys.argv[1]))
        words.add(range(30), [Owner(1, 1)] * 30, [f"net sales w{number}" for number in range(30)])
    """
    command = [sys.executable, "-c", textwrap.dedent(work), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "here\n"
        process.kill()
    words = PostingWords(path)
    assert found(words, "w7") == [7]
    assert words.count() == 30
    words.close()


def test_a_search_among_common_words_looks_at_few_texts(path, processor_seconds):
    words = PostingWords(path)
    ids = range(20_000)
    words.add(ids, [Owner(1, number // 100) for number in ids], [f"net sales of the year w{number}" for number in ids])
    found(words, "sales")
    one = processor_seconds(lambda: [words.matching("net sales w777", 10, HERE) for _ in range(20)])
    assert one / 20 < 0.02
    words.close()


def test_texts_that_were_put_into_folders_leave_no_room_behind_them(folders, path):
    text = " ".join(f"w{number}" for number in range(400))
    for start in range(1, 400, 20):
        folders.add(range(start, start + 20), [Owner(1, 1)] * 20, [text] * 20)
    folders._file.checkpoint()
    folders.close()
    assert path.stat().st_size < 40 * 9 * 400 + 200_000
