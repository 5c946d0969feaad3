"""While a document is read again each of its words is shown once, by the new passages or by the old ones."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import NoSuchDocument
from rag.library.catalog import Catalog
from rag.library.database import Database
from rag.library.documents.leaf_store import LeafStore
from rag.library.passages.editions import Editions, Step
from rag.library.passages.passage_store import PassageStore
from rag.records import Leaf, Owner, Page, Passage, Span


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    database = Database(tmp_path_factory.mktemp("library") / "catalog.sqlite")
    Catalog(database).create_base("Library", "hashing-256")
    yield database
    database.close()


@pytest.fixture
def editions(database):
    return Editions(database)


def cut(document, words, cuts):
    """Passages of *words*, which are (text, page), that end at *cuts*."""
    edges = [0, *sorted({at % len(words) for at in cuts} - {0}), len(words)]
    return [
        Passage(document, tuple(Span(text, Page(page)) for text, page in words[start:end]))
        for start, end in itertools.pairwise(edges)
    ]


def vectors(count):
    return np.zeros((count, 256), dtype=np.float32)


def read_first(library, number, pages):
    """A document of which the first pass has read as many pages."""
    catalog = Catalog(library)
    document, _ = catalog.admit(1, f"{number}.pdf", digest=str(number), size=3, kind="pdf", who="ann")
    leaves = [Leaf(page, None, ()) for page in range(1, pages + 1)]
    PassageStore(library).keep(document.id, [], leaves)
    catalog.read_through(document.id, pages, [])
    return document


numbers = itertools.count(1)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_word_is_shown_once_however_far_the_close_reading_is(library, data):
    per_page = data.draw(st.lists(st.integers(0, 5), min_size=1, max_size=9).filter(any))
    words = [(f"w{page}.{at}", page) for page, count in enumerate(per_page, start=1) for at in range(count)]
    store, editions = PassageStore(library), Editions(library)
    document = read_first(library, next(numbers), len(per_page))
    cuts = st.lists(st.integers(0, 50), max_size=8)
    store.keep(document.id, cut(document, words, data.draw(cuts)), [])
    for _ in range(data.draw(st.integers(1, 2))):
        begun = editions.begin(document.id, 1)
        new = cut(document, words, data.draw(cuts))
        for through in sorted({*data.draw(st.lists(st.integers(1, len(per_page)), max_size=3)), len(per_page)}):
            some = [passage for passage in new if passage.spans[0].place.number <= through]
            new = new[len(some) :]
            ids = editions.reserve(len(some))
            editions.publish(begun, "hashing-256", Step(through, ids, some, vectors(len(some)), [], []))
            shown = [span.text for passage in store.of_document(document.id) for span in passage.spans]
            assert sorted(shown) == sorted(text for text, _ in words)
        assert Catalog(library).document(document.id).read_closely
        assert not editions.due(document.id, {"pdf": 1})
        editions.search_hidden(document.id, wanted=not begun.search_hidden)
        assert editions.due(document.id, {"pdf": 1})


def test_what_is_published_stands_with_its_page_and_the_old_is_gone_with_its_vector(library):
    store, editions = PassageStore(library), Editions(library)
    document = read_first(library, next(numbers), 2)
    owner = Owner(document.base, document.id)
    old = store.keep(document.id, cut(document, [("one", 1), ("two", 2)], [1]), [])
    store.keep_vectors(owner, "hashing-256", old, vectors(2))
    sequence, removal = store.vectors_after(0, "hashing-256", [1], 10_000).last, store.newest_removal()
    begun = editions.begin(document.id, 1)
    (new,) = editions.reserve(1)
    assert new > max(old)
    better = cut(document, [("One", 1)], [])
    leaf = Leaf(1, "i", (Span("One", Page(1)),), kind="scanned", confidence=0.8)
    assert editions.publish(begun, "hashing-256", Step(1, [new], better, vectors(1), [leaf], [])) == old[:1]
    assert [passage.own_text for passage in store.of_document(document.id)] == ["two", "One"]
    assert store.vectors_after(sequence, "hashing-256", [1], 10).ids == [new]
    assert store.removed_after(removal)[0] == old[:1]
    reports = LeafStore(library).reports(document.id)
    assert [(report.kind, report.close) for report in reports] == [("scanned", True), ("text", False)]
    assert Catalog(library).document(document.id).close_done == 1


def test_nothing_is_published_of_a_document_that_is_gone_or_read_anew(admit, store, editions):
    document, _ = admit()
    begun = editions.begin(document.id, 1)
    store.clear(document.id)
    step = Step(1, [], [], vectors(0), [], [])
    with pytest.raises(NoSuchDocument):
        editions.publish(begun, "hashing-256", step)
    store.remove(document.id)
    for act in (lambda: editions.publish(begun, "hashing-256", step), lambda: editions.begin(document.id, 1)):
        with pytest.raises(NoSuchDocument):
            act()
    assert not editions.due(document.id, {"pdf": 1})


def test_ids_that_were_reserved_are_nobody_elses(admit, store, editions):
    document, _ = admit()
    assert editions.reserve(0) == []
    first, second = editions.reserve(3), editions.reserve(1)
    kept = store.keep(document.id, cut(document, [("one", 1)], []), [])
    assert len({*first, *second, *kept}) == 5
    assert store.count() == 1
