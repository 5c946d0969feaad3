"""How long a question takes to find its passages: ``PYTHONPATH=. python tests/bench/search.py``.

Run by hand, on made-up passages in Chinese and English. Vectors are random and questions are not embedded, so the
figures are of the indexes and the fusion alone.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from rag.records import Owner, Scope
from rag.retrieval.faiss_index import FaissIndex
from rag.retrieval.fts5 import Fts5Words
from rag.retrieval.retriever import nearest_passages

DIM, PER_DOCUMENT, BASES, BATCH = 384, 200, 2, 1000
ENGLISH = """
    net sales operating income expense segment revenue cash flow goodwill impairment interest tax share stock dividend
    lease liability asset equity debt credit risk market customer product service cost margin growth quarter fiscal year
""".split()
CHINESE = """
    公司 营业收入 净利润 资产 负债 所有者 权益 现金流量 经营 活动 投资 筹资 存货 应收账款 商誉 减值 准备 利息
    费用 管理 销售 研发 股东 股份 报告期 本期 上期 增加 减少 主要 系 同比 增长 合同 履约 义务 租赁 固定 折旧
    摊销 税金 附加 每股 收益 分红 董事会 监事会 审计 意见
""".split()
QUESTIONS = (
    "What was the operating income margin in fiscal 2021?",
    "Which segment had the largest goodwill impairment, and why did it happen in 2019?",
    "2020年公司的营业收入是多少？",
    "报告期内经营活动产生的现金流量净额同比增长的主要原因是什么？",
    "dividend per share 3,412.7",
    "What drove the change in net sales of word812 and word4711?",
)


class Fixed:
    """Gives each question a vector that was made before, so that no model is measured."""

    name, dim, window = "fixed", DIM, 512

    def __init__(self, vectors: np.ndarray) -> None:
        self._vectors = dict(zip(QUESTIONS, vectors, strict=True))

    def query(self, text: str) -> np.ndarray:
        return self._vectors[text]


def texts(count: int, dice: random.Random) -> list[str]:
    """Passages of about 150 words: common ones, rare ones, years and amounts."""
    rare = [f"word{number}" for number in range(20_000)]
    made = []
    for number in range(count):
        common, joint = (CHINESE, "") if number % 2 else (ENGLISH, " ")
        words = dice.choices(common, k=110)
        words += [f" {dice.choice(rare)} " for _ in range(25)]
        words += [
            f" {dice.randint(2015, 2024)} " if dice.random() < 0.3 else f" {dice.randint(1, 10**7) / 10:,} "
            for _ in range(15)
        ]
        dice.shuffle(words)
        made.append(joint.join(words))
    return made


def spent(ask: Callable[[str], object], rounds: int) -> str:
    """Median and 95th percentile over all questions, in milliseconds."""
    times = []
    for _ in range(rounds):
        for question in QUESTIONS:
            start = time.perf_counter()
            ask(question)
            times.append((time.perf_counter() - start) * 1000)
    return f"p50 {statistics.median(times):7.1f}   p95 {sorted(times)[int(len(times) * 0.95)]:7.1f}"


def unit(rows: int, generator: np.random.Generator) -> np.ndarray:
    found = generator.standard_normal((rows, DIM), dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def main() -> None:
    """Build, then ask in scopes from one document to everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=10)
    chosen = parser.parse_args()
    dice, generator = random.Random(1), np.random.default_rng(1)
    documents = max(chosen.passages // PER_DOCUMENT, 1)
    with tempfile.TemporaryDirectory() as folder:
        words, vectors = Fts5Words(Path(folder) / "words.sqlite"), FaissIndex(DIM)
        adding = {"words": 0.0, "vectors": 0.0}
        for first in range(0, chosen.passages, BATCH):
            ids = range(first + 1, min(first + BATCH, chosen.passages) + 1)
            owners = [Owner(1 + (number // PER_DOCUMENT) % BASES, number // PER_DOCUMENT) for number in ids]
            made, rows = texts(len(ids), dice), unit(len(ids), generator)
            start = time.perf_counter()
            words.add(ids, owners, made)
            adding["words"] += time.perf_counter() - start
            start = time.perf_counter()
            vectors.add(ids, owners, rows)
            adding["vectors"] += time.perf_counter() - start
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 2**20
        print(f"{chosen.passages} passages of {documents} documents in {BASES} bases; word index {size:.0f} MB")
        print("  ".join(f"{kind} added in {seconds:.1f} s" for kind, seconds in adding.items()))
        start = time.perf_counter()
        vectors.save(Path(folder) / "vectors", {})
        saved = time.perf_counter()
        FaissIndex.load(Path(folder) / "vectors", DIM)
        print(f"vectors saved in {saved - start:.2f} s, loaded in {time.perf_counter() - saved:.2f} s")
        everything = frozenset(range(1, BASES + 1))
        scopes = {
            "everything": Scope(everything),
            "one base": Scope(frozenset({1})),
            "all but one document": Scope(everything, never=frozenset({1})),
            "half the documents": Scope(everything, only=frozenset(range(0, documents, 2))),
            "ten documents": Scope(everything, only=frozenset(range(10))),
            "one document": Scope(everything, only=frozenset({0})),
        }
        embedder = Fixed(unit(len(QUESTIONS), generator))
        for name, scope in scopes.items():
            print(f"\n{name}  (ms)")
            print("  vectors", spent(lambda q, s=scope: vectors.nearest(embedder.query(q), 60, s), chosen.rounds))
            print("  words  ", spent(lambda q, s=scope: words.matching(q, 60, s), chosen.rounds))
            print(
                "  fused  ",
                spent(lambda q, s=scope: nearest_passages(q, embedder, vectors, words, 12, s), chosen.rounds),
            )
        words.close()


if __name__ == "__main__":
    main()
