"""The sales workbook of Lantern Lane Trading, an invented shop for lamps: orders, quarters, profit and loss; formulas hold their values."""  # noqa: INP001 - scripts, not a package

import io
import random
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

ORDERS = 400
FIRST, LAST = 5, 5 + ORDERS - 1  # the rows of the orders
DETAIL, SUMMARY, RESULT, SETTINGS = "销售明细", "季度汇总", "P&L", "参数"
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
REGIONS = ("华东", "华南", "华北", "西南", "海外")
PRODUCTS = {"露营灯": "129.00", "太阳能庭院灯": "89.00", "阅读台灯": "199.00", "氛围壁灯": "159.00", "落地灯": "399.00"}
CHANNELS = ("电商", "门店", "经销商")
GROWTH = {"华东": "0.182", "华南": "0.094", "华北": "0.127", "西南": "-0.043", "海外": "0.356"}
RATE = Decimal("7.10")
STAMP = datetime(2026, 3, 12, 9, 0, 0)  # noqa: DTZ001 - a workbook's dates have no zone

YUAN, COUNT, PERCENT, DAY = "¥#,##0.00", "#,##0", "0.0%", "yyyy-mm-dd"
THOUSANDS = "#,##0.0_);(#,##0.0)"

INK, WARM, PAPER = "2B2118", "9A5B13", "FBF3E4"
LINE = Side(style="thin", color="C9B697")
BOLD = Font(name="Calibri", size=11, bold=True, color=INK)


def rounded(value: Decimal, places: str) -> Decimal:
    """To *places* such as ``0.01``, halves upwards as a sheet does."""
    return value.quantize(Decimal(places), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Order:
    """A line of the orders."""

    day: date
    number: str
    region: str
    product: str
    channel: str
    quantity: int
    price: Decimal
    discount: Decimal

    @property
    def amount(self) -> Decimal:
        """What the formula in its row comes to."""
        return rounded(self.quantity * self.price * (1 - self.discount), "0.01")

    @property
    def quarter(self) -> int:
        """From 0."""
        return (self.day.month - 1) // 3


def orders() -> list[Order]:
    """Four hundred orders in the order of their days; the same ones each time."""
    chance = random.Random(2025)  # noqa: S311 - not a secret

    def one_of(weights: dict[str, int]) -> str:
        place = chance.random() * sum(weights.values())
        for name, weight in weights.items():
            place -= weight
            if place < 0:
                return name
        return next(reversed(weights))

    days = sorted(date(2025, 1, 2) + timedelta(days=int(363 * chance.random() ** 0.92)) for _ in range(ORDERS))
    made = []
    for n, day in enumerate(days, start=1):
        region = one_of(dict(zip(REGIONS, (34, 23, 18, 12, 13), strict=True)))
        summer = 5 <= day.month <= 9
        product = one_of(dict(zip(PRODUCTS, (34 if summer else 16, 20 if summer else 9, 24, 18, 16), strict=True)))
        channel = one_of(dict(zip(CHANNELS, (45, 25, 30), strict=True)))
        quantity = 10 * int(2 + 26 * chance.random() ** 2) if channel == "经销商" else 5 + int(115 * chance.random())
        discount = Decimal(one_of({"0.10": 3, "0.15": 2, "0.18": 1})) if channel == "经销商" else Decimal("0.05" if chance.random() < 0.2 else "0")  # fmt: skip
        price = rounded(Decimal(PRODUCTS[product]) * (Decimal("1.12") if region == "海外" else 1), "0.01")
        made.append(Order(day, f"LL25-{n:04}", region, product, channel, quantity, price, discount))
    return made


@dataclass(slots=True)
class Book:
    """A workbook, and the value of each formula: the library that writes it can only write one of the two."""

    workbook: Workbook = field(default_factory=Workbook)
    values: dict[tuple[str, str], Decimal] = field(default_factory=dict)

    def put(self, sheet: Worksheet, ref: str, value: object, style: str = "", *, formula: str = "", font: Font | None = None) -> None:
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


def detail(book: Book, lines: list[Order]) -> None:
    """The orders."""
    sheet = book.workbook.active
    sheet.title = DETAIL
    heading(sheet, "2025年销售明细", "单位：元；灯巷贸易（Lantern Lane Trading）为虚构公司", "A1:I1")
    for column, name in zip("ABCDEFGHI", ("日期", "订单号", "地区", "产品", "渠道", "数量", "单价", "折扣率", "金额"), strict=True):
        sheet[f"{column}4"] = name
    head(sheet, "A4:I4")
    for row, order in enumerate(lines, start=FIRST):
        book.put(sheet, f"A{row}", order.day, DAY)
        for column, value in zip("BCDE", (order.number, order.region, order.product, order.channel), strict=True):
            book.put(sheet, f"{column}{row}", value)
        book.put(sheet, f"F{row}", order.quantity, COUNT)
        book.put(sheet, f"G{row}", order.price, YUAN)
        book.put(sheet, f"H{row}", order.discount, "0%")
        book.put(sheet, f"I{row}", order.amount, YUAN, formula=f"ROUND(F{row}*G{row}*(1-H{row}),2)")
    end = LAST + 1
    book.put(sheet, f"A{end}", "合计")
    book.put(sheet, f"F{end}", sum(order.quantity for order in lines), COUNT, formula=f"SUM(F{FIRST}:F{LAST})")
    book.put(sheet, f"I{end}", sum(order.amount for order in lines), YUAN, formula=f"SUM(I{FIRST}:I{LAST})")
    total(sheet, f"A{end}:I{end}")
    sheet.freeze_panes = f"A{FIRST}"
    sheet.auto_filter.ref = f"A4:I{LAST}"
    widths(sheet, A=12, B=12, C=9, D=15, E=10, F=9, G=12, H=9, I=16)


def summary(book: Book, lines: list[Order]) -> None:
    """Quarters by region and by product, against the year before."""
    sheet = book.workbook.create_sheet(SUMMARY)
    heading(sheet, "2025年各季度销售额汇总", "单位：元", "A1:I1")
    before = {}
    for region in REGIONS:
        year = sum((order.amount for order in lines if order.region == region), Decimal(0))
        before[region] = rounded(year / (1 + Decimal(GROWTH[region])) / 100, "1") * 100
    rest = sum(before.values(), Decimal(0))
    for product, weight in zip(PRODUCTS, ("0.16", "0.08", "0.23", "0.14", ""), strict=True):
        before[product] = rounded(sum(before[r] for r in REGIONS) * Decimal(weight) / 100, "1") * 100 if weight else rest
        rest -= before[product]
    _quarters(book, sheet, 4, "地区", {region: [o for o in lines if o.region == region] for region in REGIONS}, "C", before)
    _quarters(book, sheet, 13, "产品", {product: [o for o in lines if o.product == product] for product in PRODUCTS}, "D", before)
    for first, last, name in ((4, 4, "大区"), (5, 8, "国内"), (9, 9, "国外"), (13, 13, "品类"), (14, 15, "户外"), (16, 18, "家居")):
        sheet[f"A{first}"] = name
        if last > first:
            sheet.merge_cells(f"A{first}:A{last}")
            sheet[f"A{first}"].alignment = Alignment(horizontal="center", vertical="center")
            sheet[f"A{first}"].font = BOLD
    sheet["A21"] = "注：1. 金额为折扣后金额，不含增值税；2. 西南地区一家门店于2025年6月停业；3. 海外销售额按订单当日汇率折算为人民币。"
    sheet["A21"].font = Font(name="Calibri", size=10, italic=True, color="7A6A55")
    sheet.freeze_panes = "C5"
    widths(sheet, A=8, B=15, C=16, D=16, E=16, F=16, G=17, H=17, I=12)


def _quarters(book: Book, sheet: Worksheet, top: int, name: str, groups: dict[str, list[Order]], column: str, before: dict[str, Decimal]) -> None:
    """A table: one row a group, one column a quarter."""
    for ref, text in zip("ABCDEFGHI", (None, name, *QUARTERS, "2025年全年", "2024年全年", "同比增长"), strict=True):
        sheet[f"{ref}{top}"] = text
    head(sheet, f"A{top}:I{top}")
    end = top + len(groups) + 1
    for row, (group, lines) in enumerate(groups.items(), start=top + 1):
        book.put(sheet, f"B{row}", group)
        for quarter, ref in enumerate("CDEF"):
            value = sum((order.amount for order in lines if order.quarter == quarter), Decimal(0))
            span = f"$A${FIRST}:$A${LAST}"
            begin, after = f"DATE(2025,{quarter * 3 + 1},1)", f"DATE(2025,{quarter * 3 + 4},1)"
            where = f"'{DETAIL}'!${column}${FIRST}:${column}${LAST},$B{row}"
            when = f"'{DETAIL}'!{span},\">=\"&{begin},'{DETAIL}'!{span},\"<\"&{after}"
            book.put(
                sheet, f"{ref}{row}", value, YUAN, formula=f"SUMIFS('{DETAIL}'!$I${FIRST}:$I${LAST},{where},{when})"
            )  # fmt: skip
        _year(book, sheet, row)
        book.put(sheet, f"H{row}", before[group], YUAN)
        _change(book, sheet, row)
    book.put(sheet, f"A{end}", "合计")
    for ref in "CDEFGH":
        value = sum(book.value(sheet, f"{ref}{row}") for row in range(top + 1, end))
        book.put(sheet, f"{ref}{end}", value, YUAN, formula=f"SUM({ref}{top + 1}:{ref}{end - 1})")
    _change(book, sheet, end)
    total(sheet, f"A{end}:I{end}")


def _year(book: Book, sheet: Worksheet, row: int) -> None:
    value = sum(book.value(sheet, f"{ref}{row}") for ref in "CDEF")
    book.put(sheet, f"G{row}", value, YUAN, formula=f"SUM(C{row}:F{row})")


def _change(book: Book, sheet: Worksheet, row: int) -> None:
    value = rounded(book.value(sheet, f"G{row}") / book.value(sheet, f"H{row}") - 1, "0.001")
    book.put(sheet, f"I{row}", value, PERCENT, formula=f"ROUND(G{row}/H{row}-1,3)")


def result(book: Book) -> None:
    """Profit and loss in thousands of dollars, a quarter a column."""
    source = book.workbook[SUMMARY]
    sheet = book.workbook.create_sheet(RESULT)
    heading(sheet, "Lantern Lane Trading: profit and loss 2025", "in thousands USD", "A1:H1")
    sheet["B4"], sheet["G4"], sheet["H4"] = "2025", "2024", "Growth"
    sheet.merge_cells("B4:F4")
    sheet.merge_cells("A4:A5")
    sheet["A4"] = "Item"
    for ref, name in zip("BCDEFGH", ("Q1", "Q2", "Q3", "Q4", "Full year", "Full year", "%"), strict=True):
        sheet[f"{ref}5"] = name
    head(sheet, "A4:H5")
    ratios = {  # of net sales, a quarter each
        7: ("Cost of goods sold", ("0.566", "0.559", "0.552", "0.548")),
        10: ("Staff", ("0.142", "0.131", "0.127", "0.128")),
        11: ("Marketing", ("0.073", "0.084", "0.080", "0.091")),
        12: ("Freight and storage", ("0.061", "0.058", "0.055", "0.057")),
        13: ("Rent and office", ("0.046", "0.041", "0.039", "0.038")),
    }
    net = rounded(book.value(source, "H10") / RATE / 1000, "0.1")
    last_year = {7: "-0.571", 10: "-0.139", 11: "-0.079", 12: "-0.060", 13: "-0.044"}
    book.put(sheet, "A6", "Net sales", font=BOLD)
    for ref, quarter in zip("BCDE", "CDEF", strict=True):
        value = rounded(book.value(source, f"{quarter}10") / RATE / 1000, "0.1")
        book.put(sheet, f"{ref}6", value, THOUSANDS, formula=f"ROUND('{SUMMARY}'!{quarter}10/'{SETTINGS}'!$B$3/1000,1)")
    book.put(sheet, "G6", net, THOUSANDS, formula=f"ROUND('{SUMMARY}'!H10/'{SETTINGS}'!$B$3/1000,1)")
    for row, (name, parts) in ratios.items():
        book.put(sheet, f"A{row}", name)
        for ref, ratio in zip("BCDE", parts, strict=True):
            book.put(sheet, f"{ref}{row}", -rounded(book.value(sheet, f"{ref}6") * Decimal(ratio), "0.1"), THOUSANDS)
        book.put(sheet, f"G{row}", rounded(net * Decimal(last_year[row]), "0.1"), THOUSANDS)

    def sums(row: int, name: str, formula: str, parts: list[int]) -> None:
        book.put(sheet, f"A{row}", name, font=BOLD)
        for ref in "BCDEG":
            value = sum(book.value(sheet, f"{ref}{part}") for part in parts)
            book.put(sheet, f"{ref}{row}", value, THOUSANDS, formula=formula.replace("#", ref))

    def ratio(row: int, name: str, above: int) -> None:
        book.put(sheet, f"A{row}", name)
        for ref in "BCDEFG":
            value = rounded(book.value(sheet, f"{ref}{above}") / book.value(sheet, f"{ref}6"), "0.001")
            book.put(sheet, f"{ref}{row}", value, PERCENT, formula=f"ROUND({ref}{above}/{ref}6,3)")

    sums(8, "Gross profit", "#6+#7", [6, 7])
    sums(14, "Operating profit", "#8+SUM(#10:#13)", [8, 10, 11, 12, 13])
    book.put(sheet, "A16", "Income tax")
    for ref in "BCDEG":
        value = -rounded(book.value(sheet, f"{ref}14") * Decimal("0.25"), "0.1")
        book.put(sheet, f"{ref}16", value, THOUSANDS, formula=f"-ROUND({ref}14*'{SETTINGS}'!$B$4,1)")
    sums(17, "Net profit", "#14+#16", [14, 16])
    for row in (6, 7, 8, 10, 11, 12, 13, 14, 16, 17):
        value = sum(book.value(sheet, f"{ref}{row}") for ref in "BCDE")
        book.put(sheet, f"F{row}", value, THOUSANDS, formula=f"SUM(B{row}:E{row})")
        change = rounded(book.value(sheet, f"F{row}") / book.value(sheet, f"G{row}") - 1, "0.001")
        book.put(sheet, f"H{row}", change, PERCENT, formula=f"ROUND(F{row}/G{row}-1,3)")
    ratio(9, "Gross margin", 8)
    ratio(15, "Operating margin", 14)
    for row in (8, 14, 17):
        total(sheet, f"A{row}:H{row}")
    for row in (9, 15):
        for cell in sheet[f"A{row}:H{row}"][0]:
            cell.font = Font(name="Calibri", size=11, italic=True, color=INK)
    sheet["A19"] = "Note: translated at 7.10 yuan to the dollar. The fourth quarter includes a recall of solar garden lamps that cost 3.8."
    sheet["A19"].font = Font(name="Calibri", size=10, italic=True, color="7A6A55")
    sheet.freeze_panes = "B6"
    widths(sheet, A=24, B=12, C=12, D=12, E=12, F=13, G=13, H=11)


def settings(book: Book) -> None:
    """A hidden sheet that the others reckon with."""
    sheet = book.workbook.create_sheet(SETTINGS)
    sheet.sheet_state = "hidden"
    for ref, value, style in (
        ("A1", "计算参数", ""), ("A3", "折算汇率（元/美元）", ""), ("B3", RATE, "0.00"),
        ("A4", "所得税税率", ""), ("B4", Decimal("0.25"), PERCENT), ("A5", "更新日期", ""), ("B5", date(2026, 1, 15), DAY),
    ):  # fmt: skip
        book.put(sheet, ref, value, style)
    widths(sheet, A=24, B=14)


def write(path: Path) -> None:
    """Make the whole workbook."""
    book, lines = Book(), orders()
    detail(book, lines)
    summary(book, lines)
    result(book)
    settings(book)
    book.save(path)
