"""Options that several commands have, and the paths that they take."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class GivenPath(click.Path):
    """A path, as click checks it; an empty one, as an unset variable of a shell leaves it, is not this folder."""

    def __init__(self, **wanted: Any) -> None:
        super().__init__(path_type=Path, **wanted)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """:raises click.BadParameter: when it is empty, or not what was wanted"""
        if not str(value):
            self.fail("it is empty. Give a path.", param, ctx)
        return super().convert(value, param, ctx)


class NewFile(GivenPath):
    """A file to be written. That it cannot be is said before any work is done for it; no device is written over."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """:raises click.BadParameter: when it cannot be written"""
        path: Path = super().convert(value, param, ctx)
        if path.exists() and not path.is_file():
            self.fail(f"{path} is no ordinary file. Choose another name.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"{path} cannot be written: there is no folder {path.parent}. Make it first.", param, ctx)
        if not os.access(path.parent, os.W_OK):
            self.fail(f"{path} cannot be written: nothing may be written to {path.parent}.", param, ctx)
        return path


def home(command: F) -> F:
    """Which data folder, ``home``."""
    return click.option("--home", type=GivenPath(), help="The data folder (RAG_HOME; .rag by default).")(command)


def as_json(command: F) -> F:
    """Whether JSON is printed, ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def where(command: F) -> F:
    """Which ``base``, and which documents, ``document``, are searched."""
    base = click.option("--base", help="Only this base.")
    document = click.option("--document", multiple=True, help="Only this document; may be given several times.")
    return base(document(command))
