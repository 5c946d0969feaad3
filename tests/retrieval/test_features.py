"""Features of pages, and what they weigh."""

import tomllib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import About, Document, Owner, Scope, Spot
from rag.retrieval import features
from rag.retrieval.asked.routing import Directory
from rag.retrieval.features import FEATURES, Weights, learnt, scaled
from rag.retrieval.gathering import Known
from rag.retrieval.memory import MemoryWords
from rag.retrieval.retriever import nearest_passages

HERE = Scope(frozenset({1}))


def test_every_feature_is_told_of_and_has_a_learnt_weight_of_its_own():
    assert tuple(FEATURES) == features.names() == tuple(tomllib.loads(features._FILE.read_text(encoding="utf-8")))
    assert all(getattr(learnt(), name) > 0 for name in FEATURES)


@pytest.mark.parametrize("method", ["words", "vectors", "concepts"])
@given(st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=20))
def test_what_scores_higher_has_more_of_a_feature_and_nothing_has_less_than_none(method, scores):
    ranking = [(number, score) for number, score in enumerate(sorted(scores, reverse=True))]
    values = list(scaled(method, ranking, len(ranking)).values())
    assert values == sorted(values, reverse=True)
    assert min(values) >= 0


def test_words_that_all_were_found_by_are_measured_from_nothing():
    assert scaled("words", [(1, 20.0), (2, 10.0)], 100) == {1: 2.0, 2: 1.0}
    assert scaled("words", [(1, 20.0), (2, 10.0)], 2) == {1: 1.0, 2: 0.0}
    assert scaled("words", [], 5) == {}


PAGES = {
    1: Spot(1, 4, "discussion"),
    2: Spot(1, 5, "balance sheet"),
    3: Spot(1, 5, "balance sheet"),
    4: Spot(2, 5, "balance sheet"),
}
TEXTS = {
    1: "working capital matters to us, and so does working capital of others",
    2: "total current assets 12, total current liabilities 8",
    3: "total equity 9",
    4: "total current assets 77, total current liabilities 70",
}


def directory(*abouts):
    return Directory(
        tuple(
            Document(number, 1, f"{number}.pdf", "", "pdf", 1, datetime(2025, 1, 1, tzinfo=UTC), "ann", about=about)
            for number, about in enumerate(abouts, start=1)
        )
    )


def found(question, *, known=None, weights=None, among=HERE):
    words = MemoryWords()
    words.add(list(TEXTS), [Owner(1, PAGES[number].document) for number in TEXTS], list(TEXTS.values()))
    known = known or Known(lambda ids: {number: PAGES[number] for number in ids})
    return nearest_passages(question, None, None, words, 5, among, known=known, weights=weights)


def test_the_statement_that_a_concept_stands_in_comes_before_what_speaks_of_it():
    question = "Is its working capital positive?"
    assert PAGES[found(question)[0].id].topic == "balance sheet"
    plain = Weights(words=1, vectors=1, concepts=0, statement=0, name=0, period=0)
    assert found(question, weights=plain)[0].id == 1


def test_what_speaks_for_a_passage_adds_up_to_its_score():
    for near in found("What are total current assets and total equity on the balance sheet?"):
        assert near.score == pytest.approx(sum(near.why.values()))
        assert set(near.why) <= {*FEATURES, "page"}


def test_a_page_counts_by_the_best_of_all_its_passages():
    near = {one.id: one for one in found("working capital beside equity of 9", among=Scope(HERE.bases, frozenset({1})))}
    assert "words" in near[3].why
    assert "concepts" in near[2].why
    assert max(near[2].why.get("page", 0), near[3].why.get("page", 0)) > 0


def test_the_document_of_the_entity_and_year_that_are_named_comes_first():
    known = Known(
        lambda ids: {number: PAGES[number] for number in ids},
        directory(About(names=("Harbour Light",), year=2022), About(names=("Best Granite",), year=2023)),
    )
    question = "Did {} have positive working capital in {}?"
    first = [PAGES[found(question.format(*asked), known=known)[0].id].document for asked in (
        ("Harbour Light", 2022), ("Best Granite", 2023)
    )]  # fmt: skip
    assert first == [1, 2]
    assert "name" in found(question.format("Best Granite", 2023), known=known)[0].why
