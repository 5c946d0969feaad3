"""The sheet P&L, and the hidden one that it reckons with."""

from datetime import date
from decimal import Decimal

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from lantern.book import BOLD, DAY, INK, PERCENT, THOUSANDS, Book, head, heading, total, widths
from lantern.orders import RATE, RESULT, SETTINGS, SUMMARY, rounded

COSTS = {  # a row: its name, its part of net sales in each quarter of 2025, and in 2024
    7: ("Cost of goods sold", ("0.566", "0.559", "0.552", "0.548"), "0.571"),
    10: ("Staff", ("0.142", "0.131", "0.127", "0.128"), "0.139"),
    11: ("Marketing", ("0.073", "0.084", "0.080", "0.091"), "0.079"),
    12: ("Freight and storage", ("0.061", "0.058", "0.055", "0.057"), "0.060"),
    13: ("Rent and office", ("0.046", "0.041", "0.039", "0.038"), "0.044"),
}


def result(book: Book) -> None:
    """Profit and loss in thousands of dollars, a quarter a column."""
    sheet = book.workbook.create_sheet(RESULT)
    heading(sheet, "Lantern Lane Trading: profit and loss 2025", "in thousands USD", "A1:H1")
    sheet["A4"], sheet["B4"], sheet["G4"], sheet["H4"] = "Item", "2025", "2024", "Growth"
    sheet.merge_cells("B4:F4")
    sheet.merge_cells("A4:A5")
    for ref, name in zip("BCDEFGH", ("Q1", "Q2", "Q3", "Q4", "Full year", "Full year", "%"), strict=True):
        sheet[f"{ref}5"] = name
    head(sheet, "A4:H5")
    _sales_and_costs(book, sheet)
    _sum(book, sheet, 8, "Gross profit", formula="#6+#7", parts=[6, 7])
    _sum(book, sheet, 14, "Operating profit", formula="#8+SUM(#10:#13)", parts=[8, 10, 11, 12, 13])
    book.put(sheet, "A16", "Income tax")
    for ref in "BCDEG":
        value = -rounded(book.value(sheet, f"{ref}14") * Decimal("0.25"), "0.1")
        book.put(sheet, f"{ref}16", value, THOUSANDS, formula=f"-ROUND({ref}14*'{SETTINGS}'!$B$4,1)")
    _sum(book, sheet, 17, "Net profit", formula="#14+#16", parts=[14, 16])
    _full_year(book, sheet)
    _ratio(book, sheet, 9, "Gross margin", above=8)
    _ratio(book, sheet, 15, "Operating margin", above=14)
    for row in (8, 14, 17):
        total(sheet, f"A{row}:H{row}")
    sheet["A19"] = (
        "Note: translated at 7.10 yuan to the dollar. "
        "The fourth quarter includes a recall of solar garden lamps that cost 3.8."
    )
    sheet["A19"].font = Font(name="Calibri", size=10, italic=True, color="7A6A55")
    sheet.freeze_panes = "B6"
    widths(sheet, A=24, B=12, C=12, D=12, E=12, F=13, G=13, H=11)


def _sales_and_costs(book: Book, sheet: Worksheet) -> None:
    source = book.workbook[SUMMARY]
    book.put(sheet, "A6", "Net sales", font=BOLD)
    for ref, quarter in zip("BCDEG", "CDEFH", strict=True):
        value = rounded(book.value(source, f"{quarter}10") / RATE / 1000, "0.1")
        book.put(sheet, f"{ref}6", value, THOUSANDS, formula=f"ROUND('{SUMMARY}'!{quarter}10/'{SETTINGS}'!$B$3/1000,1)")
    for row, (name, quarters, year) in COSTS.items():
        book.put(sheet, f"A{row}", name)
        for ref, share in zip("BCDEG", (*quarters, year), strict=True):
            book.put(sheet, f"{ref}{row}", -rounded(book.value(sheet, f"{ref}6") * Decimal(share), "0.1"), THOUSANDS)


def _sum(book: Book, sheet: Worksheet, row: int, name: str, *, formula: str, parts: list[int]) -> None:
    book.put(sheet, f"A{row}", name, font=BOLD)
    for ref in "BCDEG":
        value = sum(book.value(sheet, f"{ref}{part}") for part in parts)
        book.put(sheet, f"{ref}{row}", value, THOUSANDS, formula=formula.replace("#", ref))


def _ratio(book: Book, sheet: Worksheet, row: int, name: str, *, above: int) -> None:
    slanted = Font(name="Calibri", size=11, italic=True, color=INK)
    book.put(sheet, f"A{row}", name, font=slanted)
    for ref in "BCDEFG":
        value = rounded(book.value(sheet, f"{ref}{above}") / book.value(sheet, f"{ref}6"), "0.001")
        book.put(sheet, f"{ref}{row}", value, PERCENT, formula=f"ROUND({ref}{above}/{ref}6,3)", font=slanted)


def _full_year(book: Book, sheet: Worksheet) -> None:
    for row in (6, 7, 8, 10, 11, 12, 13, 14, 16, 17):
        value = sum(book.value(sheet, f"{ref}{row}") for ref in "BCDE")
        book.put(sheet, f"F{row}", value, THOUSANDS, formula=f"SUM(B{row}:E{row})")
        change = rounded(book.value(sheet, f"F{row}") / book.value(sheet, f"G{row}") - 1, "0.001")
        book.put(sheet, f"H{row}", change, PERCENT, formula=f"ROUND(F{row}/G{row}-1,3)")


def settings(book: Book) -> None:
    """A hidden sheet that the others reckon with."""
    sheet = book.workbook.create_sheet(SETTINGS)
    sheet.sheet_state = "hidden"
    for ref, value, style in (
        ("A1", "计算参数", ""),
        ("A3", "折算汇率（元/美元）", ""),
        ("B3", RATE, "0.00"),
        ("A4", "所得税税率", ""),
        ("B4", Decimal("0.25"), PERCENT),
        ("A5", "更新日期", ""),
        ("B5", date(2026, 1, 15), DAY),
    ):
        book.put(sheet, ref, value, style)
    widths(sheet, A=24, B=14)
