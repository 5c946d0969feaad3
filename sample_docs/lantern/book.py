"""A workbook whose formulas carry their values, and how its cells look."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

STAMP = datetime(2026, 3, 12, 9, 0, 0)  # noqa: DTZ001 - a workbook's dates have no zone

YUAN, COUNT, PERCENT, DAY = "¥#,##0.00", "#,##0", "0.0%", "yyyy-mm-dd"
THOUSANDS = "#,##0.0_);(#,##0.0)"

INK, WARM, PAPER = "2B2118", "9A5B13", "FBF3E4"
LINE = Side(style="thin", color="C9B697")
BOLD = Font(name="Calibri", size=11, bold=True, color=INK)


@dataclass(slots=True)
class Book:
    """A workbook, and the value of each formula: the library that writes it can only write one of the two."""

    workbook: Workbook = field(default_factory=Workbook)
    values: dict[tuple[str, str], Decimal] = field(default_factory=dict)

    def put(
        self, sheet: Worksheet, ref: str, value: object, style: str = "", *, formula: str = "", font: Font | None = None
    ) -> None:
        """A *value* in a cell, or a *formula* that comes to it."""
        cell = sheet[ref]
        cell.value = f"={formula}" if formula else value
        if formula:
            self.values[sheet.title, ref] = Decimal(str(value))
        cell.font = font or Font(name="Calibri", size=11, color=INK)
        if style:
            cell.number_format = style

    def value(self, sheet: Worksheet, ref: str) -> Decimal:
        """What stands in a cell, or what its formula comes to."""
        known = self.values.get((sheet.title, ref))
        return known if known is not None else Decimal(str(sheet[ref].value))

    def save(self, path: Path) -> None:
        """Write the file with both formulas and values, and with fixed dates."""
        self.workbook.properties.creator = "Lantern Lane Trading (invented)"
        self.workbook.properties.title = "Lantern Lane Trading: sales 2025"
        self.workbook.properties.created = STAMP
        raw = io.BytesIO()
        self.workbook.save(raw)
        with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(path, "w") as made:
            names = {f"xl/worksheets/sheet{n}.xml": title for n, title in enumerate(self.workbook.sheetnames, start=1)}
            for name in parts.namelist():
                text = parts.read(name).decode()
                if name in names:
                    text = self._with_values(names[name], text)
                text = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{STAMP:%Y-%m-%dT%H:%M:%S}Z", text)
                entry = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                made.writestr(entry, text, compresslevel=9)

    def _with_values(self, title: str, text: str) -> str:
        def filled(match: re.Match[str]) -> str:
            return f"{match[1]}<v>{self.values.pop((title, match[2]))}</v>"

        text = re.sub(r'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?', filled, text)
        left = [ref for name, ref in self.values if name == title]
        if left:
            raise ValueError(f"{title}: the values of {', '.join(left)} found no formula")
        return text


def heading(sheet: Worksheet, title: str, unit: str, area: str) -> None:
    """The title over the whole table, and what its numbers are."""
    sheet.merge_cells(area)
    sheet["A1"] = title
    sheet["A1"].font = Font(name="Calibri", size=16, bold=True, color=WARM)
    sheet["A2"] = unit
    sheet["A2"].font = Font(name="Calibri", size=10, italic=True, color="7A6A55")
    sheet.row_dimensions[1].height = 26
    sheet.sheet_view.showGridLines = False


def head(sheet: Worksheet, area: str) -> None:
    """Make cells look like column heads."""
    for row in sheet[area]:
        for cell in row:
            cell.font = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", fgColor=WARM)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def total(sheet: Worksheet, area: str) -> None:
    """Make a row look like a sum."""
    for row in sheet[area]:
        for cell in row:
            cell.font = BOLD
            cell.fill = PatternFill("solid", fgColor=PAPER)
            cell.border = Border(top=LINE, bottom=Side(style="double", color=WARM))


def widths(sheet: Worksheet, **columns: float) -> None:
    """Column widths, in characters."""
    for name, width in columns.items():
        sheet.column_dimensions[name].width = width
