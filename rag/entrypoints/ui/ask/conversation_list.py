"""The way to a new conversation and to earlier ones, and the end of one."""

import streamlit as st

from rag.entrypoints.ui.ask import address, conversation
from rag.entrypoints.ui.ask.request_form import problem
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import plain, t
from rag.errors import RagError
from rag.library.members import ANYONE
from rag.records import Conversation

_AT_ONCE = 25  # conversations that are offered before older ones are wished for
_FEW = 8  # that are seen at a glance
_WISHED = "ask_earlier_wished"
_WORDS = "ask-earlier-words"
_SURE = "ask_earlier_sure"  # the conversation that is deleted with one more click


def draw() -> None:
    """The way to a new conversation and to earlier ones; where these are many, they are searched by what was said."""
    words, wished = st.session_state.get(_WORDS, ""), st.session_state.get(_WISHED, _AT_ONCE)
    found = desk().workspace.conversations.newest(ANYONE, wished + 1, words)
    if not found and not words:
        return
    with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall", key="ask-others"):
        with (
            st.popover(t("ask.earlier"), icon=":material/history:", type="tertiary"),
            st.container(gap="xxsmall", key="ask-earlier"),
        ):
            if words or len(found) > _FEW:
                st.text_input(t("ask.earlier_find"), key=_WORDS, icon=":material/search:")
            for each in found[:wished]:
                _row(each)
            if not found:
                st.text(t("ask.earlier_none"))
            if len(found) > wished:
                st.button(t("ask.earlier_more"), key="ask-earlier-more", on_click=_more, args=(wished,))
        st.button(
            t("ask.new"),
            icon=":material/edit_square:",
            type="tertiary",
            key="ask-new",
            on_click=conversation.turn_to,
            args=(None,),
        )


def _row(each: Conversation) -> None:
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"ask-earlier-{each.id}"):
        st.button(
            plain(" ".join(each.title.split())),
            key=f"ask-open-{each.id}",
            type="tertiary",
            icon=":material/chat:" if each.id == address.current() else None,
            width="stretch",
            on_click=conversation.turn_to,
            args=(each.id,),
        )
        if st.session_state.get(_SURE) == each.id:
            st.button(
                t("ask.delete_do"),
                key=f"ask-delete-do-{each.id}",
                icon=":material/delete:",
                help=t("ask.delete_help"),
                on_click=_delete,
                args=(each.id,),
            )
            st.button(t("ask.keep"), key=f"ask-keep-{each.id}", type="tertiary", on_click=_ask_first, args=(None,))
        else:
            st.button(
                t("ask.delete"),
                key=f"ask-delete-{each.id}",
                type="tertiary",
                icon=":material/delete:",
                help=t("ask.delete_help"),
                on_click=_ask_first,
                args=(each.id,),
            )


def _ask_first(thread: int | None) -> None:
    """What is deleted is gone for good, and the button stands beside the one that opens it."""
    st.session_state[_SURE] = thread


def _more(wished: int) -> None:
    st.session_state[_WISHED] = 2 * wished


def _delete(thread: int) -> None:
    _ask_first(None)
    try:
        if thread == address.current():
            conversation.stop()
            conversation.turn_to(None)
        desk().workspace.conversations.delete(ANYONE, thread)
    except RagError as error:
        problem(error.note)
