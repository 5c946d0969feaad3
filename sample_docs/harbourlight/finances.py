"""The pages 4 and 5: financial review, liquidity and capital resources."""

from typeset import Book, Column, Row, Span

from harbourlight import figures as f
from harbourlight.look import HEAD, LOOK, opening, page


def review(book: Book) -> None:
    """Page 4."""
    leaf = page(book, "4", "Strategic report", (1, "Financial review"))
    opening(leaf, "Strategic report", "Financial review")

    def line(name: str, amounts: f.Amounts, **how: object) -> Row:
        dollars = "$" if how.pop("dollars", False) else ""
        return Row(
            [name, *(f.show(v, dollars) for v in amounts), f"{amounts[0] / f.REVENUE[0]:.1%}", f.growth(amounts)], **how
        )  # type: ignore[arg-type,list-item]

    leaf.table(
        [Column(172, numbers=False), Column(59), Column(59), Column(59), Column(59), Column(59)],
        [
            [Span("", 0, 0), Span("Years ended December 31,", 1, 3), Span("% of 2025", 4, 4), Span("Change", 5, 5)],
            [
                Span("(in millions)", 0, 0),
                Span("2025", 1, 1),
                Span("2024", 2, 2),
                Span("2023", 3, 3),
                Span("revenue", 4, 4),
                Span("on 2024", 5, 5),
            ],
        ],
        [
            line("Revenue", f.REVENUE, bold=True, dollars=True),
            line("Cost of revenue", f.COST),
            line("Gross profit", f.GROSS_PROFIT, bold=True, rule=True),
            line("Research and development", f.RESEARCH, indent=1),
            line("Sales and marketing", f.SELLING, indent=1),
            line("General and administrative", f.ADMINISTRATION, indent=1),
            line("Restructuring", f.RESTRUCTURING, indent=1),
            line("Operating income", f.OPERATING_INCOME, bold=True, rule=True),
            line("Net income", f.NET_INCOME, bold=True, dollars=True),
        ],
        LOOK.table.but(leading=16.0),
    )
    for title, words in (
        (
            "Revenue",
            """Revenue grew by $54.5 million. Volume explains 10.2 points of the 14.6% growth, prices
         2.6 points, the acquisition of Tern Acoustics 0.7 points and exchange rates 1.1 points. Products grew
         by 12.6% to $348.6 million, services by 24.3% to $78.8 million.""",
        ),
        (
            "Gross profit",
            """Gross margin rose from 49.9% to 51.5%. The richer mix of services added 0.6 points,
         the redesign of the Sounder 400 added 0.9 points, and lower freight 0.4 points; idle time in Rookhaven
         during the furnace failure took away 0.3 points.""",
        ),
        (
            "Operating expenses",
            """Research and development rose by $7.5 million as the Lodestar and TA-12
         programmes reached their test phase. Sales and marketing fell to 11.6% of revenue from 12.1%. General
         and administrative expense includes $1.3 million for a new planning system. The restructuring charge of
         $4.2 million consists of $2.9 million of redundancy payments and $1.3 million for ending the lease in
         Elmsport.""",
        ),
        (
            "Interest and tax",
            """Interest expense fell to $6.3 million because we repaid debt; the average
         interest rate on the term loan was 5.4%. The effective tax rate was 22.5%, against 22.7% in 2024. We
         expect between 22% and 23% in 2026.""",
        ),
        (
            "Net income and earnings per share",
            """Net income rose by 28.8% to $55.4 million. Diluted earnings per
         share rose by 29.0% to $0.89. Without restructuring and its tax effect of $1.0 million, net income
         would have been $58.6 million.""",
        ),
    ):
        leaf.text(title, HEAD)
        leaf.text(words)


def liquidity(book: Book) -> None:
    """Page 5."""
    leaf = page(book, "5", "Strategic report", (1, "Liquidity and capital resources"))
    opening(leaf, "Strategic report", "Liquidity and capital resources")
    leaf.text(
        """Our cash comes from customers. At December 31, 2025 we held $96.4 million in cash and cash
        equivalents and $22.0 million in short-term investments, and could draw on a revolving credit facility
        of $75.0 million that runs until June 2029 and was not used during the year. We believe that this covers
        our needs for at least the next twelve months."""
    )
    three = [Column(245, numbers=False), Column(74), Column(74), Column(74)]
    heads = [[Span("(in millions)", 0, 0), *(Span(year, n + 1, n + 1) for n, year in enumerate(f.YEARS))]]
    leaf.text("Cash flows", HEAD)
    leaf.table(
        three,
        heads,
        [
            Row(["Cash provided by operating activities", *(f.show(v, "$") for v in f.FROM_OPERATING)]),
            Row(["Cash used in investing activities", *(f.show(v) for v in f.FROM_INVESTING)]),
            Row(["Cash used in financing activities", *(f.show(v) for v in f.FROM_FINANCING)]),
            Row(["Effect of exchange rates on cash", *(f.show(v) for v in f.EXCHANGE_EFFECT)]),
            Row(
                ["Increase in cash and cash equivalents", *(f.show(v, "$") for v in f.CASH_CHANGE)],
                bold=True,
                rule=True,
                total=True,
            ),
        ],
        LOOK.table.but(leading=15.6),
    )
    leaf.text(
        """Operating cash flow rose by $18.5 million. Higher income brought two thirds of the increase;
        customers who pay for a year of data in advance brought $7.5 million of deferred revenue. Receivables
        were outstanding for 64 days at year end, one day fewer than in 2024, and inventory covered 109 days of
        cost of revenue."""
    )
    leaf.text("Net cash", HEAD)
    debt = tuple(
        a + b
        for a, b in zip(
            f.CURRENT_LIABILITIES["Current portion of long-term debt"],
            f.OTHER_LIABILITIES["Long-term debt"],
            strict=True,
        )
    )
    cash, short = f.CURRENT_ASSETS["Cash and cash equivalents"], f.CURRENT_ASSETS["Short-term investments"]
    net = f.plus(cash, short, f.minus(debt))
    leaf.table(
        [Column(297, numbers=False), Column(85), Column(85)],
        [[Span("(in millions)", 0, 0), Span("December 31, 2025", 1, 1), Span("December 31, 2024", 2, 2)]],
        [
            Row(["Cash and cash equivalents", *(f.show(v, "$") for v in cash)]),
            Row(["Short-term investments", *(f.show(v) for v in short)]),
            Row(["Term loan, including the current portion", *(f.show(-v) for v in debt)]),
            Row(["Net cash (net debt)", *(f.show(v, "$") for v in net)], bold=True, rule=True, total=True),
        ],
        LOOK.table.but(leading=15.6),
    )
    leaf.text("Capital expenditure and commitments", HEAD)
    leaf.text(
        """Purchases of property, plant and equipment were $24.2 million, of which $13.6 million went into the
        Calder Point tank and $3.8 million into the second vacuum furnace. At year end we were committed to buy
        equipment for $9.1 million. Payments due under operating leases come to $29.6 million, as note 6 on page
        F-8 sets out."""
    )
    leaf.text("Use of capital", HEAD)
    leaf.text(
        """We spend first on the business, then on small acquisitions that bring us people and designs, then on
        a dividend of 25% to 35% of net income, and return what is left. The share repurchase programme of $20.0
        million approved in May 2024 had $14.5 million left at year end."""
    )
