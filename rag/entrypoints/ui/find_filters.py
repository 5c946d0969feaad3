"""What a search on the Find page is to go by: which documents and pages, how many hits, and weights to try."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from rag.entrypoints.ui import filters
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import sentences, t
from rag.library.members import ANYONE
from rag.records import Base, Document, Selection
from rag.retrieval.features import Weights, learnt, names
from rag.searching import Sought

_DEPTHS = (5, 10, 20, 50)
_TURN = "find_weights_turn"  # sliders go back to where they were under other keys
_HEAVIEST = 6.0


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
            weights = _weights()
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


def feature(name: str) -> str:
    """What speaks for a hit, by its name."""
    label = f"find.feature_{name}"
    return t(label) if label in sentences("en") else name


def stage(name: str, ms: str) -> str:
    """A stage of a search and how long it took."""
    label = f"find.stage_{name}"
    return t(label, ms=ms) if label in sentences("en") else f"{name} {ms} ms"


def _weights() -> Weights | None:
    """Weights to try; ``None`` as long as they are those that were learnt."""
    st.caption(t("find.weights_about"))
    known = asdict(learnt())
    turn = st.session_state.get(_TURN, 0)
    tried = {
        name: st.slider(
            feature(name),
            0.0,
            max(_HEAVIEST, 2 * known[name]),
            float(known[name]),
            0.1,
            help=t(f"find.feature_{name}_about"),
            key=f"find-weight-{name}-{turn}",
            persist_state="session",
        )
        for name in names()
    }
    # A slider stands on whole steps: what was not moved is what was learnt.
    found = {name: value if abs(value - known[name]) >= 0.05 else known[name] for name, value in tried.items()}
    st.button(
        t("find.weights_back"),
        icon=":material/restart_alt:",
        type="tertiary",
        key="find-weights-back",
        disabled=found == known,
        on_click=_back,
    )
    return None if found == known else Weights(**found)


def _back() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
