"""What only the FAISS index promises: kinds by size, files that outlive the process, and lists that find enough."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from rag.benchmark.material import Material
from rag.records import Owner, Scope
from rag.retrieval.vectors import faiss_index, vector_files, vector_part
from rag.retrieval.vectors.faiss_index import FaissIndex, Sizes
from rag.retrieval.vectors.mapped import let_go, put_aside

DIM = 48
HERE = Scope(frozenset({1}))
SMALL = Sizes(kept=100, lists=400, loose=50, share=8, most=100)


def rows(count, seed=0):
    """Vectors in clusters, as an embedding model's lie."""
    dice = np.random.default_rng(seed)
    middles = dice.normal(size=(max(count // 50, 1), DIM))
    found = middles[dice.integers(0, len(middles), count)] + 0.7 * dice.normal(size=(count, DIM))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def filled(count, folder=None, sizes=SMALL, first=1):
    """An index of *count* vectors of base 1, fifty to a document, and the vectors."""
    index, vectors = FaissIndex(DIM, folder, "model", sizes), rows(count)
    put(index, range(first, first + count), vectors)
    return index, vectors


def put(index, ids, vectors, base=1):
    index.add(list(ids), [Owner(base, number // 50) for number in ids], vectors)
    index.settle({1, 2}, max(ids), 0)
    index.finish()


def nearest(index, vector, scope=HERE, k=10):
    return [number for number, _ in index.nearest(vector, k, scope)]


@pytest.mark.parametrize(("count", "kind"), [(50, "exact"), (300, "exact"), (600, "lists")])
def test_the_kind_of_index_goes_by_its_size(count, kind):
    index, _ = filled(count)
    assert index.kinds()[1].name == kind
    assert index.kinds()[1].count == count
    assert index.kinds()[1].recall > 0.98


def test_lists_find_nearly_what_comparing_all_finds(monkeypatch):
    monkeypatch.setattr(vector_part, "_FEW", 50)
    material = Material(DIM)
    vectors = np.concatenate([material.vectors(number) for number in range(40)])
    index, exact = FaissIndex(DIM, sizes=SMALL), FaissIndex(DIM)
    for each in (index, exact):
        put(each, range(1, len(vectors) + 1), vectors)
    assert (index.kinds()[1].name, exact.kinds()[1].name) == ("lists", "exact")
    asked = material.asked_vectors(40, 40)
    for scope in (
        HERE,
        Scope(frozenset({1}), never=frozenset(range(0, 160, 2))),
        Scope(HERE.bases, frozenset({3, 90})),
    ):
        found = sum(len({*nearest(index, one, scope)} & {*nearest(exact, one, scope)}) for one in asked)
        assert found >= 0.98 * 10 * len(asked)


def test_scores_are_exact_whatever_led_to_them():
    index, vectors = filled(600)
    for number, score in index.nearest(vectors[17], 10, HERE):
        assert score == pytest.approx(float(vectors[number - 1] @ vectors[17]), abs=1e-6)


def test_a_few_documents_are_compared_one_by_one(monkeypatch):
    index, vectors = filled(600)
    monkeypatch.setattr("rag.retrieval.vectors.faiss_search.Lists.nearest", lambda *_: pytest.fail("lists were asked"))
    assert nearest(index, vectors[70], Scope(frozenset({1}), only=frozenset({1})), k=1) == [71]


def test_what_is_new_is_searched_before_it_is_put_into_lists_and_does_not_rebuild_them():
    index, vectors = filled(600)
    lists = index._bases[1].parts[0]
    put(index, [2001], rows(1, seed=5))
    assert index._bases[1].parts[0] is lists
    assert nearest(index, rows(1, seed=5)[0], k=1) == [2001]
    index.remove([18])
    assert 18 not in nearest(index, vectors[17], k=50)
    assert index._bases[1].parts[0] is lists


def test_enough_of_what_is_new_is_put_into_the_lists_and_the_gaps_are_closed():
    index, vectors = filled(600)
    index.remove(range(1, 60))
    put(index, range(3000, 3100), rows(100, seed=5))
    assert [len(part.ids) for part in index._bases[1].parts] == [641]
    assert nearest(index, rows(100, seed=5)[3], k=1) == [3003]
    assert nearest(index, vectors[100], k=1) == [101]


def test_what_changes_while_lists_are_made_is_neither_lost_nor_comes_back(monkeypatch):
    index, vectors = FaissIndex(DIM, sizes=SMALL), rows(600)
    index.add(range(1, 601), [Owner(1, 1)] * 600, vectors)
    begun, go_on, make = threading.Event(), threading.Event(), faiss_index.make_lists

    def slowly(*given):
        begun.set()
        assert go_on.wait(20)
        return make(*given)

    monkeypatch.setattr(faiss_index, "make_lists", slowly)
    index.settle({1}, 600, 0)
    assert begun.wait(20)
    index.remove([1])
    index.add([2, 601], [Owner(1, 1)] * 2, rows(2, seed=9))
    assert nearest(index, rows(2, seed=9)[1], k=1) == [601]
    go_on.set()
    index.finish()
    assert index.kinds()[1].name == "lists"
    assert index.ids() == set(range(2, 602))
    assert index.nearest(rows(2, seed=9)[0], 1, HERE) == [(2, pytest.approx(1.0))]
    assert 2 not in nearest(index, vectors[1], k=1)


def test_a_scope_that_is_asked_again_is_not_worked_out_again():
    index, vectors = filled(90)
    part = index._bases[1].parts[0]
    nearest(index, vectors[0], Scope(frozenset({1}), only=frozenset({1, 2})))
    (first,) = part._choices._kept.values()
    nearest(index, vectors[0], Scope(frozenset({1}), only=frozenset({2, 1})))
    assert next(iter(part._choices._kept.values())) is first
    for number in range(200):
        nearest(index, vectors[0], Scope(frozenset({1}), only=frozenset({number})))
    assert len(part._choices._kept) <= 64


# ── files ──


def test_the_next_process_begins_with_what_was_kept(tmp_path):
    _, vectors = filled(600, tmp_path)
    again = FaissIndex(DIM, tmp_path, "model", SMALL)
    assert again.kept() == {1: (600, 0)}
    assert again.kinds()[1].name == "lists"
    assert again.ids() == set(range(1, 601))
    assert again.nearest(vectors[7], 1, HERE) == [(8, pytest.approx(1.0))]
    again.remove([8])
    assert 8 not in nearest(again, vectors[7], k=50)


def test_vectors_are_mapped_not_read(tmp_path):
    filled(600, tmp_path)
    again = FaissIndex(DIM, tmp_path, "model", SMALL)
    assert isinstance(again._bases[1].parts[0].vectors, np.memmap)


@pytest.mark.parametrize(("dim", "name"), [(DIM // 2, "model"), (DIM, "another")])
def test_files_of_another_model_or_dimension_are_not_used(tmp_path, dim, name):
    filled(600, tmp_path)
    assert FaissIndex(dim, tmp_path, name, SMALL).count() == 0


@pytest.mark.parametrize("name", ["vectors.npy", "ids.npy", "documents.npy", "lists.faiss", "contents.json"])
@pytest.mark.parametrize("harm", ["truncated", "missing", "rubbish"])
def test_damaged_files_are_made_anew(tmp_path, name, harm):
    _, vectors = filled(600, tmp_path)
    (file,) = tmp_path.rglob(name)
    match harm:
        case "truncated":
            os.truncate(file, file.stat().st_size // 2)
        case "missing":
            file.unlink()
        case "rubbish":
            if name in {"vectors.npy", "documents.npy"}:
                pytest.skip("numbers are numbers")
            file.write_bytes(b"\x80\x04" + b"x" * (file.stat().st_size - 2))
    again = FaissIndex(DIM, tmp_path, "model", SMALL)
    assert again.count() == 0
    assert again.kept() == {}
    put(again, range(1, 601), vectors)
    third = FaissIndex(DIM, tmp_path, "model", SMALL)
    assert third.count() == 600
    assert nearest(third, vectors[3], k=1) == [4]


def test_no_file_is_a_pickle(tmp_path):
    filled(600, tmp_path)
    for file in tmp_path.rglob("*.npy"):
        np.load(file, allow_pickle=False)
    contents = json.loads(next(tmp_path.rglob("contents.json")).read_text("utf-8"))
    assert (contents["embedder"], contents["dim"], contents["through"]) == ("model", DIM, [600, 0])


def test_a_process_killed_while_it_writes_leaves_what_was_there(tmp_path):
    _, vectors = filled(600, tmp_path)
    work = """
        import sys, time
        from pathlib import Path
        import numpy as np
        from rag.records import Owner
        from rag.retrieval.vectors import vector_files
        from rag.retrieval.vectors.faiss_index import FaissIndex, Sizes
        def stuck(*given):
            print("here", flush=True)
            time.sleep(60)
        vector_files.make_lists = stuck
        index = FaissIndex(int(sys.argv[2]), Path(sys.argv[1]), "model", Sizes(100, 400, 50, 8, 100))
        ids = range(1000, 1200)
        vectors = np.eye(200, int(sys.argv[2]), dtype=np.float32)
        vectors[vectors.sum(1) == 0, 0] = 1
        index.add(list(ids), [Owner(1, 1)] * 200, vectors)
        index.settle({1}, 1200, 0)
        index.finish()
    """
    command = [sys.executable, "-c", textwrap.dedent(work), str(tmp_path), str(DIM)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGKILL)
    assert list(tmp_path.glob("1/.making-*"))
    again = FaissIndex(DIM, tmp_path, "model", SMALL)
    assert again.kept() == {1: (600, 0)}
    assert nearest(again, vectors[3], k=1) == [4]
    put(again, range(2000, 2200), rows(200, seed=3))
    assert [path.name for path in (tmp_path / "1").iterdir()] == ["2"]


def test_a_full_disk_keeps_what_was_there_and_the_index_goes_on_in_memory(tmp_path, monkeypatch):
    index, _ = filled(600, tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2**40, 2**40, 10))
    put(index, range(2000, 2200), rows(200, seed=3))
    assert nearest(index, rows(200, seed=3)[7], k=1) == [2007]
    assert FaissIndex(DIM, tmp_path, "model", SMALL).kept() == {1: (600, 0)}
    assert not list(tmp_path.glob("1/.making-*"))


def test_what_another_process_has_made_meanwhile_is_used(tmp_path, monkeypatch):
    one, two = (FaissIndex(DIM, tmp_path, "model", SMALL) for _ in range(2))
    put(one, range(1, 601), rows(600))
    monkeypatch.setattr(vector_files, "make_lists", lambda *_: pytest.fail("made again"))
    put(two, range(1, 601), rows(600))
    assert two.kinds()[1].name == "lists"
    assert nearest(two, rows(600)[5], k=1) == [6]


def test_a_base_that_is_not_wanted_any_more_leaves_the_disk(tmp_path):
    index, _ = filled(600, tmp_path)
    put(index, range(5000, 5150), rows(150, seed=2), base=2)
    assert {path.name for path in tmp_path.iterdir()} == {"1", "2", ".lock"}
    index.settle({2}, 6000, 0)
    assert index.ids() == set(range(5000, 5150))
    assert {path.name for path in tmp_path.iterdir()} == {"2", ".lock"}


def test_a_name_of_a_model_is_no_path(tmp_path):
    folders = {faiss_index.folder_of(tmp_path, name) for name in ("../../etc", "a/b", "a\\b", "模型", "a" * 500)}
    assert len(folders) == 5
    assert all(Path(folder).parent == tmp_path for folder in folders)


def test_comparing_a_few_costs_no_more_when_there_are_many():
    small, large = filled(2_000, sizes=Sizes())[0], filled(60_000, sizes=Sizes())[0]
    scope, spent = Scope(frozenset({1}), only=frozenset({3})), []
    for index in (small, large):
        nearest(index, rows(1)[0], scope)
        start = time.process_time()
        for _ in range(300):
            nearest(index, rows(1)[0], scope)
        spent.append(time.process_time() - start)
    assert spent[1] < 4 * spent[0] + 0.02


def test_vectors_that_wait_to_be_made_into_one_part_are_not_all_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(faiss_index, "_IN_A_PART", 100)
    vectors, owners = rows(450), [Owner(1, number // 50) for number in range(450)]
    index, exact = FaissIndex(DIM, tmp_path, "model"), FaissIndex(DIM)
    for each in (index, exact):
        for at in range(0, 450, 50):
            each.add(range(at + 1, at + 51), owners[at : at + 50], vectors[at : at + 50])
    *before, last = index._bases[1].parts
    assert len(before) == 4
    assert all(isinstance(part.vectors.base, np.memmap) for part in before)
    assert not isinstance(last.vectors.base, np.memmap)
    assert nearest(index, vectors[3]) == nearest(exact, vectors[3])
    index.remove([4])
    assert 4 not in nearest(index, vectors[3])
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.name.startswith("tmp")]


def test_rows_of_a_file_are_the_same_after_they_were_let_go(tmp_path):
    rows = np.random.default_rng(3).standard_normal((500, DIM)).astype(np.float32)
    mapped = put_aside(rows, tmp_path)
    assert isinstance(mapped.base, np.memmap)
    for each in (rows, mapped, mapped[100:200]):
        before = each.copy()
        let_go(each)
        assert np.array_equal(each, before)
