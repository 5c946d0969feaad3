"""The fields of a row: labels and numbers, and what each of their texts is."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from rag.reading.pdf.blocks.layout import Piece, Row, is_cjk

MOST_FIELDS = 40
_LONGEST_NUMBER = 40
_SOFT_HYPHEN = "\u00ad"
_REMEMBERED = 4096  # texts: signs and figures come again and again
_NUMBER = re.compile(
    r"""
    [-–—−+~<>≈]?\s*\(?\s*[-–−+]?\s*(?:(?:US|HK|NT|[RAC])?[$€£¥￥]|RMB)?\s*\(?\s*[-–−]?\s*
    (?:(?:\d{1,3}(?:[\ \u00a0\u2009\u202f]\d{3})+|\d[\d,，]*)(?:\.\d+)?|\.\d+)
    \s*(?:[%％]|[xX]|bps?|pts?|倍|元|[万萬億亿百千]+元?|个百分点|個百分點)?\s*\)?\s*[%％]?\s*\)?
    (?:\s*[*†‡]|\s*\(\d\)|\s*\([a-z]\)|\s*[⁰¹²³⁴-⁹](?:,?[⁰¹²³⁴-⁹])*)*
    | (?:[$€£¥￥]\s*)?[-–—−]+\s*[%％]?\s*\)? | N/?A | NM | n/?m | N\.M\. | 不适用 | 不適用
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"(?:FY\s*)?(?:19|20)\d\d(?:\s*[*†‡]|\s*\(\d\)|\s*\([a-z]\)|\s*[⁰¹²³⁴-⁹](?:,?[⁰¹²³⁴-⁹])*)*")
_CURRENCY = re.compile(r"\(?(?:(?:US|HK|NT|[RAC])?[$€£¥￥]|RMB)\s*\(?")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01]),")  # of a date, whose year stands in another line
_DATE = re.compile(rf"(?:[^\W\d]{{3,9}}\.? )?{_DAY.pattern}")
_BROKEN = re.compile(  # in narrow cells: 1,234,|567, 1,234|,567, 1,23|4,567, 1.|2, (1,234|), 2020/12/1|8, 305-|1
    r"\D{0,3}\d[\d,]*(?:, \d{3}|\d ,\d{3}|,\d \d\d|,\d\d \d)(?:,\d{3})*(?:\.\d*)?[)）]?[%％]?"
    r"|\D{0,3}\d[\d,]*(?:\. \d{1,4}| \.\d+|\.\d \d)[)）]?[%％]?"
    r"|\d{4}([-/.])\d{1,2}\1\d? \d"
    r"|\d+[-–] \d+"
    r"|[(（]\D{0,3}\d[\d,.]*[%％]? [)）]"
)
_OF_ALL = re.compile(r"\d{1,3}\s*/\s*\d{1,3}")
_TAIL = re.compile(r"[)%％]+|bps?|pts?")
_SMALL = 0.75  # of the size of what a note mark stands behind
_RAISED = re.compile(r"[(\[]?[a-z\d]{1,2}[)\]]?(?:\s*,?\s*[(\[]?[a-z\d]{1,2}[)\]]?)*|[*†‡§]+", re.IGNORECASE)
_LETTERS = re.compile(r"(?:\([a-z]{1,2}\),?\s*)+|[*†‡§]+")
_BARE_DIGITS = re.compile(r"\d{1,2}(?:\s*,\s*\d{1,2})*")
_AS_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNFINISHED = re.compile(
    r"[的、，（和與与及或]$|[（(][^）)]*$"
    r"|(?:\b(?:of|to|and|or|the|in|for|from|by|on|with|at|net of|per|a|an|its|as|than|under)|[,&–—])$"
)


class Field(NamedTuple):
    """What stands in one place of a row: a label, or a number with its currency sign."""

    x0: float
    x1: float
    text: str
    pieces: tuple[Piece, ...]
    numeric: bool


class Line(NamedTuple):
    """A row with what it means for a table."""

    row: Row
    fields: list[Field]
    numbers: list[Field]
    years: bool

    @property
    def data(self) -> bool:
        """Whether it holds figures, and not only years, which head columns."""
        return bool(self.numbers) and not self.years


@lru_cache(_REMEMBERED)
def is_number(text: str) -> bool:
    """Whether *text* is a number as a table prints it, a year among them."""
    return len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text) is not None and not is_day(text)


def is_day(text: str) -> bool:
    """Whether *text* is the day of a date whose month and year stand in other lines: ``30,``."""
    return _DAY.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Whether *text* is a day, with or without its month, and its year stands elsewhere: ``June 30,``."""
    return _DATE.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Whether *text* is a year and no more."""
    return _YEAR.fullmatch(text) is not None


def is_figure(text: str) -> bool:
    """Whether *text* is a number that is no year."""
    return is_number(text) and _YEAR.fullmatch(text) is None


def is_unfinished(text: str) -> bool:
    """Whether *text* breaks off where a phrase must go on: ``Amortization of``."""
    return _UNFINISHED.search(text) is not None


def line_of(row: Row) -> Line:
    """*row* with its fields told apart: currency signs and closing brackets go with their numbers."""
    pieces = row.pieces
    if len(pieces) == 1 or len(pieces) > MOST_FIELDS:
        return Line(row, [Field(row.x0, row.x1, row.text, tuple(pieces), numeric=False)], [], years=False)
    fields = fields_of(pieces)
    numbers = [field for field in fields[1:] if field.numeric]
    if fields[0].numeric and (len(numbers) == len(fields) - 1):
        numbers.insert(0, fields[0])
    return Line(row, fields, numbers, is_year_line(numbers, fields))


def is_year_line(numbers: Sequence[Field], fields: Iterable[Field]) -> bool:
    """Whether *numbers*, those among *fields*, are years that head columns."""
    years = bool(numbers) and all(_YEAR.fullmatch(field.text) for field in numbers)
    return years and not any(_OF_ALL.fullmatch(field.text) for field in fields)


def fields_of(pieces: Sequence[Piece]) -> list[Field]:
    """The fields that *pieces* of one line make, from left to right."""
    fields: list[Field] = []
    for at, piece in enumerate(pieces):
        numeric = is_number(piece.text)
        last = fields[-1] if fields else None
        if last and _is_note(last, piece, pieces[at + 1].x0 if at + 1 < len(pieces) else inf):
            fields[-1] = _noted(last, piece)
        elif (last and numeric and _CURRENCY.fullmatch(last.text)) or (
            last and last.numeric and _TAIL.fullmatch(piece.text) and piece.x0 - last.x1 < _reach(piece) * piece.size
        ):
            fields[-1] = _together(last, piece)
        else:
            fields.append(Field(piece.x0, piece.x1, piece.text, (piece,), numeric))
    if _YEAR.fullmatch(fields[0].text) and any(f.numeric and not _YEAR.fullmatch(f.text) for f in fields):
        fields[0] = fields[0]._replace(numeric=False)  # years name rows as well as columns
    if fields[0].text.endswith(")") and "(" not in fields[0].text:
        fields[0] = fields[0]._replace(numeric=False)  # the end of a label: ``(Note 16)``
    return fields


def beside(first: Field, second: Field) -> Field:
    """Two fields of one line in one cell."""
    text = f"{first.text} {second.text}"
    return Field(first.x0, max(first.x1, second.x1), text, (*first.pieces, *second.pieces), is_number(text))


def below(first: Field, second: Field) -> Field:
    """Two lines of one cell."""
    broken = is_broken(first.text, second.text)
    x0, x1 = min(first.x0, second.x0), max(first.x1, second.x1)
    text = first.text + second.text if broken else joined_text(first.text, second.text)
    numeric = is_number(text) if broken else first.numeric and second.numeric
    return Field(x0, x1, text, (*first.pieces, *second.pieces), numeric)


def joined_text(text: str, rest: str) -> str:
    """*text* and the *rest* of it in the next line; a word that is broken at a soft hyphen is whole again."""
    if text.endswith(_SOFT_HYPHEN) and rest[0].islower():
        return text.removesuffix(_SOFT_HYPHEN) + rest
    return text + ("" if is_cjk(text[-1]) or is_cjk(rest[0]) else " ") + rest


def is_broken(text: str, rest: str) -> bool:
    """Whether *text* is a number or a date that was broken off, and goes on with *rest*."""
    return _BROKEN.fullmatch(f"{text} {rest}") is not None


def figure_of(field: Field) -> Piece:
    """The piece of a number that holds its last digits, or its dash: behind it may stand ``%``, or marks of notes."""
    full = max(piece.y1 - piece.y0 for piece in field.pieces)
    for piece in reversed(field.pieces):
        if piece.y1 - piece.y0 > _SMALL * full and not (_TAIL.fullmatch(piece.text) or _LETTERS.fullmatch(piece.text)):
            return piece
    return field.pieces[-1]


def figures_from(field: Field) -> float:
    """Where *field* begins without its currency sign."""
    words = [word for piece in field.pieces for word in piece.words]
    return next((word[0] for word in words if not _CURRENCY.fullmatch(word[4])), field.x0)


def _reach(tail: Piece) -> float:
    """How far behind its number *tail* may stand, in sizes of its type: per cent signs have columns of their own."""
    return 2.5 if tail.text in {"%", "％"} else 1.5


def _is_note(last: Field, piece: Piece, following: float) -> bool:
    """Whether *piece* is the mark of a note to *last*, and begins no column; what comes next begins at *following*."""
    size, gap = last.pieces[0].size, piece.x0 - last.x1
    if _is_raised(piece, last.pieces[-1]) or _is_raised(piece, last.pieces[0]):
        return gap < (3 if last.numeric else 1) * size and _RAISED.fullmatch(piece.text) is not None
    near = last.numeric and gap < 2 * size and gap <= following - piece.x1
    return near and _LETTERS.fullmatch(piece.text) is not None


def _is_raised(piece: Piece, beside_it: Piece) -> bool:
    """Whether *piece* is smaller than what is *beside it*, and does not stand on the same line."""
    height = beside_it.y1 - beside_it.y0
    return piece.y1 - piece.y0 <= _SMALL * height and piece.y1 <= beside_it.y1 - 0.15 * height


def _noted(field: Field, piece: Piece) -> Field:
    """*field* with the mark of its note; bare digits are written raised, since they would be digits of the number."""
    mark = piece.text.replace(" ", "").translate(_AS_RAISED) if _BARE_DIGITS.fullmatch(piece.text) else piece.text
    text = f"{field.text} {mark}"
    return field._replace(x1=max(field.x1, piece.x1), text=text, pieces=(*field.pieces, piece))


def _together(field: Field, piece: Piece) -> Field:
    return Field(field.x0, max(field.x1, piece.x1), f"{field.text} {piece.text}", (*field.pieces, piece), numeric=True)
