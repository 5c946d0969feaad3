"""The command line: the same workspace; results on standard output, progress on standard error."""

import errno
import logging
import os
import sys
from contextlib import closing, nullcontext
from dataclasses import asdict
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from rag.entrypoints.cli import about, ask, bench, calibrate, embedder, evaluate, glossary, options, reading, serving
from rag.entrypoints.cli.adding import ASKABLE, added, base_to_add_to, wait
from rag.entrypoints.cli.choosing import documents_named, scope
from rag.entrypoints.cli.passwords import Passwords, password_option
from rag.entrypoints.cli.results import counted, document_json, json_line, leaf_noun, problem_json
from rag.entrypoints.reading_results import sentence
from rag.entrypoints.worker import WorkerKeeper, no_worker
from rag.errors import RagError
from rag.library.members import ANYONE
from rag.records import Note
from rag.settings import Settings
from rag.wiring import workspace as open_workspace


class _Said(click.ClickException):
    """An error of ours on the command line: a sentence and a hint on standard error, exit status 1."""

    def __init__(self, error: RagError) -> None:
        super().__init__(sentence(error.note))


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except RagError as error:
            raise _Said(error) from error
        except OSError as error:
            if error.errno not in {errno.ENOSPC, errno.EDQUOT} or error.filename is not None:
                raise  # files say themselves that they do not fit: what has no name is what is printed
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left would fail again at the end
            raise click.ClickException(f"What is printed cannot be written: {error.strerror}.") from error
        return done


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pagecite")
def main() -> None:
    """Ask your PDFs and workbooks; check every answer on the page."""
    if isinstance(sys.stdout, TextIOWrapper):  # whatever the terminal is set to; what UTF-8 cannot hold becomes a ?
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)


@main.command()
@click.argument("files", nargs=-1, required=True, type=options.GivenPath(readable=False))
@click.option("--base", default=None, help="The base to add to; made when it is new.")
@click.option(
    "--no-wait",
    is_flag=True,
    help="End as soon as all can be asked; the rest goes on when the app or `add` runs again.",
)
@password_option
@options.as_json
@options.home
def add(
    files: tuple[Path, ...], base: str | None, no_wait: bool, password: str | None, as_json: bool, home: Path | None
) -> None:
    """Add PDFs and workbooks and wait until they are ready."""
    settings = Settings.from_env(home=home)
    app = open_workspace(settings)
    target = base_to_add_to(app, base)
    results: list[dict[str, Any]] = []
    waiting: dict[int, list[Note]] = {}
    passwords = Passwords(password)
    for path in files:
        try:
            document, note = passwords.opening(path, partial(added, app, target.id, path))
        except RagError as error:
            results.append({"document": path.name, "status": "refused", **problem_json(error.note)})
            click.echo(f"{path.name}: {sentence(error.note)}", err=True)
            continue
        waiting.setdefault(document.id, []).extend([note] if note else [])
    if waiting:
        with closing(WorkerKeeper(settings)):
            results += wait(app, waiting, closely=not no_wait)
    if as_json:
        click.echo(json_line(results))
    if any(result["status"] not in {"ready", *(ASKABLE if no_wait else ())} for result in results):
        sys.exit(1)


main.add_command(ask.find)
main.add_command(ask.ask)


@main.command()
@click.option("--base", help="Only this base.")
@options.as_json
@options.home
def documents(base: str | None, as_json: bool, home: Path | None) -> None:
    """List the documents."""
    app = open_workspace(Settings.from_env(home=home))
    names = {one.id: one.name for one in app.bases(ANYONE)}
    found = app.documents(ANYONE, scope(app, base, ())[0])
    if as_json:
        click.echo(json_line([document_json(one, []) | {"base": names[one.base]} for one in found]))
        return
    for one in found:
        click.echo(f"{names[one.base]} · {one.name} · {counted(one.leaves, leaf_noun(one)[:-1])} · {one.state}")


@main.command()
@click.argument("name")
@click.option("--base", help="The base it is in.")
@options.as_json
@options.home
def remove(name: str, base: str | None, as_json: bool, home: Path | None) -> None:
    """Remove a document from every place."""
    app = open_workspace(Settings.from_env(home=home))
    (document,) = documents_named(app, [name], scope(app, base, ())[0])
    names = {one.id: one.name for one in app.bases(ANYONE)}
    app.remove(ANYONE, document.id)
    if as_json:
        click.echo(json_line({"document": document.name, "base": names[document.base], "status": "removed"}))
    else:
        click.echo(f"{name} is removed", err=True)


@main.command()
@click.option("--repair", is_flag=True, help="Make the word index and the kept files agree with the catalog.")
@options.as_json
@options.home
def doctor(repair: bool, as_json: bool, home: Path | None) -> None:
    """Check that catalog, vectors, words and originals agree."""
    settings = Settings.from_env(home=home)
    app = open_workspace(settings)
    with no_worker(settings) if repair else nullcontext():  # a worker puts words in before their passages
        report, kinds = app.check(mend=repair), app.finder.kinds()
    if as_json:
        indexes = {at: asdict(kind) for at, kind in kinds.items()}
        click.echo(json_line(asdict(report) | {"healthy": report.healthy, "indexes": indexes}))
    else:
        click.echo(
            f"{counted(report.bases, 'base')}, {counted(report.documents, 'document')}, "
            f"{counted(report.passages, 'passage')}, {report.words} in words, {counted(report.vectors, 'vector')}, "
            f"{counted(report.originals, 'original')}, {report.waiting} waiting"
        )
        for kind in kinds.values():
            if kind.name != "exact":
                click.echo(f"{kind.count} vectors in {kind.name}: {kind.recall:.1%} of the nearest ten are found")
        for finding in report.findings:
            click.echo(f"{finding.count} {finding.what}: {', '.join(finding.examples)}. {finding.hint}")
    if not report.healthy:
        sys.exit(1)


main.add_command(serving.serve)
main.add_command(about.about)
main.add_command(bench.bench)
main.add_command(embedder.embedder)
main.add_command(glossary.glossary)
main.add_command(evaluate.evaluate)
main.add_command(calibrate.calibrate)
main.add_command(reading.read)
main.add_command(reading.tables)
