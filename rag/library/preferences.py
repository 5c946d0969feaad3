"""What was chosen on the page and holds for everyone, by name."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from rag.library.database import Database, schema


class Preferences:
    """What was chosen on the page and holds for everyone, as JSON by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> Any:
        """The value, or ``None`` when nothing was chosen."""
        row = select(schema.preferences.c.value).where(schema.preferences.c.name == name)
        with self._database.reading() as connection:
            value = connection.execute(row).scalar()
        return None if value is None else json.loads(value)

    def some(self, names: Collection[str]) -> Mapping[str, Any]:
        """The values of those of *names* for which something was chosen."""
        kept = schema.preferences.c
        rows = select(kept.name, kept.value).where(kept.name.in_(names))
        with self._database.reading() as connection:
            return {row.name: json.loads(row.value) for row in connection.execute(rows)}

    def set(self, name: str, value: Any) -> None:
        """Choose *value*; ``None`` takes the choice back."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.preferences).where(schema.preferences.c.name == name))
            if value is not None:
                connection.execute(insert(schema.preferences).values(name=name, value=json.dumps(value)))


def glossary_of(base: int) -> str:
    """The name under which the glossary of a base is kept."""
    return f"glossary of base {base}"
