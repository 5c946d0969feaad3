"""One table, as large as it is, beside the page that it stands on; set right by hand, and taken away."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from rag.entrypoints.exports.taken import spans
from rag.entrypoints.reading_results import value_of
from rag.entrypoints.ui import components, source_pane
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.sheet import page as sheet
from rag.entrypoints.ui.tables import tables_export, tables_list
from rag.entrypoints.ui.texts import counted, in_cell, plain, t, told, where
from rag.errors import NotFound
from rag.library.members import ANYONE
from rag.records import Cell, Citation, Grid, Place, Row, TableInfo, TableQuery, areas
from rag.showing.tables import AT_ONCE

_KEY = "table-whole"
_TURN = "table-"  # what the source pane is told to show it for
_SEEN, _LAST = "table_seen", "table_last"
_LONGEST_CHOICE = 60
_NEAR = 60  # tables of a document that are offered to be put under this one


def draw(number: int, *, away: Callable[[], None], turn_to: Callable[[int], None]) -> bool:
    """Draw table *number*; *away* goes back to the list, *turn_to* opens another.

    :returns: ``False`` when it is gone
    """
    start = _start(number)
    try:
        info, grid = desk().workspace.table(ANYONE, number, start=start)
    except NotFound as error:
        if (other := _read_again(number)) is not None:
            turn_to(other)
            st.rerun()
        st.info(told(error.note), icon=":material/info:")
        return False
    st.session_state[_LAST] = (number, info.document.id, info.places)
    _show_page(info)
    _bar(info, away, turn_to)
    st.title(plain(info.title or info.about or t("tables.unnamed")), anchor=False)
    st.markdown(_facts(info))
    rows = list(grid.rows)
    shown = source_pane.shown()
    st.html(f"<style>{source_pane.beside_a_table('table')}</style>")
    with st.container(horizontal=True, gap="medium", key="table-columns"):
        with st.container(key="table-part"):
            components.table(
                _view(info, grid, rows, start),
                key=_KEY,
                start=lambda: None,
                row=partial(_point, info, rows, start),
            )
        if shown is not None and shown.turn == f"{_TURN}{number}":
            with st.container(key="table-source"):
                source_pane.draw()
    return True


def leave() -> None:
    """Put the page beside the table away."""
    st.session_state.pop(_SEEN, None)
    shown = source_pane.shown()
    if shown is not None and shown.turn.startswith(_TURN):
        source_pane.close()


def _read_again(number: int) -> int | None:
    """The table that stands now where *number*, which was open, stood before its document was read closely."""
    last, document, places = st.session_state.pop(_LAST, (None, 0, ()))
    if last != number:
        return None
    try:
        return desk().workspace.kept_tables.at(ANYONE, document, places)
    except NotFound:
        return None


def _start(number: int) -> int:
    """The first row that is shown, as the browser asks for it."""
    state = st.session_state.get(_KEY, {})
    given = state.get("start")
    if not isinstance(given, dict) or given.get("id") != number:
        return 0
    start = given.get("at")
    return int(start) if isinstance(start, int | float) and start >= 0 else 0


def _show_page(info: TableInfo) -> None:
    """Open the page beside a table that has just been opened; one that was closed stays so."""
    if st.session_state.get(_SEEN) != info.id:
        st.session_state[_SEEN] = info.id
        _open_source(info, info.places)


def _open_source(info: TableInfo, places: Sequence[Place], number: int = 1) -> None:
    """Show *places* beside the table; by their *number* the browser knows them from others on the same page."""
    citation = Citation(number, info.document, 0, tuple(places), "")
    source_pane.show(f"{_TURN}{info.id}", "table", [citation], number)


def _point(info: TableInfo, rows: Sequence[Row], start: int) -> None:
    """Show where the row stands that a person pointed to."""
    wish = st.session_state[_KEY].get("row") or {}
    at = wish.get("row")
    if isinstance(at, int) and 0 <= at - start < len(rows):
        places = [cell.place for cell in rows[at - start] if cell.text]
        _open_source(info, areas(places), at + 2)


def _bar(info: TableInfo, away: Callable[[], None], turn_to: Callable[[int], None]) -> None:
    numbers = desk().workspace.kept_tables.numbers(ANYONE, TableQuery(), documents=[info.document.id])
    at = numbers.index(info.id) if info.id in numbers else 0
    with st.container(horizontal=True, vertical_alignment="center", key="table-bar"):
        st.button(t("tables.to_list"), icon=":material/arrow_back:", type="tertiary", on_click=away, key="table-back")
        for name, step, icon in (("previous", -1, "chevron_left"), ("next", 1, "chevron_right")):
            other = numbers[at + step] if 0 <= at + step < len(numbers) else None
            st.button(
                t(f"tables.{name}"),
                icon=f":material/{icon}:",
                type="tertiary",
                disabled=other is None,
                on_click=turn_to,
                args=(other,),
                key=f"table-{name}",
            )
        st.space("stretch")
        if source_pane.shown() is None:
            st.button(
                t("tables.show_page"),
                icon=":material/vertical_split:",
                key="table-page",
                on_click=_open_source,
                args=(info, info.places),
            )
        if st.button(t("sheet.open_in"), icon=":material/pivot_table_chart:", key="table-sheet"):
            leave()
            st.switch_page(st.Page(sheet.page, url_path="sheet"), query_params={sheet.TABLE: str(info.id)})
        with st.popover(t("tables.correct"), icon=":material/edit:", key="table-correct"):
            _correct(info, numbers)
        name = info.title or info.about or info.document.name.rpartition(".")[0]
        tables_export.menu(t("tables.take"), lambda: [info.id], name, count=1, key="table-take")


def _facts(info: TableInfo) -> str:
    known = [
        info.document.name,
        tables_list.places(info),
        info.unit,
        tables_list.size(info),
        counted("tables.hidden_left_out", info.hidden) if info.hidden else "",
        counted("tables.merged", len(info.parts)) if info.parts else "",
        t("tables.changed") if info.changed else "",
        t("tables.draft") if info.draft else "",
    ]
    return f":gray[{' · '.join(plain(fact) for fact in known if fact)}]"


def _view(info: TableInfo, grid: Grid, rows: Sequence[Row], start: int) -> dict[str, Any]:
    values = [[value_of(cell) for cell in row] for row in rows]
    right = [_are_numbers([row[column] for row in rows], values, column) for column in range(info.columns)]
    last = start + len(rows)
    seen = in_cell if info.document.kind == "workbook" else str
    return {
        "id": info.id,
        "header": [
            [
                {"text": cell.text, "span": span, "right": right[column]}
                for column, (cell, span) in enumerate(zip(row, spans(row), strict=True))
            ]
            for row in grid.header
        ],
        "rows": [
            {
                "cells": [seen(cell.text) for cell in row],
                "level": row[0].level,
                "negative": [column for column, value in enumerate(numbers) if value is not None and value < 0],
                "place": where(row[0].place),
            }
            for row, numbers in zip(rows, values, strict=True)
        ],
        "right": right,
        "start": start,
        "step": AT_ONCE,
        "count": info.rows,
        "texts": {
            "table": t("tables.table_of", name=info.title or info.about),
            "rows_above": t("tables.rows_above"),
            "rows_below": t("tables.rows_below"),
            "rows_at": t("tables.rows_at", first=f"{start + 1:,}", last=f"{last:,}", count=f"{info.rows:,}"),
        },
    }


def _are_numbers(cells: Sequence[Cell], values: Sequence[Sequence[float | int | None]], column: int) -> bool:
    """Whether most of what stands in a column is numbers."""
    filled = [values[row][column] is not None for row, cell in enumerate(cells) if cell.text]
    return column > 0 and sum(filled) * 2 > len(filled)


def _correct(info: TableInfo, numbers: Sequence[int]) -> None:
    """What can be set right: title, unit, heads, and what belongs below."""
    key = f"{info.id}-{info.heads}-{len(info.parts)}"
    with st.form(f"table-edit-{key}", border=False):
        heads = st.number_input(
            t("tables.heads"),
            0,
            max(0, min(20, info.heads + info.rows)),
            min(info.heads, 20),
            help=t("tables.heads_about"),
            key=f"table-heads-{key}",
        )
        title = st.text_input(t("tables.name"), info.title, max_chars=300, key=f"table-title-{key}")
        unit = st.text_input(t("tables.unit"), info.unit, max_chars=120, key=f"table-unit-{key}")
        if st.form_submit_button(t("tables.apply"), type="primary", key="table-apply"):
            _apply(info, int(heads), title, unit)
    _merge(info, numbers)
    if info.changed:
        st.button(t("tables.restore"), icon=":material/undo:", key="table-restore", on_click=_restore, args=(info.id,))
    st.caption(t("tables.correct_about"))


def _apply(info: TableInfo, heads: int, title: str, unit: str) -> None:
    with door():
        desk().workspace.edit_table(
            ANYONE,
            info.id,
            heads=heads if heads != info.heads else None,
            title=title if title != info.title else None,
            unit=unit if unit != info.unit else None,
        )
        st.rerun()


def _merge(info: TableInfo, numbers: Sequence[int]) -> None:
    near = _near(info, numbers)
    if not near:
        return
    others = {other.id: other for other in near}
    chosen = st.selectbox(
        t("tables.merge_with"),
        list(others),
        format_func=lambda number: _named(others[number]) if number in others else "",
        index=None,
        placeholder=t("tables.merge_choose"),
        key=f"table-merge-{info.id}-{len(info.parts)}",
    )
    if st.button(t("tables.merge"), icon=":material/call_merge:", disabled=chosen is None, key="table-merge-do"):
        with door():
            desk().workspace.merge_tables(ANYONE, info.id, chosen or 0)
            st.rerun()


def _near(info: TableInfo, numbers: Sequence[int]) -> list[TableInfo]:
    """Other tables of the document, those that follow first."""
    at = numbers.index(info.id) if info.id in numbers else 0
    first = max(0, at - _NEAR // 4)
    query = TableQuery(start=first, count=_NEAR)
    near = desk().workspace.tables(ANYONE, query, documents=[info.document.id]).tables
    return sorted((other for other in near if other.id != info.id), key=lambda other: numbers.index(other.id) < at)


def _named(info: TableInfo) -> str:
    name = info.title or info.about or t("tables.unnamed")
    short = name if len(name) <= _LONGEST_CHOICE else f"{name[:_LONGEST_CHOICE]}…"
    return f"{tables_list.places(info)} · {short}"


def _restore(number: int) -> None:
    with door():
        desk().workspace.kept_tables.restore(ANYONE, number)
