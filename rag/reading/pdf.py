"""PDFs, page by page: every word with its box and with both identities of its page."""

import math
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymupdf

from rag.errors import DamagedFile, FileGone, LockedFile
from rag.reading.headings import Typography, typography
from rag.reading.layout import Corners, Line, Row, Word, corners, flows
from rag.reading.page_labels import PageLabels
from rag.reading.page_tables import grids
from rag.reading.paragraphs import Place, spans, text_blocks
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
_LONGEST_LINE = 2_000
_BOLD_FLAG = 16
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")


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
        for number in range(1, document.page_count + 1):
            yield _leaf(document, number, printed.of(number), type_)
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
            text = _PageText(document[number])
        except Exception:  # noqa: BLE001, S112 - such a page is told of when its turn comes
            continue
        yield text.lines, text.height


def _leaf(document: Any, number: int, printed: str | None, type_: Typography) -> Leaf:
    width = height = 0.0
    try:
        with ONE_AT_A_TIME:
            page = document[number - 1]
            width, height = page.rect.width, page.rect.height
            text = _PageText(page)
            blocks = _blocks(text, number, printed, type_)
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds; one bad page must not cost the others, and a note tells
        return Leaf(number, printed, (), width, height, (Note("PageFailed", {"page": number}),))
    return Leaf(number, printed, blocks, width, height)


def _blocks(text: "_PageText", number: int, printed: str | None, type_: Typography) -> tuple[Block, ...]:
    def place(box: Corners) -> Page:
        x0, y0, x1, y1 = box
        return Page(number, printed, Box(round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)))

    found: list[Block] = []
    for flow in flows(text.lines):
        free = 0
        for grid in grids(flow, type_):
            found.extend(text_blocks(flow[free : grid.start], type_, place, text.cut))
            head = TableHead(
                tuple(_head_spans(grid.title, "title", place, text)),
                tuple(_head_spans(grid.unit, "unit", place, text)),
                tuple(_cells(row, place) for row in grid.header),
            )
            found.append(Table(head, tuple(_cells(row, place) for row in grid.body)))
            free = grid.stop
        found.extend(text_blocks(flow[free:], type_, place, text.cut))
    return tuple(found)


def _head_spans(rows: Sequence[Row], kind: Any, place: Place, text: "_PageText") -> Iterator[Span]:
    for row in rows:
        yield from spans([row], kind, place, text.cut)


def _cells(row: Cellular, place: Place) -> CellRow:
    return tuple(_cell(column, fields, place) for column, fields in row)


def _cell(column: int, fields: Sequence[Field], place: Place) -> Cell:
    box = corners([piece.shown for field in fields for piece in field.pieces])
    return Cell(" ".join([field.text for field in fields]), place(box), column)


class _PageText:
    """The words of one page as it is shown, gathered to lines, with the type they are set in."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._textpage = page.get_textpage(flags=MUPDF.TEXTFLAGS_WORDS)
        self._characters: Mapping[tuple[int, int], list[Any]] | None = None
        turn = page.rotation
        self._matrix = page.rotation_matrix if turn else None
        self.height = page.rect.height
        words: list[Word] = self._textpage.extractWORDS()
        if not math.isfinite(sum([word[0] + word[1] + word[2] + word[3] for word in words])):
            words = [word if all(map(math.isfinite, word[:4])) else (0.0, 0.0, 0.0, 0.0, *word[4:]) for word in words]
        if _UNWRITABLE.search("".join([word[4] for word in words])):
            words = [(*word[:4], _writable(word[4]), *word[5:]) for word in words]
        if self._matrix is not None:
            words = [(*_shown(word, self._matrix), *word[4:]) for word in words]
        self.lines = _lines(words, self._textpage.extractDICT()["blocks"], turn // 90)

    def cut(self, word: Word, at: int) -> tuple[Word, Word]:
        """*word* as two, before and after its character *at*, each with its own box."""
        text = word[4]
        boxes = self._boxes(word)
        if boxes is None:
            return _cut_evenly(word, at)
        left, right = corners(boxes[:at]), corners(boxes[at:])
        return (*left, text[:at], *word[5:]), (*right, text[at:], *word[5:])

    def _boxes(self, word: Word) -> list[Corners] | None:
        """A box for each character of *word*, or nothing when MuPDF's characters do not spell it."""
        if self._characters is None:
            self._characters = {
                (block["number"], number): [
                    char for span in line["spans"] for char in span["chars"] if char["c"] not in " \u00a0"
                ]
                for block in self._textpage.extractRAWDICT()["blocks"]
                for number, line in enumerate(block.get("lines", ()))
            }
        characters = self._characters.get((word[5], word[6]), [])
        if len(characters) > _LONGEST_LINE:
            return None
        spelt = "".join([char["c"] for char in characters])
        start = -1
        best = None
        while (start := spelt.find(word[4], start + 1)) >= 0:
            run = characters[start : start + len(word[4])]
            boxes = [_shown(char["bbox"], self._matrix) if self._matrix else char["bbox"] for char in run]
            off = sum(abs(one - other) for one, other in zip(corners(boxes), word[:4], strict=True))
            if best is None or off < best[0]:
                best = off, boxes
        return best[1] if best and best[0] < 4 else None


def _lines(words: Sequence[Word], blocks: Sequence[Any], turn: int) -> list[Line]:
    styles = {
        (block["number"], number): _style(line, turn)
        for block in blocks
        for number, line in enumerate(block.get("lines", ()))
    }
    found: list[Line] = []
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or words[at][6] != words[start][6] or words[at][5] != words[start][5]:
            first = words[start]
            size, bold, way = styles.get((first[5], first[6]), (first[3] - first[1], False, 0))
            found.append(Line(words[start:at], size, bold, way))
            start = at
    return found


def _style(line: Mapping[str, Any], turn: int) -> tuple[float, bool, int]:
    """Size, weight and way of a line, by most of its characters."""
    longest, size, bold = -1, 0.0, True
    for span in line["spans"]:
        length = len(span["text"].strip())
        if length > longest:
            longest, size = length, span["size"]
        if length and not span["flags"] & _BOLD_FLAG:
            bold = False
    right, down = line["dir"]
    way = (0 if right >= 0 else 2) if abs(right) >= abs(down) else (1 if down > 0 else 3)
    return max(size, 1.0), bold and longest > 0, (way + turn) % 4


def _shown(box: Sequence[Any], matrix: Any) -> Corners:
    x0, y0, x1, y1 = box[:4]
    left, right = sorted((matrix.a * x0 + matrix.c * y0 + matrix.e, matrix.a * x1 + matrix.c * y1 + matrix.e))
    top, bottom = sorted((matrix.b * x0 + matrix.d * y0 + matrix.f, matrix.b * x1 + matrix.d * y1 + matrix.f))
    return left, top, right, bottom


def _cut_evenly(word: Word, at: int) -> tuple[Word, Word]:
    x0, y0, x1, y1, text, block, line, number = word
    across, down = x1, y1
    if x1 - x0 >= y1 - y0:
        across = x0 + (x1 - x0) * at / len(text)
        rest = across, y0
    else:
        down = y0 + (y1 - y0) * at / len(text)
        rest = x0, down
    return (x0, y0, across, down, text[:at], block, line, number), (*rest, x1, y1, text[at:], block, line, number)


def _writable(text: str) -> str:
    """*text* without what UTF-8 cannot hold; pairs of surrogates become the character they stand for."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd") or "\ufffd"
