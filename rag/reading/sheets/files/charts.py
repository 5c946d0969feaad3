"""Charts in words: title and axes, and for each series its name, where its values are, and the values themselves.

A chart keeps a copy of the cells it draws, when a spreadsheet program has drawn it. For one that was written without
being drawn, the cells are read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from xml.etree import ElementTree as ET

from rag.language import is_chinese
from rag.reading.sheets.formats.number_format import displayed
from rag.reading.sheets.stored import Area, Broken, Facts, Sheet, StoredCell, clean, corners

Points = Mapping[int, str]
"""Texts by their order in a series."""

Shown = Callable[[Sequence[str]], Mapping[str, Points]]
"""What is seen in the cells that some references (``'2024'!$B$2:$B$5``) name, for each of them."""

_MOST_SERIES, _MOST_POINTS = 20, 24
_DEEPEST = 20_000  # rows: cells further down would cost seconds for each chart
_LONGEST = 120
_CHINESE = {
    "line": "折线图",
    "bar": "柱形图",
    "pie": "饼图",
    "area": "面积图",
    "scatter": "散点图",
    "doughnut": "圆环图",
}
_CHINESE |= {"radar": "雷达图", "bubble": "气泡图", "stock": "股价图", "surface": "曲面图"}


def chart_in_words(root: ET.Element, shown: Shown) -> str:
    """Kind, title and axes of a chart, and a line for each series: its name, where its values are, and the values."""
    chart = next((element for element in root if element.tag.endswith("}chart")), root)
    title = _title(chart)
    plot = next((element for element in chart if element.tag.endswith("}plotArea")), chart)
    kinds = list(dict.fromkeys(kind for element in plot if (kind := _kind(element))))
    axes = [text for element in plot if element.tag.endswith("Ax") and (text := _title(element))]
    series = [element for element in plot.iter() if element.tag.endswith("}ser")][:_MOST_SERIES]
    missing = {
        formula
        for element in series
        for part in _parts(element)
        if part is not None and (formula := _formula(part)) and not _points(part)
    }
    known = shown(sorted(missing)) if missing else {}
    return chart_told(kinds, title, axes, [line for element in series if (line := _series(element, known))])


def chart_told(kinds: Sequence[str], title: str, axes: Sequence[str], lines: Sequence[str]) -> str:
    """A chart in words: its *kinds* (``line``), title and axes, and a line for each series."""
    chinese = is_chinese(" ".join([title, *axes, *lines]))
    if chinese:
        first = f"图表（{'、'.join(_CHINESE.get(kind, kind) for kind in kinds)}）" if kinds else "图表"
        first += f"：{title}" if title else ""
        second = f"坐标轴：{'、'.join(axes)}" if axes else ""
    else:
        first = f"Chart ({', '.join(kinds)})" if kinds else "Chart"
        first += f": {title}" if title else ""
        second = f"Axes: {', '.join(axes)}" if axes else ""
    return "\n".join(filter(None, [first, second, *lines]))


def _kind(element: ET.Element) -> str:
    """``line`` for a ``lineChart`` or a ``line3DChart``."""
    name = element.tag.rpartition("}")[2]
    return name[:-5].removesuffix("3D").removeprefix("of") if name.endswith("Chart") else ""


def _title(element: ET.Element) -> str:
    for child in element:
        if child.tag.endswith("}title"):
            texts = [one.text or "" for one in child.iter() if one.tag.rpartition("}")[2] in {"t", "v"}]
            return " ".join(clean("".join(texts)).split())[:_LONGEST]
    return ""


def _parts(series: ET.Element) -> tuple[ET.Element | None, ET.Element | None, ET.Element | None]:
    """Name, labels and values."""
    parts = {child.tag.rpartition("}")[2]: child for child in series}
    return parts.get("tx"), parts.get("cat", parts.get("xVal")), parts.get("val", parts.get("yVal"))


def _series(element: ET.Element, known: Mapping[str, Points]) -> str:
    """``Net sales ('2024'!$B$2:$B$5): Q1 10, Q2 20``, with values as the chart shows them."""
    name, labels, values = (
        (_points(part) or known.get(_formula(part), {}), _formula(part)) for part in _parts(element)
    )
    called = " ".join(name[0].values()) or name[1]
    return series_told(called, values[1], labels[0], values[0])


def series_told(name: str, where: str, labels: Mapping[int, str], values: Mapping[int, str]) -> str:
    """A series in words: its name, *where* its values are, and its values with their labels, by their order."""
    told = [f"{labels.get(at, '')} {value}".strip() for at, value in islice(values.items(), _MOST_POINTS)]
    rest = ", …" if len(values) > _MOST_POINTS else ""
    about = f"{name} ({where})" if name and where else name or where
    return f"{about}: {', '.join(told)}{rest}" if told else about


def _formula(element: ET.Element | None) -> str:
    if element is None:
        return ""
    return next((one.text or "" for one in element.iter() if one.tag.endswith("}f")), "")[:_LONGEST]


def _points(element: ET.Element | None) -> dict[int, str]:
    """What a chart keeps of the cells it draws, by their order; labels on several levels are put together."""
    found: dict[int, str] = {}
    code = "General"
    for one in element.iter() if element is not None else ():
        name = one.tag.rpartition("}")[2]
        if name == "formatCode":
            code = one.text or code
        elif name == "pt" and (value := "".join(child.text or "" for child in one if child.tag.endswith("}v"))):
            at = int(one.get("idx", "0"))
            shown = _shown(value, one.get("formatCode") or code)
            found[at] = f"{shown} {found[at]}" if at in found else shown
        elif name == "v" and not found and element is not None and element.tag.endswith("}tx"):
            found[0] = " ".join(clean(one.text or "").split())[:_LONGEST]
    return dict(sorted(found.items()))


def _shown(value: str, code: str) -> str:
    try:
        text = displayed(float(value), code)
    except ValueError:
        text = value
    return " ".join(clean(text).split())[:_LONGEST]


# ── The cells that a chart draws ──


def seen_in(sheets: Sequence[Sheet], references: Sequence[str]) -> dict[str, Points]:
    """What is seen in the cells of *sheets* that *references* name: no hidden cells, and of each no more than is told.

    A reference to several areas, to a name or to another file has nothing.
    """
    wanted: defaultdict[str, list[tuple[str, Area]]] = defaultdict(list)
    for reference in references:
        name, _, written = reference.rpartition("!")
        with suppress(ValueError):
            name = name[1:-1].replace("''", "'") if name[:1] == "'" else name
            wanted[name.casefold()].append((reference, _begin(corners(written))))
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for sheet in sheets:
        areas = wanted.get(sheet.name.casefold(), ())
        for cell, text in _seen_cells(sheet, [area for _, area in areas]):
            for reference, area in areas:
                if (at := _order(area, cell.row, cell.column)) is not None:
                    points = found[reference]
                    points[at] = f"{points[at]} {text}" if at in points else text
    return {reference: dict(sorted(points.items())) for reference, points in found.items()}


def _seen_cells(sheet: Sheet, areas: Sequence[Area]) -> Iterator[tuple[StoredCell, str]]:
    """The cells in the rows of *areas* that show something, and what; as far as the sheet is not broken."""
    rows = {row for top, _, bottom, _ in areas for row in range(top, bottom + 1) if row <= _DEEPEST}
    last = max(rows, default=0)
    with suppress(*Broken):
        for cells in sheet.stream(rows, False, Facts()) if rows else ():
            if cells[0].row > last:
                return
            for cell in cells:
                if not cell.hidden and (text := " ".join(cell.seen.split())[:_LONGEST]):
                    yield cell, text


def _begin(area: Area) -> Area:
    """As much of *area* as is told; one more says that there is more."""
    top, left, bottom, right = area
    return top, left, min(bottom, top + _MOST_POINTS), min(right, left + _MOST_POINTS)


def _order(area: Area, row: int, column: int) -> int | None:
    """Which point of a series the cell is, down the rows or along one; labels may stand in several columns."""
    top, left, bottom, right = area
    if not (top <= row <= bottom and left <= column <= right):
        return None
    return column - left if bottom - top < right - left else row - top
