"""Lists to choose from, as binary workbooks store them: with the other rules of what may be filled into cells.

Source: Microsoft, [MS-XLS] 2.4.88 Dv and [MS-XLSB] 2.4.341 BrtDVal.
"""

import struct
from collections.abc import Iterator

from rag.reading.sheets.formulas.formula_tokens import FormulaBook, formula_text
from rag.reading.sheets.stored import Area, Choices
from rag.records import area_name

_KIND, _LIST = 0x0F, 3
_WORDS, _NONE = 4, 0xFFFFFFFF  # titles and texts of what is said on a click and on a mistake


def choices_of(body: bytes, book: FormulaBook) -> Choices | None:
    """What the rule in *body* lets one choose from; ``None`` when it is another rule, or its list is written oddly.

    :raises struct.error: where it breaks off
    """
    if body[0] & _KIND != _LIST:
        return None
    areas, code = _of_xlsb(body) if book.wide else _of_xls(body)
    if not areas:
        return None
    top, left, _, _ = areas[0]
    formula = formula_text(code, book, top, left).removeprefix("=")
    choices = formula.strip('"').replace("\0", ",")
    return Choices(" ".join(map(area_name, areas)), choices) if choices else None


def _of_xls(body: bytes) -> tuple[list[Area], bytes]:
    at = 4
    for _ in range(_WORDS):
        (length,) = struct.unpack_from("<H", body, at)
        at += 3 + (length << (body[at + 2] & 1))
    code, at = _formula(body, at, "<HH")
    _, at = _formula(body, at, "<HH")
    (count,) = struct.unpack_from("<H", body, at)
    return list(_areas(body, at + 2, count, "<4H")), code


def _of_xlsb(body: bytes) -> tuple[list[Area], bytes]:
    (count,) = struct.unpack_from("<I", body, 4)
    areas = list(_areas(body, 8, count, "<4I"))
    at = 8 + 16 * count
    for _ in range(_WORDS):
        (length,) = struct.unpack_from("<I", body, at)
        at += 4 if length == _NONE else 4 + 2 * length
    code, _ = _formula(body, at, "<I")
    return areas, code


def _formula(body: bytes, at: int, head: str) -> tuple[bytes, int]:
    """The formula at *at*, behind its length, and where it ends."""
    length = struct.unpack_from(head, body, at)[0]
    start = at + struct.calcsize(head)
    return body[start : start + length], start + length


def _areas(body: bytes, at: int, count: int, form: str) -> Iterator[Area]:
    """Areas are stored as their first and last row, then their first and last column, from 0."""
    size = struct.calcsize(form)
    for number in range(min(count, (len(body) - at) // size)):
        top, bottom, left, right = struct.unpack_from(form, body, at + number * size)
        yield top + 1, left + 1, bottom + 1, right + 1
