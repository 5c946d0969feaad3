"""The pages F-1 to F-5: the auditor, and the financial statements."""

from typeset import GREY, Book, Column, Leaf, Row, Span, Style

from harbourlight import figures as f
from harbourlight.look import NAVY, page
from harbourlight.tables import FOOT, HEAD, NOTE, PART, SEE, TITLE, UNIT, amounts, group, wide, years


def start(book: Book, label: str, title: str, unit: str) -> Leaf:
    """The head of a statement."""
    leaf = page(book, label, PART, (1, title))
    leaf.y = 78
    leaf.text(
        "Harbourlight Instruments plc and subsidiaries", Style("sans", size=8.2, colour=GREY, leading=12, after=0)
    )
    leaf.text(title, TITLE)
    leaf.text(unit, UNIT)
    return leaf


def auditor(book: Book) -> None:
    """Page F-1."""
    leaf = page(book, "F-1", PART, (1, "Financial statements"), (2, "Report of the independent auditor"))
    leaf.y = 78
    leaf.text("Report of the independent auditor", TITLE.but(size=22, leading=28, after=6))
    leaf.text("To the shareholders of Harbourlight Instruments plc", UNIT)
    for title, words in (
        (
            "Opinion",
            """We have audited the consolidated balance sheets of Harbourlight Instruments plc and its
         subsidiaries as of December 31, 2025 and 2024, the related consolidated statements of income,
         comprehensive income, cash flows and changes in equity for each of the three years in the period ended
         December 31, 2025, and the notes. In our opinion they present fairly, in all material respects, the
         financial position of the company and the results of its operations and its cash flows for the years
         stated.""",
        ),
        (
            "Basis for opinion",
            """We planned and performed our audits to be reasonably sure that the statements
         are free of material misstatement, whether by error or by fraud. We set materiality for the statements
         as a whole at $3.5 million, which is about 5% of income before income taxes, and reported to the Audit
         Committee every difference above $0.2 million. We are independent of the company.""",
        ),
        (
            "Key audit matter: revenue from observatories",
            """Contracts for moored observatories combine hardware,
         installation and data. In 2025 they brought $58.3 million of revenue. Management must judge how much of
         the price belongs to each part and when the customer takes control. We read 31 contracts, which make up
         84% of this revenue, recalculated the split, and looked at signed acceptance papers. We found no reason
         to disagree.""",
        ),
        (
            "Key audit matter: goodwill of Ocean Monitoring",
            """Of the goodwill of $87.3 million, $51.6 million
         belongs to Ocean Monitoring. The test rests on a growth rate of 2.0% after 2030 and on a discount rate
         of 9.4%. We compared both with sources from outside the company. Recoverable value exceeded the
         carrying amount by $118 million, and a discount rate of 13.1% would be needed to use up the margin.""",
        ),
        (
            "Responsibilities",
            """Management is responsible for the statements and for the internal control behind
         them; the Audit Committee oversees how they are made. It is our task to express an opinion on them.
         Misstatements can remain undiscovered even in an audit that is carried out with care.""",
        ),
    ):
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


def income(book: Book) -> None:
    """Page F-2."""
    leaf = start(book, "F-2", "Consolidated statements of income", "(in millions, except per share amounts)")
    leaf.table(
        wide(3),
        years(3),
        [
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
        ],
        Style("sans", size=8.3, leading=13.4),
    )
    leaf.space(6)
    leaf.text("Consolidated statements of comprehensive income", TITLE)
    leaf.text("(in millions)", UNIT)
    leaf.table(
        wide(3),
        years(3),
        [
            amounts("Net income", f.NET_INCOME, "$"),
            group("Other comprehensive income (loss), net of tax", 3),
            amounts("Foreign currency translation", f.TRANSLATION, indent=1),
            amounts("Gains (losses) on cash flow hedges", f.HEDGES, indent=1),
            amounts("Remeasurement of pension obligations", f.PENSIONS, indent=1),
            amounts("Total other comprehensive income (loss)", f.OTHER_COMPREHENSIVE, rule=True, indent=2),
            amounts("Comprehensive income", f.COMPREHENSIVE, "$", bold=True, rule=True, total=True),
        ],
        Style("sans", size=8.3, leading=13.4),
    )
    leaf.text(SEE, FOOT)


def balance(book: Book) -> None:
    """Page F-3."""
    leaf = start(book, "F-3", "Consolidated balance sheets", "(in millions, except par value)")
    last, before = f.BALANCES[-1], f.BALANCES[-2]
    names = ["", "Share premium", "Retained earnings", "Accumulated other comprehensive loss"]
    par = "Ordinary shares, $0.10 par value; 61.5 and 61.0 shares outstanding"

    def first(values: dict[str, f.Amounts], sign: str = "$", indent: int = 1) -> list[Row]:
        return [
            amounts(name, pair, sign if n == 0 else "", indent=indent) for n, (name, pair) in enumerate(values.items())
        ]

    leaf.table(
        wide(2, number=84),
        [[Span("December 31,", 1, 2)], [Span("", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2)]],
        [
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
            amounts(
                "Total liabilities and equity",
                f.plus(f.TOTAL_LIABILITIES, f.TOTAL_EQUITY),
                "$",
                bold=True,
                rule=True,
                total=True,
            ),
        ],
        Style("sans", size=8.4, leading=14.5),
    )
    leaf.space(4)
    leaf.text(SEE, FOOT)


def cash(book: Book) -> None:
    """Page F-4."""
    leaf = start(book, "F-4", "Consolidated statements of cash flows", "(in millions)")
    operating = list(f.OPERATING_CASH.items())
    leaf.table(
        wide(3),
        years(3),
        [
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
        ],
        Style("sans", size=8.3, leading=14.4),
    )
    leaf.text(
        """Changes in operating assets and liabilities leave out the effects of exchange rates and of the
        business acquired in 2025, and so differ from the changes in the balance sheets.""",
        FOOT.but(after=6),
    )
    leaf.text(SEE, FOOT)


def equity(book: Book) -> None:
    """Page F-5."""
    leaf = start(book, "F-5", "Consolidated statements of changes in equity", "(in millions, except per share amounts)")
    columns = [Column(171, numbers=False), *(Column(width) for width in (46, 46, 50, 52, 58, 44))]
    heads = [
        [
            Span("", 0, 0),
            Span("Number\nof shares", 1, 1),
            Span("Ordinary\nshares", 2, 2),
            Span("Share\npremium", 3, 3),
            Span("Retained\nearnings", 4, 4),
            Span("Other com-\nprehensive\nloss", 5, 5),
            Span("Total\nequity", 6, 6),
        ]
    ]
    rows = [
        Row(
            [move.name, f.show(move.shares), *(f.show(value) for value in move.amounts), f.show(sum(move.amounts))],
            bold=move.balance,
            rule=move.balance and n > 0,
            gap=4.0 if move.balance else 0.0,
            shade=move.balance,
        )
        for n, move in enumerate(f.EQUITY)
    ]
    leaf.table(columns, heads, rows, Style("sans", size=8.0, leading=17.4))
    leaf.text(SEE, FOOT.but(after=14))
    leaf.text("About equity", HEAD)
    for words in (
        """**Shares.** The company has one class of shares with one vote each. Of 80.0 million authorized
        shares, 61.5 million were issued and outstanding at December 31, 2025. Shares that are bought back are
        cancelled at once; in 2025 the company bought 0.2 million shares at an average price of $15.12 each.""",
        """**Dividends.** The dividends declared in 2025 are the final dividend for 2024 of $0.14 per share and
        the interim dividend for 2025 of $0.12 per share. Under the term loan agreement dividends may not exceed
        half of net income in any year.""",
        """**Other comprehensive loss.** Of the accumulated loss of $9.8 million, $6.2 million comes from
        foreign currency translation and $4.1 million from pension obligations; cash flow hedges stand at a gain
        of $0.5 million.""",
    ):
        leaf.text(words, NOTE)
