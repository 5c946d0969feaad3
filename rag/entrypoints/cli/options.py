"""Options that several commands have."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def home(command: F) -> F:
    """Which data folder, ``home``."""
    return click.option("--home", type=click.Path(path_type=Path), help="The data folder (RAG_HOME; .rag by default).")(
        command
    )


def as_json(command: F) -> F:
    """Whether JSON is printed, ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def where(command: F) -> F:
    """Which ``base``, and which documents, ``document``, are searched."""
    base = click.option("--base", help="Only this base.")
    document = click.option("--document", multiple=True, help="Only this document; may be given several times.")
    return base(document(command))
