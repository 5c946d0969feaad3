"""The pages of financial statements: their titles, and the lines that only they add up to."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from rag.reading.about.lines import Line, lowered
from rag.records import PageTopic

_SPEAKS_OF = re.compile(
    r"\b(?:notes? to|see|accompanying|integral|index to|report of|schedule|selected|supplemental|summary|analys[ei]s"
    r"|data|highlights|overview|reconciliation|impact|effects?|parent|registrant only|information|classification"
    r"|arrangements?|on the|in the|in our|on our|to the|from the|of the|not|recorded|reported|included|presented)\b"
    r"|\bline items?\b"
    r"|附注|注释|分析|项目|摘要|会计处理"
)
_LAST_LETTER = re.compile(r"([a-z]{3}) ([b-hj-z])\b")  # links in filings part it from its word: "Incom e"
_STATEMENT = re.compile(r"\b(?:statements?|sheets?|accounts?)\b|表")
_OF_BOTH = re.compile(r"综合损益表|综合收益表")
_AND = re.compile(r"(?:income|operations|earnings|\(loss\))\s+and\b")
_ENDS_IN_NUMBERS = re.compile(
    r"(?P<label>.{3,120}?)[\s.$]+\(?[$¥]?\d[\d,.]*\)?(?:\s+[$(¥—–-]*\s*[\d,.—–-]+\)?)+\s*$", re.DOTALL
)
_LONGEST_TITLE, _LONGEST_ROW = 170, 260
_EAST = 0x2E7F


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement is known by: *needed* of its *lines* make one under one of its *titles*."""

    titles: re.Pattern[str]
    lines: tuple[re.Pattern[str], ...]
    needed: int


def statement_of(title: str) -> PageTopic:
    """The statement whose title *title* is; empty where it is none, or only speaks of one."""
    text = rejoined(lowered(title))
    if len(text) > _LONGEST_TITLE or text[-1:] in ".。" or not _STATEMENT.search(text) or _SPEAKS_OF.search(text):
        return ""
    if title[:1].islower():
        return ""  # the end of a sentence
    if _OF_BOTH.search(text):
        return "income statement"  # in Taiwan and Hong Kong, one statement of both
    known = statements()
    both = known["comprehensive income"].titles.search(text)
    if both:
        return "income statement" if _AND.search(text[: both.end()]) else "comprehensive income"
    order: tuple[PageTopic, ...] = ("balance sheet", "cash flow", "equity", "income statement")
    return next((topic for topic in order if known[topic].titles.search(text)), "")


def rejoined(text: str) -> str:
    """*text*, in lower case, whose words have their last letters again."""
    return _LAST_LETTER.sub(r"\1\2", text)


def evidence(lines: Sequence[Line]) -> dict[PageTopic, int]:
    """How many of the lines of each statement stand among *lines* with a number beside them."""
    labels = [label for label in filter(None, map(_label, lines)) if _says(_any_line(), label)]
    return {
        topic: sum(any(_says(pattern, label) for label in labels) for pattern in statement.lines)
        for topic, statement in statements().items()
    }


@cache
def statements() -> dict[PageTopic, Statement]:
    """What is known of each statement."""
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    names: tuple[PageTopic, ...] = get_args(PageTopic)
    return {
        name: Statement(
            re.compile("|".join(content[name]["titles"])),
            tuple(map(re.compile, content[name]["lines"])),
            content[name]["needed"],
        )
        for name in names
        if name in content
    }


@cache
def _any_line() -> re.Pattern[str]:
    """A line of any statement: few labels are, and the others need not be asked for each."""
    return re.compile("|".join(f"(?:{line.pattern})" for known in statements().values() for line in known.lines))


def _says(pattern: re.Pattern[str], label: str) -> bool:
    """Whether *label* begins as *pattern* says; a Chinese one may have a number before it."""
    return pattern.match(label) is not None or (ord(label[-1]) > _EAST and pattern.search(label) is not None)


def _label(line: Line) -> str:
    """What a row with numbers is called; empty where it has none."""
    if line.cells:
        if not any(any(map(str.isdigit, cell)) for cell in line.cells[1:]):
            return ""
        label = next((cell for cell in line.cells if not cell.isdigit()), "")
    else:
        match = _ENDS_IN_NUMBERS.match(line.text) if len(line.text) < _LONGEST_ROW else None
        label = match["label"] if match else ""
    return lowered(label).strip(" .:：$")
