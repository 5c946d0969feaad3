"""What is dropped: each file is kept or explained, a locked one waits for its password, and none costs another."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import plain, t, told
from rag.errors import DiskFull, LockedFile, RagError, WrongPassword, known_errors
from rag.library.members import ANYONE
from rag.records import Base, Document, Note

_OUTCOMES = "upload_outcomes"
_LOCKED = "upload_locked"
_SHOWN_AT_ONCE = 4


@dataclass(slots=True)
class _Outcome:
    """What there is to say about the file called *name*."""

    name: str
    note: Note


@dataclass(slots=True)
class _Locked:
    """A file that opens with a password only; it stays where the uploader put it until then. *note* says why the last
    try was in vain.
    """

    number: int
    base: int
    file: Any
    note: Note | None = None

    @property
    def key(self) -> str:
        """The name of its field."""
        return f"password-{self.number}"


def take(base: Base, files: Sequence[Any]) -> list[Document]:
    """Add *files* to *base*; those that were kept. What there is to say of the others is drawn by ``draw``."""
    st.session_state[_OUTCOMES] = []
    documents = []
    done = []
    for file in files:
        try:
            documents.append(_add(base.id, file, None))
        except LockedFile:
            _wait_for_password(base.id, file)
            continue
        except RagError as error:
            _say(file.name, error.note)
        done.append(file)
    let_go(done)
    return documents


def draw() -> None:
    """What there is to say about the files that were dropped last; its place is kept, lest the list be drawn anew."""
    outcomes: list[_Outcome] = st.session_state.get(_OUTCOMES, [])
    with st.container(key="upload-outcomes", gap="xsmall"):
        for locked in list(st.session_state.get(_LOCKED, [])):
            _ask(locked)
        if not outcomes:
            return
        for outcome in outcomes[:_SHOWN_AT_ONCE]:
            _draw(outcome)
        if rest := outcomes[_SHOWN_AT_ONCE:]:
            with st.expander(t("documents.more_outcomes", count=len(rest))):
                for outcome in rest:
                    _draw(outcome)
        if st.button(t("documents.understood"), key="outcomes-away", type="tertiary", icon=":material/check:"):
            del st.session_state[_OUTCOMES]
            st.rerun()


def let_go(files: Iterable[Any]) -> None:
    """Forget the bytes of *files* that an uploader gave; they cannot be read again.

    Streamlit itself keeps them until the visitor's session ends, even when the uploader is gone.
    """
    context = get_script_run_ctx()
    for file in files:
        if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
            context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file.file_id)
        file.close()


def _add(base: int, file: Any, password: str | None) -> Document:
    document, note = desk().workspace.add(ANYONE, base, file.name, file, password)
    if note is not None:
        _say(file.name, note)
    return document


def _say(name: str, note: Note) -> None:
    st.session_state.setdefault(_OUTCOMES, []).append(_Outcome(name, note))


def _draw(outcome: _Outcome) -> None:
    text = told(outcome.note)
    if outcome.note.code == DiskFull.__name__:  # it knows the disk, but not the file
        text = t("documents.not_added", name=plain(outcome.name), why=text)
    if outcome.note.code in known_errors():
        st.warning(text, icon=":material/block:")
    else:
        st.info(text, icon=":material/info:")


# ── passwords ──


def _wait_for_password(base: int, file: Any) -> None:
    known: list[_Locked] = st.session_state.setdefault(_LOCKED, [])
    number = st.session_state.setdefault("upload_locked_count", 0) + 1
    st.session_state["upload_locked_count"] = number
    known.append(_Locked(number, base, file))


def _ask(locked: _Locked) -> None:
    """A field for the password under the name of its file."""
    with st.form(f"locked-{locked.number}"):
        st.markdown(f":material/lock: **{plain(locked.file.name)}**  \n{t('documents.locked')}")
        st.text_input(
            t("documents.password"),
            type="password",
            key=locked.key,
            autocomplete="off",
            placeholder=t("documents.password"),
            label_visibility="collapsed",
        )
        if locked.note is not None:
            st.error(told(locked.note), icon=":material/error:")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.form_submit_button(
                t("documents.unlock"),
                type="primary",
                icon=":material/lock_open:",
                key=f"unlock-{locked.number}",
                on_click=_unlock,
                args=(locked,),
            )
            st.form_submit_button(
                t("documents.skip"), type="tertiary", key=f"skip-{locked.number}", on_click=_done, args=(locked,)
            )
        st.caption(t("documents.locked_about"))


def _unlock(locked: _Locked) -> None:
    """Add the file with what was typed, which is forgotten at once."""
    password = str(st.session_state.get(locked.key) or "")
    st.session_state[locked.key] = ""  # in the browser too; the field keeps the keyboard
    if not password:
        return
    locked.file.seek(0)
    try:
        _add(locked.base, locked.file, password)
    except WrongPassword as error:
        locked.note = error.note
    except DiskFull as error:  # there may be room the next time
        locked.note = error.note
    except RagError as error:
        _say(locked.file.name, error.note)
        _done(locked)
    else:
        _done(locked)


def _done(locked: _Locked) -> None:
    st.session_state.pop(locked.key, None)
    with suppress(ValueError):  # two clicks came at once
        st.session_state[_LOCKED].remove(locked)
        let_go([locked.file])
