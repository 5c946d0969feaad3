"""Several rankings become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.fusion import fuse

RANKINGS = st.dictionaries(
    st.sampled_from(["vectors", "words", "titles"]),
    st.lists(st.integers(1, 40), unique=True).map(lambda ids: [(number, 1.0) for number in ids]),
)


def ranked(*ids):
    return [(number, 10.0 - rank) for rank, number in enumerate(ids)]


def test_the_score_is_the_sum_of_reciprocal_ranks():
    first, second, third = fuse({"vectors": ranked(1, 2), "words": ranked(2, 3)})
    assert (first.id, first.score, first.found_by) == (2, pytest.approx(1 / 62 + 1 / 61), {"vectors": 2, "words": 1})
    assert (second.id, second.score, second.found_by) == (1, pytest.approx(1 / 61), {"vectors": 1})
    assert (third.id, third.score) == (3, pytest.approx(1 / 62))


def test_scores_of_different_methods_are_not_compared():
    near = fuse({"vectors": [(1, 0.9), (2, 0.1)], "words": [(3, 4000.0)]})
    assert [one.id for one in near] == [1, 3, 2]


def test_a_heavier_method_counts_more():
    rankings = {"vectors": ranked(1), "words": ranked(2)}
    assert [one.id for one in fuse(rankings, {"words": 2.0})] == [2, 1]
    assert [one.id for one in fuse(rankings, {"words": 0.5})] == [1, 2]


def test_nothing_found_is_nothing():
    assert fuse({}) == []
    assert fuse({"vectors": [], "words": []}) == []


@given(RANKINGS)
def test_every_id_comes_once_best_first_whatever_the_order_of_methods(rankings):
    fused = fuse(rankings)
    assert sorted(one.id for one in fused) == sorted({number for ids in rankings.values() for number, _ in ids})
    assert [one.score for one in fused] == sorted((one.score for one in fused), reverse=True)
    assert [one.id for one in fuse(dict(reversed(rankings.items())))] == [one.id for one in fused]


@given(st.lists(st.integers(1, 40), unique=True))
def test_one_ranking_stays_as_it_is(ids):
    assert [one.id for one in fuse({"words": ranked(*ids)})] == ids
