"""The parts of an .xlsx package: its sheets, shared strings and number formats, each sheet as a stream of rows.

openpyxl gives either formulas or stored results, and merged areas only with the whole sheet in memory; so the parts
are read here, and openpyxl lends the number formats that have no code in the file and the copying of formulas.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Self
from xml.etree import ElementTree as ET
from zlib import error as DeflateError  # noqa: N812 - its name in zlib is lower case

from openpyxl.styles.numbers import BUILTIN_FORMATS

from rag.errors import BloatedFile, DamagedFile, FileGone, LockedFile, UnknownKind
from rag.reading.sheets.sheet_rows import Shared, Sheet, text_of

_LARGEST = 2 * 2**30
_SUSPICIOUS, _RATIO = 200 * 2**20, 400
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
# Format numbers that stand for a date of the reader's country (14, 22), that are Chinese (27 to 36, 50 to 58), and
# two whose codes are wrong in openpyxl
_COUNTRY_FORMATS = {
    14: "m/d/yyyy",
    22: "m/d/yyyy h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    47: "mm:ss.0",
}

Broken = (ET.ParseError, zipfile.BadZipFile, DeflateError, EOFError, NotImplementedError, ValueError, KeyError)


class Workbook:
    """An open .xlsx file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}
        root = self._main_part()
        if not root.lower().endswith(".xml"):
            raise KeyError(root)
        folder = posixpath.dirname(root)
        with self.open(root) as source:
            tree = ET.parse(source).getroot()  # noqa: S314 - parts with a DTD are refused
        if not tree.tag.endswith("}workbook"):
            raise KeyError(root)
        relations = self._relations(root)
        kinds = dict(relations.values())
        properties = next((element for element in tree if element.tag.endswith("}workbookPr")), tree)
        self._shared = Shared(
            self._read_strings(kinds.get("sharedStrings", f"{folder}/sharedStrings.xml")),
            self._read_formats(kinds.get("styles", f"{folder}/styles.xml")),
            properties.get("date1904", "0").lower() in {"1", "true", "on"},
        )
        self.sheets = list(self._sheets(tree, relations))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def open(self, part: str) -> IO[bytes]:
        """The bytes of *part*.

        :raises KeyError: when there is no such part
        :raises ValueError: when it brings its own entities, which no spreadsheet program writes
        """
        info = self._parts[part.lower()]
        with self._archive.open(info) as source:
            if b"<!DOCTYPE" in source.read(4096).replace(b"\0", b""):  # also where a sign takes two bytes
                raise ValueError("a part with a document type")
        return self._archive.open(info)

    def _main_part(self) -> str:
        for kind, target in self._relations("").values():
            if kind == "officeDocument":
                return target
        return "xl/workbook.xml"

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and target of each relation of *part*, by its id."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        if path.lower() not in self._parts:
            return found
        with self.open(path) as source:
            for element in ET.parse(source).getroot():  # noqa: S314 - parts with a DTD are refused
                target = element.get("Target", "").replace("\\", "/")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = element.get("Type", "").rpartition("/")[2]
                found[element.get("Id", "")] = (kind, posixpath.normpath(whole))
        return found

    def _sheets(self, tree: ET.Element, relations: dict[str, tuple[str, str]]) -> Iterator[Sheet]:
        """The sheets with cells, in the order of their tabs; a sheet that is only a chart is none."""
        for element in tree.iter():
            if element.tag.endswith("}sheet"):
                ids = [value for key, value in element.items() if key.endswith("}id")]
                kind, part = relations.get(ids[0] if ids else "", ("", ""))
                if kind == "worksheet" and part.lower() in self._parts:
                    hidden = element.get("state", "visible") != "visible"
                    yield Sheet(element.get("name", ""), hidden, self._shared, partial(self.open, part))

    def _read_strings(self, part: str) -> list[str]:
        strings: list[str] = []
        if part.lower() not in self._parts:
            return strings
        with self.open(part) as source:
            top: ET.Element | None = None
            for event, element in ET.iterparse(source, ("start", "end")):  # noqa: S314 - as above
                if event == "start":
                    top = element if top is None else top
                elif element.tag.endswith("}si"):
                    strings.append(text_of(element))
                    (element if top is None else top).clear()
        return strings

    def _read_formats(self, part: str) -> list[str]:
        """The number format of each cell style; none when the styles are broken: the cells are still there."""
        codes: dict[int, str] = {}
        numbers: list[int] = []
        with suppress(*Broken), self.open(part) as source:
            tree = ET.parse(source).getroot()  # noqa: S314 - parts with a DTD are refused
            for element in tree.iter():
                if element.tag.endswith("}numFmt"):
                    codes.setdefault(int(element.get("numFmtId", "0")), element.get("formatCode", ""))
            styles = next((element for element in tree if element.tag.endswith("}cellXfs")), ET.Element("none"))
            numbers = [int(element.get("numFmtId", "0")) for element in styles]
        return [
            codes.get(number) or _COUNTRY_FORMATS.get(number) or BUILTIN_FORMATS.get(number, "General")
            for number in numbers
        ]


def open_workbook(path: Path, name: str) -> Workbook:
    """Open the workbook at *path*, which its owner calls *name*.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile``
    """
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise FileGone(name=name) from error
    except Broken as error:
        raise DamagedFile(name=name) from error
    try:
        _check(archive, name)
        return Workbook(archive)
    except KeyError as error:
        archive.close()
        raise UnknownKind(name=name) from error
    except Broken as error:
        archive.close()
        raise DamagedFile(name=name) from error
    except BaseException:
        archive.close()
        raise


def _check(archive: zipfile.ZipFile, name: str) -> None:
    infos = archive.infolist()  # whatever their endings: a part is what a relation names
    if any(info.flag_bits & 1 for info in infos):
        raise LockedFile(name=name)
    size, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if size > _LARGEST or (size > _SUSPICIOUS and size > packed * _RATIO):
        raise BloatedFile(name=name, size=size // 2**20)
