"""The passwords of PDFs on the command line: given, typed unseen, or read from a pipe; never printed, never kept."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from rag.errors import LockedFile, WrongPassword, explain
from rag.reading import kind_of
from rag.records import Upload

_ASK = "\0"  # no password holds it
_TRIES = 3
T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


def password_option(command: F) -> F:
    """``--password``, with or without a value."""
    option = click.option(
        "--password",
        is_flag=False,
        flag_value=_ASK,
        help="The password of a locked PDF; without a value, at the end, it is asked for, or read from a pipe.",
    )
    return option(command)


class Passwords:
    """What opens the locked files of one command; *given* is the value of ``--password``."""

    def __init__(self, given: str | None) -> None:
        self._given = None if given == _ASK else given
        self._from_pipe = given == _ASK and not sys.stdin.isatty()

    def opening(self, path: Path, use: Callable[[str | None], T]) -> T:
        """What *use* gives back: it is called without a password, and with one when the file is locked.

        :raises LockedFile: when there is no password, or it is a workbook
        :raises WrongPassword: when it does not open the file
        """
        try:
            return use(None)
        except LockedFile:
            kind_of(Upload(path.name, path))  # raises it again for a workbook, which no password of ours opens
            if self._from_pipe:
                self._given, self._from_pipe = sys.stdin.readline().rstrip("\r\n"), False
            if self._given:
                try:
                    return use(self._given)
                except WrongPassword as error:
                    if not sys.stdin.isatty():
                        raise
                    click.echo(f"{error}.", err=True)
            if not sys.stdin.isatty():
                raise
        return self._typed(path, use)

    def _typed(self, path: Path, use: Callable[[str | None], T]) -> T:
        for left in reversed(range(_TRIES)):
            password = click.prompt(
                f"Password of {path.name}", default="", show_default=False, hide_input=True, err=True
            )
            if not password:
                break
            try:
                return use(password)
            except WrongPassword as error:
                if not left:
                    raise
                click.echo(f"{error}. {explain(error.note)[1]}", err=True)
        raise LockedFile(name=path.name)
