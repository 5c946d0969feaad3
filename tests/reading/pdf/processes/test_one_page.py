"""One page that is wanted by itself has the tables and the label that it has in the whole document."""

from pathlib import Path

import pymupdf
import pytest

from rag.reading.pdf.processes.page_pool import PagePool
from rag.reading.pdf.reader import read_pdf
from rag.records import Table, Upload

HEAD = [(24, [(72, "Statement of income")]), (14, [(300, "2025"), (400, "2024")])]
ROWS = [(14, [(72, f"Item {n}"), (300, f"1,{n}10"), (400, f"{n}05")]) for n in range(4)]
PLAIN = "The company sold more goods in the year than in the year before, and some at better prices than in any."
PROSE = [(80, []), *[(14, [(72, f"{word} {PLAIN}")]) for word in ("Also", "Then", "Here", "Now")]]
PAGES = [PROSE, PROSE, HEAD + ROWS, ROWS, ROWS, PROSE, PROSE + HEAD + ROWS]


@pytest.fixture(scope="module")
def upload(tmp_path_factory):
    path = tmp_path_factory.mktemp("one") / "report.pdf"
    with pymupdf.open() as document:
        for number, parts in enumerate(PAGES, 1):
            page = document.new_page()
            y = 70
            for down, texts in parts:
                y += down
                for x, text in texts:
                    page.insert_text((x, y), text, fontsize=10)
            page.insert_text((300, 810), f"F-{number + 20}", fontsize=8)
            page.insert_text(
                (72, 600), ("One", "Two", "Three", "Four", "Five", "Six", "Seven")[number - 1], fontsize=10
            )
            if number == 1:
                page.insert_text((72, 400), "deeply hang", fontsize=10)
        document.save(path)
    return Upload("report.pdf", path)


@pytest.fixture
def pool(monkeypatch):
    """Processes whose deep pass never ends on page 1."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with PagePool(1, source="scripted_pages") as one:
        yield one


def tables(leaf):
    return [block for block in leaf.blocks if isinstance(block, Table)]


def test_the_tables_of_a_page_are_those_of_the_document_and_no_other_page_is_read_closely(upload, pool):
    whole = list(read_pdf(upload, pool=pool).leaves)
    assert [leaf.name for leaf in whole] == [f"F-{number + 20}" for number in range(1, 8)]
    for number in range(3, 8):
        (leaf,) = read_pdf(upload, deep=True, pool=pool, only=number).leaves
        assert (leaf.number, leaf.name) == (number, f"F-{number + 20}")
        assert tables(leaf) == tables(whole[number - 1])


def test_a_table_that_goes_on_is_taken_up_from_where_it_begins(upload, pool):
    (leaf,) = read_pdf(upload, deep=True, pool=pool, only=5).leaves
    (found,) = tables(leaf)
    assert found.continues
    assert [cell.text for cell in found.head.header[0]] == ["2025", "2024"]


def test_a_page_that_is_not_there_is_none(upload, pool):
    assert list(read_pdf(upload, deep=True, pool=pool, only=8).leaves) == []
