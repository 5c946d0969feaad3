"""How long PDFs take to be read, against the bare cost of MuPDF: ``python tests/bench/reading.py FILE...``.

Processor time, the best of three runs, in milliseconds a page: *text* is ``get_text("text")``, *words* the extraction
that reading needs (words with boxes, and the type they are set in), *read* is everything up to spans and tables.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf

from rag.reading import read
from rag.records import Table, Upload


def best(work: Callable[[], object]) -> float:
    took = []
    for _ in range(3):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def bare_text(path: Path) -> None:
    with pymupdf.open(path) as document:
        for page in document:
            page.get_text("text")


def bare_words(path: Path) -> None:
    with pymupdf.open(path) as document:
        for page in document:
            textpage = page.get_textpage(flags=pymupdf.TEXTFLAGS_WORDS)
            textpage.extractWORDS()
            textpage.extractDICT()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", type=Path, nargs="+")
    print(f"{'file':40} {'pages':>5} {'tables':>6} {'text':>6} {'words':>6} {'read':>6}  read/text  read/words")
    for path in arguments.parse_args().files:
        upload = Upload(path.name, path)
        leaves = list(read(upload).leaves)
        tables = sum(isinstance(block, Table) for leaf in leaves for block in leaf.blocks)
        text = best(lambda path=path: bare_text(path))
        words = best(lambda path=path: bare_words(path))
        all_ = best(lambda upload=upload: list(read(upload).leaves))
        each = [1000 * took / len(leaves) for took in (text, words, all_)]
        figures = " ".join(f"{one:6.2f}" for one in each)
        print(f"{path.name[:40]:40} {len(leaves):5} {tables:6} {figures}  {all_ / text:9.2f}  {all_ / words:10.2f}")


if __name__ == "__main__":
    main()
