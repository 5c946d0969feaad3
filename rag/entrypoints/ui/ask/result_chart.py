"""The chart of a result: a line, bars or slices, in colours that everyone can tell apart."""

import re
from dataclasses import dataclass
from typing import Any

from rag.records import Chart, Computed
from rag.writing.results import written

# Okabe and Ito, "Color Universal Design" (2008); without black and yellow, each of which is lost on one background.
PALETTE = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"]
_SLICES = 6
_BARS = 30
_LONG = 8  # bars side by side, and signs under each; of more, they lie under each other
_SCALED = re.compile(r"[百千万亿萬億]|thousand|million|billion|\b000", re.IGNORECASE)
_IN_TWO_LINES = (  # ``2023年第一季度`` with the year above
    "length(datum.label) > 6 && indexof(datum.label, '年') > 0"
    " ? [slice(datum.label, 0, indexof(datum.label, '年') + 1), slice(datum.label, indexof(datum.label, '年') + 1)]"
    " : datum.label"
)
_ROUND = {
    "zh": (
        "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~f') + '亿'"
        " : abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~f') + '万' : format(datum.value, ',~f')"
    ),
    "en": (
        "abs(datum.value) >= 1e9 ? format(datum.value / 1e9, ',~f') + 'B'"
        " : abs(datum.value) >= 1e6 ? format(datum.value / 1e6, ',~f') + 'M' : format(datum.value, ',~f')"
    ),
}


@dataclass(frozen=True, slots=True)
class _Data:
    """What is drawn of a result: its *points*, each a place on the axis *x*, a value, a series and the value as words;
    the columns *ys* they are of; whether all of them are *shares*.
    """

    computed: Computed
    x: str
    names: tuple[str, ...]
    ys: tuple[int, ...]
    points: tuple[dict[str, Any], ...]
    shares: bool

    @property
    def places(self) -> set[str]:
        return {point["x"] for point in self.points}


def chart_of(computed: Computed, language: str) -> Any | None:
    """The chart of *computed*, with axes as readers of *language* expect them; ``None`` when it has none, or but one
    point.
    """
    chart = computed.chart
    if chart is None or chart.x not in computed.columns:
        return None
    data = _data(computed, chart)
    if len(data.places) < 2:
        return None
    match chart.kind:
        case "pie" if len(data.points) <= _SLICES and all(float(point["y"] or 0) >= 0 for point in data.points):
            return _slices(data)
        case "line":
            return _line(data, language)
        case _:
            return _bars(data, language)


def _data(computed: Computed, chart: Chart) -> _Data:
    x = computed.columns.index(chart.x)
    ys = tuple(computed.columns.index(name) for name in chart.y if name in computed.columns)
    rows = computed.rows if chart.kind == "line" else computed.rows[:_BARS]
    points = tuple(
        {
            "x": str(row[x]),
            "y": row[y],
            "series": computed.columns[y],
            "said": written(row[y], percent=y in computed.percents),
        }
        for row in rows
        for y in ys
        if row[x] is not None and row[y] is not None
    )
    return _Data(computed, chart.x, chart.y, ys, points, all(y in computed.percents for y in ys))


def _slices(data: _Data) -> Any:
    import altair as alt  # noqa: PLC0415 - only a result that is drawn needs it

    points = [{**point, "rank": rank, "label": f"{point['said']}"} for rank, point in enumerate(data.points)]
    slices = alt.Color("x:N", title=data.x, sort=None, scale=alt.Scale(range=PALETTE))
    tooltip = [alt.Tooltip("x:N", title=data.x), alt.Tooltip("said:N", title=" ")]
    base: Any = alt.Chart(alt.InlineData(values=points), title=data.computed.table)
    round_ = base.encode(theta=alt.Theta("y:Q", stack=True), order=alt.Order("rank:Q"), tooltip=tooltip)
    arcs = round_.mark_arc(innerRadius=50, outerRadius=100, padAngle=0.015).encode(color=slices)
    return arcs + round_.mark_text(radius=120, fontSize=12).encode(text="label:N", color=alt.value("gray"))


def _line(data: _Data, language: str) -> Any:
    import altair as alt  # noqa: PLC0415 - only a result that is drawn needs it

    line = _series(data).mark_line(point=alt.OverlayMarkDef(filled=True, size=60), strokeWidth=2.5)
    flat = alt.Axis(labelAngle=0, labelOverlap=True, labelExpr=_IN_TWO_LINES, ticks=False)
    up = alt.Y(**_measure(data, language), scale=alt.Scale(zero=False))
    return line.encode(x=alt.X("x:N", sort=None, title=None, axis=flat), y=up)


def _bars(data: _Data, language: str) -> Any:
    import altair as alt  # noqa: PLC0415 - only a result that is drawn needs it

    bars = _series(data).mark_bar()
    across: dict[str, Any] = {"shorthand": "x:N", "sort": None, "title": data.x}
    up = _measure(data, language)
    if len(data.places) > _LONG or any(len(place) > _LONG for place in data.places):
        return bars.encode(y=alt.Y(**across), x=alt.X(**up), yOffset="series:N")
    return bars.encode(x=alt.X(**across), y=alt.Y(**up), xOffset="series:N")


def _series(data: _Data) -> Any:
    """A chart without marks: a colour for each series, named where there are several, and words for each point."""
    import altair as alt  # noqa: PLC0415 - only a result that is drawn needs it

    legend = None if len(data.ys) == 1 else alt.Legend(orient="top")
    tooltip = [alt.Tooltip("x:N", title=data.x), alt.Tooltip("series:N", title=" "), alt.Tooltip("said:N", title=" ")]
    return alt.Chart(alt.InlineData(values=list(data.points)), title=data.computed.table).encode(
        color=alt.Color("series:N", title=None, scale=alt.Scale(range=PALETTE), legend=legend), tooltip=tooltip
    )


def _measure(data: _Data, language: str) -> dict[str, Any]:
    """The axis of the values: named by the column if it is the only one, with the unit, and in large steps such as 万
    unless the unit has them already.
    """
    import altair as alt  # noqa: PLC0415 - only a result that is drawn needs it

    unit = data.computed.unit
    name = data.names[0] if len(data.ys) == 1 else ""
    title = " ".join(part for part in (name, "" if data.shares else _bracketed(unit)) if part)
    if data.shares or _SCALED.search(" ".join([unit, *data.names])):
        axis = alt.Axis(format="~%" if data.shares else ",~f", tickCount=5)
    else:
        axis = alt.Axis(labelExpr=_ROUND[language], tickCount=5)
    return {"shorthand": "y:Q", "title": title or None, "axis": axis}


def _bracketed(unit: str) -> str:
    bare = " ".join(unit.split()).strip(" ()（）[]【】")
    return f"({bare})" if bare else ""
