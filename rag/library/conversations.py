"""Turns and their answers; what is removed from the library is gone from them too."""

import json
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from rag.errors import NoSuchConversation
from rag.library.database import Database, schema
from rag.records import Answer, Citation, Conversation, Turn

_TITLE = 80
_SAID = ("$.request.need", "$.text")
_NAMED = re.compile(r'"document":\{"id":(\d+),')


class Conversations:
    """Threads of turns, each belonging to who started it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, who: str, title: str) -> int:
        """A new conversation, titled by its first question."""
        title = title.strip()
        short = title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
        row = insert(schema.conversations).values(who=who, title=short, started=time.time())
        with self._database.writing() as connection:
            number: int = connection.execute(row.returning(schema.conversations.c.id)).scalar_one()
        return number

    def add(self, who: str, conversation: int, answer: Answer) -> Turn:
        """Keep an answer as the next turn.

        :raises NoSuchConversation: when it was deleted, or is not *who*'s
        """
        asked = time.time()
        row = insert(schema.turns).values(
            conversation=conversation, asked=asked, answer=_answers().dump_json(answer).decode()
        )
        with self._database.writing() as connection:
            _check(connection, who, conversation)
            number = connection.execute(row.returning(schema.turns.c.id)).scalar_one()
        return Turn(number, conversation, datetime.fromtimestamp(asked, UTC), answer)

    def newest(self, who: str, limit: int, words: str = "") -> list[Conversation]:
        """At most *limit* conversations of *who*, newest first, without their turns; each of *words* is in the title or
        in what was asked and answered.
        """
        conversations = schema.conversations
        mine = select(conversations).where(conversations.c.who == who, *map(_said, words.split()))
        rows = mine.order_by(conversations.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [
                Conversation(row.id, row.title, datetime.fromtimestamp(row.started, UTC))
                for row in connection.execute(rows)
            ]

    def check(self, who: str, conversation: int) -> None:
        """:raises NoSuchConversation: when it was deleted, or is not *who*'s"""
        with self._database.reading() as connection:
            _check(connection, who, conversation)

    def turns(self, who: str, conversation: int) -> list[Turn]:
        """The turns of a conversation, oldest first.

        :raises NoSuchConversation: when it was deleted, or is not *who*'s
        """
        turns = schema.turns
        rows = select(turns).where(turns.c.conversation == conversation).order_by(turns.c.id)
        with self._database.reading() as connection:
            _check(connection, who, conversation)
            return [
                Turn(row.id, conversation, datetime.fromtimestamp(row.asked, UTC), _answers().validate_json(row.answer))
                for row in connection.execute(rows)
            ]

    def delete(self, who: str, conversation: int) -> None:
        """:raises NoSuchConversation: when it was deleted already, or is not *who*'s"""
        with self._database.writing() as connection:
            _check(connection, who, conversation)
            connection.execute(delete(schema.turns).where(schema.turns.c.conversation == conversation))
            connection.execute(delete(schema.conversations).where(schema.conversations.c.id == conversation))

    def forget(self, document: int) -> None:
        """Take the words of a removed document out of every answer: quotes, evidence, prompts, and prose made of it.

        The prompts of later turns go too, for they hold the answers of the earlier ones.
        """
        turns = schema.turns
        named = select(turns).where(turns.c.answer.contains(f'"document":{{"id":{document},')).order_by(turns.c.id)
        with self._database.writing() as connection:
            first: dict[int, int] = {}
            for row in connection.execute(named).all():
                first.setdefault(row.conversation, row.id)
                _rewrite(connection, row.id, _without(_answers().validate_json(row.answer), document))
            for conversation, turn in first.items():
                later = select(turns).where(turns.c.conversation == conversation, turns.c.id > turn)
                for row in connection.execute(later).all():
                    _rewrite(connection, row.id, replace(_answers().validate_json(row.answer), prompt=None))

    def mentioned(self) -> set[int]:
        """The documents whose words are in an answer."""
        with self._database.reading() as connection:
            answers = connection.execute(select(schema.turns.c.answer)).scalars()
            return {int(number) for answer in answers for number in _NAMED.findall(answer)}


def _check(connection: Connection, who: str, conversation: int) -> None:
    """In the transaction of what depends on it: another thread may delete a conversation at any moment.

    :raises NoSuchConversation: when it was deleted, or is not *who*'s
    """
    conversations = schema.conversations
    mine = select(conversations.c.id).where(conversations.c.id == conversation, conversations.c.who == who)
    if connection.execute(mine).first() is None:
        raise NoSuchConversation


def _said(word: str) -> ColumnElement[bool]:
    """Whether a conversation has *word* in its title, in a question or in what was answered."""
    turns, conversations = schema.turns, schema.conversations
    written = json.dumps(word, ensure_ascii=False)[1:-1]
    turn = select(turns.c.id).where(
        turns.c.conversation == conversations.c.id,
        turns.c.answer.contains(written, autoescape=True),  # most are ruled out before their JSON is taken apart
        or_(*(func.json_extract(turns.c.answer, path).contains(word, autoescape=True) for path in _SAID)),
    )
    return or_(conversations.c.title.contains(word, autoescape=True), turn.exists())


def _rewrite(connection: Connection, turn: int, answer: Answer) -> None:
    packed = _answers().dump_json(answer).decode()
    connection.execute(update(schema.turns).where(schema.turns.c.id == turn).values(answer=packed))


def _without(answer: Answer, document: int) -> Answer:
    def others(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
        return tuple(citation for citation in citations if citation.document.id != document)

    computed = None if answer.computed and answer.computed.document.id == document else answer.computed
    rests_on_it = len(others(answer.citations)) < len(answer.citations) or computed is not answer.computed
    return replace(
        answer,
        text="" if rests_on_it else answer.text,
        thinking="",
        citations=others(answer.citations),
        evidence=others(answer.evidence),
        prompt=None,
        forgotten=True,
        computed=computed,
    )


@cache
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
