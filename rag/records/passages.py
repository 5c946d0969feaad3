"""Passages, and the few that matter."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rag.records.about import PageTopic
from rag.records.library import Document
from rag.records.places import Place, areas
from rag.records.reading import Span, TableHead, joined


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring spans small enough to embed, under their headings; rows of a table carry the table's head."""

    document: Document
    spans: tuple[Span, ...]
    heading: tuple[str, ...] = ()
    head: TableHead | None = None
    id: int = 0

    @property
    def is_profile(self) -> bool:
        """Whether it tells what a table holds, in words that do not stand in the document."""
        return any(span.kind == "profile" for span in self.spans)

    @property
    def own_text(self) -> str:
        """The words that stand in this passage, and no others."""
        return joined(self.spans)

    @property
    def text(self) -> str:
        """The passage as it is searched and read: headings, the table's head, its own words."""
        lines = [" > ".join(self.heading)]
        own = {span.kind for span in self.spans}
        if self.head and not own & {"title", "unit"}:
            lines.append((replace(self.head, header=()) if "head" in own else self.head).text)
        return "\n".join([*filter(None, lines), self.own_text])

    @property
    def digest(self) -> bytes:
        """The same for passages that read alike, and so have one vector; 16 bytes."""
        return hashlib.sha256(self.text.encode(errors="surrogatepass")).digest()[:16]

    @property
    def places(self) -> tuple[Place, ...]:
        """The pages it stands on, or the areas of sheets."""
        return areas(span.place for span in self.spans)


class Spot(NamedTuple):
    """Where a passage stands, in short: the *page* where it ends, which holds *topic*; 0 for a passage of a sheet."""

    document: int
    page: int
    topic: PageTopic = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; higher is nearer.

    *found_by* gives its rank, from 1, in each method, *scores* what that method measured, and *why* the parts that its
    score is the sum of, by the names in ``retrieval/features.py``.
    """

    passage: Passage
    score: float
    found_by: Mapping[str, int]
    scores: Mapping[str, float] = field(default_factory=dict)
    why: Mapping[str, float] = field(default_factory=dict)
