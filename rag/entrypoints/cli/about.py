"""What documents are about, on the command line: the options that select by it, and the command that sets it right."""

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

import click

from rag.entrypoints.cli import options
from rag.entrypoints.cli.choosing import documents_named
from rag.entrypoints.cli.results import about_json, json_line
from rag.errors import BadPages
from rag.library.members import ANYONE
from rag.records import DocumentType, Selection, line_of, pages_in
from rag.settings import Settings
from rag.wiring import workspace as open_workspace

_TYPES = [name for name in get_args(DocumentType) if name]
_LANGUAGES = ["en", "zh"]
F = TypeVar("F", bound=Callable[..., Any])


def selecting(command: F) -> F:
    """Give *command* the options that select documents and pages; it gets them as one ``where``."""

    @wraps(command)
    def selected(
        *arguments: Any,
        tag: tuple[str, ...],
        year: tuple[int, ...],
        type_: tuple[DocumentType, ...],
        language: tuple[str, ...],
        pages: str | None,
        **options: Any,
    ) -> Any:
        where = Selection(tag, year, type_, language, _pages(pages) if pages else ())
        return command(*arguments, where=where, **options)

    for option in reversed(
        (
            click.option("--tag", multiple=True, help="Only documents with this tag."),
            click.option("--year", multiple=True, type=int, help="Only documents that report on this year."),
            click.option("--type", "type_", multiple=True, type=click.Choice(_TYPES), help="Only such documents."),
            click.option("--language", multiple=True, type=click.Choice(_LANGUAGES), help="Only documents in it."),
            click.option("--pages", help="Only these pages: 12, or 10-20, with commas between several."),
        )
    ):
        selected = option(selected)
    return cast("F", selected)


def _pages(text: str) -> tuple[tuple[int, int], ...]:
    try:
        return pages_in(text)
    except ValueError as error:
        raise BadPages(text=text) from error


@click.command()
@click.argument("document")
@click.option("--base", help="The base it is in.")
@click.option("--name", "names", multiple=True, help="Whom it is about; the fullest name first.")
@click.option("--title", help="What it calls itself.")
@click.option("--code", "codes", multiple=True, help="A ticker or stock code.")
@click.option("--type", "type_", type=click.Choice(_TYPES), help="What kind of document it is.")
@click.option("--year", type=click.IntRange(1900, 2100), help="The year it reports on.")
@click.option("--quarter", type=click.IntRange(1, 4), help="The quarter of that year.")
@click.option("--tag", "tags", multiple=True, help="Its tags from now on.")
@click.option("--untag", is_flag=True, help="Take its tags away.")
@click.option("--as-read", is_flag=True, help="Forget what was set by hand; tags stay.")
@options.as_json
@options.home
def about(
    document: str, base: str | None, as_read: bool, untag: bool, as_json: bool, home: Path | None, **given: Any
) -> None:
    """Say what a document is about, or set it right."""
    app = open_workspace(Settings.from_env(home=home))
    number = documents_named(app, [document], [app.catalog.base_named(base).id] if base else [])[0].id
    known = app.about(ANYONE, number)
    wanted = replace(known, by_hand=frozenset()) if as_read else known
    given["type"] = given.pop("type_")
    for name in ("names", "codes", "tags"):
        given[name] = tuple(text for each in given[name] if (text := each.strip()))
    wanted = replace(wanted, **{name: value for name, value in given.items() if value})
    if untag:
        wanted = replace(wanted, tags=())
    if wanted != known:
        known = app.set_about(ANYONE, number, wanted)
    if as_json:
        click.echo(json_line(about_json(known)))
        return
    for name, value in asdict(known).items():
        if value and name != "by_hand":
            text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            click.echo(f"{name}: {text}{' (by hand)' if name in known.by_hand else ''}")
    if line_of(known):
        click.echo(line_of(known), err=True)
