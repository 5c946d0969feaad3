"""Passages and vectors belong together, and an index can catch up with what came and what went."""

from contextlib import contextmanager, suppress
from dataclasses import replace

import numpy as np
import pytest

from rag.errors import EmbedderMismatch, NoSuchDocument
from rag.library.passages.passage_store import PassageStore
from rag.records import Leaf, Owner, Page, Passage, Span


def passages_of(document, *texts):
    return [Passage(document, (Span(text, Page(number)),)) for number, text in enumerate(texts, start=1)]


def vectors(count):
    return np.eye(count, 256, dtype=np.float32)


def test_passages_come_back_in_the_order_asked_for(admit, store):
    document, _ = admit()
    ids = store.keep(document.id, passages_of(document, "one", "two"), [Leaf(1, "i", ()), Leaf(2, None, ())])
    assert [passage.own_text for passage in store.passages([ids[1], 999, ids[0]])] == ["two", "one"]
    assert store.passages(ids)[0].document.passages == 2


def test_a_passage_id_is_never_used_again(admit, store):
    document, _ = admit()
    first = store.keep(document.id, passages_of(document, "one"), [])
    assert store.clear(document.id) == first
    assert store.keep(document.id, passages_of(document, "one"), [])[0] > first[0]


def test_only_passages_without_a_vector_wait_for_one(admit, store):
    document, _ = admit()
    ids = store.keep(document.id, passages_of(document, "one", "two", "three"), [])
    store.keep_vectors(Owner(document.base, document.id), "hashing-256", ids[:1], vectors(1))
    assert [passage.id for passage in store.without_vector(document.id, 10)] == ids[1:]
    assert store.embedded(document.id) == 1


def test_a_base_refuses_vectors_of_another_model(admit, store):
    document, _ = admit()
    ids = store.keep(document.id, passages_of(document, "one"), [])
    with pytest.raises(EmbedderMismatch, match=r"hashing-256.*other-model"):
        store.keep_vectors(Owner(document.base, document.id), "other-model", ids, vectors(1))
    assert store.embedded(document.id) == 0


def test_an_index_that_catches_up_sees_what_came_and_what_went(admit, store):
    document, _ = admit()
    ids = store.keep(document.id, passages_of(document, "one", "two"), [])
    store.keep_vectors(Owner(document.base, document.id), "hashing-256", ids, vectors(2))
    stored = store.vectors_after(0, "hashing-256", [document.base], 100)
    assert stored.ids == ids
    assert stored.owners == [Owner(document.base, document.id)] * 2
    assert np.array_equal(stored.vectors, vectors(2))
    assert store.vectors_after(stored.last, "hashing-256", [document.base], 100).ids == []
    gone, last = store.removed_after(0)
    assert gone == []
    store.remove(document.id)
    gone, newest = store.removed_after(last)
    assert sorted(gone) == ids
    assert store.removed_after(newest) == ([], newest)


def test_removals_are_forgotten_in_time_and_who_slept_through_them_is_told(admit, store):
    for number in range(4):
        document, _ = admit(digest=str(number) * 64)
        store.keep(document.id, passages_of(document, "one"), [])
        store.remove(document.id)
    assert store.newest_removal() == 4
    store.forget_removals(2)
    assert store.removed_after(1) == (None, 4)
    assert store.removed_after(2)[0] is not None
    assert len(store.removed_after(2)[0]) == 2
    assert store.removed_after(4) == ([], 4)
    store.forget_removals(0)
    assert store.newest_removal() == 4


def test_vectors_of_passages_that_read_alike_are_known(admit, store):
    document, _ = admit()
    alike = passages_of(document, "one", "two")
    ids = store.keep(document.id, alike, [])
    store.keep_vectors(Owner(document.base, document.id), "hashing-256", ids[:1], vectors(1))
    known = store.known_vectors("hashing-256", [passage.digest for passage in alike])
    assert list(known) == [alike[0].digest]
    assert np.array_equal(known[alike[0].digest], vectors(1)[0])
    assert store.known_vectors("another", [alike[0].digest]) == {}


def test_what_is_read_of_a_removed_document_is_refused(admit, store):
    document, _ = admit()
    store.remove(document.id)
    with pytest.raises(NoSuchDocument):
        store.keep(document.id, passages_of(document, "late"), [])
    with pytest.raises(NoSuchDocument):
        store.keep_vectors(Owner(document.base, document.id), "hashing-256", [1], vectors(1))


def test_more_passages_than_one_statement_takes_come_back(admit, store):
    document, _ = admit()
    ids = store.keep(document.id, passages_of(document, *map(str, range(2000))), [])
    assert len(store.passages(ids)) == 2000


def test_a_document_can_be_removed_while_a_worker_keeps_its_passages(admit, database, store):
    document, _ = admit()

    class Busy:
        """A database to which a worker writes whenever it may."""

        @contextmanager
        def writing(self):
            with database.writing() as connection:
                yield connection
            with suppress(NoSuchDocument):
                store.keep(document.id, passages_of(document, "one more"), [])

    PassageStore(Busy()).remove(document.id)
    assert store.count() == 0


def test_passages_are_found_by_their_page_as_it_is_counted_and_as_it_is_printed(admit, store):
    document, _ = admit()
    leaves = [Leaf(1, "i", (), 600, 800), Leaf(2, "F-1", (), 600, 800), Leaf(3, "1", (), 600, 800)]
    ids = store.keep(document.id, passages_of(document, "cover", "notes", "fees"), leaves)
    assert store.on_pages([document.id], ["1"]) == [ids[0], ids[2]]
    assert store.on_pages([document.id], ["f-1"]) == [ids[1]]
    assert store.on_pages([document.id + 1], ["1"]) == []
    assert store.on_pages([document.id], ["99999"]) == []


def test_a_passage_that_goes_on_overleaf_stands_on_each_of_its_pages(admit, store):
    document, _ = admit()
    own = passages_of(document, "cover", "notes", "fees")
    over = replace(own[1], spans=(Span("more", Page(2)), Span("and more", Page(3))))
    leaves = [Leaf(number, str(number), (), 600, 800) for number in (1, 2, 3, 4)]
    ids = store.keep(document.id, [own[0], over, replace(own[2], spans=(Span("fees", Page(4)),))], leaves)
    assert [store.on_pages([document.id], [page]) for page in "1234"] == [[ids[0]], [ids[1]], [ids[1]], [ids[2]]]
    assert store.on_pages([document.id], ["1", "2", "3"]) == ids[:2]


def test_a_sheet_whose_name_is_a_number_is_no_page(admit, store):
    document, _ = admit()
    store.keep(document.id, passages_of(document, "one"), [Leaf(1, "2024", ())])
    assert store.on_pages([document.id], ["2024", "1"]) == []
