"""Rows, columns and heads of the financial statements and their notes."""

from collections.abc import Sequence

from typeset import GREY, Column, Row, Span, Style

from harbourlight import figures as f
from harbourlight.look import NAVY

HEAD = Style(size=12.2, leading=16.5, colour=NAVY, bold=True, after=3.5)
TITLE = Style(size=17, leading=22, colour=NAVY, after=1)
UNIT = Style(size=10, leading=13, colour=GREY, italic=True, after=8)
NOTE = Style(size=9.3, leading=13.3, after=5.5, justify=True)
FOOT = Style("sans", size=7.5, leading=10.4, colour=GREY, italic=True, after=0)
PART = "Financial statements"
SEE = "The accompanying notes are an integral part of these consolidated financial statements."


def amounts(name: str, values: Sequence[int], sign: str = "", **how: object) -> Row:
    """A row of money."""
    return Row([name, *(f.show(value, sign) for value in values)], **how)  # type: ignore[arg-type]


def group(name: str, columns: int) -> Row:
    """A row that only has a name."""
    return Row([name, *([""] * columns)], bold=True, gap=2)


def years(count: int, name: str = "", period: str = "Years ended December 31,") -> list[list[Span]]:
    """Two rows of heads: the period over the years."""
    return [
        [Span(period, 1, count)],
        [Span(name, 0, 0), *(Span(f.YEARS[n], n + 1, n + 1) for n in range(count))],
    ]


def wide(count: int, width: float = 467.0, number: float = 74.0) -> list[Column]:
    """A name and *count* columns of money over the whole page."""
    return [Column(width - count * number, numbers=False), *(Column(number) for _ in range(count))]
