"""Figures that stand so close to the words beside them that nothing but their edges tells them apart."""

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from rag.language import HAN
from rag.reading.pdf.blocks.layout import Piece, Row, Word, corners
from rag.reading.pdf.tables.table_fields import is_number

_FIGURE = r"[(（]?[-–−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d\d)[%％]?[)）]?"
_AMOUNT = re.compile(_FIGURE)
_GLUED = re.compile(rf"(?P<label>.*[{HAN})）])(?P<figure>{_FIGURE})")
_FEWEST = 3  # lines in which figures end, and words begin, below each other
_ALIKE = 0.15  # of the size of type: how far below each other edges may be apart
_SPREAD = 0.4  # of the size of type: by how much the left sides of figures set to the right differ
_THIN = frozenset(",.()")  # half as wide as a digit


def untied(rows: Sequence[Row]) -> list[Row]:
    """*rows*, a label and the amount that runs into it told apart where other amounts end right below or above it:
    ``减速器35,218.40`` is one word of its page.
    """
    words = [word for row in rows for piece in row.pieces for word in piece.words]
    glued = {id(word): match for word in words if (match := _GLUED.fullmatch(word[4])) is not None}
    if not glued:
        return list(rows)
    amounts = [word for word in words if _AMOUNT.fullmatch(word[4])]
    return [
        row._replace(pieces=[part for piece in row.pieces for part in _untied(piece, glued, amounts)])
        if any(id(word) in glued for piece in row.pieces for word in piece.words)
        else row
        for row in rows
    ]


def _untied(piece: Piece, glued: dict[int, re.Match[str]], amounts: Sequence[Word]) -> list[Piece]:
    found: list[Piece] = []
    held: list[Word] = []
    for word in piece.words:
        match = glued.get(id(word))
        alike = [] if match is None else [one for one in amounts if abs(one[2] - word[2]) < _ALIKE * piece.size]
        if match is None or len(alike) < _FEWEST - 1:
            held.append(word)
            continue
        label, figure = match["label"], match["figure"]
        each = median((one[2] - one[0]) / _widths(one[4]) for one in alike)
        at = max(word[2] - each * _widths(figure), (word[0] + word[2]) / 2 if len(label) >= len(figure) else word[0])
        held.append((word[0], word[1], at, word[3], label, *word[5:]))
        found.append(_piece(piece, held))
        held = [(at, word[1], word[2], word[3], figure, *word[5:])]
    return [*found, _piece(piece, held)] if found else [piece]


def _widths(text: str) -> float:
    return sum(0.5 if character in _THIN else 1.0 for character in text)


def _piece(whole: Piece, words: Sequence[Word]) -> Piece:
    box = corners(words)
    text = " ".join([word[4] for word in words])
    return Piece(*box, list(words), text, whole.size, whole.bold, whole.order, box)


class _Pair(NamedTuple):
    """A figure and what follows it in its line, a figure too or a word; and how large they are set."""

    left: Word
    right: Word
    size: float
    figures: bool

    def is_below(self, other: "_Pair") -> bool:
        """Whether both end or begin as those of *other* do: figures are set to the right, words to the left."""
        one, two = self.right, other.right
        far = max(abs(self.left[2] - other.left[2]), abs(one[2] - two[2]) if self.figures else abs(one[0] - two[0]))
        return self.figures == other.figures and far < _ALIKE * self.size


def tight_places(flow: Sequence[Row]) -> list[float]:
    """Where figures, set to the right, end below each other no more than a space before words that begin below each
    other, or figures that end so, behind the labels of the rows of *flow*: ``812,000 Owned``, ``98,200 Leased``.
    """
    lines = [(row.size, [word for piece in row.pieces for word in piece.words]) for row in flow]
    pairs = [pair for size, words in lines for pair in _pairs(words, size)]
    rows = [words for _, words in lines if any(is_number(word[4]) for word in words)]
    found: list[float] = []
    for pair in pairs:
        alike = [other for other in pairs if pair.is_below(other)]
        begin, end = max(one.left[2] for one in alike), min(one.right[0] for one in alike)
        starts = [one.left[0] for one in alike]
        labels = len({one.right[4] for one in alike}) == len(alike)  # and no word that says what is counted
        ragged = pair.figures or labels or max(starts) - min(starts) >= _SPREAD * pair.size
        place = (begin + end) / 2
        if len(alike) < _FEWEST or not ragged or begin > end or any(abs(place - one) < pair.size for one in found):
            continue
        if not any(word[0] + 1 < place < word[2] - 1 for words in rows for word in words):
            found.append(place)
    return found


def _pairs(words: Sequence[Word], size: float) -> Iterator[_Pair]:
    """The figures of a line that stand behind a label or other figures, each with what follows no farther than *size*;
    none that may be the parts of one: ``1 234.56``.
    """
    for before, left, right in zip(words, words[1:], words[2:], strict=False):
        if right[0] - left[2] >= size or not (left[0] - before[2] > size or is_number(before[4])):
            continue
        if _AMOUNT.fullmatch(right[4]):
            if is_number(left[4]) and not is_number(f"{left[4]} {right[4]}"):
                yield _Pair(left, right, size, figures=True)
        elif _AMOUNT.fullmatch(left[4]) and not is_number(right[4]) and any(map(str.isalpha, right[4])):
            yield _Pair(left, right, size, figures=False)


def with_places(edges: Sequence[float], places: Sequence[float], size: float) -> list[float]:
    """*edges* between columns, and *places*, which stand for those nearer to them than *size*."""
    return sorted([*[edge for edge in edges if all(abs(edge - place) >= size for place in places)], *places])


def parts_words(left: Word, right: Word, places: Sequence[float]) -> bool:
    """Whether one of *places* is between two words of a line."""
    return any(left[2] - 1 <= place <= right[0] + 1 for place in places)
