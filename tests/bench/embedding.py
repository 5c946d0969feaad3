"""Passages a second of the bundled embedding model, beside what it could be at most; run by hand.

``python tests/bench/embedding.py [FOLDER]`` builds the model in FOLDER (default: a temporary one). Only the ratios of
one run mean something: the machine is never alone.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from rag.retrieval.embedder.bundled_e5 import BundledE5
from rag.retrieval.embedder.e5_file import E5File, find_e5_file, read_e5_file

ENGLISH = "Net sales of segment {n} rose to ${m} million in fiscal {y}, mainly because of higher volumes and prices. "
CHINESE = "第{n}业务板块{y}年度实现营业收入{m}万元，较上年同期增长，主要由于销量和价格上升。"
ROUNDS = 4


def texts(count: int) -> list[str]:
    """Passages of about 200 tokens, all different, in both languages by turns, some shorter."""
    made = []
    for number in range(count):
        sentence = (ENGLISH, CHINESE)[number % 2]
        parts = [
            sentence.format(n=number + part, m=37 * number + part, y=2000 + part) for part in range(8 - number % 4)
        ]
        made.append("".join(parts))
    return made


def rates(runs: dict[str, Callable[[], object]], count: int) -> dict[str, float]:
    """*count* a second for each, in the best of a few rounds; the runs take turns, so that a busy machine hits all."""
    seconds = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for what, run in runs.items():
            begin = time.perf_counter()
            run()
            seconds[what] = min(seconds[what], time.perf_counter() - begin)
    return {what: count / best for what, best in seconds.items()}


def torch_model(model: E5File) -> Callable[[list[list[int]]], np.ndarray]:
    """The same weights in torch, in 32 bits, in batches of 4 by length."""
    import torch
    from transformers import BertConfig, BertModel

    sizes = {
        "hidden_size": 384,
        "num_attention_heads": 12,
        "intermediate_size": 1536,
        "layer_norm_eps": model.epsilon,
    }
    bert = BertModel(BertConfig(vocab_size=250037, **sizes), add_pooling_layer=False).eval()
    names = {
        "attention.self.query": "q",
        "attention.self.key": "k",
        "attention.self.value": "v",
    }
    names |= {
        "attention.output.dense": "ao",
        "intermediate.dense": "fi",
        "output.dense": "fo",
    }
    norms = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}
    state = {
        "embeddings.word_embeddings.weight": model.four_bit("emb.word", 384).weights(),
        "embeddings.position_embeddings.weight": model.numbers("emb.pos").reshape(-1, 384),
        "embeddings.token_type_embeddings.weight": model.numbers("emb.type").reshape(-1, 384),
        "embeddings.LayerNorm.weight": model.numbers("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.numbers("emb.ln.b"),
    }
    for layer in range(12):
        for theirs, ours in {**names, **norms}.items():
            name, bias = f"l{layer}.{ours}", model.numbers(f"l{layer}.{ours}.b")
            columns = model.count(name + ".w") // len(bias)
            weights = model.numbers(name + ".w") if ours in norms.values() else model.four_bit(name + ".w", columns)
            state[f"encoder.layer.{layer}.{theirs}.weight"] = (
                weights if isinstance(weights, np.ndarray) else weights.weights()
            )
            state[f"encoder.layer.{layer}.{theirs}.bias"] = bias
    bert.load_state_dict({name: torch.from_numpy(values) for name, values in state.items()})

    def run(ids: list[list[int]]) -> np.ndarray:
        vectors = np.empty((len(ids), 384), np.float32)
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        with torch.inference_mode():
            for start in range(0, len(ids), 4):
                chosen = order[start : start + 4]
                longest = max(len(ids[index]) for index in chosen)
                padded = torch.tensor([ids[index] + [1] * (longest - len(ids[index])) for index in chosen])
                mask = (padded != 1).long()
                state = bert(input_ids=padded, attention_mask=mask).last_hidden_state * mask[..., None]
                vectors[chosen] = torch.nn.functional.normalize(state.sum(1)).numpy()
        return vectors

    return run


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "bundled-e5"
    embedder = BundledE5(folder)
    for what in (
        "first count (builds, if it has to)",
        "first query (loads the weights)",
        "query",
    ):
        begin = time.perf_counter()
        embedder.count(["a"]) if "count" in what else embedder.query("公司2023年的营业收入是多少？")
        print(f"{what}: {1000 * (time.perf_counter() - begin):.1f} ms")

    passages = texts(32)
    ids = embedder._ids("passage: ", passages)
    arrays = [np.array([each], np.int64) for each in sorted(ids, key=len, reverse=True)]
    print(f"{len(passages)} passages of {min(map(len, ids))} to {max(map(len, ids))} tokens")
    pool = ThreadPoolExecutor(embedder._threads)
    session = embedder._session
    print(f"highest memory, before torch: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")
    in_torch = torch_model(read_e5_file(find_e5_file("bundled")))
    limit = "onnxruntime on ready tokens (the limit)"
    measured = rates(
        {
            limit: lambda: list(pool.map(lambda each: session.run(None, {"input_ids": each}), arrays)),
            "passages()": lambda: embedder.passages(passages),
            "passages(), 16 at a time": lambda: [embedder.passages(passages[at : at + 16]) for at in (0, 16)],
            "passages(), one at a time": lambda: [embedder.passages([text]) for text in passages],
            "torch, 32 bits": lambda: in_torch(ids),
        },
        len(ids),
    )
    for what, rate in measured.items():
        print(f"{rate:7.1f} passages/s  {rate / measured[limit]:5.2f} of the limit  {what}")
    likeness = (in_torch(ids) * embedder.passages(passages)).sum(axis=1)
    print(f"cosine to 32 bits: lowest {likeness.min():.4f}, mean {likeness.mean():.4f}")


if __name__ == "__main__":
    main()
