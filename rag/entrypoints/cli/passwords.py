"""The passwords of locked files on the command line: given, typed unseen, or read from a pipe; never printed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import click

from rag.entrypoints.reading_results import sentence
from rag.errors import LockedFile, WrongPassword
from rag.reading import kind_of, unlocked
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
        help="The password of a locked file; without a value, at the end, it is asked for, or read from a pipe.",
    )
    return option(command)


class Passwords:
    """What opens the locked files of one command; *given* is the value of ``--password``."""

    def __init__(self, given: str | None) -> None:
        self._given = None if given == _ASK else given
        self._from_pipe = given == _ASK and not sys.stdin.isatty()

    def opening(self, path: Path, use: Callable[[str | None], T]) -> T:
        """The result of *use*, called without a password first, and with one if the file is locked.

        :raises LockedFile: when there is no password, or it is locked in a way that no password of ours opens
        :raises WrongPassword: when it does not open the file
        """
        try:
            return use(None)
        except LockedFile:
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
                click.echo(sentence(error.note), err=True)
        raise LockedFile(name=path.name)


@contextmanager
def readable(upload: Upload, password: str | None) -> Iterator[Upload]:
    """*upload*; of a workbook under a password, a copy without it that is gone at the end of the block.

    :raises RefusedUpload: when it cannot be read; ``LockedFile`` when there is no password for it
    :raises WrongPassword: when it does not open the file
    """
    with TemporaryDirectory() as folder:
        target = Path(folder) / "unlocked"

        def use(word: str | None) -> Upload:
            if word is not None:
                return unlocked(upload, word, target)
            kind_of(upload)
            return upload

        yield Passwords(password).opening(upload.path, use)
