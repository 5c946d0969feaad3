"""The foot of the Ask page: the question or its three boxes, what is to be searched, and files to go with it."""

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from rag.entrypoints.ui import components
from rag.entrypoints.ui.ask import filters
from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents import uploads
from rag.entrypoints.ui.documents.document_list import awaited
from rag.entrypoints.ui.texts import plain, t, told
from rag.errors import NOTES
from rag.library.members import ANYONE
from rag.reading import ENDINGS
from rag.records import Base, Document, Note, Request

_PROBLEMS = "ask_problems"
_WAITING = "ask_waiting"
_BOXES = "ask_boxes"
_BASES = "ask_bases"
_DOCUMENTS = "ask_documents"
_BOX_NAMES = ("background", "need", "output")


def draw(
    documents: list[Document],
    thread: int | None,
    *,
    answers: int,
    busy: bool,
    ask: Callable[[Request], bool],
    stop: Callable[[], None],
) -> None:
    """Draw the foot of the conversation *thread*; *documents* are those that may be chosen, *answers* how many there
    are, *busy* says that one more is being made.
    """
    askable = any(document.askable for document in documents)
    coming = "placeholder_wait" if any(awaited(document) for document in documents) else "nothing"
    with st.bottom, st.container(key="ask-foot", gap="xsmall"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="ask-chips"):
            _scope(documents, thread)
            filters.chips(thread)
            boxes = bool(st.session_state.get(_BOXES))
            st.button(
                t("ask.one_line" if boxes else "ask.boxes"),
                icon=":material/unfold_less:" if boxes else ":material/unfold_more:",
                type="tertiary",
                help=t("ask.boxes_help"),
                key="ask-boxes-toggle",
                on_click=_fold,
            )
            if busy:
                with st.container(horizontal=True, horizontal_alignment="right"):
                    st.button(t("ask.stop"), icon=":material/stop_circle:", key="ask-stop", on_click=stop)
        if boxes:
            _three_boxes(ask, askable=askable)
        else:
            st.chat_input(
                t("ask.placeholder" if askable else f"ask.{coming}"),
                key="ask-question",
                accept_file="multiple",
                file_type=list(ENDINGS),
                on_submit=_submitted,
                args=(ask,),
            )
        components.shortcuts({"answers": answers, "ready": t("answer.ready")}, key="ask-shortcuts")


def chosen_bases() -> tuple[int, ...]:
    """The bases to ask over; never none, since none would mean all."""
    there = {base.id for base in desk().workspace.bases(ANYONE)}
    chosen = tuple(base for base in st.session_state.get(_BASES) or () if base in there)
    return chosen or (bases.current().id,)


def chosen_documents() -> tuple[int, ...]:
    """The documents to ask over; none means all of the bases."""
    there = {document.id for document in desk().workspace.documents(ANYONE, chosen_bases())}
    return tuple(document for document in st.session_state.get(_DOCUMENTS) or () if document in there)


def add(files: Iterable[Any]) -> list[int]:
    """Add *files* to the base on the page and name the documents; what is wrong with one of them stops no other."""
    return [document.id for document in uploads.take(bases.current(), list(files))]


def problem(note: Note) -> None:
    """Keep a failure or a warning until the page is drawn."""
    st.session_state.setdefault(_PROBLEMS, []).append(note)


def draw_problems() -> None:
    """Say what went wrong in what was just done."""
    for note in st.session_state.pop(_PROBLEMS, []):
        if note.code in NOTES:
            st.info(told(note), icon=":material/info:")
        else:
            st.error(told(note), icon=":material/error:")


def _scope(documents: list[Document], thread: int | None) -> None:
    there = {base.id: base for base in desk().workspace.bases(ANYONE)}
    names = {document.id: document.name for document in documents if document.askable}
    label = _scope_label(there, names)
    if st.button(label, icon=":material/filter_list:", type="tertiary", key="ask-scope", help=t("ask.scope_help")):
        st.dialog(t("ask.scope"), on_dismiss="rerun")(_choose)(there, thread)


def _choose(there: dict[int, Base], thread: int | None) -> None:
    """What to search; the documents that are offered are those of the bases just chosen."""
    # A dialog's widgets are gone while it is closed: what was chosen is kept beside them.
    if len(there) > 1:
        st.session_state[_BASES] = st.multiselect(
            t("ask.bases"),
            list(there),
            default=[base for base in st.session_state.get(_BASES) or () if base in there],
            format_func=lambda number: there[number].name if number in there else "",
            placeholder=t("ask.bases_default", name=bases.current().name),
            key="ask-choose-bases",
        )
    askable = [each for each in desk().workspace.documents(ANYONE, chosen_bases()) if each.askable]
    offered = {each.id: each.name for each in askable}
    st.session_state[_DOCUMENTS] = st.multiselect(
        t("ask.documents"),
        list(offered),
        default=[document for document in st.session_state.get(_DOCUMENTS) or () if document in offered],
        format_func=lambda number: offered.get(number, ""),
        placeholder=t("ask.documents_default"),
        key="ask-choose-documents",
    )
    filters.choose(thread, filters.draw(filters.chosen(thread), askable, "ask-where"))
    if st.button(t("ask.scope_done"), type="primary", key="ask-choose-done"):
        st.rerun()


def _scope_label(there: dict[int, Base], names: dict[int, str]) -> str:
    chosen = chosen_documents()
    if len(chosen) == 1 and chosen[0] in names:
        return _short(names[chosen[0]])
    several = chosen_bases()
    where = _short(there[several[0]].name) if len(several) == 1 else t("ask.several_bases", count=len(several))
    return t("ask.scope_documents", where=where, count=len(chosen)) if chosen else where


def _short(name: str) -> str:
    name = name if len(name) <= 28 else f"{name[:16]}…{name[-10:]}"
    return plain(name)


def _three_boxes(ask: Callable[[Request], bool], *, askable: bool) -> None:
    with st.form("ask-form", enter_to_submit=False, border=False):
        for name in _BOX_NAMES:
            st.text_area(
                t(f"ask.{name}"),
                key=_box(name),
                height=68,
                placeholder=t(f"ask.{name}_example"),
                persist_state="session",
            )
        st.form_submit_button(
            t("ask.submit"),
            type="primary",
            icon=":material/arrow_upward:",
            key="ask-submit",
            shortcut="Ctrl+Enter",
            on_click=_submitted_boxes,
            args=(ask,),
            disabled=not askable,
        )


def _submitted(ask: Callable[[Request], bool]) -> None:
    given = st.session_state["ask-question"]
    if given is None:
        return
    added = add(given.files)
    if not given.text.strip():
        return
    if added:
        st.session_state[_WAITING] = (Request(given.text.strip()), added)
    else:
        _ask(Request(given.text.strip()), ask)


def _ask(request: Request, ask: Callable[[Request], bool]) -> None:
    if not ask(request):
        st.session_state["ask-question"] = request.need  # nobody has to type it again


def ask_what_waited(ask: Callable[[Request], bool]) -> None:
    """Ask the question that came with files, once these can be asked; until then say that it waits. What could not be
    read of them is said.
    """
    request, added = st.session_state.get(_WAITING, (None, []))
    if request is None:
        return
    there = {document.id: document for document in desk().workspace.documents(ANYONE)}
    came = [there[number] for number in added if number in there]
    if all(document.askable or not awaited(document) for document in came):
        del st.session_state[_WAITING]
        for document in came:
            if document.problem is not None:
                problem(document.problem)
        _ask(request, ask)
    else:
        with st.container(key="ask-waits"):
            st.info(t("ask.waits", question=plain(request.need)), icon=":material/hourglass_top:")


def _submitted_boxes(ask: Callable[[Request], bool]) -> None:
    background, need, output = (st.session_state[_box(name)].strip() for name in _BOX_NAMES)
    if ask(Request(need, background, output)):
        st.session_state["ask_turn"] = st.session_state.get("ask_turn", 0) + 1
        _fold()


def _box(name: str) -> str:
    """The key of a box; the need is a new box after each question, the others keep what they hold."""
    return f"ask-need-{st.session_state.get('ask_turn', 0)}" if name == "need" else f"ask-{name}"


def _fold() -> None:
    st.session_state[_BOXES] = not st.session_state.get(_BOXES)
