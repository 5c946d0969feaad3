"""The chart of a result: a line, bars or slices, in colours that everyone can tell apart."""

import re
from typing import Any

from rag.records import Computed
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


def chart_of(computed: Computed, language: str) -> Any | None:
    """The chart of *computed*, with axes as readers of *language* expect them; ``None`` when it has none, or but one
    point.
    """
    chart = computed.chart
    if chart is None or chart.x not in computed.columns:
        return None
    import altair as alt  # noqa: PLC0415 - only a result that is drawn needs it

    x = computed.columns.index(chart.x)
    ys = [computed.columns.index(name) for name in chart.y if name in computed.columns]
    kind = chart.kind
    rows = computed.rows if kind == "line" else computed.rows[:_BARS]
    points = [
        {
            "x": str(row[x]),
            "y": row[y],
            "series": computed.columns[y],
            "said": written(row[y], percent=_is_share(computed, y)),
        }
        for row in rows
        for y in ys
        if row[x] is not None and row[y] is not None
    ]
    if len({point["x"] for point in points}) < 2:
        return None
    percent = all(_is_share(computed, y) for y in ys)
    if kind == "pie" and (len(points) > _SLICES or any(float(point["y"] or 0) < 0 for point in points)):
        kind = "bar"
    scaled = _SCALED.search(" ".join([computed.unit, *chart.y])) is not None
    name = chart.y[0] if len(ys) == 1 else ""
    title = " ".join(part for part in (name, "" if percent else _bracketed(computed.unit)) if part)
    axis = alt.Axis(format="~%" if percent else ",~f", tickCount=5)
    if not percent and not scaled:
        axis = alt.Axis(labelExpr=_ROUND[language], tickCount=5)
    base: Any = alt.Chart(alt.InlineData(values=points), title=computed.table)
    color = alt.Color(
        "series:N",
        title=None,
        scale=alt.Scale(range=PALETTE),
        legend=None if len(ys) == 1 else alt.Legend(orient="top"),
    )
    tooltip = [alt.Tooltip("x:N", title=chart.x), alt.Tooltip("series:N", title=" "), alt.Tooltip("said:N", title=" ")]
    if kind == "pie":
        slices = alt.Color("x:N", title=chart.x, sort=None, scale=alt.Scale(range=PALETTE))
        order = alt.Order("rank:Q")
        for rank, point in enumerate(points):
            point["rank"] = rank
            point["label"] = f"{point['said']}"
        round_ = base.encode(theta=alt.Theta("y:Q", stack=True), order=order, tooltip=tooltip[:1] + tooltip[2:])
        arcs = round_.mark_arc(innerRadius=50, outerRadius=100, padAngle=0.015).encode(color=slices)
        return arcs + round_.mark_text(radius=120, fontSize=12).encode(text="label:N", color=alt.value("gray"))
    across: dict[str, Any] = {"shorthand": "x:N", "sort": None, "title": chart.x}
    up: dict[str, Any] = {"shorthand": "y:Q", "title": title or None, "axis": axis}
    drawn = base.encode(color=color, tooltip=tooltip)
    if kind == "line":
        line = drawn.mark_line(point=alt.OverlayMarkDef(filled=True, size=60), strokeWidth=2.5)
        flat = alt.Axis(labelAngle=0, labelOverlap=True, labelExpr=_IN_TWO_LINES, ticks=False)
        return line.encode(x=alt.X("x:N", sort=None, title=None, axis=flat), y=alt.Y(**up, scale=alt.Scale(zero=False)))
    lying = len({point["x"] for point in points}) > _LONG or any(len(str(point["x"])) > _LONG for point in points)
    if lying:
        return drawn.mark_bar().encode(y=alt.Y(**across), x=alt.X(**up), yOffset="series:N")
    return drawn.mark_bar().encode(x=alt.X(**across), y=alt.Y(**up), xOffset="series:N")


def _is_share(computed: Computed, column: int) -> bool:
    return column in computed.percents


def _bracketed(unit: str) -> str:
    bare = " ".join(unit.split()).strip(" ()（）[]【】")
    return f"({bare})" if bare else ""
