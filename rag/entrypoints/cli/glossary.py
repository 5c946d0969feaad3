"""`pagecite glossary`: what a base is asked for in words that its documents do not print."""

from pathlib import Path

import click

from rag.entrypoints.cli import options
from rag.entrypoints.term_files import term_json, term_lines, without
from rag.errors import BadTerm
from rag.library.members import ANYONE
from rag.records import Term, term_in
from rag.settings import Settings
from rag.wiring import workspace as open_workspace


@click.command()
@click.argument("base")
@click.option(
    "--add", multiple=True, metavar="NAMES=LINES", help='As in "ARR,年度经常性收入=annual recurring revenue".'
)
@click.option("--remove", multiple=True, metavar="NAME", help="The term that has this name; before any is added.")
@options.as_json
@options.home
def glossary(base: str, add: tuple[str, ...], remove: tuple[str, ...], as_json: bool, home: Path | None) -> None:
    """List the terms that a base has of its own, add some or take some away.

    Commas part the names by which people ask, semicolons the lines that documents print.
    """
    app = open_workspace(Settings.from_env(home=home))
    number = app.catalog.base_named(base).id
    terms = app.glossary(ANYONE, number)
    for name in remove:
        terms = without(name, terms)
    terms += tuple(map(_term, add))
    if add or remove:
        app.set_terms(ANYONE, number, terms)
        terms = app.glossary(ANYONE, number)
    if as_json:
        click.echo(term_json(terms))
        return
    click.echo(term_lines(terms), nl=False)


def _term(text: str) -> Term:
    try:
        return term_in(text)
    except ValueError as error:
        raise BadTerm(text=text) from error
