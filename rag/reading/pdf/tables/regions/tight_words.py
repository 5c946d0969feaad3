"""Figures that stand so close to the words beside them that nothing but their edges tells them apart."""

import re
from collections.abc import Sequence
from statistics import median

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


def tight_places(flow: Sequence[Row]) -> list[float]:
    """Where amounts, set to the right, end below each other no more than a space before words that begin below each
    other, behind the labels of the rows of *flow*: ``812,000 Owned``, ``98,200 Leased``.
    """
    lines = [(row.size, [word for piece in row.pieces for word in piece.words]) for row in flow]
    pairs = [
        (size, left, right)
        for size, words in lines
        for before, left, right in zip(words, words[1:], words[2:], strict=False)
        if _AMOUNT.fullmatch(left[4])
        and right[0] - left[2] < size
        and not is_number(right[4])
        and any(map(str.isalpha, right[4]))
        and left[0] - before[2] > size
    ]
    found: list[float] = []
    for size, left, right in pairs:
        alike = [
            one
            for _, one, other in pairs
            if abs(one[2] - left[2]) < _ALIKE * size and abs(other[0] - right[0]) < _ALIKE * size
        ]
        place = (left[2] + right[0]) / 2
        spread = max(one[0] for one in alike) - min(one[0] for one in alike)
        if len(alike) < _FEWEST or spread < _SPREAD * size or any(abs(place - known) < size for known in found):
            continue
        rows = [words for _, words in lines if any(is_number(word[4]) for word in words)]
        if not any(word[0] + 1 < place < word[2] - 1 for words in rows for word in words):
            found.append(place)
    return found


def with_places(edges: Sequence[float], places: Sequence[float], size: float) -> list[float]:
    """*edges* between columns, and *places*, which stand for those nearer to them than *size*."""
    return sorted([*[edge for edge in edges if all(abs(edge - place) >= size for place in places)], *places])


def parts_words(left: Word, right: Word, places: Sequence[float]) -> bool:
    """Whether one of *places* is between two words of a line."""
    return any(left[2] - 1 <= place <= right[0] + 1 for place in places)
