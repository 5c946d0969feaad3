"""The first hits with what stands around them: the other rows of a table, the words before and after on a page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain

from rag.records import Hit, Page, Passage

Passages = Callable[[Iterable[int]], Sequence[Passage]]
"""The passages of these ids, those that are gone left out; the ids of a document count up in reading order."""

_FIRST = 3  # hits; a model without a GPU takes seconds for each passage more
_REACH = 2  # passages on either side


def widened(hits: Sequence[Hit], passages: Passages) -> list[Hit]:
    """*hits*, the first of them with their neighbours in one passage, every span at its own place.

    A neighbour is of the same table, or else on the same page under the same heading. None is given twice.
    """
    taken = {hit.passage.id for hit in hits}
    wanted = [hit.passage.id for hit in hits if hit.passage.id][:_FIRST]
    near = {number + step for number in wanted for step in range(-_REACH, _REACH + 1)} - taken
    known = {passage.id: passage for passage in passages(sorted(near))}
    found: list[Hit] = []
    for hit in hits:
        own = hit.passage
        if own.id not in wanted or own.is_profile:
            found.append(hit)
            continue
        around = [own]
        for step in (1, -1):
            for number in range(own.id + step, own.id + step * (_REACH + 1), step):
                other = known.get(number)
                if other is None or number in taken or not _belong_together(own, other):
                    break
                taken.add(number)
                around.append(other)
        around.sort(key=lambda passage: passage.id)
        spans = [(replace(each.spans[0], before="\n"), *each.spans[1:]) for each in around]
        found.append(replace(hit, passage=replace(own, spans=tuple(chain(*spans)))) if len(around) > 1 else hit)
    return found


def _belong_together(one: Passage, other: Passage) -> bool:
    if one.document.id != other.document.id or one.head != other.head or other.is_profile:
        return False
    return one.head is not None or (one.heading == other.heading and not _pages(one).isdisjoint(_pages(other)))


def _pages(passage: Passage) -> set[int]:
    return {place.number for place in passage.places if isinstance(place, Page)}
