"""Adding from the command line: the base that is meant, and waiting, with news, until documents are ready."""

import time
from pathlib import Path
from typing import Any, BinaryIO

import click

from rag.entrypoints.cli.results import document_json, leaf_noun, problem_json
from rag.entrypoints.reading_results import sentence
from rag.errors import FileGone, FolderGiven, ForbiddenFile, NoSuchDocument
from rag.library.members import ANYONE
from rag.records import Base, Document, Note
from rag.workspace import Workspace

_LOOK_EVERY = 0.1  # seconds
ASKABLE = frozenset({"embedding", "refining"})
"""States of documents that are not ready, and whose words can be found."""


def _opened(path: Path) -> BinaryIO:
    """:raises RefusedUpload: ``FileGone``, ``FolderGiven`` or ``ForbiddenFile``"""
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise FileGone(name=str(path)) from error
    except IsADirectoryError as error:
        raise FolderGiven(name=str(path)) from error
    except OSError as error:
        raise ForbiddenFile(name=str(path), reason=str(error.strerror)) from error


def added(app: Workspace, base: int, path: Path, password: str | None = None) -> tuple[Document, Note | None]:
    """A file as it is queued in a base, again if it was cancelled or has failed there; the note is that of its adding.

    :raises RefusedUpload: when it cannot be read
    :raises WrongPassword: when *password* does not open it
    """
    with _opened(path) as file:
        document, note = app.add(ANYONE, base, path.name, file, password)
    if document.state in {"failed", "cancelled"}:
        app.retry(ANYONE, document.id)
    return document, note


def base_to_add_to(app: Workspace, name: str | None) -> Base:
    """The base of this name, made when it is new; the first one without a name."""
    bases = app.bases(ANYONE)
    if name is None:
        return bases[0]
    return next((base for base in bases if base.name == name), None) or app.create_base(ANYONE, name)


def wait(app: Workspace, waiting: dict[int, list[Note]], *, closely: bool = True) -> list[dict[str, Any]]:
    """Wait until each document is done, or without *closely* until it can be asked; the results, in the order given."""
    done: dict[int, dict[str, Any]] = {}
    told: dict[int, str] = {}
    askable: set[int] = set()
    while len(done) < len(waiting):
        for number in waiting.keys() - done.keys():
            try:
                document = app.document(ANYONE, number)
            except NoSuchDocument as error:
                done[number] = {"document": f"#{number}", "status": "removed", **problem_json(error.note)}
                continue
            news = _news(document)
            if number not in askable and document.state in ASKABLE and document.passages:
                askable.add(number)
                click.echo(f"{document.name}: can be asked now", err=True)
            if told.get(number) != news:
                told[number] = news
                click.echo(f"{document.name}: {news}", err=True)
            over = document.state in {"ready", "failed", "cancelled"}
            if over or (number in askable and not closely):
                done[number] = document_json(document, waiting[number])
        time.sleep(_LOOK_EVERY)
    return [done[number] for number in waiting]


def _news(document: Document) -> str:
    match document.state:
        case "reading":
            return f"reading, {document.done} of {document.total} {leaf_noun(document)}"
        case "embedding":
            return f"embedding, {document.done} of {document.total} passages"
        case "refining" if document.total:
            return f"reading closely, {document.done} of {document.total} {leaf_noun(document)}"
        case "refining":
            return "to be read closely"
        case "failed" if document.problem is not None:
            return sentence(document.problem)
        case state:
            return state
