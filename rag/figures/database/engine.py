"""DuckDB over typed tables: in memory, without files or network, within limits of time, memory and rows."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from rag.errors import CannotCompute
from rag.figures.typed import APART, ROW, TOTAL, UNDER, TypedTable
from rag.records import Value

SECONDS = 5.0
"""How long a query may take."""
_LOCKED = {
    "threads": "1",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}


@dataclass(frozen=True, slots=True)
class Result:
    """*rows* of a result, at most as many as the engine gives; *cut* when there were more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    cut: bool


class Engine:
    """A database that holds the given tables and nothing else; threads wait for each other."""

    def __init__(
        self, tables: Iterable[TypedTable], *, memory_mb: int = 512, seconds: float | None = None, rows: int = 1000
    ) -> None:
        import duckdb  # noqa: PLC0415 - only a question that computes needs it

        self._seconds, self._rows = SECONDS if seconds is None else seconds, rows
        self._lock = threading.Lock()
        self._problems: tuple[type[Exception], ...] = (duckdb.Error,)
        config: dict[str, Any] = {**_LOCKED, "memory_limit": f"{memory_mb}MB", "temp_directory": ""}
        self._connection: Any = duckdb.connect(":memory:", config=config)
        for table in tables:
            self._load(table)
        self._connection.execute("SET lock_configuration = true")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the tables."""
        self._connection.close()

    def run(self, sql: str, *, whole: bool = False) -> Result:
        """The result of *sql*, which was checked before; *whole* is for what nobody sees, and has no limit of rows.

        :raises CannotCompute: when DuckDB refuses it, or it takes too long or too much memory
        """
        with self._lock:
            alarm = threading.Timer(self._seconds, self._connection.interrupt)
            alarm.start()
            try:
                cursor = self._connection.execute(sql)
                columns = tuple(column[0] for column in cursor.description)
                rows = cursor.fetchall() if whole else cursor.fetchmany(self._rows + 1)
            except self._problems as error:
                raise CannotCompute(reason=str(error).splitlines()[0]) from error
            finally:
                alarm.cancel()
        most = len(rows) if whole else self._rows
        return Result(columns, tuple(rows[:most]), len(rows) > most)

    def _load(self, table: TypedTable) -> None:
        import pyarrow as pa  # noqa: PLC0415 - only a question that computes needs it

        types = {"text": pa.string(), "number": pa.float64(), "date": pa.date32()}
        columns = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(table.columns)
        arrays = [pa.array(range(len(table.rows)), pa.int64())]
        arrays += [pa.array(values, types[column.kind]) for values, column in zip(columns, table.columns, strict=True)]
        arrays.append(pa.array([at in table.totals for at in range(len(table.rows))]))
        arrays.append(pa.array([APART.join(path) for path in table.under] or [""] * len(table.rows), pa.string()))
        names = [ROW, *(column.name for column in table.columns), TOTAL, UNDER]
        self._connection.register("loading", pa.Table.from_arrays(arrays, names=names))
        self._connection.execute(f"CREATE TABLE {quoted(table.label)} AS SELECT * FROM loading")  # noqa: S608 - quoted
        self._connection.unregister("loading")


def quoted(name: str) -> str:
    """*name* as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """*text* as a string of SQL."""
    return "'" + text.replace("'", "''") + "'"
