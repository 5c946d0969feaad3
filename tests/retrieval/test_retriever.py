"""A question finds passages by meaning and by words."""

from datetime import UTC, datetime

import numpy as np
import pytest

from rag.errors import EmbedderUnavailable
from rag.records import About, Document, Owner, Scope, Spot
from rag.retrieval.asked.routing import Directory
from rag.retrieval.features import Weights
from rag.retrieval.gathering import Known
from rag.retrieval.memory import MemoryVectors, MemoryWords
from rag.retrieval.retriever import nearest_passages

HERE = Scope(frozenset({1}))
TEXTS = {1: "net sales rose", 2: "turnover went up", 3: "green trees"}
MEANING = {1: (0.9999, 0.0141, 0.0), 2: (1.0, 0.0, 0.0), 3: (0.0, 0.0, 1.0)}


class Meaning:
    """Knows that everything asked means what passage 2 means."""

    name, dim, window = "meaning", 3, 100
    asked = 0

    def query(self, text):
        self.asked += 1
        return np.array(MEANING[2], np.float32)


class Broken(Meaning):
    def query(self, text):
        raise EmbedderUnavailable(name="broken", reason="gone")


@pytest.fixture
def words():
    words = MemoryWords()
    words.add(list(TEXTS), [Owner(1, number) for number in TEXTS], list(TEXTS.values()))
    return words


@pytest.fixture
def vectors():
    vectors = MemoryVectors(3)
    vectors.add(list(MEANING), [Owner(1, number) for number in MEANING], np.array(list(MEANING.values()), np.float32))
    return vectors


def test_what_both_methods_find_comes_first(vectors, words):
    first, second, third = nearest_passages("sales", Meaning(), vectors, words, 5, HERE)
    assert (first.id, first.found_by) == (1, {"words": 1, "vectors": 2})
    assert (second.id, second.found_by) == (2, {"vectors": 1})
    assert first.score > second.score > third.score


@pytest.mark.parametrize("embedder", [None, Meaning()])
def test_words_alone_answer_while_there_are_no_vectors(words, embedder):
    (only,) = nearest_passages("sales", embedder, MemoryVectors(3), words, 5, HERE)
    assert (only.id, only.found_by) == (1, {"words": 1})
    assert embedder is None or embedder.asked == 0


def test_words_alone_answer_without_an_embedder(vectors, words):
    assert [one.id for one in nearest_passages("sales", None, vectors, words, 5, HERE)] == [1]
    assert [one.id for one in nearest_passages("sales", None, None, words, 5, HERE)] == [1]


def test_an_embedder_that_fails_is_not_hidden(vectors, words):
    with pytest.raises(EmbedderUnavailable):
        nearest_passages("sales", Broken(), vectors, words, 5, HERE)


def test_what_may_not_be_seen_is_not_found_by_either(vectors, words):
    near = nearest_passages("sales", Meaning(), vectors, words, 5, Scope(frozenset({1}), never=frozenset({1})))
    assert [one.id for one in near] == [2, 3]
    assert nearest_passages("sales", Meaning(), vectors, words, 5, Scope(frozenset({2}))) == []


@pytest.mark.parametrize(("question", "k"), [("", 5), ("  \n", 5), ("sales", 0)])
def test_nothing_asked_finds_nothing(vectors, words, question, k):
    assert nearest_passages(question, Meaning(), vectors, words, k, HERE) == []


def test_no_more_than_k_are_found(vectors, words):
    assert len(nearest_passages("sales", Meaning(), vectors, words, 2, HERE)) == 2


def test_of_two_entities_that_are_compared_each_has_a_passage_early():
    words, made = MemoryWords(), datetime(2025, 1, 1, tzinfo=UTC)
    texts = {number: f"sales compare sides fully {number}" for number in range(1, 9)} | {9: "sales"}
    owners = {number: 1 if number < 9 else 2 for number in texts}
    words.add(list(texts), [Owner(1, owners[number]) for number in texts], list(texts.values()))
    documents = tuple(
        Document(number, 1, f"{number}.pdf", "", "pdf", 1, made, "ann", about=About((name,)))
        for number, name in ((1, "Nordlicht"), (2, "Granite"), (3, "Third"))
    )
    known = Known(
        spots=lambda ids: {number: Spot(owners[number], number) for number in ids}, directory=Directory(documents)
    )
    both = nearest_passages(
        "Compare sides of Nordlicht sales fully with Granite", None, None, words, 8, HERE, known=known
    )
    assert 9 in [near.id for near in both[:5]]
    assert [near.score for near in both] == sorted((near.score for near in both), reverse=True)


def test_of_each_statement_that_a_ratio_needs_there_is_a_page_early():
    texts = {number: f"return on equity is high {number}" for number in range(1, 9)} | {9: "net income", 10: "equity"}
    words = MemoryWords()
    words.add(list(texts), [Owner(1, 1)] * len(texts), list(texts.values()))
    topics = {9: "income statement", 10: "balance sheet"}
    known = Known(lambda ids: {number: Spot(1, number, topics.get(number, "")) for number in ids})
    weights = Weights(words=1, vectors=0, concepts=0, statement=0, name=0, period=0)
    near = nearest_passages("return on equity is high", None, None, words, 8, HERE, known=known, weights=weights)
    assert {9, 10} <= {one.id for one in near[:6]}


@pytest.mark.parametrize(("question", "first"), [("kestrel harbour sales", 2), ("exhibit on kestrel harbour sales", 1)])
def test_exhibits_come_behind_unless_they_are_asked_for(question, first):
    words = MemoryWords()
    words.add([1, 2], [Owner(1, 1)] * 2, ["kestrel harbour sales exhibit", "kestrel harbour rose sales there"])
    known = Known(lambda ids: {number: Spot(1, number, "exhibits" if number == 1 else "notes") for number in ids})
    near = nearest_passages(question, None, None, words, 2, HERE, known=known)
    assert near[0].id == first
