"""The rows of a table whose place the layout model has found: real lines, put together and apart by its lines."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby, pairwise
from math import inf
from typing import NamedTuple, Self

from rag.reading.pdf.blocks.layout import Piece, Row, Word, corners, is_cjk
from rag.reading.pdf.pages.raw_page import Region
from rag.reading.pdf.tables.heads.head_places import Column
from rag.reading.pdf.tables.heads.table_heads import is_unit
from rag.reading.pdf.tables.regions.region_edges import Strip, column_of, edges_of, is_apart, space_of
from rag.reading.pdf.tables.regions.tight_words import parts_words, tight_places, with_places
from rag.reading.pdf.tables.table_fields import (
    Field,
    Line,
    below,
    beside,
    fields_of,
    figures_from,
    is_broken,
    is_day,
    is_number,
    is_year,
    is_year_line,
)
from rag.reading.pdf.tables.whole_rows import whole

_DASHES = frozenset("-–—−~")
_MONTH = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[.,]?")
_CHINESE_DATE = re.compile(r"[至及截]*(?:中?[华華]?民[国國])?(?:\d{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}日?)?[至及]?")
_OPENING = re.compile(r"(|.*[)）%％])([(（](?:[$€£¥￥]|NT\$|US\$)?)")
_CLOSED = re.compile(r"[\d,.]+\s*[%％]?\s*[)）]")
_LEADER = frozenset(". …·")


class RegionRow(NamedTuple):
    """A row of a table: what stands in each column, numbered from 1, and the lines it was read from."""

    cells: dict[int, Field]
    lines: tuple[Row, ...]
    figures: bool
    years: bool

    @property
    def row(self) -> Row:
        """All of its pieces as one row."""
        pieces = [piece for field in self.cells.values() for piece in field.pieces]
        longest = max(pieces, key=lambda piece: len(piece.text))
        return Row(*corners(pieces), pieces, longest.size, all(piece.bold for piece in pieces))

    @property
    def middle(self) -> float:
        """Where the middle of its height stands."""
        row = self.row
        return (row.y0 + row.y1) / 2

    def only(self, numbers: range) -> "RegionRow":
        """What of it stands in the columns *numbers*."""
        return self._replace(cells={column: field for column, field in self.cells.items() if column in numbers})


class RegionLines:
    """The lines of a table and the lines the model draws between its rows and columns."""

    def __init__(self, flow: Sequence[Row], region: Region, known: Sequence[Strip] = ()) -> None:
        """*known* are the columns of figures of a table on the page before, which may go on here."""
        self._flow, self._region, self._known = flow, region, known
        self._heights = sorted(region.rows)
        self._space = space_of(flow)
        self._tight = [] if region.ruled else tight_places(flow)
        edges = sorted(region.columns) if region.ruled else edges_of(flow, region.columns, self._space, known)
        self._edges = with_places(edges, self._tight, flow[0].size)

    def between(self, start: int, stop: int) -> Self:
        """The same for the lines *start* to *stop*."""
        return type(self)(self._flow[start:stop], self._region, self._known)

    def join_first_columns(self) -> None:
        """Take the first two columns for one."""
        self._edges = self._edges[1:]

    @property
    def count(self) -> int:
        """How many columns the model sees."""
        return len(self._edges) + 1

    def rows(self) -> list[RegionRow]:
        """The rows of the table, heads and all."""
        bins: dict[int, list[Row]] = {}
        for row in self._flow:
            bins.setdefault(bisect(self._heights, (row.y0 + row.y1) / 2), []).append(row)
        found: list[RegionRow] = []
        for _, rows in sorted(bins.items()):
            found.extend(_together([self._placed(self.fields(row)) for row in rows], rows, ruled=self._region.ruled))
        return found

    def joined(self, rows: Sequence[RegionRow]) -> list[RegionRow]:
        """*rows* of the body with the labels and cells that run over several of them put together; none that a line is
        ruled between.
        """
        if self._region.ruled:
            between = groupby(rows, lambda row: bisect(self._heights, row.middle))
            return [row for _, some in between for row in self._whole(list(some))]
        return self._whole(rows)

    def _whole(self, rows: Sequence[RegionRow]) -> list[RegionRow]:
        lines = {id(row.row): row for row in rows}
        found = []
        for line in whole([_line(row) for row in rows]):
            cells = self._placed(line.fields)
            found.append(_row(cells, lines[id(line.row)].lines if id(line.row) in lines else (line.row,)))
        return found

    def fields(self, row: Row) -> list[Field]:
        """What stands in *row*, parted where a line between columns goes through a wide gap."""
        pieces: list[Piece] = []
        for piece in row.pieces:
            pieces.extend(self._parts(piece) if len(piece.words) > 1 else [piece])
        return fields_of(list(_with_brackets(pieces)))

    def _parts(self, piece: Piece) -> list[Piece]:
        words = piece.words
        if not self._region.ruled and _is_spaced_out(words):
            return [piece]
        starts = [0]
        for at in range(1, len(words)):
            left, right = words[at - 1], words[at]
            if self._is_range(words, at) or self._is_date(left, right):
                continue
            if self._is_unit_from(words, at) or self._leads(words, at) or self._parts_at(left, right):
                starts.append(at)
        if len(starts) == 1:
            return [piece]
        return [_piece(piece, words[start:stop]) for start, stop in zip(starts, [*starts[1:], len(words)], strict=True)]

    def _is_date(self, left: Word, right: Word) -> bool:
        """Whether two words are of one date; its year is, where no more than a space is before it."""
        if _MONTH.fullmatch(left[4]) is not None and _DAY.fullmatch(right[4]) is not None:
            return True  # OCR reads a comma as a full stop
        ends = _MONTH.fullmatch(left[4]) is not None or is_day(left[4])
        return ends and is_year(right[4].rstrip(",")) and not is_apart(left, right, self._space)

    def _is_unit_from(self, words: Sequence[Word], at: int) -> bool:
        """Whether a unit in brackets begins at word *at*: ``Year ended December 31 (millions)``."""
        return words[at][4].startswith(("(", "（")) and is_unit(" ".join([word[4] for word in words[at:]]))

    def _is_range(self, words: Sequence[Word], at: int) -> bool:
        """Whether word *at* is within numbers from one to the other, in one cell: ``0.5 - 2.0``."""
        dash = at if words[at][4] in _DASHES else at - 1
        if words[dash][4] not in _DASHES or not 0 < dash < len(words) - 1:
            return False
        left, middle, right = words[dash - 1 : dash + 2]
        close = middle[0] - left[2] < 1.3 * self._space and right[0] - middle[2] < 1.3 * self._space
        return close and is_number(left[4]) and is_number(right[4])

    def _leads(self, words: Sequence[Word], at: int) -> bool:
        return is_number(words[at][4]) and at > 1 and set(words[at - 1][4]) <= _LEADER and at == len(words) - 1

    def _parts_at(self, left: Word, right: Word) -> bool:
        if parts_words(left, right, self._tight):
            return True
        if any(left[2] - 1 <= edge <= right[0] + 1 for edge in self._edges):
            return (
                self._region.ruled
                or is_apart(left, right, self._space)
                or (is_number(right[4]) and not right[4].endswith(","))
            )
        if not is_apart(left, right, self._space):
            return False
        return bisect(self._edges, (left[0] + left[2]) / 2) != bisect(self._edges, (right[0] + right[2]) / 2)

    def crosses(self, row: Row) -> bool:
        """Whether *row* is one run of words that begins in the first column and goes far into others."""
        if not self._edges or len(row.pieces) > 1 or len(self._parts(row.pieces[0])) > 1:
            return False
        return row.x0 < self._edges[0] < row.x1 - 2 * row.size

    def starts(self, row: Row) -> bool:
        """Whether *row* begins in the first column."""
        return not self._edges or row.x0 < self._edges[0]

    def is_in_middle(self, row: Row) -> bool:
        """Whether *row* is in the middle of the table, its labels among it."""
        left, right = min(one.x0 for one in self._flow), max(one.x1 for one in self._flow)
        return abs(row.x0 + row.x1 - left - right) < 2 * row.size

    def columns(self, rows: Sequence[RegionRow], heads: Sequence[Field]) -> list[Column]:
        """The columns in which *rows* have anything, and those without that have one of the *heads* for themselves."""
        edges = [-inf, *self._edges, inf]
        found: dict[int, Column] = {}
        for row in rows:
            for number, field in row.cells.items():
                inner = figures_from(field)
                right = field.x1 if field.numeric else min(field.x1, edges[number])  # words may go on over the next
                known = found.get(number) or Column(number, field.x0, inner, right, edges[number - 1], edges[number])
                left, inner, right = min(known.left, field.x0), min(known.inner, inner), max(known.right, right)
                found[number] = known._replace(left=left, inner=inner, right=right)
        for field in heads:
            number = self.column_of(field)
            begin, end = edges[number - 1], edges[number]
            if number not in found and begin - 1 < field.x0 and field.x1 < end + 1:
                found[number] = Column(number, field.x0, field.x0, field.x1, begin, end)
        return [found[number] for number in sorted(found)]

    def column_of(self, field: Field) -> int:
        """The column, from 1, that *field* stands in."""
        return column_of(field, self._edges)

    def _placed(self, fields: Iterable[Field]) -> dict[int, Field]:
        found: dict[int, Field] = {}
        for field in fields:
            column = self.column_of(field)
            known = found.get(column)
            found[column] = field if known is None else beside(known, field)
        return dict(sorted(found.items()))


def with_tall_labels(rows: Sequence[RegionRow], region: Region) -> list[RegionRow]:
    """*rows* of *region*; the label in a cell as high as several of them is that of each."""
    found = list(rows)
    for top, foot in region.tall:
        here = [row for row in found if top < row.middle < foot]
        labels = [row.cells[1] for row in here if 1 in row.cells]
        told = [row for row in here if len(row.cells) > int(1 in row.cells)]
        if len(told) < 2 or not labels or any(label.numeric for label in labels):
            continue
        label = reduce(below, labels)
        at = found.index(here[0])
        found[at : at + len(here)] = [row._replace(cells=dict(sorted({**row.cells, 1: label}.items()))) for row in told]
    return found


def _is_spaced_out(words: Sequence[Word]) -> bool:
    """Whether *words* are a Chinese date, or characters of a name, evenly set apart: ``金 額``, ``1 1 1 年 7 月``."""
    if _CHINESE_DATE.fullmatch("".join([word[4] for word in words])) is not None:
        return True
    gaps = [right[0] - left[2] for left, right in pairwise(words)]
    single = bool(gaps) and all(len(word[4]) == 1 and is_cjk(word[4]) for word in words)
    return single and max(gaps) < 1.5 * min(gaps)


def _with_brackets(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """*pieces*, a bracket that ends one and opens the number behind it moved there: the bracket may stand far away."""
    held: Sequence[Word] = ()
    for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
        words = [*held, *piece.words]
        held = ()
        if after is not None and _CLOSED.match(after.text) and (opening := _OPENING.fullmatch(words[-1][4])):
            *words, last = words
            before, bracket = opening.groups()
            at = last[2] - (last[2] - last[0]) * len(bracket) / len(last[4])
            held = [(at, last[1], last[2], last[3], bracket, *last[5:])]
            words += [(last[0], last[1], at, last[3], before, *last[5:])] if before else []
        if words:
            yield piece if words == list(piece.words) else _piece(piece, words)


def _piece(whole_piece: Piece, words: Sequence[Word]) -> Piece:
    box = corners(words)
    text = " ".join([word[4] for word in words])
    return Piece(*box, words, text, whole_piece.size, whole_piece.bold, whole_piece.order, box)


def _together(placed: Sequence[dict[int, Field]], rows: Sequence[Row], *, ruled: bool) -> list[RegionRow]:
    """*rows*, which the model takes for one, as one; or as several where figures stand under figures or heads.

    Between lines that are *ruled* they are only where several do: cells of several lines are broken anywhere.
    """
    found: list[RegionRow] = []
    for cells, row in zip(placed, rows, strict=True):
        if found and _conflicts(found[-1].cells, cells, ruled=ruled) <= int(ruled):
            merged = dict(found[-1].cells)
            for column, field in cells.items():
                merged[column] = below(merged[column], field) if column in merged else field
            found[-1] = _row(merged, (*found[-1].lines, row))
        else:
            found.append(_row(cells, (row,)))
    return found


def _conflicts(above: dict[int, Field], cells: dict[int, Field], *, ruled: bool) -> int:
    """How many of *cells*, right below those *above*, are of another row: each line of a cell is words under words."""
    both = [(above[column], field) for column, field in cells.items() if column in above and column > 1]
    return sum(
        second.numeric or (first.numeric and len(second.text) > 3 and not second.text.startswith(("(", "（")))
        for first, second in both
        if not is_broken(first.text, second.text)
        and not (ruled and is_year(second.text) and not first.numeric)  # a head: ``Voting rights / 2025``
    )


def _row(cells: dict[int, Field], lines: tuple[Row, ...]) -> RegionRow:
    numbers = [field for column, field in sorted(cells.items()) if field.numeric and (column > 1 or len(cells) == 1)]
    years = is_year_line(numbers, cells.values())
    return RegionRow(dict(sorted(cells.items())), lines, bool(numbers) and not years, years)


def _line(row: RegionRow) -> Line:
    fields = list(row.cells.values())
    return Line(row.row, fields, [field for field in fields if field.numeric], row.years)
