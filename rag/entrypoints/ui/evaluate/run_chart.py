"""Runs over time as lines: how often the right page was among the first, told apart by colour, dashes and shape."""

from collections.abc import Mapping, Sequence
from typing import Any

from rag.entrypoints.ui.ask.result_chart import PALETTE
from rag.entrypoints.ui.texts import t
from rag.evaluation.runs import Run

_SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]
_DASHES = [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [1, 0]]


def chart_of_runs(runs: Sequence[Run], names: Sequence[str], depths: Sequence[int]) -> Any | None:
    """The lines of *runs*, oldest first, each under its name; ``None`` when there are fewer than two with figures."""
    points = [point for run, name in zip(runs, names, strict=True) for point in _points(run, name, depths)]
    if len({point["run"] for point in points}) < 2:
        return None
    import altair as alt  # noqa: PLC0415 - only a chart that is drawn needs it

    order = list(dict.fromkeys(point["series"] for point in points))
    colours = alt.Scale(domain=order, range=PALETTE[: len(order)])
    legend = alt.Legend(orient="top", title=None, columns=4, symbolDash=[1, 0], symbolStrokeWidth=0)
    tooltip = [
        alt.Tooltip("run:N", title=" "),
        alt.Tooltip("series:N", title=" "),
        alt.Tooltip("share:Q", title=" ", format=".3f"),
        alt.Tooltip("asked:Q", title=t("evaluate.asked")),
    ]
    base: Any = alt.Chart(alt.InlineData(values=points)).encode(
        x=alt.X("run:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, labelLimit=120)),
        y=alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="~%", tickCount=5)),
        color=alt.Color("series:N", sort=order, scale=colours, legend=legend),
        tooltip=tooltip,
    )
    lines = base.mark_line(strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash("series:N", sort=order, scale=alt.Scale(domain=order, range=_DASHES), legend=None)
    )
    marks = base.mark_point(filled=True, size=70, opacity=1).encode(
        shape=alt.Shape("series:N", sort=order, scale=alt.Scale(domain=order, range=_SHAPES), legend=legend)
    )
    return lines + marks


def chart_of_reliability(curve: Sequence[Mapping[str, Any]]) -> Any:
    """How often the right page was there, for each chance that was told; on the straight line both are the same."""
    import altair as alt  # noqa: PLC0415 - only a chart that is drawn needs it

    points = [{"told": one["mean"], "right": one["right"], "count": one["count"]} for one in curve]
    share = alt.Axis(format="~%", tickCount=5)
    whole = alt.Scale(domain=[0, 1])
    ideal = alt.Chart(alt.InlineData(values=[{"told": 0, "right": 0}, {"told": 1, "right": 1}])).mark_line(
        strokeDash=[4, 4], color="gray"
    )
    told = alt.Chart(alt.InlineData(values=points)).mark_line(
        color=PALETTE[0], point=alt.OverlayMarkDef(filled=True, size=70, color=PALETTE[0])
    )
    tooltip = [
        alt.Tooltip("told:Q", title=t("evaluate.chance_told"), format=".0%"),
        alt.Tooltip("right:Q", title=t("evaluate.chance_right"), format=".0%"),
        alt.Tooltip("count:Q", title=t("evaluate.asked")),
    ]
    x = alt.X("told:Q", title=t("evaluate.chance_told"), scale=whole, axis=share)
    y = alt.Y("right:Q", title=t("evaluate.chance_right"), scale=whole, axis=share)
    return ideal.encode(x=x, y=y) + told.encode(x=x, y=y, tooltip=tooltip)


def _points(run: Run, name: str, depths: Sequence[int]) -> list[dict[str, Any]]:
    told = run.summary
    # Questions that name only documents have no pages to find.
    what = "page" if told.get("mrr") is not None else "document"
    shares = {t(f"evaluate.{what}_at", depth=depth): told.get(what, {}).get(f"hit@{depth}") for depth in depths}
    shares[t("evaluate.mrr")] = told.get("mrr")
    return [
        {"run": name, "series": series, "share": share, "asked": told.get("asked", 0)}
        for series, share in shares.items()
        if share is not None
    ]
