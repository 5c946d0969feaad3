"""Which documents and pages a question is asked over, and what of a passage stands on them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.records.about import DocumentType
from rag.records.library import Document
from rag.records.passages import Passage
from rag.records.places import Page, Place

Pages = tuple[tuple[int, int], ...]
"""Stretches of pages, each with its first and its last; none means all."""

_STRETCH = re.compile(r"(\d{1,6})(?:\s*[-–—~至到]\s*(\d{1,6}))?")
_BETWEEN = re.compile(r"[,，;；、]+")


@dataclass(frozen=True, slots=True)
class Selection:
    """Documents that have one of the *tags*, are of one of the *years*, *types* and *languages*; and of those only
    *pages*, by their physical numbers. What is empty leaves everything in; what is not known of a document is not in.
    """

    tags: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    types: tuple[DocumentType, ...] = ()
    languages: tuple[str, ...] = ()
    pages: Pages = ()

    @property
    def chooses(self) -> bool:
        """Whether some documents may be left out."""
        return bool(self.tags or self.years or self.types or self.languages)

    def holds(self, document: Document) -> bool:
        """Whether *document* is one of those that are chosen."""
        about = document.about
        return (
            (not self.tags or not set(self.tags).isdisjoint(about.tags))
            and (not self.years or about.year in self.years)
            and (not self.types or about.type in self.types)
            and (not self.languages or about.language in self.languages)
        )


EVERYWHERE = Selection()


def pages_in(text: str) -> Pages:
    """The pages that *text* names, as in ``10-20, 25``.

    :raises ValueError: when it names something else, or nothing
    """
    found: list[tuple[int, int]] = []
    for part in _BETWEEN.split(text.strip()):
        match = _STRETCH.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"not pages: {text!r}")
        first = int(match[1])
        last = int(match[2] or first)
        if not 0 < first <= last:
            raise ValueError(f"not pages: {text!r}")
        found.append((first, last))
    return tuple(sorted(set(found)))


def pages_text(pages: Pages) -> str:
    """``10-20, 25``, which ``pages_in`` reads."""
    return ", ".join(f"{first}-{last}" if last > first else f"{first}" for first, last in pages)


def stand_on(places: Sequence[Place], pages: Pages) -> bool:
    """Whether all of *places* are on *pages*; nothing of a sheet is, unless all pages are meant."""
    return not pages or all(_is_on(place, pages) for place in places)


def within(passage: Passage, pages: Pages) -> Passage | None:
    """What of *passage* stands on *pages*; ``None`` when nothing does."""
    if not pages:
        return passage
    spans = tuple(span for span in passage.spans if _is_on(span.place, pages))
    if len(spans) == len(passage.spans):
        return passage
    return replace(passage, spans=spans) if spans else None


def _is_on(place: Place, pages: Pages) -> bool:
    return isinstance(place, Page) and any(first <= place.number <= last for first, last in pages)
