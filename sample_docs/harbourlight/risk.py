"""The pages 6 and 7: risk factors in two columns, and what the Board makes of them."""

from typeset import GREY, INK, WHITE, Book, Column, Leaf, Row, Span, Style

from harbourlight.look import AMBER, HEAD, LOOK, MIST, SUBHEAD, opening, page


def risks(book: Book) -> None:
    """Pages 6 and 7, in two columns."""
    leaf = page(book, "6", "Strategic report", (1, "Risk factors"))
    opening(leaf, "Strategic report", "Risk factors")
    body = LOOK.body.but(size=9.5, leading=13.6, justify=False, after=6.5)
    head = SUBHEAD.but(size=9.2, leading=13.5)
    first = [
        (
            "Supply and production",
            [
                (
                    "We depend on one supplier of titanium forgings.",
                    """All pressure housings for depths beyond 2,000
             metres are made from forgings of a single supplier. Qualifying another would take about fourteen
             months. We hold seven months of stock, which may not be enough.""",
                ),
                (
                    "Our ceramics come from one plant.",
                    """Rookhaven makes every piezoelectric element that we use. In
             February 2025 its vacuum furnace failed and production stopped for 19 days. A second furnace has
             run since November 2025, but both stand in the same hall and share one power supply.""",
                ),
                (
                    "Parts may become scarce or dear.",
                    """Powders for our ceramics contain zirconium and niobium.
             Their prices rose by 17% in 2025. A further rise of 10% would lower gross profit by about $1.9
             million a year.""",
                ),
            ],
        ),
        (
            "Customers and markets",
            [
                (
                    "Public budgets decide a third of our orders.",
                    """About 34% of revenue comes from agencies, navies
             and research institutes. Their budgets can be cut or delayed at short notice, often in the fourth
             quarter, which is our strongest.""",
                ),
                (
                    "Offshore wind may slow.",
                    """Noise monitoring for pile driving brought $39.4 million of revenue in
             2025. Fewer auctions, or foundations that need no piles, would reduce it.""",
                ),
                (
                    "We sell at fixed prices.",
                    """Most orders fix the price when they are placed, nine to sixteen
             weeks before delivery; the Meridian Ocean Survey order fixes it for two
             years.""",
                ),
                (
                    "Rivals may undercut us.",
                    """Two makers of navigation sensors lowered their list prices by about
             8% in 2025. We did not follow, and lost four tenders worth $5.2 million that we would have expected
             to win.""",
                ),
            ],
        ),
        (
            "Technology and data",
            [
                (
                    "A failure of our data centre would be seen at once.",
                    """Pilots and wind farms act on our
             readings. The platform was available 99.93% of the time in 2025. A second site is ready, but moving
             all customers to it takes up to four hours.""",
                ),
                (
                    "Attacks on our systems.",
                    """In August 2025 we found and closed an intrusion into a test server.
             No customer data was on it. We test our defences twice a year and insure losses up to $25 million.""",
                ),
            ],
        ),
        (
            "People and law",
            [
                (
                    "Acoustics engineers are few.",
                    """Perhaps 600 people in the world can design a low-noise
             hydrophone, and 47 of them work for us. Losing several at once would delay new products.""",
                ),
                (
                    "Export licences.",
                    """About 12% of revenue needs an export licence. Licences take four months on
             average; two were refused in 2025, together worth $1.6 million.""",
                ),
                (
                    "Product liability.",
                    """A wrong depth reading can ground a ship. We carry liability insurance of
             $150 million and have had no claim above $0.5 million in ten years.""",
                ),
            ],
        ),
        (
            "Money",
            [
                (
                    "Exchange rates.",
                    """We earn 48% of revenue in euros and have 57% of our costs in pounds. We hedge
             about three quarters of the difference for twelve months. If the dollar rose by 10% against all
             other currencies, operating income would fall by about $4.2 million.""",
                ),
                (
                    "Interest rates.",
                    """The term loan carries a floating rate. One percentage point more would cost
             $1.0 million a year, which the interest on our cash would almost make up for.""",
                ),
                (
                    "Pensions.",
                    """The closed pension plan in Port Calder owed $9.4 million more than it held at year
             end. Half a point less on the discount rate would add $3.7 million.""",
                ),
            ],
        ),
    ]
    leaf.columns(2)
    for title, items in first:
        if title == "Technology and data":
            leaf.next_column()
        leaf.text(title, HEAD.but(size=11.4), keep=40)
        for name, words in items:
            leaf.text(name, head, keep=26)
            leaf.text(words, body)
    heat(page(book, "7", "Strategic report"))


def heat(leaf: Leaf) -> None:
    """Page 7: what the Board makes of the risks."""
    leaf.y = 78
    leaf.text("How we handle risk", HEAD)
    leaf.text(
        """Each risk has an owner on the executive team, who reports to the Audit Committee twice a year. The
        committee ranks risks by how likely they are within three years and by what they would cost in operating
        income. The table shows the six that the Board discussed most in 2025."""
    )
    leaf.table(
        [
            Column(132, numbers=False),
            Column(66, numbers=False),
            Column(74, numbers=False),
            Column(58, numbers=False),
            Column(137, numbers=False),
        ],
        [
            [
                Span("Principal risk", 0, 0),
                Span("Likelihood", 1, 1),
                Span("Effect a year", 2, 2),
                Span("Trend", 3, 3),
                Span("Main answer in 2025", 4, 4),
            ]
        ],
        [
            Row(
                [
                    "Single supplier of forgings",
                    "Medium",
                    "up to $22 million",
                    "Steady",
                    "Seven months of stock; second source being qualified",
                ]
            ),
            Row(
                ["Loss of the Rookhaven plant", "Low", "up to $40 million", "Falling", "Second furnace since November"]
            ),
            Row(
                [
                    "Cuts in public budgets",
                    "Medium",
                    "up to $12 million",
                    "Rising",
                    "More sales to ports and energy companies",
                ]
            ),
            Row(["Failure of the data centre", "Low", "up to $6 million", "Falling", "Second site ready since June"]),
            Row(["Attack on our systems", "Medium", "up to $15 million", "Rising", "Tests twice a year; insurance"]),
            Row(
                ["Loss of key engineers", "Medium", "up to $8 million", "Steady", "Share plan widened to all engineers"]
            ),
        ],
        LOOK.table.but(leading=17.0),
    )
    leaf.text("Likelihood and effect", HEAD)
    risk_map(leaf)
    leaf.text("Risks on the horizon", HEAD)
    leaf.text(
        """Three matters are too far off to be ranked. Quiet electric ferries may need fewer noise sensors than
        today's; satellites may one day measure waves well enough for some of our customers; and a treaty on
        mining the deep sea, whichever way it goes, will change what research fleets look for. The Board looks
        at them again each autumn."""
    )
    leaf.text("Viability", HEAD)
    leaf.text(
        """The Board looked three years ahead and tested three severe but plausible cases: the loss of Rookhaven
        for six months, a fall of 25% in revenue from public customers, and both together. In the worst case
        cash would fall to $21 million in 2027 without any new borrowing. The Board therefore expects the
        company to meet its obligations until December 31, 2028."""
    )


def risk_map(leaf: Leaf) -> None:
    """The six risks by likelihood and effect."""
    left, top, wide, high = leaf.left + 92, leaf.y + 4, leaf.width - 92, 150.0
    label = Style("sans", size=7.6, colour=GREY)
    for n, name in enumerate(("Medium likelihood", "Low likelihood")):
        leaf.box(left, top + n * high / 2, left + wide, top + (n + 1) * high / 2 - 2, MIST)
        leaf.words(leaf.left, top + n * high / 2 + high / 4 + 2, name, label)
    for millions in (0, 10, 20, 30, 40):
        x = left + 14 + (wide - 80) * millions / 40
        leaf.path([(x, top), (x, top + high - 2)], WHITE, 0.8)
        leaf.words(x, top + high + 9, f"${millions} million", label, "centre")
    for name, millions, y in (
        ("Public budgets", 12, 0.27),
        ("Single supplier", 22, 0.17),
        ("Attacks", 15, 0.11),
        ("Engineers", 8, 0.40),
        ("Rookhaven", 40, 0.73),
        ("Data centre", 6, 0.73),
    ):
        x, level = left + 14 + (wide - 80) * millions / 40, top + y * high
        leaf.box(x - 4, level - 4, x + 4, level + 4, AMBER)
        leaf.words(x + 8, level + 2.8, name, label.but(colour=INK))
    leaf.y = top + high + 22
