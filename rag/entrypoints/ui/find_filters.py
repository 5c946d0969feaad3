"""What a search on the Find page is to go by: which documents, how many hits, and weights to try."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from rag.asking import question_of
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import sentences, t
from rag.library.members import ANYONE
from rag.records import Base, Document
from rag.searching import Sought

_DEPTHS = (5, 10, 20, 50)
_KINDS = ("year", "type", "language", "tag")


@dataclass(frozen=True, slots=True)
class Wish:
    """How to search: among *documents* (``None`` for all, none at all when the filters leave none), *depth* hits."""

    documents: tuple[int, ...] | None
    depth: int


def draw(base: Base, documents: Sequence[Document]) -> Wish:
    """Draw the filters; what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="find-filters"):
        names = {document.id: document.name for document in documents}
        chosen = st.multiselect(
            t("find.documents"),
            list(names),
            format_func=lambda number: names.get(number, ""),
            placeholder=t("find.all_documents"),
            key=f"find-documents-{base.id}",
            width=320,
            persist_state="session",
        )
        wanted = [_kind(base, documents, kind) for kind in _KINDS]
        depth = st.selectbox(t("find.depth"), _DEPTHS, index=1, key="find-depth", width=110, persist_state="session")
    if not chosen and not any(values for _, values in wanted):
        return Wish(None, depth)
    left = [
        document.id
        for document in documents
        if (not chosen or document.id in chosen)
        and all(not values or values & _values(document, kind) for kind, values in wanted)
    ]
    return Wish(tuple(left), depth)


def search(base: Base, question: str, wish: Wish) -> Sought:
    """What *question* finds.

    :raises BadQuestion: when it is empty
    """
    workspace = desk().workspace
    return workspace.search(
        ANYONE, question_of(question), bases=[base.id], documents=wish.documents or (), k=wish.depth
    )


def stage(name: str, ms: str) -> str:
    """A stage of a search and how long it took."""
    label = f"find.stage_{name}"
    return t(label, ms=ms) if label in sentences("en") else f"{name} {ms} ms"


def _kind(base: Base, documents: Sequence[Document], kind: str) -> tuple[str, set[str]]:
    """One filter by what documents are about; nothing is drawn where it would tell no documents apart."""
    offered = sorted({value for document in documents for value in _values(document, kind)}, reverse=kind == "year")
    if len(offered) < 2 and not (kind == "tag" and offered):
        return kind, set()
    chosen = st.multiselect(
        t(f"find.{kind}"),
        offered,
        format_func=_told(kind),
        placeholder=t("find.any"),
        key=f"find-{kind}-{base.id}",
        width=180,
        persist_state="session",
    )
    return kind, set(chosen)


def _values(document: Document, kind: str) -> set[str]:
    about = document.about
    found: dict[str, Any] = {
        "year": [about.year] if about.year else [],
        "type": [about.type] if about.type else [],
        "language": [about.language] if about.language else [],
        "tag": about.tags,
    }
    return {str(value) for value in found[kind]}


def _told(kind: str) -> Callable[[str], str]:
    def label(value: str) -> str:
        for name in (f"about.{kind}_{value.replace(' ', '_').replace('-', '_')}", f"find.{kind}_{value}"):
            if name in sentences("en"):
                return t(name)
        return value

    return label
