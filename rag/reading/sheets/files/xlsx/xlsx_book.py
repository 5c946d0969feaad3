"""The parts of an .xlsx package: its sheets, shared strings and number formats, each sheet as a stream of rows.

openpyxl gives either formulas or stored results, and merged areas only with the whole sheet in memory; so the parts
are read here, and openpyxl lends the number formats that have no code in the file and the copying of formulas.
"""

import posixpath
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from rag.reading.sheets.files.charts import Points, seen_in
from rag.reading.sheets.files.drawings import drawings_of
from rag.reading.sheets.files.package import Package, opened_package
from rag.reading.sheets.files.xlsx.xlsx_rows import Shared, stream, text_of
from rag.reading.sheets.formats.builtin_formats import format_code
from rag.reading.sheets.stored import Broken, DefinedTable, Facts, Remark, Sheet, State, StoredCell, Workbook, corners

_STATES: dict[str, State] = {"hidden": "hidden", "veryHidden": "very hidden"}


def opened_xlsx(path: Path, name: str) -> Workbook:
    """Open the .xlsx file at *path*, which its owner calls *name*.

    :raises RefusedUpload: its kinds ``FileGone``, ``UnknownKind``, ``LockedFile``, ``DamagedFile``, ``BloatedFile``
    """
    with opened_package(path, name) as package:
        return _Xlsx(package).workbook()


class _Xlsx:
    """What the parts of an .xlsx file hold."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._found: list[Sheet] = []
        root = package.main_part
        if not root.lower().endswith(".xml"):
            raise KeyError(root)
        folder = posixpath.dirname(root)
        with package.open(root) as source:
            self._tree = ET.parse(source).getroot()  # noqa: S314 - parts with a DTD are refused
        if not self._tree.tag.endswith("}workbook"):
            raise KeyError(root)
        self._relations = package.relations(root)
        kinds = dict(self._relations.values())
        properties = next((element for element in self._tree if element.tag.endswith("}workbookPr")), self._tree)
        self._shared = Shared(
            self._read_strings(kinds.get("sharedStrings", f"{folder}/sharedStrings.xml")),
            self._read_styles(kinds.get("styles", f"{folder}/styles.xml")),
            properties.get("date1904", "0").lower() in {"1", "true", "on"},
        )

    def workbook(self) -> Workbook:
        """The sheets with cells, and the names; what Excel names for itself is none."""
        names = {
            element.get("name", ""): element.text or ""
            for element in self._tree.iter()
            if element.tag.endswith("}definedName") and not element.get("name", "").startswith("_xlnm.")
        }
        self._found = list(self._sheets())
        return Workbook(self._found, self._package.close, names)

    def _seen(self, references: Sequence[str]) -> dict[str, Points]:
        return seen_in(self._found, references)

    def _sheets(self) -> Iterator[Sheet]:
        """The sheets with cells, in the order of their tabs; a sheet that is only a chart is none."""
        for element in self._tree.iter():
            if element.tag.endswith("}sheet"):
                ids = [value for key, value in element.items() if key.endswith("}id")]
                kind, part = self._relations.get(ids[0] if ids else "", ("", ""))
                if kind == "worksheet" and part in self._package:
                    state = _STATES.get(element.get("state", ""), "visible")
                    yield Sheet(
                        element.get("name", ""),
                        state,
                        self._shared.since_1904,
                        partial(self._rows, part),
                        partial(self._remarks, part),
                        partial(self._tables, part),
                        partial(drawings_of, self._package, part, self._seen),
                    )

    def _rows(
        self, part: str, wanted: Container[int] | None, formulas: bool, facts: Facts
    ) -> Iterator[list[StoredCell]]:
        links = {name: target for name, (kind, target) in self._package.relations(part).items() if kind == "external"}
        return stream(self._shared, partial(self._package.open, part), links, wanted, formulas, facts)

    def _remarks(self, part: str) -> list[Remark]:
        """What is written beside the cells of a sheet; nothing when that is broken: the cells are still there."""
        found: list[Remark] = []
        for target in self._beside(part, "comments"):
            with suppress(*Broken), self._package.open(target) as source:
                tree = ET.parse(source).getroot()  # noqa: S314 - as above
                authors = [element.text or "" for element in tree.iter() if element.tag.endswith("}author")]
                for element in tree.iter():
                    if element.tag.endswith("}comment"):
                        text = next((text_of(child) for child in element if child.tag.endswith("}text")), "")
                        author = int(element.get("authorId", "0"))
                        found.append(Remark(element.get("ref", ""), text, authors[author] if authors else ""))
        return found

    def _tables(self, part: str) -> list[DefinedTable]:
        """The areas of a sheet that somebody made a table of, and the names they bear."""
        found: list[DefinedTable] = []
        for target in self._beside(part, "table"):
            with suppress(*Broken), self._package.open(target) as source:
                table = ET.parse(source).getroot()  # noqa: S314 - as above
                area = corners(table.get("ref", ""))
                found.append(DefinedTable(table.get("displayName", table.get("name", "")), area))
        return found

    def _beside(self, part: str, kind: str) -> list[str]:
        """The parts of one *kind* that the *part* of a sheet leads to."""
        return [target for other, target in self._package.relations(part).values() if other == kind]

    def _read_strings(self, part: str) -> list[str]:
        strings: list[str] = []
        if part not in self._package:
            return strings
        with self._package.open(part) as source:
            top: ET.Element | None = None
            for event, element in ET.iterparse(source, ("start", "end")):  # noqa: S314 - as above
                if event == "start":
                    top = element if top is None else top
                elif element.tag.endswith("}si"):
                    strings.append(text_of(element))
                    (element if top is None else top).clear()
        return strings

    def _read_styles(self, part: str) -> list[tuple[str, int]]:
        """The number format and indent of each cell style; none when the styles are broken: the cells are still there.

        One whose numbers are none has no format.
        """
        codes: dict[int, str] = {}
        found: list[tuple[str, int]] = []
        with suppress(*Broken), self._package.open(part) as source:
            tree = ET.parse(source).getroot()  # noqa: S314 - parts with a DTD are refused
            for element in tree.iter():
                if element.tag.endswith("}numFmt"):
                    codes.setdefault(int(element.get("numFmtId", "0")), element.get("formatCode", ""))
            for style in next((element for element in tree if element.tag.endswith("}cellXfs")), ()):
                indents = [child.get("indent", "") for child in style if child.tag.endswith("}alignment")]
                indent = int(indents[0]) if indents and indents[0].isdecimal() else 0
                found.append((format_code(int(style.get("numFmtId", "0")), codes), min(indent, 250)))
        return found
