"""What stands beside the cells of a sheet in an .xlsb workbook, in parts of their own: remarks and defined tables.

Source: Microsoft, [MS-XLSB] 2.1.7.12 Comments and 2.1.7.51 Table.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress

from rag.reading.sheets.files.package import Package
from rag.reading.sheets.files.xlsb.xlsb_rows import records, wide_text
from rag.reading.sheets.stored import Area, Broken, DefinedTable, Remark, clean
from rag.records import area_name

_AUTHOR, _REMARK, _REMARK_TEXT, _TABLE = 632, 635, 637, 660
_TABLE_NAMES = 64  # where the two names of a table begin


def remarks_of(package: Package, part: str) -> list[Remark]:
    """What is written beside the cells of the sheet in *part*; up to where that is broken."""
    found: list[Remark] = []
    for source in _parts(package, part, "comments"):
        authors: list[str] = []
        cell = author = ""
        with suppress(*Broken):
            for kind, body in _records(package, source):
                if kind == _AUTHOR:
                    authors.append(clean(wide_text(body, 0)[0]))
                elif kind == _REMARK:
                    (number,) = struct.unpack_from("<I", body)
                    author = authors[number] if number < len(authors) else ""
                    cell = area_name(_area(body, 4))
                elif kind == _REMARK_TEXT:
                    found.append(Remark(cell, clean(wide_text(body, 1)[0]), author))
    return found


def tables_of(package: Package, part: str) -> list[DefinedTable]:
    """The areas of the sheet in *part* that somebody made a table of, and the names they bear."""
    found: list[DefinedTable] = []
    for source in _parts(package, part, "table"):
        with suppress(*Broken):
            for kind, body in _records(package, source):
                if kind == _TABLE:
                    name, at = wide_text(body, _TABLE_NAMES)
                    found.append(DefinedTable(clean(wide_text(body, at)[0] or name), _area(body, 0)))
    return found


def _parts(package: Package, part: str, kind: str) -> list[str]:
    return [target for own, target in package.relations(part).values() if own == kind]


def _records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    with package.open(part) as source:
        yield from records(source)


def _area(body: bytes, at: int) -> Area:
    """Areas are stored as their first and last row, then their first and last column, from 0."""
    top, bottom, left, right = (number + 1 for number in struct.unpack_from("<4I", body, at))
    return top, left, bottom, right
