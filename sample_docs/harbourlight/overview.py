"""The cover and the pages i to iv: contents, letter to shareholders, at a glance."""

from typeset import GREY, INK, PALE, WHITE, Book, Column, Row, Span, Style

from harbourlight import figures as f
from harbourlight.look import AMBER, HEAD, LETTER, LOOK, MIST, NAVY, SERIES, SMALL, SUBHEAD, opening, page


def cover(book: Book) -> None:
    """No running head and no number."""
    leaf = book.leaf("", (1, "Cover"))
    leaf.box(0, 0, 595, 842, NAVY)
    for step in range(7):
        y = 560 + step * 30
        wave = [(x, y + (step + 5) * 3.1 * _wave(x / 97 + step * 0.7)) for x in range(-5, 601, 4)]
        shade = 0.13 + step * 0.035
        leaf.path([*wave, (600, 842), (-5, 842)], (0.05, 0.20 + shade * 0.55, 0.33 + shade * 0.5), 0, closed=True)
    leaf.box(64, 118, 108, 121, AMBER)
    leaf.words(64, 106, "HARBOURLIGHT INSTRUMENTS PLC", Style("sans", size=10.5, bold=True, colour=WHITE))
    leaf.words(62, 206, "Listening", Style(size=58, colour=WHITE))
    leaf.words(62, 268, "to the sea", Style(size=58, colour=WHITE))
    leaf.words(64, 322, "Annual Report 2025", Style(size=20, colour=(0.80, 0.90, 0.92)))
    leaf.words(64, 346, "Year ended December 31, 2025", Style("sans", size=10, colour=(0.72, 0.82, 0.86)))
    leaf.words(
        64,
        800,
        "Harbourlight Instruments plc is an invented company; this report is sample data.",
        Style("sans", size=7.6, colour=WHITE),
    )


def _wave(x: float) -> float:
    """A soft wave without a library: a parabola in each half period."""
    part = x % 2
    return 1 - (2 * part - 1) ** 2 if part < 1 else (2 * part - 3) ** 2 - 1


def contents(book: Book) -> None:
    """Page i."""
    leaf = page(book, "i", "Contents", (1, "Contents"))
    opening(leaf, "Annual Report 2025", "Contents")
    parts = [
        ("Overview", [("Letter to shareholders", "ii"), ("At a glance", "iv")]),
        (
            "Strategic report",
            [
                ("Our business and strategy", "1"),
                ("Segment review", "2"),
                ("Markets and regions", "3"),
                ("Financial review", "4"),
                ("Liquidity and capital resources", "5"),
                ("Risk factors", "6"),
            ],
        ),
        (
            "Responsibility and governance",
            [("Our people", "8"), ("Environment and society", "9"), ("Corporate governance", "10")],
        ),
        (
            "Financial statements",
            [
                ("Report of the independent auditor", "F-1"),
                ("Consolidated statements of income", "F-2"),
                ("Consolidated balance sheets", "F-3"),
                ("Consolidated statements of cash flows", "F-4"),
                ("Consolidated statements of changes in equity", "F-5"),
                ("Notes to the consolidated financial statements", "F-6"),
            ],
        ),
    ]
    leaf.space(4)
    entry, number = Style(size=10.6), Style("sans", size=9.2, colour=NAVY)
    for title, entries in parts:
        leaf.space(8)
        leaf.text(title, HEAD)
        for name, label in entries:
            leaf.space(18.5)
            leaf.words(leaf.left, leaf.y, name, entry)
            leaf.words(leaf.right, leaf.y, label, number, "right")
            leaf.rule(leaf.y + 5, weight=0.35, colour=PALE)
        leaf.space(15)
    leaf.space(6)
    leaf.text("About this report", SUBHEAD)
    leaf.text(
        """Amounts are in United States dollars and, unless we say otherwise, in millions. Rounded figures are
        the sum of rounded parts. A year is the twelve months ended December 31. Statements about the future
        rest on what the Board knew on March 4, 2026 and may turn out differently; the risk factors on page 6
        say why. Harbourlight Instruments plc, its people, places and products are invented, and the report may
        be copied and changed freely (CC0).""",
        SMALL.but(size=7.9, leading=11.4),
    )


def letter(book: Book) -> None:
    """Pages ii and iii."""
    leaf = page(book, "ii", "Letter to shareholders", (1, "Letter to shareholders"))
    opening(
        leaf,
        "Letter to shareholders",
        "A year of quiet instruments",
        """“We sold more sensors than ever before, and for the first time a seventh of our revenue came from what they
        hear.”""",
    )
    for part in (
        "Dear shareholders,",
        """In 2025 Harbourlight grew revenue by 14.6% to $427.4 million, the fourth year in a row of growth
        above ten percent. Operating income rose by 25.7% to $75.7 million, and our operating margin reached
        17.7%, a year earlier than the target we gave you in 2023. Net income was $55.4 million, or $0.89 per
        diluted share, against $43.0 million and $0.69 in 2024.""",
        """Those are the figures. What lies behind them is simpler: ships, wind farms and research fleets want
        to know what happens beneath them, and they want to know it now rather than at the end of a voyage. Our
        instruments answer that wish. We delivered 18,640 sensor heads in the year, up from 16,210, and at its
        end 9,275 of those at sea were sending their readings to our Data Services centre in Port Calder.""",
        """**Building where it matters.** In May we opened the Calder Point acoustic tank. It is 38 metres long
        and holds 2,900 cubic metres of still water, and it lets us calibrate low-frequency hydrophones under
        our own roof instead of waiting for a slot at a public laboratory. Calibration time for the Sounder 400
        family fell from eleven weeks to four. The tank cost $13.6 million, a little more than half of our
        capital expenditure for the year.""",
        """**A small acquisition.** On July 1 we acquired Tern Acoustics, a team of 31 engineers who design
        quiet preamplifiers, for $7.5 million in cash. Their first joint product with us, the TA-12 front end,
        already ships inside our moored observatories and halves the noise floor of the model it replaces.""",
        """**Orders.** Order intake was $468.9 million, which is 1.10 times revenue. The order backlog stood at
        $186.3 million at year end, of which we expect to deliver about 78% in 2026. The largest single order,
        worth $21.7 million, is for 140 drifting profilers for the Meridian Ocean Survey.""",
        """**What went less well.** Our Rookhaven plant lost 19 production days to a failure of its vacuum
        furnace in February, and we shipped about $6 million of navigation sensors a quarter later than
        promised. We have since bought a second furnace. We also closed the small repair shop in Elmsport and
        moved its work to Port Calder; together with redundancy payments this explains the restructuring charge
        of $4.2 million.""",
    ):
        leaf.text(part, LETTER)
    leaf = page(book, "iii", "Letter to shareholders")
    for part in (
        """**Money.** Operations brought in $91.8 million of cash. After $24.2 million of capital expenditure,
        free cash flow was $67.6 million. We used it to repay $20.0 million of debt, to pay $15.9 million in
        dividends and to buy back $3.0 million of shares. We ended the year with more cash and short-term
        investments than debt for the first time since 2019: net cash was $18.4 million, against net debt of
        $30.2 million a year before.""",
        """**Dividend.** The Board proposes a final dividend of $0.15 per share, payable on April 24, 2026 to
        shareholders on the register on March 27, 2026. With it, the dividends for the year would come to $0.27
        per share, an increase of 12.5% on $0.24 for 2024.""",
        """**Looking ahead.** For 2026 we expect revenue between $465 million and $480 million, an operating
        margin of at least 18.5%, and capital expenditure of about $28 million. The main pieces are in place:
        the tank is running, the second furnace is lit, and our Data Services contracts renew at a rate of 96%.""",
        """**The long view.** Our first instrument, a speed log built in 1987 for the pilot boat *Marigold*, was
        still working when the boat was retired last autumn. It came back to us and now hangs in the tank hall,
        next to a Lodestar prototype that does the same task a thousand times more precisely in a housing the
        size of a fist. We would like that one to be in service in 2063.""",
    ):
        leaf.text(part, LETTER)
    leaf.space(4)
    leaf.text("What we promised, and what we did", HEAD)
    leaf.table(
        [Column(205, numbers=False), Column(92), Column(92), Column(78, numbers=False)],
        [[Span("Measure", 0, 0), Span("Target for 2025", 1, 1), Span("Result in 2025", 2, 2), Span("", 3, 3)]],
        [
            Row(["Revenue growth", "at least 12%", "14.6%", "Met"]),
            Row(["Operating margin", "at least 16.5%", "17.7%", "Met"]),
            Row(["Free cash flow", "above $55 million", "$67.6 million", "Met"]),
            Row(["On-time delivery", "95%", "92%", "Missed"]),
            Row(["Lost-time injuries per million hours worked", "below 1.5", "1.3", "Met"]),
        ],
    )
    leaf.text(
        """I thank our 2,148 colleagues, who built, tested, carried and sometimes rescued instruments in every
        ocean this year, and our customers, who tell us plainly when something does not work. And I thank you
        for your patience with a business whose best results are heard only under water.""",
        LETTER,
    )
    leaf.space(12)
    leaf.text("Eleanor Tregarthen", Style(size=15, leading=19, italic=True, colour=NAVY, after=1))
    leaf.text("Chair of the Board", SMALL.but(size=8.2))
    leaf.space(10)
    leaf.text("Daniel Achterberg", Style(size=15, leading=19, italic=True, colour=NAVY, after=1))
    leaf.text("Chief Executive Officer", SMALL.but(size=8.2, after=10))
    leaf.text("Port Calder, March 4, 2026", SMALL.but(size=8.2))


def glance(book: Book) -> None:
    """Page iv: four figures, two charts, five years."""
    leaf = page(book, "iv", "At a glance", (1, "At a glance"))
    opening(leaf, "Overview", "At a glance")
    tiles = [
        ("$427.4m", "Revenue", "up 14.6%"),
        ("17.7%", "Operating margin", "16.1% in 2024"),
        ("$0.89", "Diluted earnings per share", "$0.69 in 2024"),
        ("$67.6m", "Free cash flow", "$45.9m in 2024"),
    ]
    wide = (leaf.width - 3 * 10) / 4
    for index, (figure, name, note) in enumerate(tiles):
        x = leaf.left + index * (wide + 10)
        leaf.box(x, leaf.y, x + wide, leaf.y + 74, MIST)
        leaf.box(x, leaf.y, x + wide, leaf.y + 2.5, SERIES[1])
        leaf.words(x + 9, leaf.y + 33, figure, Style(size=21, colour=NAVY))
        leaf.words(x + 9, leaf.y + 49, name, Style("sans", size=7.6, bold=True))
        leaf.words(x + 9, leaf.y + 62, note, Style("sans", size=7.4, colour=GREY))
    leaf.space(100)
    top = leaf.y
    leaf.words(leaf.left, top, "Revenue by segment, $ millions", SUBHEAD.but(size=9.2))
    leaf.words(leaf.left + 286, top, "Revenue by region, 2025", SUBHEAD.but(size=9.2))
    base, scale, label = top + 192, 150 / 4500, Style("sans", size=7.4, colour=GREY)
    for mark in range(5):
        y = base - mark * 1000 * scale
        leaf.rule(y, leaf.left + 22, leaf.left + 252, 0.4, PALE)
        leaf.words(leaf.left + 16, y + 2.5, str(mark * 100), label, "right")
    for column, year in enumerate(reversed(f.YEARS)):
        x, y, place = leaf.left + 44 + column * 74, base, f.YEARS.index(year)
        for shade, amounts in zip(SERIES, f.SEGMENTS.values(), strict=False):
            high = amounts[place] * scale
            leaf.box(x, y - high, x + 42, y, shade)
            leaf.words(
                x + 21, y - high / 2 + 2.6, f.show(amounts[place]), Style("sans", size=7.2, colour=WHITE), "centre"
            )
            y -= high
        leaf.words(x + 21, y - 5, f.show(f.REVENUE[place]), Style("sans", size=8, bold=True, colour=NAVY), "centre")
        leaf.words(x + 21, base + 12, year, Style("sans", size=8, bold=True), "centre")
    x = leaf.left + 22
    for shade, name in zip(SERIES, f.SEGMENTS, strict=False):
        leaf.box(x, base + 23, x + 7, base + 30, shade)
        leaf.words(x + 11, base + 29.4, name, label.but(colour=INK))
        x += 92
    for index, (name, amounts) in enumerate(f.REGIONS.items()):
        y, share = top + 32 + index * 40, amounts[0] / f.REVENUE[0]
        leaf.words(leaf.left + 286, y, name, Style("sans", size=8.2))
        leaf.words(
            leaf.right,
            y,
            f"{f.show(amounts[0])}  ({share:.1%})",
            Style("sans", size=8.2, bold=True, colour=NAVY),
            "right",
        )
        leaf.box(leaf.left + 286, y + 6, leaf.right, y + 15, MIST)
        leaf.box(leaf.left + 286, y + 6, leaf.left + 286 + (leaf.width - 286) * share / 0.45, y + 15, SERIES[1])
    leaf.y = base + 58
    leaf.text("Three years in figures", HEAD)
    years = [
        Span("(in millions, except per share amounts and employees)", 0, 0),
        *(Span(year, n + 1, n + 1) for n, year in enumerate(f.YEARS)),
    ]

    def row(name: str, values: list[str], **how: bool) -> Row:
        return Row([name, *values], **how)  # type: ignore[arg-type]

    leaf.table(
        [Column(257, numbers=False), Column(70), Column(70), Column(70)],
        [years],
        [
            row("Revenue", [f.show(v, "$") for v in f.REVENUE], bold=True),
            row("Gross margin", [f"{g / r:.1%}" for g, r in zip(f.GROSS_PROFIT, f.REVENUE, strict=True)]),
            row("Operating income", [f.show(v, "$") for v in f.OPERATING_INCOME]),
            row("Operating margin", [f"{g / r:.1%}" for g, r in zip(f.OPERATING_INCOME, f.REVENUE, strict=True)]),
            row("Net income", [f.show(v, "$") for v in f.NET_INCOME]),
            row("Diluted earnings per share", [f"$ {v}" for v in f.DILUTED_EPS]),
            row("Dividends declared per share", [f"$ {v}" for v in f.DIVIDENDS_PER_SHARE]),
            row("Cash provided by operating activities", [f.show(v, "$") for v in f.FROM_OPERATING]),
            row("Free cash flow", [f.show(v, "$") for v in f.FREE_CASH]),
            row("Order backlog at year end", ["$ 186.3", "$ 144.8", "$ 121.6"]),
            row("Employees at year end", ["2,148", "1,986", "1,851"]),
        ],
        LOOK.table.but(leading=16.0),
    )
    leaf.text(
        "Free cash flow is cash provided by operating activities less purchases of property, plant and equipment.",
        SMALL,
    )
