"""PDFs, page by page: every word with its box and with both identities of its page."""

from collections.abc import Iterator
from typing import Any

from rag.reading.pdf.headings import Typography, typography
from rag.reading.pdf.mupdf import ONE_AT_A_TIME, labels, open_pdf
from rag.reading.pdf.page_blocks import leaf_of
from rag.reading.pdf.page_reader import raw_pages
from rag.reading.pdf.table_breaks import LastTable
from rag.records import Leaf, Reading, Upload

_SAMPLE = 12


def read_pdf(upload: Upload, *, deep: bool = False) -> Reading:
    """*upload* as a reading of its pages; each is read when it is asked for.

    :raises RefusedUpload: ``FileGone``, ``DamagedFile`` or ``LockedFile``
    """
    document = open_pdf(upload.path, upload.name)
    return Reading("pdf", document.page_count, _leaves(document, deep=deep))


def _leaves(document: Any, *, deep: bool) -> Iterator[Leaf]:
    try:
        with ONE_AT_A_TIME:
            printed = labels(document)
        type_ = _type(document)
        last: LastTable | None = None
        for raw in raw_pages(document, range(1, document.page_count + 1), deep=deep):
            leaf, last = leaf_of(raw, printed.of(raw.number), type_, last)
            yield leaf
    finally:
        with ONE_AT_A_TIME:
            document.close()


def _type(document: Any) -> Typography:
    count = document.page_count
    sample = sorted({round((at + 0.5) * count / _SAMPLE + 0.5) for at in range(_SAMPLE)})
    return typography((raw.lines, raw.height) for raw in raw_pages(document, sample, deep=False) if not raw.failed)
