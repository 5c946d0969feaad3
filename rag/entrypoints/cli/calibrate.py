"""`pagecite calibrate`: how sure answers are, learnt from what `pagecite evaluate --json` printed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from rag.entrypoints.cli import options
from rag.errors import BadQuestions
from rag.evaluation.calibration import Case, crossed, learnt_twice, reliability, weights_of
from rag.evaluation.summaries import read_summary
from rag.retrieval.confidence import Calibration

_DOUBT = 0.55
_LIMITS = [number / 20 for number in range(21)]
_LOSS = 0.01  # of the questions whose page is shown, at most so many may be refused


@click.command()
@click.argument("runs", nargs=-1, required=True, type=options.GivenPath(dir_okay=False, exists=True))
@click.option("--out", type=options.NewFile(), help="Where to write what was learnt, as TOML.")
@options.as_json
def calibrate(runs: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Learn how sure answers are from runs of `pagecite evaluate --json`.

    Runs with --elsewhere are questions that no document answers. The figures are cross-validated by document.
    """
    cases = [case for path in runs for case in _cases(path)]
    if len({case.shown for case in cases}) < 2:
        raise BadQuestions(name=runs[0].name, line=1, reason="some pages must be shown, and some must not")
    chances = crossed(cases)
    figures = _figures(cases, chances)
    refuse = max((row["below"] for row in figures["refused"] if row["shown"] <= _LOSS), default=0.0)
    figures["refuse"] = refuse
    if out is not None:
        out.write_text(_toml(learnt_twice(cases, refuse, _DOUBT), figures), encoding="utf-8")
    click.echo(json.dumps(figures) if as_json else "\n".join(_lines(figures)))


def _cases(path: Path) -> Iterator[Case]:
    run = read_summary(path)
    stray = bool(run.get("elsewhere"))
    for row in run["questions"]:
        if row.get("signals"):
            yield Case(row["signals"], row["shown"], row["document"] or row["id"], row["answerable"], stray)


def _figures(cases: Sequence[Case], chances: Sequence[float]) -> dict[str, Any]:
    pairs = [(chance, case.shown) for chance, case in zip(chances, cases, strict=True)]
    asked = [pair for pair, case in zip(pairs, cases, strict=True) if not case.stray]
    return {
        "asked": reliability(asked),
        "with_stray": reliability(pairs, weights_of(cases).tolist()),
        "refused": [_refused(limit, cases, chances) for limit in _LIMITS],
    }


def _refused(limit: float, cases: Sequence[Case], chances: Sequence[float]) -> dict[str, Any]:
    """The shares below *limit*: of what was asked elsewhere, of what has no answer, of what has one, and of what has
    its page shown.
    """
    groups: Mapping[str, list[bool]] = {
        "stray": [chance < limit for chance, case in zip(chances, cases, strict=True) if case.stray],
        "unanswerable": [
            chance < limit for chance, case in zip(chances, cases, strict=True) if not (case.answerable or case.stray)
        ],
        "answerable": [chance < limit for chance, case in zip(chances, cases, strict=True) if case.answerable],
        "shown": [chance < limit for chance, case in zip(chances, cases, strict=True) if case.shown],
    }
    return {"below": limit, **{name: round(sum(one) / len(one), 4) if one else 0.0 for name, one in groups.items()}}


def _toml(found: Calibration, figures: Mapping[str, Any]) -> str:
    asked, stray = figures["asked"], figures["with_stray"]
    at = next(row for row in figures["refused"] if row["below"] == found.refuse)
    lines = [
        "# Learnt by `pagecite calibrate`; the README says how.",
        f"# {asked['asked']} questions: Brier score {asked['brier']}, expected calibration error {asked['ece']};",
        f"# with {stray['asked'] - asked['asked']} asked elsewhere: {stray['brier']}, {stray['ece']}. Refused are",
        f"# {at['stray']:.0%} of those elsewhere, {at['unanswerable']:.0%} of those without an answer,",
        f"# and {at['shown']:.1%} of those whose page is shown.",
        f"refuse = {found.refuse}",
        f"doubt = {found.doubt}",
        f"intercept = {found.intercept}",
        "",
        "[signals]",
        *_signals(found),
    ]
    if found.unscored is not None:
        lines += ["", "[unscored]", f"intercept = {found.unscored.intercept}", "", "[unscored.signals]"]
        lines += _signals(found.unscored)
    return "\n".join(lines) + "\n"


def _signals(found: Calibration) -> list[str]:
    return [
        f"{name} = {{ mean = {one.mean}, scale = {one.scale}, weight = {one.weight} }}"
        for name, one in found.signals.items()
    ]


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    for name, label in (("asked", "questions"), ("with_stray", "with those asked elsewhere")):
        one = figures[name]
        yield f"{one['asked']} {label}: Brier score {one['brier']}, expected calibration error {one['ece']}"
    yield "mean chance -> share that was right (questions)"
    yield from (f"  {row['mean']:.2f} -> {row['right']:.2f} ({row['count']})" for row in figures["asked"]["curve"])
    yield "refused below: of those elsewhere, without an answer, with one, with their page shown"
    for row in figures["refused"][1:11]:
        shares = "  ".join(f"{row[name]:.3f}" for name in ("stray", "unanswerable", "answerable", "shown"))
        yield f"  {row['below']:.2f}   {shares}"
    yield f"Refused is below {figures['refuse']}"
