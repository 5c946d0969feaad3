"""Adding a PDF from the upload to the last vector, beside the bare cost of its parts. By hand:

    python tests/bench/end_to_end.py REPORT.pdf

Bare cost: PyMuPDF's plain text of every page, and the same passages through the embedding model, with nothing around
them. The ratio of the two sums is the figure; seconds depend on the machine.
"""

import sys
import tempfile
import time
from pathlib import Path

import psutil
import pymupdf

from rag.entrypoints.worker import WorkerKeeper
from rag.records import ModelChoice, Request
from rag.settings import Settings
from rag.wiring import workspace
from rag.wiring.adapters import embedder


def main() -> None:  # noqa: PLR0915 - one measurement, told from its start to its end
    """Measure one file."""
    path = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), llm="none")
        app = workspace(settings)
        model = embedder(settings, settings.embedder)
        model.passages(["built and loaded"])
        base = app.bases("bench")[0]
        keeper = WorkerKeeper(settings)
        time.sleep(4)  # the worker has started, and waits
        started = time.perf_counter()
        with path.open("rb") as file:
            document, _ = app.add("bench", base.id, path.name, file)
        worker = psutil.Process(keeper.pid)
        reached: dict[str, float] = {}
        first: set[bytes] = set()
        most = together = 0
        while (now := app.document("bench", document.id)).state not in {"ready", "failed"}:
            here = time.perf_counter() - started
            if now.askable:
                reached.setdefault("first words can be asked", here)
            if now.state in {"embedding", "refining"}:
                reached.setdefault("all words", here)
            if now.state == "refining":
                first = first or {passage.digest for passage in app.store.of_document(document.id)}
                reached.setdefault("all can be found by meaning", here)
            most = max(most, worker.memory_info().rss)
            together = max(together, sum(_memory(one) for one in (worker, *worker.children(recursive=True))))
            time.sleep(0.1)
        whole = time.perf_counter() - started
        keeper.close()
        passages = list(app.store.of_document(document.id))
        texts = [passage.text for passage in passages]

        began = time.perf_counter()
        with pymupdf.open(path) as pdf:
            pages = sum(1 for page in pdf if page.get_text() is not None)
        text_seconds = time.perf_counter() - began
        began = time.perf_counter()
        model.passages(texts)
        vector_seconds = time.perf_counter() - began
        bare = text_seconds + vector_seconds

        list(app.ask("bench", Request("What was revenue?"), model=ModelChoice("none")))
        times = []
        for question in ("What was net income?", "经营活动产生的现金流量净额是多少？", "Who audits the company?") * 5:
            began = time.perf_counter()
            list(app.ask("bench", Request(question), model=ModelChoice("none")))
            times.append(time.perf_counter() - began)

    again = sum(passage.digest in first for passage in passages)
    print(f"{now.state}: {pages} pages, {len(texts)} passages, {again} of them as the first reading had them")
    print(", ".join(f"{what} after {seconds:.2f} s" for what, seconds in reached.items()))
    print(f"end to end {whole:.1f} s ({pages / whole:.1f} pages/s); bare {bare:.1f} s ", end="")
    print(f"(text {text_seconds:.2f}, vectors {vector_seconds:.1f}); ratio {whole / bare:.2f}")
    print(f"question to evidence: median {sorted(times)[len(times) // 2] * 1000:.0f} ms")
    own = psutil.Process().memory_info().rss
    print(
        f"worker at most {most / 1e6:.0f} MB, with its readers {together / 1e6:.0f} MB, this process {own / 1e6:.0f} MB"
    )


def _memory(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.NoSuchProcess:
        return 0


if __name__ == "__main__":
    main()
