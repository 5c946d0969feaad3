"""Made-up documents and questions for the bench: words as rare as in real texts, vectors that lie in clusters."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rag.language import known_words
from rag.records import About, Document, Page, Passage, Span

PER_DOCUMENT = 200
_PER_PAGE = 3
_WORDS, _AMOUNTS = 110, 12  # in a passage
# Of the runs of characters in reports, five of six came before; a passage has about 200 characters of them.
_IN_A_CLAUSE, _NEW_CLAUSES, _KNOWN_CLAUSES, _CLAUSES = 3, 4, 18, 30_000
_VOCABULARY = 60_000
_DOCUMENTS_IN_A_TOPIC = 20
_EXPONENT = 1.05  # of Zipf's law
_ENGLISH = """
    the of and in to a for net sales income tax cash value total company operating interest assets fiscal year share
    stock revenue expense segment flow goodwill impairment dividend lease liability equity debt credit risk market
    customer product service cost margin growth quarter increase decrease compared statements financial consolidated
""".split()
_CHINESE = """
    公司 本期 报告期 营业收入 净利润 资产 负债 所有者 权益 现金流量 经营 活动 投资 筹资 存货 应收账款 商誉 减值 准备
    利息 费用 管理 销售 研发 股东 股份 上期 增加 减少 主要 同比 增长 合同 履约 义务 租赁 固定 折旧 摊销 税金 附加
    每股 收益 分红 董事会 监事会 审计 意见 保险 责任 赔付 项目 风险 市场 产品 客户
""".split()
_SYLLABLES = "ba co di fe gu ha jo ki lu ma ne po qua re si to um va wi xe yo za tri bro ster ment lin dor".split()
_ASKING = (
    (
        "What was the {words} in fiscal {year}?",
        "How did {words} change in {year}?",
        "What was {name}'s {words} in {year}?",
    ),
    ("{year}年{words}是多少？", "报告期内{year}年{words}的主要原因是什么？", "{name}{year}年的{words}是多少？"),
)
_YEARS = 10  # that a company reports on, in either language
_LATEST = 2025


@dataclass(frozen=True, slots=True)
class Made:
    """A document's passages, and a vector for each, of shape (len(passages), dim)."""

    passages: list[Passage]
    vectors: NDArray[np.float32]


@dataclass(slots=True)
class Material:
    """Documents in Chinese and English by turns; equal *dim*, *seed* and number give equal ones, in any order.

    Vectors have a part that all share, one of their topic, one of their document and one of their own, with fewer
    dimensions that count than they have: likenesses of passages are then as close together as an embedding model's.
    """

    dim: int
    seed: int = 1
    _spread: NDArray[np.float32] = field(init=False)
    _common: NDArray[np.float32] = field(init=False)
    _vocabularies: list[tuple[list[str], list[float]]] = field(init=False)
    _clauses: list[str] = field(init=False)
    _chances: list[float] = field(init=False)

    def __post_init__(self) -> None:
        spread = 1 / np.sqrt(1 + np.arange(self.dim, dtype=np.float32) / 24)
        self._spread = spread / np.linalg.norm(spread)
        self._common = self._noise(1, "common")[0] * np.float32(1.5)
        dice = self._dice("vocabulary")
        self._vocabularies = [
            _ranked(_ENGLISH, ["".join(dice.choices(_SYLLABLES, k=dice.randint(2, 5))) for _ in range(_VOCABULARY)]),
            _ranked(_CHINESE, dice.sample([word for word in known_words() if len(word) in {2, 3}], _VOCABULARY)),
        ]
        self._clauses, self._chances = _ranked([], [self._clause(dice) for _ in range(_CLAUSES)])

    def document(self, owner: Document, number: int) -> Made:
        """The passages of document *number*, from 0, and their vectors."""
        dice, chinese = self._dice(f"document {number}"), number % 2
        passages = []
        for at in range(PER_DOCUMENT):
            page = at // _PER_PAGE + 1
            span = Span(self._text(dice, chinese), Page(page, str(page), None))
            passages.append(Passage(owner, (span,), (f"Part {at // 40 + 1}",)))
        return Made(passages, self.vectors(number))

    def vectors(self, number: int) -> NDArray[np.float32]:
        """The vectors of document *number*, shape (PER_DOCUMENT, dim)."""
        topic = self._noise(1, f"topic {number // _DOCUMENTS_IN_A_TOPIC}")[0]
        middle, *own = self._noise(1 + PER_DOCUMENT, f"document {number}")
        return _unit(self._common + topic + middle * np.float32(0.7) + np.stack(own) * np.float32(0.9))

    def about(self, number: int) -> About:
        """The company and the year of document *number*: companies report in both languages, for ten years."""
        company, chinese = number // (2 * _YEARS), number % 2
        dice = self._dice(f"company {company}")
        english = [word.title() for word in dice.choices(self._vocabularies[0][0][len(_ENGLISH) :], k=2)]
        short = "".join(dice.choices(self._vocabularies[1][0][len(_CHINESE) :], k=2))
        names = (f"{short}股份有限公司", short) if chinese else (f"{' '.join(english)} plc", " ".join(english))
        year = _LATEST - number // 2 % _YEARS
        return About(names, type="annual report", year=year, language="zh" if chinese else "en")

    def questions(self, count: int, documents: int) -> Iterator[str]:
        """Questions of a few words, common and rare, in both languages; no two alike. A third of them name the company
        of one of so many *documents*.
        """
        dice = self._dice("questions")
        for number in range(count):
            chinese = number % 2
            form = _ASKING[chinese][number // 2 % len(_ASKING[chinese])]
            words = ("" if chinese else " ").join(self._words(dice, chinese, 2 + number % 4))
            about = self.about(dice.randrange(documents) // 2 * 2 + chinese)
            yield form.format(words=words, name=about.name, year=about.year)

    def asked_vectors(self, documents: int, count: int) -> NDArray[np.float32]:
        """Vectors of *count* questions that passages of the first *documents* would answer: near them, no passages."""
        numbers = np.linspace(0, documents - 1, count).astype(int).tolist()
        rows = np.stack([self.vectors(number)[at % PER_DOCUMENT] for at, number in enumerate(numbers)])
        return _unit(rows + self._noise(count, "questions") * np.float32(0.35))

    def _dice(self, what: str) -> random.Random:
        return random.Random(f"{self.seed} {what}")  # noqa: S311 - no secret

    def _noise(self, rows: int, what: str) -> NDArray[np.float32]:
        numbers = np.random.default_rng([self.seed, crc32(what.encode())])
        return numbers.standard_normal((rows, self.dim), dtype=np.float32) * self._spread

    def _text(self, dice: random.Random, chinese: int) -> str:
        if chinese:
            parts = [self._clause(dice) for _ in range(_NEW_CLAUSES)]
            parts += dice.choices(self._clauses, cum_weights=self._chances, k=_KNOWN_CLAUSES)
        else:
            parts = self._words(dice, 0, _WORDS)
        parts += [f" {dice.randint(1, 10**7) / 10:,} " for _ in range(_AMOUNTS)]
        parts.append(f" {dice.randint(2000, 2025)} ")
        dice.shuffle(parts)
        return ("" if chinese else " ").join(parts)

    def _clause(self, dice: random.Random) -> str:
        return "".join(self._words(dice, 1, _IN_A_CLAUSE)) + "，"

    def _words(self, dice: random.Random, chinese: int, count: int) -> list[str]:
        words, chances = self._vocabularies[chinese]
        return dice.choices(words, cum_weights=chances, k=count)


def _ranked(common: Sequence[str], rare: Sequence[str]) -> tuple[list[str], list[float]]:
    words = [*common, *rare][:_VOCABULARY]
    return words, list(accumulate(1 / (rank + 2.7) ** _EXPONENT for rank in range(len(words))))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    units: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return units
