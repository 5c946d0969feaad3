"""What holds for every embedding model."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.embedder.bundled_e5 import BundledE5
from rag.retrieval.embedder.hashing import HashingEmbedder
from rag.retrieval.embedder.sentence_transformer import SentenceTransformerEmbedder

TEXTS = [
    "Revenue grew by 12% to $4,310 million in fiscal 2023.",
    "公司2023年营业收入为43.1亿元，同比增长12%。",
    "a",
    "The board of directors met four times. " * 12,
    "董事会全年召开会议四次。" * 12,
]
ODD = ["", " ", "\n\t　", "\x00", "a\x00b", "\ud800", "x\udfff公", "<s></s><pad>[CLS][SEP]", "🙂‍↔️", "ﷺ" * 50, "\u0301"]


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory):
    """A folder with a sentence-transformers model of two small layers and accidental weights."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    letters = [*map(chr, range(33, 127)), *"董事会全年召开会议四次公司营业收入为亿元同比增长。，"]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(7)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(words), max_position_embeddings=64, **sizes)).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    layers = Transformer(str(folder / "bert"), max_seq_length=64)
    SentenceTransformer(modules=[layers, Pooling(32)]).save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module", params=["bundled_e5", "sentence_transformer", "hashing"])
def make(request):
    """Makes the embedder anew."""
    if request.param == "bundled_e5":
        folder = request.getfixturevalue("bundled_model_folder")
        return lambda: BundledE5(folder)
    if request.param == "hashing":
        return HashingEmbedder
    model = request.getfixturevalue("tiny_model")
    return lambda: SentenceTransformerEmbedder(str(model))


@pytest.fixture(scope="module")
def embedder(make):
    return make()


def words(embedder, tokens):
    """A text that counts *tokens*."""
    (each,) = embedder.count(["a"])
    assert each == 1
    return " ".join(["a"] * tokens)


def test_vectors_have_unit_length(embedder):
    vectors = embedder.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dim)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    question = embedder.query(TEXTS[1])
    assert question.shape == (embedder.dim,)
    assert question.dtype == np.float32
    assert np.linalg.norm(question) == pytest.approx(1, abs=1e-5)


def test_no_texts_have_no_vectors(embedder):
    assert embedder.passages([]).shape == (0, embedder.dim)
    assert embedder.count([]) == []


def test_different_texts_have_different_vectors(embedder):
    likeness = embedder.passages(TEXTS) @ embedder.passages(TEXTS).T
    assert (likeness.argmax(axis=1) == np.arange(len(TEXTS))).all()
    assert likeness[0, 1] < 0.999


def test_a_text_given_twice_has_one_vector(embedder):
    vectors = embedder.passages([TEXTS[0], TEXTS[3], TEXTS[0]])
    assert vectors[0] == pytest.approx(vectors[2], abs=1e-6)


def test_a_vector_does_not_depend_on_the_texts_beside_it(embedder):
    together = embedder.passages(TEXTS)
    turned = embedder.passages(TEXTS[::-1])[::-1]
    alone = np.concatenate([embedder.passages([text]) for text in TEXTS])
    assert together == pytest.approx(turned, abs=1e-5)
    assert together == pytest.approx(alone, abs=1e-5)


def test_equal_names_give_equal_vectors(embedder, make):
    again = make()
    assert again.name == embedder.name
    assert again.passages(TEXTS) == pytest.approx(embedder.passages(TEXTS), abs=1e-6)


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_an_odd_text_has_a_vector_like_any_other(embedder, text):
    assert np.linalg.norm(embedder.passages([text, "b"])[0]) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(embedder.query(text)) == pytest.approx(1, abs=1e-5)
    assert embedder.count([text])[0] >= 0


def test_a_text_as_long_as_the_window_is_read_to_its_end(embedder):
    begin = words(embedder, embedder.window - 1)
    full = [f"{begin} b", f"{begin} c"]
    assert embedder.count(full) == [embedder.window] * 2
    one, other = embedder.passages(full)
    assert not np.array_equal(one, other)


def test_what_is_beyond_the_window_is_not_seen(embedder):
    begin = words(embedder, embedder.window + 8)
    one, other = embedder.passages([f"{begin} b", f"{begin} c c c"])
    assert one == pytest.approx(other, abs=1e-6)
    assert embedder.query(f"{begin} b") == pytest.approx(embedder.query(f"{begin} c c c"), abs=1e-6)


@pytest.mark.parametrize("text", ["x" * 100_000, "年" * 100_000, "a " * 50_000], ids=["word", "chinese", "words"])
def test_a_very_long_text_is_cut_not_refused(embedder, text):
    assert np.linalg.norm(embedder.passages([text])[0]) == pytest.approx(1, abs=1e-5)
    assert embedder.count([text])[0] > embedder.window or "x" in text


@given(st.text(max_size=40), st.text(max_size=40))
def test_two_texts_together_count_no_more_than_both_and_no_less_than_either(embedder, one, other):
    first, second, both = embedder.count([one, other, f"{one} {other}"])
    assert max(first, second) <= both <= first + second


def test_several_threads_get_what_one_gets(embedder):
    expected = embedder.passages(TEXTS)
    question = embedder.query(TEXTS[0])
    counts = embedder.count(TEXTS)

    def ask(_):
        return embedder.passages(TEXTS), embedder.query(TEXTS[0]), embedder.count(TEXTS)

    with ThreadPoolExecutor(4) as pool:
        for vectors, vector, count in pool.map(ask, range(8)):
            assert vectors == pytest.approx(expected, abs=1e-5)
            assert vector == pytest.approx(question, abs=1e-5)
            assert count == counts
