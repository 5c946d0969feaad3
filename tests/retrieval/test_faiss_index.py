"""What only the FAISS index promises."""

import numpy as np
import pytest

from rag.records import Owner, Scope
from rag.retrieval.faiss_index import FaissIndex

DIM = 8


def rows(count, seed=0):
    found = np.random.default_rng(seed).normal(size=(count, DIM))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def index():
    index = FaissIndex(DIM)
    index.add(range(1, 21), [Owner(1 + number % 2, number % 5) for number in range(20)], rows(20))
    index.remove([4, 5])
    return index


def test_a_scope_that_is_asked_again_is_not_worked_out_again(index):
    scope = Scope(frozenset({1}), only=frozenset({1, 2}))
    index.nearest(rows(1)[0], 3, scope)
    (first,) = index._bases[1].selections.values()
    index.nearest(rows(1)[0], 3, Scope(frozenset({1}), only=frozenset({2, 1})))
    assert next(iter(index._bases[1].selections.values())) is first
    for number in range(200):
        index.nearest(rows(1)[0], 3, Scope(frozenset({1}), only=frozenset({number})))
    assert len(index._bases[1].selections) <= 64
