"""A view taken away: as a workbook whose formulas compute it anew, or its result as CSV."""

import re
import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from rag.entrypoints.exports.taken import Source
from rag.entrypoints.ui.ask.result_view import csv_of
from rag.entrypoints.ui.sheet import sheet_words
from rag.entrypoints.ui.tables import tables_export
from rag.entrypoints.ui.texts import language, sentences, t
from rag.records import Computed, View
from rag.showing.sheet import OpenTable

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_IN_NAMES = re.compile(r"[^\w\-. ()（）]+")
_WORDS = "result data source place title unit filters total counted number".split()


def menu(opened: OpenTable, view: View, shown: Computed) -> None:
    """A menu that takes the view away; each file is made when it is asked for."""
    info = opened.info
    stem = " ".join(_NOT_IN_NAMES.sub(" ", shown.table or info.document.name).split())[:80].strip(". ") or "sheet"
    with st.popover(t("sheet.take"), icon=":material/download:", key="sheet-take"):
        if view.measures:
            st.download_button(
                t("sheet.as_xlsx"),
                data=partial(
                    live, opened, view, st.context.url or "", language(), sheet_words.filters(view, opened.shape(view))
                ),
                file_name=f"{stem}.xlsx",
                mime=_XLSX,
                on_click="ignore",
                type="tertiary",
                icon=":material/table_view:",
                key="sheet-take-xlsx",
            )
        st.download_button(
            t("sheet.as_csv"),
            data=partial(csv_of, shown),
            file_name=f"{stem}.csv",
            mime="text/csv",
            on_click="ignore",
            type="tertiary",
            icon=":material/csv:",
            key="sheet-take-csv",
        )
        st.caption(t("sheet.take_about" if view.measures else "sheet.take_rows_about"))


def live(opened: OpenTable, view: View, address: str, speaks: str, filters: str) -> bytes:
    """The workbook; *address* is that of the page, to which it then leads back.

    :raises CannotCompute: when the view takes too long to compute
    """
    from rag.entrypoints.exports.live_workbook import LiveView, Told, write_live  # noqa: PLC0415 - brings openpyxl

    table, info = opened.shape(view), opened.info
    words = {name: sentences(speaks)[f"sheet.book_{name}"] for name in _WORDS}
    told = Told(
        words,
        lambda name, value: sheet_words.key(view, table, name, value, speaks),
        lambda one: sheet_words.measure(one, speaks),
        filters,
    )
    source = Source(info.document.name, tables_export.link(info, address))
    where = ", ".join(place.label for place in info.places)
    made = LiveView(table, view, opened.result(view), frozenset(opened.rows(view)), source, where)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write_live(path, made, told)
        return path.read_bytes()
