"""Which cells a spreadsheet formula adds up: criteria that match exactly the rows of a group, whatever its name.

SUMIFS and its like ignore case, take text that looks like a number or a date for one, and know wild cards. Where
values of a column could be confused that way, its groups are numbered in a column of their own.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from rag.figures.asked.periods import GRAINS, Grain, period_of
from rag.figures.typed import TypedTable
from rag.records import Value, View

_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_FIRST_DAY = date(1900, 3, 1)  # Excel believes that there was a 29 February 1900
_LONGEST = 200
_WILD = re.compile(r"[*?~]")
_LIKE_A_NUMBER = re.compile(
    r"(?=.*\d)[\d\s.,:%/\\()$€£¥年月日时分秒e+–-]+(?:am|pm|a|p)?"
    r"|(?:\d+\W*)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W*\d*\W*\d*|true|false|#.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Key:
    """A column by which rows are grouped, at *column* of the table, with the *values* that its groups have.

    *grain* is the length of the periods that its days are put into, when that is longer than its own. *numbered* groups
    are told by their place among *values*, counted from 1.
    """

    name: str
    column: int
    grain: Grain | None
    values: tuple[Value, ...]
    numbered: bool
    wild: bool

    def number(self, value: Value) -> int:
        """The number of the group of *value*, which is one of the table."""
        return self.values.index(self.group(value)) + 1

    def group(self, value: Value) -> Value:
        """The group that *value* is in: for a day the first of its period."""
        return first_day(value, self.grain) if isinstance(value, date) and self.grain else value

    def criteria(self, cells: str, cell: str, value: Value) -> list[str]:
        """Criteria for *cells* to be in the group that *cell* names, whose *value* it now is."""
        if self.numbered:
            return [cells, cell]
        if value is None:
            return [cells, '"="']
        if self.grain is not None:
            return [cells, f'">="&{cell}', cells, f'"<"&EDATE({cell},{_MONTHS[self.grain]})']
        if isinstance(value, str):
            return [cells, f'"="&{_escaped(cell)}' if self.wild else f'"="&{cell}']
        return [cells, cell]


def key_of(view: View, table: TypedTable, name: str) -> Key:
    """The column *name* as *view* groups by it."""
    at = table.named(name)
    column = table.columns[at]
    own = column.grain or "day"
    coarser = column.kind == "date" and view.grain is not None and GRAINS.index(view.grain) < GRAINS.index(own)
    grain = view.grain if coarser else None
    found = dict.fromkeys(
        first_day(row[at], grain) if grain is not None and isinstance(row[at], date) else row[at] for row in table.rows
    )
    values = tuple(found)
    texts = [value for value in values if isinstance(value, str)]
    numbered = _mistaken(texts) or not all(is_day(value) for value in values if isinstance(value, date))
    return Key(name, at, grain, values, numbered, any(_WILD.search(text) for text in texts))


def first_day(day: Value, grain: Grain | None) -> Value:
    """The first day of the period of *grain* in which *day* lies."""
    if not isinstance(day, date):
        return day
    match grain:
        case "year":
            return day.replace(month=1, day=1)
        case "half":
            return day.replace(month=1 if day.month < 7 else 7, day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "month":
            return day.replace(day=1)
        case _:
            return day


def is_day(day: date) -> bool:
    """Whether a spreadsheet has a number for *day*."""
    return day >= _FIRST_DAY


def call(function: str, column: str, criteria: Sequence[str], *, may_be_none: bool) -> str:
    """A formula that computes *function* over *column* (none to count rows) where all *criteria* hold."""
    where = ",".join(criteria)
    if not column:
        return f"=COUNTIFS({where})"
    counted = f'COUNTIFS({where},{column},"<>")'
    match function:
        case "count":
            return f"={counted}"
        case "mean":
            return f'=IFERROR(AVERAGEIFS({column},{where}),"")'
        case "min" | "max":
            return f'=IF({counted}=0,"",_xlfn.{function.upper()}IFS({column},{where}))'
        case _:
            total = f"SUMIFS({column},{where})"
            return f'=IF({counted}=0,"",{total})' if may_be_none else f"={total}"


def _mistaken(texts: Collection[str]) -> bool:
    """Whether a spreadsheet could take one of *texts* for another, or for a number or date."""
    folded = {unicodedata.normalize("NFKC", text).casefold().strip() for text in texts}
    return len(folded) < len(texts) or any(
        len(text) > _LONGEST or _LIKE_A_NUMBER.fullmatch(text) or period_of(text) is not None for text in folded
    )


def _escaped(cell: str) -> str:
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},"~","~~"),"*","~*"),"?","~?")'
