"""OpenDocument spreadsheets (.ods): their one part of XML tells what each cell holds and what it shows.

Source: OASIS, Open Document Format for Office Applications 1.3, part 3.
"""

import re
from collections.abc import Container, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from rag.errors import BloatedFile
from rag.reading.sheets.package import opened_package
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
_REFERENCE = re.compile(r"\[([^\[\]]+)\]")
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'


def opened_ods(path: Path, name: str) -> Workbook:
    """Open the .ods file at *path*, which its owner calls *name*; its content is held until it is closed.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile``
    """
    with opened_package(path, name) as package:
        with package.open("content.xml") as source:
            content = source.read(_LARGEST + 1)
        package.close()
        if len(content) > _LARGEST:
            raise BloatedFile(name=name, size=_LARGEST // 2**20)
        return Workbook(list(_sheets(content)))


def _sheets(content: bytes) -> Iterator[Sheet]:
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
    hidden = _hidden_styles(before)
    level, first = 0, 0
    for mark in re.finditer(rb"<table:table[ >]|</table:table>", content):
        closes = mark[0] == _CLOSED
        if not closes and level == 0:
            first = mark.start()
        level += -1 if closes else 1
        if closes and level == 0:
            xml = partial(bytes.join, b"", (opening, memoryview(content)[first : mark.end()], closing))
            top = next(e for _, e in ET.iterparse(BytesIO(_top(opening, content, first)), ("end",)))  # noqa: S314 - as above
            state: State = "hidden" if _get(top, "style-name") in hidden else "visible"
            yield Sheet(_get(top, "name"), state, False, partial(_rows, xml), partial(_remarks, xml))
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


def _get(element: ET.Element, name: str) -> str:
    """The attribute *name*, in whatever space it stands."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _count(element: ET.Element, name: str) -> int:
    written = _get(element, name)
    return int(written) if written.isdecimal() else 1


def _rows(
    xml: partial[bytes],
    wanted: Container[int] | None,
    formulas: bool,  # noqa: ARG001 - they are written out in each cell
    facts: Facts,
) -> Iterator[list[StoredCell]]:
    row, column = 1, 1
    for event, element in ET.iterparse(BytesIO(xml()), ("start", "end")):  # noqa: S314 - parts with a DTD are refused
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            continue
        if tag == "table-column":
            count = min(_count(element, "number-columns-repeated"), LAST_COLUMN)
            if _get(element, "visibility") in {"collapse", "filter"}:
                facts.hidden_columns.update(range(column, column + count))
            column += count
        elif tag == "table-row":
            repeats = _count(element, "number-rows-repeated")
            visibility = _get(element, "visibility")
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
        repeats = _count(element, "number-columns-repeated")
        cell = _cell(element, row, column) if len(element) or _get(element, "value-type") else None
        if cell is not None:
            for number in range(column, min(column + repeats, LAST_COLUMN + 1)):
                yield cell._replace(column=number, hidden=all_hidden or number in facts.hidden_columns)
        down, over = _count(element, "number-rows-spanned"), _count(element, "number-columns-spanned")
        if down > 1 or over > 1:
            facts.merged.append((row, column, row + down - 1, column + over - 1))
        for link in element.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a"):
            facts.links.append(CellLink((row, column, row, column), _get(link, "href")))
        column += repeats


def _cell(element: ET.Element, row: int, column: int) -> StoredCell | None:
    kind = _get(element, "value-type")
    text = clean("\n".join(_words(child) for child in element if child.tag.endswith("}p")))
    written = _formula(_get(element, "formula"))
    is_error = any(value == "error" for key, value in element.items() if key.endswith("}value-type"))
    if is_error or (written and text.startswith(("#", "Err:")) and kind == "string"):
        return StoredCell(row, column, text, None, text, written, True, "error")
    if kind in _NUMBERS:
        stored = _get(element, "value")
        return StoredCell(row, column, text or stored, float(stored), stored, written, True, "number")
    if kind in {"date", "time"}:
        stored = _get(element, "date-value") or _days(_get(element, "time-value"))
        return StoredCell(row, column, text or stored, None, stored, written, True, "date")
    if kind == "boolean":
        sign = "TRUE" if _get(element, "boolean-value") == "true" else "FALSE"
        return StoredCell(row, column, text or sign, None, sign, written, True, "boolean")
    text = text or clean(_get(element, "string-value"))
    if written and not kind:
        return open_formula(At(row, column, formula=written))
    return StoredCell(row, column, text, None, text, written, True, "text") if text.strip() or written else None


def _formula(stored: str) -> str:
    """``=SUM(A1:A3)`` for ``of:=SUM([.A1:.A3])``, with the signs that Excel has."""
    formula = stored.partition(":=")[2] if ":=" in stored else stored.lstrip("=")
    return f"={_REFERENCE.sub(_reference, formula)}" if formula else ""


def _reference(match: re.Match[str]) -> str:
    sheet, _, cells = match[1].rpartition(".") if ":" not in match[1] else match[1].partition(":")[0].rpartition(".")
    last = match[1].partition(":")[2].rpartition(".")[2]
    return f"{sheet}!" * bool(sheet) + cells + f":{last}" * bool(last)


def _words(element: ET.Element) -> str:
    """The text of a paragraph; spaces, tabs and line ends are elements of their own."""
    parts = [element.text or ""]
    for child in element:
        match child.tag.rpartition("}")[2]:
            case "s":
                parts.append(" " * min(_count(child, "c"), 1000))
            case "tab":
                parts.append("\t")
            case "line-break":
                parts.append("\n")
            case "annotation":
                pass
            case _:
                parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


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
                    text = "\n".join(_words(child) for child in note if child.tag.endswith("}p"))
                    found.append(Remark(cell_name(row, column), clean(text), author))
                column += _count(cell, "number-columns-repeated")
            row += _count(element, "number-rows-repeated")
            element.clear()
    return found
