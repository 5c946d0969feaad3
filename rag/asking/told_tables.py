"""What tells what a table holds finds it; what is shown of it are its rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rag.records import Box, Hit, Page, Passage

_REACH = 12  # passages of rows, and more, before what tells of their table
Passages = Callable[[Iterable[int]], Sequence[Passage]]
"""The passages of these ids, those that are gone left out; the ids of a document count up in reading order."""


def rows_instead(hits: Sequence[Hit], passages: Passages) -> list[Hit]:
    """*hits*, best first, with rows in the place of what tells of their table: of those that were found the best, else
    its first. What tells of a table of a sheet is left out.

    It is another view of its table, as high as its rows for the same page, and no vote more for it.
    """
    found = {hit.passage.id: hit for hit in hits if not hit.passage.is_profile}
    alone: list[Hit] = []
    for told in (hit for hit in hits if hit.passage.is_profile and isinstance(hit.passage.places[0], Page)):
        rows = next((hit for hit in found.values() if _is_of(hit.passage, told.passage)), None)
        if rows is None:
            alone.append(told)
        elif rows.score < told.score:
            page = rows.why.get("page", 0.0) + told.score - rows.score
            found[rows.passage.id] = replace(rows, score=told.score, why={**rows.why, "page": page})
    near = {told.passage.id - step for told in alone for step in range(1, _REACH + 1)}
    before = passages(sorted(near)) if near else ()
    for told in alone:
        first = next((one for one in before if _is_of(one, told.passage)), None)
        if first is not None:
            found[first.id] = replace(told, passage=first)
    return sorted(found.values(), key=lambda hit: -hit.score)


def _is_of(rows: Passage, told: Passage) -> bool:
    """Whether *rows* are of the table that is *told* of."""
    (whole,) = told.places
    return (
        isinstance(whole, Page)
        and rows.document.id == told.document.id
        and any(
            span.kind == "cell"
            and isinstance(span.place, Page)
            and span.place.number == whole.number
            and _holds(whole.box, span.place.box)
            for span in rows.spans
        )
    )


def _holds(whole: Box | None, part: Box | None) -> bool:
    if whole is None or part is None:
        return True
    return whole.x0 <= part.x0 and whole.y0 <= part.y0 and part.x1 <= whole.x1 and part.y1 <= whole.y1
