"""The sheets 销售明细 and 季度汇总: the orders, and their sums by quarter."""

from decimal import Decimal

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from lantern.book import BOLD, COUNT, DAY, PERCENT, YUAN, Book, head, heading, total, widths
from lantern.orders import DETAIL, FIRST, GROWTH, LAST, PRODUCTS, QUARTERS, REGIONS, SUMMARY, Order, rounded


def detail(book: Book, lines: list[Order]) -> None:
    """The orders."""
    sheet = book.workbook.active
    sheet.title = DETAIL
    heading(sheet, "2025年销售明细", "单位：元；灯巷贸易（Lantern Lane Trading）为虚构公司", "A1:I1")
    for column, name in zip(
        "ABCDEFGHI", ("日期", "订单号", "地区", "产品", "渠道", "数量", "单价", "折扣率", "金额"), strict=True
    ):
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
        before[product] = (
            rounded(sum(before[r] for r in REGIONS) * Decimal(weight) / 100, "1") * 100 if weight else rest
        )
        rest -= before[product]
    regions = {region: [order for order in lines if order.region == region] for region in REGIONS}
    products = {product: [order for order in lines if order.product == product] for product in PRODUCTS}
    _quarters(book, sheet, 4, name="地区", groups=regions, column="C", before=before)
    _quarters(book, sheet, 13, name="产品", groups=products, column="D", before=before)
    for first, last, name in (
        (4, 4, "大区"),
        (5, 8, "国内"),
        (9, 9, "国外"),
        (13, 13, "品类"),
        (14, 15, "户外"),
        (16, 18, "家居"),
    ):
        sheet[f"A{first}"] = name
        if last > first:
            sheet.merge_cells(f"A{first}:A{last}")
            sheet[f"A{first}"].alignment = Alignment(horizontal="center", vertical="center")
            sheet[f"A{first}"].font = BOLD
    sheet["A21"] = (
        "注：1. 金额为折扣后金额，不含增值税；2. 西南地区一家门店于2025年6月停业；"
        "3. 海外销售额按订单当日汇率折算为人民币。"
    )
    sheet["A21"].font = Font(name="Calibri", size=10, italic=True, color="7A6A55")
    sheet.freeze_panes = "C5"
    widths(sheet, A=8, B=15, C=16, D=16, E=16, F=16, G=17, H=17, I=12)


def _quarters(
    book: Book,
    sheet: Worksheet,
    top: int,
    *,
    name: str,
    groups: dict[str, list[Order]],
    column: str,
    before: dict[str, Decimal],
) -> None:
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
