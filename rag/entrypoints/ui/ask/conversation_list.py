"""The way to a new conversation and to earlier ones, and the end of one."""

import streamlit as st

from rag.entrypoints.ui.ask import address, conversation
from rag.entrypoints.ui.ask.request_form import problem
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import plain, t
from rag.errors import RagError
from rag.library.members import ANYONE

_EARLIER = 50  # conversations that are offered


def draw() -> None:
    """The way to a new conversation and to earlier ones."""
    found = desk().workspace.conversations.newest(ANYONE, _EARLIER)
    if not found:
        return
    here = address.current()
    with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall", key="ask-others"):
        with (
            st.popover(t("ask.earlier"), icon=":material/history:", type="tertiary"),
            st.container(gap="xxsmall", key="ask-earlier"),
        ):
            for each in found:
                with st.container(
                    horizontal=True, gap="xsmall", vertical_alignment="center", key=f"ask-earlier-{each.id}"
                ):
                    st.button(
                        plain(" ".join(each.title.split())),
                        key=f"ask-open-{each.id}",
                        type="tertiary",
                        icon=":material/chat:" if each.id == here else None,
                        width="stretch",
                        on_click=conversation.turn_to,
                        args=(each.id,),
                    )
                    st.button(
                        t("ask.delete"),
                        key=f"ask-delete-{each.id}",
                        type="tertiary",
                        icon=":material/delete:",
                        help=t("ask.delete_help"),
                        on_click=_delete,
                        args=(each.id,),
                    )
        st.button(
            t("ask.new"),
            icon=":material/edit_square:",
            type="tertiary",
            key="ask-new",
            on_click=conversation.turn_to,
            args=(None,),
        )


def _delete(thread: int) -> None:
    try:
        if thread == address.current():
            conversation.stop()
            conversation.turn_to(None)
        desk().workspace.conversations.delete(ANYONE, thread)
    except RagError as error:
        problem(error.note)
