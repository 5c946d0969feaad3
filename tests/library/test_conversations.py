"""Answers are kept as they were given, until a document they rest on is removed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rag.errors import NoSuchConversation
from rag.library.conversations import Conversations
from rag.library.preferences import Preferences
from rag.records import Answer, Box, Cells, Citation, Document, Hit, Message, Page, Passage, Prompt, Request, Span


@pytest.fixture
def conversations(database):
    return Conversations(database)


def document(number):
    return Document(number, 1, f"{number}.pdf", "0" * 64, "pdf", 3, datetime(2026, 1, 1, tzinfo=UTC), "ann")


def answer(*documents, text="The fee is 12 euros [1]."):
    citations = tuple(
        Citation(number, document(owner), 5, (Page(3, "iii", Box(1, 2, 3, 4)), Cells("S", "A1")), "12 euros")
        for number, owner in enumerate(documents, start=1)
    )
    hits = tuple(Hit(Passage(document(owner), (Span("12 euros", Page(3)),)), 0.5, {"words": 1}) for owner in documents)
    prompt = Prompt((Message("user", "12 euros?"),), hits, 0, 10)
    return Answer(Request("fee?"), text, citations, citations, thinking="hm", model="m", prompt=prompt)


def test_a_turn_comes_back_as_it_was(conversations):
    thread = conversations.start("ann", "What is the fee?")
    kept = conversations.add("ann", thread, answer(1, 2))
    assert conversations.turns("ann", thread) == [kept]
    assert [found.title for found in conversations.newest("ann", 9)] == ["What is the fee?"]


def test_an_answer_to_a_conversation_that_is_deleted_meanwhile_is_refused_like_one_deleted_before(
    conversations, database, monkeypatch
):
    thread = conversations.start("ann", "What is the fee?")
    writing = database.writing

    def deleted_just_before():
        monkeypatch.undo()
        conversations.delete("ann", thread)
        return writing()

    monkeypatch.setattr(database, "writing", deleted_just_before)
    with pytest.raises(NoSuchConversation):
        conversations.add("ann", thread, answer(1))


def test_conversations_are_found_by_words_of_their_titles_in_any_order_and_sign_for_sign(conversations):
    for title in ("What is the mooring fee?", "系泊费是多少？", "The fee of 2024", "100% of the fee_a"):
        conversations.start("ann", title)

    def found(words):
        return [each.title for each in conversations.newest("ann", 9, words)]

    assert found("FEE mooring") == ["What is the mooring fee?"]
    assert found("系泊费") == ["系泊费是多少？"]
    assert found("0%") == ["100% of the fee_a"]
    assert found("e_o") == []
    assert len(found(" ")) == 4


def test_conversations_are_found_by_what_was_asked_and_answered_and_not_by_their_evidence(conversations):
    thread = conversations.start("ann", "Ferries")
    conversations.add("ann", thread, replace(answer(1), request=Request('The "mooring" fee?'), text="年费 12 元 [1]"))
    conversations.start("ann", "Others")

    def found(words):
        return [each.title for each in conversations.newest("ann", 9, words)]

    assert found('"MOORING" 年费 ferries') == ["Ferries"]
    assert found("euros") == []
    assert found("mooring others") == []


def test_a_conversation_is_not_shown_to_another(conversations):
    thread = conversations.start("ann", "Secret?")
    assert conversations.newest("bob", 9) == []
    for reach in (conversations.turns, conversations.delete):
        with pytest.raises(NoSuchConversation):
            reach("bob", thread)
    with pytest.raises(NoSuchConversation):
        conversations.add("bob", thread, answer(1))


def test_a_deleted_conversation_is_gone(conversations):
    thread = conversations.start("ann", "fee?")
    conversations.add("ann", thread, answer(1))
    conversations.delete("ann", thread)
    with pytest.raises(NoSuchConversation):
        conversations.turns("ann", thread)
    assert conversations.mentioned() == set()


def test_the_words_of_a_removed_document_are_gone_from_every_answer(conversations):
    thread = conversations.start("ann", "fee?")
    conversations.add("ann", thread, answer(1, 12))
    conversations.add("ann", thread, answer(12))
    conversations.forget(1)
    first, second = conversations.turns("ann", thread)
    assert (first.answer.text, first.answer.thinking, first.answer.prompt) == ("", "", None)
    assert [citation.document.id for citation in first.answer.citations] == [12]
    assert first.answer.forgotten
    assert second.answer == replace(answer(12), prompt=None)  # it held the first answer
    assert conversations.mentioned() == {12}


def test_a_preference_can_be_taken_back(database):
    preferences = Preferences(database)
    assert preferences.get("model") is None
    preferences.set("model", {"server": "ollama", "name": "深度"})
    preferences.set("model", {"server": "none"})
    assert preferences.get("model") == {"server": "none"}
    preferences.set("model", None)
    assert preferences.get("model") is None


def test_a_long_question_is_a_title_that_shows_it_was_cut(database):
    conversations = Conversations(database)
    conversations.start("ann", "What was the money used for? " * 20)
    (title,) = [each.title for each in conversations.newest("ann", 9)]
    assert title.endswith("…")
    assert len(title) < 100
