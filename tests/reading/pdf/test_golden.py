"""The sample documents are read as they were read before: see the change in ``tests/golden``, then keep it.

``REWRITE_GOLDEN=1 pytest tests/reading/pdf/test_golden.py`` writes the files anew.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from rag.reading import read
from rag.reading.pdf.blocks.headings import typography
from rag.reading.pdf.pages.mupdf import open_pdf
from rag.reading.pdf.pages.page_labels import PageLabels
from rag.reading.pdf.processes.page_reader import raw_pages
from rag.reading.pdf.reader import leaves_of
from rag.records import Figure, Leaf, Table, Upload, joined

ROOT = Path(__file__).parents[3]
SAMPLES = ["harbourlight-annual-report-2025.pdf", "qinghe-annual-report-2025-zh.pdf"]
DEEP = [3, 5]  # the pages that are read closely: all of them would take long


def spelt(leaves: Iterable[Leaf]) -> str:
    """A line for each paragraph with its kind and level; what is inside of tables is told elsewhere."""
    lines: list[str] = []
    for leaf in leaves:
        lines.append(f"=== {leaf.number} {leaf.name or ''}".rstrip())
        last = ""
        for block in leaf.blocks:
            if isinstance(block, Table):
                last, text = "table", joined(block.head.title)
            elif isinstance(block, Figure):
                last, text = "figure", joined(block.caption)
            else:
                kind = f"{block.kind}{block.level or ''}"
                if kind == last and "\n" not in block.before:
                    lines[-1] += block.before + block.text
                    continue
                last, text = kind, ("" if "\n" in block.before else "~") + block.text
            lines.append(f"{last}: {text}")
    return "\n".join(lines) + "\n"


def compare(name: str, found: str) -> None:
    path = ROOT / "tests" / "golden" / name
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_first_pass_reads_the_samples_as_before(sample):
    leaves = read(Upload(sample, ROOT / "sample_docs" / sample)).leaves
    compare(sample.replace(".pdf", ".first.txt"), spelt(leaves))


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_close_pass_reads_the_samples_as_before(sample):
    document = open_pdf(ROOT / "sample_docs" / sample, sample)
    first = list(raw_pages(document, range(1, 13), deep=False))
    raws = raw_pages(document, DEEP, deep=True)
    type_ = typography((raw.lines, raw.height) for raw in first)
    compare(sample.replace(".pdf", ".close.txt"), spelt(leaves_of(raws, PageLabels([]), type_)))
