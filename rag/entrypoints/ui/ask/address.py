"""Which conversation is on the page, and how the address names it, so that a reload finds it, however soon."""

import secrets

import streamlit as st

from rag.entrypoints.ui.desk import desk

_ADDRESS = "c"
_NEW = "new"  # in the address where there is no conversation yet: a question that is asked there is found by it
_THREAD = "ask_conversation"
_REMEMBERED = 1000  # beginnings; a reload follows soon or never


def current() -> int | None:
    """The conversation on the page: the one in the address, so that a reload finds it again.

    A page that is loaded anew right after its first question does not know the number of the conversation yet, but it
    has the mark under which the conversation was begun.
    """
    begun = desk().begun.get(st.query_params.get(_NEW, ""))
    given = st.query_params.get(_ADDRESS) or st.session_state.get(_THREAD) or begun
    try:
        return int(given) if given else None
    except ValueError:
        return None


def settle() -> None:
    """Let the address name the conversation on the page, or carry a mark for the one that may begin."""
    thread = current()
    if thread is not None and (st.query_params.get(_ADDRESS), st.session_state.get(_THREAD)) != (str(thread), thread):
        remember(thread)
    elif thread is None and _NEW not in st.query_params:
        st.query_params[_NEW] = secrets.token_urlsafe(6)


def begun(thread: int) -> None:
    """A conversation was begun on this page: from now on the mark in its address leads to it."""
    mark, known = st.query_params.get(_NEW), desk().begun
    if mark:
        known[mark] = thread
        while len(known) > _REMEMBERED:
            known.pop(next(iter(known)), None)


def remember(thread: int | None) -> None:
    """Let *thread* be the conversation on the page; ``None`` is one that has not begun."""
    st.session_state[_THREAD] = thread
    st.query_params.pop(_NEW, None)
    if thread is None:
        st.query_params.pop(_ADDRESS, None)
    else:
        st.query_params[_ADDRESS] = str(thread)
