"""The file that carries the bundled model, and the model computed from it in full."""

import math
import struct

import numpy as np
import pytest

from rag.retrieval.embedder.bundled_e5 import BundledE5
from rag.retrieval.embedder.e5_file import FourBit, find_e5_file, read_e5_file

HIDDEN, HEADS = 384, 12


@pytest.fixture(scope="module")
def model():
    return read_e5_file(find_e5_file("bundled"))


def test_blocks_of_four_bits_are_put_in_order(tmp_path):
    """Weight 0 and weight 16 share the first byte of a block; a row of two blocks has two scales."""
    blocks = b""
    for scale in (0.5, 2.0):
        blocks += struct.pack("<e", scale) + bytes(low | ((15 - low) << 4) for low in range(16))
    pieces = ["<s>", "<unk>", "▁年"]
    text = "".join(pieces).encode()
    ends = [0, 3, 8, 14]
    header = struct.pack("<4sI7ifi", b"E5S1", 1, 32, 1, 2, 64, 3, 512, 2, 1e-12, 32)
    header += struct.pack("<5iQ", 3, 0, 0, 0, 1, len(text))
    header += struct.pack("<4I3f", *ends, 0.0, 0.0, -3.5) + text + struct.pack("<iI5s", 1, 5, b"12345")
    header += struct.pack("<i", 2)
    start = len(header) + 2 * (2 + 1 + struct.calcsize("<BIQQ"))
    header += struct.pack("<H1sBIQQ", 1, b"w", 1, 64, start, len(blocks))
    header += struct.pack("<H1sBIQQ", 1, b"b", 0, 1, start + len(blocks), 4)
    path = tmp_path / "small.bin"
    path.write_bytes(header + blocks + struct.pack("<f", 0.25))

    model = read_e5_file(path)
    assert model.pieces == ("<s>", "<unk>", "▁年")
    assert model.scores.tolist() == [0, 0, -3.5]
    assert model.numbers("b").tolist() == [0.25]
    matrix = model.four_bit("w", 64)
    row = [*range(16), *range(15, -1, -1)]
    assert matrix.weights().tolist() == [[(n - 8) * 0.5 for n in row] + [(n - 8) * 2.0 for n in row]]
    assert [(byte & 15, byte >> 4) for byte in matrix.packed[0, :2].tolist()] == [(0, 1), (2, 3)]


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "other").write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(ValueError, match="E5S1"):
        read_e5_file(tmp_path / "other")


def test_texts_get_the_ids_that_the_model_was_trained_with(bundled_model_folder, model):
    texts = ["Hello world", "query: a", "  我爱\n北京 ", "２０２３年"]
    ids = BundledE5(bundled_model_folder)._ids("", texts)
    assert ids[0] == [0, 35378, 8999, 2]
    assert ids[1] == [0, 41, 1294, 12, 10, 2]
    assert [[model.pieces[each] for each in text[1:-1]] for text in ids[2:]] == [
        ["▁我", "爱", "▁", "北京"],
        ["▁2023", "年"],
    ]


def test_eight_bits_change_little_of_the_model_computed_in_full(bundled_model_folder, model):
    embedder = BundledE5(bundled_model_folder)
    texts = [
        "Total operating expenses were $1,204 million in fiscal 2023.",
        "截至2023年12月31日，公司总资产为人民币 1,283.6 亿元，较上年末增长 9.4%。",
    ]
    words = model.four_bit("emb.word", HIDDEN)
    for text, vector in zip(texts, embedder.passages(texts), strict=True):
        ids = embedder._ids("passage: ", [text])[0]
        assert vector @ in_full(model, FourBit(words.packed[ids], words.scales[ids]).weights()) > 0.985


def in_full(model, words):
    """The vector of a text, given the vectors of its words, in 32-bit numbers, as BERT is written down."""
    state = words + model.numbers("emb.pos").reshape(-1, HIDDEN)[: len(words)] + model.numbers("emb.type")[:HIDDEN]
    state = normalised(model, "emb.ln", state)
    for layer in range(model.layers):
        name = f"l{layer}."
        query, key, value = (heads(linear(model, name + part, state)) for part in "qkv")
        weights = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(HIDDEN / HEADS))
        attended = (weights / weights.sum(axis=-1, keepdims=True)) @ value
        attended = attended.transpose(1, 0, 2).reshape(len(words), HIDDEN)
        state = normalised(model, name + "aln", state + linear(model, name + "ao", attended))
        wide = linear(model, name + "fi", state)
        wide = wide * (1 + np.vectorize(math.erf, otypes=["f4"])(wide / math.sqrt(2))) / 2
        state = normalised(model, name + "oln", state + linear(model, name + "fo", wide))
    mean = state.mean(axis=0)
    return mean / np.linalg.norm(mean)


def linear(model, name, state):
    return state @ model.four_bit(name + ".w", state.shape[1]).weights().T + model.numbers(name + ".b")


def heads(state):
    return state.reshape(len(state), HEADS, -1).transpose(1, 0, 2)


def normalised(model, name, state):
    centred = state - state.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + model.epsilon)
    return centred / spread * model.numbers(name + ".w") + model.numbers(name + ".b")
