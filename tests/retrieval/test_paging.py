"""A question that names a page finds what stands there."""

import pytest

from rag.records import Owner, Scope, Spot
from rag.retrieval.asked.paging import pages_named
from rag.retrieval.gathering import Known
from rag.retrieval.memory import MemoryWords
from rag.retrieval.retriever import nearest_passages


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("What does page 12 say?", {"12"}),
        ("How many logos are on pages 10-12 and 15?", {"10", "11", "12", "15"}),
        ("Sum up pp. 3 to 4", {"3", "4"}),
        ("What stands on page F-12?", {"f-12"}),
        ("See page iv", {"iv"}),
        ("第12页说了什么？", {"12"}),
        ("第3至5页和第8页的表格", {"3", "4", "5", "8"}),
        ("第 3、5 頁", {"3", "5"}),
        ("How many pages has it?", set()),
        ("It has 12 pages", set()),
        ("全文共12页", set()),
        ("Which page 2022 revenue stands on?", {"2022"}),
        ("What was on the homepage 3 years ago?", set()),
        ("page in the report", set()),
    ],
)
def test_pages_are_told_from_their_number(question, pages):
    assert pages_named(question) == pages


PLACES = {1: Spot(1, 1), 2: Spot(1, 2), 3: Spot(1, 3), 4: Spot(2, 2)}


def on_pages(documents, names):
    return [number for number, spot in PLACES.items() if spot.document in documents and str(spot.page) in names]


@pytest.fixture
def words():
    words = MemoryWords()
    texts = {1: "ferry fares", 2: "harbour dues", 3: "ferry fares of page 2", 4: "lights"}
    words.add(list(texts), [Owner(1, PLACES[number].document) for number in texts], list(texts.values()))
    return words


def found(words, question, among):
    known = Known(spots=lambda ids: {number: PLACES[number] for number in ids}, on_pages=on_pages)
    return [one.id for one in nearest_passages(question, None, None, words, 5, among, known=known)]


def test_the_page_that_is_asked_for_comes_first_though_nothing_else_speaks_for_it(words):
    assert found(words, "Which ferry fares are on page 2?", Scope(frozenset({1}), frozenset({1})))[0] == 2


def test_a_page_of_a_document_that_may_not_be_seen_is_not_found(words):
    assert 4 not in found(words, "Which ferry fares are on page 2?", Scope(frozenset({1}), frozenset({1})))


def test_without_a_page_nothing_changes(words):
    assert found(words, "ferry fares", Scope(frozenset({1}), frozenset({1}))) == [1, 3]
