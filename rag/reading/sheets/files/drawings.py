"""What lies over the cells of a sheet: pictures, and charts.

Office keeps both in parts of a package of their own, in XML even where the sheets are binary.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from xml.etree import ElementTree as ET

from rag.reading.sheets.files.charts import Shown, chart_in_words
from rag.reading.sheets.files.package import Package
from rag.reading.sheets.stored import LAST_COLUMN, LAST_ROW, Area, Broken, Drawing, clean

_COLUMN, _ROW = 609_600, 190_500  # of usual size, in EMU: 914,400 to an inch
_SAYS_NOTHING = frozenset({"Name", "Picture"})  # openpyxl describes every picture so
_MOST = 500  # on a sheet
_LARGEST = 32 * 2**20
_LONGEST = 120


def drawings_of(package: Package, part: str, shown: Shown) -> list[Drawing]:
    """What lies over the cells of the sheet in *part*, in the order of the file; what is broken is left out.

    *shown* tells what is seen in the cells that a chart draws and keeps no copy of.
    """
    found: list[Drawing] = []
    for kind, target in package.relations(part).values():
        if kind == "drawing":
            with suppress(*Broken), package.open(target) as source:
                tree = ET.parse(source).getroot()  # noqa: S314 - parts with a DTD are refused
                found.extend(islice(_drawings(package, target, tree, shown), _MOST))
    return found


def _drawings(package: Package, part: str, tree: ET.Element, shown: Shown) -> Iterator[Drawing]:
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
                        words = chart_in_words(ET.parse(source).getroot(), shown)  # noqa: S314 - as above
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
