"""What a document calls itself, where that says more than whose report of which year it is."""

import re
from collections.abc import Sequence

from rag.reading.about.lines import Line, PageLines, lowered
from rag.records import DocumentType

_NAMED_BY_THE_REST = frozenset(
    {"annual report", "half-year report", "quarterly report", "current report", "earnings release", "proxy statement"}
)
_INSURANCE = re.compile(r"保险|寿险|附约|年金|insurance|assurance")
_NO_TITLE = re.compile(
    r"^(?:table of )?contents?\b|^目\s*[录次]|^page\b|^\W*\d*\W*$|事务所|^民国"
    r"|^(?:figure|table|chart|exhibit|note|item|part|section|appendix) [\divxa-z]\b"
    r"|^第.{1,6}[条章节]|^[（(]?[一二三四五六七八九十\d]+[)）、.．]|@|https?:|^www\.|^to:|^from:|^date:|^re:|^abstract$|^摘要"
    r"|securities and exchange commission|^for immediate release|^confidential|^以下简称|^[（(]以下"
)
_SENTENCE = re.compile(r"[。；;,，:：]$|[a-z]\.$")
_CODE = re.compile(r"_[A-Z\d]{2,}$|[（(](?:样本|樣本|sample)[)）]$", re.IGNORECASE)
_SHORTEST, _LONGEST = 5, 150
_FIRST = 3  # lines


def title_of(pages: Sequence[PageLines], kind: DocumentType, names: Sequence[str]) -> str:
    """The title of the document whose first *pages* are given; empty where it is of a kind that its company and its
    year name better, or no line is one.
    """
    if not pages or (kind in _NAMED_BY_THE_REST and names) or kind == "data":
        return ""
    lines = pages[0].lines
    running = [line for line in lines if line.runs]
    standing = [line for line in lines if not line.runs]
    if kind == "policy":
        first = [*running, *standing[:_FIRST], *(line for line in standing[:12] if line.heads)]
        return next((_plain(line) for line in first if _is_title(line, names) and _says_insurance(line)), "")
    if standing and standing[0].heads:
        head = next((line for line in standing[:_FIRST] if line.heads and _is_title(line, names)), None)
        if head is not None:
            return _plain(head)
    return next((_plain(line) for line in running if _is_title(line, names)), "")


def _says_insurance(line: Line) -> bool:
    return _INSURANCE.search(lowered(line.text)) is not None


def _is_title(line: Line, names: Sequence[str]) -> bool:
    text = line.text
    letters = sum(letter.isalpha() for letter in text)
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and 2 * letters > len(text)
        and not any(text.startswith(name) and len(text) < len(name) + _SHORTEST for name in names[:1])
        and not line.cells
        and not _SENTENCE.search(text)
        and not _NO_TITLE.search(lowered(text))
    )


def _plain(line: Line) -> str:
    return _CODE.sub("", line.text).strip(" -–—·|")
