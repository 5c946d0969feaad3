"""A raw page becomes a leaf in the least time: headings and paragraphs in reading order, each row one span, no tables.

Leaves are made as they are sent from one process to another.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line, Row, corners, flows
from rag.reading.pdf.blocks.paragraphs import glue, paragraphs
from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.processes.leaf_frames import Packed
from rag.records import Note, SpanKind

_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百]+[章节節]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]"
)
_ENDS = frozenset("。；：，、！？;:,")
_SHORT = 40


def plain_leaf(raw: RawPage, type_: Typography) -> Packed:
    """*raw* as ``leaf_frames.packed`` has leaves: none of its words is lost, and the rows of its tables are text."""
    notes = (Note(raw.failed, {"page": raw.number}),) if raw.failed else ()
    marks = [line for line in raw.lines if type_.is_watermark(line)]
    body = [line for line in raw.lines if not type_.is_watermark(line)] if marks else raw.lines
    blocks = [block for flow in flows(body) for block in _text(flow, type_, raw.number)]
    aside: tuple[tuple[SpanKind, Sequence[Line]], ...] = (("watermark", marks), ("hidden", raw.hidden))
    for kind, lines in aside:
        if lines:
            blocks.extend(block for flow in flows(lines) for row in flow for block in _spans([row], kind, raw.number))
    more = *raw.size, notes, raw.kind, raw.rotation, raw.confidence
    return raw.number, blocks, more


def _text(flow: Sequence[Row], type_: Typography, page: int) -> Iterator[Packed]:
    for running, some in itertools.groupby(flow, type_.is_running):
        for rows in paragraphs(list(some)):
            if running:
                yield from _spans(rows, "running", page)
            elif type_.is_heading(rows) or (len(rows) == 1 and _may_head_in_chinese(rows[0].text)):
                yield from _spans(rows, "heading", page, type_.level(rows[0]))
            else:
                yield from _spans(rows, "text", page)


def _may_head_in_chinese(text: str) -> bool:
    """Whether *text* is a numbered heading by its words alone: whether it looks bold takes long to find out."""
    return len(text) < _SHORT and _NUMBERED.match(text) is not None and text[-1] not in _ENDS


def _spans(rows: Sequence[Row], kind: SpanKind, page: int, level: int = 0) -> Iterator[Packed]:
    above = ""
    for row in rows:
        pieces = row.pieces
        x0, y0, x1, y1 = pieces[0].shown if len(pieces) == 1 else corners([piece.shown for piece in pieces])
        text = row.text
        box = page, round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)
        yield "span", text, box, kind, glue(above, text) if above else "\n", level, 0
        above = text
