"""The words of a leaf in reading order, a table spelled out as its head and its rows, and how many tokens they are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rag.records import Cell, Figure, Leaf, Span, SpanKind, Table

Count = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class Block:
    """What a span stands in, told apart by identity: prose, or one table."""

    table: Table | None = None


def words_of(leaf: Leaf) -> Iterator[tuple[Span, Block]]:
    """Every span of *leaf* in reading order; a table's head first, if it stands here, then its rows."""
    prose = Block()
    for block in leaf.blocks:
        if isinstance(block, Span):
            yield block, prose
            continue
        if isinstance(block, Figure):
            yield from ((span, prose) for span in block.caption)
            continue
        table = Block(block)
        if not block.continues:
            for span in (*_line(block.head.title, "title"), *_line(block.head.unit, "unit")):
                yield span, table
            for row in block.head.header:
                for span in _row(row, "head"):
                    yield span, table
        for row in block.rows:
            for span in _row(row, "cell"):
                yield span, table


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
