"""What documents are about and what their pages hold: as it was read, and as a person corrected it."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, select, update

from rag.errors import NoSuchDocument
from rag.library.database import Database, schema
from rag.library.database.codec import pack_about, unpack_about
from rag.records import About, PageTopic

_documents, _leaves = schema.documents, schema.leaves
_OURS = frozenset(field.name for field in fields(About)) - {"tags", "by_hand"}


class AboutStore:
    """What is known of documents. Safe to use from several threads and processes.

    Where a person has set something else, a row also keeps what was read, and the version of the *rules* by which it
    was read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def found(self, document: int, about: About, rules: int, *, fill: bool = False) -> About:
        """Keep what was read by the *rules* of this version; what a person has set stays. What holds now is returned.

        *fill* leaves what was read before where there is nothing now: not all that a file prints is kept of it.

        :raises NoSuchDocument: when it is gone
        """
        with self._database.writing() as connection:
            packed = _packed(connection, document)
            known = unpack_about(packed)
            if fill:
                before = _read(packed)
                about = replace(about, **{name: getattr(before, name) for name in _OURS if not getattr(about, name)})
            by_hand = {name: getattr(known, name) for name in known.by_hand & _OURS}
            merged = replace(about, **by_hand, tags=known.tags, by_hand=known.by_hand & _OURS)
            _keep(connection, document, merged, about, rules)
            return merged

    def set(self, document: int, about: About) -> About:
        """Let *about* hold. What differs from before counts as set by hand; what ``by_hand`` no longer names goes back
        to what was read.

        :raises NoSuchDocument: when it is gone
        """
        with self._database.writing() as connection:
            packed = _packed(connection, document)
            known, read, rules = unpack_about(packed), _read(packed), _rules(packed)
            back = known.by_hand - about.by_hand
            changed = {name for name in _OURS - back if getattr(about, name) != getattr(known, name)}
            given = {name: getattr(read, name) for name in back & _OURS}
            merged = replace(about, **given, by_hand=((about.by_hand & known.by_hand) | changed) & _OURS)
            _keep(connection, document, merged, read, rules)
            return merged

    def outdated(self, rules: int) -> list[int]:
        """The documents that were read, but not by the *rules* of this version, oldest first."""
        rows = select(_documents.c.id, _documents.c.about).where(_documents.c.leaves > 0).order_by(_documents.c.id)
        with self._database.reading() as connection:
            return [number for number, packed in connection.execute(rows) if _rules(packed) < rules]

    def topics(self, document: int, topics: Mapping[int, PageTopic]) -> None:
        """Keep what pages hold, by their numbers."""
        with self._database.writing() as connection:
            for number, topic in topics.items():
                own = (_leaves.c.document == document, _leaves.c.number == number)
                connection.execute(update(_leaves).where(*own, _leaves.c.topic != topic).values(topic=topic))


def _packed(connection: Connection, document: int) -> str:
    packed = connection.execute(select(_documents.c.about).where(_documents.c.id == document)).scalar()
    if packed is None:
        raise NoSuchDocument(name=f"#{document}")
    return str(packed)


def _keep(connection: Connection, document: int, about: About, read: About, rules: int) -> None:
    content: dict[str, Any] = json.loads(pack_about(about)) | {"rules": rules}
    if about.by_hand:
        content["read"] = json.loads(pack_about(read))
    packed = json.dumps(content, ensure_ascii=False)
    connection.execute(update(_documents).where(_documents.c.id == document).values(about=packed))


def _read(packed: str) -> About:
    """What was read, whatever was set by hand since."""
    content = json.loads(packed)
    return unpack_about(json.dumps(content["read"]) if "read" in content else packed)


def _rules(packed: str) -> int:
    return int(json.loads(packed).get("rules", 0))
