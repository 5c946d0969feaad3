"""The base picker of the sidebar: choose a base, make one, rename or remove it."""

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.texts import plain, t
from rag.library.members import ANYONE
from rag.records import Base

_CHOSEN = "base"
_NEXT = "base_next"  # a widget's value cannot be changed once it is drawn; this one is chosen at the next drawing

_WISH = "base_wish"


def current() -> Base:
    """The base that is chosen in the sidebar."""
    found = desk().workspace.bases(ANYONE)
    chosen = st.session_state.get(_CHOSEN)
    return next((base for base in found if base.id == chosen), found[0])


def picker() -> None:
    """Draw the picker, and the dialog that its menu opens."""
    found = {base.id: base for base in desk().workspace.bases(ANYONE)}
    wanted = st.session_state.pop(_NEXT, st.session_state.get(_CHOSEN))
    if wanted is None and _CHOSEN not in st.query_params:
        wanted = _latest()
    if wanted is not None:
        st.session_state[_CHOSEN] = wanted if wanted in found else next(iter(found))
        if wanted not in found:  # removed in another tab, perhaps
            st.toast(t("bases.gone", name=plain(found[st.session_state[_CHOSEN]].name)), icon=":material/info:")
    with st.container(key="base-picker", horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        st.selectbox(
            t("bases.base"),
            list(found),
            format_func=lambda number: found[number].name if number in found else "",
            key=_CHOSEN,
            bind="query-params",
        )
        wish = st.menu_button(
            ":material/more_horiz:",
            ["new", "rename", "remove"],
            format_func=lambda name: t(f"bases.{name}"),
            help=t("bases.menu"),
            key="base-menu",
            type="tertiary",
        )
    if wish is not None:
        st.session_state[_WISH] = wish
    base = current()
    # The dialog stays when the page is drawn again meanwhile.
    match st.session_state.get(_WISH):
        case "new":
            st.dialog(t("bases.new"), on_dismiss=_put_away)(_new)()
        case "rename":
            st.dialog(t("bases.rename"), on_dismiss=_put_away)(_rename)(base)
        case "remove":
            st.dialog(t("bases.remove"), on_dismiss=_put_away)(_remove)(base)


def _latest() -> int | None:
    """The base that a document was added to last: where a visitor begins whose address names none."""
    found = desk().workspace.documents(ANYONE)
    return max(found, key=lambda document: document.added).base if found else None


def _put_away() -> None:
    st.session_state.pop(_WISH, None)


def _new() -> None:
    with st.form("base-new", border=False):
        name = st.text_input(t("bases.name"), max_chars=80, key="base-new-name", placeholder=t("bases.name_example"))
        st.caption(t("bases.new_about"))
        if st.form_submit_button(t("bases.create"), type="primary", key="base-new-do"):
            with door():
                _turn_to(desk().workspace.create_base(ANYONE, name).id)


def _rename(base: Base) -> None:
    with st.form("base-rename", border=False):
        name = st.text_input(t("bases.name"), base.name, max_chars=80, key=f"base-rename-name-{base.id}")
        if st.form_submit_button(t("bases.rename_do"), type="primary", key="base-rename-do"):
            with door():
                desk().workspace.rename_base(ANYONE, base.id, name)
                _turn_to(base.id)


def _remove(base: Base) -> None:
    st.text(t("bases.remove_sure", name=base.name))
    st.text(t("bases.remove_documents", count=base.documents) if base.documents else t("bases.remove_empty"))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(t("bases.keep"), key="base-keep"):
            _put_away()
            st.rerun()
        if st.button(t("bases.remove_do"), type="primary", icon=":material/delete:", key="base-remove-do"):
            with door(), st.spinner(t("bases.removing")):
                workspace = desk().workspace
                workspace.remove_base(ANYONE, base.id)
                _turn_to(workspace.bases(ANYONE)[0].id)


def turn_to(base: int) -> None:
    """Choose *base* at the next drawing."""
    st.session_state[_NEXT] = base


def _turn_to(base: int) -> None:
    _put_away()
    turn_to(base)
    st.rerun()
