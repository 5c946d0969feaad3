"""The Sheet page: one table filtered, grouped, put across and drawn by hand, beside the cells that went in."""

import re

import streamlit as st

from rag.entrypoints.ui import nothing_yet, source_pane
from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.sheet import sheet_controls, sheet_result, sheet_saved, sheet_take
from rag.entrypoints.ui.tables import tables_list
from rag.entrypoints.ui.texts import t, told
from rag.errors import NotFound
from rag.library.members import ANYONE
from rag.records import Base, TableInfo, TableQuery
from rag.showing.sheet import OpenTable

TABLE = sheet_saved.TABLE
_MOST = 500  # tables to choose from at once
_LONGEST = 70  # characters of a title in the choice
_LAYOUT = """
.st-key-sheet-columns { --table-height: 34rem; }
@media (max-width: 640px) {
  .st-key-sheet-controls { gap: 0.6rem; }
  .st-key-sheet-controls > * { flex: 1 1 calc(50% - 0.6rem); min-width: 8rem; width: auto !important; }
  .st-key-sheet-controls > :is([class*="-chart"], :has([class*="-chart"])) { flex-basis: 100%; }
}
"""


def page() -> None:
    """Draw the page: the table that the address names, or the first that has numbers."""
    base = bases.current()
    st.html(f"<style>{source_pane.beside_a_table('sheet')}{_LAYOUT}</style>")
    st.title(t("sheet.title"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="sheet-bar"):
        number = _chosen(base)
        sheet_saved.menu(base)
    if number is None:
        nothing_yet.say(t("sheet.empty"))
        return
    st.fragment(_work, key="sheet")(number)


def leave() -> None:
    """Put the source away; another page is drawn next."""
    st.query_params.pop(TABLE, None)
    sheet_result.close_source()


def _chosen(base: Base) -> int | None:
    """The table to work with, as a person chooses it."""
    found = {info.id: info for info in desk().workspace.tables(ANYONE, TableQuery(count=_MOST), bases=[base.id]).tables}
    key = f"sheet-table-{base.id}"
    named = st.query_params.get(TABLE, "")
    if re.fullmatch(r"[0-9]{1,18}", named):
        if int(named) not in found:
            _add_named(found, int(named))
        if int(named) in found:
            st.session_state[key] = int(named)
    if not found:
        return None
    if st.session_state.get(key) not in found:
        st.session_state[key] = next((info.id for info in found.values() if info.numbers), next(iter(found)))
    number: int = st.selectbox(
        t("sheet.table"),
        list(found),
        format_func=lambda number: _label(found[number]) if number in found else "",
        key=key,
        on_change=_turn_to,
        args=(key,),
        width=560,
        persist_state="session",
    )
    return number


def _add_named(found: dict[int, TableInfo], number: int) -> None:
    """A table that the address names may be further down than the choice goes, or in another base, or gone."""
    try:
        info, _ = desk().workspace.table(ANYONE, number, count=0)
    except NotFound as error:
        st.info(told(error.note), icon=":material/info:")
    else:
        found[number] = info


def _turn_to(key: str) -> None:
    st.query_params[TABLE] = str(st.session_state[key])
    sheet_result.close_source()


def _label(info: TableInfo) -> str:
    name = info.title or info.about or t("tables.unnamed")
    short = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    return f"{info.document.name} · {tables_list.places(info)} · {short}"


def _work(number: int) -> None:
    """The table, the controls over it and its result; only this is drawn again when a person changes anything."""
    try:
        opened = desk().workspace.by_hand.open(ANYONE, number)
    except NotFound as error:
        st.info(told(error.note), icon=":material/info:")
        return
    if not isinstance(opened, OpenTable):
        st.info(t("sheet.not_workable"), icon=":material/info:")
        return
    with door():
        view = sheet_controls.draw(opened)
        with st.container(horizontal=True, gap="medium", key="sheet-columns"):
            # The result keeps its place among what is drawn, so that it is not made anew when its cells are shown.
            with st.container(key="sheet-part"):
                shown = sheet_result.draw(opened, view)
                with st.container(horizontal=True, vertical_alignment="center", key="sheet-foot"):
                    sheet_saved.keep(opened, view)
                    sheet_take.menu(opened, view, shown)
            if sheet_result.source_is_open(number):
                with st.container(key="sheet-source"):
                    source_pane.draw()
