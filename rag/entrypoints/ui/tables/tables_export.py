"""Tables taken away from the page: a menu of formats, each made when it is asked for."""

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from rag.entrypoints.exports.csv_files import csv_of_tables
from rag.entrypoints.exports.json_file import json_of_tables
from rag.entrypoints.exports.markdown import markdown_of_tables
from rag.entrypoints.exports.taken import Source, TakenTables
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.texts import t
from rag.library.members import ANYONE
from rag.records import Page, TableInfo

_FORMATS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "table_view"),
    "csv": ("text/csv", "csv"),
    "md": ("text/markdown", "notes"),
    "json": ("application/json", "data_object"),
}
_NOT_IN_NAMES = re.compile(r"[^\w\-. ()（）]+")


def menu(label: str, numbers: Callable[[], Sequence[int]], name: str, *, count: int, key: str) -> None:
    """A menu that takes *count* tables away in a file called *name*; several as CSV come in a ZIP archive."""
    stem = " ".join(_NOT_IN_NAMES.sub(" ", name).split())[:80].strip(". ") or "tables"
    with st.popover(label, icon=":material/download:", key=key, disabled=not count):
        for kind, (mime, icon) in _FORMATS.items():
            zipped = kind == "csv" and count > 1
            st.download_button(
                t(f"tables.as_{'zip' if zipped else kind}"),
                data=partial(_taken, kind, numbers, st.context.url or ""),
                file_name=f"{stem}.{'zip' if zipped else kind}",
                mime="application/zip" if zipped else mime,
                on_click="ignore",
                type="tertiary",
                icon=f":material/{icon}:",
                key=f"{key}-{kind}",
            )
        st.caption(t("tables.export_about"))


def _taken(kind: str, numbers: Callable[[], Sequence[int]], address: str) -> bytes:
    return taken(kind, numbers(), address)


def taken(kind: str, numbers: Sequence[int], address: str) -> bytes:
    """The tables *numbers* as a file of *kind*, a ZIP archive for several as CSV; *address* is that of the page, to
    which each table then leads back.

    :raises NoSuchTable: when one of them is gone
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"tables.{kind}"
        with _writer(kind, path) as file:
            for number in numbers:
                info, grid = desk().workspace.table(ANYONE, number, count=None)
                file.add(grid, Source(info.document.name, link(info, address)))
        if not path.is_dir():
            return path.read_bytes()
        files = sorted(path.iterdir())
        return files[0].read_bytes() if len(files) == 1 else _zipped(files)


def link(info: TableInfo, address: str) -> str:
    """The address at which the page shows a table, also after its document was read again; nothing without one."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not info.places:
        return ""
    place = info.places[0]
    where = {"page": place.number} if isinstance(place, Page) else {"cells": place.label}
    query = urlencode({"file": info.document.id, **where})
    folder = parts.path.rstrip("/").rpartition("/")[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/tables", query, ""))


def _writer(kind: str, path: Path) -> AbstractContextManager[TakenTables]:
    match kind:
        case "csv":
            return csv_of_tables(path)
        case "md":
            return markdown_of_tables(path)
        case "json":
            return json_of_tables(path)
        case _:
            from rag.entrypoints.exports.workbook import workbook_of_tables  # noqa: PLC0415 - brings openpyxl with it

            return workbook_of_tables(path)


def _zipped(files: Sequence[Path]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for file in files:
            made.write(file, file.name)
    return archive.getvalue()
