"""A base is searched with the model it has until every passage has a vector of the one it is to have."""

from types import SimpleNamespace

import numpy as np
import pytest

from rag.errors import EmbedderMismatch
from rag.library.passages.generations import Generations
from rag.records import Owner, Page, Passage, Span

NOW, NEXT = "hashing-256", "another"


def vectors(count):
    return np.eye(count, 256, dtype=np.float32)


@pytest.fixture
def generations(database):
    return Generations(database)


@pytest.fixture
def held(admit, store):
    """A document of three passages with the vectors of the model of their base."""
    document, _ = admit()
    passages = [Passage(document, (Span(text, Page(1)),)) for text in ("one", "two", "three")]
    ids = store.keep(document.id, passages, [])
    owner = Owner(document.base, document.id)
    store.keep_vectors(owner, NOW, ids, vectors(3))
    return SimpleNamespace(document=document.id, base=document.base, owner=owner, ids=ids)


def test_a_base_changes_its_model_only_when_all_its_passages_have_a_vector(generations, held, store, catalog):
    with pytest.raises(EmbedderMismatch):
        store.keep_vectors(held.owner, NEXT, held.ids, vectors(3))
    assert generations.begin(held.base, NEXT)
    assert [passage.id for passage in store.without_vector(held.document, 10, NEXT)] == held.ids
    store.keep_vectors(held.owner, NEXT, held.ids[:2], vectors(2))
    (under_way,) = generations.under_way()
    assert (under_way.base, under_way.embedder, under_way.done, under_way.total) == (held.base, NEXT, 2, 3)
    assert not generations.change(held.base)
    assert generations.next_document(held.base, NEXT) == held.document
    assert (catalog.base(held.base).embedder, catalog.base(held.base).next_embedder) == (NOW, NEXT)
    assert store.vectors_after(0, NOW, [held.base], 10).ids == held.ids
    store.keep_vectors(held.owner, NEXT, held.ids[2:], vectors(1))
    assert generations.next_document(held.base, NEXT) is None
    assert generations.change(held.base)
    assert (catalog.base(held.base).embedder, catalog.base(held.base).next_embedder) == (NEXT, None)
    assert store.vector_ids([held.base]) == set(held.ids)


def test_the_vectors_of_the_model_before_leave_the_catalog(generations, held, store):
    generations.begin(held.base, NEXT)
    store.keep_vectors(held.owner, NEXT, held.ids, vectors(3))
    generations.change(held.base)
    while generations.clear():
        pass
    assert store.vectors_after(0, NOW, [held.base], 10).ids == []
    assert store.vectors_after(0, NEXT, [held.base], 10).ids == held.ids


def test_a_change_that_is_given_up_leaves_nothing(generations, held, store, catalog):
    generations.begin(held.base, NEXT)
    store.keep_vectors(held.owner, NEXT, held.ids[:2], vectors(2))
    assert not generations.begin(held.base, NOW)
    assert catalog.base(held.base).next_embedder is None
    assert generations.under_way() == []
    assert store.vectors_after(0, NEXT, [held.base], 10).ids == []
    assert store.vectors_after(0, NOW, [held.base], 10).ids == held.ids


def test_going_back_before_the_old_vectors_are_deleted_keeps_them(generations, held, store):
    generations.begin(held.base, NEXT)
    store.keep_vectors(held.owner, NEXT, held.ids, vectors(3))
    generations.change(held.base)
    assert generations.begin(held.base, NOW)
    assert generations.change(held.base)
    while generations.clear():
        pass
    assert store.vectors_after(0, NOW, [held.base], 10).ids == held.ids
    assert store.vectors_after(0, NEXT, [held.base], 10).ids == []


def test_a_removed_document_is_not_waited_for(generations, held, store):
    generations.begin(held.base, NEXT)
    store.remove(held.document)
    assert generations.change(held.base)
