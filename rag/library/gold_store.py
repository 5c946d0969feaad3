"""Gold questions of a base, and what came of asking them; both go with their base."""

import json
import time
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from rag.errors import NoSuchQuestion, NoSuchRun
from rag.library.catalog import check_base
from rag.library.database import Database, schema

_gold, _runs = schema.gold, schema.runs
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A gold question as it was given: *content* has all that its line had, including fields that are unknown here."""

    id: int
    base: int
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run over the gold questions of a base, and its *summary* as far as it has come."""

    id: int
    base: int
    made: datetime
    name: str
    summary: Mapping[str, Any]


class GoldStore:
    """Gold questions and runs by base. Safe to use from several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ── questions ──

    def add(self, base: int, contents: Sequence[Mapping[str, Any]]) -> list[int]:
        """Keep some questions, all of them or none.

        :returns: their numbers
        :raises NoSuchBase: when the base was removed meanwhile
        """
        if not contents:
            return []
        made = time.time()
        with self._database.writing() as connection:
            check_base(connection, base)
            rows = [{"base": base, "made": made, "question": _packed(content)} for content in contents]
            wish = insert(_gold).returning(_gold.c.id, sort_by_parameter_order=True)
            return list(connection.execute(wish, rows).scalars())

    def change(self, number: int, content: Mapping[str, Any]) -> None:
        """:raises NoSuchQuestion: when it was removed meanwhile"""
        with self._database.writing() as connection:
            wish = update(_gold).where(_gold.c.id == number).values(question=_packed(content))
            if not connection.execute(wish).rowcount:
                raise NoSuchQuestion

    def remove(self, numbers: Collection[int]) -> None:
        """Forget some questions; nothing happens to those that are gone already."""
        with self._database.writing() as connection:
            for number in numbers:
                connection.execute(delete(_gold).where(_gold.c.id == number))

    def questions(self, base: int) -> list[KeptQuestion]:
        """The questions of a base, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(_gold).where(_gold.c.base == base).order_by(_gold.c.id))
            return [_question(row) for row in rows]

    def question(self, number: int) -> KeptQuestion:
        """:raises NoSuchQuestion: when it is gone"""
        with self._database.reading() as connection:
            row = connection.execute(select(_gold).where(_gold.c.id == number)).first()
        if row is None:
            raise NoSuchQuestion
        return _question(row)

    # ── runs ──

    def begin(self, base: int, name: str, summary: Mapping[str, Any]) -> int:
        """Keep a run that has just begun.

        :raises NoSuchBase: when the base was removed meanwhile
        """
        values = {"base": base, "made": time.time(), "name": name[:_LONGEST_NAME], "summary": _pressed(summary)}
        with self._database.writing() as connection:
            check_base(connection, base)
            number: int = connection.execute(insert(_runs).values(**values).returning(_runs.c.id)).scalar_one()
        return number

    def tell(self, number: int, summary: Mapping[str, Any]) -> None:
        """Keep how far a run has come.

        :raises NoSuchRun: when it was removed meanwhile
        """
        with self._database.writing() as connection:
            wish = update(_runs).where(_runs.c.id == number).values(summary=_pressed(summary))
            if not connection.execute(wish).rowcount:
                raise NoSuchRun

    def rename(self, number: int, name: str) -> None:
        """Call a run something else; nothing happens when it is gone."""
        with self._database.writing() as connection:
            connection.execute(update(_runs).where(_runs.c.id == number).values(name=name[:_LONGEST_NAME]))

    def forget(self, number: int) -> None:
        """Forget a run; nothing happens when it is gone already."""
        with self._database.writing() as connection:
            connection.execute(delete(_runs).where(_runs.c.id == number))

    def runs(self, base: int) -> list[int]:
        """The numbers of the runs of a base, oldest first."""
        with self._database.reading() as connection:
            wish = select(_runs.c.id).where(_runs.c.base == base).order_by(_runs.c.id)
            return list(connection.execute(wish).scalars())

    def run(self, number: int) -> KeptRun:
        """:raises NoSuchRun: when it is gone"""
        with self._database.reading() as connection:
            row = connection.execute(select(_runs).where(_runs.c.id == number)).first()
        if row is None:
            raise NoSuchRun
        return _run(row)


def _packed(content: Mapping[str, Any]) -> str:
    return json.dumps(content)  # in ASCII, since a line may spell half a character, which SQLite refuses


def _pressed(summary: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(summary, separators=(",", ":")).encode())


def _question(row: Row[Any]) -> KeptQuestion:
    return KeptQuestion(row.id, row.base, json.loads(row.question))


def _run(row: Row[Any]) -> KeptRun:
    return KeptRun(
        row.id, row.base, datetime.fromtimestamp(row.made, UTC), row.name, json.loads(zlib.decompress(row.summary))
    )
