"""The Documents page: a place to drop files, what became of each, and the list of all."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents import document_table, reading_report, uploader_words, uploads
from rag.entrypoints.ui.documents.document_list import WORKING, can
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.texts import listed, plain, t, told
from rag.errors import NotFound, RagError
from rag.library.members import ANYONE
from rag.records import Base, Document

_TICK = 1.0  # seconds
_IDLE_TICK = 5.0  # somebody else may add a file
_SHOWN_AT_ONCE = 4
_REMOVING = "documents_removing"
_PROBLEM = "documents_problem"
_CHANGED = "documents_changed"
_WORKING = "documents_working"


def page() -> None:
    """Draw the page: the reading report of a document that is open, or the list."""
    base = bases.current()
    _dialog()
    document = reading_report.opened()
    if document is not None:
        reading_report.draw(document, remove=_wish_to_remove)
        return
    st.title(t("documents.title"), anchor=False)
    documents = desk().workspace.documents(ANYONE, [base.id])
    if not documents:
        st.markdown(t("documents.empty"))
    drop_zone(base)
    uploads.draw()
    if documents:
        working = st.session_state[_WORKING] = _at_work(documents)
        st.fragment(_list, run_every=_TICK if working else _IDLE_TICK, key="documents-list")(base)


def leave() -> None:
    """Another page is drawn: a report and a question that were open are put away."""
    _not_after_all()
    reading_report.leave()


def _list(base: Base) -> None:
    """The list; it ticks, and faster once something is worked on, for which the whole page is drawn anew: not so at the
    end of the work, as somebody may be typing in the list.
    """
    documents = desk().workspace.documents(ANYONE, [base.id])
    with st.container(key="documents-problem"):  # its place is kept, lest the table below be drawn anew
        if (problem := st.session_state.pop(_PROBLEM, None)) is not None:
            st.error(told(problem), icon=":material/error:")
    document_table.draw(documents, _acted, desk().workspace.before())
    begins = _at_work(documents) and not st.session_state[_WORKING]
    if st.session_state.pop(_CHANGED, False) or not documents or begins:
        st.rerun()


def _at_work(documents: Sequence[Document]) -> bool:
    return any(document.state in WORKING for document in documents)


def drop_zone(base: Base) -> None:
    """What is dropped is on disk, and out of memory, before the page is drawn again with an empty uploader."""
    limit = desk().settings.max_upload_mb
    turn = st.session_state.setdefault("upload_turn", 0)
    key = f"upload-{turn}"
    with uploader_words.container("drop-zone", limit):
        # What an uploader gives back is a copy of the bytes that Streamlit has; what its state holds is not.
        if files := st.session_state.get(key):
            with st.spinner(t("documents.keeping", count=len(files))):
                uploads.take(base, files)
            st.session_state["upload_turn"] = turn + 1
            st.rerun()
        st.file_uploader(t("documents.drop"), accept_multiple_files=True, key=key, max_upload_size=limit)


def _acted(verb: str, chosen: Sequence[Document]) -> None:
    """Do what was wished for in the list."""
    workspace = desk().workspace
    match verb:
        case "open":
            reading_report.open_document(chosen[0].id)
            st.session_state[_CHANGED] = True
        case "remove":
            _wish_to_remove(chosen)
            st.session_state[_CHANGED] = True
        case "cancel" | "retry":
            try:
                for document in chosen:
                    if can(document) == verb:
                        (workspace.cancel if verb == "cancel" else workspace.retry)(ANYONE, document.id)
            except RagError as error:
                st.session_state[_PROBLEM] = error.note
            st.session_state[_CHANGED] = True


def _wish_to_remove(chosen: Sequence[Document]) -> None:
    st.session_state[_REMOVING] = [document.id for document in chosen]


def _dialog() -> None:
    """Ask before anything goes; the question stays when the page is drawn again meanwhile."""
    wanted = set(st.session_state.get(_REMOVING, ()))
    if wanted:
        going = [document for document in desk().workspace.documents(ANYONE) if document.id in wanted]
        title = t("documents.remove_one") if len(going) == 1 else t("documents.remove_many", count=len(going))
        st.dialog(title, on_dismiss=_not_after_all)(_remove)(going)


def _not_after_all() -> None:
    st.session_state.pop(_REMOVING, None)


def _remove(going: Sequence[Document]) -> None:
    st.markdown(listed(going, lambda document: plain(document.name), _SHOWN_AT_ONCE))
    st.markdown(t("documents.remove_about"))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(t("documents.keep"), key="remove-not"):
            _not_after_all()
            st.rerun()
        if st.button(t("documents.remove"), type="primary", icon=":material/delete:", key="remove-do"):
            with door(), st.spinner(t("documents.removing")):
                for document in going:
                    with suppress(NotFound):  # someone else was quicker
                        desk().workspace.remove(ANYONE, document.id)
                _not_after_all()
                reading_report.leave()
                st.rerun()
