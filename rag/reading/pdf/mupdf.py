"""MuPDF: the one place that knows it, and how a PDF is opened."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pymupdf

from rag.errors import DamagedFile, FileGone, LockedFile
from rag.reading.pdf.page_labels import PageLabels

MUPDF: Any = pymupdf  # only half of it is typed
MUPDF.TOOLS.mupdf_display_errors(False)
MUPDF.TOOLS.mupdf_display_warnings(False)

ONE_AT_A_TIME = threading.RLock()
"""MuPDF is not thread-safe: whoever calls it holds this."""


@contextmanager
def opened(path: Path, name: str) -> Iterator[Any]:
    """The PDF at *path*, ready to be read, closed at the end.

    :raises FileGone: when there is no such file
    :raises DamagedFile: when MuPDF cannot make it out, or it has no page
    :raises LockedFile: when it opens with a password only
    """
    document = open_pdf(path, name)
    try:
        yield document
    finally:
        with ONE_AT_A_TIME:
            document.close()


def open_pdf(path: Path, name: str) -> Any:
    """The PDF at *path* as MuPDF's document; whoever opens it closes it. It raises what ``opened`` raises."""
    if not path.is_file():
        raise FileGone(name=name)
    with ONE_AT_A_TIME:
        try:
            document = MUPDF.open(path, filetype="pdf")
            locked, pages = document.needs_pass, document.page_count if not document.needs_pass else 0
        except Exception as error:  # MuPDF raises RuntimeError, ValueError and kinds of its own for a broken file
            raise DamagedFile(name=name) from error
        if locked or not pages:
            document.close()
            raise LockedFile(name=name) if locked else DamagedFile(name=name)
        return document


def labels(document: Any) -> PageLabels:
    """What is printed on its pages."""
    try:
        return PageLabels(document.get_page_labels())
    except Exception:  # noqa: BLE001 - a damaged label tree raises anything; the pages are there without labels
        return PageLabels([])


def load_layout() -> None:
    """Load the layout models that PyMuPDF brings; ``Page.get_layout`` does nothing before."""
    import_module("pymupdf.layout")
