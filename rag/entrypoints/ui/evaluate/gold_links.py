"""From an answer to a gold question: its question with the places that it cites, or with the one that is open."""

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import t, told
from rag.errors import RagError
from rag.library.members import ANYONE
from rag.records import Answer, Citation, Request

_SAID = "gold_said"


def save(answer: Answer) -> None:
    """Make the question of *answer* a gold one, with all the places that it cites."""
    _mark(answer.request, answer.citations)
    st.rerun()


def button(question: str, citation: Citation) -> None:
    """A button that makes *question* a gold one with the place of *citation*; nothing where no question is known."""
    if not question:
        return
    wanted = st.button(
        t("source.gold"), icon=":material/star:", help=t("find.make_gold"), type="tertiary", key="source-gold"
    )
    if wanted:
        _mark(Request(question), (citation,))
        st.rerun()


def say_what_was_done() -> None:
    """Tell what was saved, once."""
    if (said := st.session_state.pop(_SAID, None)) is not None:
        st.toast(said[0], icon=said[1])


def _mark(request: Request, citations: tuple[Citation, ...]) -> None:
    try:
        for citation in citations:
            kind = "table" if citation.row else "text"
            desk().gold.mark(ANYONE, citation.document, request.need, citation.places, kind)
    except RagError as error:
        st.session_state[_SAID] = (told(error.note), ":material/error:")
    else:
        st.session_state[_SAID] = (t("answer.gold_saved"), ":material/star:")
