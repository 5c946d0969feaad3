"""PDFs, page by page: every word with its box and with both identities of its page."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymupdf

from rag.errors import DamagedFile, FileGone, LockedFile
from rag.reading.headings import Typography, typography
from rag.reading.layout import Corners, Line, Row, corners, flows
from rag.reading.page_labels import PageLabels
from rag.reading.page_tables import grids
from rag.reading.page_text import PageText
from rag.reading.paragraphs import Place, spans, text_blocks
from rag.reading.table_breaks import Edges, LastTable, goes_on
from rag.reading.table_columns import Cellular
from rag.reading.table_fields import Field
from rag.records import Block, Box, Cell, Leaf, Note, Page, Reading, Span, Table, TableHead, Upload
from rag.records import Row as CellRow

MUPDF: Any = pymupdf  # only half of it is typed
MUPDF.TOOLS.mupdf_display_errors(False)
MUPDF.TOOLS.mupdf_display_warnings(False)

ONE_AT_A_TIME = threading.RLock()
"""MuPDF is not thread-safe: whoever calls it holds this."""

_SAMPLE = 12
_TIDY_EVERY = 50


@contextmanager
def opened(path: Path, name: str) -> Iterator[Any]:
    """The PDF at *path*, ready to be read, closed at the end.

    :raises FileGone: when there is no such file
    :raises DamagedFile: when MuPDF cannot make it out, or it has no page
    :raises LockedFile: when it opens with a password only
    """
    document = _open(path, name)
    try:
        yield document
    finally:
        with ONE_AT_A_TIME:
            document.close()


def _open(path: Path, name: str) -> Any:
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


def read_pdf(upload: Upload) -> Reading:
    """*upload* as a reading of its pages; each is read when it is asked for.

    :raises RefusedUpload: ``FileGone``, ``DamagedFile`` or ``LockedFile``
    """
    document = _open(upload.path, upload.name)
    return Reading("pdf", document.page_count, _leaves(document))


def _leaves(document: Any) -> Iterator[Leaf]:
    try:
        with ONE_AT_A_TIME:
            printed = labels(document)
            type_ = typography(_sample(document))
        last: LastTable | None = None
        for number in range(1, document.page_count + 1):
            leaf, last = _leaf(document, number, printed.of(number), type_, last)
            yield leaf
            if number % _TIDY_EVERY == 0:
                with ONE_AT_A_TIME:
                    MUPDF.TOOLS.store_shrink(100)
    finally:
        with ONE_AT_A_TIME:
            document.close()


def _sample(document: Any) -> Iterator[tuple[list[Line], float]]:
    count = document.page_count
    for number in sorted({round((at + 0.5) * count / _SAMPLE - 0.5) for at in range(_SAMPLE)}):
        try:
            text = PageText(document[number], MUPDF.TEXTFLAGS_WORDS)
        except Exception:  # noqa: BLE001, S112 - such a page is told of when its turn comes
            continue
        yield text.lines, text.height


def _leaf(
    document: Any, number: int, printed: str | None, type_: Typography, last: LastTable | None
) -> tuple[Leaf, LastTable | None]:
    """A page, and the table it ends with; *last* is the one that the page before ended with."""
    width = height = 0.0
    try:
        with ONE_AT_A_TIME:
            page = document[number - 1]
            width, height = page.rect.width, page.rect.height
            text = PageText(page, MUPDF.TEXTFLAGS_WORDS)
            blocks, last = _blocks(text, number, printed, type_, last)
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds; one bad page must not cost the others, and a note tells
        return Leaf(number, printed, (), width, height, (Note("PageFailed", {"page": number}),)), None
    return Leaf(number, printed, blocks, width, height), last


def _blocks(
    text: PageText, number: int, printed: str | None, type_: Typography, last: LastTable | None
) -> tuple[tuple[Block, ...], LastTable | None]:
    def place(box: Corners) -> Page:
        x0, y0, x1, y1 = box
        return Page(number, printed, Box(round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)))

    edges = Edges(type_, text.height)
    found: list[Block] = []
    above: list[Row] = []
    for flow in flows(text.lines):
        free = 0
        for grid in grids(flow, type_):
            above.extend(flow[free : grid.start])
            if last is not None and goes_on(last, grid, above, edges):
                found.extend(text_blocks([*flow[free : grid.start], *grid.title], type_, place, text.cut))
                head = last.head
            else:
                found.extend(text_blocks(flow[free : grid.start], type_, place, text.cut))
                last = None
                head = TableHead(
                    tuple(_head_spans(grid.title, "title", place, text)),
                    tuple(_head_spans(grid.unit, "unit", place, text)),
                    tuple(_cells(row, place) for row in grid.header),
                )
            found.append(Table(head, tuple(_cells(row, place) for row in grid.body), continues=last is not None))
            left = min(row.x0 for row in flow[grid.start : grid.stop])
            size = flow[grid.stop - 1].size
            last = LastTable(head, left, grid.columns, size) if head.header or head.title else None
            free, above = grid.stop, []
        above.extend(flow[free:])
        found.extend(text_blocks(flow[free:], type_, place, text.cut))
    if last is not None and not edges.are(above, last):
        last = None
    return tuple(found), last


def _head_spans(rows: Sequence[Row], kind: Any, place: Place, text: PageText) -> Iterator[Span]:
    for row in rows:
        yield from spans([row], kind, place, text.cut)


def _cells(row: Cellular, place: Place) -> CellRow:
    return tuple(_cell(column, fields, place) for column, fields in row)


def _cell(column: int, fields: Sequence[Field], place: Place) -> Cell:
    if len(fields) == 1 and len(fields[0].pieces) == 1:
        return Cell(fields[0].text, place(fields[0].pieces[0].shown), column)
    box = corners([piece.shown for field in fields for piece in field.pieces])
    return Cell(" ".join([field.text for field in fields]), place(box), column)
