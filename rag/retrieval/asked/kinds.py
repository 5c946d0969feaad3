"""Which kinds of documents a question names: the 10-K, an earnings release, 年报."""

import re

from rag.language import folded
from rag.records import DocumentType

_KINDS: tuple[tuple[DocumentType, re.Pattern[str]], ...] = (
    (
        "half-year report",
        re.compile(r"\b(?:half[- ]year(?:ly)?|interim) report\b|半年度?报告?|半年度?報告?|中期报告|中報"),
    ),
    (
        "quarterly report",
        re.compile(r"\b10-?q\b|\bquarterly (?:report|filing)\b|[一二三四]季度?报|季报|季度报告|季報|季度報告"),
    ),
    (
        "annual report",
        re.compile(
            r"\b(?:10|20|40)-?[kf]\b|\bannual (?:report|filing)\b|(?<!半)年度?报(?!告期|酬)|(?<!半)年度?報(?!告期|酬)"
        ),
    ),
    ("current report", re.compile(r"\b[86]-?k\b|\bcurrent report\b|临时公告")),
    (
        "earnings release",
        re.compile(r"\b(?:earnings|results) (?:press )?release\b|\bpress release\b|业绩(?:公告|快报)"),
    ),
    ("prospectus", re.compile(r"\bprospectus\b|招股(?:说明)?书|招股說明書|公開說明書|募集说明书")),
    ("proxy statement", re.compile(r"\bproxy statement\b")),
)


def kinds_named(question: str) -> frozenset[DocumentType]:
    """The kinds of documents that *question* names."""
    text = folded(question)
    return frozenset(kind for kind, pattern in _KINDS if pattern.search(text))
