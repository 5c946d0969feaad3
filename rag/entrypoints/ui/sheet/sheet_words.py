"""How values, measures and filters of a table worked with by hand are told to a person."""

from datetime import date

from rag.entrypoints.ui.texts import language, sentences, t
from rag.figures.asked.periods import GRAINS, label
from rag.figures.typed import TypedTable
from rag.records import Filter, Measure, Slot, Value, View
from rag.writing.results import written


def key(view: View, table: TypedTable, name: str, value: Value, speaks: str = "") -> str:
    """A value of the column *name*, by which *view* groups: days as their period.

    Files are made where no visitor is known: they say in which language it *speaks*.
    """
    speaks = speaks or language()
    column = table.columns[table.named(name)]
    if value is None:
        return sentences(speaks)["sheet.nothing"]
    if isinstance(value, date):
        own = column.grain or "day"
        grouped = name in view.group or name == view.pivot
        grain = view.grain if grouped and view.grain is not None else own
        return label(value, min(grain, own, key=GRAINS.index), chinese=speaks == "zh")
    return written(value, percent=column.percent) if column.percent else plain(value)


def plain(value: float | str) -> str:
    """A number that names a group is told without thousands separators: 2024, not 2,024."""
    if isinstance(value, str):
        return value
    return f"{value:.0f}" if float(value).is_integer() else f"{value:g}"


def cell(table: TypedTable, name: str, value: Value) -> str:
    """A value of a listed row."""
    column = table.columns[table.named(name)]
    if value is None:
        return ""
    if isinstance(value, date):
        return label(value, column.grain or "day", chinese=language() == "zh")
    return written(value, percent=column.percent)


def measure(one: Measure, speaks: str = "") -> str:
    """``Sum of Sales``."""
    known = sentences(speaks or language())
    return known[f"sheet.{one.function}_of"].format(name=one.column) if one.column else known["sheet.count_rows"]


def is_percent(table: TypedTable, one: Measure) -> bool:
    """Whether what is computed is a share of one."""
    return bool(one.column) and one.function != "count" and table.columns[table.named(one.column)].percent


def slot(view: View, table: TypedTable, one: Slot) -> str:
    """The head of a column of results: what is computed, and what of when it is put across."""
    told = measure(view.measures[one.measure])
    if not view.pivot:
        return told
    across = t("sheet.all") if one.all else key(view, table, view.pivot, one.value)
    return across if len(view.measures) == 1 else f"{across} · {told}"


def filters(view: View, table: TypedTable) -> str:
    """All filters in a line; empty without any."""
    return t("sheet.and").join(_filter(table, one) for one in view.filters)


def _filter(table: TypedTable, one: Filter) -> str:
    if one.values:
        values = t("sheet.or").join(t("sheet.nothing") if value is None else value for value in one.values)
        return f"{one.column}: {values}"
    ends = ["…" if end is None else cell(table, one.column, end) for end in (one.low, one.high)]
    return f"{one.column}: {ends[0]} – {ends[1]}"
