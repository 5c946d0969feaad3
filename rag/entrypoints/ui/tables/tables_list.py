"""The list of tables: what is wanted of them, a page of it with small pictures, and what was chosen in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from rag.entrypoints.ui import components
from rag.entrypoints.ui.bases import picker as bases
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.page_pictures import boxed, pictures
from rag.entrypoints.ui.tables import tables_export
from rag.entrypoints.ui.texts import counted, t, where
from rag.library.members import ANYONE
from rag.records import Base, Document, Page, TableInfo, TableQuery

AT_ONCE = 20
_KEY = "tables-table"
_VIEW = "tables_view"
_LABELS = ("filter", "choose_page", "choose_none", "nothing_found", "pages")


@dataclass(frozen=True, slots=True)
class View:
    """What a person wants to see of the list; *page* counts from 1."""

    text: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: Any) -> "View":
        """A view as the browser sends it; what does not fit is left at its beginning."""
        if not isinstance(given, dict):
            return cls()
        page = given.get("page")
        return cls(str(given.get("text", ""))[:200], int(page) if isinstance(page, int | float) and page >= 1 else 1)


def draw(base: Base, documents: Sequence[Document], opened: Callable[[int], None]) -> None:
    """Draw the filters, the list and the menu to take tables away; *opened* is called with a table's number."""
    state = st.session_state.get(_KEY, {})
    # The list is not drawn while a table is open; it is found again as it was left.
    view = View.of(state.get("view") or st.session_state.get(_VIEW))
    st.session_state[_VIEW] = {"text": view.text, "page": view.page}
    turn = str(base.id)
    with st.container(horizontal=True, vertical_alignment="bottom", key="tables-bar"):
        within, query = _filters(base, documents, view)
        found = desk().workspace.tables(ANYONE, query, bases=[base.id], documents=within)
        pages = max(1, -(-found.found // AT_ONCE))
        if view.page > pages:
            view = View(view.text, pages)
            query = replace(query, start=(pages - 1) * AT_ONCE)
            found = desk().workspace.tables(ANYONE, query, bases=[base.id], documents=within)
        st.space("stretch")
        _menu(
            base, query, within, found.found, _chosen(state.get("chosen"), turn, base), _name(documents, within, base)
        )
    components.tables(
        {
            "rows": [_row(info) for info in found.tables],
            "pictures": _pictures(found.tables, state),
            "view": {"text": view.text, "page": view.page},
            "page": view.page,
            "pages": pages,
            "summary": counted("tables.count", found.found),
            "turn": turn,
            "texts": _texts(),
        },
        key=_KEY,
        view=lambda: None,
        chosen=lambda: None,
        look=lambda: None,
        open=lambda: _open(opened),
    )


def only(document: Document) -> None:
    """List the tables of *document* alone from the next drawing on."""
    bases.turn_to(document.base)
    st.session_state[f"tables-document-{document.base}"] = document.id
    st.session_state.pop(_VIEW, None)


def _menu(base: Base, query: TableQuery, within: Sequence[int], count: int, chosen: Sequence[int], name: str) -> None:
    """What can be taken away: the tables that were chosen, or all that are found."""

    def everything() -> list[int]:
        return desk().workspace.kept_tables.numbers(ANYONE, query, bases=[base.id], documents=within)

    if chosen:
        label = counted("tables.take_chosen", len(chosen))
        tables_export.menu(label, lambda: chosen, name, count=len(chosen), key="tables-take")
    else:
        tables_export.menu(counted("tables.take_all", count), everything, name, count=count, key="tables-take")


def _name(documents: Sequence[Document], within: Sequence[int], base: Base) -> str:
    """What a file with these tables is called: after the document, if there is one, or the base."""
    names = [document.name for document in documents if document.id in within]
    return names[0].rpartition(".")[0] or names[0] if names else base.name


def _filters(base: Base, documents: Sequence[Document], view: View) -> tuple[list[int], TableQuery]:
    names = {document.id: document.name for document in documents}
    document = st.selectbox(
        t("tables.document"),
        [0, *names],
        format_func=lambda number: names.get(number) or t("tables.all_documents"),
        key=f"tables-document-{base.id}",
        width=280,
        persist_state="session",
    )
    within = [document] if document in names else []
    units = desk().workspace.kept_tables.units(ANYONE, bases=[base.id], documents=within)
    unit = st.selectbox(
        t("tables.unit"),
        ["", *units],
        format_func=lambda name: name or t("tables.any_unit"),
        key=f"tables-unit-{base.id}-{document}",
        width=200,
        persist_state="session",
    )
    numbers = st.checkbox(t("tables.with_numbers"), key="tables-numbers", persist_state="session")
    query = TableQuery(view.text, unit or "", numbers=numbers, start=(view.page - 1) * AT_ONCE, count=AT_ONCE)
    return within, query


def _chosen(given: Any, turn: str, base: Base) -> list[int]:
    """The tables that were chosen in this *turn*, as far as they are still there, in the order of the list."""
    if not isinstance(given, dict) or given.get("turn") != turn:
        return []
    wanted = {number for number in given.get("ids", ()) if isinstance(number, int)}
    if not wanted:
        return []
    known = desk().workspace.kept_tables.numbers(ANYONE, TableQuery(), bases=[base.id])
    return [number for number in known if number in wanted]


def _row(info: TableInfo) -> dict[str, Any]:
    signs = [t("tables.changed")] if info.changed else []
    return {
        "id": info.id,
        "title": info.title or info.about or t("tables.unnamed"),
        "named": bool(info.title),
        "heads": info.about,
        "file": info.document.name,
        "place": places(info),
        "unit": info.unit,
        "size": size(info),
        "sheet": info.document.kind == "workbook",
        "signs": signs,
    }


def places(info: TableInfo) -> str:
    """Where a table stands: its first place, and its last when there are more."""
    first, *more = [where(place) for place in info.places] or [""]
    return f"{first} – {more[-1]}" if more else first


def size(info: TableInfo) -> str:
    """``12 × 4``, rows and columns."""
    return t("tables.size", rows=f"{info.rows:,}", columns=info.columns)


def _pictures(tables: Sequence[TableInfo], state: Any) -> dict[str, Any]:
    """Small pictures for the tables that are in sight in the browser, as far as they are drawn; it asks again."""
    wanted = set((state.get("look") or {}).get("ids", ()))
    places = {info.id: info.places[0] for info in tables if info.id in wanted and info.places}
    pages = {number: place for number, place in places.items() if isinstance(place, Page)}
    documents = {info.id: info.document.id for info in tables}
    drawn = pictures().of((documents[number], place.number) for number, place in pages.items()) if pages else {}
    return {
        str(number): boxed(drawn[documents[number], place.number], place.box)
        for number, place in pages.items()
        if (documents[number], place.number) in drawn
    }


def _texts() -> dict[str, str]:
    """The browser fills in what changes without Python."""
    found = {name: t(f"tables.{name}") for name in _LABELS}
    return found | {
        "choose": t("tables.choose", name="{name}"),
        "back": t("documents.back"),
        "next": t("documents.next"),
        "page_of": t("documents.list_page", page="{page}", pages="{pages}"),
    }


def _open(opened: Callable[[int], None]) -> None:
    wish = st.session_state[_KEY].get("open") or {}
    if isinstance(wish.get("id"), int):
        opened(wish["id"])
