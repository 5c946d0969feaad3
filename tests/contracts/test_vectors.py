"""Every vector index keeps the same promises."""

import threading
from itertools import count

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.records import Owner, Scope
from rag.retrieval.memory import MemoryVectors
from rag.retrieval.vectors import vector_part
from rag.retrieval.vectors.faiss_index import FaissIndex, Sizes

DIM = 16
HERE = Scope(frozenset({1}))


class Eager(FaissIndex):
    """Makes files and lists of whatever there is, and always waits for them; nothing is compared without lists."""

    def __init__(self, dim, folder=None):
        super().__init__(dim, folder, "model", Sizes(kept=1, lists=1, loose=1, share=8, most=1))

    def add(self, ids, owners, vectors):
        super().add(ids, owners, vectors)
        self.settle(range(10), 0, 0)
        self.finish()


KINDS = {
    "exact": lambda dim, _: FaissIndex(dim),
    "lists": lambda dim, _: Eager(dim),
    "files": Eager,
    "memory": lambda dim, _: MemoryVectors(dim),
}


@pytest.fixture(params=KINDS)
def kind(request, tmp_path, monkeypatch):
    monkeypatch.setattr(vector_part, "_FEW", 0)
    monkeypatch.setattr(vector_part, "_SPARSE", 1)
    number = count()
    return lambda dim: KINDS[request.param](dim, tmp_path / str(next(number)))


@pytest.fixture
def vectors(kind):
    return kind(DIM)


def unit(*seeds):
    rows = [np.random.default_rng(seed).normal(size=DIM) for seed in seeds]
    return np.array([row / np.linalg.norm(row) for row in rows], np.float32)


def found(vectors, seed, scope=HERE, k=10):
    return [number for number, _ in vectors.nearest(unit(seed)[0], k, scope)]


def test_what_is_identical_comes_first_with_one(vectors):
    vectors.add([7, 8, 9], [Owner(1, 1)] * 3, unit(7, 8, 9))
    (first, score), *others = vectors.nearest(unit(8)[0], 3, HERE)
    assert first == 8
    assert score == pytest.approx(1.0, abs=1e-6)
    assert all(other < 0.999 for _, other in others)


def test_higher_is_nearer_down_to_the_opposite(vectors):
    near, far = unit(1)[0], -unit(1)[0]
    vectors.add([1, 2], [Owner(1, 1)] * 2, np.array([far, near]))
    assert vectors.nearest(near, 2, HERE) == [(2, pytest.approx(1.0)), (1, pytest.approx(-1.0))]


def test_what_may_not_be_seen_is_not_found(vectors):
    owners = [Owner(1, 11), Owner(1, 12), Owner(2, 21), Owner(2, 22)]
    vectors.add([1, 2, 3, 4], owners, unit(1, 2, 3, 4))
    assert set(found(vectors, 3, Scope(frozenset({1})))) == {1, 2}
    assert set(found(vectors, 3, Scope(frozenset({1, 2})))) == {1, 2, 3, 4}
    assert found(vectors, 3, Scope(frozenset({1, 2}), only=frozenset({12}))) == [2]
    assert found(vectors, 3, Scope(frozenset({1}), only=frozenset({21}))) == []
    assert set(found(vectors, 3, Scope(frozenset({2}), never=frozenset({21})))) == {4}
    assert found(vectors, 3, Scope(frozenset({1, 2}), only=frozenset({11}), never=frozenset({11}))) == []
    assert found(vectors, 3, Scope(frozenset({1, 2}), only=frozenset())) == []
    assert found(vectors, 3, Scope(frozenset({9}))) == []
    assert found(vectors, 3, Scope(frozenset())) == []


def test_a_document_added_later_is_seen_in_a_scope_asked_before(vectors):
    scope = Scope(frozenset({1}), never=frozenset({5}))
    vectors.add([1], [Owner(1, 1)], unit(1))
    assert found(vectors, 2, scope) == [1]
    vectors.add([2, 3], [Owner(1, 2), Owner(1, 5)], unit(2, 3))
    assert found(vectors, 2, scope)[0] == 2
    assert 3 not in found(vectors, 3, scope)


def test_the_nearest_that_may_be_seen_are_found_however_many_nearer_ones_may_not(vectors):
    vectors.add(range(100), [Owner(1, 1)] * 100, np.repeat(unit(5), 100, axis=0))
    vectors.add([100], [Owner(1, 2)], unit(6))
    assert found(vectors, 5, Scope(frozenset({1}), only=frozenset({2})), k=1) == [100]


def test_what_is_removed_is_gone_at_once(vectors):
    vectors.add([1, 2, 3], [Owner(1, 1)] * 3, unit(1, 2, 3))
    vectors.remove([2, 99])
    assert 2 not in found(vectors, 2)
    assert found(vectors, 3)[0] == 3
    assert vectors.ids() == {1, 3}
    assert vectors.count() == 2
    vectors.remove([])
    vectors.remove([1, 3])
    assert found(vectors, 1) == []


def test_what_is_replaced_is_found_by_its_new_self_only(vectors):
    vectors.add([1, 2], [Owner(1, 1)] * 2, unit(1, 2))
    vectors.add([1], [Owner(2, 7)], unit(3))
    assert found(vectors, 1) == [2]
    assert vectors.nearest(unit(3)[0], 5, Scope(frozenset({2}))) == [(1, pytest.approx(1.0))]
    assert vectors.count() == 2


def test_of_an_id_given_twice_the_last_stays(vectors):
    vectors.add([1, 1], [Owner(1, 1), Owner(1, 2)], unit(1, 2))
    assert vectors.count() == 1
    assert vectors.nearest(unit(2)[0], 5, HERE) == [(1, pytest.approx(1.0))]


def test_more_than_is_held_gives_all_that_is_held(vectors):
    assert vectors.nearest(unit(1)[0], 5, HERE) == []
    vectors.add([1, 2], [Owner(1, 1), Owner(1, 2)], unit(1, 2))
    assert len(found(vectors, 1, k=1000)) == 2
    assert found(vectors, 1, Scope(frozenset({1}), only=frozenset({2})), k=1000) == [2]
    assert found(vectors, 1, k=0) == []


@pytest.mark.parametrize(
    ("rows", "owners"),
    [(np.zeros((1, DIM + 1)), 1), (np.zeros((2, DIM)), 1), (np.zeros((1, DIM)), 2), (np.full((1, DIM), np.nan), 1)],
)
def test_what_does_not_fit_is_refused_and_nothing_is_added(vectors, rows, owners):
    with pytest.raises(ValueError, match="vector"):
        vectors.add([1], [Owner(1, 1)] * owners, rows.astype(np.float32))
    assert vectors.count() == 0


def test_a_question_of_another_length_is_refused(vectors):
    with pytest.raises(ValueError, match="vector"):
        vectors.nearest(np.zeros(DIM - 1, np.float32), 1, HERE)


def test_eight_threads_may_add_and_remove_while_others_search(vectors):
    numbers, wrong, done = count(1), [], threading.Event()
    lock = threading.Lock()

    def work():
        for _ in range(20):
            with lock:
                ids = [next(numbers) for _ in range(5)]
            vectors.add(ids, [Owner(1, number % 3) for number in ids], unit(*ids))
            if found(vectors, ids[0], k=1) != [ids[0]]:
                wrong.append(ids[0])
            vectors.remove(ids[1:2])

    def look():
        scope = Scope(frozenset({1}), never=frozenset({0}))
        while not done.is_set():
            wrong.extend(number for number in found(vectors, 3, scope) if number % 3 == 0)

    threads, looker = [threading.Thread(target=work) for _ in range(8)], threading.Thread(target=look)
    for thread in [*threads, looker]:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    looker.join()
    assert wrong == []
    assert vectors.count() == 8 * 20 * 4


OWNERS = st.builds(Owner, st.integers(1, 3), st.integers(1, 4))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.tuples(st.integers(1, 30), OWNERS), min_size=1, max_size=6)),
        st.tuples(st.just("remove"), st.lists(st.integers(1, 30), max_size=6)),
    ),
    max_size=8,
)
SCOPES = st.builds(
    Scope,
    st.frozensets(st.integers(1, 3)),
    st.none() | st.frozensets(st.integers(1, 4)),
    st.frozensets(st.integers(1, 4)),
)


@given(STEPS, SCOPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_done_exactly_what_may_be_seen_is_found(kind, steps, scope):
    vectors, held = kind(DIM), {}
    for what, given_ in steps:
        if what == "add":
            vectors.add([i for i, _ in given_], [o for _, o in given_], unit(*(i for i, _ in given_)))
            held.update(given_)
        else:
            vectors.remove(given_)
            for number in given_:
                held.pop(number, None)
        assert set(found(vectors, 1, scope, k=50)) == {number for number, owner in held.items() if scope.holds(owner)}
    assert vectors.ids() == set(held)
