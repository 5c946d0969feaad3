"""What all visitors of one server share: the workspace, and the worker that reads for it."""

import threading
from dataclasses import dataclass

import streamlit as st

from rag.entrypoints.worker import WorkerKeeper
from rag.settings import Settings
from rag.wiring import workspace
from rag.workspace import Workspace


@dataclass(frozen=True)
class Desk:
    """The app, and the keeper of its worker."""

    workspace: Workspace
    keeper: WorkerKeeper
    settings: Settings


def desk() -> Desk:
    """The desk of this server; opened once, with whatever the environment says."""
    return _open(Settings.from_env())


@st.cache_resource(show_spinner=False, on_release=lambda desk: desk.keeper.close())
def _open(settings: Settings) -> Desk:
    app = workspace(settings)
    threading.Thread(target=app.finder.warm_up, daemon=True, name="warm-up").start()
    return Desk(app, WorkerKeeper(settings), settings)
