"""`pagecite serve`: the page, at an address where nothing else listens."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from rag.entrypoints.cli import options
from rag.settings import Settings
from rag.wiring import workspace as open_workspace

_APP = Path(__file__).parents[3] / "app.py"


@click.command()
@click.option("--port", type=int, help="The port (RAG_PORT; 8501 by default).")
@click.option("--host", help="The address to listen on (RAG_HOST; only this machine by default).")
@options.home
def serve(port: int | None, host: str | None, home: Path | None) -> None:
    """Start the page."""
    settings = Settings.from_env(home=home, port=port, host=host)
    open_workspace(settings)  # a folder that cannot be used is said here, not in the browser
    _check_address(settings.host, settings.port)
    environment = os.environ | {"RAG_HOME": str(settings.home.resolve())}
    command = [sys.executable, "-m", "rag.entrypoints.ui.serving", "run", str(_APP)]
    command += ["--server.address", settings.host, "--server.port", str(settings.port)]
    command += ["--server.maxUploadSize", str(settings.max_upload_mb), "--server.headless", "true"]
    click.echo(f"PageCite: http://{settings.host}:{settings.port}", err=True)
    if os.name == "posix":  # the server takes the place of this process, so that whoever ends it ends the server
        os.chdir(_APP.parent)
        os.execve(sys.executable, command, environment)  # noqa: S606 - ours
    sys.exit(subprocess.run(command, env=environment, cwd=_APP.parent, check=False).returncode)  # noqa: S603 - ours


def _check_address(host: str, port: int) -> None:
    """Make sure that a server can listen at one of the addresses that *host* stands for.

    :raises click.ClickException: when it cannot
    """
    try:
        refusals = [_refusal(found) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        refusals = [error]
    if None not in refusals:
        reason = refusals[0].strerror if refusals and refusals[0] else "it has no address"
        raise click.ClickException(
            f"Nothing can listen at {host}:{port}: {reason}. Choose another place with --host or --port."
        )


def _refusal(found: tuple[Any, ...]) -> OSError | None:
    """Why nothing can listen at an address that was *found*; ``None`` when something can."""
    family, kind, protocol, _, address = found
    try:
        with socket.socket(family, kind, protocol) as there:
            if os.name == "posix":  # or a port is refused for a minute after a server on it has ended
                there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            there.bind(address)
    except OSError as error:
        return error
    return None
