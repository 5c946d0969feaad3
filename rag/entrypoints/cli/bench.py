"""`pagecite bench`: how fast passages are found, and what they cost, measured on made-up ones."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from rag.benchmark.figures import Sized
from rag.benchmark.measuring import Bench
from rag.entrypoints.cli import options
from rag.errors import BenchTooLarge
from rag.settings import Settings
from rag.wiring import mend
from rag.wiring import workspace as open_workspace
from rag.wiring.adapters import embedder, vectors

_DISK, _MEMORY = 9.0, 2.6  # kilobytes a passage, with what is rewritten while it is merged
_OURS = "made-up.txt"  # marks a folder that was kept: nothing real is in it
_AT_LEAST = 600  # megabytes of either, for the models and the program


@click.command()
@click.option("--passages", default="1000,10000,100000", show_default=True, help="How many, one size after another.")
@click.option(
    "--folder", type=options.GivenPath(file_okay=False, exists=True), help="Where to make the temporary folder."
)
@click.option(
    "--keep",
    type=options.GivenPath(file_okay=False),
    help="A folder that stays: what an earlier bench left there is asked again, and only more is added.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, an object a line for each size.")
def bench(passages: str, folder: Path | None, keep: Path | None, as_json: bool) -> None:
    """Measure adding, removing and finding on made-up passages."""
    sizes = _sizes(passages)
    with _home(folder, keep) as home:
        settings = Settings.from_env(home=home, llm="none", close_reading="off")
        if keep is not None:
            mend(settings)  # words of another version are filled again
        app = open_workspace(settings)
        _refuse_what_does_not_fit(max(sizes) - app.store.count(), home)
        told = partial(click.echo, err=True)
        model = embedder(settings, settings.embedder)
        for sized in Bench(app, home, model, partial(vectors, settings), told).run(sizes):
            click.echo(json.dumps(asdict(sized)) if as_json else _shown(sized))


@contextmanager
def _home(folder: Path | None, keep: Path | None) -> Iterator[Path]:
    """A new folder in *folder*, deleted afterwards; or the one to *keep*, if it holds nothing but an earlier bench."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="pagecite-bench-", dir=folder, ignore_cleanup_errors=True) as made:
            yield Path(made)
        return
    if keep.exists() and any(keep.iterdir()) and not (keep / _OURS).exists():
        raise click.BadParameter(f"{keep} holds something else than a bench", param_hint="--keep")
    keep.mkdir(parents=True, exist_ok=True)
    (keep / _OURS).touch()
    yield keep


def _sizes(given: str) -> list[int]:
    try:
        sizes = sorted({int(part.replace("_", "")) for part in given.split(",")})
    except ValueError as error:
        raise click.BadParameter("it is numbers with commas between them, such as 1000,10000") from error
    if sizes[0] < 1:
        raise click.BadParameter("there is nothing to find among no passages")
    return sizes


def _refuse_what_does_not_fit(passages: int, home: Path) -> None:
    """:raises BenchTooLarge: when disk or memory will not do"""
    free = {"disk": shutil.disk_usage(home).free, "memory": _free_memory()}
    for what, each in (("disk", _DISK), ("memory", _MEMORY)):
        needed = int(passages * each / 1024) + _AT_LEAST
        there = free[what]
        if there is not None and there // 2**20 < needed:
            raise BenchTooLarge(passages=passages, needed=needed, free=there // 2**20, what=what)


def _free_memory() -> int | None:
    """Bytes of memory that are free; ``None`` where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return None


def _shown(sized: Sized) -> str:
    """A block of lines for one size; times of questions in milliseconds."""
    rows: list[Sequence[object]] = [("", "p50", "p95", "p99", "cpu p50", "cpu p95")]
    for name, times in (
        ("search", sized.search),
        ("in one document", sized.within),
        ("16 at once", sized.askers),
        *((f"  {stage}", times) for stage, times in sized.stages.items()),
    ):
        rows.append((name, times.p50, times.p95, times.p99, times.cpu50, times.cpu95))
    lines = [
        f"{sized.passages:,} passages on {os.cpu_count()} processors; milliseconds of a search without the question:"
    ]
    lines += [f"  {row[0]:<18}" + "".join(f"{cell!s:>11}" for cell in row[1:]) for row in rows]
    spent = ", ".join(f"{part} {wall:.1f} ({cpu:.1f})" for part, (wall, cpu) in sized.build.items())
    lines.append(
        f"  seconds (of processor) to build: {spent}; to start searching: {sized.start[0]:.2f} ({sized.start[1]:.2f})"
    )
    lines.append(f"  16 at once: {sized.rate} questions a second")
    lines.append(f"  a document more {sized.add_ms} ms, and gone {sized.remove_ms} ms")
    lines.append(f"  nearest ten found: {sized.recall:.1%}")
    disk = ", ".join(f"{name} {size}" for name, size in sized.disk_mb.items())
    memory = f"{sized.memory_mb} MB, and {sized.mapped_mb} of mapped files (both at most {sized.peak_mb})"
    lines.append(f"  memory {memory}; MB on disk: {disk}")
    return "\n".join(lines) + "\n"
