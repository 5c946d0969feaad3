"""MuPDF: the one place that knows it, and how a PDF is opened."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from rag.errors import DamagedFile, FileGone, LockedFile, WrongPassword
from rag.reading.pdf.pages.page_labels import PageLabels

_LAYOUT = "pymupdf.layout"


def _mupdf() -> Any:
    """PyMuPDF, only half of which is typed, without the layout models that it loads in passing, for twice as long as
    all else takes.
    """
    early = _LAYOUT not in sys.modules
    if early:
        cast("dict[str, Any]", sys.modules)[_LAYOUT] = None  # so Python says that it cannot be imported
    try:
        import pymupdf  # noqa: PLC0415 - not before
    finally:
        if early:
            del sys.modules[_LAYOUT]
    pymupdf.no_recommend_layout()  # else it prints
    return pymupdf


MUPDF = _mupdf()
MUPDF.TOOLS.mupdf_display_errors(False)
MUPDF.TOOLS.mupdf_display_warnings(False)

ONE_AT_A_TIME = threading.RLock()
"""MuPDF is not thread-safe: whoever calls it holds this."""


def open_pdf(path: Path, name: str, password: str | None = None) -> Any:
    """The PDF at *path* as MuPDF's document; whoever opens it closes it. *password* is for one that needs it.

    :raises FileGone: when there is no such file
    :raises DamagedFile: when MuPDF cannot make it out, or it has no page
    :raises LockedFile: when it opens with a password only
    :raises WrongPassword: when *password* does not open it
    """
    if not path.is_file():
        raise FileGone(name=name)
    with ONE_AT_A_TIME:
        try:
            document = MUPDF.open(path, filetype="pdf")
            locked = document.needs_pass and not (password is not None and document.authenticate(password))
            pages = 0 if locked else document.page_count
        except Exception as error:  # MuPDF raises RuntimeError, ValueError and kinds of its own for a broken file
            raise DamagedFile(name=name) from error
        if locked or not pages:
            document.close()
            if not locked:
                raise DamagedFile(name=name)
            raise LockedFile(name=name) if password is None else WrongPassword(name=name)
        return document


def copy_unlocked(document: Any, target: Path) -> None:
    """Write *document* to *target* so that it opens without a password; the same file gives the same bytes."""
    with ONE_AT_A_TIME:
        partly = target.with_name(f"{target.name}.part")
        document.save(partly, encryption=MUPDF.PDF_ENCRYPT_NONE, no_new_id=True)
        partly.replace(target)


def labels(document: Any) -> PageLabels:
    """What is printed on its pages."""
    return PageLabels(label_rules(document))


def label_rules(document: Any) -> list[Any]:
    """What ``PageLabels`` is made from."""
    try:
        return list(document.get_page_labels())
    except Exception:  # noqa: BLE001 - a damaged label tree raises anything; the pages are there without labels
        return []


def load_layout() -> None:
    """Load the layout models that PyMuPDF brings; ``Page.get_layout`` does nothing before."""
    if _LAYOUT not in sys.modules:
        with ONE_AT_A_TIME, _one_thread_each():
            import_module(_LAYOUT)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Models that are loaded meanwhile run in one thread.

    The engine has no setting for it and takes a thread for each core. They wait for each other in loops, which costs
    almost twice the processor time on two cores, and far more where several processes share them.
    """
    import onnxruntime  # noqa: PLC0415 - comes with the layout models

    usual = onnxruntime.SessionOptions

    class OneThread(usual):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__()
            self.intra_op_num_threads = 1

    onnxruntime.SessionOptions = OneThread
    try:
        yield
    finally:
        onnxruntime.SessionOptions = usual
