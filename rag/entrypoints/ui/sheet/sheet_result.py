"""What a view comes to, as a chart and a table; each of its rows leads to the cells that went in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

import streamlit as st

from rag.entrypoints.ui import components, source_pane
from rag.entrypoints.ui.ask.result_chart import chart_of
from rag.entrypoints.ui.sheet import sheet_words
from rag.entrypoints.ui.texts import counted, in_cell, language, plain, t
from rag.figures.asked.periods import label
from rag.figures.typed import TypedTable
from rag.records import Chart, Citation, Computed, Place, Value, View, Worked
from rag.showing.sheet import OpenTable
from rag.showing.tables import AT_ONCE
from rag.writing.results import written

_KEY = "sheet-result"
_TURN = "sheet-"  # what the source pane is told to show it for
_SERIES = 6  # as many colours there are
_HEIGHT = 320  # pixels


def draw(opened: OpenTable, view: View) -> Computed:
    """Draw what *view* comes to; the result as it is taken away.

    :raises CannotCompute: when it takes too long or too much memory
    """
    if not view.measures:
        return _draw_rows(opened, view)
    found = opened.result(view)
    shown = presented(opened, view, found)
    _about(opened, view, found)
    _chart(opened, view, found, shown)
    keys = len(view.group) or 1
    total = (t("sheet.total"), *[""] * (keys - 1), *map(_number, found.totals))
    rows = [*shown.rows, total] if view.group else list(shown.rows)
    known: list[Mapping[str, Value]] = [dict(zip(view.group, key, strict=True)) for key in found.keys]
    places = [partial(opened.cells, view, each) for each in [*known, {}]]
    _table(
        opened,
        view,
        shown,
        rows,
        places,
        keys=keys if view.group else 0,
        totals={len(rows) - 1} if view.group else set(),
    )
    return shown


def presented(opened: OpenTable, view: View, found: Worked) -> Computed:
    """*found* with its keys as a person reads them; without a group, the one row of the total."""
    table = opened.shape(view)
    heads = [*view.group, *(sheet_words.slot(view, table, slot) for slot in found.slots)]
    rows: list[tuple[str | float | int | None, ...]] = []
    for key, row in zip(found.keys, found.rows, strict=True):
        told = [sheet_words.key(view, table, name, value) for name, value in zip(view.group, key, strict=True)]
        rows.append((*told, *map(_number, row)))
    first = len(view.group)
    percents = [
        first + at for at, slot in enumerate(found.slots) if sheet_words.is_percent(table, view.measures[slot.measure])
    ]
    info = opened.info
    return Computed(
        "",
        tuple(_apart(heads)),
        tuple(rows),
        None,
        info.document,
        info.title or info.about,
        (),
        found.cut,
        table.unit,
        tuple(percents),
    )


def source_is_open(number: int) -> bool:
    """Whether cells of table *number* are shown beside it."""
    shown = source_pane.shown()
    return shown is not None and shown.turn == f"{_TURN}{number}"


def close_source() -> None:
    """Put away the cells that are shown."""
    shown = source_pane.shown()
    if shown is not None and shown.turn.startswith(_TURN):
        source_pane.close()


def _about(opened: OpenTable, view: View, found: Worked) -> None:
    facts = [counted("sheet.counted", found.counted), opened.shape(view).unit]
    facts += [counted("sheet.left_out", found.left_out)] if found.left_out else []
    facts += [counted("tables.hidden_left_out", opened.info.hidden)] if opened.info.hidden else []
    facts += [t("sheet.cut")] if found.cut else []
    st.markdown(f":gray[{' · '.join(plain(fact) for fact in facts if fact)}]")


def _chart(opened: OpenTable, view: View, found: Worked, shown: Computed) -> None:
    if view.chart is None or not view.group:
        return
    first = len(view.group)
    series = [at for at, slot in enumerate(found.slots) if not view.pivot or not slot.all]
    if len(series) > _SERIES:
        series = sorted(sorted(series, key=lambda at: -abs(_size(found.totals[at])))[:_SERIES])
        st.caption(t("sheet.largest", count=_SERIES))
    x = t("sheet.between").join(view.group)
    columns = (x, *(shown.columns[first + at] for at in series))
    rows = tuple(
        (t("sheet.between").join(str(part) for part in row[:first]), *(row[first + at] for at in series))
        for row in shown.rows
    )
    percents = tuple(at for at, one in enumerate(series, start=1) if first + one in shown.percents)
    chart = Chart(view.chart, x, columns[1:])
    drawn = chart_of(
        Computed("", columns, rows, chart, opened.info.document, "", (), unit=shown.unit, percents=percents),
        language(),
    )
    if drawn is None:
        st.caption(t("sheet.nothing_to_draw"))
        return
    about = t("result.chart_alt", table=shown.table, columns=t("result.and").join(columns))
    st.altair_chart(drawn, width="stretch", height=_HEIGHT, alt=about, key="sheet-chart")


def _draw_rows(opened: OpenTable, view: View) -> Computed:
    table = opened.shape(view)
    names = view.columns or tuple(column.name for column in table.columns)
    columns = [table.named(name) for name in names]
    numbers = opened.rows(view)
    facts = [counted("sheet.listed", len(numbers)), table.unit]
    facts += [counted("tables.hidden_left_out", opened.info.hidden)] if opened.info.hidden else []
    st.markdown(f":gray[{' · '.join(plain(fact) for fact in facts if fact)}]")
    chinese = language() == "zh"
    rows: list[tuple[str | float | int | None, ...]] = [
        tuple(_listed(table, number, at, chinese=chinese) for at in columns) for number in numbers
    ]
    percents = tuple(place for place, at in enumerate(columns) if table.columns[at].percent)
    info = opened.info
    shown = Computed(
        "", names, tuple(rows), None, info.document, info.title or info.about, (), unit=table.unit, percents=percents
    )
    places = [partial(opened.cells_of_row, view, number) for number in numbers]
    _table(
        opened,
        view,
        shown,
        rows,
        places,
        keys=1,
        totals={at for at, number in enumerate(numbers) if number in table.totals},
    )
    return shown


def _listed(table: TypedTable, row: int, column: int, *, chinese: bool) -> str | float | int | None:
    match table.rows[row][column]:
        case date() as day:
            return label(day, table.columns[column].grain or "day", chinese=chinese)
        case value:
            return "" if value is None else in_cell(value) if isinstance(value, str) else value


def _table(
    opened: OpenTable,
    view: View,
    shown: Computed,
    rows: Sequence[tuple[str | float | int | None, ...]],
    places: Sequence[Any],
    *,
    keys: int,
    totals: Collection[int],
) -> None:
    """The rows as the browser draws them, some at a time; *places* gives the cells behind each,
    and *totals* are those that sum up others.
    """
    number = int(sha256(f"{opened.info.id} {view}".encode()).hexdigest()[:12], 16)
    if not rows:
        st.info(t("sheet.no_rows"), icon=":material/info:")
        return
    start = _start(number, len(rows))
    here = rows[start : start + AT_ONCE]
    right = [
        at >= keys and not any(isinstance(row[at], str) and row[at] for row in here) for at in range(len(shown.columns))
    ]
    components.table(
        {
            "id": number,
            "header": [
                [
                    {"text": name, "span": 1, "right": is_right}
                    for name, is_right in zip(shown.columns, right, strict=True)
                ]
            ],
            "rows": [_drawn(row, shown, is_total=at in totals) for at, row in enumerate(here, start)],
            "right": right,
            "start": start,
            "step": AT_ONCE,
            "count": len(rows),
            "texts": {
                "table": t("tables.table_of", name=shown.table),
                "rows_above": t("tables.rows_above"),
                "rows_below": t("tables.rows_below"),
                "rows_at": t(
                    "tables.rows_at", first=f"{start + 1:,}", last=f"{start + len(here):,}", count=f"{len(rows):,}"
                ),
            },
        },
        key=_KEY,
        start=lambda: None,
        row=partial(_point, opened, places),
    )


def _drawn(row: Sequence[str | float | int | None], shown: Computed, *, is_total: bool) -> dict[str, Any]:
    texts = [
        value if isinstance(value, str) else "" if value is None else written(value, percent=at in shown.percents)
        for at, value in enumerate(row)
    ]
    negative = [at for at, value in enumerate(row) if isinstance(value, float | int) and value < 0]
    return {"cells": texts, "level": 0, "negative": negative, "place": t("sheet.show_cells"), "total": is_total}


def _start(number: int, count: int) -> int:
    """The first row that is shown, as the browser asks for it."""
    given = (st.session_state.get(_KEY) or {}).get("start")
    if not isinstance(given, dict) or given.get("id") != number:
        return 0
    at = given.get("at")
    return int(at) if isinstance(at, int | float) and 0 <= at < count else 0


def _point(opened: OpenTable, places: Sequence[Any]) -> None:
    """Show the cells that went into the row that a person pointed to."""
    wish = st.session_state[_KEY].get("row") or {}
    at = wish.get("row")
    if isinstance(at, int) and 0 <= at < len(places):
        found: tuple[Place, ...] = places[at]()
        if found:
            citation = Citation(at + 1, opened.info.document, 0, found, "")
            source_pane.show(f"{_TURN}{opened.info.id}", "table", [citation], at + 1)


def _number(value: Value) -> float | int | None:
    return value if isinstance(value, float | int) else None


def _size(value: Value) -> float:
    return float(value) if isinstance(value, float | int) else 0.0


def _apart(names: Sequence[str]) -> list[str]:
    """*names*, none twice."""
    found: list[str] = []
    for name in names:
        wanted, copy = name, 2
        while wanted in found:
            wanted, copy = f"{name} ({copy})", copy + 1
        found.append(wanted)
    return found
