"""Turns and the thread they make."""

from dataclasses import dataclass
from datetime import datetime

from rag.records.answers import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and its answer."""

    id: int
    conversation: int
    asked: datetime
    answer: Answer


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of turns, titled by its first question."""

    id: int
    title: str
    started: datetime
