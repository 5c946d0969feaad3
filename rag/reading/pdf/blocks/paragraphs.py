"""Rows become paragraphs, paragraphs become spans: a run of words within one line, cut where a sentence ends."""

import itertools
import re
import statistics
from collections.abc import Callable, Iterator, Sequence

from rag.language import sentences
from rag.reading.pdf.blocks.layout import Corners, Piece, Row, Word, corners, is_cjk
from rag.reading.pdf.blocks.leftwards import runs_left
from rag.records import Page, Span, SpanKind

Place = Callable[[Corners], Page]
Cut = Callable[[Word, int], tuple[Word, Word]]

MARKER = re.compile(
    r"(?:[•●▪■◆◦‣∙·○□➢✓\uf0b7\uf0a7\uf06e*–—-]|\(?[a-zA-Z]\)|[a-zA-Z]\.|\(?\d{1,3}\)|\d{1,2}(?:\.\d{1,2})*\.|\(?[ivxIVX]+[).])(?=\s|$)"
    r"|第[一二三四五六七八九十百\d]+[章节節条條部编編篇]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、．]"
    r"|[①-⑳]"
)
_HYPHENS = frozenset("-\u00ad\u2010")
_LEADER = re.compile(r"(?:[.·…]\s?){4,}\s*[\dA-Za-z-]{0,7}$")
_SENTENCE_ENDS = frozenset(".!?:;。！？：；…")
_MAY_END = re.compile(r"[.!?。！？；]")


def paragraphs(flow: Sequence[Row]) -> Iterator[list[Row]]:
    """Neighbouring rows of a flow that read on from each other."""
    if not flow:
        return
    if all(row.pieces[0].text.isascii() for row in flow) or not runs_left("".join([row.text for row in flow])):
        yield from _read_on(flow)
        return
    at = 0
    for some in _read_on([_mirrored(row) for row in flow]):
        yield list(flow[at : at + len(some)])
        at += len(some)


def _mirrored(row: Row) -> Row:
    """*row*, which is read from right to left, as if it began on the left."""
    pieces = [piece._replace(x0=-piece.x1, x1=-piece.x0) for piece in reversed(row.pieces)]
    return row._replace(x0=-row.x1, x1=-row.x0, pieces=pieces)


def _read_on(flow: Sequence[Row]) -> Iterator[list[Row]]:
    gaps = [below.y0 - above.y1 for above, below in itertools.pairwise(flow)]
    usual = statistics.median(gaps) if gaps else 0.0
    rights = _right_edges(flow, gaps)
    current = [flow[0]]
    listed = MARKER.match(flow[0].text) is not None
    for at in range(1, len(flow)):
        above, row, gap = flow[at - 1], flow[at], gaps[at - 1]
        tall = min(above.y1 - above.y0, row.y1 - row.y0)
        apart = gap > max(0.5 * tall, 1.35 * min(usual, 1.3 * tall) + 0.1 * tall)
        marked = MARKER.match(row.text) is not None
        if apart or marked or gap < -2 * tall or _breaks(current, above, row, rights[at - 1], listed=listed):
            yield current
            current, listed = [], marked
        current.append(row)
    yield current


def _right_edges(flow: Sequence[Row], gaps: Sequence[float]) -> list[float]:
    """For each row how far to the right the lines go that follow each other closely around it."""
    found: list[float] = []
    start = 0
    for at in range(1, len(flow) + 1):
        if at == len(flow) or not -2 * flow[at].size < gaps[at - 1] < flow[at].size:
            found.extend([max(row.x1 for row in flow[start:at])] * (at - start))
            start = at
    return found


def _breaks(current: Sequence[Row], above: Row, row: Row, right: float, *, listed: bool) -> bool:
    size = above.size
    if abs(row.size - size) > 0.12 * size or _is_tabular(row) or _is_tabular(above) or ends_in_leader(above.text):
        return True
    if row.bold != above.bold and not _is_in_sentence(above, row, right):
        return True
    centred = abs((row.x0 + row.x1) - (above.x0 + above.x1)) < size * 0.4
    if not centred:
        step = row.x0 - above.x0
        if step > 0.8 * size and not (listed and len(current) == 1):
            return True
        indented = len(current) == 1 and (not listed or right - above.x1 < 2 * size)
        if step < -0.8 * size and not indented:
            return True
    if is_broken_word(above.text, row.text):
        return False
    first = row.pieces[0]
    needs = 2 * size if is_cjk(first.text[0]) else _width_of_first_word(first) + size
    return right - above.x1 > needs + 0.5 * size and not (centred and row.size > size)


def ends_in_leader(text: str) -> bool:
    """Whether *text* is a line of a table of contents, up to its page number."""
    return (text.count(".") > 3 or "…" in text or "·" in text) and _LEADER.search(text) is not None


def _is_in_sentence(above: Row, row: Row, right: float) -> bool:
    """Whether *row* goes on in the sentence of *above*, which fills its line: a part of it may be bold."""
    first = row.text[0]
    full = right - above.x1 < 2 * above.size
    return full and above.text[-1] not in _SENTENCE_ENDS and (first.islower() or above.text[-1] == ",")


def _is_tabular(row: Row) -> bool:
    """Whether its pieces stand too far apart to be one line of text."""
    if len(row.pieces) == 1:
        return False
    marked = len(row.pieces) == 2 and MARKER.fullmatch(row.pieces[0].text) is not None
    return not marked and any(right.x0 - left.x1 > 2 * row.size for left, right in itertools.pairwise(row.pieces))


def _width_of_first_word(piece: Piece) -> float:
    return (piece.x1 - piece.x0) * len(piece.text.partition(" ")[0]) / max(1, len(piece.text))


def glue(above: str, below: str) -> str:
    """The white space between a line and the one it goes on in: none between Chinese characters or after a hyphen."""
    if is_cjk(above[-1]) or is_cjk(below[0]):
        return ""
    if above[-1] in _HYPHENS and above[-2:-1].isalpha() and below[0].isalpha():
        return ""
    return " "


def is_broken_word(above: str, below: str) -> bool:
    """Whether a word that begins at the end of *above* ends at the beginning of *below*."""
    return above[-1] in _HYPHENS and above[-2:-1].islower() and below[0].islower()


def spans(
    lines: Sequence[Row], kind: SpanKind, place: Place, cut: Cut, *, level: int = 0, before: str = "\n"
) -> Iterator[Span]:
    """A paragraph as spans; *cut* cuts a word between two of its characters."""
    pieces: list[tuple[str, Piece]] = []
    for line in lines:
        for at, piece in enumerate(_as_read(line)):
            white = " " if at else (glue(pieces[-1][1].text, piece.text) if pieces else "")
            pieces.append((white, piece))
    text = "".join([white + piece.text for white, piece in pieces])
    starts = [start for start, _ in sentences(text)][1:] if _MAY_END.search(text) else []
    offset = 0
    for white, piece in pieces:
        offset += len(white)
        end = offset + len(piece.text)
        lead = white if offset > len(white) else before
        if starts and starts[0] == offset:
            starts.pop(0)
        rest = piece.words
        while starts and starts[0] < end:
            start = starts.pop(0)
            head, rest, joint = _split(rest, start - offset, cut)
            yield _span(head, kind, place, lead, level)
            lead, offset = joint, start
        if rest is piece.words:
            yield Span(piece.text, place(piece.shown), kind, lead, level)
        else:
            yield _span(rest, kind, place, lead, level)
        offset = end


def _as_read(line: Row) -> Sequence[Piece]:
    pieces = line.pieces
    return pieces[::-1] if len(pieces) > 1 and runs_left(line.text) else pieces


def _span(words: Sequence[Word], kind: SpanKind, place: Place, before: str, level: int) -> Span:
    return Span(" ".join([word[4] for word in words]), place(corners(words)), kind, before, level)


def _split(words: Sequence[Word], at: int, cut: Cut) -> tuple[Sequence[Word], Sequence[Word], str]:
    """*words* before and after character *at* of their text, and the white space between the two."""
    seen = 0
    for number, word in enumerate(words):
        end = seen + len(word[4])
        if at <= seen:
            return words[:number], words[number:], " "
        if at < end:
            left, right = cut(word, at - seen)
            return [*words[:number], left], [right, *words[number + 1 :]], ""
        seen = end + 1
    raise ValueError(f"no character {at} in {seen} characters")
