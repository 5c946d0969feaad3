"""Spans of periods over the columns of a table: *from January to June* means every month between them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rag.figures.asked.label_forms import bare, said
from rag.figures.asked.labels import pattern_of
from rag.figures.asked.periods import period_of
from rag.figures.asked.reported import MOVES
from rag.figures.asked.wishes import Wish
from rag.figures.typed import TypedTable

_TO = r"年?(?:月份?)?\s*(?:-|–|—|~|至|到|\bto\b|\bthrough\b|\btill?\b|\buntil\b|\band\b)\s*"
_FROM = r"(?:\bfrom|\bbetween|\bover|\bduring|\bin|从|自)?\s*"
_SHORT_MONTHS = re.compile(r"(?<!\d)(1[0-2]|[1-9])\s*(?:-|–|—|~|至|到)\s*(1[0-2]|[1-9])月")
_SPLIT = frozenset({"sum", "mean", "max", "min"})


def with_all_between(wish: Wish, table: TypedTable) -> Wish | None:
    """*wish* with all the periods of the heads of *table* between two that it names as the ends of a span, where it
    wants them added up or compared; ``None`` where it names such ends of periods that are not all there.
    """
    if not (wish.operation in _SPLIT or wish.ranked) or MOVES.search(wish.text):
        return wish
    labels = _periods(table)
    text = _SHORT_MONTHS.sub(r"\1月至\2月", said(wish.text))
    for first, start in enumerate(labels):
        for last, end in enumerate(labels):
            both = re.compile(f"{_FROM}{pattern_of(start).pattern}{_TO}{pattern_of(end).pattern}")
            match = both.search(text) if abs(first - last) > 1 else None
            if match is None or ("and" in match[0] and "between" not in match[0]):
                continue
            between = labels[min(first, last) : max(first, last) + 1]
            whole = f"{text[: match.start()]} {', '.join(between)} {text[match.end() :]}"
            return replace(wish, text=whole) if _in_steps(between) else None
    return wish


def _periods(table: TypedTable) -> Sequence[str]:
    """The periods in the heads of the columns of numbers, as a question says them, from left to right."""
    heads = (heads for at, heads in enumerate(table.heads) if table.columns[at].kind == "number")
    return list(dict.fromkeys(bare(head) for own in heads for head in own if period_of(head) or period_of(bare(head))))


def _in_steps(labels: Sequence[str]) -> bool:
    """Whether these are periods of one length, none of which is missing between two others."""
    found = [period for label in labels if (period := period_of(label)) is not None]
    if len(found) < len(labels) or len({period.grain for period in found}) > 1:
        return False
    length = {"year": 12, "half": 6, "quarter": 3, "month": 1}.get(found[0].grain, 0)
    months = [12 * period.year + period.month for period in found]
    steps = {later - one for one, later in pairwise(months)}
    return steps in ({length}, {-length})
