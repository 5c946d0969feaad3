"""Who reads for long keeps nobody from writing, though the log is to be emptied meanwhile."""

import threading
import time

import pytest

from rag.library.catalog import Catalog
from rag.library.database import Database
from rag.records import Owner
from rag.retrieval.lexical.posting_words import PostingWords


def written_while(reading, checkpoint, write):
    """Seconds that *write* takes while the log is emptied, and somebody reads what was there before."""
    with reading() as connection:
        getattr(connection, "exec_driver_sql", connection.execute)("select count(*) from sqlite_master").fetchall()
        write(0)
        emptying = threading.Thread(target=checkpoint)
        emptying.start()
        time.sleep(0.1)
        began = time.monotonic()
        write(1)
        seconds = time.monotonic() - began
        emptying.join()
    return seconds


@pytest.mark.parametrize("what", ["catalog", "words"])
def test_emptying_the_log_waits_for_readers_only_a_moment(tmp_path, what):
    if what == "catalog":
        opened = Database(tmp_path / "catalog.sqlite")
        catalog = Catalog(opened)
        parts = opened.reading, opened.checkpoint, lambda at: catalog.create_base(f"base {at}", "m")
    else:
        opened = PostingWords(tmp_path / "words.sqlite")
        parts = opened._file.reading, opened.compact, lambda at: opened.add([at], [Owner(1, 1)], ["net sales"])
    assert written_while(*parts) < 10
    opened.close()
