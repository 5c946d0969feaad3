"""Words searched with SQLite FTS5: an index file of its own, which several threads and processes share."""

import json
import logging
import queue
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rag.errors import DiskFull
from rag.language import Terms, terms
from rag.records import Owner, Scope
from rag.retrieval.question import asked

_VERSION = 1  # of the tables and of the terms in them; an index of another version is made anew
_IN_MATCH = 32  # documents of a scope named in the query itself; more are looked up instead
_LONGEST = 64  # characters of a term; what is longer is no word
_PATIENCE = 30.0  # seconds to wait while another process writes
_log = logging.getLogger(__name__)

# The ascii tokenizer takes all that is not ASCII for letters, so a term stays what `language.terms` made it.
# No content is stored: to forget a row FTS5 must be told its terms again, which `held` keeps, compressed.
_TABLES = """
    create table if not exists held (id integer primary key, base integer not null, document integer not null,
                                     terms blob not null);
    create virtual table if not exists passages using fts5
        (words, grams, numbers, owner, content='', tokenize="porter ascii tokenchars '-.''&/%_'");
"""
_FORGET = "insert into passages (passages, rowid, words, grams, numbers, owner) values ('delete', ?, ?, ?, ?, ?)"
_KEEP = "insert into passages (rowid, words, grams, numbers, owner) values (?, ?, ?, ?, ?)"
_HOLD = "insert into held (id, base, document, terms) values (?, ?, ?, ?)"
_FIND = "select rowid, -bm25(passages, 1.0, 1.0, 1.0, 0.0) as score from passages where passages match ?"
_ORDER = " order by score desc, rowid limit ?"


class Fts5Words:
    """BM25 over words, pairs of Chinese characters and numbers; the query itself leaves out what may not be seen."""

    def __init__(self, path: Path) -> None:
        """Open the index at *path*, or make it; one of another version, or damaged, is emptied to be filled again.

        :raises RuntimeError: when the SQLite of this Python has no FTS5
        """
        self._path = path
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            if not _is(error, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise
            _log.warning("%s is damaged (%s); it is made anew", path, error)
            self.close()
            for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                name.unlink(missing_ok=True)
            self._prepare()

    def add(self, ids: Sequence[int], owners: Sequence[Owner], texts: Sequence[str]) -> None:
        """Add texts, all or none; an id that is known is replaced, and of equal ids the last stays.

        :raises DiskFull: nothing is added
        """
        last = {number: (owner, text) for number, owner, text in zip(ids, owners, texts, strict=True)}
        rows = [(number, owner, _columns(text)) for number, (owner, text) in last.items()]
        with self._writing() as connection:
            _forget(connection, last)
            connection.executemany(
                _HOLD, [(number, *owner, zlib.compress("\n".join(columns).encode())) for number, owner, columns in rows]
            )
            connection.executemany(_KEEP, [(number, *columns, _owner(*owner)) for number, owner, columns in rows])

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these ids; unknown ones are passed over.

        :raises DiskFull: nothing is forgotten
        """
        with self._writing() as connection:
            _forget(connection, ids)

    def matching(self, text: str, k: int, among: Scope) -> list[tuple[int, float]]:
        """At most *k* (id, score) in *among* that share a term with *text*, best first; higher is nearer."""
        wanted = _match(asked(text))
        if not wanted or k < 1 or not among.bases or (among.only is not None and not among.only):
            return []
        bases = " OR ".join(f"b{base}" for base in sorted(among.bases))
        match, where, values = f"({wanted}) AND owner : ({bases})", "", []
        if among.only is not None:
            if len(among.only) <= _IN_MATCH:
                match += f" AND owner : ({_documents(among.only)})"
            else:
                where += _LOOKED_UP.format("in")
                values.append(json.dumps(sorted(among.only)))
        if among.never:
            if len(among.never) <= _IN_MATCH:
                match = f"({match}) NOT owner : ({_documents(among.never)})"
            else:
                where += _LOOKED_UP.format("not in")
                values.append(json.dumps(sorted(among.never)))
        with self._connection() as connection:
            rows = connection.execute(_FIND + where + _ORDER, (match, *values, k))
            return [(int(number), float(score)) for number, score in rows]

    def ids(self) -> set[int]:
        """Every id that is held."""
        with self._connection() as connection:
            return {number for (number,) in connection.execute("select id from held")}

    def count(self) -> int:
        """How many passages are held."""
        with self._connection() as connection:
            return int(connection.execute("select count(*) from held").fetchone()[0])

    def compact(self) -> None:
        """Merge the index, so that the terms of what was removed leave the file too; takes seconds on a large one."""
        with self._writing() as connection:
            connection.execute("insert into passages (passages) values ('optimize')")
        with self._connection() as connection:
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()

    def close(self) -> None:
        """Give back the file; a later call opens it again."""
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return

    def _prepare(self) -> None:
        with self._connection() as connection:
            if not connection.execute("select 1 from pragma_module_list where name = 'fts5'").fetchone():
                raise RuntimeError(
                    f"The SQLite of this Python ({sqlite3.sqlite_version}) has no FTS5. "
                    "Use one whose SQLite has it, such as those of python.org, Debian or conda."
                )
            _write_ahead(connection)
            if _version(connection) == _VERSION:
                return
        with self._writing() as connection:
            if _version(connection) == _VERSION:
                return  # another process was quicker
            connection.execute("drop table if exists passages")
            connection.execute("drop table if exists held")
            for statement in filter(str.strip, _TABLES.split(";")):
                connection.execute(statement)
            connection.execute(f"pragma user_version = {_VERSION}")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile; as many are kept as were ever needed at once."""
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = self._connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._idle.put(connection)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: kept whole, or not at all."""
        try:
            with self._connection() as connection:
                connection.execute("begin immediate")
                yield connection
                connection.execute("commit")
        except sqlite3.OperationalError as error:
            if _is(error, sqlite3.SQLITE_FULL):
                raise DiskFull(path=str(self._path)) from error
            raise

    def _connect(self) -> sqlite3.Connection:
        self._path.touch(mode=0o600)  # words of documents; SQLite gives the files beside it the same mode
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma secure_delete = on")
        return connection


# The plus keeps SQLite from asking the index once for each document.
_LOOKED_UP = " and +rowid in (select id from held where document {} (select value from json_each(?)))"


def _is(error: sqlite3.Error, *codes: int) -> bool:
    """Whether *error* is one of *codes*, or a kind of one; an error of the module itself has no code."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in codes


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers read while one writes. The file remembers it; SQLite itself does not wait for others here."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("pragma journal_mode = wal").fetchall()
        except sqlite3.OperationalError as error:
            if not _is(error, sqlite3.SQLITE_BUSY) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _columns(text: str) -> tuple[str, str, str]:
    found = terms(text)
    return _joined(map(_marked, found.words)), _joined(found.grams), _joined(found.numbers)


def _joined(found: Iterable[str]) -> str:
    return " ".join(term[:_LONGEST] for term in found)


def _marked(word: str) -> str:
    """*word* as it stands in the index: only plain English words are to be stemmed, not codes such as ``10-ks``."""
    return word if word.isascii() and word.isalpha() else f"{word[: _LONGEST - 1]}_"


def _match(wanted: Terms) -> str:
    """The query in the language of FTS5: every term quoted, so that nothing in a question is an operator."""
    columns = {"words": [_marked(word) for word in wanted.words], "grams": wanted.grams, "numbers": wanted.numbers}
    return " OR ".join(
        f"{column} : ({' OR '.join(_quoted(term[:_LONGEST]) for term in found)})"
        for column, found in columns.items()
        if found
    )


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _owner(base: int, document: int) -> str:
    return f"b{base} d{document}"


def _documents(numbers: Iterable[int]) -> str:
    return " OR ".join(f"d{number}" for number in sorted(numbers))


def _forget(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Take these ids out of both tables."""
    wanted = json.dumps(list(ids))
    known = connection.execute(
        "select id, base, document, terms from held where id in (select value from json_each(?))", (wanted,)
    ).fetchall()
    connection.executemany(
        _FORGET,
        [
            (number, *zlib.decompress(packed).decode().split("\n"), _owner(base, document))
            for number, base, document, packed in known
        ],
    )
    connection.execute("delete from held where id in (select value from json_each(?))", (wanted,))
