"""A SQLite file that an index keeps to itself, shared by several threads and processes."""

import logging
import queue
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rag.errors import BadFolder, DiskFull

_PATIENCE = 30.0  # seconds to wait while another process writes
_MOMENT = 500  # milliseconds
_log = logging.getLogger(__name__)


class SqliteFile:
    """Connections to a file, one for each thread that is using it."""

    def __init__(self, path: Path, version: int, tables: Sequence[str]) -> None:
        """Open the file at *path*, or make it with *tables*; one of another version, or damaged, is emptied."""
        self._path = path
        self._version, self._tables = version, tables
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

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the file throughout."""
        with self._connection() as connection:
            connection.execute("begin")
            yield connection
            connection.execute("commit")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: kept whole, or not at all.

        :raises DiskFull: when it does not fit
        :raises BadFolder: when it may not be written to
        """
        try:
            with self._connection() as connection:
                connection.execute("begin immediate")
                yield connection
                connection.execute("commit")
        except sqlite3.OperationalError as error:
            if _is(error, sqlite3.SQLITE_FULL):
                raise DiskFull(path=str(self._path)) from error
            if _is(error, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise BadFolder(path=str(self._path.parent), reason=f"{self._path.name}: {error}") from error
            raise

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and empty it, as far as nobody reads from it."""
        with self._connection() as connection:
            # It keeps all others from writing while it waits for those who read: not longer than they have patience.
            connection.execute(f"pragma busy_timeout = {_MOMENT}")
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()
            connection.execute(f"pragma busy_timeout = {int(1000 * _PATIENCE)}")

    def close(self) -> None:
        """Give back the file; a later call opens it again."""
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return

    def _prepare(self) -> None:
        with self._connection() as connection:
            _write_ahead(connection)
            if _version(connection) == self._version:
                return
        with self.writing() as connection:
            if _version(connection) == self._version:
                return  # another process was quicker
            _drop_everything(connection)
            for statement in self._tables:
                connection.execute(statement)
            connection.execute(f"pragma user_version = {self._version}")

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

    def _connect(self) -> sqlite3.Connection:
        self._path.touch(mode=0o600)  # words of documents; SQLite gives the files beside it the same mode
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma secure_delete = on")
        return connection


def _drop_everything(connection: sqlite3.Connection) -> None:
    """Also the tables of versions before; a virtual one takes those along that it is made of."""
    wanted = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by sql not like ?"
    virtual = "create virtual%"
    while names := [name for (name,) in connection.execute(wanted, (virtual,))]:
        connection.execute(f'drop table "{names[0]}"')


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
