"""The lines between the columns of a table: those that the layout model draws, mended by where its words stand."""

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import Row, Word, is_cjk
from rag.reading.pdf.tables.table_fields import Field, fields_of, figure_of, is_number

Strip = tuple[float, float]
"""How far to the left and right something goes."""

_AMOUNT = re.compile(r"[(（]?[-–−+]?(?:[$€£¥￥]\s*)?\d[\d,，]*[%％]?[)）]?|[(（]?[-–−+]?[\d,，]*\.\d+[%％]?[)）]?")
_MARK = re.compile(r"[（(\[]?(?:\w{1,3}|[ivx]+)[)）.、．\]]+|\W+", re.IGNORECASE)
_CLOSE = 0.45  # of the size of type: hardly a space is wider
_CJK_GAP = 0.25
_FAR = 4.0  # of the size of type: a number so far behind a label is no part of it
_LINES_APART = 4  # in which words stand apart in the same place
_SURELY = re.compile(r"\d[,，]\d{3}|\.\d|[%％]")


def space_of(flow: Sequence[Row]) -> float:
    """How wide the space between two words of a cell usually is in the rows of *flow*; 0 when there is none."""
    size = median(row.size for row in flow)
    lines = map(_words, flow)
    gaps = [right[0] - left[2] for words in lines for left, right in pairwise(words) if right[0] - left[2] < size]
    if gaps and median(gaps) > _CLOSE * size:
        gaps = [gap for gap in gaps if gap < _CLOSE * size] or gaps
    return median(gaps) if gaps else 0.0


def is_apart(left: Word, right: Word, space: float) -> bool:
    """Whether the gap between two words of a line is wider than *space*, that between words of a cell; Chinese has
    none, and stands apart wherever there is a gap.
    """
    chinese = is_cjk(left[4][-1]) or is_cjk(right[4][0])
    usual = min(1.2 * space, _CJK_GAP * (right[3] - right[1])) if chinese else 1.2 * space
    return right[0] - left[2] > usual


def edges_of(flow: Sequence[Row], drawn: Sequence[float], space: float, known: Sequence[Strip]) -> list[float]:
    """From left to right the lines between the columns of *flow*, a table for which the model has *drawn* some.

    *space* is that between two words of a cell; *known* are the columns of figures of a table that may go on here.
    """
    lines = list(map(_words, flow))
    edges = sorted(drawn)
    edges = sorted(
        place
        for at, edge in enumerate(edges)
        if (place := _beside_words(edges, at, lines) if _is_within(edges, at, lines, space) else edge) is not None
    )
    edges = sorted([*edges, *_missing(flow, edges, space)])
    edges = _without_shared(flow, edges)
    edges = sorted([*edges, *_known_apart(flow, edges, known)])
    edges = sorted([*edges, *_behind_labels(lines, edges, space)])
    return sorted([*edges, *_between_words(lines, edges, space)])


def column_of(field: Field, edges: Sequence[float]) -> int:
    """The column, from 1, between *edges* that *field* stands in, a number in that of its last digits."""
    if field.numeric:
        last = figure_of(field)
        return 1 + bisect(edges, (last.x0 + last.x1) / 2)
    if field.text.endswith((". .", "..", "……")):
        return 1 + bisect(edges, field.x0 + 1)
    return 1 + bisect(edges, (field.x0 + field.x1) / 2)


def _words(row: Row) -> list[Word]:
    return [word for piece in row.pieces for word in piece.words]


def _is_within(edges: Sequence[float], at: int, lines: Sequence[Sequence[Word]], space: float) -> bool:
    """Whether line *at* of *edges* goes through what is no more than words with a space between them."""
    edge = edges[at]
    before, after = edges[at - 1] if at else -inf, edges[at + 1] if at + 1 < len(edges) else inf
    close = apart = 0
    for words in lines:
        left = [word for word in words if before < (word[0] + word[2]) / 2 <= edge]
        right = [word for word in words if edge < (word[0] + word[2]) / 2 < after]
        if left and right:
            gap = right[0][0] - left[-1][2]
            both = is_number(left[-1][4]) and is_number(right[0][4])
            close, apart = (close + 1, apart) if gap <= 1.1 * space and not both else (close, apart + 1)
    return close > 2 and close > 4 * apart


def _beside_words(edges: Sequence[float], at: int, lines: Sequence[Sequence[Word]]) -> float | None:
    """Where line *at* of *edges* should stand, which goes through words: in a gap near it that no word reaches into."""
    before, after = edges[at - 1] if at else -inf, edges[at + 1] if at + 1 < len(edges) else inf
    both: list[list[Word]] = []
    for words in lines:
        here = [word for word in words if before < (word[0] + word[2]) / 2 < after]
        if len(here) > 1:
            both.append(here)
    right = None
    best = 0.0, 0.0
    for word in sorted([word for words in both for word in words], key=lambda word: word[0]):
        if right is not None and word[0] - right > best[1] - best[0]:
            best = right, word[0]
        right = word[2] if right is None else max(right, word[2])
    wide = best[1] - best[0]
    if not both or wide < median([word[3] - word[1] for words in both for word in words]):
        return None
    parted = [words for words in both if words[0][2] <= best[0] and words[-1][0] >= best[1]]
    return (best[0] + best[1]) / 2 if len(parted) > 2 and 2 * len(parted) > len(both) else None


def _without_shared(flow: Sequence[Row], edges: Sequence[float]) -> list[float]:
    """*edges* without those between columns of figures that end below each other, and never stand in one row: the wide
    ones of a column begin so far to the left that the model takes them for another.
    """
    rows = [[field for field in fields_of(row.pieces) if field.numeric] for row in flow]
    found = list(edges)
    at = len(found) - 1
    while at >= 0:
        left, right = (
            [field for fields in rows for field in fields if _is_figure(field) and column_of(field, found) == at + n]
            for n in (1, 2)
        )
        together = any({at + 1, at + 2} <= {column_of(field, found) for field in fields} for fields in rows)
        if left and right and not together and _end_alike(left, right):
            del found[at]
        at -= 1
    return found


def _end_alike(left: Sequence[Field], right: Sequence[Field]) -> bool:
    """Whether the digits of all figures of two columns end near each other."""
    words = [[word for piece in field.pieces for word in piece.words] for field in (*left, *right)]
    ends = [max(word[2] for word in some if any(map(str.isdigit, word[4]))) for some in words]
    return max(ends) - min(ends) < left[0].pieces[0].size


class _Gap(NamedTuple):
    """Where *pairs* of figures are apart, from *begin* to *end*; some of them *far*."""

    begin: float
    end: float
    pairs: int
    far: bool


def _missing(flow: Sequence[Row], edges: Sequence[float], space: float) -> list[float]:
    """Where two figures of a line stand in one column: again and again, or far from each other. The first may be a
    dash, which is no sign of the other where it is apart from it.
    """
    figures = [[field for field in fields_of(row.pieces) if field.numeric] for row in flow]
    gaps: dict[int, list[_Gap]] = {}
    for fields in figures:
        for left, right in pairwise(fields):
            column, wide = column_of(left, edges), right.x0 - left.x1
            if column != column_of(right, edges) or wide <= space or not _is_figure(right):
                continue
            digits = next(piece for piece in right.pieces if any(map(str.isdigit, piece.text)))
            far = digits.x0 - left.x1 > 2 * digits.size and _is_figure(left)
            dash = not _is_figure(left) and wide > digits.size
            if far or dash or min(len(left.text), len(right.text)) > 3:
                _add_gap(gaps.setdefault(column, []), _Gap(left.x1, right.x0, 1, far))
    found = []
    for gap in [gap for some in gaps.values() for gap in some if gap.far or gap.pairs > 1]:
        middle = (gap.begin + gap.end) / 2
        if not any(field.x0 < middle < field.x1 for fields in figures for field in fields):
            found.append(middle)
    return found


def _add_gap(gaps: list[_Gap], new: _Gap) -> None:
    """Add *new* to *gaps*, together with the first that has a place in common with it."""
    for at, gap in enumerate(gaps):
        begin, end = max(gap.begin, new.begin), min(gap.end, new.end)
        if begin < end:
            gaps[at] = _Gap(begin, end, gap.pairs + 1, gap.far or new.far)
            return
    gaps.append(new)


def _is_figure(field: Field) -> bool:
    return field.numeric and any(character.isdigit() for character in field.text)


def _known_apart(flow: Sequence[Row], edges: Sequence[float], known: Sequence[Strip]) -> list[float]:
    """Between figures in one column that stand right below those of several *known* columns."""
    extents: dict[tuple[int, int], Strip] = {}
    for piece in [piece for row in flow for piece in row.pieces] if known else ():
        if len(piece.text) > 3 and is_number(piece.text):
            at = min(range(len(known)), key=lambda at: abs(known[at][1] - piece.x1))
            if abs(known[at][1] - piece.x1) < piece.size:
                column = bisect(edges, (piece.x0 + piece.x1) / 2), at
                left, right = extents.get(column, (piece.x0, piece.x1))
                extents[column] = min(left, piece.x0), max(right, piece.x1)
    return [
        (extents[one][1] + extents[other][0]) / 2
        for one, other in pairwise(sorted(extents))
        if one[0] == other[0] and extents[one][1] < extents[other][0]
    ]


def _behind_labels(lines: Sequence[Sequence[Word]], edges: Sequence[float], space: float) -> list[float]:
    """Between words and the one amount, or number far behind them, that ends each row of a column, where those end
    below each other: the model sees no line there if it takes several tables for one.
    """
    size = median([word[3] - word[1] for words in lines for word in words])
    found = []
    for begin, end in pairwise([-inf, *edges, inf]):
        columns = [[word for word in words if begin < (word[0] + word[2]) / 2 < end] for words in lines]
        sure = [words for words in columns if words and _is_amount(words[-1][4])]
        far = [words for words in columns if words in sure or _ends_far(words, _FAR * size)]
        places = (_before_amounts(rows, size, space) for rows in (sure, far))
        found.extend([place for place in places if place is not None][:1])
    return found


def _before_amounts(rows: Sequence[Sequence[Word]], size: float, space: float) -> float | None:
    """Between the labels of *rows* and the amounts that end them, if those end below each other far from the labels."""
    labelled = [words for words in rows if len(words) > 1]
    apart = [words for words in labelled if _is_label(words[:-1]) and words[-1][0] - words[-2][2] > 1.5 * space]
    if len(apart) < 2 or 5 * (len(labelled) - len(apart)) > len(apart):
        return None
    label, amount = max(words[-2][2] for words in apart), min(words[-1][0] for words in rows)
    wide = median([words[-1][0] - words[-2][2] for words in apart]) > size
    ends = [words[-1][2] for words in rows]
    return (label + amount) / 2 if wide and label < amount and max(ends) - min(ends) < size else None


def _between_words(lines: Sequence[Sequence[Word]], edges: Sequence[float], space: float) -> list[float]:
    """Before words that begin below each other in nearly all lines of a column, behind other words with a gap between:
    the model takes ``指`` for the first word of what follows. Marks of lists are no words.
    """
    size = median([word[3] - word[1] for words in lines for word in words])
    found = []
    for begin, end in pairwise([-inf, *edges, inf]):
        columns = [[word for word in words if begin < (word[0] + word[2]) / 2 < end] for words in lines]
        gaps = [
            (left[2], right[0])
            for words in columns
            for left, right in pairwise(words)
            if right[0] - left[2] > 0.35 * size
            and is_apart(left, right, space)
            and any(map(str.isalpha, left[4]))
            and not _MARK.fullmatch(words[0][4])
            and not is_number(right[4])
        ]
        for start in sorted({right for _, right in gaps}):
            same = [left for left, right in gaps if abs(start - right) < 0.1 * size]
            below = sum(any(abs(word[0] - start) < 0.1 * size for word in words) for words in columns)
            if len(same) < _LINES_APART or below < 0.8 * sum(map(bool, columns)):
                continue
            place = (max(same) + start) / 2
            if not any(word[0] < place < word[2] for words in columns for word in words):
                found.append(place)
                break
    return found


def _is_amount(text: str) -> bool:
    """Whether *text* can only be an amount and no part of a name: ``1,234``, ``0.5``, ``12%``, not ``3``, ``2030``."""
    return _SURELY.search(text) is not None and _AMOUNT.fullmatch(text) is not None


def _ends_far(words: Sequence[Word], far: float) -> bool:
    """Whether the last of *words* is a number more than *far* behind the others."""
    return len(words) > 1 and is_number(words[-1][4]) and words[-1][0] - words[-2][2] > far


def _is_label(words: Sequence[Word]) -> bool:
    """Whether *words* are some, and no signs or figures alone."""
    return any(len(word[4]) > 1 and not is_number(word[4]) and any(map(str.isalpha, word[4])) for word in words)
