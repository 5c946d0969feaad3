"""OpenDocument spreadsheets (.ods): their one part of XML tells what each cell holds and what it shows.

Source: OASIS, Open Document Format for Office Applications 1.3, part 3.
"""

import re
from collections.abc import Container, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from rag.errors import BloatedFile
from rag.reading.sheets.files.ods.ods_drawings import attribute, count_of, drawings_of, words_of
from rag.reading.sheets.files.ods.ods_lists import OfferedLists, lists_of
from rag.reading.sheets.files.ods.ods_references import formula_of, names_of
from rag.reading.sheets.files.package import Package, opened_package
from rag.reading.sheets.stored import (
    LAST_COLUMN,
    LAST_ROW,
    At,
    CellLink,
    Facts,
    Remark,
    Sheet,
    State,
    StoredCell,
    Workbook,
    clean,
    open_formula,
)
from rag.records import cell_name

_LARGEST = 2**28
_MOST_REPEATS = 10_000  # of a row that is not empty; more of them are fill, of which nobody asks
_OPENED = re.compile(rb"<table:table[ >]")
_CLOSED = b"</table:table>"
_NUMBERS = {"float", "currency", "percentage"}
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'


def opened_ods(path: Path, name: str) -> Workbook:
    """Open the .ods file at *path*, which its owner calls *name*; its content is held until it is closed.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile``
    """
    with opened_package(path, name) as package:
        with package.open("content.xml") as source:
            content = source.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise BloatedFile(name=name, size=_LARGEST // 2**20)
        behind = content[content.rfind(_CLOSED) + len(_CLOSED) :]
        return Workbook(list(_sheets(package, content)), package.close, names_of(behind))


def _sheets(package: Package, content: bytes) -> Iterator[Sheet]:
    """Each table with what stands before the first: the names of the spaces, and the styles that hide tables."""
    starts = [match.start() for match in _OPENED.finditer(content)]
    if not starts:
        raise ValueError("no table in the content")
    before = content[: starts[0]]
    root = next(element for _, element in ET.iterparse(BytesIO(content), ("start",)))  # noqa: S314 - no DTD in parts
    opening = before[before.index(b"<office:document-content") :]
    opening = _HEAD + opening[: opening.index(b">") + 1]
    closing = b"</office:document-content>"
    if not root.tag.endswith("}document-content"):
        raise ValueError("no content of a document")
    hidden, lists = _hidden_styles(before), lists_of(before)
    level, first = 0, 0
    for mark in re.finditer(rb"<table:table[ >]|</table:table>", content):
        closes = mark[0] == _CLOSED
        if not closes and level == 0:
            first = mark.start()
        level += -1 if closes else 1
        if closes and level == 0:
            xml = partial(bytes.join, b"", (opening, memoryview(content)[first : mark.end()], closing))
            top = next(e for _, e in ET.iterparse(BytesIO(_top(opening, content, first)), ("end",)))  # noqa: S314 - as above
            state: State = "hidden" if attribute(top, "style-name") in hidden else "visible"
            yield Sheet(
                attribute(top, "name"),
                state,
                False,
                partial(_rows, xml, lists),
                partial(_remarks, xml),
                drawings=partial(drawings_of, package, xml),
            )
    if level:
        raise EOFError


def _top(opening: bytes, content: bytes, start: int) -> bytes:
    """The first tag of the table at *start*, as a document of its own."""
    end = content.index(b">", start)
    return opening + content[start:end].rstrip(b"/") + b"/></office:document-content>"


def _hidden_styles(before: bytes) -> set[str]:
    """The names of the styles whose tables are not displayed."""
    found = set()
    for style in re.finditer(rb'<style:style [^>]*?style:name="([^"]*)"[^>]*>(.*?)</style:style>', before, re.DOTALL):
        if b'table:display="false"' in style[2]:
            found.add(style[1].decode("utf-8", "replace"))
    return found


def _rows(
    xml: partial[bytes],
    lists: Mapping[str, str],
    wanted: Container[int] | None,
    formulas: bool,  # noqa: ARG001 - they are written out in each cell
    facts: Facts,
) -> Iterator[list[StoredCell]]:
    row, column = 1, 1
    offered = OfferedLists(lists)
    for event, element in ET.iterparse(BytesIO(xml()), ("start", "end")):  # noqa: S314 - parts with a DTD are refused
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            continue
        if tag == "table-column":
            count = min(count_of(element, "number-columns-repeated"), LAST_COLUMN)
            if attribute(element, "visibility") in {"collapse", "filter"}:
                facts.hidden_columns.update(range(column, column + count))
            column += count
        elif tag == "table-row":
            repeats = count_of(element, "number-rows-repeated")
            visibility = attribute(element, "visibility")
            offered.note(element, row, repeats, facts)
            cells = list(_cells(element, row, facts, all_hidden=visibility in {"collapse", "filter"}))
            if visibility == "filter":
                facts.filters.append((row - 1, 1, row + repeats - 1, LAST_COLUMN))
            if cells:
                for number in range(row, min(row + min(repeats, _MOST_REPEATS), LAST_ROW + 1)):
                    if wanted is None or number in wanted:
                        yield [cell._replace(row=number) for cell in cells]
            row += repeats
            element.clear()


def _cells(row_element: ET.Element, row: int, facts: Facts, *, all_hidden: bool) -> Iterator[StoredCell]:
    column = 1
    for element in row_element:
        tag = element.tag.rpartition("}")[2]
        if tag not in {"table-cell", "covered-table-cell"}:
            continue
        repeats = count_of(element, "number-columns-repeated")
        cell = _cell(element, row, column) if len(element) or attribute(element, "value-type") else None
        if cell is not None:
            for number in range(column, min(column + repeats, LAST_COLUMN + 1)):
                yield cell._replace(column=number, hidden=all_hidden or number in facts.hidden_columns)
        down, over = count_of(element, "number-rows-spanned"), count_of(element, "number-columns-spanned")
        if down > 1 or over > 1:
            facts.merged.append((row, column, row + down - 1, column + over - 1))
        for link in element.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a"):
            facts.links.append(CellLink((row, column, row, column), attribute(link, "href")))
        column += repeats


def _cell(element: ET.Element, row: int, column: int) -> StoredCell | None:
    kind = attribute(element, "value-type")
    text = clean("\n".join(words_of(child) for child in element if child.tag.endswith("}p")))
    written = formula_of(attribute(element, "formula"))
    is_error = any(value == "error" for key, value in element.items() if key.endswith("}value-type"))
    if is_error or (written and text.startswith(("#", "Err:")) and kind == "string"):
        return StoredCell(row, column, text, None, text, written, True, "error")
    if kind in _NUMBERS:
        stored = attribute(element, "value")
        return StoredCell(row, column, text or stored, float(stored), stored, written, True, "number")
    if kind in {"date", "time"}:
        stored = attribute(element, "date-value") or _days(attribute(element, "time-value"))
        return StoredCell(row, column, text or stored, None, stored, written, True, "date")
    if kind == "boolean":
        sign = "TRUE" if attribute(element, "boolean-value") == "true" else "FALSE"
        return StoredCell(row, column, text or sign, None, sign, written, True, "boolean")
    text = text or clean(attribute(element, "string-value"))
    if written and not kind:
        return open_formula(At(row, column, formula=written))
    return StoredCell(row, column, text, None, text, written, True, "text") if text.strip() or written else None


def _days(duration: str) -> str:
    """The days of ``PT36H00M00S``, as a workbook of Excel stores them; what is none stays as it is."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        return duration
    days, hours, minutes, seconds = (float(match[number] or 0) for number in (2, 3, 4, 5))
    return repr((-1 if match[1] else 1) * (days + hours / 24 + minutes / 1440 + seconds / 86_400))


def _remarks(xml: partial[bytes]) -> list[Remark]:
    """What is written beside the cells."""
    found: list[Remark] = []
    row, column = 1, 1
    for _, element in ET.iterparse(BytesIO(xml())):  # noqa: S314 - parts with a DTD are refused
        if element.tag.endswith("}table-row"):
            column = 1
            for cell in element:
                for note in (child for child in cell if child.tag.endswith("}annotation")):
                    author = next((child.text or "" for child in note if child.tag.endswith("}creator")), "")
                    text = "\n".join(words_of(child) for child in note if child.tag.endswith("}p"))
                    found.append(Remark(cell_name(row, column), clean(text), author))
                column += count_of(cell, "number-columns-repeated")
            row += count_of(element, "number-rows-repeated")
            element.clear()
    return found
