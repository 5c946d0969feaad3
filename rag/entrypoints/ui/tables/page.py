"""The Tables page: all tables of a base, or one beside the page that it stands on."""

import re
from urllib.parse import unquote

import streamlit as st

from rag.entrypoints.ui import nothing_yet
from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents.document_list import WORKING
from rag.entrypoints.ui.tables import table_open, tables_list
from rag.entrypoints.ui.texts import t, told
from rag.errors import RagError
from rag.library.members import ANYONE
from rag.records import Base, Cells, Page, Place

OPEN = "table"  # its name in the address of the page
_FILE, _PAGE, _CELLS = "file", "page", "cells"
_WISH = "tables_wish"
_TICK = 2.0  # seconds


def page() -> None:
    """Draw the page: the table that the address names, or the list."""
    base = bases.current()
    if (wish := st.session_state.pop(_WISH, None)) is not None:
        open_table(wish)
    number = _named()
    if number is not None and table_open.draw(number, away=leave, turn_to=open_table):
        return
    st.title(t("tables.title"), anchor=False)
    working = any(document.state in WORKING for document in desk().workspace.documents(ANYONE, [base.id]))
    st.fragment(_list, run_every=_TICK if working else None, key="tables-list")(base, working=working)


def open_table(number: int) -> None:
    """Show this table from the next drawing on; the address keeps it over a reload."""
    leave()
    st.query_params[OPEN] = str(number)


def leave() -> None:
    """Go back to the list; another page is drawn next, perhaps."""
    for name in (OPEN, _FILE, _PAGE, _CELLS):
        st.query_params.pop(name, None)
    table_open.leave()


def _list(base: Base, *, working: bool) -> None:
    """The list; it ticks while a document is being read, and the page is drawn once more at the end."""
    documents = desk().workspace.documents(ANYONE, [base.id])
    read = [document for document in documents if document.leaves]
    if read:
        tables_list.draw(base, read, _wish_to_open)
    else:
        nothing_yet.say(t("tables.empty"))
    if _WISH in st.session_state or working != any(document.state in WORKING for document in documents):
        st.rerun()


def _wish_to_open(number: int) -> None:
    # Within a fragment the address cannot be changed for the whole page.
    st.session_state[_WISH] = number


def _named() -> int | None:
    """The table that the address names: by its number, or by a place in a file, as an exported table does."""
    number = st.query_params.get(OPEN, "")
    if re.fullmatch(r"[0-9]{1,18}", number):
        return int(number)
    file = st.query_params.get(_FILE, "")
    place = _place()
    if place is None or not re.fullmatch(r"[0-9]{1,18}", file):
        return None
    try:
        found = desk().workspace.kept_tables.at(ANYONE, int(file), [place])
    except RagError as error:
        st.error(told(error.note), icon=":material/error:")
        return None
    if found is None:
        st.info(t("tables.none_there"), icon=":material/info:")
    return found


def _place() -> Place | None:
    page_number = st.query_params.get(_PAGE, "")
    if re.fullmatch(r"[0-9]{1,9}", page_number):
        return Page(int(page_number))
    sheet, _, area = unquote(st.query_params.get(_CELLS, "")).rpartition("!")
    return Cells(sheet, area) if re.fullmatch(r"[A-Z]{1,3}\d{1,7}(:[A-Z]{1,3}\d{1,7})?", area) else None
