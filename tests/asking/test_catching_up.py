"""A process that searches follows the catalog: files spare it reading, and are never believed more than that."""

from types import SimpleNamespace

import numpy as np
import pytest

from rag.asking.catching_up import VectorIndexes
from rag.errors import EmbedderUnavailable
from rag.records import Owner, Page, Passage, Scope, Span
from rag.retrieval.vectors.faiss_index import FaissIndex, Sizes

NAME, DIM = "hashing-256", 24
SMALL = Sizes(kept=20, lists=60, loose=10, share=8, most=20)


@pytest.fixture
def library(app, settings):
    """Documents of made-up vectors in the catalog, and indexes that follow it."""
    dice = np.random.default_rng(3)

    def add(base, count):
        number = len(app.catalog.documents([1, 2]))
        admitted = {"digest": f"{number:064x}", "size": 1, "kind": "pdf", "who": "ann"}
        document, _ = app.catalog.admit(base, f"{number}.pdf", **admitted)
        passages = [Passage(document, (Span(f"{number} {at}", Page(1)),)) for at in range(count)]
        ids = app.store.keep(document.id, passages, [])
        vectors = dice.normal(size=(count, DIM)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        app.store.keep_vectors(Owner(base, document.id), NAME, ids, vectors)
        return SimpleNamespace(id=document.id, ids=ids, vectors=vectors)

    def process():
        return VectorIndexes(
            app.catalog, app.store, lambda name, dim: FaissIndex(dim, settings.home / "vectors", name, SMALL)
        )

    def caught_up(indexes):
        found = indexes.of(NAME, DIM)
        found.finish()
        return found

    for name in ("one", "two"):
        app.catalog.create_base(name, NAME)
    return SimpleNamespace(add=add, process=process, caught_up=caught_up, store=app.store, catalog=app.catalog)


@pytest.fixture
def read(library, monkeypatch):
    """How many vectors were read from the catalog."""
    counted = []
    vectors_after = library.store.vectors_after

    def counting(*given):
        found = vectors_after(*given)
        counted.append(len(found.ids))
        return found

    monkeypatch.setattr(type(library.store), "vectors_after", lambda _, *given: counting(*given))
    return counted


def test_a_process_reads_only_what_was_stored_since_the_files_were_made(library, read):
    first = library.process()
    library.add(1, 100)
    library.caught_up(first)
    late = library.add(1, 5)
    other = library.add(2, 7)
    read.clear()
    second = library.caught_up(library.process())
    assert sum(read) == 12
    assert second.count() == 112
    assert second.kinds()[1].name == "lists"
    assert second.nearest(late.vectors[0], 1, Scope(frozenset({1})))[0][0] == late.ids[0]
    assert second.nearest(other.vectors[0], 1, Scope(frozenset({2})))[0][0] == other.ids[0]


def test_bases_are_brought_on_from_where_each_of_them_is(library):
    first = library.process()
    library.add(1, 100)
    library.caught_up(first)
    library.add(2, 40)
    library.caught_up(first)  # base 2 gets files of its own, which are younger
    library.add(1, 6)
    again = library.caught_up(library.process())
    assert again.count() == 146
    assert again.ids() == library.store.vector_ids([1, 2])


@pytest.mark.parametrize("forgotten", [False, True])
def test_what_was_removed_while_nobody_looked_is_gone(library, forgotten):
    kept = library.add(1, 100)
    going = [library.add(1, 3) for _ in range(4)]
    library.caught_up(library.process())
    for document in going:
        library.store.remove(document.id)
    if forgotten:  # who slept through more than is remembered
        library.store.forget_removals(1)
    again = library.caught_up(library.process())
    assert again.ids() == set(kept.ids)


def test_what_is_removed_is_gone_at_the_next_search(library):
    indexes = library.process()
    going, staying = library.add(1, 50), library.add(1, 50)
    library.caught_up(indexes)
    library.store.remove(going.id)
    assert indexes.of(NAME, DIM).ids() == set(staying.ids)


def test_a_removed_base_leaves_the_index(library):
    indexes = library.process()
    document, other = library.add(1, 50), library.add(2, 30)
    library.caught_up(indexes)
    library.store.remove(document.id)
    library.catalog.remove_base(1)
    assert library.caught_up(indexes).ids() == set(other.ids)
    assert library.caught_up(library.process()).ids() == set(other.ids)


def test_vectors_of_another_length_are_another_models(library):
    library.add(1, 5)
    with pytest.raises(EmbedderUnavailable):
        library.process().of(NAME, DIM + 1)


def test_the_doctor_tells_how_vectors_are_searched_and_how_many_are_found(library, settings, app):
    library.add(1, 100)
    indexes = library.process()
    library.caught_up(indexes)
    assert indexes.kinds()[1].name == "lists"
    assert 0.98 <= indexes.kinds()[1].recall <= 1.0
    app.finder._indexes, app.finder._embedder = indexes, lambda _: SimpleNamespace(dim=DIM)
    app.check()
    assert app.finder.kinds()[1].count == 100
