"""What lies over the cells of an OpenDocument sheet: pictures, and charts told by their titles, axes and series.

Source: OASIS, Open Document Format for Office Applications 1.3, part 3, chapters 10 and 11.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import islice
from xml.etree import ElementTree as ET

from rag.reading.sheets.files.charts import chart_told, series_told
from rag.reading.sheets.files.package import Package
from rag.reading.sheets.stored import LAST_COLUMN, LAST_ROW, Area, Broken, Drawing, clean, corners

_MOST, _MOST_SERIES = 500, 20  # on a sheet, in a chart
_LARGEST = 32 * 2**20
_LONGEST = 120
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(in|cm|mm|pt|pc|px)")
_COLUMN, _ROW = 64.0, 12.8  # of usual size, in points


def drawings_of(package: Package, xml: Callable[[], bytes]) -> list[Drawing]:
    """What lies over the cells of the sheet in *xml*, in the order of the file; what is broken is left out."""
    found: list[Drawing] = []
    with suppress(*Broken):
        found.extend(islice(_drawings(package, xml()), _MOST))
    return found


def _drawings(package: Package, xml: bytes) -> Iterator[Drawing]:
    if b"draw:frame" not in xml and b":frame" not in xml:
        return
    row = 1
    for _, element in ET.iterparse(BytesIO(xml)):  # noqa: S314 - parts with a DTD are refused
        tag = element.tag.rpartition("}")[2]
        if tag == "shapes":
            yield from _frames(package, element, (1, 1))
        elif tag == "table-row":
            column = 1
            for cell in element:
                yield from _frames(package, cell, (row, column))
                column += count_of(cell, "number-columns-repeated")
            row += count_of(element, "number-rows-repeated")
            element.clear()


def _frames(package: Package, around: ET.Element, at: tuple[int, int]) -> Iterator[Drawing]:
    for frame in around.iter():
        if frame.tag.endswith("}frame"):
            drawing = _drawing(package, frame, _area(frame, at))
            if drawing is not None:
                yield drawing


def _drawing(package: Package, frame: ET.Element, area: Area) -> Drawing | None:
    """A chart has a picture of itself beside it, for programs that cannot draw it."""
    told = " ".join(
        " ".join(clean(child.text or "").split())
        for child in frame
        if child.tag.rpartition("}")[2] in {"title", "desc"} and child.text
    )[: 4 * _LONGEST]
    for child in frame:
        if child.tag.endswith("}object"):
            part = posixpath.normpath(attribute(child, "href"))
            with suppress(*Broken), package.open(f"{part}/content.xml") as source:
                root = ET.fromstring(source.read(_LARGEST))  # noqa: S314 - as above
                chart = next((one for one in root.iter() if one.tag.endswith(":chart:1.0}chart")), None)
                if chart is not None:
                    return Drawing(area, "\n".join(filter(None, [_chart(chart), told])))
            return None
    for child in frame:
        if child.tag.endswith("}image") and (part := posixpath.normpath(attribute(child, "href"))) in package:
            return Drawing(area, told, partial(_bytes, package, part))
    return None


def _bytes(package: Package, part: str) -> bytes:
    with package.open(part) as source:
        return source.read(_LARGEST)


def _area(frame: ET.Element, at: tuple[int, int]) -> Area:
    """The cells that *frame*, which begins in the cell *at*, covers; where it tells only a size, as many as fit it when
    they are of usual size.
    """
    top, left = at
    if at == (1, 1):
        top, left = 1 + int(_points(frame, "y") // _ROW), 1 + int(_points(frame, "x") // _COLUMN)
    bottom, right = top + int(_points(frame, "height") // _ROW), left + int(_points(frame, "width") // _COLUMN)
    end = attribute(frame, "end-cell-address").rpartition(".")[2]
    with suppress(ValueError):
        bottom, right = corners(end)[2:]
    top, left = min(top, LAST_ROW), min(left, LAST_COLUMN)
    return top, left, min(max(bottom, top), LAST_ROW), min(max(right, left), LAST_COLUMN)


def _points(frame: ET.Element, name: str) -> float:
    match = _LENGTH.fullmatch(attribute(frame, name))
    return float(match[1]) * _POINTS[match[2]] if match else 0.0


# ── Charts ──


def _chart(chart: ET.Element) -> str:
    plot = next((one for one in chart if one.tag.endswith("}plot-area")), chart)
    all_series = [one for one in plot if one.tag.endswith("}series")]
    kinds = dict.fromkeys(filter(None, (_kind(one) for one in (*all_series, chart))))
    axes = [text for one in plot if one.tag.endswith("}axis") and (text := _title(one))]
    table = next((one for one in chart if one.tag.endswith("}table")), None)
    lines = _series(all_series, [] if table is None else list(_rows(table)))
    return chart_told(list(kinds)[:1], _title(chart), axes, lines)


def _series(all_series: list[ET.Element], rows: list[list[str]]) -> list[str]:
    """The values are kept beside the chart in a table of its own: labels first, then a column for each series."""
    heads, body = (rows[0], rows[1:]) if rows else ([], [])
    labels = {at: row[0] for at, row in enumerate(body) if row}
    lines = []
    for number, series in enumerate(all_series[:_MOST_SERIES], start=1):
        name = heads[number] if number < len(heads) else ""
        where = _reference(attribute(series, "values-cell-range-address"))
        values = {at: row[number] for at, row in enumerate(body) if number < len(row) and row[number]}
        if line := series_told(name, where[:_LONGEST], labels, values):
            lines.append(line)
    return lines


def _reference(address: str) -> str:
    """``2024!$B$2:$B$5`` for ``2024.$B$2:2024.$B$5``; nothing for the table beside the chart."""
    first, _, last = address.partition(":")
    sheet, _, cell = first.rpartition(".")
    if not sheet or sheet == "local-table":
        return ""
    end = last.rpartition(".")[2]
    return f"{sheet}!{cell}:{end}" if end else f"{sheet}!{cell}"


def _rows(table: ET.Element) -> Iterator[list[str]]:
    for row in table.iter():
        if row.tag.endswith("}table-row"):
            yield [_text(cell) for cell in row if cell.tag.endswith("}table-cell")]


def _kind(element: ET.Element) -> str:
    """``bar`` for ``chart:bar``; a pie is called a circle there."""
    kind = attribute(element, "class").rpartition(":")[2]
    return {"circle": "pie", "ring": "doughnut"}.get(kind, kind)


def _title(element: ET.Element) -> str:
    return next((_text(child) for child in element if child.tag.endswith("}title")), "")


def _text(element: ET.Element) -> str:
    words = " ".join(words_of(child) for child in element if child.tag.endswith("}p"))
    return " ".join(clean(words).split())[:_LONGEST]


# ── Elements of the format ──


def attribute(element: ET.Element, name: str) -> str:
    """The attribute *name*, in whatever space it stands."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def count_of(element: ET.Element, name: str) -> int:
    """The number in the attribute *name*; 1 when there is none."""
    written = attribute(element, name)
    return int(written) if written.isdecimal() else 1


def words_of(element: ET.Element) -> str:
    """The text of a paragraph; spaces, tabs and line ends are elements of their own."""
    parts = [element.text or ""]
    for child in element:
        match child.tag.rpartition("}")[2]:
            case "s":
                parts.append(" " * min(count_of(child, "c"), 1000))
            case "tab":
                parts.append("\t")
            case "line-break":
                parts.append("\n")
            case "annotation":
                pass
            case _:
                parts.append(words_of(child))
        parts.append(child.tail or "")
    return "".join(parts)
