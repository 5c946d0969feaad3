"""Runs over the gold questions: over time, one of them against another, and question by question."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from rag.entrypoints.ui import listing
from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.documents.document_table import when
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.evaluate import gold_list, run_figures, run_files
from rag.entrypoints.ui.evaluate.run_bar import RUNS_CHANGED
from rag.entrypoints.ui.evaluate.run_chart import chart_of_runs
from rag.entrypoints.ui.find import tried_weights
from rag.entrypoints.ui.listing import Column, Select
from rag.entrypoints.ui.texts import counted, plain, t, told
from rag.evaluation.runs import Run, changes
from rag.library.members import ANYONE
from rag.records import Base

_KEY = "run-rows"
_HEIGHT = 260  # pixels
_SHOWN = 40  # runs of the chart


def draw(base: Base) -> None:
    """Draw the runs of *base*."""
    runs = desk().runs.runs(ANYONE, base.id)
    if not runs:
        st.markdown(t("evaluate.no_runs"))
        return
    names = names_of(runs)
    shown = [run for run in runs if run.done][-_SHOWN:]
    chart = chart_of_runs(shown, [names[run.id] for run in shown], (1, 5, 10))
    if chart is not None:
        st.altair_chart(chart, width="stretch", height=_HEIGHT, alt=t("evaluate.chart_alt"), key="run-chart")
    run, other = _chosen(runs, names)
    _about(run)
    run_figures.draw(run, other)
    run_figures.reliability(run)
    _questions(base, run, other)


def names_of(runs: Sequence[Run]) -> dict[int, str]:
    """What *runs*, oldest first, are called: as they were named, or by their number; no two alike."""
    names: dict[int, str] = {}
    for number, run in enumerate(runs, start=1):
        called = run.name or t("evaluate.run_number", number=number)
        names[run.id] = f"{called} ({number})" if called in names.values() else called
    return names


def _chosen(runs: Sequence[Run], names: Mapping[int, str]) -> tuple[Run, Run | None]:
    """The run to look at, the newest to begin with, and the one to compare it with, the one before."""
    by_number = {run.id: run for run in runs}
    newest = st.session_state.pop(RUNS_CHANGED, None)
    if newest in by_number:
        st.session_state.pop("run-chosen", None)
        st.session_state.pop("run-other", None)
    offered = [run.id for run in reversed(runs)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="run-bar"):
        number = st.selectbox(
            t("evaluate.run_shown"),
            offered,
            format_func=lambda one: _label(by_number[one], names) if one in by_number else "",
            key="run-chosen",
            width=350,
        )
        run = by_number[number]
        others = [0, *(one for one in offered if one != number)]
        before = next((one for one in offered if one < number), 0)
        other = st.selectbox(
            t("evaluate.compare"),
            others,
            index=others.index(before),
            format_func=lambda one: _label(by_number[one], names) if one in by_number else t("evaluate.compare_none"),
            key=f"run-other-{number}",
            width=350,
        )
        _menu(run, names[number])
    return run, by_number.get(other)


def _label(run: Run, names: Mapping[int, str]) -> str:
    told = f"{names[run.id]} · {when(run.made)}"
    return f"{told} · {t('evaluate.weights_tried')}" if run.weights is not None else told


def _menu(run: Run, name: str) -> None:
    """What can be done with a run: its name, its figures to take away, and its end."""
    with st.popover(t("evaluate.run_menu"), icon=":material/more_horiz:", key="run-menu"):
        with st.form(f"run-rename-{run.id}", border=False):
            given = st.text_input(t("evaluate.run_name"), run.name, placeholder=name, max_chars=120)
            if st.form_submit_button(t("evaluate.rename")):
                with door():
                    desk().runs.rename(ANYONE, run.id, given)
                    st.rerun()
        _download("json", partial(run_files.run_json, run), name, "application/json", ":material/data_object:", run.id)
        _download("csv", partial(run_files.run_csv, run), name, "text/csv", ":material/csv:", run.id)
        if st.button(t("evaluate.run_remove"), icon=":material/delete:", type="tertiary", key=f"run-remove-{run.id}"):
            with door():
                desk().runs.remove(ANYONE, run.id)
                st.rerun()


def _about(run: Run) -> None:
    """How far a run has come, and how it was asked."""
    facts = [
        counted("evaluate.count", run.done),
        t("evaluate.within" if run.within else "evaluate.shared"),
        t("evaluate.median_ms", ms=run.summary.get("ms", {}).get("median", 0)),
    ]
    if run.summary.get("unanswerable"):
        facts.append(t("evaluate.unanswerable_count", count=run.summary["unanswerable"]))
    if run.weights is not None:
        facts.append(t("evaluate.weights_were", changes=tried_weights.changes(run.weights)))
    st.caption(" · ".join(plain(fact) for fact in facts))
    if run.state == "stopped":
        with st.container(horizontal=True, vertical_alignment="center", key="run-stopped"):
            st.info(t("evaluate.stopped", done=run.done, total=run.total), icon=":material/pause_circle:")
            if st.button(t("evaluate.resume"), icon=":material/play_arrow:", key=f"run-resume-{run.id}"):
                with door():
                    desk().runs.resume(ANYONE, run.id)
                    st.rerun()
    elif run.state == "failed":
        why = told(run.problem) if run.problem else t("evaluate.failed_somehow")
        st.error(f"{t('evaluate.failed')} {why}", icon=":material/error:")


# ── question by question ──


def _questions(base: Base, run: Run, other: Run | None) -> None:
    """A row for each question, and what it was in the other run; each leads to where its answer stands."""
    compared = changes(run, other) if other is not None and other.done else None
    moved = {change["id"]: "better" for change in compared["better"]} if compared else {}
    moved |= {change["id"]: "worse" for change in compared["worse"]} if compared else {}
    before = {row["id"]: row for row in other.summary["questions"]} if other is not None else {}
    rows = [{**row, "number": at, "sign": moved.get(row["id"], "")} for at, row in enumerate(run.summary["questions"])]
    options = [("", t("evaluate.show_all")), ("lost", t("evaluate.show_lost"))]
    if compared is not None:
        counts = {"better": len(compared["better"]), "worse": len(compared["worse"])}
        st.markdown(t("evaluate.moved", **counts))
        options += [(name, t(f"evaluate.show_{name}", count=count)) for name, count in counts.items()]
    selects = [Select("show", t("evaluate.show"), options)]
    view = listing.view_of(_KEY, selects)
    found = [row for row in rows if _is_wanted(row, view)]
    columns = [
        Column("question", t("evaluate.question"), main=True),
        Column("kind", t("evaluate.kind")),
        Column("place", t("evaluate.place")),
        *([Column("was", t("evaluate.was"), right=True)] if compared is not None else []),
        Column("rank", t("evaluate.rank"), right=True),
    ]

    def acted(_: str, numbers: list[int]) -> None:
        row = run.summary["questions"][numbers[0]]
        gold_list.open_places(base, numbers[0], row["gold"])

    listing.draw(
        _KEY,
        "run-questions",
        found,
        view,
        shown=lambda row: _row(row, before.get(row["id"])),
        columns=columns,
        selects=selects,
        summary=counted("evaluate.count", len(found)),
        words={"filter": t("evaluate.filter"), "nothing": t("evaluate.nothing_found")},
        acted=acted,
    )


def _is_wanted(row: Mapping[str, Any], view: listing.View) -> bool:
    text = f"{row['question']} {row['id']} {row['kind']} {' '.join(gold_list.places_of(row['gold']))}".casefold()
    show = view.chosen.get("show", "")
    wanted = {"": True, "lost": bool(row["gold"]) and _rank(row) is None}.get(show, row["sign"] == show)
    return wanted and all(word in text for word in view.text.casefold().split())


def _rank(row: Mapping[str, Any]) -> int | None:
    """Where the right page was found; where no page is known, the right document."""
    rank: int | None = row["rank"] if row["ranks"] else row["document_rank"]
    return rank


def _row(row: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    document, place = gold_list.places_of(row["gold"])
    rank = _rank(row)
    first = row["found"][0] if row["found"] else ""
    cells = {
        "question": {
            "text": row["question"],
            "act": "open",
            "under": t("evaluate.first_found", place=first) if first and rank != 1 else "",
        },
        "kind": {"text": row["kind"]},
        "place": {"text": document or t("evaluate.unanswerable"), "under": place},
        "was": {"text": "–" if before is None or not row["gold"] else gold_list.rank_of(_rank(before))},
        "rank": {
            "text": gold_list.rank_of(rank) if row["gold"] else "–",
            "sign": row["sign"] or ("lost" if row["gold"] and rank is None else ""),
        },
    }
    return {"id": row["number"], "name": row["question"], "cells": cells}


def _download(kind: str, data: Callable[[], bytes], name: str, mime: str, icon: str, run: int) -> None:
    st.download_button(
        t(f"evaluate.run_{kind}"),
        data=data,
        file_name=f"{name}.{kind}",
        mime=mime,
        icon=icon,
        type="tertiary",
        on_click="ignore",
        key=f"run-{kind}-{run}",
    )
