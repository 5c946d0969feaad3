"""What lies over the cells of a sheet: pictures, and charts told by their titles, axes and series.

Office keeps both in parts of a package of their own, in XML even where the sheets are binary.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from xml.etree import ElementTree as ET

from rag.language import is_chinese
from rag.reading.sheets.number_format import displayed
from rag.reading.sheets.package import Package
from rag.reading.sheets.stored import LAST_COLUMN, LAST_ROW, Area, Broken, Drawing, clean

_COLUMN, _ROW = 609_600, 190_500  # of usual size, in EMU: 914,400 to an inch
_SAYS_NOTHING = frozenset({"Name"})  # openpyxl describes every picture so
_MOST = 500  # on a sheet
_MOST_SERIES, _MOST_POINTS = 20, 24
_LARGEST = 32 * 2**20
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


def drawings_of(package: Package, part: str) -> list[Drawing]:
    """What lies over the cells of the sheet in *part*, in the order of the file; what is broken is left out."""
    found: list[Drawing] = []
    for kind, target in package.relations(part).values():
        if kind == "drawing":
            with suppress(*Broken), package.open(target) as source:
                tree = ET.parse(source).getroot()  # noqa: S314 - parts with a DTD are refused
                found.extend(islice(_drawings(package, target, tree), _MOST))
    return found


def _drawings(package: Package, part: str, tree: ET.Element) -> Iterator[Drawing]:
    relations = package.relations(part)
    for anchor in tree:
        area = _area(anchor)
        told: set[str] = set()  # newer programs write a thing twice, the second time for older ones
        for element in anchor.iter() if area else ():
            target = relations.get(next((value for key, value in element.items() if key.endswith(_USES)), ""))
            if area is None or target is None or target[1] in told:
                continue
            told.add(target[1])
            match element.tag.rpartition("}")[2], target:
                case "blip", ("image", image):
                    yield Drawing(area, _alternative(anchor), partial(_bytes, package, image))
                case "chart", ("chart", chart):
                    with suppress(*Broken), package.open(chart) as source:
                        words = _chart(ET.parse(source).getroot())  # noqa: S314 - as above
                        yield Drawing(area, "\n".join(filter(None, [words, _alternative(anchor)])))


_USES = ("}embed", "}id")


def _bytes(package: Package, part: str) -> bytes:
    with package.open(part) as source:
        return source.read(_LARGEST)


def _area(anchor: ET.Element) -> Area | None:
    """The cells that *anchor* covers; where it tells only a size, as many as fit it when they are of usual size."""
    parts = {child.tag.rpartition("}")[2]: child for child in anchor}
    if "from" in parts:
        top, left = _corner(parts["from"])
    elif "pos" in parts:
        top, left = _number(parts["pos"], "y") // _ROW + 1, _number(parts["pos"], "x") // _COLUMN + 1
    else:
        return None
    bottom, right = top, left
    if "to" in parts:
        bottom, right = _corner(parts["to"])
    elif "ext" in parts:
        bottom, right = top + _number(parts["ext"], "cy") // _ROW, left + _number(parts["ext"], "cx") // _COLUMN
    top, left = min(max(top, 1), LAST_ROW), min(max(left, 1), LAST_COLUMN)
    return top, left, min(max(bottom, top), LAST_ROW), min(max(right, left), LAST_COLUMN)


def _corner(element: ET.Element) -> tuple[int, int]:
    texts = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in element}
    return int(texts.get("row", "0")) + 1, int(texts.get("col", "0")) + 1


def _number(element: ET.Element, name: str) -> int:
    return max(0, int(element.get(name, "0")))


def _alternative(anchor: ET.Element) -> str:
    """What somebody wrote for those who cannot see it; the name that a program gave it (``Picture 1``) says nothing."""
    for element in anchor.iter():
        if element.tag.endswith("}cNvPr") and (text := element.get("descr") or element.get("title")):
            if text in _SAYS_NOTHING:
                return ""
            return " ".join(clean(text).split())[: 4 * _LONGEST]
    return ""


# ── Charts ──


def _chart(root: ET.Element) -> str:
    """Kind, title and axes of a chart, and a line for each series: its name, where its values are, and the values."""
    chart = next((element for element in root if element.tag.endswith("}chart")), root)
    title = _title(chart)
    plot = next((element for element in chart if element.tag.endswith("}plotArea")), chart)
    kinds = list(dict.fromkeys(kind for element in plot if (kind := _kind(element))))
    axes = [text for element in plot if element.tag.endswith("Ax") and (text := _title(element))]
    series = [element for element in plot.iter() if element.tag.endswith("}ser")]
    return chart_told(kinds, title, axes, [line for element in series[:_MOST_SERIES] if (line := _series(element))])


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


def _series(element: ET.Element) -> str:
    """``Net sales ('2024'!$B$2:$B$5): Q1 10, Q2 20``, with values as the chart shows them."""
    parts = {child.tag.rpartition("}")[2]: child for child in element}
    name = next(iter(_points(parts.get("tx")).values()), "") or _formula(parts.get("tx"))
    labels = _points(parts.get("cat", parts.get("xVal")))
    values = _points(parts.get("val", parts.get("yVal")))
    where = _formula(parts.get("val", parts.get("yVal")))
    return series_told(name, where, labels, values)


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
