"""The vector index survives on disk, or is noticed not to have."""

import errno
import json
import threading

import numpy as np
import pytest

from rag.errors import DiskFull
from rag.records import Owner, Scope
from rag.retrieval import faiss_index
from rag.retrieval.faiss_index import FaissIndex

DIM = 8
STAMP = {"embedder": "e5", "added": 17, "removed": 3}


def rows(count, seed=0):
    found = np.random.default_rng(seed).normal(size=(count, DIM))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def index():
    index = FaissIndex(DIM)
    index.add(range(1, 21), [Owner(1 + number % 2, number % 5) for number in range(20)], rows(20))
    index.remove([4, 5])
    return index


def test_what_was_saved_is_what_is_loaded(index, tmp_path):
    index.save(tmp_path, STAMP)
    again, stamp = FaissIndex.load(tmp_path, DIM)
    assert stamp == STAMP
    assert again.ids() == index.ids()
    for scope in (
        Scope(frozenset({1, 2})),
        Scope(frozenset({2}), frozenset({1, 2})),
        Scope(frozenset({1}), never=frozenset({0})),
    ):
        assert again.nearest(rows(20)[7], 20, scope) == index.nearest(rows(20)[7], 20, scope)
    again.add([99], [Owner(1, 1)], rows(1, seed=5))
    assert 99 in again.ids()


def test_an_empty_index_can_be_saved(tmp_path):
    FaissIndex(DIM).save(tmp_path / "new" / "folder", STAMP)
    again, stamp = FaissIndex.load(tmp_path / "new" / "folder", DIM)
    assert (again.ids(), stamp) == (set(), STAMP)


def test_saving_again_leaves_one_index_and_nothing_else(index, tmp_path):
    index.save(tmp_path, STAMP)
    index.remove([1])
    index.save(tmp_path, STAMP | {"removed": 4})
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".bin", ".json"]
    again, stamp = FaissIndex.load(tmp_path, DIM)
    assert (again.ids(), stamp["removed"]) == (index.ids(), 4)


def test_where_nothing_was_saved_nothing_is_loaded(tmp_path):
    assert FaissIndex.load(tmp_path, DIM) is None
    assert FaissIndex.load(tmp_path / "nowhere", DIM) is None


def test_an_index_of_another_dimension_is_not_loaded(index, tmp_path):
    index.save(tmp_path, STAMP)
    assert FaissIndex.load(tmp_path, DIM + 1) is None


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path):
    path.write_bytes(path.read_bytes()[:-9])


@pytest.mark.parametrize("harm", [flip, cut, lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_a_damaged_index_is_refused(index, tmp_path, harm):
    index.save(tmp_path, STAMP)
    (data,) = tmp_path.glob("*.bin")
    harm(data)
    assert FaissIndex.load(tmp_path, DIM) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"format": 1, "dim": 8}', '{"format": 2, "dim": 8}'])
def test_a_damaged_sidecar_is_refused(index, tmp_path, text):
    index.save(tmp_path, STAMP)
    (tmp_path / "vectors.json").write_text(text)
    assert FaissIndex.load(tmp_path, DIM) is None


def test_a_sidecar_and_an_index_of_different_times_are_refused(index, tmp_path):
    index.save(tmp_path / "old", STAMP)
    index.remove([1])
    index.save(tmp_path / "new", STAMP)
    (old,), (new,) = (tmp_path / "old").glob("*.bin"), (tmp_path / "new").glob("*.bin")
    old.replace(new)
    assert FaissIndex.load(tmp_path / "new", DIM) is None


def test_a_sidecar_cannot_name_a_file_elsewhere(index, tmp_path):
    index.save(tmp_path / "there", STAMP)
    (data,) = (tmp_path / "there").glob("*.bin")
    index.save(tmp_path / "here", STAMP)
    said = json.loads((tmp_path / "there" / "vectors.json").read_text())
    said["file"] = str(data)
    (tmp_path / "here" / "vectors.json").write_text(json.dumps(said))
    assert FaissIndex.load(tmp_path / "here", DIM) is None


@pytest.mark.parametrize("moment", ["save", "fsync"])
def test_a_full_disk_leaves_what_was_saved_before(index, tmp_path, monkeypatch, moment):
    index.save(tmp_path, STAMP)
    before = index.ids()

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(faiss_index.np if moment == "save" else faiss_index.os, moment, full)
    index.add([50], [Owner(1, 1)], rows(1))
    with pytest.raises(DiskFull):
        index.save(tmp_path, STAMP)
    monkeypatch.undo()
    again, _ = FaissIndex.load(tmp_path, DIM)
    assert again.ids() == before
    assert len(list(tmp_path.glob("*.bin"))) == 1


def test_who_loads_while_others_save_meets_a_whole_index(tmp_path):
    index = FaissIndex(DIM)
    index.save(tmp_path, {"added": 0})
    done, wrong = threading.Event(), []

    def look():
        while not done.is_set():
            loaded = FaissIndex.load(tmp_path, DIM)
            if loaded is not None and len(loaded[0].ids()) != loaded[1]["added"]:
                wrong.append(loaded[1])

    looker = threading.Thread(target=look)
    looker.start()
    for number in range(1, 40):
        index.add([number], [Owner(1, 1)], rows(1, seed=number))
        index.save(tmp_path, {"added": number})
    done.set()
    looker.join()
    assert wrong == []


def test_a_scope_that_is_asked_again_is_not_worked_out_again(index):
    scope = Scope(frozenset({1}), only=frozenset({1, 2}))
    index.nearest(rows(1)[0], 3, scope)
    (first,) = index._bases[1].selections.values()
    index.nearest(rows(1)[0], 3, Scope(frozenset({1}), only=frozenset({2, 1})))
    assert next(iter(index._bases[1].selections.values())) is first
    for number in range(200):
        index.nearest(rows(1)[0], 3, Scope(frozenset({1}), only=frozenset({number})))
    assert len(index._bases[1].selections) <= 64
