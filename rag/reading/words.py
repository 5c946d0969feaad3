"""The words of a leaf in reading order, a table spelled out as its head and its rows, and how many tokens they are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rag.reading.pdf.tables.table_profile import profile
from rag.records import Cell, Cells, Figure, Leaf, Span, SpanKind, Table

Count = Callable[[Sequence[str]], list[int]]

_ON_EVERY_PAGE = frozenset[SpanKind]({"running", "watermark"})


@dataclass(frozen=True, slots=True)
class Block:
    """What a span stands in, told apart by identity: prose, one table, or a profile, which stands *alone*."""

    table: Table | None = None
    alone: bool = False


Words = Iterator[tuple[Span, Block]]


def told_on(leaf: Leaf, *, hidden: bool) -> Words:
    """The spans of *leaf* that make passages: without watermarks, running heads and feet, and unless *hidden* asks for
    it, without hidden text.

    A page that says nothing but its running heads keeps them: they may be all there is to it.
    """
    left_out = _ON_EVERY_PAGE if hidden else _ON_EVERY_PAGE | {"hidden"}
    if all(isinstance(block, Span) and block.kind in left_out for block in leaf.blocks):
        left_out = left_out - {"running"}
    return ((span, block) for span, block in words_of(leaf) if span.kind not in left_out)


class Footnotes:
    """Footnotes at the end of a page wait while its last paragraph goes on over them, on the next page."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Span, Block]] = []

    def release(self) -> Words:
        """Those that wait, once."""
        waiting, self._waiting = self._waiting, []
        yield from waiting

    def put_off(self, words: Iterable[tuple[Span, Block]]) -> Words:
        """*words* of a page; those that wait come after what goes on, and those at its end wait from then on."""
        before = self._waiting
        self._waiting = []
        for span, block in words:
            if before and not goes_on(span, block):
                yield from before
                before = []
            if span.kind == "footnote":
                self._waiting.append((span, block))
            else:
                yield from self.release()
                yield span, block
        self._waiting[:0] = before


def goes_on(span: Span, block: Block) -> bool:
    """Whether *span* stands in the same paragraph as the one before it."""
    return block.table is None and "\n" not in span.before


def words_of(leaf: Leaf) -> Words:
    """Every span of *leaf* in reading order; a table's head first, if it stands here, then its rows, and what tells of
    it; of the tables of a sheet that comes last.

    A table may share the name and the unit of the one above it, the very same spans, which are told once.
    """
    prose = Block()
    above: Table | None = None
    for block in leaf.blocks:
        if isinstance(block, Span):
            yield block, Block(alone=True) if _is_chart(block) else prose
            continue
        if isinstance(block, Figure):
            yield from ((span, prose) for span in block.caption)
            continue
        table = Block(block)
        yield from ((span, table) for span in _told(block, above))
        if (told := profile(block)) is not None:
            yield told, Block(alone=True)
        above = block
    for span in leaf.profiles:
        yield span, Block(alone=True)


def _is_chart(span: Span) -> bool:
    """Whether *span* tells of what lies over the cells of a sheet, and so belongs to none of its text."""
    return span.kind == "caption" and isinstance(span.place, Cells)


def _told(table: Table, above: Table | None) -> Iterator[Span]:
    if not table.continues:
        head = table.head
        if above is None or above.head.title is not head.title or above.head.unit is not head.unit:
            yield from _line(head.title, "title")
            yield from _line(head.unit, "unit")
        for row in table.head.header:
            yield from _row(row, "head")
    for row in table.rows:
        yield from _row(row, "cell")


def _line(spans: tuple[Span, ...], kind: SpanKind) -> Iterator[Span]:
    for index, span in enumerate(spans):
        yield replace(span, kind=kind, before=span.before if index else "\n")


def _row(row: tuple[Cell, ...], kind: SpanKind) -> Iterator[Span]:
    before = "\n"
    for cell in row:
        yield Span(cell.text, cell.place, kind, before, 0, cell.column)
        before = "\t"


def counts_of(spans: Sequence[Span], short: int, count: Count) -> list[int]:
    """Tokens of each span with the white space before it.

    Counting costs most by the text, and cells are short; so the cells of a row of at most *short* tokens are
    counted as one, all of it given to the first.
    """
    rows: list[list[Span]] = []
    for span in spans:
        if rows and span.before == "\t" and span.kind in {"cell", "head"}:
            rows[-1].append(span)
        else:
            rows.append([span])
    found: list[list[int]] = []
    long: list[int] = []
    texts = ["".join(span.before + span.text for span in row) for row in rows]
    for row, tokens in zip(rows, count(texts), strict=True):
        if len(row) > 1 and tokens > short:
            long.append(len(found))
        found.append([tokens, *[0] * (len(row) - 1)])
    cells = iter(count([span.before + span.text for at in long for span in rows[at]]) if long else [])
    for at in long:
        found[at] = list(islice(cells, len(rows[at])))
    return [tokens for row in found for tokens in row]
