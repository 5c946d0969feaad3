"""What kind of document it is, as its cover says."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

from rag.reading.about.lines import Line, PageLines, lowered, simplified
from rag.reading.about.periods import Told
from rag.records import DocumentType

_FORM = re.compile(
    r"\bform\s+(?P<form>10-?k(?:405|t|sb)?|20-?f|40-?f|10-?q(?:sb)?|8-?k|6-?k|s-[1-4]|f-[1-4]|424b\d|n-?1a|11-?k"
    r"|def ?14a)(?:/a)?\b"
)
_COMMISSION = re.compile(r"securities and exchange commission")
_HEADLINE = re.compile(
    r"\b(?:reports?|announces?|posts?|delivers?)\b.{0,80}\b(?:results|earnings|quarter)\b"
    r"|\b(?:quarter|year)\b.{0,40}\bresults\b"
)
_TOLD_TODAY = re.compile(
    r"\btoday (?:reported|announced)\b|for immediate release|\b(?:reported|announced) (?:its )?(?:financial )?results\b"
)
_RESULTS = re.compile(r"\b(?:results|earnings|net income|revenues?|sales)\b")
_ABSTRACT = re.compile(r"(?:abstract|摘\s*要)(?:$|\W)")
_SCHOLARLY = re.compile(r"\barxiv\b|\bdoi\b|\bproceedings of\b|\bkeywords?\b|关键词|\bintroduction\b|\bet al\b|引言")
_INSURED = re.compile(r"被保险人|要保人|投保人|受益人|保险金")
_THIS_POLICY = re.compile(r"本契约|本保险|本合同|本附约")
_PARTIES = re.compile(
    r"\bthis agreement\b.{0,160}\b(?:by and between|entered into|is made)\b|甲方.{0,300}乙方", re.DOTALL
)
_STATEMENTS = re.compile(r"合并财务报[表告]|个体财务报[表告]|资产负债表|损益表|现金流量表|权益变动表")
_LONGEST_TITLE = 160
_LONGEST_PLAIN_TITLE = 60
_HEADS, _PLAIN = 40, 14  # lines in which a heading, and a line without that rank, may be a title
_TALK_OF_INSURANCE = 6  # times
_FORM_WITHIN = 40  # lines
_NOTICE_WITHIN, _STORY_WITHIN = 3000, 6000  # characters
_WORDS_ON_A_SLIDE, _SLIDES = 140, 4


def kind_of_document(pages: Sequence[PageLines], cover: str, name: str, *, workbook: bool = False) -> DocumentType:
    """The kind of the document whose first *pages* are given, and their text as a *cover*; empty where nothing says."""
    lines = [line for page in pages[:2] for line in page.lines]
    early = simplified(cover).lower()
    short = " ".join(line.text for line in lines[:_FORM_WITHIN] if len(line.text) < _LONGEST_TITLE)
    form = _FORM.search(lowered(short))
    if form and _COMMISSION.search(early[:_NOTICE_WITHIN]):
        return _of_form(form["form"])
    if pages and _is_release(pages[0].lines):
        return "earnings release"
    for page in pages[:2]:
        if kind := _titled(page.lines):
            return kind
    if workbook:
        return _named(name) or "data"
    return _by_words(pages, early) or _named(name)


def kind_of_statements(cover: str, told: Told) -> DocumentType:
    """The kind of a document that is nothing but statements of a period that was *told*."""
    if told.year is None or not _STATEMENTS.search(simplified(cover)):
        return ""
    return "quarterly report" if told.quarter else "annual report"


def _of_form(form: str) -> DocumentType:
    code = "".join(letter for letter in form if letter.isalnum())
    return next((kind for start, kind in _known()[0] if code.startswith(start)), "")


def _is_release(lines: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in lines)[:_STORY_WITHIN].lower()
    heads = [line.text.lower() for line in lines[:_PLAIN] if len(line.text) < 2 * _LONGEST_TITLE]
    early = text[:_NOTICE_WITHIN]
    if _COMMISSION.search(text[: _NOTICE_WITHIN // 6]) or not _RESULTS.search(early) or not _TOLD_TODAY.search(text):
        return False
    return any(map(_HEADLINE.search, heads)) or _TOLD_TODAY.search(early) is not None


def _titled(lines: Sequence[Line]) -> DocumentType:
    """By the first line that stands over others, or runs on every page; or is short, and among the very first."""
    for line in lines[:_HEADS]:
        if (line.heads or line.runs) and len(line.text) <= _LONGEST_TITLE and (kind := _title(line.text)):
            return kind
    for line in lines[:_PLAIN]:
        plain = len(line.cells) < 2 and not line.text.endswith(("。", ".", "；", ";", "，", ","))
        if plain and len(line.text) <= _LONGEST_PLAIN_TITLE and (kind := _title(line.text)):
            return kind
    return ""


def _title(text: str) -> DocumentType:
    plain = lowered(text)
    return next((kind for kind, pattern in _known()[1] if pattern.search(plain)), "")


def _by_words(pages: Sequence[PageLines], early: str) -> DocumentType:
    if len(_INSURED.findall(early)) >= _TALK_OF_INSURANCE and _THIS_POLICY.search(early):
        return "policy"
    starts = any(_ABSTRACT.match(lowered(line.text)) for page in pages[:2] for line in page.lines)
    if starts and _SCHOLARLY.search(early):
        return "paper"
    if _PARTIES.search(early):
        return "contract"
    if len(pages) >= _SLIDES and all(page.wide for page in pages):
        words = sorted(sum(len(line.text.split()) for line in page.lines) for page in pages)
        if words[len(words) // 2] < _WORDS_ON_A_SLIDE:
            return "presentation"
    return ""


def _named(name: str) -> DocumentType:
    plain = lowered(name.replace("_", " ").replace("-", " "))
    if form := _FORM.search(f"form {plain}") or re.search(r"\b(?P<form>10 ?k|20 ?f|10 ?q|8 ?k)\b", plain):
        return _of_form(form["form"])
    return _title(plain)


@cache
def _known() -> tuple[list[tuple[str, DocumentType]], list[tuple[DocumentType, re.Pattern[str]]]]:
    """Kinds by the beginnings of forms, and by titles."""
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    forms = [(start, cast("DocumentType", kind)) for start, kind in content["forms"]]
    titles = [(cast("DocumentType", kind), re.compile("|".join(each))) for kind, each in content["titles"].items()]
    return forms, titles
