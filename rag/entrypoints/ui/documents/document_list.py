"""Documents as a list is drawn from them: filtered, sorted, a page at a time, each with its state in words."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rag.entrypoints.ui.texts import counted, say, t
from rag.records import Document, Note

AT_ONCE = 50
WORKING = ("waiting", "reading", "embedding", "refining")
CAN_WAIT = ("waiting", "embedding", "refining")  # what is read is read to its end, unless the worker is killed
_ORDER = {
    state: place
    for place, state in enumerate(("failed", "cancelled", "reading", "embedding", "refining", "waiting", "ready"))
}
_MOVING = ("reading", "embedding", "refining")
_LEAST = 2.0  # seconds of watching before the time left is guessed


@dataclass(frozen=True, slots=True)
class View:
    """What a person wants to see of the list; *page* counts from 1."""

    filter: str = ""
    sort: str = "added"
    down: bool = True
    page: int = 1

    @classmethod
    def of(cls, given: Any) -> "View":
        """A view as the browser sends it; what does not fit is left at its beginning."""
        if not isinstance(given, dict):
            return cls()
        sort, page = given.get("sort"), given.get("page")
        return cls(
            str(given.get("filter", ""))[:200],
            sort if isinstance(sort, str) and sort in _SORTS else "added",
            bool(given.get("down", True)),
            int(page) if isinstance(page, int | float) and page >= 1 else 1,
        )


_SORTS: dict[str, Callable[[Document], Any]] = {
    "name": lambda document: document.name.casefold(),
    "kind": lambda document: (document.kind, document.name.casefold()),
    "leaves": lambda document: document.leaves or document.total,
    "state": lambda document: (_ORDER[document.state], document.name.casefold()),
    "notes": lambda document: len(document.notes),
    "added": lambda document: (document.added, document.id),
    "by": lambda document: document.added_by.casefold(),
}


def arranged(documents: Sequence[Document], view: View) -> list[Document]:
    """Those of *documents* whose name, kind or state holds every word of the filter, in the order wished for."""
    words = view.filter.casefold().split()
    found = [document for document in documents if all(word in _words(document) for word in words)]
    return sorted(found, key=_SORTS[view.sort], reverse=view.down)


def page_of(found: Sequence[Document], view: View) -> tuple[list[Document], int, int]:
    """The part of the list on the page of *view*, that page's number, and how many there are."""
    pages = max(1, -(-len(found) // AT_ONCE))
    page = min(view.page, pages)
    return list(found[(page - 1) * AT_ONCE : page * AT_ONCE]), page, pages


def kind(document: Document) -> str:
    """``PDF`` or ``Workbook``."""
    return t(f"documents.kind_{document.kind}")


def leaves(document: Document) -> str:
    """How many pages or sheets it has, as far as it is known."""
    count = document.leaves or (document.total if document.state == "reading" else 0)
    if not count:
        return ""
    return counted("documents.pages" if document.kind == "pdf" else "documents.sheets", count)


def state(document: Document, before: int | None = None) -> tuple[str, str]:
    """The state of a document in words, and more about it; it waits for as many others as are *before* it, if any."""
    match document.state:
        case "waiting" | "embedding" | "refining" if before is not None:
            return _waits(_what_waits(document), before)
        case "reading" if document.total:
            name = "documents.reading_page" if document.kind == "pdf" else "documents.reading_sheet"
            return t(name, number=min(document.done + 1, document.total), count=document.total), ""
        case "embedding":
            about = t("documents.embedding_about")
            return t("documents.embedding", done=document.done, total=document.total), about
        case "refining":
            leaf = "page" if document.kind == "pdf" else "sheet"
            about = "_sheet" if document.kind == "workbook" else "" if document.passages else "_scan"
            name = f"documents.refining_{leaf}" if document.total else "documents.refining"
            number = min(document.done + 1, document.total)
            return t(name, number=number, count=document.total), t(f"documents.refining{about}_about")
        case "failed" if document.problem is not None:
            # The name stands beside it already.
            this = t("documents.this_file")
            sentence, hint = say(Note(document.problem.code, {**document.problem.details, "name": this}))
            if not this.isascii():  # Chinese sets a space beside a foreign name only
                sentence = sentence.replace(f"{this} ", this).replace(f" {this}", this)
            return sentence[:1].upper() + sentence[1:], hint
    name = "ready_empty" if document.state == "ready" and not document.passages else document.state
    return t(f"documents.{name}"), t(f"documents.{name}_about")


def _what_waits(document: Document) -> str:
    """What of *document* waits: a more urgent one may come between any two steps of its work."""
    if document.state == "embedding" and document.done < document.total:
        return "embedding_waits"
    return "refining_waits" if document.state in {"embedding", "refining"} and document.passages else "waiting"


def _waits(name: str, before: int) -> tuple[str, str]:
    text = counted(f"documents.{name}_before", before) if before else t(f"documents.{name}")
    return text, t(f"documents.{name}_about")


def sign(document: Document, before: int | None = None) -> str:
    """The state as a sign is drawn for it; a document without a word has one of its own, and so has one that waits."""
    if before is not None and document.state in CAN_WAIT:
        return "waiting"
    return "empty" if document.state == "ready" and not document.passages else document.state


def awaited(document: Document) -> bool:
    """Whether words of it are still to come: also those of a scan, whose pages can be asked only after OCR."""
    return document.state in {"waiting", "reading"} or (document.state in WORKING and not document.askable)


def part(document: Document) -> float | None:
    """How much of the present state is done, in percent; ``None`` when it is no work, or has not begun."""
    if document.state not in _MOVING or not document.total:
        return None
    return 100 * min(1.0, document.done / document.total)


def can(document: Document) -> str | None:
    """What can be done with the work on a document."""
    if document.state in WORKING:
        return "cancel"
    stopped = document.state in {"failed", "cancelled"} or any(note.code == "NotReadClosely" for note in document.notes)
    return "retry" if stopped else None


@dataclass
class Pace:
    """Watches documents being read, and guesses how long their present state goes on."""

    now: Callable[[], float] = time.monotonic
    _first: dict[int, tuple[str, int, float]] = field(default_factory=dict)

    def left(self, document: Document) -> float | None:
        """Seconds until *document* reaches the end of its present state; ``None`` while that cannot be said."""
        if document.state not in _MOVING:
            self._first.pop(document.id, None)
            return None
        known, done, began = self._first.get(document.id, ("", 0, 0.0))
        if known != document.state or done > document.done:
            self._first[document.id] = (document.state, document.done, self.now())
            return None
        passed, ahead = self.now() - began, document.done - done
        if passed < _LEAST or ahead < 2:
            return None
        return (document.total - document.done) * passed / ahead


def time_left(seconds: float | None) -> str:
    """``about 20 s left``; nothing while it is not known."""
    if seconds is None:
        return ""
    if seconds < 10:
        return t("documents.left_moment")
    if seconds < 90:
        return t("documents.left_seconds", count=5 * round(seconds / 5))
    return t("documents.left_minutes", count=round(seconds / 60))


def _words(document: Document) -> str:
    return f"{document.name} {kind(document)} {state(document)[0]}".casefold()
