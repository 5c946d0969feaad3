"""The figures of a run in small tables, beside those of another one, and whether its certainty came true."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from rag.entrypoints.ui import components
from rag.entrypoints.ui.evaluate import gold_list
from rag.entrypoints.ui.evaluate.run_chart import chart_of_reliability
from rag.entrypoints.ui.texts import t
from rag.evaluation.runs import DEPTHS, Run

_KINDS = ("page", "all_evidence", "document")


def draw(run: Run, other: Run | None) -> None:
    """Draw the figures of *run*, and by how much each is another than in the *other* run."""
    if not run.done:
        return
    depths = [str(depth) for depth in DEPTHS]
    heads = [t("evaluate.at", depth=depth) for depth in depths]
    old = other.summary if other is not None and other.done else None
    nothing = {"text": "", "delta": "", "sign": ""}
    rows = []
    for kind in _KINDS:
        cells = [_cell(run.summary, old, kind, depth) for depth in depths]
        mrr = _share(run.summary["mrr"], (old or {}).get("mrr"), percent=False) if kind == "page" else nothing
        name = t(f"evaluate.{'right_document' if kind == 'document' else kind}")
        rows.append({"name": name, "cells": [*cells, mrr]})
    tables = [
        {
            "title": t("evaluate.figures"),
            "corner": t("evaluate.is_found"),
            "heads": [*heads, t("evaluate.mrr")],
            "rows": rows,
        }
    ]
    for group, called in (("by_kind", str), ("by_language", gold_list.language_of)):
        parts = run.summary[group]
        if len(parts) > 1:
            tables.append(_parts(group, parts, (old or {}).get(group) or {}, depths, heads, called))
    components.measures({"tables": tables}, key="run-figures")


def reliability(run: Run) -> None:
    """Whether the chances that were told came true."""
    told = run.summary.get("confidence") or {}
    if not told.get("curve"):
        return
    with st.expander(t("evaluate.reliability"), icon=":material/balance:", key="run-reliability"):
        st.caption(t("evaluate.reliability_about", ece=f"{told['ece']:.3f}", brier=f"{told['brier']:.3f}"))
        st.altair_chart(
            chart_of_reliability(told["curve"]), width=420, height=300, alt=t("evaluate.reliability"), key="run-curve"
        )


def _parts(
    group: str,
    parts: Mapping[str, Any],
    old: Mapping[str, Any],
    depths: Sequence[str],
    heads: Sequence[str],
    called: Any,
) -> dict[str, Any]:
    """The right page by kind or by language; the right document, where no page is known."""
    rows = []
    for name, part in parts.items():
        kind = "page" if part["mrr"] is not None else "document"
        cells = [{"text": str(part["asked"]), "delta": "", "sign": ""}]
        cells += [_cell(part, old.get(name), kind, depth) for depth in depths]
        cells.append(_share(part["mrr"], (old.get(name) or {}).get("mrr"), percent=False))
        rows.append({"name": called(name), "cells": cells})
    return {
        "title": t(f"evaluate.{group}"),
        "corner": "",
        "heads": [t("evaluate.asked"), *heads, t("evaluate.mrr")],
        "rows": rows,
    }


def _cell(new: Mapping[str, Any], old: Mapping[str, Any] | None, kind: str, depth: str) -> dict[str, str]:
    before = None if old is None else old.get(kind, {}).get(f"hit@{depth}")
    return _share(new[kind].get(f"hit@{depth}"), before)


def _share(new: float | None, old: float | None, *, percent: bool = True) -> dict[str, str]:
    """A share, and by how much it changed."""
    if new is None:
        return {"text": "–", "delta": "", "sign": ""}
    text = f"{new:.1%}" if percent else f"{new:.3f}"
    change = 0.0 if old is None else new - old
    if abs(change) < 0.0005:
        return {"text": text, "delta": "", "sign": ""}
    size = f"{abs(change) * 100:.1f}" if percent else f"{abs(change):.3f}"
    sign = "better" if change > 0 else "worse"
    return {"text": text, "delta": f"{'▲' if change > 0 else '▼'} {size}", "sign": sign}
