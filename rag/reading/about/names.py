"""The names of the company or body that a document is about, the fullest first."""

import re
from collections import Counter
from collections.abc import Sequence

from rag.language import HAN
from rag.reading.about.chinese_names import chinese_names
from rag.reading.about.codes import TRADED
from rag.reading.about.legal_forms import BRACKETS, bare
from rag.reading.about.lines import PageLines

_NAMED_IN_CAPITALS = re.compile(r"\b(?:INCORPORATED|INC|CORPORATION|CORP|COMPANY|LIMITED|LTD|HOLDINGS|GROUP|THE)\b")
_STRONG = re.compile(
    r"\b(?:Incorporated|Inc|Corporation|Corp|Company|Co|Limited|Ltd|L\.?L\.?C|P\.?L\.?C|N\.V|S\.A|S\.E|AG|SE|S\.p\.A|GmbH|Berhad)\.?,?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?<=\b)(Incorporated|Inc|Corporation|Corp|Limited|Ltd|L\.?L\.?C|P\.?L\.?C|GmbH|Berhad)\b\.?\s+(?!and\b|&|of\b|\().*$",
    re.IGNORECASE,
)
_SUBSIDIARIES = re.compile(
    r",?\s+and\s+(?:its\s+)?(?:consolidated\s+)?(?:subsidiar(?:y|ies)|affiliates)(?:\s+compan(?:y|ies))?$",
    re.IGNORECASE,
)
_SMALL_CAPITALS = re.compile(r"\b([A-Z]) ([A-Z]{2,})\b")
_DOES = r"(?:[’']s|\s(?:is|was|has|had|will|may|offers|provides|believes|expects|sells|operates|continues|plans))\b"
_CHARTER = re.compile(r"exact name of (?:the )?(?:registrant|issuer|company)", re.IGNORECASE)
_NO_NAME = re.compile(
    r"commission|transition period|fiscal year|for the|form\s|\bact\b|date of report|registrant|identification|report\b"
    r"|^\W*$|^\d+\b|mark one|or$|securities|washington, d",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(
    r"((?:(?:[A-Z&][\w.&'’\-]*|&|of|and|the|de|du|la),?\s+){0,7}[A-Z][\w.&'’\-]*"
    r"(?:,?\s+(?:[A-Z]\w*|plc|ltd|inc|ag|se|nv|sa)\b\.?)?)\s*$"
)
_CALLED = re.compile(r"[\"“‘']([A-Z0-9][\w.&'’\- ]{1,40}?)[,.]?[\"”’']")
_ROLES = frozenset(
    "company corporation firm registrant we us our group issuer partnership trust bank fund parent board notes act"
    " annual meeting report agreement common stock seller buyer purchaser".split()
)
_SMALL_WORDS = frozenset("of and the de du la for & plc ltd inc ag se nv sa".split())
_NAMED_FILE = re.compile(
    rf"([{HAN}]{{2,12}})[：: \-]*(?:19|20)\d\d年?(?:年度|半年|第?.季|年报|中报)"
    r"|([A-Za-z][A-Za-z&.' \-]{1,40}?)[ \-]+(?:19|20)\d\d[ \-]*(?:q[1-4])?[ \-]*(?:10-?[kq]|8-?k|annual|earnings)\b",
    re.IGNORECASE,
)
_EXAMPLES = 4
_FEW = 600  # characters
_COVER_LINES = 25
_LONGEST_NAME = 8  # words
_USED_ALONE = 5  # times
_MOST_NAMES = 4


def names_of(pages: Sequence[PageLines], name: str) -> tuple[str, ...]:
    """The names of the one that the first *pages* are about, the fullest first; *name* is the file's, and is asked
    last: as ``Otter 2022 10K`` and 青荷纸业2022年年度报告 name a company.
    """
    found = _chartered(pages[:3]) or _traded(pages[:2])
    found = found or [*chinese_names(pages, name), *_on_the_cover(pages[:2])]  # one may have a name in each language
    if not found:
        match = _NAMED_FILE.match(name.replace("_", " "))
        return ((match[1] or match[2]).strip(" -"),) if match else ()
    text = "\n".join(line.text for page in pages for line in page.lines)
    full = _as_written(found[0], text)
    shorts = [*found[1:], *_called(full, text), *_used_alone(full, text), bare(full)]
    kept: dict[str, str] = {}
    for each in (full, *shorts):
        if len(each) > 1:
            kept.setdefault(each.casefold(), each)
    return tuple(kept.values())[:_MOST_NAMES]


def _chartered(pages: Sequence[PageLines]) -> list[str]:
    """The name above "(Exact name of registrant as specified in its charter)"."""
    for page in pages:
        for at, line in enumerate(page.lines):
            match = _CHARTER.search(line.text)
            if not match:
                continue
            above = [
                line.text[: match.start()].strip(" (_"),
                *(each.text for each in reversed(page.lines[max(0, at - 6) : at])),
            ]
            for text in above:
                candidate = text.strip(" _-–—*")
                if 1 < len(candidate) <= 90 and candidate[:1].isalnum() and not _NO_NAME.search(candidate):
                    return [candidate]
    return []


def _traded(pages: Sequence[PageLines]) -> list[str]:
    """The name before "(NYSE: ...)", and what it is called from there on."""
    for page in pages:
        for line in page.lines:
            match = TRADED.search(line.text)
            before = match and _NAME_BEFORE.search(line.text[: match.start()])
            if match and before and (name := _trimmed(before[1])):
                return [name]
    return []


def _trimmed(name: str) -> str:
    words = name.strip(" ,").split()
    while words and (
        words[0].lower() in ("of", "and", "&", "de", "du", "la") or (words[0].endswith(".") and len(words) > 2)
    ):
        words = words[1:]
    return " ".join(words)


def _on_the_cover(pages: Sequence[PageLines]) -> list[str]:
    """A heading of the first pages that is the name of a company, or begins with it; on a cover of few words, any line
    of it.
    """
    for page in pages:
        few = page.number == 1 and sum(len(line.text) for line in page.lines) < _FEW
        for line in page.lines[:_COVER_LINES]:
            text = _SUBSIDIARIES.sub("", BRACKETS.sub("", line.text)).strip(" ,")
            text = _GOES_ON.sub(r"\1", text) if line.heads else text
            if (line.heads or line.runs or few) and _is_company(text):
                return [text]
    return []


def _is_company(text: str) -> bool:
    words = text.split()
    return (
        1 < len(words) <= _LONGEST_NAME
        and _STRONG.search(text) is not None
        and not _NO_NAME.search(text)
        and all(word[0].isupper() or not word[0].isalpha() or word in _SMALL_WORDS for word in words)
    )


def _called(full: str, text: str) -> list[str]:
    """What a text calls *full* from its first mention on: ``Full Name, Inc. ("Short" or the "Company")``."""
    found: list[str] = []
    start = 0
    for _ in range(_EXAMPLES):
        at = text.casefold().find(full.casefold(), start)
        if at < 0:
            break
        start = at + len(full)
        following = text[start : start + 160]
        opens = re.match(r"[^(\n]{0,60}?\(([^)\n]{1,140})", following)
        while opens:
            for match in _CALLED.finditer(opens[1]):
                called = re.sub(r"^the\s+", "", match[1], flags=re.IGNORECASE).strip(" ,.")
                if called.casefold() not in _ROLES and called.split()[0].casefold()[:3] == bare(full).casefold()[:3]:
                    found.append(called)
            following = following[opens.end() :]
            opens = re.match(r"\)\s*\(([^)\n]{1,140})", following)
    return found


def _as_written(name: str, text: str) -> str:
    """*name*, which may be set in capitals, as running text writes it."""
    name = _SMALL_CAPITALS.sub(r"\1\2", name)
    if not name.isupper():
        return _NAMED_IN_CAPITALS.sub(lambda match: match[0].capitalize(), name)
    loose = re.escape(name).replace(r",", ",?").replace(r"\ ", r"\s+")
    forms = Counter(match[0] for match in re.finditer(loose, text, re.IGNORECASE) if not match[0].isupper())
    if forms:
        return " ".join(forms.most_common(1)[0][0].split())
    short = bare(name)
    found = re.finditer(rf"\b{re.escape(short)}\b", text, re.IGNORECASE)
    parts = Counter(match[0] for match in found if not match[0].isupper())
    if parts and len(short) > len("AAA") and short in name:
        name = name.replace(short, parts.most_common(1)[0][0])
        return _NAMED_IN_CAPITALS.sub(lambda match: match[0].capitalize(), name)
    return name


def _used_alone(full: str, text: str) -> list[str]:
    """The beginning of a name that a text uses for all of it: "Kestrel is", and "Kestrel's"."""
    words = bare(full).split()
    for length in range(1, len(words)):
        short = " ".join(words[:length]).strip(" ,&")
        if len(short) > len("AAA") and len(re.findall(rf"\b{re.escape(short)}{_DOES}", text)) >= _USED_ALONE:
            return [short]
    return []
