"""What to tell a person about the pages of a document: which are scanned, garbled or blank, and what became of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rag.records import Leaf, Note, PageKind, Span

FAILED = frozenset({"PageFailed", "PageTooSlow", "PageTooBig", "PageCrashed"})
"""The notes that a page bears whose words could not be had."""


class PageFacts(NamedTuple):
    """What the notes are made from; *words* says whether any of the page can be found, *hidden* whether some is not."""

    number: int
    kind: PageKind
    words: bool
    hidden: bool = False
    confidence: float | None = None
    failed: bool = False


def facts_of(leaf: Leaf) -> PageFacts:
    """What is worth remembering of *leaf* when it is gone."""
    hidden = any(isinstance(block, Span) and block.kind == "hidden" for block in leaf.blocks)
    words = any(not isinstance(block, Span) or block.kind != "hidden" for block in leaf.blocks)
    failed = any(note.code in FAILED for note in leaf.notes)
    return PageFacts(leaf.number, leaf.kind, words, hidden, leaf.confidence, failed)


def notes_on_pages(pages: Iterable[PageFacts], *, deep: bool) -> list[Note]:
    """A note for each thing a person should know about *pages*, which are all of a document's, in order.

    Before the *deep* pass, scanned and garbled pages still wait for OCR. A page that failed has a note of its own.
    """
    known = [page for page in pages if not page.failed]
    if known and not any(page.words for page in known) and (deep or not any(_waits(page) for page in known)):
        return [Note("NoText", {"pages": len(known)}), *_hidden(known)]
    found: list[Note] = []
    for kind, code in (("scanned", "Scanned"), ("garbled", "Garbled")):
        here = [page for page in known if page.kind == kind]
        done = [page for page in here if page.confidence is not None and page.words]
        rest = [page for page in here if page.confidence is None or not page.words]
        if done:
            confidence = f"{sum(page.confidence or 0.0 for page in done) / len(done):.2f}"
            found.append(Note(f"{code}Read", {"pages": _listed(done), "confidence": confidence}))
        if rest:
            found.append(Note(f"{code}Unread" if deep else f"{code}Waiting", {"pages": _listed(rest)}))
    if blank := [page for page in known if page.kind == "blank"]:
        found.append(Note("BlankPages", {"pages": _listed(blank)}))
    if silent := [page for page in known if page.kind == "text" and not page.words]:
        found.append(Note("PagesWithoutText", {"pages": _listed(silent)}))
    return [*found, *_hidden(known)]


def ranges(numbers: Iterable[int]) -> str:
    """``3, 7-9`` for 3, 7, 8, 9."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)


def _waits(page: PageFacts) -> bool:
    return page.kind in {"scanned", "garbled"} and page.confidence is None


def _hidden(pages: Sequence[PageFacts]) -> list[Note]:
    hidden = [page for page in pages if page.hidden]
    return [Note("HiddenText", {"pages": _listed(hidden)})] if hidden else []


def _listed(pages: Iterable[PageFacts]) -> str:
    return ranges(page.number for page in pages)
