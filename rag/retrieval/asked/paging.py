"""Questions that name pages of a document: what stands there comes first."""

import re
from collections.abc import Callable, Collection

from rag.language import folded

OnPages = Callable[[Collection[int], Collection[str]], Collection[int]]
"""The passages of some documents that stand on pages of these numbers, whether counted or printed."""

ASKED_FOR = 8.0
"""What it weighs that a page is asked for: more than words and meaning together mostly do. Set, not learnt."""

_MOST = 50  # pages of a stretch
_NUMBER = r"(?:[a-z]{1,3}-)?\d{1,5}|[ivxl]{1,7}"
_STRETCH = rf"(?:{_NUMBER})(?:\s*(?:-|–|—|~|to|through|至|到)\s*(?:{_NUMBER}))?"
_NAMED = re.compile(
    rf"(?<![a-z\d])(?:pages?|pp?\.)\s*(?:no\.?\s*|number\s+)?(?P<list>{_STRETCH}(?:\s*(?:,|and|&|or)\s*{_STRETCH})*)(?![\w%])"
    rf"|第\s*(?P<chinese>{_STRETCH}(?:\s*(?:、|,|，|和|及|或)\s*{_STRETCH})*)\s*页"
)
_ONE = re.compile(rf"({_NUMBER})(?:\s*(?:-|–|—|~|to|through|至|到)\s*({_NUMBER}))?")


def pages_named(question: str) -> frozenset[str]:
    """The numbers of the pages that *question* names, as they may be printed: ``12``, ``f-12``, ``iv``."""
    found: set[str] = set()
    for match in _NAMED.finditer(folded(question).replace("頁", "页")):
        for first, last in _ONE.findall(match["list"] or match["chinese"]):
            if last and first.isdigit() and last.isdigit():
                found.update(map(str, range(int(first), min(int(last), int(first) + _MOST) + 1)))
            else:
                found.update(filter(None, (first, last)))
    return frozenset(found)
