"""The file of an index, where it cannot be used."""

import pytest

from rag.errors import BadFolder
from rag.retrieval.lexical.sqlite_file import SqliteFile


def test_a_file_that_may_not_be_written_to_is_said_to_be_one(tmp_path):
    file = SqliteFile(tmp_path / "words.sqlite", 1, ["create table words (word)"])
    with file.reading() as connection:
        connection.execute("pragma query_only = on")
    with (
        pytest.raises(BadFolder, match=r"words\.sqlite: attempt to write a readonly database"),
        file.writing() as connection,
    ):
        connection.execute("insert into words values ('harbour')")
    file.close()
