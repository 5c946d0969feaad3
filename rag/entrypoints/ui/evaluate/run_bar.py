"""The run that goes on: begun, with its progress, ended. It survives a reload, since it is not the page's."""

import streamlit as st

from rag.entrypoints.ui.desk import desk
from rag.entrypoints.ui.door import door
from rag.entrypoints.ui.find import tried_weights
from rag.entrypoints.ui.texts import counted, plain, t, told
from rag.errors import RagError
from rag.evaluation.runs import Run
from rag.library.members import ANYONE
from rag.records import Base

_LOOK = 0.7  # seconds
_PROBLEM = "evaluate_problem"
RUNS_CHANGED = "evaluate_runs"


def draw(base: Base, *, count: int) -> None:
    """Draw the way to a run over *count* questions, or the one that goes on."""
    if (problem := st.session_state.pop(_PROBLEM, None)) is not None:
        st.error(told(problem), icon=":material/error:")
    if running(base) is None:
        _start(base, count)
    else:
        st.fragment(_progress, run_every=_LOOK, key="evaluate-progress")(base)


def running(base: Base) -> Run | None:
    """The run over the questions of *base* that goes on."""
    return next((run for run in reversed(desk().runs.runs(ANYONE, base.id)) if run.state == "running"), None)


def _start(base: Base, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="evaluate-bar"):
        st.segmented_control(
            t("evaluate.among"),
            [False, True],
            default=False,
            required=True,
            format_func=lambda own: t("evaluate.within" if own else "evaluate.shared"),
            help=t("evaluate.among_about"),
            key="evaluate-within",
            persist_state="session",
        )
        st.text_input(
            t("evaluate.run_name"), placeholder=t("evaluate.run_name_example"), key="evaluate-name", width=185
        )
        chosen = tried_weights.tried()
        label = t("evaluate.weights_tried" if chosen else "evaluate.weights_learnt")
        with st.popover(label, icon=":material/tune:", key="evaluate-weights", help=t("evaluate.weights_help")):
            tried_weights.draw()
        st.button(
            counted("evaluate.run", count),
            type="primary",
            icon=":material/play_arrow:",
            key="evaluate-run",
            on_click=_begin,
            args=(base,),
            disabled=not count,
        )


def _begin(base: Base) -> None:
    # What was chosen just before may have come with this very click.
    name, within = st.session_state["evaluate-name"], bool(st.session_state["evaluate-within"])
    try:
        number = desk().runs.begin(ANYONE, base.id, name, within=within, weights=tried_weights.tried())
    except RagError as error:
        st.session_state[_PROBLEM] = error.note
    else:
        st.session_state[RUNS_CHANGED] = number


def _progress(base: Base) -> None:
    """Looks on; the page is drawn once more when the run is over."""
    run = running(base)
    if run is None:
        st.rerun()
    with door(), st.container(horizontal=True, vertical_alignment="center", key="evaluate-progress-bar"):
        text = t("evaluate.progress", name=plain(run.name), done=run.done, total=run.total)
        st.progress(run.done / run.total if run.total else 0.0, text=text)
        st.button(
            t("evaluate.cancel"),
            icon=":material/stop_circle:",
            key="evaluate-cancel",
            on_click=desk().runs.cancel,
            args=(ANYONE, base.id),
        )
