"""The pages F-6 to F-9: the notes to the financial statements."""

from typeset import Book, Column, Row, Span, Style

from harbourlight import figures as f
from harbourlight.look import page
from harbourlight.tables import FOOT, HEAD, NOTE, PART, TITLE, UNIT, amounts, wide, years


def basis_and_revenue(book: Book) -> None:
    """Page F-6: basis and revenue."""
    leaf = page(book, "F-6", PART, (1, "Notes to the consolidated financial statements"))
    leaf.y = 78
    leaf.text("Notes to the consolidated financial statements", TITLE)
    leaf.text("(in millions, except per share amounts, or as otherwise stated)", UNIT)
    leaf.text("1. The company and its accounting policies", HEAD)
    for words in (
        """Harbourlight Instruments plc designs, makes and services marine sensors and sells readings from them.
        The statements include the company and all 14 subsidiaries that it controls; balances and dealings
        between them are left out. Subsidiaries with another currency are translated at the rate of the balance
        sheet date, their income at average rates.""",
        """**Revenue.** Revenue from products is recognized when control passes, which is on delivery to the
        carrier for sensor heads and on signed acceptance for observatories. Subscriptions are recognized evenly
        over their term, calibration and repair when the instrument leaves our works. Products carry a warranty
        of three years; the provision was $5.8 million at December 31, 2025.""",
        """**Plant and equipment.** Cost is written off evenly over 30 to 40 years for buildings, 5 to 12 years
        for machinery and equipment, 15 years for test vessels and tanks and 3 to 8 years for fixtures, fittings
        and software.""",
        """**Goodwill** is tested each October 1 and whenever something suggests that it has lost value. No loss
        was recognized in the three years shown. Other intangible assets are written off over 4 to 12 years.""",
        """**Estimates.** The statements rest on estimates, chiefly of the split of contract prices, the
        warranty provision, the life of intangible assets, and pension obligations. What happens may differ from
        them.""",
        """**New rules.** The rules on the presentation of cash flows that apply from 2026 will move interest
        paid, $6.1 million in 2025, from operating to financing activities. Other new rules will not change
        these statements noticeably.""",
    ):
        leaf.text(words, NOTE)
    leaf.space(3)
    leaf.text("2. Revenue by segment and by region", HEAD)
    style = Style("sans", size=8.3, leading=13.6)
    total = amounts("Total revenue", f.REVENUE, "$", bold=True, rule=True, total=True)
    leaf.table(
        wide(3),
        years(3, "By segment"),
        [
            *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.SEGMENTS.items())),
            total,
        ],
        style,
    )
    leaf.table(
        wide(3),
        years(3, "By region, after the customer's place of business"),
        [
            *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.REGIONS.items())),
            total,
        ],
        style,
    )
    leaf.text(
        """Deferred revenue of $31.0 million at the beginning of the year, of which $22.9 million became revenue
        in 2025, rose to $38.5 million. Contracts not yet fulfilled come to $186.3 million; about 78% of this
        will become revenue in 2026.""",
        NOTE,
    )


def segments_and_assets(book: Book) -> None:
    """Page F-7: segments, inventories, plant, acquisition."""
    leaf = page(book, "F-7", PART)
    leaf.y = 78
    leaf.text("3. Segment income", HEAD)
    leaf.text(
        """The Chief Executive Officer decides on resources by segment operating income. Corporate costs, which
        include share-based compensation of directors and the cost of the head office, and restructuring are not
        charged to the segments.""",
        NOTE,
    )
    leaf.table(
        wide(3),
        years(3),
        [
            *(
                amounts(name, values, "$" if n == 0 else "")
                for n, (name, values) in enumerate(f.SEGMENT_INCOME.items())
            ),
            amounts("Segment operating income", f.plus(*f.SEGMENT_INCOME.values()), rule=True),
            amounts("Unallocated corporate costs", f.UNALLOCATED),
            amounts("Restructuring", f.minus(f.RESTRUCTURING)),
            amounts("Operating income", f.OPERATING_INCOME, "$", bold=True, rule=True, total=True),
        ],
    )
    leaf.text("4. Inventories and plant", HEAD)
    heads = [[Span("December 31,", 1, 2)], [Span("", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2)]]
    leaf.table(
        wide(2, number=84),
        heads,
        [
            *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.INVENTORIES.items())),
            amounts("Inventories", f.CURRENT_ASSETS["Inventories"], "$", bold=True, rule=True, total=True),
            *(
                amounts(name, values, "$" if n == 0 else "", gap=7.0 if n == 0 else 0.0)
                for n, (name, values) in enumerate(f.PLANT.items())
            ),
            amounts("Property, plant and equipment, at cost", f.plus(*f.PLANT.values()), rule=True),
            amounts("Accumulated depreciation", f.DEPRECIATED),
            amounts(
                "Property, plant and equipment, net",
                f.OTHER_ASSETS["Property, plant and equipment, net"],
                "$",
                bold=True,
                rule=True,
                total=True,
            ),
        ],
    )
    leaf.text(
        """Inventories are net of write-downs of $4.4 million (2024: $4.9 million). Depreciation was $17.6
        million in 2025, $15.9 million in 2024 and $14.7 million in 2023. The Calder Point tank, which had cost
        $13.6 million when it was finished in May 2025, is shown under test vessels and tanks and in part under
        machinery.""",
        NOTE,
    )
    leaf.text("5. Acquisition, goodwill and intangible assets", HEAD)
    leaf.text(
        """On July 1, 2025 the company acquired all shares of Tern Acoustics Limited for $7.9 million in cash,
        or $7.5 million net of the cash that came with it. Of the price, $3.6 million was attributed to designs
        and customer relations, which are written off over eight years, and $3.9 million to goodwill, which is
        not deductible for tax. Goodwill rose by a further $0.8 million through exchange rates.""",
        NOTE,
    )
    leaf.table(
        wide(4, number=74),
        [
            [
                Span("Goodwill", 0, 0),
                Span("Navigation", 1, 1),
                Span("Monitoring", 2, 2),
                Span("Data", 3, 3),
                Span("Total", 4, 4),
            ]
        ],
        [
            amounts("Balance at December 31, 2024", (201, 471, 154, 826), "$"),
            amounts("Acquisition of Tern Acoustics", (0, 39, 0, 39)),
            amounts("Exchange rates", (1, 6, 1, 8)),
            amounts("Balance at December 31, 2025", (202, 516, 155, 873), "$", bold=True, rule=True, total=True),
        ],
    )
    leaf.text(
        """Amortization of intangible assets was $8.9 million in 2025. For the assets held at year end it will
        be $8.6 million in 2026, $7.9 million in 2027, $6.8 million in 2028, $5.2 million in 2029 and $9.7
        million after that.""",
        NOTE,
    )


def leases_debt_and_tax(book: Book) -> None:
    """Page F-8: leases, debt, tax."""
    leaf = page(book, "F-8", PART)
    leaf.y = 78
    leaf.text("6. Leases", HEAD)
    leaf.text(
        """The company leases offices, two of its seven works and a berth for test boats. The weighted average
        remaining term was 6.1 years and the weighted average discount rate 4.8% at December 31, 2025.""",
        NOTE,
    )
    two = [Column(299, numbers=False), Column(84), Column(84)]
    leaf.table(
        two,
        years(2, "Lease cost"),
        [
            *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.LEASE_COST.items())),
            amounts("Total lease cost", f.plus(*f.LEASE_COST.values()), "$", bold=True, rule=True, total=True),
        ],
    )
    payments = f.plus(*f.LEASE_PAYMENTS.values())
    leaf.table(
        [Column(383, numbers=False), Column(84)],
        [[Span("Payments due under operating leases", 0, 0), Span("Amount", 1, 1)]],
        [
            *(
                amounts(name, values, "$" if n == 0 else "")
                for n, (name, values) in enumerate(f.LEASE_PAYMENTS.items())
            ),
            amounts("Total lease payments", payments, rule=True),
            amounts("Less: imputed interest", f.LEASE_INTEREST),
            amounts(
                "Operating lease liabilities", f.plus(payments, f.LEASE_INTEREST), "$", bold=True, rule=True, total=True
            ),
        ],
    )
    leaf.text("7. Debt", HEAD)
    leaf.text(
        """A term loan from a group of four banks stood at $100.0 million at December 31, 2025 and $120.0
        million at December 31, 2024. It carries a floating rate, 5.4% on average in 2025, and is due with $10.0
        million in 2026, $10.0 million in 2027 and $80.0 million in June 2028. In 2025 the company repaid $10.0
        million more than it had to. The loan asks that debt stay below 3.0 times income before interest, taxes,
        depreciation and amortization; the ratio was 1.0. The revolving credit facility of $75.0 million was not
        used.""",
        NOTE,
    )
    leaf.text("8. Income taxes", HEAD)
    leaf.table(
        two,
        years(2, "From the statutory rate to the provision"),
        [
            *(amounts(name, values, "$" if n == 0 else "") for n, (name, values) in enumerate(f.TAX_BRIDGE.items())),
            amounts("Provision for income taxes", f.TAX[:2], "$", bold=True, rule=True, total=True),
            Row(["Effective tax rate", "22.5%", "22.7%"], gap=3),
            amounts("Of which current tax", f.CURRENT_TAX[:2], "$"),
            amounts("Of which deferred tax", f.DEFERRED_TAX[:2]),
        ],
    )
    leaf.text(
        """Deferred tax assets come from pensions ($2.4 million), deferred revenue ($3.1 million), losses
        brought forward ($1.2 million) and other differences ($1.2 million). Tax years from 2021 on are open to
        examination. Unrecognized tax benefits were $2.7 million.""",
        NOTE,
    )


def remaining_notes(book: Book) -> None:
    """Page F-9: the remaining notes."""
    leaf = page(book, "F-9", PART)
    leaf.y = 78
    leaf.text("9. Commitments and contingencies", HEAD)
    leaf.text(
        """The company was committed to buy equipment for $9.1 million and titanium forgings for $6.4 million. A
        former distributor claims $2.3 million for the end of its contract; the company considers the claim
        unfounded and has made no provision. Banks have given guarantees of $11.8 million to customers on the
        company's behalf.""",
        NOTE,
    )
    leaf.text("10. Earnings per share", HEAD)
    leaf.table(
        wide(3),
        years(3),
        [
            amounts("Net income", f.NET_INCOME, "$"),
            amounts("Weighted average shares, basic", f.BASIC_SHARES, gap=3),
            amounts("Effect of share awards", f.DILUTIVE_SHARES),
            amounts("Weighted average shares, diluted", f.DILUTED_SHARES, rule=True),
            Row(["Basic earnings per share", *(f"$ {value}" for value in f.BASIC_EPS)], bold=True, gap=3),
            Row(["Diluted earnings per share", *(f"$ {value}" for value in f.DILUTED_EPS)], bold=True),
        ],
    )
    leaf.text(
        """Awards over 0.3 million shares were left out in 2025 because they would have raised earnings per share (2024:
        0.5 million).""",
        NOTE,
    )
    leaf.text("11. Share-based compensation", HEAD)
    leaf.text(
        """Share awards vest over three years, those of the executive directors only if operating income grows
        by at least 8% a year. Compensation cost was $9.8 million in 2025, $8.6 million in 2024 and $7.4 million
        in 2023. Cost not yet recognized was $12.6 million and will be spread over 1.9 years on average.""",
        NOTE,
    )
    leaf.table(
        [Column(271, numbers=False), Column(98), Column(98)],
        [[Span("Share awards in 2025", 0, 0), Span("Shares (millions)", 1, 1), Span("Fair value per share", 2, 2)]],
        [
            Row(["Outstanding at January 1", "1.9", "$ 11.84"]),
            Row(["Granted", "0.8", "14.60"]),
            Row(["Vested", "(0.7)", "10.92"]),
            Row(["Forfeited", "(0.1)", "12.47"]),
            Row(["Outstanding at December 31", "1.9", "$ 13.31"], bold=True, rule=True, total=True),
        ],
    )
    leaf.text("12. Pensions", HEAD)
    leaf.text(
        """The plan in Port Calder has been closed to new members since 2014 and has 412 members. At December
        31, 2025 its obligations were $51.7 million and its assets $42.3 million; the difference of $9.4 million
        is shown as pension obligations. The discount rate was 5.1%. The company paid $1.8 million into the plan
        in 2025 and expects to pay the same in 2026. Contributions to other plans were $7.2 million.""",
        NOTE,
    )
    leaf.text("13. Restructuring", HEAD)
    leaf.text(
        """In 2025 the company closed its repair shop in Elmsport. Of the charge of $4.2 million, $3.4 million
        had been paid by year end; the rest of $0.8 million is shown under accrued liabilities and will be paid
        in the first half of 2026. No charge arose in 2024.""",
        NOTE,
    )
    leaf.text("14. Subsequent events", HEAD)
    leaf.text(
        """On January 30, 2026 the company agreed to acquire Skerry Data AS, which forecasts waves for offshore
        crews, for $18.5 million in cash; the purchase is expected to close in the second quarter of 2026. On
        February 12, 2026 the Board proposed a final dividend of $0.15 per share, about $9.2 million in all,
        which these statements do not show as a liability. On February 20, 2026 a storm damaged the berth in
        Halden Bay; the repair will cost about $0.7 million, most of it insured.""",
        NOTE,
    )
    leaf.space(4)
    leaf.rule(leaf.y, weight=0.5)
    leaf.space(6)
    leaf.text(
        "Approved by the Board on March 4, 2026 and signed on its behalf by Daniel Achterberg and Priya Venkatarama.",
        FOOT,
    )
