"""Opening the app for a question from the command line: words that are missing are filled first, or that is said."""

import time

import click

from rag.checking import repair
from rag.entrypoints.reading_results import sentence
from rag.entrypoints.worker import no_worker
from rag.errors import AtWork, DiskFull
from rag.settings import Settings
from rag.wiring import workspace as open_workspace
from rag.workspace import Workspace

_NEWS_EVERY = 2.0  # seconds


def opened_to_ask(settings: Settings) -> Workspace:
    """The app. An index of words of an older version is empty until a worker fills it: without one, it is done here,
    with news; while one does it, or where the disk has no room, who asks is told what cannot be found yet.
    """
    app = open_workspace(settings)
    missing = app.store.count() - app.words.count()
    if missing <= 0:
        return app
    try:
        with no_worker(settings):
            repair(app.parts, _News())
    except AtWork:
        click.echo(
            f"The words of {missing:,} passages are not searched yet, a worker is filling them in: "
            "those are found by their meaning alone.",
            err=True,
        )
    except DiskFull as error:
        click.echo(f"{sentence(error.note)} {missing:,} passages are found by their meaning alone.", err=True)
    return app


class _News:
    """How far it is, every few seconds."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == total or now - self._last > _NEWS_EVERY:
            self._last = now
            click.echo(f"The index of words is filled again: {done:,} of {total:,} passages", err=True)
