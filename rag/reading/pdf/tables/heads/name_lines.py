"""Lines that may say what a table is called, and lines that never do: a company's name, a unit, a page number."""

import re

from rag.language import HAN, has_han
from rag.reading.about.legal_forms import ends_in_legal_form
from rag.reading.pdf.tables.heads.introductions import introduces, without_unit
from rag.reading.pdf.tables.heads.table_heads import ends_prose

_LONGEST, _LONGEST_CHINESE = 80, 30  # characters of a line of text that names what stands below it
_LONGEST_COMPANY, _SHORTEST_SENTENCE = 7, 6  # words
_BRACKETED = r"[(（][^()（）]*[)）]"
_NOTHING = re.compile(
    r"(?:table of )?contents|index|目\s*[录錄]|.*\bform (?:10|8|20|6)-?[kqf]\b.*|exhibits? [\d.]+|page \d+"
    r"|[A-Z]{1,4}(?:-\d+)+|(?:sources?|notes?)\s*[:：].*|[(（]?[单單]位[:：].*|.*是否.*"
    r"|.*\b(?:the|an?|and|or|of|to|by|from|with|reflecting|including)",
    re.IGNORECASE,
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_TIME = re.compile(
    r"(?:(?:and|for|as of|at|the|fiscal|three|six|nine|twelve|\d{1,2}|years?|quarters?|months|weeks|ended|ending)\s+)*"
    rf"(?:{_MONTH}\.?\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?|(?:19|20)\d\d)(?:(?:,\s*|\s+and\s+|\s*-\s*).*\d)?"
    r"|[（(]?(?:中?[华華]?民[国國]|截至|西元)?[一二三四五六七八九十百○〇零\d年月日及至暨、—–\-\s]+[止]?[)）]?",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r".*(?:\band (?:its )?(?:consolidated )?subsidiar(?:ies|y companies)|[及和暨與与]其?子公司)", re.IGNORECASE
)
_REMARK = re.compile(_BRACKETED)
_TICKED = re.compile(r"[□√☑☒]\s*(?:[适適]用|不[适適]用|是|否)?")
_APART = re.compile(f"(?:[{HAN}] )+[{HAN}]")
_AMOUNT = re.compile(r"[$€£¥￥]|\d,\d{3}")
_STOPS = re.compile(r"[。；，]|^\[|\b(?:Inc|Ltd|LLC|Corp)\b")
_CAPITALS = re.compile(r"(?:[A-Z\d(&–—-]\S*|(?:of|the|and|or|in|for|by|to|on|with|from|per|at|an?)\b|\s|\([^()]*\))+")
_PHRASE = re.compile(
    r"(?!.*\b(?:is|are|was|were|has|have|had|will|should|may|can|not|we|our|it|this|these|see|refer)\b)"
    r"[A-Z][^.;!?]+ .*",
    re.IGNORECASE,
)


def closed(text: str) -> str:
    """*text* in one line, with no space between characters that are set apart: ``合 併 損 益 表``."""
    text = " ".join(text.split())
    return text.replace(" ", "") if _APART.fullmatch(text) else text


def bare(name: str) -> str:
    """*name* without its unit and a colon at its end."""
    return without_unit(name).rstrip(" :：") or name


def without_ticks(text: str) -> str:
    """*text* without boxes to tick and what is said beside them: ``√适用 □不适用``."""
    return _TICKED.sub("", text).strip()


def is_ticked(line: str) -> bool:
    """Whether *line* only says by boxes that are ticked whether what stands below it applies."""
    return _TICKED.search(line) is not None and not without_ticks(line)


def names_company(line: str) -> bool:
    """Whether *line* is the name of a company, or of one and its subsidiaries; ``Ten largest holdings`` is none."""
    words = line.split()
    legal = 0 < len(words) <= _LONGEST_COMPANY and not words[-1][0].islower() and ends_in_legal_form(line)
    return legal or _GROUP.fullmatch(line) is not None


def says_aside(line: str) -> bool:
    """Whether *line* says who, when, whether or how, and not what: a company, a date or a period, boxes that are
    ticked, a remark in brackets.
    """
    told = names_company(line) or is_ticked(line)
    return told or _TIME.fullmatch(bare(line)) is not None or _REMARK.fullmatch(line) is not None


def names_nothing(line: str) -> bool:
    """Whether *line*, though it is set as a heading, never says what stands below it."""
    broken = line.count("(") + line.count("（") != line.count(")") + line.count("）") or line[:1].islower()
    sentence = ends_prose(line) and len(line.split()) >= _SHORTEST_SENTENCE and not _CAPITALS.fullmatch(line)
    return broken or sentence or introduces(line) or says_aside(line) or _NOTHING.fullmatch(line) is not None


def names_below(line: str) -> bool:
    """Whether *line*, a paragraph of text, names what stands below it, and is no sentence nor a row of figures."""
    if not line or ends_prose(line) or _STOPS.search(line) or _AMOUNT.search(bare(line)) or names_nothing(line):
        return False
    if has_han(line):
        return len(line) <= _LONGEST_CHINESE
    return len(line) <= _LONGEST and _PHRASE.fullmatch(bare(line)) is not None
