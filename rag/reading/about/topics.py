"""What each page holds: from its headings and its tables, and from the section that the pages before have begun."""

import re
import tomllib
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

from rag.reading.about.lines import Line, PageLines, lowered, page_lines
from rag.reading.about.statements import evidence, rejoined, statement_of, statements
from rag.records import Leaf, PageTopic

_ITEM = re.compile(r"(?:part\s+[ivx]+\W{1,3})?\s*item\s*\d{1,2}\s*[a-c]?\b\W{0,3}")
_PART = re.compile(r"part\s+[ivx]+\W{0,3}")
_NUMBER = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+[章节部分编篇]+|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)]"
    r"|\d+[、.．])\s*[、.．：:]?\s*"
)
_SECTION_NUMBER = re.compile(r"第[一二三四五六七八九十百\d]+[章节部编篇]")
_A_NOTE = re.compile(r"notes?\s+\d{1,2}\b\s*[-–—.:(]|note\s+\d{1,2}$")
_REFERS = re.compile(
    r"\bsee\b|\baccompanying\b|\bintegral\b|\brefer\b|\bthese\b|\bsuch\b|\bour\b.{0,20}\bnotes\b|参见|请见|详见"
)
_SELECTED = re.compile(r"selected|highlights|five.year|summary|analys[ei]s|主要财务|摘要")
_PLAIN_TITLE = re.compile(
    r"(?:简明|合并及?|母公司|公司|个体|个别)*"
    r"(?:资产负债表|利润表|现金流量表|综合损益表|损益表|(?:所有者|股东)?权益变动表)(?:[（(]?续[)）]?)?"
)
_OPENS_DISCUSSION = re.compile(r"(?:the following (?:is )?|this )managements discussion and analysis\b")
_CONTENTS = re.compile(
    r"(?:table of )?contents\b|index$|i n d e x$|目\s*[录次]$"
    r"|(?:.{0,60} )?index to |form 10-[kq] (?:table of contents|cross)"
)
_PAGE_HEAD = re.compile(r"(?:^|\s)(?:beginning )?page(?: no\.?| number)?$|页[码次]$")
_LEADS_TO = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|\s)\s*(?:[a-z]{1,2}-)?\d{1,3}(?:\s*[-–,]\s*\d{1,3})*$")
_LEADERS = re.compile(r"\.{4,}|…{2,}|·{4,}|(?:\. ){4,}")
_COVER = re.compile(r"exact name of (?:the )?registrant|commission file n|securities and exchange commission")
_TOP = 12  # lines
_LONGEST_HEADING, _LONGEST_ITEM = 150, 300
_SOME = 5  # entries make a list
_FEW = 600  # characters
_COVER_LINES = 30
_SHORT = 60
_EAST = 0x2E7F


class Topics:
    """Tells what the pages of one document hold, given one after another from the first on."""

    def __init__(self) -> None:
        self._section: PageTopic = ""
        self._last: PageTopic = ""
        self._begun: PageTopic = ""  # the statement that began last, which the next page may go on with

    def of(self, page: PageLines) -> PageTopic:
        """What *page* holds, as far as it, and the pages before it, say."""
        if _lists_contents(page):
            self._last = "contents"
        elif page.number <= 2 and _is_cover(page, self._last):
            self._last = "cover"
        else:
            before = self._section
            held = self._held(page)
            self._last = self._statement(page, before) or held
        return self._last

    def _held(self, page: PageLines) -> PageTopic:
        """The section that holds most of *page*; the last one that begins on it is that of the pages after it."""
        here = self._section
        begun = [
            (at, topic)
            for at, line in enumerate(page.lines)
            if (topic := _section_of(line, page.lines[at + 1 : at + 2], here)) is not None
        ]
        if not begun:
            return here
        last = begun[-1][1]
        self._section = "exhibits" if last == "signatures" else last
        starts = [at for at, _ in begun]
        weights: dict[PageTopic, int] = {}
        parts = zip([0, *starts], [*starts, len(page.lines)], [here, *(topic for _, topic in begun)], strict=True)
        for start, stop, topic in parts:
            length = sum(len(line.text) + 20 for line in page.lines[start:stop] if not line.runs)
            weights[topic] = weights.get(topic, 0) + length
        return max(weights, key=lambda topic: weights[topic])

    def _statement(self, page: PageLines, before: PageTopic) -> PageTopic:
        """The statement that *page* is, or goes on with."""
        if before == "notes" or "notes" in (self._section, self._last):
            return ""
        counts, known = evidence(page.lines), statements()
        titles = {topic: plain for topic, (selected, plain) in _titles(page.lines).items() if not selected}
        goes_on = self._begun if self._last in known else ""
        for topic in [topic for topic in _titles(page.lines[:_TOP]) if topic in titles]:
            needed = 1 if titles[topic] else known[topic].needed + (2 if self._section == "discussion" else 0)
            if counts[topic] >= needed or topic == goes_on:
                return self._found(topic, titles)
        if self._section in ("discussion", "risks", "business"):
            return ""
        for topic in titles:
            if counts[topic] >= known[topic].needed + 2:
                return self._found(topic, titles)
        if goes_on and (counts[goes_on] >= known[goes_on].needed or (counts[goes_on] and _opens_with_rows(page))):
            return self._found(goes_on, titles)
        return ""

    def _found(self, topic: PageTopic, titles: Mapping[PageTopic, bool]) -> PageTopic:
        """After statements comes what says so: an item before them, or a report on them, goes on no further."""
        if self._section != "exhibits":
            self._section = ""
        self._begun = list(titles)[-1] if topic in titles else topic
        return topic


def topical(leaves: Iterator[Leaf]) -> Generator[Leaf]:
    """*leaves* of one document, from its first on, each with what it holds; *leaves* are closed with this."""
    topics = Topics()
    with closing(cast("Generator[Leaf]", leaves)):
        for leaf in leaves:
            yield replace(leaf, topic=topics.of(page_lines(leaf)))


def _section_of(line: Line, following: Sequence[Line], here: PageTopic) -> PageTopic | None:
    """The section that *line* is the heading of; ``None`` where it is none."""
    text = rejoined(lowered(line.text).strip())
    if _OPENS_DISCUSSION.match(text) and here in ("", "business"):
        return "discussion"
    item = _ITEM.match(text)
    if item and not text[item.end() :].strip() and following and not following[0].cells:
        text += " " + lowered(following[0].text)
    if not _is_heading(line, text, under_number=item is not None):
        return None
    bare = _bare(text)
    anywhere, numbered = _sections()
    if not line.runs and _A_NOTE.match(text) and here in ("", "audit"):
        return "notes"
    if topic := next((topic for topic, pattern in anywhere.items() if pattern.match(bare)), None):
        return topic if topic != "notes" or not line.runs or here != "exhibits" else None
    chapter = _SECTION_NUMBER.match(text) is not None
    if line.runs or not (item or chapter):
        return None
    return next((topic for topic, pattern in numbered.items() if pattern.match(bare)), "" if chapter else None)


def _is_heading(line: Line, text: str, *, under_number: bool) -> bool:
    if len(text) > (_LONGEST_ITEM if under_number else _LONGEST_HEADING) or line.cells:
        return False
    if not (line.heads or line.runs or under_number) or _REFERS.search(text):
        return False
    return under_number or not text.endswith((",", "。", ";", "；"))


def _bare(text: str) -> str:
    """A heading without its number."""
    short = _ITEM.sub("", text, count=1) if _ITEM.match(text) else _PART.sub("", text, count=1)
    match = _NUMBER.match(short)
    return (short[match.end() :] if match else short).strip(" .:：—–-*")


def _titles(lines: Sequence[Line]) -> dict[PageTopic, tuple[bool, bool]]:
    """The statements whose titles stand in *lines*, each with whether it is only a selection of it, and whether its
    title is nothing but that.
    """
    found: dict[PageTopic, tuple[bool, bool]] = {}
    selected = False
    for at, line in enumerate(lines):
        if not line.text or (len(line.cells) > 1 and any(map(str.isdigit, line.text))):
            continue
        text = lowered(line.text)
        short = len(text) < _LONGEST_HEADING
        topic = statement_of(line.text)
        if not topic and line.heads:
            pieces = [each.text for each in lines[at : at + 5] if each.heads or len(each.text) < _SHORT]
            east = ord(line.text[0]) > _EAST
            topic = statement_of("".join(pieces) if east else " ".join(pieces[:3]))
        if topic:
            found.setdefault(topic, (selected, _PLAIN_TITLE.fullmatch(text) is not None))
        elif short and (line.heads or line.runs) and _SELECTED.search(text):
            selected = True
    return found


def _opens_with_rows(page: PageLines) -> bool:
    first = next((line for line in page.lines if not line.runs), None)
    return first is not None and bool(first.cells)


def _lists_contents(page: PageLines) -> bool:
    """Whether *page* is a list of what stands where."""
    texts = [lowered(line.text) for line in page.lines if not line.runs]
    leading = sum(len(text) < 260 and text[-1:].isdigit() and _LEADS_TO.search(text) is not None for text in texts)
    dotted = sum(_LEADERS.search(text) is not None for text in texts)
    named = any(
        _CONTENTS.match(lowered(line.text)) or _PAGE_HEAD.search(lowered(line.text))
        for at, line in enumerate(page.lines)
        if not line.runs and (at < _TOP or (line.heads and at < 3 * _TOP))
    )
    most = max(1, len(texts))
    return (named and leading >= _SOME and leading >= most / 3) or dotted >= max(_SOME, most / 2)


def _is_cover(page: PageLines, last: PageTopic) -> bool:
    text = " ".join(line.text for line in page.lines).lower()
    if page.number > 1:
        return last == "cover" and "incorporated by reference" in text and len(page.lines) < _COVER_LINES
    if len(_COVER.findall(text)) > 1:
        return True
    sentences = sum(line.text.endswith((".", "。")) for line in page.lines)
    return 0 < len(text) < _FEW and 2 * sentences < len(page.lines) and not any(line.cells[1:] for line in page.lines)


@cache
def _sections() -> tuple[Mapping[PageTopic, re.Pattern[str]], Mapping[PageTopic, re.Pattern[str]]]:
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))

    def compiled(part: str) -> Mapping[PageTopic, re.Pattern[str]]:
        return {
            cast("PageTopic", "" if name == "plain" else name): re.compile("|".join(patterns))
            for name, patterns in content[part].items()
        }

    return compiled("anywhere"), compiled("numbered")
