"""What a question wants: the concepts it names, as reports print them, and the statements that they stand in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.language import folded
from rag.records import PageTopic
from rag.retrieval.asked.glossary import Concept, concepts, search

_STATEMENTS: tuple[tuple[PageTopic, re.Pattern[str]], ...] = (
    (
        "balance sheet",
        re.compile(r"balance sheets?|statements? of financial (?:position|condition)|资产负债表|資產負債表"),
    ),
    (
        "income statement",
        re.compile(
            r"income statements?|statements? of (?:income|operations|earnings)|profit and loss|\bp&l\b"
            r"|利润表|损益表|損益表"
        ),
    ),
    ("comprehensive income", re.compile(r"statements? of comprehensive|综合收益表|綜合損益表")),
    ("cash flow", re.compile(r"cash ?flow statements?|statements? of cash ?flows?|现金流量表|現金流量表")),
    ("equity", re.compile(r"statements? of (?:changes in )?(?:\w+['’] )?equity|权益变动表|權益變動表")),
)


_BESIDE: frozenset[PageTopic] = frozenset({"contents", "exhibits", "signatures"})
_ASKS_BESIDE = re.compile(
    r"\b(?:exhibits?|signatures?|signed|signs|contents|agreements?|indentures?|subsidiar(?:y|ies)|certif\w+|by-?laws?"
    r"|amendments?|trustees?)\b|附件|附录|附錄|目录|目錄|签署|簽署|子公司|协议|協議|合同|契约|章程"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """*search* finds the lines of the concepts named, empty where none is; *topics* are the pages they stand on, and
    *unlikely* those that go with a report and seldom answer what is asked of it, as its contents and exhibits. What is
    asked for by segments or regions stands on no statement, unless one is named.
    """

    search: str = ""
    topics: frozenset[PageTopic] = frozenset()
    unlikely: frozenset[PageTopic] = frozenset()


def wanted(question: str, own: Sequence[Concept] = ()) -> Wanted:
    """What *question* names; *own* are concepts of the base that is asked."""
    text = folded(question)
    found = concepts(question, own=own)
    said = frozenset(topic for topic, pattern in _STATEMENTS if pattern.search(text))
    whole = [] if any(concept.parts for concept in found) else found
    return Wanted(
        search(question, found),
        said.union(*(concept.topics for concept in whole)),
        frozenset() if _ASKS_BESIDE.search(text) else _BESIDE,
    )
