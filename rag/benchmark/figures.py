"""The figures of a bench, and how they are taken."""

import resource
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.stopwatch import Spent

STAGES = ("question", "words", "vectors", "passages")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds that half, 95 and 99 of a hundred questions did not exceed; *cpu* is the processor's time, which
    does not grow while others want it too.
    """

    p50: float
    p95: float
    p99: float
    cpu50: float
    cpu95: float


@dataclass(frozen=True, slots=True)
class Sized:
    """What was measured with so many *passages* in one base.

    Seconds of wall and of processor for ``catalog``, ``words``, ``vectors`` (of the passages added since the size
    before) and ``start`` (a process that begins to search). Milliseconds for one document of ``PER_DOCUMENT`` passages
    added and removed, until a search has seen it. *search* is without the question's embedding, *stages* are of it;
    *rate* is how many questions a second *askers* at once have answered.
    """

    passages: int
    build: dict[str, Spent]
    start: Spent
    add_ms: float
    remove_ms: float
    search: Times
    within: Times
    askers: Times
    rate: float
    stages: dict[str, Times]
    recall: float
    memory_mb: int
    mapped_mb: int
    peak_mb: int
    disk_mb: dict[str, int]


def spread(rows: list[dict[str, Spent]]) -> tuple[Times, dict[str, Times]]:
    """Of the search without the question's embedding, and of each stage."""
    each = {}
    for stage in ("search", *STAGES, "rest"):
        spent = 1000 * np.array([row[stage] for row in rows])
        walls = (round(float(np.percentile(spent[:, 0], share)), 2) for share in (50, 95, 99))
        processor = (round(float(np.percentile(spent[:, 1], share)), 2) for share in (50, 95))
        each[stage] = Times(*walls, *processor)
    return each.pop("search"), each


def memory_used() -> tuple[int, int, int]:
    """Megabytes of memory that only this process has, of files that it has mapped, which the system takes back when
    others need it, and of both at most; where the system does not say, the most three times.
    """
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    try:
        lines = [line.split() for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return peak, peak, peak
    has = {words[0].rstrip(":"): int(words[1]) // 1024 for words in lines if words[-1] == "kB"}
    return has["RssAnon"], has["RssFile"] + has["RssShmem"], peak


def disk_used(home: Path) -> dict[str, int]:
    """Megabytes by the first part of a file's name, the models left out."""
    sizes: dict[str, int] = {}
    for file in home.rglob("*"):
        name = file.relative_to(home).parts[0].split(".")[0]
        if file.is_file() and name not in {"models", "cache"}:
            sizes[name] = sizes.get(name, 0) + file.stat().st_size
    return {name: size // 2**20 for name, size in sorted(sizes.items())}
