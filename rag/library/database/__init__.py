"""One SQLite file in WAL mode, shared by the page and the worker; brought up to date by numbered migrations."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, create_engine, event, text

from rag.errors import NewerCatalog
from rag.library.database.disk import disk_errors_are_said

Version = tuple[int, int]

LATEST = "0006"
_KEPT = 32  # connections: one more is opened and closed for a single query, which takes longer than the query
_PATIENCE = 60  # seconds to wait while another writes
_MOMENT = 500  # milliseconds
_MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """Connections to the catalog's database, one for each thread that is using it."""

    def __init__(self, path: Path) -> None:
        """Open the file, making or migrating it first.

        :raises DiskFull: when there is no room for it; :raises BadFolder: when it may not be written to
        :raises DamagedCatalog: when it is no database, or not a whole one
        :raises NewerCatalog: when a newer version of PageCite has changed it
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # it keeps keys of model servers; SQLite gives the files beside it the same mode
        self.path = path
        self._engine = create_engine(
            f"sqlite:///{path}",
            connect_args={"timeout": _PATIENCE},
            pool_size=_KEPT,
            max_overflow=-1,
            pool_use_lifo=True,
        )
        self._watching = threading.Lock()
        self._watch: sqlite3.Connection | None = None
        self._watches = 0
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        with FileLock(f"{path}.migrating"):
            self._migrate()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the catalog throughout.

        :raises DiskFull: when SQLite finds no room for what readers share
        """
        with disk_errors_are_said(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept together when the block ends, or not at all.

        :raises DiskFull: when they do not fit on the disk; :raises BadFolder: when it may not be written to
        """
        with (
            disk_errors_are_said(self.path),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def version(self) -> Version:
        """Differs after every commit of any thread or process; takes microseconds."""
        with disk_errors_are_said(self.path), self._watching:
            if self._watch is None:
                self._watch = sqlite3.connect(
                    self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
                )
                self._watches += 1  # each connection counts for itself
            return self._watches, int(self._watch.execute("pragma data_version").fetchone()[0])

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the database file and empty it, as far as nobody reads from it."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("rollback")  # not within the transaction that ``_begin`` opens
            # While it waits for readers nobody can write, so it waits for less time than a writer does.
            connection.exec_driver_sql(f"pragma busy_timeout = {_MOMENT}")
            try:
                connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
            finally:
                connection.exec_driver_sql(f"pragma busy_timeout = {1000 * _PATIENCE}")

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._engine.dispose()
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def _migrate(self) -> None:
        with self.reading() as connection:
            revision = _revision(connection)
        if revision == LATEST:
            return
        if revision is not None and revision > LATEST:
            raise NewerCatalog(path=str(self.path))
        # Only a new or an older catalog needs alembic, which takes a third of a second to import.
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.set_main_option("path_separator", "os")
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    tables = text("select 1 from sqlite_master where name = 'alembic_version'")
    if connection.execute(tables).first() is None:
        return None
    found: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
    return found


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    # Python's own BEGIN is deferred and comes late; ``_begin`` sends it instead.
    connection.isolation_level = None
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    connection.execute("pragma foreign_keys = on")
    # What is deleted is overwritten, not only unlinked.
    connection.execute("pragma secure_delete = on")


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns to writing fails at once when another process writes; an immediate one waits.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("begin immediate" if writes else "begin")
