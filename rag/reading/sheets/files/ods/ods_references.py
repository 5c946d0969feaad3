"""What an OpenDocument spreadsheet refers to, with the signs that Excel has: formulas and names.

Source: OASIS, Open Document Format for Office Applications 1.3, part 4 (formulas) and part 3, 9.4.11 and 9.4.15.
"""

import re
from html import unescape

_PIECE = re.compile(r"""\[(?P<cells>[^\[\]]+)\]|"[^"]*"|'[^']*'|[;|]""")
_SIGNS = {";": ",", "|": ";"}  # between arguments, and between the rows of an array
_NAME = re.compile(rb"<table:(?:named-range|named-expression|database-range)\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+:[\w-]+)="([^"]*)"')
_OF_PROGRAM = "__Anonymous"  # what LibreOffice names for itself


def formula_of(stored: str) -> str:
    """``=SUM(A1:A3,2)`` for ``of:=SUM([.A1:.A3];2)``."""
    form, parted, formula = stored.partition(":=")
    if not parted:
        formula = stored.lstrip("=")
    if form != "msoxl":  # which has the signs of Excel
        formula = _PIECE.sub(_as_excel, formula)
    return f"={formula}" if formula else ""


def _as_excel(piece: re.Match[str]) -> str:
    if piece["cells"]:
        return _reference(piece["cells"])
    return _SIGNS.get(piece[0], piece[0])


def names_of(behind: bytes) -> dict[str, str]:
    """The names of areas, tables and formulas in *behind*, the XML that stands behind the sheets."""
    found: dict[str, str] = {}
    for tag in _NAME.finditer(behind):
        told = attributes_of(tag[0])
        name = told.get("table:name", "")
        area = told.get("table:cell-range-address") or told.get("table:target-range-address", "")
        target = _reference(area) if area else formula_of(told.get("table:expression", "")).removeprefix("=")
        if name and target and not name.startswith(_OF_PROGRAM):
            found[name] = target
    return found


def attributes_of(tag: bytes) -> dict[str, str]:
    """The attributes of a tag, by their names as they are written."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))}


def _reference(cells: str) -> str:
    """``Sheet1!A1:A3`` for ``Sheet1.A1:.A3``."""
    first, _, last = cells.partition(":")
    sheet, _, start = first.removeprefix("$").rpartition(".") if "." in first else ("", "", first)
    end = last.rpartition(".")[2]
    return f"{sheet}!" * bool(sheet) + start + f":{end}" * bool(end)
