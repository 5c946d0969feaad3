"""The way from an answer to the whole table that a citation is from."""

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import t
from rag.errors import NotFound
from rag.library.members import ANYONE
from rag.records import Citation

_WISH = "ask_table"


def button(citation: Citation) -> None:
    """A button that opens the table of *citation*; nothing where it is from no table."""
    number = table_of(citation)
    if number is None:
        return
    if st.button(t("tables.open_this"), icon=":material/table:", type="tertiary", key="source-table"):
        st.session_state[_WISH] = number
        st.rerun()


def wished() -> int | None:
    """The table that was just wished for, once."""
    found: int | None = st.session_state.pop(_WISH, None)
    return found


def table_of(citation: Citation) -> int | None:
    """The number of the table in which *citation* stands, if it is kept as one."""
    if not citation.row and citation.passage:  # what was computed is of no passage
        return None
    try:
        return desk().workspace.kept_tables.at(ANYONE, citation.document.id, citation.places)
    except NotFound:  # removed meanwhile
        return None
