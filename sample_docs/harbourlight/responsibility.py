"""The pages 8 to 10: people, environment, governance."""

from typeset import Book, Column, Leaf, Row, Span, Style

from harbourlight.look import HEAD, NAVY, SERIES, SUBHEAD, opening, page


def people(book: Book) -> None:
    """Page 8."""
    leaf = page(book, "8", "Responsibility and governance", (1, "Our people"))
    opening(
        leaf,
        "Responsibility and governance",
        "Our people",
        "An instrument that works for eleven years at sea is made by people who stay for longer than that.",
    )
    leaf.text(
        """At the end of 2025 we employed 2,148 people, 162 more than a year before. The median length of
        service is 9.6 years, and 7.4% of colleagues left us of their own accord, against 8.9% in 2024.
        Sixty-four apprentices started in the year, the largest group so far."""
    )
    leaf.table(
        [Column(207, numbers=False), Column(65), Column(65), Column(65), Column(65)],
        [
            [
                Span("Employees at December 31,", 0, 0),
                Span("2025", 1, 1),
                Span("2024", 2, 2),
                Span("Change", 3, 3),
                Span("% of 2025", 4, 4),
            ]
        ],
        [
            Row(["By function", "", "", "", ""], bold=True),
            Row(["Manufacturing", "871", "829", "42", "40.5%"], indent=1),
            Row(["Engineering and research", "612", "548", "64", "28.5%"], indent=1),
            Row(["Sales and service", "428", "391", "37", "19.9%"], indent=1),
            Row(["Administration", "237", "218", "19", "11.0%"], indent=1),
            Row(["By region", "", "", "", ""], bold=True, gap=3),
            Row(["Europe", "1,214", "1,141", "73", "56.5%"], indent=1),
            Row(["North America", "523", "489", "34", "24.3%"], indent=1),
            Row(["Asia Pacific", "352", "304", "48", "16.4%"], indent=1),
            Row(["Rest of world", "59", "52", "7", "2.7%"], indent=1),
            Row(["Total employees", "2,148", "1,986", "162", "100.0%"], bold=True, rule=True, total=True),
        ],
    )
    for title, words in (
        (
            "Safety",
            """There were 1.3 lost-time injuries for each million hours worked, down from 1.9. Eight
         injuries caused lost days in 2025, five of them on the quay and in the test boats. Since March no one
         goes aboard a test boat alone.""",
        ),
        (
            "Learning",
            """Colleagues spent 26 hours each in training. The Tank School, which opened with the
         Calder Point tank, taught 118 engineers how to measure the noise of their own designs.""",
        ),
        (
            "Balance",
            """Women make up 34.6% of employees, 29.8% of senior managers and three of the eight members
         of the Board. The median pay gap in our home country was 8.2%, against 9.7% in 2024. We publish the
         figures for each site on our website.""",
        ),
        (
            "Pay and shares",
            """Since 2025 every engineer takes part in the share plan. At year end employees held
         4.8% of the company, and 71% of those who may had joined the savings plan, which lets them buy shares
         at a discount of 15%.""",
        ),
        (
            "Listening",
            """The yearly survey was answered by 87% of colleagues; 81% would recommend us as a place
         to work. Their most frequent wish was for fewer changes to the production plan in the last week of a
         quarter. From 2026 the plan is frozen ten days ahead.""",
        ),
    ):
        leaf.text(title, HEAD)
        leaf.text(words)


def environment(book: Book) -> None:
    """Page 9."""
    leaf = page(book, "9", "Responsibility and governance", (1, "Environment and society"))
    opening(leaf, "Responsibility and governance", "Environment and society")
    leaf.text(
        """What our instruments do for the sea outweighs what making them takes from it, but that is no reason
        not to take less. We report our own emissions (scopes 1 and 2) for all sites, measured with the
        market-based method. In 2025 they fell by 9.0% while revenue grew by 14.6%."""
    )
    leaf.table(
        [Column(247, numbers=False), Column(72), Column(72), Column(76)],
        [[Span("Environmental figures", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2), Span("Target for 2030", 3, 3)]],
        [
            Row(["Scope 1 emissions (tonnes of CO2 equivalent)", "1,940", "2,110", "1,200"]),
            Row(["Scope 2 emissions (tonnes of CO2 equivalent)", "4,540", "5,010", "1,500"]),
            Row(["Scopes 1 and 2 together", "6,480", "7,120", "2,700"], bold=True, rule=True),
            Row(["Emissions per $ million of revenue (tonnes)", "15.2", "19.1", "5.0"], gap=2),
            Row(["Electricity from renewable sources", "71%", "62%", "100%"]),
            Row(["Water taken from the mains (cubic metres)", "48,300", "49,900", "40,000"]),
            Row(["Waste that was recycled", "83%", "79%", "90%"]),
            Row(["Instruments refurbished and sent back to sea", "3,412", "2,960", "6,000"]),
        ],
    )
    leaf.text("Emissions, scopes 1 and 2, in tonnes of CO2 equivalent", SUBHEAD.but(size=9.2))
    emissions(leaf)
    leaf.text("Energy", HEAD)
    leaf.text(
        """The roof of the Port Calder works carries 1.2 megawatts of solar panels since August, which cover 14%
        of its electricity in a year. The new furnace in Rookhaven keeps its heat better and needs 31% less
        energy for each kilogram of ceramic than the old one. Our two test boats will be replaced by electric
        ones in 2027."""
    )
    leaf.text("Instruments that come home", HEAD)
    leaf.text(
        """A lost sensor is litter. Since 2022 we take back every instrument at the end of its life at no
        charge, and in 2025 we refurbished 3,412 of them. Drifting profilers made from 2024 onwards carry a
        beacon that calls for six weeks after their batteries fail; 68% of those that failed in 2025 were found
        and brought back."""
    )
    leaf.text("Whales and noise", HEAD)
    leaf.text(
        """Our arrays paused pile driving 214 times in 2025 because a porpoise or a whale was near. We give the
        recordings, without the names of the sites, to six universities. We do not sell active sonar above 215
        decibels, and ended one enquiry for that reason."""
    )
    leaf.text("Suppliers and communities", HEAD)
    leaf.text(
        """We audited 42 suppliers, who stand for 73% of what we buy, and stopped buying from one. The
        Harbourlight Fund gave $0.9 million, mostly to lifeboat stations and to school trips on research
        vessels: 5,800 children went to sea for a day."""
    )


def emissions(leaf: Leaf) -> None:
    """Bars for five years and the aim for 2030."""
    label = Style("sans", size=7.8)
    for year, tonnes, colour in (
        ("2021", 8640, SERIES[3]),
        ("2022", 8210, SERIES[3]),
        ("2023", 7690, SERIES[3]),
        ("2024", 7120, SERIES[3]),
        ("2025", 6480, SERIES[1]),
        ("Target 2030", 2700, SERIES[2]),
    ):
        leaf.words(leaf.left, leaf.y + 9, year, label)
        end = leaf.left + 62 + (leaf.width - 110) * tonnes / 8640
        leaf.box(leaf.left + 62, leaf.y + 1.5, end, leaf.y + 11, colour)
        leaf.words(end + 5, leaf.y + 9, f"{tonnes:,}", label.but(bold=True, colour=NAVY))
        leaf.space(14.5)
    leaf.space(9)


def governance(book: Book) -> None:
    """Page 10."""
    leaf = page(book, "10", "Responsibility and governance", (1, "Corporate governance"))
    opening(leaf, "Responsibility and governance", "Corporate governance")
    leaf.text(
        """The Board has eight members. Six of them do not work for the company, and the Board considers five of
        these six to be independent; Mr MacInnes advised us until 2021 and is not counted. The Board met eight
        times in 2025, once in the new tank hall while it was still dry."""
    )
    leaf.table(
        [
            Column(128, numbers=False),
            Column(119, numbers=False),
            Column(48, numbers=False, centre=True),
            *(Column(43, numbers=False, centre=True) for _ in range(4)),
        ],
        [
            [Span("", 0, 0), Span("", 1, 1), Span("", 2, 2), Span("Meetings attended in 2025", 3, 6)],
            [
                Span("Director", 0, 0),
                Span("Role", 1, 1),
                Span("Since", 2, 2),
                Span("Board", 3, 3),
                Span("Audit", 4, 4),
                Span("Pay", 5, 5),
                Span("Nomin.", 6, 6),
            ],
        ],
        [
            Row(["Eleanor Tregarthen", "Chair", "2018", "8/8", "—", "4/4", "3/3"]),
            Row(["Daniel Achterberg", "Chief Executive Officer", "2020", "8/8", "—", "—", "—"]),
            Row(["Priya Venkatarama", "Chief Financial Officer", "2022", "8/8", "—", "—", "—"]),
            Row(["Ruairi MacInnes", "Non-executive director", "2019", "7/8", "—", "—", "3/3"]),
            Row(["Sunniva Halvorsrud", "Senior independent director", "2019", "8/8", "5/5", "4/4", "3/3"]),
            Row(["Tomas Iriarte-Quell", "Independent; chairs Audit", "2021", "8/8", "5/5", "—", "—"]),
            Row(["Marcus Lindqvist-Moyo", "Independent; chairs Pay", "2023", "6/8", "—", "4/4", "—"]),
            Row(["Kenji Awataguchi", "Independent", "2024", "8/8", "5/5", "—", "3/3"]),
        ],
    )
    for title, words in (
        (
            "What the Board worked on",
            """It approved the acquisition of Tern Acoustics in May and the second
         furnace in March, reviewed the cyber defences after the intrusion in August, and held a two-day meeting
         on the Lodestar programme in October. An outside review found that it works well and asked for shorter
         papers; the average paper has shrunk from 14 pages to 6.""",
        ),
        (
            "Audit Committee",
            """The committee discussed two matters at length: when revenue from observatories
         should be recognised, and whether the goodwill of Ocean Monitoring still stands. It agreed with
         management on both. Penhallow & Strake LLP have been our auditor since 2019; their fee was $1.2 million
         for the audit and $0.1 million for other work.""",
        ),
        (
            "Pay of the executive directors",
            """The Chief Executive Officer was paid $1.84 million in 2025: a
         salary of $0.62 million, a bonus of $0.51 million, shares worth $0.64 million and $0.07 million of
         pension and other benefits. That is 27 times the median pay of our employees. Bonuses rest on operating
         income (50%), free cash flow (30%) and on-time delivery (20%).""",
        ),
        (
            "Shareholders",
            """At February 27, 2026 we knew of three shareholders above five percent: Calder
         Founders Trust with 14.2%, Northmoor Pension Partnership with 8.7% and Isbister Long Horizon Fund with
         5.9%. The annual meeting will be held in the Pilots' Hall in Port Calder on April 16, 2026, at eleven
         in the morning.""",
        ),
        (
            "Internal control",
            """Management tested 164 key controls and found two that did not work as they
         should, both in the booking of spare parts in Elmsport; that site has closed. The Board considers
         internal control to be effective.""",
        ),
    ):
        leaf.text(title, HEAD)
        leaf.text(words)
