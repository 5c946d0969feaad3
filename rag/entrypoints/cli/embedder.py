"""`pagecite embedder`: which embedding model a base has, and the change to another."""

import time
from contextlib import closing
from pathlib import Path

import click

from rag.entrypoints.cli import options
from rag.entrypoints.cli.results import counted, json_line
from rag.entrypoints.worker import WorkerKeeper
from rag.library.members import ANYONE
from rag.settings import Settings
from rag.wiring import workspace as open_workspace
from rag.workspace import Workspace

_LOOK_EVERY, _TELL_EVERY = 0.2, 5.0  # seconds


@click.command()
@click.argument("base")
@click.argument("name", required=False)
@options.as_json
@options.home
def embedder(base: str, name: str | None, as_json: bool, home: Path | None) -> None:
    """Say which embedding model a base has, or give it another.

    Its passages are embedded again while it is searched as before. Stopped, it goes on when a worker runs again; the
    name that the base has already gives the change up.
    """
    settings = Settings.from_env(home=home)
    app = open_workspace(settings)
    number = app.catalog.base_named(base).id
    if name is not None and app.change_embedder(ANYONE, number, name):
        with closing(WorkerKeeper(settings)):
            _wait(app, number)
    found = app.catalog.base(number)
    if as_json:
        under_way = next((each for each in app.renewing.under_way() if each.base == number), None)
        told: dict[str, object] = {"base": found.name, "embedder": found.embedder, "next_embedder": found.next_embedder}
        if under_way is not None:
            told |= {"done": under_way.done, "total": under_way.total}
        click.echo(json_line(told))
        return
    click.echo(found.embedder + (f" (to be {found.next_embedder})" if found.next_embedder else ""))


def _wait(app: Workspace, base: int) -> None:
    told = 0.0
    while under_way := [each for each in app.renewing.under_way() if each.base == base]:
        if time.monotonic() - told > _TELL_EVERY:
            click.echo(f"{under_way[0].done} of {counted(under_way[0].total, 'passage')}", err=True)
            told = time.monotonic()
        time.sleep(_LOOK_EVERY)
