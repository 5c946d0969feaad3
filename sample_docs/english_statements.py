"""The financial statements of Harbourlight Instruments plc and their notes: the pages F-1 to F-9."""  # noqa: INP001 - scripts, not a package

from collections.abc import Callable, Sequence

import english_figures as f
from typeset import GREY, Book, Column, Leaf, Row, Span, Style

Page = Callable[..., Leaf]
NAVY = (0.05, 0.20, 0.33)
HEAD = Style(size=12.2, leading=16.5, colour=NAVY, bold=True, after=3.5)
TITLE = Style(size=17, leading=22, colour=NAVY, after=1)
UNIT = Style(size=10, leading=13, colour=GREY, italic=True, after=8)
NOTE = Style(size=9.3, leading=13.3, after=5.5, justify=True)
FOOT = Style("sans", size=7.5, leading=10.4, colour=GREY, italic=True, after=0)
PART = "Financial statements"
SEE = "The accompanying notes are an integral part of these consolidated financial statements."


def amounts(name: str, values: Sequence[int], sign: str = "", **how: object) -> Row:
    """A row of money."""
    return Row([name, *(f.show(value, sign) for value in values)], **how)  # type: ignore[arg-type]


def group(name: str, columns: int) -> Row:
    """A row that only has a name."""
    return Row([name, *([""] * columns)], bold=True, gap=2)


def years(count: int, name: str = "", period: str = "Years ended December 31,") -> list[list[Span]]:
    """Two rows of heads: the period over the years."""
    return [
        [Span(period, 1, count)],
        [Span(name, 0, 0), *(Span(f.YEARS[n], n + 1, n + 1) for n in range(count))],
    ]


def wide(count: int, width: float = 467.0, number: float = 74.0) -> list[Column]:
    """A name and *count* columns of money over the whole page."""
    return [Column(width - count * number, numbers=False), *(Column(number) for _ in range(count))]


def statements(book: Book, page: Page, opening: Callable[..., None]) -> None:
    """All the F pages."""
    for part in (auditor, income, balance, cash, equity):
        part(book, page)
    for notes in (first_notes, second_notes, third_notes, fourth_notes):
        notes(book, page)


def start(book: Book, page: Page, label: str, title: str, unit: str) -> Leaf:
    """The head of a statement."""
    leaf = page(book, label, PART, (1, title))
    leaf.y = 78
    leaf.text("Harbourlight Instruments plc and subsidiaries", Style("sans", size=8.2, colour=GREY, leading=12, after=0))
    leaf.text(title, TITLE)
    leaf.text(unit, UNIT)
    return leaf


def auditor(book: Book, page: Page) -> None:
    """Page F-1."""
    leaf = page(book, "F-1", PART, (1, "Financial statements"), (2, "Report of the independent auditor"))
    leaf.y = 78
    leaf.text("Report of the independent auditor", TITLE.but(size=22, leading=28, after=6))
    leaf.text("To the shareholders of Harbourlight Instruments plc", UNIT)
    for title, words in (
        ("Opinion", """We have audited the consolidated balance sheets of Harbourlight Instruments plc and its subsidiaries as of
         December 31, 2025 and 2024, the related consolidated statements of income, comprehensive income, cash flows and changes in
         equity for each of the three years in the period ended December 31, 2025, and the notes. In our opinion they
         present fairly, in all material respects, the financial position of the company and the results of its operations and its
         cash flows for the years stated."""),
        ("Basis for opinion", """We planned and performed our audits to be reasonably sure that the statements are free of material misstatement,
         whether by error or by fraud. We set materiality for the statements as a whole at $3.5 million, which is about 5% of income before
         income taxes, and reported to the Audit Committee every difference above $0.2 million. We are independent of the company."""),
        ("Key audit matter: revenue from observatories", """Contracts for moored observatories combine hardware, installation and data. In 2025 they
         brought $58.3 million of revenue. Management must judge how much of the price belongs to each part and when the
         customer takes control. We read 31 contracts, which make up 84% of this revenue, recalculated the split, and looked at signed
         acceptance papers. We found no reason to disagree."""),
        ("Key audit matter: goodwill of Ocean Monitoring", """Of the goodwill of $87.3 million, $51.6 million belongs to Ocean Monitoring. The
         test rests on a growth rate of 2.0% after 2030 and on a discount rate of 9.4%. We compared both with sources from outside the company. Recoverable
         value exceeded the carrying amount by $118 million, and a discount rate of 13.1% would be needed to use up the margin."""),
        ("Responsibilities", """Management is responsible for the statements and for the internal control behind them; the Audit Committee oversees how they
         are made. It is our task to express an opinion on them. Misstatements can remain undiscovered even in an audit that is carried out with care."""),
    ):  # fmt: skip
        leaf.text(title, HEAD)
        leaf.text(words, NOTE.but(size=9.7, leading=14.2))
    leaf.space(10)
    leaf.text("Penhallow & Strake LLP", Style(size=14, leading=19, italic=True, colour=NAVY, after=1))
    leaf.text("Chartered accountants, Port Calder, March 4, 2026", FOOT.but(italic=False))
    leaf.space(18)
    leaf.text("Index to the financial statements", HEAD)
    leaf.table(
        [Column(407, numbers=False), Column(60)],
        [[Span("", 0, 0), Span("Page", 1, 1)]],
        [
            Row(["Consolidated statements of income and of comprehensive income", "F-2"]),
            Row(["Consolidated balance sheets", "F-3"]),
            Row(["Consolidated statements of cash flows", "F-4"]),
            Row(["Consolidated statements of changes in equity", "F-5"]),
            Row(["Notes to the consolidated financial statements", "F-6"]),
        ],
    )


def income(book: Book, page: Page) -> None:
    """Page F-2."""
    leaf = start(book, page, "F-2", "Consolidated statements of income", "(in millions, except per share amounts)")
    leaf.table(wide(3), years(3), [
        group("Revenue", 3),
        amounts("Products", f.PRODUCTS, "$", indent=1),
        amounts("Services", f.SERVICES, indent=1),
        amounts("Total revenue", f.REVENUE, rule=True, bold=True, indent=2),
        group("Cost of revenue", 3),
        amounts("Products", f.COST_OF_PRODUCTS, indent=1),
        amounts("Services", f.COST_OF_SERVICES, indent=1),
        amounts("Total cost of revenue", f.COST, rule=True, indent=2),
        amounts("Gross profit", f.GROSS_PROFIT, bold=True, rule=True),
        group("Operating expenses", 3),
        amounts("Research and development", f.RESEARCH, indent=1),
        amounts("Sales and marketing", f.SELLING, indent=1),
        amounts("General and administrative", f.ADMINISTRATION, indent=1),
        amounts("Restructuring", f.RESTRUCTURING, indent=1),
        amounts("Total operating expenses", f.OPERATING_EXPENSES, rule=True, indent=2),
        amounts("Operating income", f.OPERATING_INCOME, bold=True, rule=True),
        amounts("Interest income", f.INTEREST_INCOME, indent=1),
        amounts("Interest expense", f.INTEREST_EXPENSE, indent=1),
        amounts("Other income (expense), net", f.OTHER_NET, indent=1),
        amounts("Income before income taxes", f.BEFORE_TAX, rule=True),
        amounts("Provision for income taxes", f.TAX),
        amounts("Net income", f.NET_INCOME, "$", bold=True, rule=True, total=True),
        Row(["Earnings per share", "", "", ""], bold=True, gap=5),
        Row(["Basic", *(f"$ {value}" for value in f.BASIC_EPS)], indent=1),
        Row(["Diluted", *(f"$ {value}" for value in f.DILUTED_EPS)], indent=1),
        group("Weighted average shares outstanding", 3),
        amounts("Basic", f.BASIC_SHARES, indent=1),
        amounts("Diluted", f.DILUTED_SHARES, indent=1),
    ], Style("sans", size=8.3, leading=13.4))  # fmt: skip
    leaf.space(6)
    leaf.text("Consolidated statements of comprehensive income", TITLE)
    leaf.text("(in millions)", UNIT)
    leaf.table(wide(3), years(3), [
        amounts("Net income", f.NET_INCOME, "$"),
        group("Other comprehensive income (loss), net of tax", 3),
        amounts("Foreign currency translation", f.TRANSLATION, indent=1),
        amounts("Gains (losses) on cash flow hedges", f.HEDGES, indent=1),
        amounts("Remeasurement of pension obligations", f.PENSIONS, indent=1),
        amounts("Total other comprehensive income (loss)", f.OTHER_COMPREHENSIVE, rule=True, indent=2),
        amounts("Comprehensive income", f.COMPREHENSIVE, "$", bold=True, rule=True, total=True),
    ], Style("sans", size=8.3, leading=13.4))  # fmt: skip
    leaf.text(SEE, FOOT)


def balance(book: Book, page: Page) -> None:
    """Page F-3."""
    leaf = start(book, page, "F-3", "Consolidated balance sheets", "(in millions, except par value)")
    last, before = f.BALANCES[-1], f.BALANCES[-2]
    names = ["", "Share premium", "Retained earnings", "Accumulated other comprehensive loss"]
    par = "Ordinary shares, $0.10 par value; 61.5 and 61.0 shares outstanding"

    def first(values: dict[str, f.Amounts], sign: str = "$", indent: int = 1) -> list[Row]:
        return [amounts(name, pair, sign if n == 0 else "", indent=indent) for n, (name, pair) in enumerate(values.items())]

    leaf.table(wide(2, number=84), [[Span("December 31,", 1, 2)], [Span("", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2)]], [
        group("Assets", 2),
        Row(["Current assets", "", ""]),
        *first(f.CURRENT_ASSETS),
        amounts("Total current assets", f.TOTAL_CURRENT_ASSETS, rule=True, indent=2),
        *first(f.OTHER_ASSETS, "", 0),
        amounts("Total assets", f.TOTAL_ASSETS, "$", bold=True, rule=True, total=True),
        Row(["Liabilities and equity", "", ""], bold=True, gap=9),
        Row(["Current liabilities", "", ""]),
        *first(f.CURRENT_LIABILITIES),
        amounts("Total current liabilities", f.TOTAL_CURRENT_LIABILITIES, rule=True, indent=2),
        *first(f.OTHER_LIABILITIES, "", 0),
        amounts("Total liabilities", f.TOTAL_LIABILITIES, rule=True, bold=True),
        Row(["Commitments and contingencies (note 9)", "", ""]),
        Row(["Equity", "", ""], gap=3),
        *(amounts(par if n == 0 else names[n], (last.amounts[n], before.amounts[n]), indent=1) for n in range(4)),
        amounts("Total equity", f.TOTAL_EQUITY, rule=True, bold=True),
        amounts("Total liabilities and equity", f.plus(f.TOTAL_LIABILITIES, f.TOTAL_EQUITY), "$", bold=True, rule=True, total=True),
    ], Style("sans", size=8.4, leading=14.5))  # fmt: skip
    leaf.space(4)
    leaf.text(SEE, FOOT)


def cash(book: Book, page: Page) -> None:
    """Page F-4."""
    leaf = start(book, page, "F-4", "Consolidated statements of cash flows", "(in millions)")
    operating = list(f.OPERATING_CASH.items())
    leaf.table(wide(3), years(3), [
        group("Operating activities", 3),
        amounts(operating[0][0], operating[0][1], "$", indent=1),
        Row(["Adjustments that do not use cash", "", "", ""], indent=1),
        *(amounts(name, values, indent=2) for name, values in operating[1:6]),
        Row(["Changes in operating assets and liabilities", "", "", ""], indent=1),
        *(amounts(name, values, indent=2) for name, values in operating[6:]),
        amounts("Cash provided by operating activities", f.FROM_OPERATING, rule=True, bold=True),
        group("Investing activities", 3),
        *(amounts(name, values, indent=1) for name, values in f.INVESTING_CASH.items()),
        amounts("Cash used in investing activities", f.FROM_INVESTING, rule=True, bold=True),
        group("Financing activities", 3),
        *(amounts(name, values, indent=1) for name, values in f.FINANCING_CASH.items()),
        amounts("Cash used in financing activities", f.FROM_FINANCING, rule=True, bold=True),
        amounts("Effect of exchange rates on cash", f.EXCHANGE_EFFECT, gap=3),
        amounts("Increase in cash and cash equivalents", f.CASH_CHANGE, rule=True, bold=True),
        amounts("Cash and cash equivalents at beginning of year", f.CASH_START),
        amounts("Cash and cash equivalents at end of year", f.CASH_END, "$", bold=True, rule=True, total=True),
        Row(["Supplemental information", "", "", ""], bold=True, gap=6),
        Row(["Interest paid", "$ 6.1", "$ 7.0", "$ 7.6"], indent=1),
        Row(["Income taxes paid", "15.2", "11.9", "8.8"], indent=1),
        Row(["Right-of-use assets obtained for lease liabilities", "7.4", "5.2", "3.9"], indent=1),
    ], Style("sans", size=8.3, leading=14.4))  # fmt: skip
    leaf.text(
        """Changes in operating assets and liabilities leave out the effects of exchange rates and of the business acquired in 2025, and so
        differ from the changes in the balance sheets.""",
        FOOT.but(after=6),
    )
    leaf.text(SEE, FOOT)


def equity(book: Book, page: Page) -> None:
    """Page F-5."""
    leaf = start(book, page, "F-5", "Consolidated statements of changes in equity", "(in millions, except per share amounts)")
    columns = [Column(171, numbers=False), *(Column(width) for width in (46, 46, 50, 52, 58, 44))]
    heads = [[Span("", 0, 0), Span("Number\nof shares", 1, 1), Span("Ordinary\nshares", 2, 2), Span("Share\npremium", 3, 3),
              Span("Retained\nearnings", 4, 4), Span("Other com-\nprehensive\nloss", 5, 5), Span("Total\nequity", 6, 6)]]  # fmt: skip
    rows = [
        Row([move.name, f.show(move.shares), *(f.show(value) for value in move.amounts), f.show(sum(move.amounts))],
            bold=move.balance, rule=move.balance and n > 0, gap=4.0 if move.balance else 0.0, shade=move.balance)
        for n, move in enumerate(f.EQUITY)
    ]  # fmt: skip
    leaf.table(columns, heads, rows, Style("sans", size=8.0, leading=17.4))
    leaf.text(SEE, FOOT.but(after=14))
    leaf.text("About equity", HEAD)
    for words in (
        """**Shares.** The company has one class of shares with one vote each. Of 80.0 million authorized shares, 61.5 million were issued and
        outstanding at December 31, 2025. Shares that are bought back are cancelled at once; in 2025 the company bought 0.2 million shares at an
        average price of $15.12 each.""",
        """**Dividends.** The dividends declared in 2025 are the final dividend for 2024 of $0.14 per share and the interim dividend for 2025 of
        $0.12 per share. Under the term loan agreement dividends may not exceed half of net income in any year.""",
        """**Other comprehensive loss.** Of the accumulated loss of $9.8 million, $6.2 million comes from foreign currency translation and
        $4.1 million from pension obligations; cash flow hedges stand at a gain of $0.5 million.""",
    ):
        leaf.text(words, NOTE)


def first_notes(book: Book, page: Page) -> None:
    """Page F-6: basis and revenue."""
    leaf = page(book, "F-6", PART, (1, "Notes to the consolidated financial statements"))
    leaf.y = 78
    leaf.text("Notes to the consolidated financial statements", TITLE)
    leaf.text("(in millions, except per share amounts, or as otherwise stated)", UNIT)
    leaf.text("1. The company and its accounting policies", HEAD)
    for words in (
        """Harbourlight Instruments plc designs, makes and services marine sensors and sells readings from them. The statements include
        the company and all 14 subsidiaries that it controls; balances and dealings between them are left out. Subsidiaries with another currency
        are translated at the rate of the balance sheet date, their income at average rates.""",
        """**Revenue.** Revenue from products is recognized when control passes, which is on delivery to the carrier for sensor
        heads and on signed acceptance for observatories. Subscriptions are recognized evenly over their term, calibration and repair when the
        instrument leaves our works. Products carry a warranty of three years; the provision was $5.8 million at
        December 31, 2025.""",
        """**Plant and equipment.** Cost is written off evenly over 30 to 40 years for buildings, 5 to 12 years for
        machinery and equipment, 15 years for test vessels and tanks and 3 to 8 years for fixtures, fittings and software.""",
        """**Goodwill** is tested each October 1 and whenever something suggests that it has lost value. No loss was
        recognized in the three years shown. Other intangible assets are written off over 4 to 12 years.""",
        """**Estimates.** The statements rest on estimates, chiefly of the split of contract prices, the warranty provision, the
        life of intangible assets, and pension obligations. What happens may differ from them.""",
        """**New rules.** The rules on the presentation of cash flows that apply from 2026 will move interest paid, $6.1 million in 2025, from
        operating to financing activities. Other new rules will not change these statements noticeably.""",
    ):
        leaf.text(words, NOTE)
    leaf.space(3)
    leaf.text("2. Revenue by segment and by region", HEAD)
    style = Style("sans", size=8.3, leading=13.6)
    total = amounts("Total revenue", f.REVENUE, "$", bold=True, rule=True, total=True)
    leaf.table(wide(3), years(3, "By segment"), [
        *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.SEGMENTS.items())), total,
    ], style)  # fmt: skip
    leaf.table(wide(3), years(3, "By region, after the customer's place of business"), [
        *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.REGIONS.items())), total,
    ], style)  # fmt: skip
    leaf.text(
        """Deferred revenue of $31.0 million at the beginning of the year, of which $22.9 million became revenue in 2025, rose to $38.5 million.
        Contracts not yet fulfilled come to $186.3 million; about 78% of this will become revenue in 2026.""",
        NOTE,
    )


def second_notes(book: Book, page: Page) -> None:
    """Page F-7: segments, inventories, plant, acquisition."""
    leaf = page(book, "F-7", PART)
    leaf.y = 78
    leaf.text("3. Segment income", HEAD)
    leaf.text(
        """The Chief Executive Officer decides on resources by segment operating income. Corporate costs, which include share-based
        compensation of directors and the cost of the head office, and restructuring are not charged to the segments.""",
        NOTE,
    )
    leaf.table(wide(3), years(3), [
        *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.SEGMENT_INCOME.items())),
        amounts("Segment operating income", f.plus(*f.SEGMENT_INCOME.values()), rule=True),
        amounts("Unallocated corporate costs", f.UNALLOCATED),
        amounts("Restructuring", f.minus(f.RESTRUCTURING)),
        amounts("Operating income", f.OPERATING_INCOME, "$", bold=True, rule=True, total=True),
    ])  # fmt: skip
    leaf.text("4. Inventories and plant", HEAD)
    heads = [[Span("December 31,", 1, 2)], [Span("", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2)]]
    leaf.table(wide(2, number=84), heads, [
        *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.INVENTORIES.items())),
        amounts("Inventories", f.CURRENT_ASSETS["Inventories"], "$", bold=True, rule=True, total=True),
        *(amounts(name, values, "$" if n == 0 else "", gap=7.0 if n == 0 else 0.0) for n, (name, values) in enumerate(f.PLANT.items())),
        amounts("Property, plant and equipment, at cost", f.plus(*f.PLANT.values()), rule=True),
        amounts("Accumulated depreciation", f.DEPRECIATED),
        amounts("Property, plant and equipment, net", f.OTHER_ASSETS["Property, plant and equipment, net"], "$", bold=True, rule=True, total=True),
    ])  # fmt: skip
    leaf.text(
        """Inventories are net of write-downs of $4.4 million (2024: $4.9 million). Depreciation was $17.6 million in 2025, $15.9 million in 2024
        and $14.7 million in 2023. The Calder Point tank, which had cost $13.6 million when it was finished in May 2025, is shown under
        test vessels and tanks and in part under machinery.""",
        NOTE,
    )
    leaf.text("5. Acquisition, goodwill and intangible assets", HEAD)
    leaf.text(
        """On July 1, 2025 the company acquired all shares of Tern Acoustics Limited for $7.9 million in cash, or $7.5 million net of the
        cash that came with it. Of the price, $3.6 million was attributed to designs and customer relations, which are written off over eight years, and
        $3.9 million to goodwill, which is not deductible for tax. Goodwill rose by a further $0.8 million through exchange rates.""",
        NOTE,
    )
    leaf.table(
        wide(4, number=74),
        [[Span("Goodwill", 0, 0), Span("Navigation", 1, 1), Span("Monitoring", 2, 2), Span("Data", 3, 3), Span("Total", 4, 4)]],
        [
            amounts("Balance at December 31, 2024", (201, 471, 154, 826), "$"),
            amounts("Acquisition of Tern Acoustics", (0, 39, 0, 39)),
            amounts("Exchange rates", (1, 6, 1, 8)),
            amounts("Balance at December 31, 2025", (202, 516, 155, 873), "$", bold=True, rule=True, total=True),
        ],
    )
    leaf.text(
        """Amortization of intangible assets was $8.9 million in 2025. For the assets held at year end it will be $8.6 million in 2026,
        $7.9 million in 2027, $6.8 million in 2028, $5.2 million in 2029 and $9.7 million after that.""",
        NOTE,
    )


def third_notes(book: Book, page: Page) -> None:
    """Page F-8: leases, debt, tax."""
    leaf = page(book, "F-8", PART)
    leaf.y = 78
    leaf.text("6. Leases", HEAD)
    leaf.text(
        """The company leases offices, two of its seven works and a berth for test boats. The weighted average remaining term was
        6.1 years and the weighted average discount rate 4.8% at December 31, 2025.""",
        NOTE,
    )
    two = [Column(299, numbers=False), Column(84), Column(84)]
    leaf.table(two, years(2, "Lease cost"), [
        *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.LEASE_COST.items())),
        amounts("Total lease cost", f.plus(*f.LEASE_COST.values()), "$", bold=True, rule=True, total=True),
    ])  # fmt: skip
    payments = f.plus(*f.LEASE_PAYMENTS.values())
    leaf.table([Column(383, numbers=False), Column(84)], [[Span("Payments due under operating leases", 0, 0), Span("Amount", 1, 1)]], [
        *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.LEASE_PAYMENTS.items())),
        amounts("Total lease payments", payments, rule=True),
        amounts("Less: imputed interest", f.LEASE_INTEREST),
        amounts("Operating lease liabilities", f.plus(payments, f.LEASE_INTEREST), "$", bold=True, rule=True, total=True),
    ])  # fmt: skip
    leaf.text("7. Debt", HEAD)
    leaf.text(
        """A term loan from a group of four banks stood at $100.0 million at December 31, 2025 and $120.0 million at December 31, 2024. It
        carries a floating rate, 5.4% on average in 2025, and is due with $10.0 million in 2026, $10.0 million in 2027 and $80.0 million in
        June 2028. In 2025 the company repaid $10.0 million more than it had to. The loan asks that debt stay below 3.0 times income
        before interest, taxes, depreciation and amortization; the ratio was 1.0. The revolving credit facility of $75.0 million was not used.""",
        NOTE,
    )
    leaf.text("8. Income taxes", HEAD)
    leaf.table(two, years(2, "From the statutory rate to the provision"), [
        *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.TAX_BRIDGE.items())),
        amounts("Provision for income taxes", f.TAX[:2], "$", bold=True, rule=True, total=True),
        Row(["Effective tax rate", "22.5%", "22.7%"], gap=3),
        amounts("Of which current tax", f.CURRENT_TAX[:2], "$"),
        amounts("Of which deferred tax", f.DEFERRED_TAX[:2]),
    ])  # fmt: skip
    leaf.text(
        """Deferred tax assets come from pensions ($2.4 million), deferred revenue ($3.1 million), losses brought forward ($1.2 million) and other
        differences ($1.2 million). Tax years from 2021 on are open to examination. Unrecognized tax benefits were $2.7 million.""",
        NOTE,
    )


def fourth_notes(book: Book, page: Page) -> None:
    """Page F-9: the remaining notes."""
    leaf = page(book, "F-9", PART)
    leaf.y = 78
    leaf.text("9. Commitments and contingencies", HEAD)
    leaf.text(
        """The company was committed to buy equipment for $9.1 million and titanium forgings for $6.4 million. A former distributor claims
        $2.3 million for the end of its contract; the company considers the claim unfounded and has made no provision. Banks have given guarantees of
        $11.8 million to customers on the company's behalf.""",
        NOTE,
    )
    leaf.text("10. Earnings per share", HEAD)
    leaf.table(wide(3), years(3), [
        amounts("Net income", f.NET_INCOME, "$"),
        amounts("Weighted average shares, basic", f.BASIC_SHARES, gap=3),
        amounts("Effect of share awards", f.DILUTIVE_SHARES),
        amounts("Weighted average shares, diluted", f.DILUTED_SHARES, rule=True),
        Row(["Basic earnings per share", *(f"$ {value}" for value in f.BASIC_EPS)], bold=True, gap=3),
        Row(["Diluted earnings per share", *(f"$ {value}" for value in f.DILUTED_EPS)], bold=True),
    ])  # fmt: skip
    leaf.text("Awards over 0.3 million shares were left out in 2025 because they would have raised earnings per share (2024: 0.5 million).", NOTE)
    leaf.text("11. Share-based compensation", HEAD)
    leaf.text(
        """Share awards vest over three years, those of the executive directors only if operating income grows by at least 8% a year.
        Compensation cost was $9.8 million in 2025, $8.6 million in 2024 and $7.4 million in 2023. Cost not yet recognized was $12.6 million and will be spread
        over 1.9 years on average.""",
        NOTE,
    )
    leaf.table([Column(271, numbers=False), Column(98), Column(98)],
        [[Span("Share awards in 2025", 0, 0), Span("Shares (millions)", 1, 1), Span("Fair value per share", 2, 2)]], [
        Row(["Outstanding at January 1", "1.9", "$ 11.84"]),
        Row(["Granted", "0.8", "14.60"]),
        Row(["Vested", "(0.7)", "10.92"]),
        Row(["Forfeited", "(0.1)", "12.47"]),
        Row(["Outstanding at December 31", "1.9", "$ 13.31"], bold=True, rule=True, total=True),
    ])  # fmt: skip
    leaf.text("12. Pensions", HEAD)
    leaf.text(
        """The plan in Port Calder has been closed to new members since 2014 and has 412 members. At December 31, 2025 its obligations
        were $51.7 million and its assets $42.3 million; the difference of $9.4 million is shown as pension obligations. The discount rate was
        5.1%. The company paid $1.8 million into the plan in 2025 and expects to pay the same in 2026. Contributions to other plans were $7.2 million.""",
        NOTE,
    )
    leaf.text("13. Restructuring", HEAD)
    leaf.text(
        """In 2025 the company closed its repair shop in Elmsport. Of the charge of $4.2 million, $3.4 million had been paid by year end; the
        rest of $0.8 million is shown under accrued liabilities and will be paid in the first half of 2026. No charge arose in 2024.""",
        NOTE,
    )
    leaf.text("14. Subsequent events", HEAD)
    leaf.text(
        """On January 30, 2026 the company agreed to acquire Skerry Data AS, which forecasts waves for offshore crews, for $18.5 million in cash;
        the purchase is expected to close in the second quarter of 2026. On February 12, 2026 the Board proposed a final dividend of $0.15 per share,
        about $9.2 million in all, which these statements do not show as a liability. On February 20, 2026 a storm damaged the berth in Halden
        Bay; the repair will cost about $0.7 million, most of it insured.""",
        NOTE,
    )
    leaf.space(4)
    leaf.rule(leaf.y, weight=0.5)
    leaf.space(6)
    leaf.text("Approved by the Board on March 4, 2026 and signed on its behalf by Daniel Achterberg and Priya Venkatarama.", FOOT)
