"""The page of a base: the terms that it has of its own, and the embedding model that it is searched with."""

import streamlit as st

from rag.entrypoints.ui.bases import base_embedder, term_list
from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.texts import plain, t

_LAYOUT = """<style>
.st-key-base-columns { max-width: 1100px; }
</style>"""


def page() -> None:
    """Draw the page."""
    base = bases.current()
    st.html(_LAYOUT)
    st.title(t("base.title"), anchor=False)
    term_list.dialogs(base)
    with st.container(key="base-columns"):
        st.caption(t("base.about", name=plain(base.name)))
        terms, embedder = st.tabs([t("base.part_terms"), t("base.part_embedder")], key="base-parts")
        with terms, door():
            term_list.draw(base)
        with embedder, door():
            base_embedder.draw(base)


def leave() -> None:
    """Put away what is open; another page is drawn next."""
    term_list.leave()
    base_embedder.leave()
