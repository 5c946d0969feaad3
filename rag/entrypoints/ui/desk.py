"""What all visitors of one server share: the workspace, the worker that reads for it, and what is under way."""

import atexit
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rag.entrypoints.ui.models.model_pulls import ModelPulls
from rag.entrypoints.ui.models.model_watch import ModelWatch, look
from rag.entrypoints.ui.texts import t
from rag.entrypoints.worker import WorkerKeeper
from rag.errors import NameTaken
from rag.evaluation.gold import GoldQuestions
from rag.evaluation.runs import Runs
from rag.library.members import ANYONE
from rag.settings import Settings
from rag.wiring import workspace
from rag.workspace import Workspace

_FRESH = 1.0  # seconds: a drawing asks for the desk some thirty times
_drawing = threading.local()


@dataclass(frozen=True)
class Desk:
    """The app, the keeper of its worker, the model that answers, the models being downloaded, what is measured, and the
    conversations that have *begun*, each by the mark in the address of its page.
    """

    workspace: Workspace
    keeper: WorkerKeeper
    settings: Settings
    watch: ModelWatch
    pulls: ModelPulls
    gold: GoldQuestions
    runs: Runs
    begun: dict[str, int] = field(default_factory=dict)


def desk() -> Desk:
    """The desk of this server; opened once, with whatever the environment says.

    :raises BadSettings: when the environment says something that cannot be
    :raises DiskFull: when there is no room for the data folder
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return _open(Settings.from_env())
    found, until = getattr(_drawing, "desk", (None, 0.0))
    if found is None or time.monotonic() > until:
        found = _open(Settings.from_env())
        _drawing.desk = found, time.monotonic() + _FRESH  # each drawing has a thread of its own
    return found


def _close(desk: Desk) -> None:
    desk.pulls.close()
    desk.runs.close()
    desk.keeper.close()
    atexit.unregister(desk.keeper.close)


def _warm_up(app: Workspace) -> None:
    app.finder.warm_up()
    app.by_hand.computing.warm_up([base.id for base in app.members.bases(ANYONE)])


@st.cache_resource(show_spinner=False, on_release=_close)
def _open(settings: Settings) -> Desk:
    app = workspace(settings)
    if not app.members.bases(ANYONE):
        with suppress(NameTaken):  # another process was first
            app.create_base(ANYONE, t("bases.first"))
    keeper = WorkerKeeper(settings)
    # Streamlit releases nothing when its server ends.
    atexit.register(keeper.close)
    threading.Thread(target=_warm_up, args=[app], daemon=True, name="warm-up").start()
    gold = GoldQuestions(app)
    return Desk(app, keeper, settings, ModelWatch(partial(look, app)), ModelPulls(), gold, Runs(gold))
