"""Views of tables that are kept under a name: kept, opened again and taken away."""

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.sheet import sheet_controls
from rag.entrypoints.ui.texts import plain, t
from rag.library.members import ANYONE
from rag.records import Base, SavedView, View
from rag.showing.sheet import OpenTable

TABLE = "of"  # the table that is worked with, in the address of the page; an open one is called ``table``
_OPENED = "sheet_opened"


def menu(base: Base) -> None:
    """The views of *base*, each to be opened or taken away."""
    found = desk().workspace.by_hand.kept(ANYONE, [base.id])
    # Under another key it is drawn anew, and so closes when a view was opened.
    key = f"sheet-saved-menu-{st.session_state.get(_OPENED, 0)}"
    with st.popover(t("sheet.saved", count=len(found)), icon=":material/bookmarks:", disabled=not found, key=key):
        for view in found:
            with st.container(horizontal=True, vertical_alignment="center", key=f"sheet-saved-{view.id}"):
                st.button(
                    plain(view.name),
                    type="tertiary",
                    on_click=_open,
                    args=(view,),
                    key=f"sheet-open-{view.id}",
                    width="stretch",
                )
                st.button(
                    t("sheet.remove"),
                    icon=":material/delete:",
                    type="tertiary",
                    on_click=_remove,
                    args=(view.id,),
                    key=f"sheet-remove-{view.id}",
                )


def keep(opened: OpenTable, view: View) -> None:
    """A form that keeps *view* under a name."""
    with st.popover(t("sheet.keep"), icon=":material/bookmark_add:", key="sheet-keep"):
        with st.form("sheet-keep-form", border=False, clear_on_submit=True):
            name = st.text_input(t("sheet.name"), max_chars=80, key="sheet-name")
            wanted = st.form_submit_button(t("sheet.keep_now"), type="primary", key="sheet-keep-now")
        st.caption(t("sheet.keep_about"))
        if wanted:
            with door():
                desk().workspace.by_hand.keep(ANYONE, opened.info.id, name, view)
                st.toast(t("sheet.kept"), icon=":material/bookmark_added:")
                st.rerun()


def _open(saved: SavedView) -> None:
    st.query_params[TABLE] = str(saved.table)
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
    sheet_controls.begin(saved.table, saved.view)


def _remove(number: int) -> None:
    with door():
        desk().workspace.by_hand.remove(ANYONE, number)
