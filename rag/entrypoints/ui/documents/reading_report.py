"""The reading report of a document: what was read of it, what could not be, and each page one click away."""

import re
from collections.abc import Callable, Sequence

import streamlit as st

from rag.entrypoints.ui import source_pane
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents import leaf_strip, report_about, report_extras
from rag.entrypoints.ui.documents.document_list import WORKING, Pace, can, kind, leaves, part, state, time_left
from rag.entrypoints.ui.documents.document_table import when
from rag.entrypoints.ui.documents.leaf_strip import TURN, LeafCell
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.tables import page as tables
from rag.entrypoints.ui.tables import tables_list
from rag.entrypoints.ui.texts import counted, plain, t, told
from rag.errors import RagError
from rag.library.members import ANYONE
from rag.reading.page_report import FAILED
from rag.records import Document, LeafReport, Note, TableQuery

_OPEN = "document"
_TICK = 1.0  # seconds
_NOTES_AT_ONCE = 12
# The source keeps its place beside a long report, and covers the page where there is no room beside it.
_STEADY = "<style>.st-key-report-state { min-height: 3.6rem; }</style>"
_LAYOUT = """<style>
.st-key-report-source {{ --pane-height: calc(100dvh - 6.5rem); position: sticky; top: 4rem; }}
.st-key-report-source .st-key-source-original {{ display: none; }}
@media (max-width: 900px) {{
  .st-key-report-source {{ --pane-height: calc(100dvh - 1rem); position: fixed; z-index: 999995; inset: 0;
    padding: 0.25rem 0.75rem; background: {background}; }}
}}
</style>"""


def open_document(number: int) -> None:
    """Show this document from the next drawing on; its number stands in the address, so that a reload keeps it."""
    source_pane.close()
    st.query_params[_OPEN] = str(number)


def leave() -> None:
    """Go back to the list."""
    st.query_params.pop(_OPEN, None)
    shown = source_pane.shown()
    if shown is not None and shown.turn.startswith(TURN):
        source_pane.close()


def opened() -> Document | None:
    """The document that the address names, if it is there."""
    number = st.query_params.get(_OPEN, "")
    if not re.fullmatch(r"[0-9]{1,18}", number):
        return None
    try:
        return desk().workspace.document(ANYONE, int(number))
    except RagError as error:
        st.query_params.pop(_OPEN, None)
        st.error(told(error.note), icon=":material/error:")
        return None


def draw(document: Document, *, remove: Callable[[Sequence[Document]], None]) -> None:
    """Draw the report of *document*; *remove* is called when a person wants it gone."""
    _bar(document, remove)
    st.html(_STEADY)
    shown = source_pane.shown()
    beside = shown is not None and shown.turn == f"{TURN}{document.id}"
    with st.container(key="report"):
        if beside:
            left, right = st.columns([5, 6], gap="medium")
        else:
            left, right = st.container(), None
        with left:
            st.fragment(_report, run_every=_TICK if document.state in WORKING else None, key="report-body")(document.id)
        if right is not None:
            scheme = "dark" if st.context.theme.type == "dark" else "light"
            st.html(_LAYOUT.format(background=st.get_option(f"theme.{scheme}.backgroundColor")))
            with right, st.container(key="report-source"):
                source_pane.draw()


def _bar(document: Document, remove: Callable[[Sequence[Document]], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="report-bar"):
        st.button(
            t("documents.to_list"), icon=":material/arrow_back:", type="tertiary", on_click=leave, key="report-back"
        )
        st.space("stretch")
        st.download_button(
            t("documents.original"),
            data=lambda: desk().workspace.original(ANYONE, document.id)[1],
            file_name=document.name,
            icon=":material/download:",
            on_click="ignore",
            key="report-original",
        )
        if st.button(t("documents.remove"), icon=":material/delete:", key="report-remove"):
            remove([document])
            st.rerun()
    st.title(plain(document.name), anchor=False)


def _report(number: int) -> None:
    workspace = desk().workspace
    try:
        document = workspace.document(ANYONE, number)
    except RagError:
        st.rerun()
    st.markdown(facts(document))
    report_about.draw(document)
    _state(document)
    leaves = workspace.leaves_report(ANYONE, number)
    cells = report_cells(document, leaves)
    if cells:
        leaf_strip.draw(document, cells)
        report_about.topics(document, leaves)
    _found(document)
    _notes(document.notes)
    _hidden_text(document, cells)
    names = {leaf.number: leaf.name for leaf in leaves}
    report_extras.draw(document, workspace.extras(ANYONE, number), workspace.figures(ANYONE, number), names)
    working = document.state in WORKING
    before = st.session_state.get("report_working")
    st.session_state["report_working"] = (number, working)
    if before is not None and before != (number, working) and before[0] == number:
        st.rerun()


def _notes(notes: Sequence[Note]) -> None:
    sentences = [told(note) for note in notes[:_NOTES_AT_ONCE]]
    if len(notes) > _NOTES_AT_ONCE:
        sentences.append(t("documents.more_outcomes", count=len(notes) - _NOTES_AT_ONCE))
    if len(sentences) == 1:
        st.info(sentences[0], icon=":material/info:")
    elif sentences:
        st.info("\n".join(f"- {sentence}" for sentence in sentences), icon=":material/info:")


def facts(document: Document) -> str:
    """Kind, size and so on in one line."""
    known = [
        kind(document),
        leaves(document),
        report_extras.size(document.size),
        counted("documents.passages", document.passages) if document.passages else "",
        t("documents.added_on", when=when(document.added)),
        t("documents.read_in", seconds=f"{document.seconds:.1f}") if document.seconds >= 0.05 else "",
    ]
    return f":gray[{' · '.join(fact for fact in known if fact)}]"


def _state(document: Document) -> None:
    """How far the work is and what can be done with it; its height stays, so that nothing jumps when it is done."""
    text, about = state(document)
    with st.container(key="report-state", gap="xsmall"):
        match document.state:
            case "ready" if document.passages:
                whole = document.kind == "pdf" and document.read_closely and not _failed(document)
                more = f":gray[{t('documents.ready_closely')}]" if whole else ""
                st.markdown(f":green[:material/check_circle:] {plain(text)}{t('frame.stop')}{more}")
                _wish(document)
            case "ready":
                st.info(f"{plain(text)}{t('frame.stop')}{plain(about)}", icon=":material/info:")
            case "failed":
                st.error(told(document.problem or Note("RagError")), icon=":material/error:")
                _wish(document)
            case "cancelled":
                st.warning(f"{plain(text)}{t('frame.stop')}{plain(about)}", icon=":material/stop_circle:")
                _wish(document)
            case _:
                pace: Pace = st.session_state.setdefault("document_pace", Pace())
                left = time_left(pace.left(document))
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    now = " · ".join(filter(None, (plain(text), left)))
                    st.markdown(f"{now}{t('frame.stop')}:gray[{plain(about)}]" if about else now)
                    _wish(document)
                st.progress((part(document) or 0.0) / 100)


def _failed(document: Document) -> bool:
    return any(note.code in FAILED or note.code == "SheetFailed" for note in document.notes)


def _wish(document: Document) -> None:
    wish = can(document)
    quiet = wish == "cancel"
    if wish and st.button(
        t(f"documents.{wish}"),
        key=f"report-{wish}",
        type="tertiary" if quiet else "secondary",
        icon=":material/close:" if quiet else ":material/refresh:",
    ):
        with door():
            workspace = desk().workspace
            (workspace.cancel if wish == "cancel" else workspace.retry)(ANYONE, document.id)
            st.rerun()


def report_cells(document: Document, leaves: Sequence[LeafReport]) -> list[LeafCell]:
    """Each page or sheet as it was found to be; while a PDF is read, those too that are still to come."""
    hidden = {note.details.get("sheet") for note in document.notes if note.code == "HiddenSheet"}
    found = [_cell(leaf, hidden=document.kind == "workbook" and leaf.name in hidden) for leaf in leaves]
    if document.kind == "pdf" and document.state == "reading":
        last = found[-1].number if found else 0
        found += [LeafCell(number, None, "unread") for number in range(last + 1, document.total + 1)]
    return found


def _cell(leaf: LeafReport, *, hidden: bool) -> LeafCell:
    why = next((note for note in leaf.notes if note.code in FAILED or note.code == "SheetFailed"), None)
    state: str = leaf.kind
    if why is not None:
        state = "failed"
    elif not leaf.characters and leaf.kind == "scanned":
        state = "scanned_unread"
    elif not leaf.characters and leaf.kind == "text":
        state = "left_out" if hidden else "empty"
    sure = None if leaf.confidence is None or not leaf.characters else round(100 * leaf.confidence)
    return LeafCell(
        leaf.number, leaf.name, state, sure, turned=leaf.rotation % 360, secret=leaf.hidden, hidden=hidden, why=why
    )


def _found(document: Document) -> None:
    """The tables of *document*, a click away."""
    count = desk().workspace.tables(ANYONE, TableQuery(count=1), documents=[document.id]).found
    if count and st.button(
        counted("report.tables", count),
        icon=":material/table:",
        help=t("report.tables_about"),
        type="tertiary",
        key="report-tables",
    ):
        tables_list.only(document)
        st.switch_page(st.Page(tables.page, url_path="tables"))


def _hidden_text(document: Document, cells: Sequence[LeafCell]) -> None:
    """Let a person have searched what nobody sees on the page, or in Excel."""
    if not document.search_hidden and not any(cell.secret or cell.hidden for cell in cells):
        return
    switch = "report.hidden_switch" if document.kind == "pdf" else "report.hidden_cells_switch"
    key = f"report-hidden-{document.id}-{document.search_hidden}"
    wanted = st.toggle(t(switch), document.search_hidden, key=key, help=t(f"{switch}_about"))
    if wanted != document.search_hidden:
        with door():
            desk().workspace.search_hidden(ANYONE, document.id, wanted)
            st.rerun()
