"""The table of documents: what the browser draws, and what a person did there."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from rag.entrypoints.ui import components
from rag.entrypoints.ui.documents.document_list import (
    CAN_WAIT,
    WORKING,
    Pace,
    View,
    arranged,
    can,
    kind,
    leaves,
    page_of,
    part,
    sign,
    state,
    time_left,
)
from rag.entrypoints.ui.texts import counted, say, t
from rag.library.members import ANYONE
from rag.records import Document

KEY = "document-table"
_LABELS = (
    "filter actions retry cancel remove choose_all nothing_found back next table_pages"
    " name kind leaves state notes added by"
)
_COLUMNS = ("name", "kind", "leaves", "state", "notes", "added", "by")


def draw(documents: Sequence[Document], acted: Any, before: Mapping[int, int]) -> None:
    """Draw *documents*, with how many come *before* each that waits; *acted* is called with a verb (``open``,
    ``remove``, ``retry``, ``cancel``) and documents.
    """
    view = View.of(st.session_state.get(KEY, {}).get("view"))
    found = arranged(documents, view)
    shown, page, pages = page_of(found, view)
    pace: Pace = st.session_state.setdefault("document_pace", Pace())
    named = any(document.added_by != ANYONE for document in documents)
    components.documents(
        {
            "rows": [_row(document, pace, before.get(document.id), named=named) for document in shown],
            "columns": [name for name in _COLUMNS if name != "by" or named],
            "view": asdict(view),
            "found": len(found),
            "page": page,
            "pages": pages,
            "summary": summary(documents, found),
            "texts": _texts(),
        },
        key=KEY,
        view=lambda: None,
        act=lambda: _acted(found, acted),
    )


def summary(documents: Sequence[Document], found: Sequence[Document]) -> str:
    """How many documents there are, how many of them are found, and how many are being worked on."""
    working = sum(document.state in WORKING for document in documents)
    text = counted("documents.count", len(documents))
    if len(found) < len(documents):
        text = t("documents.count_found", found=len(found), count=len(documents))
    return text + (t("documents.count_working", count=working) if working else "")


def when(moment: datetime) -> str:
    """*moment* by the visitor's clock: ``2026-11-22 01:12``."""
    try:
        zone: Any = ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _row(document: Document, pace: Pace, before: int | None, *, named: bool) -> dict[str, Any]:
    before = before if document.state in CAN_WAIT else None
    text, about = state(document, before)
    count = len(document.notes)
    return {
        "id": document.id,
        "name": document.name,
        "kind": kind(document),
        "leaves": leaves(document),
        "sign": sign(document, before),
        "text": text,
        "hint": f"{text}\n{about}" if about else text,
        "left": time_left(pace.left(document)) if before is None else "",
        "part": part(document) if before is None else None,
        "can": can(document),
        "notes": counted("documents.notes_count", count) if count else "",
        "warnings": "\n".join(say(note)[0] for note in document.notes),
        "added": when(document.added),
        "by": (t("documents.anyone") if document.added_by == ANYONE else document.added_by) if named else None,
    }


def _texts() -> dict[str, str]:
    """The browser fills in what changes without Python."""
    found = {name.removeprefix("table_"): t(f"documents.{name}") for name in _LABELS.split()}
    return found | {
        "chosen": t("documents.chosen", count="{count}"),
        "choose": t("documents.choose", name="{name}"),
        "choose_found": t("documents.choose_found", count="{count}"),
        "page_of": t("documents.list_page", page="{page}", pages="{pages}"),
    }


def _acted(found: Sequence[Document], acted: Any) -> None:
    wish = st.session_state[KEY].get("act") or {}
    ids = {number for number in wish.get("ids", ()) if isinstance(number, int)}
    chosen = [document for document in found if wish.get("all") or document.id in ids]
    if chosen:
        acted(str(wish.get("verb", "")), chosen)
