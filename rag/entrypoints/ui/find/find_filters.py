"""What a search on the Find page is to go by: which documents and pages, how many hits, and weights to try."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from rag.asking.searching import Sought
from rag.entrypoints.ui.ask import filters
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.find import tried_weights
from rag.entrypoints.ui.texts import sentences, t
from rag.library.members import ANYONE
from rag.records import Base, Document, Selection
from rag.retrieval.features import Weights

RUN_WANTED = "find_run_wanted"
_DEPTHS = (5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Wish:
    """How to search: among *documents* (none means all) and *where* in them, for how many hits, by which weights
    (``None`` for those that were learnt).
    """

    documents: tuple[int, ...]
    where: Selection
    depth: int
    weights: Weights | None


def draw(base: Base, documents: Sequence[Document]) -> Wish:
    """Draw the filters and the weights; what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="find-filters"):
        called = {document.id: document.name for document in documents}
        chosen = st.multiselect(
            t("find.documents"),
            list(called),
            format_func=lambda number: called.get(number, ""),
            placeholder=t("find.all_documents"),
            key=f"find-documents-{base.id}",
            width=320,
            persist_state="session",
        )
        depth = st.selectbox(t("find.depth"), _DEPTHS, index=1, key="find-depth", width=110, persist_state="session")
        with st.popover(t("find.filters"), icon=":material/filter_list:", key="find-where"):
            where = filters.draw(Selection(), documents, f"find-{base.id}")
        with st.popover(t("find.weights"), icon=":material/tune:", key="find-weights"):
            weights = tried_weights.draw()
            if st.button(t("find.weights_run"), icon=":material/play_arrow:", key="find-weights-run"):
                st.session_state[RUN_WANTED] = True  # another page cannot be turned to from a part of this one
                st.rerun()
    if where != Selection() or weights is not None:
        tried = [t("find.filters_on")] if where != Selection() else []
        tried += [t("find.weights_on")] if weights is not None else []
        st.markdown(f":orange-badge[{t('find.and').join(tried)}]")
    return Wish(tuple(chosen), where, depth, weights)


def search(base: Base, question: str, wish: Wish) -> Sought:
    """What *question* finds.

    :raises BadQuestion: when it is empty
    """
    return desk().workspace.search(
        ANYONE,
        question,
        bases=[base.id],
        documents=wish.documents,
        where=wish.where,
        k=wish.depth,
        weights=wish.weights,
    )


def stage(name: str, ms: str) -> str:
    """A stage of a search and how long it took."""
    label = f"find.stage_{name}"
    return t(label, ms=ms) if label in sentences("en") else f"{name} {ms} ms"
