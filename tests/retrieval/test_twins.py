"""Of hits that say the same only one is kept; none that differs in a number, or in whom it is about."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rag.asking.reranking import Reranking
from rag.asking.searching import Searching
from rag.records import About, Document, Hit, Note, Page, Passage, RerankerChoice, Scope, Span
from rag.retrieval.twins import without_twins

ACME = About(("Acme Pumps Inc.", "Acme"), ("ACM",), "annual report", 2023)
TEXT = "Net sales of the pumps segment were 1,234 million euros in 2023, after 1,100 million euros in the year before."
SCAN = (Note("ScannedRead", {"pages": "1-9", "confidence": "0.97"}),)


def hit(number, text=TEXT, about=ACME, notes=(), score=1.0):
    added = datetime(2026, 1, 1, tzinfo=UTC)
    document = Document(number, 1, f"{number}.pdf", str(number), "pdf", 9, added, "ann", notes=notes, about=about)
    return Hit(Passage(document, (Span(text, Page(number)),), (), None, number), score, {})


def kept(*hits):
    return [each.passage.id for each in without_twins(hits)]


def test_the_same_words_in_a_copy_of_a_report_are_shown_once():
    assert kept(hit(1), hit(2, TEXT.replace(" ", "\n").upper()), hit(3, "Something else.")) == [1, 3]


@pytest.mark.parametrize(
    "other",
    [
        replace(ACME, names=("Harbour Boats",), codes=()),
        replace(ACME, year=2022),
        replace(ACME, quarter=3),
        replace(ACME, type="earnings release"),
        About(),
    ],
)
def test_the_same_words_about_another_entity_period_or_kind_are_kept(other):
    assert kept(hit(1), hit(2, about=other)) == [1, 2]


def test_documents_of_which_nothing_is_known_are_kept_apart():
    assert kept(hit(1, about=About()), hit(2, about=About())) == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("1,234", "1,235"),
        TEXT.replace("1,234 million", "(1,234) million"),
        TEXT.replace("1,100", "1,234").replace("1,234", "1,100", 1),
        TEXT.replace("pumps", "valve"),
    ],
)
def test_words_that_differ_in_a_number_its_sign_or_order_or_another_word_are_kept(text):
    assert kept(hit(1), hit(2, text)) == [1, 2]


def test_a_scan_leaves_its_place_to_the_words_it_was_printed_from():
    scan = hit(1, TEXT.replace("segment", "segrnent"), notes=SCAN, score=2.0)
    found = without_twins([scan, hit(3, "Something else."), hit(2)])
    assert [(each.passage.id, each.score) for each in found] == [(2, 2.0), (3, 1.0)]
    assert kept(hit(2), scan) == [2]


@pytest.mark.parametrize(
    ("text", "other"),
    [("1,100", "1,160"), ("in 2023", "in 2028"), ("the year before", "the third year before")],
)
def test_a_scan_with_another_number_is_no_twin(text, other):
    assert kept(hit(1), hit(2, TEXT.replace(text, other), notes=SCAN)) == [1, 2]


class Found:
    """Finds the same hits for every question."""

    def __init__(self, hits):
        self.hits = hits

    def find(self, question, k, among, weights=None):
        return self.hits[:k], None


def test_a_search_gives_as_many_hits_as_asked_for_though_some_say_the_same():
    hits = [hit(n, TEXT if n < 6 else f"Passage {n}.", score=50.0 - n) for n in range(1, 41)]
    searching = Searching(Found(hits), Reranking(lambda _: None, lambda: RerankerChoice("off", ""), 30))
    found = searching.search("net sales", 8, Scope(frozenset({1}))).hits
    assert [each.passage.id for each in found] == [1, 6, 7, 8, 9, 10, 11, 12]
