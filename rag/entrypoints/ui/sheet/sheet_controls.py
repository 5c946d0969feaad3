"""What a person chooses of a table: how it is grouped, what is computed, which rows, in what order, drawn how."""

from collections.abc import Sequence
from datetime import date
from typing import Any, get_args

import streamlit as st

from rag.entrypoints.ui.texts import t
from rag.figures.asked.periods import GRAINS
from rag.figures.typed import TypedTable
from rag.figures.views import distinct, first_view, fitted, grain_of
from rag.records import ChartKind, Filter, Function, Measure, PeriodLength, View
from rag.showing.sheet import OpenTable

_VIEWS = "sheet_views"  # by table: the view that its controls begin with, and how many times it was set anew
_MOST_KEYS, _MOST_MEASURES = 2, 5
_CHART_SIGNS = {"none": "table_rows", "line": "show_chart", "bar": "bar_chart", "pie": "pie_chart"}
_ROWS = ""  # what stands for the rows themselves among the columns that can be counted


def begin(number: int, view: View) -> None:
    """Let the controls of table *number* show *view* from the next drawing on."""
    known = st.session_state.setdefault(_VIEWS, {})
    known[number] = (view, known[number][1] + 1 if number in known else 1)


def draw(opened: OpenTable) -> View:
    """Draw the controls; what they say as a view that fits the table."""
    number = opened.info.id
    given, turn = st.session_state.get(_VIEWS, {}).get(number, (None, 0))
    key = f"sheet-{number}-{turn}"
    start = fitted(given, opened.shape(given)) if given is not None else first_view(opened.shape(View()))
    upright = opened.has_periods and st.toggle(
        t("sheet.upright"),
        start.upright,
        help=t("sheet.upright_about"),
        key=f"{key}-upright",
        persist_state="session",
    )
    table = opened.shape(View(upright=upright))
    if upright != start.upright:
        start, key = first_view(table), f"{key}-{upright}"
    return fitted(_Controls(table, start, key, upright=upright).view(), table)


class _Controls:
    """The controls over *table*, which begin as *start* says."""

    def __init__(self, table: TypedTable, start: View, key: str, *, upright: bool) -> None:
        self._table, self._start, self._key, self._upright = table, start, key, upright
        self._kinds = {column.name: column.kind for column in table.columns}

    def view(self) -> View:
        """What the controls say."""
        with st.container(horizontal=True, vertical_alignment="top", key="sheet-controls"):
            summed = st.segmented_control(
                t("sheet.show"),
                ["sums", "rows"],
                default="sums" if self._start.measures else "rows",
                required=True,
                format_func=lambda name: t(f"sheet.{name}"),
                **self._named("show"),
            )
            return self._sums() if summed == "sums" else self._rows()

    def _sums(self) -> View:
        start = self._start
        group = self._several("group", list(self._kinds), start.group, _MOST_KEYS)
        measures = self._measures()
        pivot = self._one("pivot", ["", *(name for name in self._kinds if name not in group)], start.pivot)
        days = [name for name in (*group, pivot) if self._kinds.get(name) == "date"]
        grain = self._grain(days[0]) if days else None
        orders = ["", *group, *(measure.column for measure in measures if measure.column)]
        sort, descending = self._sort(orders)
        chart = st.segmented_control(
            t("sheet.chart"),
            list(_CHART_SIGNS),
            default=start.chart or "none",
            required=True,
            format_func=lambda name: f":material/{_CHART_SIGNS[name]}: {t(f'sheet.chart_{name}')}",
            **self._named("chart"),
        )
        kind: ChartKind | None = next((one for one in get_args(ChartKind) if one == chart), None)
        filters = self._filters()
        return View(group, measures, pivot, grain, filters, (), sort, descending, kind, self._upright)

    def _rows(self) -> View:
        columns = self._several("columns", list(self._kinds), self._start.columns, None)
        sort, descending = self._sort(["", *self._kinds])
        return View((), (), "", None, self._filters(), columns, sort, descending, None, self._upright)

    def _measures(self) -> tuple[Measure, ...]:
        numbers = [name for name, kind in self._kinds.items() if kind == "number"]
        functions: list[Function] = list(get_args(Function)) if numbers else ["count"]
        first = self._start.measures[0].function if self._start.measures else functions[0]
        function: Function = st.selectbox(
            t("sheet.function"),
            functions,
            index=functions.index(first) if first in functions else 0,
            format_func=lambda name: t(f"sheet.{name}"),
            width=130,
            **self._named("function"),
        )
        counting = function == "count"
        options = [_ROWS, *self._kinds] if counting else numbers
        default = [one.column for one in self._start.measures if one.column in options]
        if not default or (counting and first != "count"):
            default = options[:1]
        chosen = st.multiselect(
            t("sheet.of"),
            options,
            default[:_MOST_MEASURES],
            format_func=lambda name: name or t("sheet.the_rows"),
            max_selections=_MOST_MEASURES,
            placeholder=t("sheet.choose"),
            width=260,
            **self._named(f"of-{counting}"),
        )
        return tuple(Measure(name, function) for name in chosen or options[:1])

    def _grain(self, name: str) -> PeriodLength:
        own = self._table.columns[self._table.named(name)].grain or "day"
        offered = list(GRAINS[: GRAINS.index(own) + 1])
        wanted = self._start.grain or grain_of(self._table, name)
        grain: PeriodLength = st.selectbox(
            t("sheet.grain"),
            offered,
            index=offered.index(wanted) if wanted in offered else len(offered) - 1,
            format_func=lambda each: t(f"sheet.{each}"),
            width=110,
            **self._named("grain"),
        )
        return grain

    def _sort(self, names: Sequence[str]) -> tuple[str, bool]:
        options = [(name, down) for name in dict.fromkeys(names) for down in (False, True)]
        wanted = (self._start.sort, self._start.descending)
        chosen: tuple[str, bool] = st.selectbox(
            t("sheet.sort"),
            options,
            index=options.index(wanted) if wanted in options else 0,
            format_func=_told_order,
            width=180,
            **self._named(f"sort-{'-'.join(names)}"),
        )
        return chosen

    def _filters(self) -> tuple[Filter, ...]:
        start = {one.column: one for one in self._start.filters}
        chosen = self._several("filters", list(self._kinds), tuple(start), None)
        found = []
        for name in chosen:
            known = start.get(name, Filter(name))
            match self._kinds[name]:
                case "number":
                    found.append(self._amounts(name, known))
                case "date":
                    found.append(self._days(name, known))
                case _:
                    found.append(self._values(name, known))
        return tuple(one for one in found if one.values or one.low is not None or one.high is not None)

    def _values(self, name: str, known: Filter) -> Filter:
        options = distinct(self._table, name)
        chosen = st.multiselect(
            name,
            options,
            [value for value in known.values if value in options],
            format_func=lambda value: t("sheet.nothing") if value is None else value,
            placeholder=t("sheet.any"),
            width=260,
            **self._named(f"values-{name}"),
        )
        return Filter(name, tuple(chosen))

    def _amounts(self, name: str, known: Filter) -> Filter:
        ends = []
        for end, value in (("from", known.low), ("to", known.high)):
            start = None if isinstance(value, date) else value
            label = t(f"sheet.{end}", name=name)
            ends.append(st.number_input(label, value=start, step=1.0, width=160, **self._named(f"{end}-{name}")))
        return Filter(name, (), *ends)

    def _days(self, name: str, known: Filter) -> Filter:
        at = self._table.named(name)
        days = [value for row in self._table.rows if isinstance(value := row[at], date)]
        ends: list[Any] = []
        for end, value in (("from", known.low), ("to", known.high)):
            ends.append(
                st.date_input(
                    t(f"sheet.{end}", name=name),
                    value if isinstance(value, date) else None,
                    min(days, default=None),
                    max(days, default=None),
                    format="YYYY-MM-DD",
                    width=160,
                    **self._named(f"{end}-{name}"),
                )
            )
        return Filter(name, (), *ends)

    def _several(self, name: str, options: Sequence[str], chosen: Sequence[str], most: int | None) -> tuple[str, ...]:
        found = st.multiselect(
            t(f"sheet.{name}"),
            options,
            [one for one in chosen if one in options],
            max_selections=most,
            placeholder=t(f"sheet.{name}_none"),
            width=260,
            **self._named(name),
        )
        return tuple(found)

    def _one(self, name: str, options: Sequence[str], chosen: str) -> str:
        # The options change with the group; what was chosen stays as long as it is among them.
        key = f"{self._key}-{name}"
        if st.session_state.get(key, chosen) not in options:
            st.session_state[key] = ""
        found: str = st.selectbox(
            t(f"sheet.{name}"),
            options,
            index=options.index(chosen) if chosen in options else 0,
            format_func=lambda one: one or t(f"sheet.{name}_none"),
            width=160,
            **self._named(name),
        )
        return found

    def _named(self, name: str) -> dict[str, Any]:
        return {"key": f"{self._key}-{name}", "persist_state": "session"}


def _told_order(order: tuple[str, bool]) -> str:
    name, down = order
    if not name:
        return t("sheet.order_back") if down else t("sheet.order")
    return f"{name} {'↓' if down else '↑'}"
