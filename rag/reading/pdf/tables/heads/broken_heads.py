"""Heads of columns that go on in the next line: a date whose day or year stands below."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.reading.pdf.tables.heads.table_heads import is_period
from rag.reading.pdf.tables.table_fields import Field, below, is_day

_ENDED = re.compile(r"\b(?:ended|ending|as of|as at|through)$", re.IGNORECASE)
_CHINESE_DAY = re.compile(r"至?(?:\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日)[至止及]?")
_CHINESE_DATE = re.compile(r"(?:中?[华華]?民[国國])?\d{2,4}年")


def unbroken(lines: Sequence[Sequence[Field]]) -> list[list[Field]]:
    """*lines* with each head that goes on below, as a small letter or a day shows, in one: it may stand over more
    columns than its narrow lines do: ``As of or for the three months / ended June 30,`` over three years.
    """
    found = [list(fields) for fields in lines]
    for above, fields in pairwise(found):
        open_ = [one for one in above if _ENDED.search(one.text)]
        paired = len(open_) == sum(is_period(one.text) for one in fields)
        for at, field in enumerate(fields):
            over = [one for one in above if one.x0 < field.x1 and field.x0 < one.x1]
            said = paired and is_period(field.text) and all(one in open_ for one in over)
            if len(over) != 1 or not (said or _continues(over[0].text, field.text)):
                continue
            first = over[0]
            size, gap = field.pieces[0].size, top_of(field) - max(piece.y1 for piece in first.pieces)
            alone = sum(one.x0 < first.x1 and first.x0 < one.x1 for one in fields) == 1
            if alone and gap < 0.6 * size and abs(first.x0 + first.x1 - field.x0 - field.x1) < size:
                fields[at] = below(first, field)
                above.remove(first)
    return [fields for fields in found if fields]


def _continues(above: str, text: str) -> bool:
    """Whether *text*, right below *above*, is the rest of it: it says what day or month the first line leaves open."""
    if text[0].islower() or is_day(text):
        return True
    rest = _CHINESE_DAY.fullmatch(text) is not None and above.endswith(("年", "年度", "月", "至", "及"))
    return rest or (_CHINESE_DATE.match(text) is not None and above.endswith(("至", "及")))


def top_of(field: Field) -> float:
    """Where the first line of *field* begins."""
    return min(piece.y0 for piece in field.pieces)
