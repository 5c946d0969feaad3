"""What a question wants of a table that a report prints: how a line moved, its share, its course, the first of its
rows, or what stands in a cell. What the title says, or a label over a group of rows, need not be said by a line again.
"""

import re
from dataclasses import replace
from itertools import combinations_with_replacement

from rag.figures.asked.alike import ALIKE
from rag.figures.asked.label_forms import bare, said
from rag.figures.asked.labels import pattern_of
from rag.figures.asked.report_words import KIND_RANKED, RANKED_BY
from rag.figures.asked.reported import Reported
from rag.figures.cells.lookups import lookup
from rag.figures.cells.report_lines import difference, growth, over_years, printed_change, printed_share, share
from rag.figures.plans.statements import Plan
from rag.language import HAN

_WORD = re.compile(rf"[a-z]+|[{HAN}]")
_WHEN = re.compile(r"years?|quarters?|months?|periods?|年|季|月")
_NO_PART = re.compile(r"corporate|unallocated|eliminat|reconcil|抵[销消]|未分[配摊]")
"""Lines beside the parts of a whole that are none of them."""
_KIND = re.compile(r"^(?:分|按|by )|(?:情况|构成)$")
_SHORTEST = 3


def of_report(asked: Reported, *, chinese: bool) -> Plan | None:
    """How to answer *asked* by cells of its table; ``None`` when they are not surely named."""
    wordings = [asked]
    for otherwise in (_of_group, _without_title):
        wordings += [other for each in wordings if (other := otherwise(each)) is not each]
    return next((found for each in wordings if (found := _answered(each, chinese=chinese))), None)


def _of_group(asked: Reported) -> Reported:
    """*asked* of the rows of one group, where its label says what is asked for: 哪个产品 of those under 分产品."""
    table, text = asked.table, asked.wish.text
    nouns = {path[0]: noun for path in table.under if path and (noun := _KIND.sub("", bare(path[0])))}
    meant = [label for label, noun in nouns.items() if noun in text]
    if len(nouns) < 2 or len(meant) != 1:
        return asked
    texts = tuple(
        texts if path[:1] == (meant[0],) else ("",) * len(texts)
        for path, texts in zip(table.under, table.texts, strict=True)
    )
    text = text.replace(nouns[meant[0]], " ", 1)
    return replace(asked, wish=replace(asked.wish, text=text), table=replace(table, texts=texts))


def _without_noun(asked: Reported) -> Reported:
    """*asked* without the name of what is ranked (*which segment*), where the title or a head calls its rows so; what
    is no such thing does not compete.
    """
    table, text = asked.table, RANKED_BY.sub(" ", asked.wish.text)
    told = said(" ".join([table.title, *(table.heads[0] if table.heads else ())]))
    for match in KIND_RANKED.finditer(text):
        noun = next(filter(None, match.groups()))
        names = {noun, *(other for group in ALIKE if noun in group for other in group)}
        if _WHEN.search(noun) is None and any(pattern_of(name).search(told) for name in names):
            text = f"{text[: match.start(match.lastindex or 0)]} {text[match.end() :]}"
            break
    rows = (texts if texts and not _NO_PART.search(said(texts[0])) else ("",) * len(texts) for texts in table.texts)
    return replace(asked, wish=replace(asked.wish, text=text), table=replace(table, texts=tuple(rows)))


def _without_title(asked: Reported) -> Reported:
    """*asked* without the longest run of words in it that the title of the table has as well."""
    text, title = said(asked.wish.text), said(asked.table.title)
    words = [match.span() for match in _WORD.finditer(text)]
    pairs = combinations_with_replacement(range(len(words)), 2)
    runs = {(words[first][0], words[last][1]) for first, last in pairs}
    shared = [(start, end) for start, end in runs if end - start > _SHORTEST and text[start:end] in title]
    for start, end in sorted(shared, key=lambda run: run[0] - run[1]):
        run = text[start:end]
        if re.search(rf"(?<![a-z]){re.escape(run)}(?![a-z])", title) and not _WORD.sub("", run).strip():
            return replace(asked, wish=replace(asked.wish, text=f"{text[:start]} {text[end:]}"))
    return asked


def _answered(asked: Reported, *, chinese: bool) -> Plan | None:
    wish, table = asked.wish, asked.table
    if wish.ranked:
        asked = _without_noun(asked)
        return lookup(asked.wish, asked.table, chinese=chinese)
    if wish.operation == "share" and not asked.moves:
        return printed_share(asked) or share(asked)
    if wish.trend or wish.chart:
        return over_years(asked, chinese=chinese)
    if asked.moves and asked.percent:
        return printed_change(asked) or growth(asked, chinese=chinese)
    if asked.moves or wish.operation == "difference":
        return difference(asked, chinese=chinese)
    return lookup(wish, table, chinese=chinese)
