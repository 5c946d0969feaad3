"""What lies over the cells of a sheet in an .xls workbook: pictures, and charts told in words.

Source: Microsoft, [MS-XLS] (OBJ, BRAI, SERIESTEXT) and [MS-ODRAW] (anchors, properties and pictures of shapes).
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from rag.reading.sheets.files.charts import Shown, chart_told, series_told
from rag.reading.sheets.files.xls.xls_rows import XlsShared, characters
from rag.reading.sheets.formulas.formula_tokens import formula_text
from rag.reading.sheets.stored import Area, Broken, Drawing, clean

_BOF, _EOF, _CONTINUE, _ART, _OBJECT = 0x809, 0x0A, 0x3C, 0xEC, 0x5D
_CHART, _PICTURE = 5, 8  # kinds of objects
_ANCHOR, _PROPERTIES, _STORED_PICTURE = 0xF010, 0xF00B, 0xF007
_PIB = 0x104  # the property that tells which of the stored pictures a shape shows
_HEADS = {0xF01D: 17, 0xF01E: 17, 0xF01F: 17, 0xF029: 17, 0xF02A: 17}  # bytes before a picture that is stored as such
_SECOND_ID = 16  # bytes more, where the instance of a picture is odd
_KINDS = {0x1017: "bar", 0x1018: "line", 0x101A: "area", 0x101B: "scatter", 0x103E: "radar", 0x103F: "surface"}
_TITLE, _AXES = 1, (3, 2)
_NAME, _VALUES, _LABELS = 0, 1, 2
_MOST, _MOST_SERIES, _LONGEST = 500, 20, 120
_FEWEST_BYTES = 8


def pictures_in(group: bytes) -> list[bytes]:
    """The pictures that the shapes of a workbook share, in their order; what is drawn by commands (EMF) is empty."""
    return [_stored(body) for kind, _, body in _art(group) if kind == _STORED_PICTURE]


def drawings_of(shared: XlsShared, start: int, pictures: Callable[[], Sequence[bytes]], shown: Shown) -> list[Drawing]:
    """What lies over the cells of the sheet whose records begin at *start*; what is broken is left out.

    *pictures* are those of the workbook; *shown* tells what is seen in the cells that a chart draws.
    """
    found: list[Drawing] = []
    with suppress(*Broken):
        found.extend(islice(_drawings(shared, start, pictures, shown), _MOST))
    return found


def _drawings(
    shared: XlsShared, start: int, pictures: Callable[[], Sequence[bytes]], shown: Shown
) -> Iterator[Drawing]:
    art = b""
    chart: _Chart | None = None
    waiting: Area | None = None
    for kind, body, depth in _records(shared.data, start):
        if depth > 1:
            if chart is not None and kind == _EOF and depth == 2 and waiting:
                yield Drawing(waiting, chart.words(shown))
                chart = waiting = None
            elif chart is not None:
                with suppress(*Broken):
                    chart.note(kind, body)
        elif kind == _ART:
            art = body
        elif kind == _CONTINUE:
            art += body
        elif kind == _OBJECT and len(body) >= 6:
            (what,) = struct.unpack_from("<H", body, 4)
            area, number = _shape(art)
            chart, waiting = (_Chart(shared), area) if what == _CHART else (None, None)
            if what == _PICTURE and area and number:
                yield Drawing(area, "", partial(_picture, pictures, number))


def _records(data: bytes, start: int) -> Iterator[tuple[int, bytes, int]]:
    """The records of a sheet with those of the charts inside it, and how deep they stand: 2 in a chart."""
    at, depth = start, 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        depth += kind == _BOF
        yield kind, data[at + 4 : at + 4 + length], depth
        depth -= kind == _EOF
        at += 4 + length
        if depth == 0:
            return


# ── Shapes ──


def _art(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Kind, instance and bytes of each drawing record; those that hold others are opened."""
    at = 0
    while at + _FEWEST_BYTES <= len(data):
        head, kind, length = struct.unpack_from("<HHI", data, at)
        at += _FEWEST_BYTES
        if head & 0xF == 0xF:
            continue
        yield kind, head >> 4, data[at : at + length]
        at += length


def _shape(art: bytes) -> tuple[Area | None, int]:
    """The cells that the last shape of *art* covers, and the number of the picture it shows; 0 for none."""
    area, number = None, 0
    for kind, instance, body in _art(art):
        if kind == _ANCHOR and len(body) >= 18:
            left, _, top, _, right, _, bottom = struct.unpack_from("<2x7H", body)
            area = top + 1, left + 1, max(top, bottom) + 1, max(left, right) + 1
        elif kind == _PROPERTIES:
            pairs = [struct.unpack_from("<HI", body, at) for at in range(0, min(6 * instance, len(body) - 5), 6)]
            number = next((value for name, value in pairs if name & 0x3FFF == _PIB), 0)
    return area, number


def _stored(entry: bytes) -> bytes:
    """The bytes of a picture behind what is told about it."""
    for kind, instance, body in _art(entry[36 + entry[33] :] if len(entry) > 36 else b""):
        if kind in _HEADS:
            return body[_HEADS[kind] + _SECOND_ID * (instance & 1) :]
    return b""


def _picture(pictures: Callable[[], Sequence[bytes]], number: int) -> bytes:
    known = pictures()
    return known[number - 1] if number <= len(known) else b""


# ── Charts ──


@dataclass(slots=True)
class _Series:
    """What a series draws: references by what they are for, and a name that is written out."""

    references: dict[int, str] = field(default_factory=dict)
    name: str = ""


@dataclass(slots=True)
class _Chart:
    """What the records of a chart say of it."""

    shared: XlsShared
    kinds: dict[str, None] = field(default_factory=dict)
    series: list[_Series] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    said: str = ""
    inside: bool = False  # a series; behind them come labels, which have words of their own

    def note(self, kind: int, body: bytes) -> None:
        """The next record."""
        match kind:
            case 0x1003:
                self.series.append(_Series())
                self.inside = True
            case 0x1025:
                self.inside, self.said = False, ""
            case 0x1051 if self.inside and self.series and body[1] == 2:
                code = body[8 : 8 + int.from_bytes(body[6:8], "little")]
                reference = formula_text(code, self.shared.book, 0, 0).lstrip("=")
                self.series[-1].references[body[0]] = "" if "#REF!" in reference else reference
            case 0x100D:
                self._say(body)
            case 0x1027:
                if self.said:
                    self.titles.setdefault(int.from_bytes(body[:2], "little"), self.said)
            case 0x1019:
                self.kinds["doughnut" if any(body[2:4]) else "pie"] = None
            case _ if kind in _KINDS:
                self.kinds[_KINDS[kind]] = None

    def words(self, shown: Shown) -> str:
        """The chart in words."""
        some = self.series[:_MOST_SERIES]
        known = shown(sorted({one for series in some for one in series.references.values() if one}))
        lines = []
        for series in some:
            name, where, labels = (series.references.get(what, "") for what in (_NAME, _VALUES, _LABELS))
            called = series.name or " ".join(known.get(name, {}).values()) or name
            if line := series_told(called, where, known.get(labels, {}), known.get(where, {})):
                lines.append(line)
        axes = [self.titles[axis] for axis in _AXES if axis in self.titles]
        return chart_told(list(self.kinds), self.titles.get(_TITLE, ""), axes, lines)

    def _say(self, body: bytes) -> None:
        text = " ".join(clean(characters(body[3:], body[2])).split())[:_LONGEST]
        if self.inside and self.series:
            self.series[-1].name = text
        else:
            self.said = text
