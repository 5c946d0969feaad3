"""PDFs made for a test, and what is read from them."""

import contextlib
from collections import Counter
from collections.abc import Iterator

import psutil
import pymupdf
import pytest

from rag.reading import read
from rag.records import Leaf, Span, Table, Upload


@pytest.fixture
def pdf(tmp_path):
    """Makes a PDF: *draw* gets each of *count* new pages and its number; more arguments go to PyMuPDF's ``save``."""

    def make(draw, count=1, *, name="report.pdf", size=(595, 842), finish=None, **saving):
        path = tmp_path / name
        with pymupdf.open() as document:
            for number in range(1, count + 1):
                draw(document.new_page(width=size[0], height=size[1]), number)
            if finish:
                finish(document)
            document.save(path, **saving)
        return Upload(name, path)

    return make


@pytest.fixture
def leaves():
    """Reads all of an upload."""

    def everything(upload) -> list[Leaf]:
        return list(read(upload).leaves)

    return everything


def _pieces(leaf: Leaf) -> Iterator[tuple[str, str, object]]:
    for block in leaf.blocks:
        match block:
            case Span(text, place, _, before):
                yield before, text, place
            case Table(head, rows, continues):
                for span in () if continues else (*head.title, *head.unit):
                    yield span.before, span.text, span.place
                for row in (*(() if continues else head.header), *rows):
                    for cell in row:
                        yield " ", cell.text, cell.place


@pytest.fixture
def pieces():
    """Every run of text of a leaf, with the white space before it and its place, tables included."""
    return lambda leaf: list(_pieces(leaf))


@pytest.fixture
def words():
    """The words of a leaf, as often as they stand in it; a word cut by a sentence end is one word."""
    return lambda leaf: Counter("".join(before + text for before, text, _ in _pieces(leaf)).split())


@pytest.fixture
def no_reader_left():
    """Whatever a test starts to read pages ends with it; the process that draws them for other tests may run on."""
    before = _readers()
    yield
    assert not _readers() - before


def _readers() -> set[int]:
    found = set()
    for one in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended while we looked
            if one.status() != psutil.STATUS_ZOMBIE and "page_process" in " ".join(one.cmdline()):
                found.add(one.pid)
    return found
