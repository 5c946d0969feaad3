"""Makes the files that the bundled embedding model runs from: a tokenizer, a graph and its 8-bit weights.

The graph is BERT as multilingual-e5-small has it, with the operators that measured fastest on a CPU. It reads one
text at a time: the 8-bit steps of a matrix product span the whole input, so that in a batch the vector of a text would
depend on its neighbours; alone it never does, and there is no padding to compute. Texts run side by side instead.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.embedder.e5_file import BLOCK, E5File

TOKENIZER = "tokenizer.json"
GRAPH = "model.onnx"
WEIGHTS = "weights.bin"
_MICROSOFT = "com.microsoft"
# Without VNNI, x86 adds two products of 8-bit numbers in 16 bits; weights of 7 bits cannot overflow there, so that
# every machine computes the same.
_LARGEST_WEIGHT = 64


def write_tokenizer(model: E5File, folder: Path) -> None:
    """Write ``tokenizer.json``, in the form of the tokenizers library.

    Characters are folded by NFKC, which agrees with the model's own map in all that documents hold.
    """
    begin, end = (model.pieces[mark] for mark in model.marks)
    # "<s>" in a document is three characters, not the mark of a beginning: the marks are put where no text can reach.
    reachable = [
        [f"\x01{piece}" if piece.startswith("<") and score == 0 else piece, score]
        for piece, score in zip(model.pieces, model.scores.tolist(), strict=True)
    ]
    marks = {mark: {"id": mark, "ids": [model.pieces.index(mark)], "tokens": [mark]} for mark in (begin, end)}
    tokenizer = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                _replace(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]", ""),
                {"type": "NFKC"},
                _replace(r"[\s\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]+", " "),
                {"type": "Strip", "strip_left": True, "strip_right": True},
            ],
        },
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [_mark(begin), {"Sequence": {"id": "A", "type_id": 0}}, _mark(end)],
            "pair": [_mark(begin), {"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": marks,
        },
        "model": {"type": "Unigram", "unk_id": model.unknown, "vocab": reachable, "byte_fallback": False},
    }
    (folder / TOKENIZER).write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


def write_graph(model: E5File, folder: Path) -> None:
    """Write ``model.onnx``, and beside it ``weights.bin``, which is mapped into memory and not copied there.

    ``input_ids``, shape (1, length), int64, gives ``vector``, shape (1, hidden), float32, of length 1.
    """
    import onnx  # noqa: PLC0415 - needed once, when the model is built

    graph = _Graph(model)
    state = graph.embeddings()
    for layer in range(model.layers):
        state = graph.layer(f"l{layer}.", state)
    graph.weight("texts", np.array([1], np.int64))
    total = graph.node("ReduceSum", [state, "texts"], "sum", keepdims=0)
    graph.node("LpNormalization", [total], "vector", axis=1, p=2)
    made = onnx.helper.make_model(
        onnx.helper.make_graph(
            graph.nodes,
            "multilingual-e5-small",
            [onnx.helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, [1, "length"])],
            [onnx.helper.make_tensor_value_info("vector", onnx.TensorProto.FLOAT, [1, model.hidden])],
            graph.weights,
        ),
        opset_imports=[onnx.helper.make_opsetid("", 21), onnx.helper.make_opsetid(_MICROSOFT, 1)],
        ir_version=10,
    )
    onnx.save_model(made, str(folder / GRAPH), save_as_external_data=True, location=WEIGHTS, size_threshold=1024)
    # onnx lets only the owner read the weights; whoever may read the graph may read them too.
    (folder / WEIGHTS).chmod((folder / GRAPH).stat().st_mode)


class _Graph:
    """Nodes and weights as they are put together; a node is known by the name of its output."""

    def __init__(self, model: E5File) -> None:
        self._model = model
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper  # noqa: PLC0415 - needed once, when the model is built

        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        from onnx import helper  # noqa: PLC0415 - needed once, when the model is built

        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def embeddings(self) -> str:
        """Word, position and type together, normalised; the words stay in 4 bits."""
        model = self._model
        words = model.four_bit("emb.word", model.hidden)
        self.weight("words", words.packed)
        self.weight("words.scales", words.scales)
        blocks = {"bits": 4, "block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1}
        self.node("GatherBlockQuantized", ["words", "input_ids", "words.scales"], "word", _MICROSOFT, **blocks)
        of_first_type = model.numbers("emb.type")[: model.hidden]
        self.weight("positions", model.numbers("emb.pos").reshape(model.positions, model.hidden) + of_first_type)
        self.weight("first", np.array([0], np.int64))
        self.node("Shape", ["input_ids"], "length", start=1, end=2)
        self.node("Slice", ["positions", "first", "length"], "position")
        return self._normalised("emb.ln", "word", "position")

    def layer(self, name: str, state: str) -> str:
        """One layer: attention, then the feed-forward part, each added to what came in and normalised."""
        attending = [self._linear(name + part, state) for part in "qkv"]
        attended = self.node(
            "MultiHeadAttention", attending, name + "attended", _MICROSOFT, num_heads=self._model.heads
        )
        middle = self._normalised(name + "aln", self._linear(name + "ao", attended), state)
        widened = self.node("Gelu", [self._linear(name + "fi", middle)], name + "widened", _MICROSOFT)
        return self._normalised(name + "oln", self._linear(name + "fo", widened), middle)

    def _linear(self, name: str, of: str) -> str:
        model = self._model
        bias = model.numbers(name + ".b")
        columns = model.count(name + ".w") // len(bias)
        weights = model.four_bit(name + ".w", columns).weights()
        scales = np.abs(weights).max(axis=1) / _LARGEST_WEIGHT
        eight_bit = np.round(weights / scales[:, np.newaxis]).astype(np.int8)
        inputs = [
            of,
            self.weight(name + ".weights", eight_bit.T),
            self.weight(name + ".scales", scales),
            "",
            self.weight(name + ".bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, _MICROSOFT)

    def _normalised(self, name: str, left: str, right: str) -> str:
        # The fused SkipLayerNormalization of onnxruntime is several times slower on a CPU than these two.
        total = self.node("Add", [left, right], name + ".sum")
        gain = self.weight(name + ".gain", self._model.numbers(name + ".w"))
        bias = self.weight(name + ".bias", self._model.numbers(name + ".b"))
        return self.node("LayerNormalization", [total, gain, bias], name, epsilon=self._model.epsilon)


def _replace(pattern: str, content: str) -> dict[str, object]:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _mark(name: str) -> dict[str, object]:
    return {"SpecialToken": {"id": name, "type_id": 0}}
