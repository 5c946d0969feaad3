"""The embedding model of a base: which one it has, another one tried and chosen, and how far the change is."""

import time

import streamlit as st

from rag.adding.renewing import Room
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents.document_list import time_left
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.texts import counted, plain, t
from rag.library.members import ANYONE
from rag.library.passages.generations import Generation
from rag.records import Base
from rag.retrieval.embedder.bundled_e5 import NAME as BUNDLED

_LOOK = 1.0  # seconds
_ROOM = "embedder_room"  # the base, and what the disk must have for the model that was tried for it
_PACE = "embedder_pace"  # the model to be, how far it was when a person began to look on, and when that was
_OVER = "embedder_over"
_LEAST = 2.0  # seconds of watching before the time left is guessed


def draw(base: Base) -> None:
    """Draw the model of *base*, and the way to another or how far that is."""
    if (name := st.session_state.pop(_OVER, None)) is not None:
        st.toast(t("base.embedder_over", name=plain(name)), icon=":material/check:")
    st.markdown(t("base.embedder_about"))
    with st.container(border=True, key="embedder-now", gap="xsmall"):
        st.markdown(t("base.embedder_now", name=plain(base.embedder)))
        passages = sum(document.passages for document in desk().workspace.documents(ANYONE, [base.id]))
        known = [t("base.embedder_bundled")] if base.embedder == BUNDLED else []
        st.caption(" · ".join([*known, counted("base.passages", passages)]))
    if desk().workspace.embedder_under_way(ANYONE, base.id) is None:
        st.session_state.pop(_PACE, None)
        _choose(base)
    else:
        st.fragment(_progress, run_every=_LOOK, key="embedder-progress")(base)


def leave() -> None:
    """Forget the model that was tried; another page is drawn next."""
    st.session_state.pop(_ROOM, None)


# ── another one ──


def _choose(base: Base) -> None:
    """A name, then what the disk must have for it, then the change."""
    with st.form("embedder-form", border=True):
        name = st.selectbox(
            t("base.embedder_other"),
            _offered(base),
            index=None,
            accept_new_options=True,
            placeholder=t("base.embedder_example"),
            help=t("base.embedder_help"),
            key=f"embedder-name-{base.id}",
        )
        tried = st.form_submit_button(t("base.embedder_try"), key="embedder-try")
    if tried:
        st.session_state.pop(_ROOM, None)
        if name and str(name).strip():
            with door(), st.spinner(t("base.embedder_trying")):
                st.session_state[_ROOM] = (
                    base.id,
                    desk().workspace.room_for_embedder(ANYONE, base.id, str(name).strip()),
                )
    number, room = st.session_state.get(_ROOM, (None, None))
    if room is not None and number == base.id:
        _confirm(base, room)


def _offered(base: Base) -> list[str]:
    """The models that are known here without a look into the network."""
    names = {BUNDLED, desk().settings.embedder} | {one.embedder for one in desk().workspace.bases(ANYONE)}
    return sorted(names - {base.embedder, "bundled-e5"})


def _confirm(base: Base, room: Room) -> None:
    """What the change takes, said before it is begun."""
    details = {"name": plain(room.name), "needed": _size(room.needed), "free": _size(room.free)}
    if room.name == base.embedder:
        st.info(t("base.embedder_same", **details), icon=":material/info:")
        return
    with st.container(border=True, key="embedder-confirm"):
        st.markdown(t("base.embedder_fits", **details))
        st.markdown(counted("base.embedder_takes", room.passages) + t("base.embedder_room", **details))
        st.caption(t("base.embedder_meanwhile", now=plain(base.embedder)))
        if not room.suffices:
            st.warning(t("base.embedder_no_room"), icon=":material/hard_drive:")
        begin = st.button(t("base.embedder_begin"), type="primary", key="embedder-begin", disabled=not room.suffices)
    if begin:
        with door():
            desk().workspace.change_embedder(ANYONE, base.id, room.name)
            leave()
            st.rerun()


def _size(megabytes: int) -> str:
    return f"{megabytes / 1024:,.1f} GB" if megabytes >= 1024 else f"{megabytes} MB"


# ── the change ──


def _progress(base: Base) -> None:
    """Looks on; the page is drawn once more when the base has its new model."""
    change = desk().workspace.embedder_under_way(ANYONE, base.id)
    if change is None:
        if (watched := st.session_state.get(_PACE)) is not None and _now_has(base, watched[0]):
            st.session_state[_OVER] = watched[0]
        st.rerun()
    with st.container(border=True, key="embedder-change"):
        name = plain(change.embedder)
        st.markdown(t("base.embedder_next", name=name))
        st.progress(change.done / change.total if change.total else 1.0, text=_told(change))
        st.caption(t("base.embedder_searched", name=name, now=plain(base.embedder)))
        if st.button(t("base.embedder_give_up"), icon=":material/close:", key="embedder-give-up"):
            with door():
                desk().workspace.change_embedder(ANYONE, base.id, base.embedder)
                st.rerun()


def _now_has(base: Base, name: str) -> bool:
    return any(one.id == base.id and one.embedder == name for one in desk().workspace.bases(ANYONE))


def _told(change: Generation) -> str:
    """``1,200 of 4,800 passages · about 20 s left``; documents that wait to be read come first."""
    told = t("base.embedder_done", done=f"{change.done:,}", total=f"{change.total:,}")
    rest = t("base.embedder_waits") if desk().workspace.working() else time_left(_left(change))
    return f"{told} · {rest}" if rest else told


def _left(change: Generation) -> float | None:
    name, done, began = st.session_state.get(_PACE) or ("", 0, 0.0)
    if name != change.embedder or done > change.done:
        st.session_state[_PACE] = (change.embedder, change.done, time.monotonic())
        return None
    passed, ahead = time.monotonic() - began, change.done - done
    if passed < _LEAST or not ahead:
        return None
    return (change.total - change.done) * passed / ahead
