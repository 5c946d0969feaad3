"""Days that a column prints as three numbers with the year last: ``27/10/2025`` or ``10/27/2025``. One such day may be
read either way; the column as a whole tells which.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from rag.figures.asked.periods import Period

_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?:\s+\d{1,2}:\d\d.*)?")
_MOST_MONTHS = 12


def slashed_days(texts: Sequence[str]) -> Mapping[int, Period]:
    """The days among *texts*, by their place; none where nothing tells whether the day or the month comes first."""
    found = {at: match for at, text in enumerate(texts) if (match := _DAY.fullmatch(text))}
    pairs = {at: (int(match[1]), int(match[3]), int(match[4])) for at, match in found.items()}
    day_first = any(first > _MOST_MONTHS for first, _, _ in pairs.values())
    month_first = any(second > _MOST_MONTHS for _, second, _ in pairs.values())
    if day_first is month_first:
        same = bool(pairs) and all(first == second for first, second, _ in pairs.values())
        if not same:
            return {}
    days: dict[int, Period] = {}
    for at, (first, second, year) in pairs.items():
        day, month = (first, second) if day_first else (second, first)
        try:
            date(year, month, day)
        except ValueError:
            return {}
        days[at] = Period(year, month, day, "day")
    return days
