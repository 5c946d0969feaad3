"""Lists to choose from in an OpenDocument spreadsheet: told once, before the sheets, and named by the cells.

Source: OASIS, Open Document Format for Office Applications 1.3, part 3, 9.4.5.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from rag.reading.sheets.files.ods.ods_drawings import attribute, count_of
from rag.reading.sheets.files.ods.ods_references import attributes_of, formula_of
from rag.reading.sheets.stored import Area, Choices, Facts
from rag.records import area_name

_RULE = re.compile(rb"<table:content-validation\s[^>]*>")
_ONE_OF = re.compile(r"cell-content-is-in-list\((.*)\)\s*$", re.DOTALL)
_WORDS = re.compile(r'"((?:[^"]|"")*)"')


class OfferedLists:
    """Where the cells of a sheet, whose rows are read from the first on, offer one of *lists*."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._lists = lists
        self._ends: dict[tuple[str, int, int], tuple[int, Area]] = {}

    def note(self, row_element: ET.Element, row: int, repeats: int, facts: Facts) -> None:
        """Add to *facts* the cells of a row that offer a list; below others that offer it, they are one area."""
        if not self._lists:
            return
        column = 1
        for element in row_element:
            count = count_of(element, "number-columns-repeated")
            choices = self._lists.get(attribute(element, "content-validation-name"))
            if choices:
                area = (row, column, row + repeats - 1, column + count - 1)
                at, above = self._ends.get((choices, area[1], area[3]), (len(facts.choices), area))
                if above[2] == row - 1:
                    area = (above[0], *area[1:])
                    facts.choices[at] = Choices(area_name(area), choices)
                else:
                    at = len(facts.choices)
                    facts.choices.append(Choices(area_name(area), choices))
                self._ends[choices, area[1], area[3]] = at, area
            column += count


def lists_of(before: bytes) -> dict[str, str]:
    """The lists that are told in *before*, the XML before the sheets, by the names of their rules: what may be chosen,
    parted by commas, or the area that holds it.
    """
    found: dict[str, str] = {}
    for tag in _RULE.finditer(before):
        told = attributes_of(tag[0])
        match = _ONE_OF.search(told.get("table:condition", ""))
        if match:
            words = [word.replace('""', '"') for word in _WORDS.findall(match[1])]
            found[told.get("table:name", "")] = ",".join(words) or formula_of(match[1]).removeprefix("=")
    return found
