"""How each page was read is kept with it, and what stands on it that is no word."""

import pytest

from rag.errors import NoSuchFigure
from rag.library.documents.leaf_store import LeafStore
from rag.records import Box, Extras, Figure, Leaf, LeafReport, Note, OutlineEntry, Page, Span


@pytest.fixture
def leaves(database):
    return LeafStore(database)


def test_it_is_known_how_each_page_was_read(admit, store, leaves):
    document, _ = admit()
    note = Note("PageFailed", {"page": 2})
    hidden = Span("secret", Page(1), "hidden")
    first = Leaf(1, "i", (Span("Harbour", Page(1)), hidden), 600, 800, (), "scanned", 90, 0.87)
    store.keep(document.id, [], [first, Leaf(2, None, (), notes=(note,), kind="blank")])
    assert leaves.reports(document.id) == [
        LeafReport(1, "i", "scanned", 90, 0.87, characters=7, hidden=True),
        LeafReport(2, None, "blank", notes=(note,)),
    ]
    assert leaves.names(document.id) == [(1, "i"), (2, None)]


def test_parts_of_one_sheet_are_one(admit, store, leaves):
    document, _ = admit()
    parts = [Leaf(1, "Sales", (Span("North", Page(1)),)), Leaf(1, "Sales", (Span("West", Page(1)),))]
    store.keep(document.id, [], parts[:1])
    store.keep(document.id, [], parts[1:])
    assert leaves.reports(document.id) == [LeafReport(1, "Sales", characters=9)]


def test_figures_are_found_by_their_page_and_gone_with_their_document(admit, store, leaves):
    document, _ = admit()
    chart = Figure((Span("Chart 1:", Page(2)), Span("fees", Page(2))), Page(2, "1", Box(1, 2, 3, 4)))
    store.keep(document.id, [], [Leaf(1, "i", ()), Leaf(2, "1", (chart,))])
    (kept,) = leaves.figures(document.id)
    assert (kept.caption, kept.place, leaves.figure(kept.id)) == ("Chart 1: fees", chart.place, kept)
    assert leaves.figures(document.id, [1]) == []
    store.remove(document.id)
    with pytest.raises(NoSuchFigure):
        leaves.figure(kept.id)


def test_what_a_file_holds_beside_its_words_comes_back(admit, leaves):
    document, _ = admit()
    assert leaves.extras(document.id) == Extras()
    extras = Extras(outline=(OutlineEntry(1, "概况", 3), OutlineEntry(2, "Fees", None)))
    leaves.keep_extras(document.id, extras)
    assert leaves.extras(document.id) == extras
