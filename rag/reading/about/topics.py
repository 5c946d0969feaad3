"""What each page holds: from its headings and its tables, and from the section that the pages before have begun."""

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import cast

from rag.reading.about.kinds import folded_title
from rag.reading.about.lines import Line, PageLines, page_lines
from rag.reading.about.statements import STATEMENTS, evidence, titled
from rag.records import Leaf, PageTopic

_ITEM = re.compile(r"^(?:part\s+[ivx]+\W{0,3})?\s*(?:item\s*\d{1,2}\s*[a-c]?\b\W{0,3})?", re.IGNORECASE)
_CHINESE_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十百\d]+[章节節部分]|[一二三四五六七八九十]+)?\s*[、.．：:]?\s*"
)
_SECTIONS: tuple[tuple[PageTopic, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern, re.IGNORECASE))
    for topic, pattern in (
        ("notes", r"(?:\w+[ ,]+){0,6}notes to (?:the )?(?:\w+ ){0,4}financial statements?|notes to consolidated|财务报表(?:项目)?附注|合并财务报(?:表|告)(?:项目)?附注|会计报表附注"),
        ("discussion", r"(?:combined )?management['’]?s (?:financial )?(?:discussion|review|report on operations)|operating and financial review"
         r"|financial review$|(?:经营情况|管理层|董事会|管理層)(?:的)?讨论(?:与|和|及)分析|(?:董事会报告|营运回顾|财务回顾)$"),
        ("risks", r"risk factors|quantitative and qualitative disclosures? about market|principal risks|(?:重大)?风险(?:提示|因素)$|可能面对的风险"),
        ("audit", r"reports? of (?:the )?independent|independent auditor|auditor['’]?s['’]? report|(?:会计师|会計師)?(?:审计|核阅|查核)报告$|会计师(?:查核|核阅)报告|独立(?:核数|审计)师报告"),
        ("governance", r"controls and procedures|directors,? (?:and )?executive officers|executive compensation|corporate governance|security ownership"
         r"|certain relationships|principal account(?:ant|ing)|changes in and disagreements|公司治理|董事、监事|重要事项$|(?:普通股)?股份变动|(?:公司)?债券相关"),
        ("exhibits", r"exhibits?(?:$|,| and | index|\s+list)|index to exhibits|exhibit and financial|备查文件"),
        ("signatures", r"signatures?$|power of attorney|签字页|签署页"),
        ("business", r"(?:our )?business(?: overview| description)?$|general development of business|properties$|description of business|公司业务概要|业务概(?:要|况)|公司简介"),
        ("", r"financial statements and supplementary data|(?:consolidated )?financial statements(?: \(unaudited\))?$|selected (?:consolidated )?financial data"
         r"|legal proceedings$|unresolved staff|market for (?:the )?registrant|mine safety|other information$|unregistered sales|defaults upon|释义$|财务报告$|财务报表$"),
    )
)  # fmt: skip
_CONTENTS = re.compile(
    r"^(?:table of )?contents\b|^index\b|^目\s*[录錄次]$|index to (?:the )?(?:form|consolidated|financial)",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|\s)\s*(?:[A-Z]{1,2}-)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?$")
_LEADERS = re.compile(r"\.{4,}|…{2,}|·{4,}|(?:\. ){4,}")
_ITEM_ONLY = re.compile(r"^(?:part\s+[ivx]+\W{0,3})?\s*item\s*\d{1,2}\s*[a-c]?\b\W{0,3}", re.IGNORECASE)
_CONTINUES = re.compile(r"^see\b|\bsee\b.{0,30}\bitem\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_COVER = re.compile(
    r"exact name of (?:the )?registrant|commission file n|securities and exchange commission", re.IGNORECASE
)
_TOP = 12  # lines
_LONGEST_HEADING = 150
_SOME = 5  # entries make a list
_FEW = 600  # characters
_COVER_LINES = 30
_SHORT = 60
_EAST = 0x2E7F


class Topics:
    """Tells what the pages of one document hold, given one after another."""

    def __init__(self) -> None:
        self._section: PageTopic = ""
        self._last: PageTopic = ""
        self._noted = False

    def of(self, page: PageLines) -> PageTopic:
        """What *page* holds; the pages before it have been given already."""
        found = self._of(page)
        self._last = found
        return found

    def _of(self, page: PageLines) -> PageTopic:
        began = self._sections(page)
        if _lists_contents(page):
            return "contents"
        if page.number <= 2 and _is_cover(page, self._last):
            return "cover"
        counts = evidence(page.lines)
        if statement := self._statement(page, counts, began):
            if statement != "income statement" or self._section not in ("discussion", "notes"):
                self._section = "" if self._section != "notes" else self._section
            return statement
        if self._section == "audit" and not began and self._last in STATEMENTS:
            self._section = ""
        return began or self._section

    def _sections(self, page: PageLines) -> PageTopic:
        """The section that holds most of *page*; the last one that begins on it is that of the pages after."""
        here = self._section
        begun: list[tuple[int, PageTopic]] = []
        for at, line in enumerate(page.lines):
            topic = _section_of(line, page.lines[at + 1] if at + 1 < len(page.lines) else None)
            if topic is not None:
                begun.append((at, topic))
        if not begun:
            return ""
        self._section = begun[-1][1]
        starts = [at for at, _ in begun]
        weights: dict[PageTopic, int] = {}
        for start, stop, topic in zip(
            [0, *starts], [*starts, len(page.lines)], [here, *(t for _, t in begun)], strict=True
        ):
            weights[topic] = weights.get(topic, 0) + sum(len(line.text) + 20 for line in page.lines[start:stop])
        return max(weights, key=lambda topic: weights[topic])

    def _statement(self, page: PageLines, counts: dict[PageTopic, int], began: PageTopic) -> PageTopic:
        top = _titles(page.lines[:_TOP])
        for topic in top:
            if counts[topic] >= _NEEDED[topic]:
                return topic
        if self._section == "notes" or self._last == "notes":
            return ""
        later = [topic for topic in _titles(page.lines) if counts[topic] >= _NEEDED[topic] + 2]
        if later and self._section not in ("discussion", "risks"):
            return later[0]
        if self._last in STATEMENTS and counts[self._last] >= 3 and began in ("", self._last):
            return self._last
        return ""


_NEEDED: dict[PageTopic, int] = {
    "balance sheet": 4,
    "income statement": 4,
    "comprehensive income": 2,
    "cash flow": 4,
    "equity": 3,
}


def topical(leaves: Iterator[Leaf]) -> Generator[Leaf]:
    """*leaves* of one document, from its first on, each with what it holds; *leaves* are closed with this."""
    topics = Topics()
    with closing(cast("Generator[Leaf]", leaves)):
        for leaf in leaves:
            yield replace(leaf, topic=topics.of(page_lines(leaf)))


def _section_of(line: Line, following: Line | None) -> PageTopic | None:
    """The section that *line* is the heading of; ``None`` where it is none."""
    text = line.text
    if len(text) > _LONGEST_HEADING or not (line.heads or line.runs or _ITEM_ONLY.match(text)):
        return None
    if line.cells or text.endswith((".", "。", ",")) and not _ITEM_ONLY.match(text):
        return None
    if _ITEM_ONLY.fullmatch(text) and following is not None and not following.cells:
        text = following.text
    bare = _bare(text)
    if not bare or _CONTINUES.search(bare):
        return None
    for topic, pattern in _SECTIONS:
        if pattern.match(bare):
            return topic
    return None


def _bare(text: str) -> str:
    """A heading without its number, simplified."""
    simple = folded_title(text).strip()
    return _CHINESE_NUMBER.sub("", _ITEM.sub("", simple)).strip(" .:：—–-")


def _titles(lines: Sequence[Line]) -> list[PageTopic]:
    """The statements whose titles stand in *lines*, as headings, or over several short lines."""
    found: list[PageTopic] = []
    for at, line in enumerate(lines):
        if len(line.cells) > 1 and _DIGIT.search(line.text):
            continue
        topic = titled(line.text)
        if not topic and line.heads:
            pieces = [each.text for each in lines[at : at + 4] if each.heads or len(each.text) < _SHORT]
            topic = titled(
                "".join(pieces) if any(ord(letter) > _EAST for letter in line.text[:1]) else " ".join(pieces)
            )
        if topic and topic not in found:
            found.append(topic)
    return found


def _lists_contents(page: PageLines) -> bool:
    """Whether *page* is a list of what stands where."""
    lines = page.lines
    leading = sum(len(line.text) < 260 and _LEADS_TO.search(line.text) is not None for line in lines)
    dotted = sum(_LEADERS.search(line.text) is not None for line in lines)
    named = any(_CONTENTS.match(folded_title(line.text)) for line in lines[:10] if not line.runs)
    most = max(1, len(lines))
    return (named and leading >= _SOME and leading >= most / 3) or dotted >= max(_SOME, most / 2)


def _is_cover(page: PageLines, last: PageTopic) -> bool:
    text = " ".join(line.text for line in page.lines)
    if len(_COVER.findall(text)) > 1 or (
        page.number > 1 and last == "cover" and "incorporated by reference" in text.lower()
    ):
        return page.number == 1 or len(page.lines) < _COVER_LINES
    return page.number == 1 and len(text) < _FEW and any(line.heads for line in page.lines)
