"""What a document is about is kept; what a person set stays, until it is given back."""

from dataclasses import replace

import pytest

from rag.errors import NoSuchDocument
from rag.library.documents.about_store import AboutStore
from rag.library.documents.leaf_store import LeafStore
from rag.records import About, Leaf

READ = About(("Otter Corp", "Otter"), ("OTR",), "annual report", 2022, None, "en", "USD", "millions")


@pytest.fixture
def abouts(database):
    return AboutStore(database)


def test_what_was_read_is_known_of_the_document(abouts, catalog, admit):
    document, _ = admit()
    assert document.about == About()
    assert abouts.found(document.id, READ, 1) == READ
    assert catalog.document(document.id).about == READ


def test_no_reading_changes_what_was_set_by_hand(abouts, admit):
    number = admit()[0].id
    abouts.found(number, READ, 1)
    by_hand = abouts.set(number, replace(READ, year=2021, tags=("water",)))
    assert by_hand.by_hand == {"year"}
    again = abouts.found(number, replace(READ, year=2023, unit="thousands"), 1)
    assert (again.year, again.unit, again.tags, again.by_hand) == (2021, "thousands", ("water",), {"year"})


def test_a_field_that_is_given_back_is_as_it_was_read_last(abouts, catalog, admit):
    number = admit()[0].id
    abouts.found(number, READ, 1)
    abouts.set(number, replace(READ, year=2021, names=("Another",), tags=("water",)))
    abouts.found(number, replace(READ, year=2023), 1)
    known = catalog.document(number).about
    back = abouts.set(number, replace(known, by_hand=known.by_hand - {"year"}))
    assert (back.year, back.names, back.by_hand) == (2023, ("Another",), {"names"})
    assert abouts.set(number, replace(back, by_hand=frozenset())) == replace(READ, year=2023, tags=("water",))


def test_what_was_set_before_anything_was_read_holds(abouts, catalog, admit):
    number = admit()[0].id
    abouts.set(number, About(year=1999))
    assert abouts.found(number, READ, 1).year == 1999
    assert abouts.set(number, replace(catalog.document(number).about, by_hand=frozenset())).year == 2022


def test_what_passages_do_not_hold_is_not_lost(abouts, catalog, admit):
    number = admit()[0].id
    abouts.found(number, replace(READ, title="Otters"), 1)
    abouts.set(number, replace(catalog.document(number).about, unit="billions"))
    filled = abouts.found(number, About(year=2024), 2, fill=True)
    assert (filled.title, filled.names, filled.year, filled.unit) == ("Otters", READ.names, 2024, "billions")
    assert abouts.set(number, replace(filled, by_hand=frozenset())).unit == "millions"
    assert abouts.found(number, About(year=2025), 2) == About(year=2025)


def test_documents_read_by_older_rules_are_known(abouts, admit, store, catalog):
    numbers = [admit(f"{letter}.pdf", letter * 64)[0].id for letter in "abc"]
    for number in numbers:
        catalog.read_through(number, 1, [])
    abouts.found(numbers[0], READ, 2)
    abouts.found(numbers[1], READ, 1)
    abouts.set(numbers[0], replace(READ, year=2020))
    assert abouts.outdated(2) == numbers[1:]


def test_what_pages_hold_is_kept(abouts, admit, store, database):
    number = admit()[0].id
    store.keep(number, [], [Leaf(1, None, ()), Leaf(2, None, ())])
    abouts.topics(number, {1: "cover", 2: "balance sheet"})
    assert [report.topic for report in LeafStore(database).reports(number)] == ["cover", "balance sheet"]


def test_of_what_is_gone_nothing_is_known(abouts):
    for call in (lambda number: abouts.found(number, READ, 1), lambda number: abouts.set(number, READ)):
        with pytest.raises(NoSuchDocument):
            call(7)
