"""`pagecite evaluate`: gold questions asked of real documents, and what came of them in figures."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from rag.entrypoints.cli import options
from rag.entrypoints.cli.adding import added, base_to_add_to, wait
from rag.entrypoints.cli.results import json_line
from rag.entrypoints.reading_results import sentence
from rag.entrypoints.worker import WorkerKeeper
from rag.errors import RagError
from rag.evaluation.learning import choices, learn
from rag.evaluation.outcomes import Outcome, ask_all
from rag.evaluation.questions import GoldQuestion, gold_questions
from rag.evaluation.summaries import compared, read_summary, summary
from rag.library.members import ANYONE
from rag.reading import ENDINGS
from rag.records import Note
from rag.settings import Settings
from rag.wiring import workspace as open_workspace
from rag.workspace import Workspace

_TELL_EVERY = 25
_UNLIKE = (
    "{name} was asked with another --within or --elsewhere: one searches each question's own document, the other all,"
    " so what follows compares two tasks, not two states of one."
)


@click.command()
@click.argument("questions", type=options.GivenPath(dir_okay=False, exists=True))
@click.option(
    "--documents",
    "folder",
    required=True,
    type=options.GivenPath(file_okay=False, exists=True),
    help="The folder that holds the documents the questions name.",
)
@click.option("--within", is_flag=True, help="Ask each question only of the document it is about.")
@click.option(
    "--elsewhere", is_flag=True, help="Ask each question of other documents than its own: none is right there."
)
@click.option("--base", default=None, help="The base they are kept in; named after the folder by default.")
@click.option("--k", "ks", default="1,3,5,10", show_default=True, help="How deep to look.")
@click.option(
    "--compare", type=options.GivenPath(dir_okay=False, exists=True), help="What an earlier run printed with --json."
)
@click.option(
    "--learn",
    "learn_into",
    type=options.NewFile(),
    help="Learn how much each feature of a page should weigh, and write it to this file.",
)
@options.as_json
@options.home
def evaluate(
    questions: Path,
    folder: Path,
    within: bool,
    elsewhere: bool,
    base: str | None,
    ks: str,
    compare: Path | None,
    learn_into: Path | None,
    as_json: bool,
    home: Path | None,
) -> None:
    """Ask gold questions and count how often the right page is found.

    QUESTIONS has a JSON object a line: question, and evidence as document and page, or document, sheet and area.
    Documents are read once and kept in a base of their own.
    """
    if within and elsewhere:
        raise click.UsageError("--within and --elsewhere ask each question of opposite documents. Choose one of them.")
    depths = _depths(ks)
    asked = gold_questions(questions)
    old = None if compare is None else read_summary(compare)
    settings = Settings.from_env(home=home)
    app = open_workspace(settings)
    target = base_to_add_to(app, base or f"Evaluation of {folder.resolve().name}"[:80])
    started = time.monotonic()
    _gather(app, settings, target.id, _files(folder, asked, within=within))
    build = time.monotonic() - started
    app.finder.warm_up()
    if learn_into is not None:
        _learn(app, target.id, asked, depths, learn_into, as_json=as_json)
        return
    outcomes: list[Outcome] = []
    for outcome in ask_all(app, ANYONE, target.id, asked, within=within, deepest=max(depths), elsewhere=elsewhere):
        outcomes.append(outcome)
        if len(outcomes) % _TELL_EVERY == 0:
            click.echo(f"{len(outcomes)} of {len(asked)} questions", err=True)
    found = {
        **summary(outcomes, depths),
        "within": within,
        "elsewhere": elsewhere,
        "base": target.name,
        "missing_documents": sorted(_named(asked) - {document.name for document in app.documents(ANYONE, [target.id])}),
        "build_seconds": round(build, 2),
    }
    if old is not None:
        found["compared"] = compared(found, old)
        if found["compared"]["unlike"]:
            click.echo(_UNLIKE.format(name=compare), err=True)
    if as_json:
        click.echo(json_line(found))
    else:
        click.echo("\n".join(_lines(found)))


def _learn(
    app: Workspace, base: int, asked: Collection[GoldQuestion], depths: Sequence[int], into: Path, *, as_json: bool
) -> None:
    """Write the weights learnt on all questions; what is told of each set is by weights that never saw its document."""
    found = learn(list(choices(app, ANYONE, base, asked)), depths)
    into.write_text(found.as_toml(), encoding="utf-8")
    if as_json:
        click.echo(json_line(asdict(found)))
        return
    click.echo(found.as_toml())
    for name, shares in found.validated.items():
        told = "  ".join(
            f"{depth} {share:.3f} (fitted {found.fitted[name][depth]:.3f})" for depth, share in shares.items()
        )
        click.echo(f"{name}: {told}")


def _depths(given: str) -> list[int]:
    try:
        depths = sorted({int(part) for part in given.split(",")})
    except ValueError as error:
        raise click.BadParameter("give numbers with commas between them, as in 1,3,5,10", param_hint="--k") from error
    if not depths or not 0 < depths[0] <= depths[-1] <= 100:
        raise click.BadParameter("give numbers between 1 and 100", param_hint="--k")
    return depths


def _files(folder: Path, questions: Collection[GoldQuestion], *, within: bool) -> list[Path]:
    """The documents to add: those that are asked *within*, or all, since the others are what must not be found."""
    named = _named(questions)
    files = sorted(
        path for path in folder.rglob("*") if path.suffix.casefold().removeprefix(".") in ENDINGS and path.is_file()
    )
    if not files:
        raise click.BadParameter(f"there is no PDF and no workbook in {folder}", param_hint="--documents")
    return [path for path in files if not within or path.name in named]


def _named(questions: Collection[GoldQuestion]) -> set[str]:
    return {name for question in questions for name in question.documents}


def _gather(app: Workspace, settings: Settings, base: int, files: Collection[Path]) -> None:
    """Add *files* and wait for those that are not ready; one that is refused is told of, and its questions fail."""
    waiting: dict[int, list[Note]] = {}
    for path in files:
        try:
            document, _ = added(app, base, path)
        except RagError as error:
            click.echo(f"{path.name}: {sentence(error.note)}", err=True)
            continue
        if document.state != "ready":
            waiting[document.id] = []
    if waiting:
        with closing(WorkerKeeper(settings)):
            wait(app, waiting)


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The figures as a person reads them."""
    yield f"{found['asked']} questions asked, {found['unanswerable']} without an answer left out of the shares"
    yield from _table("all", found)
    for group in ("by_kind", "by_language"):
        for name, part in found[group].items():
            yield from _table(f"{name} ({part['asked']})", part)
    told = found["confidence"]
    if told["asked"]:
        yield f"Confidence: Brier score {told['brier']:.3f}, expected calibration error {told['ece']:.3f}"
        curve = (f"{row['mean']:.2f} -> {row['right']:.2f} ({row['count']})" for row in told["curve"])
        yield f"Mean chance -> share whose page is shown (questions): {', '.join(curve)}"
    ms = found["ms"]
    yield f"{ms['median']} ms a question (median), {ms['p95']} ms (p95); built in {found['build_seconds']} s"
    if found["missing_documents"]:
        yield f"Not there: {', '.join(found['missing_documents'])}"
    if "compared" in found:
        better, worse = found["compared"]["better"], found["compared"]["worse"]
        yield f"{len(better)} questions better, {len(worse)} worse"
        for word, changes in (("better", better), ("worse", worse)):
            for change in changes:
                yield f"  {word}: {change['id']}: rank {change['was'] or '-'} -> {change['is'] or '-'}"


def _table(name: str, part: Mapping[str, Any]) -> Iterator[str]:
    for what, label in (("page", "page"), ("all_evidence", "all pages"), ("document", "document")):
        shares = [f"@{depth.removeprefix('hit@')} {_figure(share)}" for depth, share in part[what].items()]
        yield f"{name:24} {label:10} {'  '.join(shares)}"
    yield f"{name:24} MRR        {_figure(part['mrr'])}"


def _figure(share: float | None) -> str:
    return "  -  " if share is None else f"{share:.3f}"
