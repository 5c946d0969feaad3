"""How long PDFs take to be read, against the bare cost of the engines: ``python tests/bench/reading.py FILE...``.

First pass, in milliseconds of processor time a page: *text* and *words* are MuPDF's ``get_text`` of all pages, *here*
is everything up to spans and tables in this process, *pool* in processes, all of them together. Deep pass, on a sample
of pages: *layout* is the layout engine alone as it comes, *one* in one thread, *pool* the whole deep pass by processes.
*shared* is the pool's time divided by its processes, which is what a person waits for on an idle machine, and *clock*
what one did wait for, both as a ratio to the engine alone in one process.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import psutil

from rag.reading import read
from rag.reading.pdf.pages.mupdf import MUPDF
from rag.reading.pdf.processes.page_pool import PagePool
from rag.records import Reading, Upload

_LAYOUT = """
import sys, time
if sys.argv[3] == "one":
    from rag.reading.pdf.pages.mupdf import MUPDF, load_layout
    load_layout()
else:
    import pymupdf as MUPDF
document = MUPDF.open(sys.argv[1])
document[0].get_layout(return_raw=True)
wall, start = time.perf_counter(), time.process_time()
for number in map(int, sys.argv[2].split(",")):
    document[number - 1].get_layout(return_raw=True)
print(time.process_time() - start, time.perf_counter() - wall)
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", type=Path, nargs="+")
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--deep-pages", type=int, default=40, help="how many pages of each; 0 for none")
    given = arguments.parse_args()
    for path in given.files:
        with PagePool(given.processes) as pool:
            pool.prepare()
            first_pass(Upload(path.name, path), pool)
            if given.deep_pages:
                deep_pass(Upload(path.name, path), pool, given.deep_pages)


def first_pass(upload: Upload, pool: PagePool) -> None:
    count = sum(1 for _ in read(upload, pool=pool, plain=True).leaves)  # its processes are started
    text = best(lambda: bare(upload.path, lambda page: page.get_text()))[0]
    words, clock = best(lambda: bare(upload.path, lambda page: page.get_text("words")))
    here = best(lambda: let_go(read(upload)))[0]
    ruled = best(lambda: let_go(read(upload, pool=pool)), pool)[0]
    pooled, wall = best(lambda: let_go(read(upload, pool=pool, plain=True)), pool)
    told = "  ".join(
        f"{name} {1000 * took / count:5.2f}"
        for name, took in (("text", text), ("words", words), ("here", here), ("rules", ruled), ("pool", pooled))
    )
    shared = pooled / pool.processes / words
    print(f"{upload.name[:40]:40} {count:4} pages  first: {told}", end="")
    print(f"   here/words {here / words:.2f}  shared {shared:.2f}  clock {wall / clock:.2f}")


def deep_pass(upload: Upload, pool: PagePool, most: int) -> None:
    count = pool.open(upload).count
    numbers = list(range(1, count + 1))[:: max(1, count // most)][:most]
    list(pool.pages(upload, numbers[:8], deep=True))  # its processes are started
    took = [layout_alone(upload.path, numbers, mode) for mode in ("as it comes", "one")]
    pooled, wall = best(lambda: list(pool.pages(upload, numbers, deep=True)), pool, times=1)
    each = [1000 * cpu / len(numbers) for cpu in (took[0][0], took[1][0], pooled)]
    print(
        f"{'':40} {len(numbers):4} pages  deep:  layout {each[0]:5.0f}  one {each[1]:5.0f}  pool {each[2]:5.0f}", end=""
    )
    print(f"   pool/layout {pooled / took[0][0]:.2f}  clock times processes {wall * pool.processes / took[1][1]:.2f}")


def best(work: Callable[[], object], pool: PagePool | None = None, times: int = 3) -> tuple[float, float]:
    """The least processor time, with that of the pool's processes, and the least time by the clock."""
    took = []
    for _ in range(times):
        start, clock = spent(pool), time.perf_counter()
        work()
        took.append((spent(pool) - start, time.perf_counter() - clock))
    return min(cpu for cpu, _ in took), min(clock for _, clock in took)


def let_go(reading: Reading) -> None:
    """Have all leaves read, each let go of before the next comes, as the app does."""
    deque(reading.leaves, maxlen=0)


def spent(pool: PagePool | None) -> float:
    total = time.process_time()
    for child in psutil.Process().children() if pool else ():
        used = child.cpu_times()
        total += used.user + used.system
    return total


def bare(path: Path, work: Callable[[object], object]) -> None:
    with MUPDF.open(path) as document:
        for page in document:
            work(page)


def layout_alone(path: Path, numbers: list[int], mode: str) -> tuple[float, float]:
    """Processor time and time by the clock of the layout engine, in a process of its own."""
    command = [sys.executable, "-c", _LAYOUT, str(path), ",".join(map(str, numbers)), mode]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    cpu, clock = said.split()[-2:]
    return float(cpu), float(clock)


if __name__ == "__main__":
    main()
