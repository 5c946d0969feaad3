"""`pagecite find` and `pagecite ask`: the passages nearest to a question, and the answer that is made of them."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from rag.asking.turn import HITS
from rag.entrypoints.cli import options
from rag.entrypoints.cli.about import selecting
from rag.entrypoints.cli.choosing import scope
from rag.entrypoints.cli.opening import opened_to_ask
from rag.entrypoints.cli.results import answer_json, computed_text, json_line, sought_json
from rag.entrypoints.reading_results import sentence
from rag.errors import NothingToSearch
from rag.library.members import ANYONE
from rag.records import Finished, ModelChoice, Request, Selection, Thought, Wrote
from rag.settings import Settings
from rag.workspace import Workspace

_CERTAINTY = {
    "doubtful": "It is doubtful that the right page is among the evidence (chance about {chance:.0%})",
    "absent": "What was asked is probably not in these documents (chance about {chance:.0%})",
}
_NOTHING = "Nothing was found: no passage of these documents and pages fits."


@click.command()
@click.argument("question")
@options.where
@selecting
@click.option("-k", default=HITS, show_default=True, type=click.IntRange(1, 100), help="How many passages.")
@options.as_json
@options.home
def find(
    question: str,
    base: str | None,
    document: tuple[str, ...],
    where: Selection,
    k: int,
    as_json: bool,
    home: Path | None,
) -> None:
    """Find the passages nearest to a question."""
    app = opened_to_ask(Settings.from_env(home=home))
    bases, documents = scope(app, base, document)
    sought = app.search(ANYONE, question, bases=bases, documents=documents, where=where, k=k)
    if as_json:
        click.echo(json_line(sought_json(sought)))
        return
    if not sought.hits:
        click.echo(sentence(NothingToSearch().note) if not app.documents(ANYONE, bases) else _NOTHING, err=True)
    for rank, hit in enumerate(sought.hits, start=1):
        places = ", ".join(place.label for place in hit.passage.places)
        click.echo(f"{rank}. {hit.passage.document.name} › {places}\n{hit.passage.text}\n")
    for note in filter(None, (sought.problem, *sought.notes)):
        click.echo(sentence(note), err=True)


@click.command()
@click.argument("question")
@options.where
@selecting
@click.option("--model", help="A model of the server in use, or `none` for evidence alone.")
@click.option("--background", default="", help="What the model should know besides the documents.")
@click.option("--output", default="", help="The form the answer should have.")
@click.option("-k", default=HITS, show_default=True, type=click.IntRange(1, 100), help="How many passages.")
@options.as_json
@options.home
def ask(
    question: str,
    base: str | None,
    document: tuple[str, ...],
    where: Selection,
    model: str | None,
    background: str,
    output: str,
    k: int,
    as_json: bool,
    home: Path | None,
) -> None:
    """Answer a question with citations."""
    app = opened_to_ask(Settings.from_env(home=home))
    bases, documents = scope(app, base, document)
    events = app.ask(
        ANYONE,
        Request(question, background, output, where),
        bases=bases,
        documents=documents,
        model=_model(app, model),
        k=k,
    )
    streamed = False
    for event in events:
        match event:
            case Thought(text) if not as_json:
                click.echo(text, nl=False, err=True)
            case Wrote(text) if not as_json and text != "</think>":
                click.echo(text, nl=False)
                streamed = True
            case Finished(answer) if as_json:
                click.echo(json_line(answer_json(answer, partial(app.figures, ANYONE))))
            case Finished(answer):
                click.echo("" if streamed else answer.text)
                if answer.computed is not None and len(answer.computed.rows) > 1:
                    click.echo(computed_text(answer.computed))
                for citation in answer.citations:
                    click.echo(f"[{citation.number}] {citation.label}")
                if answer.certainty:
                    click.echo(_CERTAINTY[answer.certainty].format(chance=answer.confidence), err=True)
                for note in filter(None, (answer.problem, *answer.notes)):
                    click.echo(sentence(note), err=True)


def _model(app: Workspace, name: str | None) -> ModelChoice:
    match name:
        case None:
            return app.model(ANYONE)
        case "none" | "scripted":
            return ModelChoice(name)
        case _:
            return replace(app.model(ANYONE), name=name)
