"""The annual report of Harbourlight Instruments plc, an invented maker of marine sensors: 24 pages, three ways of numbering."""  # noqa: INP001 - scripts, not a package

from pathlib import Path

import english_figures as f
from english_statements import statements
from typeset import GREY, INK, PALE, WHITE, Book, Colour, Column, Leaf, Look, Row, Span, Style

NAVY: Colour = (0.05, 0.20, 0.33)
TEAL: Colour = (0.08, 0.48, 0.53)
AMBER: Colour = (0.86, 0.58, 0.16)
MIST: Colour = (0.925, 0.95, 0.96)
SERIES = (NAVY, TEAL, AMBER, PALE)

LOOK = Look(
    accent=NAVY,
    tint=MIST,
    body=Style(size=10.3, leading=15.2, after=7.5, justify=True),
    table=Style("sans", size=8.3, leading=14.2),
)
EYEBROW = Style("sans", size=7.4, colour=TEAL, bold=True)
TITLE = Style(size=24, leading=29, colour=NAVY, after=10)
LEAD = Style(size=12.4, leading=17.6, colour=TEAL, italic=True, after=11)
HEAD = Style(size=12.6, leading=17, colour=NAVY, bold=True, after=4)
SUBHEAD = Style("sans", size=8.8, leading=13, colour=TEAL, bold=True, after=2)
LETTER = LOOK.body.but(size=10.8, leading=16.6, after=9.5)
SMALL = Style("sans", size=7.3, leading=10.2, colour=GREY, after=6)
YEAR_HEADS = [Span("(in millions)", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2), Span("2023", 3, 3), Span("Change", 4, 4)]


def page(book: Book, label: str, part: str, *entries: tuple[int, str]) -> Leaf:
    """A page with its running head and the printed number at its foot."""
    leaf = book.leaf(label, *entries)
    head = Style("sans", size=7.2, colour=GREY)
    leaf.words(leaf.left, 50, "Harbourlight Instruments plc", head.but(bold=True, colour=NAVY))
    leaf.words(leaf.right, 50, part, head, "right")
    leaf.rule(57, weight=0.5, colour=PALE)
    leaf.rule(797, weight=0.5, colour=PALE)
    leaf.words(leaf.left, 810, "Annual Report 2025", head)
    leaf.words(leaf.right, 810, label, Style("sans", size=8.4, bold=True, colour=NAVY), "right")
    return leaf


def opening(leaf: Leaf, eyebrow: str, title: str, lead: str = "") -> None:
    """The head of a chapter."""
    leaf.y = 84
    leaf.words(leaf.left, leaf.y, eyebrow.upper(), EYEBROW)
    leaf.space(4)
    leaf.text(title, TITLE)
    if lead:
        leaf.text(lead, LEAD)


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
    leaf.words(64, 800, "Harbourlight Instruments plc is an invented company; this report is sample data.", Style("sans", size=7.6, colour=WHITE))


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
        ("Strategic report", [("Our business and strategy", "1"), ("Segment review", "2"), ("Markets and regions", "3"),
          ("Financial review", "4"), ("Liquidity and capital resources", "5"), ("Risk factors", "6")]),
        ("Responsibility and governance", [("Our people", "8"), ("Environment and society", "9"), ("Corporate governance", "10")]),
        ("Financial statements", [("Report of the independent auditor", "F-1"), ("Consolidated statements of income", "F-2"),
          ("Consolidated balance sheets", "F-3"), ("Consolidated statements of cash flows", "F-4"),
          ("Consolidated statements of changes in equity", "F-5"), ("Notes to the consolidated financial statements", "F-6")]),
    ]  # fmt: skip
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
        """Amounts are in United States dollars and, unless we say otherwise, in millions. Rounded figures are the sum of
        rounded parts. A year is the twelve months ended December 31. Statements about the future rest on what the Board
        knew on March 4, 2026 and may turn out differently; the risk factors on page 6 say why. Harbourlight Instruments
        plc, its people, places and products are invented, and the report may be copied and changed freely (CC0).""",
        SMALL.but(size=7.9, leading=11.4),
    )


def letter(book: Book) -> None:
    """Pages ii and iii."""
    leaf = page(book, "ii", "Letter to shareholders", (1, "Letter to shareholders"))
    opening(leaf, "Letter to shareholders", "A year of quiet instruments",
            "“We sold more sensors than ever before, and for the first time a seventh of our revenue came from what they hear.”")  # fmt: skip
    for part in (
        "Dear shareholders,",
        """In 2025 Harbourlight grew revenue by 14.6% to $427.4 million, the fourth year in a row of growth above ten
        percent. Operating income rose by 25.7% to $75.7 million, and our operating margin reached 17.7%, a year
        earlier than the target we gave you in 2023. Net income was $55.4 million, or $0.89 per diluted share, against
        $43.0 million and $0.69 in 2024.""",
        """Those are the figures. What lies behind them is simpler: ships, wind farms and research fleets want to know
        what happens beneath them, and they want to know it now rather than at the end of a voyage. Our instruments
        answer that wish. We delivered 18,640 sensor heads in the year, up from 16,210, and at its end 9,275 of
        those at sea were sending their readings to our Data Services centre in Port Calder.""",
        """**Building where it matters.** In May we opened the Calder Point acoustic tank. It is 38 metres long and
        holds 2,900 cubic metres of still water, and it lets us calibrate low-frequency hydrophones under our own roof instead of
        waiting for a slot at a public laboratory. Calibration time for the Sounder 400 family fell from eleven weeks to
        four. The tank cost $13.6 million, a little more than half of our capital expenditure for the year.""",
        """**A small acquisition.** On July 1 we acquired Tern Acoustics, a team of 31 engineers who design quiet
        preamplifiers, for $7.5 million in cash. Their first joint product with us, the TA-12 front end, already
        ships inside our moored observatories and halves the noise floor of the model it replaces.""",
        """**Orders.** Order intake was $468.9 million, which is 1.10 times revenue. The order backlog stood at
        $186.3 million at year end, of which we expect to deliver about 78% in 2026. The largest single order, worth
        $21.7 million, is for 140 drifting profilers for the Meridian Ocean Survey.""",
        """**What went less well.** Our Rookhaven plant lost 19 production days to a failure of its vacuum furnace in
        February, and we shipped about $6 million of navigation sensors a quarter later than promised. We have since
        bought a second furnace. We also closed the small repair shop in Elmsport and moved its work to Port Calder;
        together with redundancy payments this explains the restructuring charge of $4.2 million.""",
    ):  # fmt: skip
        leaf.text(part, LETTER)
    leaf = page(book, "iii", "Letter to shareholders")
    for part in (
        """**Money.** Operations brought in $91.8 million of cash. After $24.2 million of capital expenditure, free cash
        flow was $67.6 million. We used it to repay $20.0 million of debt, to pay $15.9 million in dividends and to buy
        back $3.0 million of shares. We ended the year with more cash and short-term investments than debt for the first
        time since 2019: net cash was $18.4 million, against net debt of $30.2 million a year before.""",
        """**Dividend.** The Board proposes a final dividend of $0.15 per share, payable on April 24, 2026 to
        shareholders on the register on March 27, 2026. With it, the dividends for the year would come to $0.27 per
        share, an increase of 12.5% on $0.24 for 2024.""",
        """**Looking ahead.** For 2026 we expect revenue between $465 million and $480 million, an operating margin of
        at least 18.5%, and capital expenditure of about $28 million. The main pieces are in place: the tank is running,
        the second furnace is lit, and our Data Services contracts renew at a rate of 96%.""",
        """**The long view.** Our first instrument, a speed log built in 1987 for the pilot boat *Marigold*, was still
        working when the boat was retired last autumn. It came back to us and now hangs in the tank hall, next to a Lodestar
        prototype that does the same task a thousand times more precisely in a housing the size of a fist. We would like
        that one to be in service in 2063.""",
    ):  # fmt: skip
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
        """I thank our 2,148 colleagues, who built, tested, carried and sometimes rescued instruments in every ocean
        this year, and our customers, who tell us plainly when something does not work. And I thank you for your patience with a business
        whose best results are heard only under water.""",
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
    tiles = [("$427.4m", "Revenue", "up 14.6%"), ("17.7%", "Operating margin", "16.1% in 2024"),
             ("$0.89", "Diluted earnings per share", "$0.69 in 2024"), ("$67.6m", "Free cash flow", "$45.9m in 2024")]  # fmt: skip
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
    for mark in range(0, 5):
        y = base - mark * 1000 * scale
        leaf.rule(y, leaf.left + 22, leaf.left + 252, 0.4, PALE)
        leaf.words(leaf.left + 16, y + 2.5, str(mark * 100), label, "right")
    for column, year in enumerate(reversed(f.YEARS)):
        x, y, place = leaf.left + 44 + column * 74, base, f.YEARS.index(year)
        for shade, amounts in zip(SERIES, f.SEGMENTS.values(), strict=False):
            high = amounts[place] * scale
            leaf.box(x, y - high, x + 42, y, shade)
            leaf.words(x + 21, y - high / 2 + 2.6, f.show(amounts[place]), Style("sans", size=7.2, colour=WHITE), "centre")
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
        leaf.words(leaf.right, y, f"{f.show(amounts[0])}  ({share:.1%})", Style("sans", size=8.2, bold=True, colour=NAVY), "right")
        leaf.box(leaf.left + 286, y + 6, leaf.right, y + 15, MIST)
        leaf.box(leaf.left + 286, y + 6, leaf.left + 286 + (leaf.width - 286) * share / 0.45, y + 15, SERIES[1])
    leaf.y = base + 58
    leaf.text("Three years in figures", HEAD)
    years = [Span("(in millions, except per share amounts and employees)", 0, 0), *(Span(year, n + 1, n + 1) for n, year in enumerate(f.YEARS))]

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
    leaf.text("Free cash flow is cash provided by operating activities less purchases of property, plant and equipment.", SMALL)


def business(book: Book) -> None:
    """Page 1."""
    leaf = page(book, "1", "Strategic report", (1, "Our business and strategy"))
    opening(leaf, "Strategic report", "Our business and strategy",
            "Harbourlight designs, makes and looks after instruments that measure the sea, and turns what they measure into answers.")  # fmt: skip
    leaf.text(
        """We were founded in 1987 in Port Calder by two ship's pilots and a physicist. Today our sensors guide vessels
        into harbour, watch the foundations of offshore wind farms, and listen for whales so that pile driving can
        pause. We sell to about 3,900 customers in 64 countries. Our ten largest customers brought 31% of revenue in
        2025, and no single customer more than 6%."""
    )
    leaf.text("How we make money", HEAD)
    leaf.text(
        """Some 82% of revenue comes from products: sensor heads, complete observatories and spare parts, most of them built to
        order with a lead time of nine to sixteen weeks. The rest, $78.8 million, comes from services: calibration, repair, and
        subscriptions to readings and forecasts. A sensor typically stays in service for eleven years and over that time
        brings about 1.4 times its purchase price in services."""
    )
    leaf.text("Four priorities for 2024 to 2027", HEAD)
    leaf.bullets(
        [
            "**Quieter instruments.** Lower the noise floor of every hydrophone family by 6 decibels. Two of five families are done.",
            "**More sensors on line.** Connect 15,000 sensors to our data centre by the end of 2027; 9,275 were connected at the end of 2025.",
            "**Delivery that can be relied on.** Ship 95% of orders on the day we promised; we reached 92% in 2025 and 90% in 2024.",
            "**Growth that pays for itself.** Keep return on invested capital above 15%. It was 21.1% in 2025.",
        ]
    )
    leaf.text("Research and development", HEAD)
    leaf.text(
        """Research and development expense was $58.7 million, or 13.7% of revenue, unchanged from 2024 as a share.
        At year end 612 people worked in engineering and research, and we held 287 granted patents in 19 patent
        families. Products launched in the past three years brought 36% of product revenue. The largest project, the Lodestar
        inertial unit, passed its sea trials in October and will go on sale in the third quarter of 2026."""
    )
    leaf.text("Manufacturing and supply", HEAD)
    leaf.text(
        """We make sensor ceramics and housings in Rookhaven, assemble and test in Port Calder, and build observatories
        in Halden Bay. Purchased parts make up 46% of cost of revenue. We buy piezoelectric powder from two suppliers
        and titanium forgings from one; for the forgings we hold seven months of stock."""
    )
    leaf.text("Competition", HEAD)
    leaf.text(
        """We meet four companies of our size or larger in navigation sensors, and many small specialists in
        ocean monitoring. Customers choose on accuracy, on the time between calibrations, and on whether someone picks up
        the telephone. Our Sounder 400 keeps its calibration for 36 months, twice as long as the industry standard asks for."""
    )


def segments(book: Book) -> None:
    """Page 2."""
    leaf = page(book, "2", "Strategic report", (1, "Segment review"))
    opening(leaf, "Strategic report", "Segment review")
    leaf.text("We manage the company in three segments. Segment operating income leaves out corporate costs and restructuring; note 3 on page F-7 reconciles it to operating income.")
    def block(name: str, title: str, paragraphs: list[str]) -> None:
        revenue, income = f.SEGMENTS[name], f.SEGMENT_INCOME[name]
        leaf.text(title, HEAD)
        leaf.table(
            [Column(187, numbers=False), Column(70), Column(70), Column(70), Column(70)],
            [YEAR_HEADS],
            [
                Row(["Revenue", *(f.show(v, "$") for v in revenue), f.growth(revenue)]),
                Row(["Segment operating income", *(f.show(v, "$") for v in income), f.growth(income)]),
                Row(["Segment operating margin", *(f"{i / r:.1%}" for i, r in zip(income, revenue, strict=True)), ""]),
            ],
            LOOK.table.but(leading=13.2),
        )
        leaf.space(-3)
        for paragraph in paragraphs:
            leaf.text(paragraph, LOOK.body.but(size=10, leading=14.6))

    block("Navigation Sensors", "Navigation Sensors", [
        """Depth, speed and motion sensors for merchant ships, ferries and naval vessels. Revenue rose by 9.4%, held back by
        the furnace failure in Rookhaven in the first quarter and helped by a new rule in several countries that asks for a second
        speed log on ships above 20,000 gross tonnes. Retrofits made up 44% of segment revenue. The margin gained 1.8 points
        as the Sounder 400 moved to a single circuit board."""])  # fmt: skip
    block("Ocean Monitoring", "Ocean Monitoring", [
        """Moored observatories, drifting profilers and hydrophone arrays for research fleets, offshore energy and
        coastal agencies. Revenue rose by 17.5%. Offshore wind was the strongest market: noise monitoring during pile
        driving brought $39.4 million, up from $27.1 million. The segment shipped 1,126 profilers in the year and began
        the Meridian Ocean Survey order, which will run until the spring of 2027."""])  # fmt: skip
    block("Data Services", "Data Services", [
        """Subscriptions to readings, alerts and forecasts, and calibration as a service. Revenue rose by 28.2% and
        passed a seventh of the group for the first time. Annual recurring revenue was $57.8 million at year end, the renewal
        rate 96%, and the platform was available 99.93% of the time. Half of new subscriptions came from customers who
        already owned our sensors."""])  # fmt: skip
    leaf.text("Orders by segment", HEAD)
    leaf.table(
        [Column(187, numbers=False), *(Column(70) for _ in range(4))],
        [[Span("", 0, 0), Span("Order intake", 1, 2), Span("Backlog at December 31,", 3, 4)],
         [Span("(in millions)", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2), Span("2025", 3, 3), Span("2024", 4, 4)]],
        [
            Row(["Navigation Sensors", "$ 223.1", "$ 200.9", "$ 70.4", "$ 62.1"]),
            Row(["Ocean Monitoring", "179.9", "144.6", "96.2", "67.5"]),
            Row(["Data Services", "65.9", "50.6", "19.7", "15.2"]),
            Row(["Total", "$ 468.9", "$ 396.1", "$ 186.3", "$ 144.8"], bold=True, rule=True, total=True),
        ],
    )  # fmt: skip


def markets(book: Book) -> None:
    """Page 3."""
    leaf = page(book, "3", "Strategic report", (1, "Markets and regions"))
    opening(leaf, "Strategic report", "Markets and regions",
            "Three long waves carry our markets: wind at sea, safer ships, and the wish to know a warming ocean.")  # fmt: skip
    leaf.table(
        [Column(157, numbers=False), Column(62), Column(62), Column(62), Column(62), Column(62)],
        [[Span("Revenue by region", 0, 0), Span("Years ended December 31,", 1, 3), Span("Share", 4, 4), Span("Change", 5, 5)],
         [Span("(in millions)", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2), Span("2023", 3, 3), Span("of 2025", 4, 4), Span("on 2024", 5, 5)]],
        [
            *(Row([name, *(f.show(v, "$" if n == 0 else "") for v in amounts), f"{amounts[0] / f.REVENUE[0]:.1%}", f.growth(amounts)])
              for n, (name, amounts) in enumerate(f.REGIONS.items())),
            Row(["Total revenue", *(f.show(v, "$") for v in f.REVENUE), "100.0%", f.growth(f.REVENUE)], bold=True, rule=True, total=True),
        ],
    )  # fmt: skip
    leaf.space(4)
    for title, words in (
        ("Europe", """Europe remains our home market with 40.1% of revenue. Growth of 11.4% came mainly from offshore wind in the
         northern seas and from ferry operators who fitted motion sensors for automatic berthing. Eleven of the fourteen largest
         ports in the region now use our approach sensors."""),
        ("North America", """Revenue rose by 16.1% to $138.9 million. Coastal agencies renewed their buoy networks, and a
         framework contract with the Great Sound Pilotage Board, signed in April, is worth up to $33.0 million over five
         years. About 62% of revenue in the region is invoiced by our subsidiary in Halden Bay."""),
        ("Asia Pacific", """The fastest growing region: revenue rose by 20.2%, led by shipyards, which fit our sensors to new
         vessels. We opened a service centre with 24 staff in September, so that repairs no longer travel to Europe; the average repair
         there takes nine days instead of thirty-one."""),
        ("Rest of world", """Revenue rose by 9.5%. Orders are fewer and larger here, and a single research vessel can move
         the figure: the vessel *Southern Petrel* alone brought $2.9 million in 2025."""),
    ):  # fmt: skip
        leaf.text(title, HEAD)
        leaf.text(words)
    leaf.space(2)
    leaf.text("The size of our markets", HEAD)
    leaf.text(
        """We put the part of the world market that our instruments can serve at $3.1 billion in 2025 and expect it to grow
        by 7% a year until 2030. Our share is about 14%. Measured by segment it is 18% in navigation sensors, 13% in
        ocean monitoring and 8% in data services, where most customers still read their instruments by hand."""
    )


def review(book: Book) -> None:
    """Page 4."""
    leaf = page(book, "4", "Strategic report", (1, "Financial review"))
    opening(leaf, "Strategic report", "Financial review")
    def line(name: str, amounts: f.Amounts, **how: object) -> Row:
        dollars = "$" if how.pop("dollars", False) else ""
        return Row([name, *(f.show(v, dollars) for v in amounts), f"{amounts[0] / f.REVENUE[0]:.1%}", f.growth(amounts)], **how)  # type: ignore[arg-type,list-item]

    leaf.table(
        [Column(172, numbers=False), Column(59), Column(59), Column(59), Column(59), Column(59)],
        [[Span("", 0, 0), Span("Years ended December 31,", 1, 3), Span("% of 2025", 4, 4), Span("Change", 5, 5)],
         [Span("(in millions)", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2), Span("2023", 3, 3), Span("revenue", 4, 4), Span("on 2024", 5, 5)]],
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
    )  # fmt: skip
    for title, words in (
        ("Revenue", """Revenue grew by $54.5 million. Volume explains 10.2 points of the 14.6% growth, prices 2.6 points, the
         acquisition of Tern Acoustics 0.7 points and exchange rates 1.1 points. Products grew by 12.6% to
         $348.6 million, services by 24.3% to $78.8 million."""),
        ("Gross profit", """Gross margin rose from 49.9% to 51.5%. The richer mix of services added 0.6 points, the redesign of the
         Sounder 400 added 0.9 points, and lower freight 0.4 points; idle time in Rookhaven during the furnace failure
         took away 0.3 points."""),
        ("Operating expenses", """Research and development rose by $7.5 million as the Lodestar and TA-12 programmes reached
         their test phase. Sales and marketing fell to 11.6% of revenue from 12.1%. General and administrative expense
         includes $1.3 million for a new planning system. The restructuring charge of $4.2 million consists
         of $2.9 million of redundancy payments and $1.3 million for ending the lease in Elmsport."""),
        ("Interest and tax", """Interest expense fell to $6.3 million because we repaid debt; the average interest rate on the
         term loan was 5.4%. The effective tax rate was 22.5%, against 22.7% in 2024. We expect between 22% and 23% in 2026."""),
        ("Net income and earnings per share", """Net income rose by 28.8% to $55.4 million. Diluted earnings per share rose by 29.0% to
         $0.89. Without restructuring and its tax effect of $1.0 million, net income would have been $58.6 million."""),
    ):  # fmt: skip
        leaf.text(title, HEAD)
        leaf.text(words)


def liquidity(book: Book) -> None:
    """Page 5."""
    leaf = page(book, "5", "Strategic report", (1, "Liquidity and capital resources"))
    opening(leaf, "Strategic report", "Liquidity and capital resources")
    leaf.text(
        """Our cash comes from customers. At December 31, 2025 we held $96.4 million in cash and cash equivalents and
        $22.0 million in short-term investments, and could draw on a revolving credit facility of $75.0 million that runs until
        June 2029 and was not used during the year. We believe that this covers our needs for at least the next twelve months."""
    )
    three = [Column(245, numbers=False), Column(74), Column(74), Column(74)]
    heads = [[Span("(in millions)", 0, 0), *(Span(year, n + 1, n + 1) for n, year in enumerate(f.YEARS))]]
    leaf.text("Cash flows", HEAD)
    leaf.table(three, heads, [
        Row(["Cash provided by operating activities", *(f.show(v, "$") for v in f.FROM_OPERATING)]),
        Row(["Cash used in investing activities", *(f.show(v) for v in f.FROM_INVESTING)]),
        Row(["Cash used in financing activities", *(f.show(v) for v in f.FROM_FINANCING)]),
        Row(["Effect of exchange rates on cash", *(f.show(v) for v in f.EXCHANGE_EFFECT)]),
        Row(["Increase in cash and cash equivalents", *(f.show(v, "$") for v in f.CASH_CHANGE)], bold=True, rule=True, total=True),
    ], LOOK.table.but(leading=15.6))  # fmt: skip
    leaf.text(
        """Operating cash flow rose by $18.5 million. Higher income brought two thirds of the increase; customers who pay for
        a year of data in advance brought $7.5 million of deferred revenue. Receivables were outstanding for 64 days at year
        end, one day fewer than in 2024, and inventory covered 109 days of cost of revenue."""
    )
    leaf.text("Net cash", HEAD)
    debt = tuple(a + b for a, b in zip(f.CURRENT_LIABILITIES["Current portion of long-term debt"], f.OTHER_LIABILITIES["Long-term debt"], strict=True))
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
        """Purchases of property, plant and equipment were $24.2 million, of which $13.6 million went into the Calder
        Point tank and $3.8 million into the second vacuum furnace. At year end we were committed to buy equipment for
        $9.1 million. Payments due under operating leases come to $29.6 million, as note 6 on page F-8 sets out."""
    )
    leaf.text("Use of capital", HEAD)
    leaf.text(
        """We spend first on the business, then on small acquisitions that bring us people and designs, then on a dividend of
        25% to 35% of net income, and return what is left. The share repurchase programme of $20.0 million approved in May 2024 had
        $14.5 million left at year end."""
    )


def risks(book: Book) -> None:
    """Pages 6 and 7, in two columns."""
    leaf = page(book, "6", "Strategic report", (1, "Risk factors"))
    opening(leaf, "Strategic report", "Risk factors")
    body = LOOK.body.but(size=9.5, leading=13.6, justify=False, after=6.5)
    head = SUBHEAD.but(size=9.2, leading=13.5)
    first = [
        ("Supply and production", [
            ("We depend on one supplier of titanium forgings.", """All pressure housings for depths beyond 2,000 metres are made from
             forgings of a single supplier. Qualifying another would take about fourteen months. We hold seven months of stock,
             which may not be enough."""),
            ("Our ceramics come from one plant.", """Rookhaven makes every piezoelectric element that we use. In February 2025
             its vacuum furnace failed and production stopped for 19 days. A second furnace has run since November 2025, but both
             stand in the same hall and share one power supply."""),
            ("Parts may become scarce or dear.", """Powders for our ceramics contain zirconium and niobium. Their prices rose by 17%
             in 2025. A further rise of 10% would lower gross profit by about $1.9 million a year."""),
        ]),
        ("Customers and markets", [
            ("Public budgets decide a third of our orders.", """About 34% of revenue comes from agencies, navies and research institutes.
             Their budgets can be cut or delayed at short notice, often in the fourth quarter, which is our strongest."""),
            ("Offshore wind may slow.", """Noise monitoring for pile driving brought $39.4 million of revenue in 2025. Fewer auctions, or
             foundations that need no piles, would reduce it."""),
            ("We sell at fixed prices.", """Most orders fix the price when they are placed, nine to sixteen weeks before delivery; the
             Meridian              Meridian Ocean Survey order fixes it for two years."""),
            ("Rivals may undercut us.", """Two makers of navigation sensors lowered their list prices by about 8% in 2025. We
             did not follow, and lost four tenders worth $5.2 million that we would have expected to win."""),
        ]),
        ("Technology and data", [
            ("A failure of our data centre would be seen at once.", """Pilots and wind farms act on our readings. The platform was
             available 99.93% of the time in 2025. A second site is ready, but moving all customers to it takes up to four hours."""),
            ("Attacks on our systems.", """In August 2025 we found and closed an intrusion into a test server. No customer data was on it. We
             test our defences twice a year and insure losses up to $25 million."""),
        ]),
        ("People and law", [
            ("Acoustics engineers are few.", """Perhaps 600 people in the world can design a low-noise hydrophone, and 47 of them
             work for us. Losing several at once would delay new products."""),
            ("Export licences.", """About 12% of revenue needs an export licence. Licences take four months on average; two were
             refused in 2025, together worth $1.6 million."""),
            ("Product liability.", """A wrong depth reading can ground a ship. We carry liability insurance of $150 million and have had
             no claim above $0.5 million in ten years."""),
        ]),
        ("Money", [
            ("Exchange rates.", """We earn 48% of revenue in euros and have 57% of our costs in pounds. We hedge about three quarters
             of the difference for twelve months. If the dollar rose by 10% against all other currencies, operating income would fall by
             about $4.2 million."""),
            ("Interest rates.", """The term loan carries a floating rate. One percentage point more would cost $1.0 million a year,
             which the interest on our cash would almost make up for."""),
            ("Pensions.", """The closed pension plan in Port Calder owed $9.4 million more than it held at year end. Half a point less
             on the discount rate would add $3.7 million."""),
        ]),
    ]  # fmt: skip
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
        """Each risk has an owner on the executive team, who reports to the Audit Committee twice a year. The committee ranks risks
        by how likely they are within three years and by what they would cost in operating income. The table shows the six
        that the Board discussed most in 2025."""
    )
    leaf.table(
        [Column(132, numbers=False), Column(66, numbers=False), Column(74, numbers=False), Column(58, numbers=False), Column(137, numbers=False)],
        [[Span("Principal risk", 0, 0), Span("Likelihood", 1, 1), Span("Effect a year", 2, 2), Span("Trend", 3, 3), Span("Main answer in 2025", 4, 4)]],
        [
            Row(["Single supplier of forgings", "Medium", "up to $22 million", "Steady", "Seven months of stock; second source being qualified"]),
            Row(["Loss of the Rookhaven plant", "Low", "up to $40 million", "Falling", "Second furnace since November"]),
            Row(["Cuts in public budgets", "Medium", "up to $12 million", "Rising", "More sales to ports and energy companies"]),
            Row(["Failure of the data centre", "Low", "up to $6 million", "Falling", "Second site ready since June"]),
            Row(["Attack on our systems", "Medium", "up to $15 million", "Rising", "Tests twice a year; insurance"]),
            Row(["Loss of key engineers", "Medium", "up to $8 million", "Steady", "Share plan widened to all engineers"]),
        ],
        LOOK.table.but(leading=17.0),
    )  # fmt: skip
    leaf.text("Likelihood and effect", HEAD)
    risk_map(leaf)
    leaf.text("Risks on the horizon", HEAD)
    leaf.text(
        """Three matters are too far off to be ranked. Quiet electric ferries may need fewer noise sensors than today's; satellites
        may one day measure waves well enough for some of our customers; and a treaty on mining the deep sea, whichever way it
        goes, will change what research fleets look for. The Board looks at them again each autumn."""
    )
    leaf.text("Viability", HEAD)
    leaf.text(
        """The Board looked three years ahead and tested three severe but plausible cases: the loss of Rookhaven for six months, a fall
        of 25% in revenue from public customers, and both together. In the worst case cash would fall to $21 million in 2027
        without any new borrowing. The Board therefore expects the company to meet its obligations until December 31, 2028."""
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
    for name, millions, y in (("Public budgets", 12, 0.27), ("Single supplier", 22, 0.17), ("Attacks", 15, 0.11), ("Engineers", 8, 0.40),
                              ("Rookhaven", 40, 0.73), ("Data centre", 6, 0.73)):  # fmt: skip
        x, level = left + 14 + (wide - 80) * millions / 40, top + y * high
        leaf.box(x - 4, level - 4, x + 4, level + 4, AMBER)
        leaf.words(x + 8, level + 2.8, name, label.but(colour=INK))
    leaf.y = top + high + 22


def people(book: Book) -> None:
    """Page 8."""
    leaf = page(book, "8", "Responsibility and governance", (1, "Our people"))
    opening(leaf, "Responsibility and governance", "Our people",
            "An instrument that works for eleven years at sea is made by people who stay for longer than that.")  # fmt: skip
    leaf.text(
        """At the end of 2025 we employed 2,148 people, 162 more than a year before. The median length of service is 9.6 years, and
        7.4% of colleagues left us of their own accord, against 8.9% in 2024. Sixty-four apprentices started in the year, the largest group so far."""
    )
    leaf.table(
        [Column(207, numbers=False), Column(65), Column(65), Column(65), Column(65)],
        [[Span("Employees at December 31,", 0, 0), Span("2025", 1, 1), Span("2024", 2, 2), Span("Change", 3, 3), Span("% of 2025", 4, 4)]],
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
        ("Safety", """There were 1.3 lost-time injuries for each million hours worked, down from 1.9. Eight injuries caused lost days in 2025,
         five of them on the quay and in the test boats. Since March no one goes aboard a test boat alone."""),
        ("Learning", """Colleagues spent 26 hours each in training. The Tank School, which opened with the Calder Point tank, taught
         118 engineers how to measure the noise of their own designs."""),
        ("Balance", """Women make up 34.6% of employees, 29.8% of senior managers and three of the eight members of the Board. The median
         pay gap in our home country was 8.2%, against 9.7% in 2024. We publish the figures for each site on our website."""),
        ("Pay and shares", """Since 2025 every engineer takes part in the share plan. At year end employees held 4.8% of the company,
         and 71% of those who may had joined the savings plan, which lets them buy shares at a discount of 15%."""),
        ("Listening", """The yearly survey was answered by 87% of colleagues; 81% would recommend us as a place to work. Their most frequent wish
         was for fewer changes to the production plan in the last week of a quarter. From 2026 the plan is frozen ten days ahead."""),
    ):  # fmt: skip
        leaf.text(title, HEAD)
        leaf.text(words)


def environment(book: Book) -> None:
    """Page 9."""
    leaf = page(book, "9", "Responsibility and governance", (1, "Environment and society"))
    opening(leaf, "Responsibility and governance", "Environment and society")
    leaf.text(
        """What our instruments do for the sea outweighs what making them takes from it, but that is no reason not to take less. We
        report our own emissions (scopes 1 and 2) for all sites, measured with the market-based method. In 2025 they fell by 9.0%
        while revenue grew by 14.6%."""
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
        """The roof of the Port Calder works carries 1.2 megawatts of solar panels since August, which cover 14% of its
        electricity in a year. The new furnace in Rookhaven keeps its heat better and needs 31% less energy for each
        kilogram of ceramic than the old one. Our two test boats will be replaced by electric ones in 2027."""
    )
    leaf.text("Instruments that come home", HEAD)
    leaf.text(
        """A lost sensor is litter. Since 2022 we take back every instrument at the end of its life at no charge, and in 2025 we
        refurbished 3,412 of them. Drifting profilers made from 2024 onwards carry a beacon that calls for six weeks after their
        batteries fail; 68% of those that failed in 2025 were found and brought back."""
    )
    leaf.text("Whales and noise", HEAD)
    leaf.text(
        """Our arrays paused pile driving 214 times in 2025 because a porpoise or a whale was near. We give the recordings, without the
        names of the sites, to six universities. We do not sell active sonar above 215 decibels, and ended one enquiry for that reason."""
    )
    leaf.text("Suppliers and communities", HEAD)
    leaf.text(
        """We audited 42 suppliers, who stand for 73% of what we buy, and stopped buying from one. The Harbourlight Fund gave
        $0.9 million, mostly to lifeboat stations and to school trips on research vessels: 5,800 children went to sea for a day."""
    )


def emissions(leaf: Leaf) -> None:
    """Bars for five years and the aim for 2030."""
    label = Style("sans", size=7.8)
    for year, tonnes, colour in (("2021", 8640, SERIES[3]), ("2022", 8210, SERIES[3]), ("2023", 7690, SERIES[3]), ("2024", 7120, SERIES[3]),
                                 ("2025", 6480, SERIES[1]), ("Target 2030", 2700, SERIES[2])):  # fmt: skip
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
        """The Board has eight members. Six of them do not work for the company, and the Board considers five of these six to be
        independent; Mr MacInnes advised us until 2021 and is not counted. The Board met eight times in 2025, once in
        the new tank hall while it was still dry."""
    )
    leaf.table(
        [Column(128, numbers=False), Column(119, numbers=False), Column(48, numbers=False, centre=True),
         *(Column(43, numbers=False, centre=True) for _ in range(4))],
        [[Span("", 0, 0), Span("", 1, 1), Span("", 2, 2), Span("Meetings attended in 2025", 3, 6)],
         [Span("Director", 0, 0), Span("Role", 1, 1), Span("Since", 2, 2), Span("Board", 3, 3), Span("Audit", 4, 4), Span("Pay", 5, 5), Span("Nomin.", 6, 6)]],
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
    )  # fmt: skip
    for title, words in (
        ("What the Board worked on", """It approved the acquisition of Tern Acoustics in May and the second furnace in March, reviewed the
         cyber defences after the intrusion in August, and held a two-day meeting on the Lodestar programme in October. An outside
         review found that it works well and asked for shorter papers; the average paper has shrunk from 14 pages to 6."""),
        ("Audit Committee", """The committee discussed two matters at length: when revenue from observatories should be recognised, and
         whether the goodwill of Ocean Monitoring still stands. It agreed with management on both. Penhallow & Strake LLP have been our auditor since 2019;
         their fee was $1.2 million for the audit and $0.1 million for other work."""),
        ("Pay of the executive directors", """The Chief Executive Officer was paid $1.84 million in 2025: a salary of $0.62 million, a bonus
         of $0.51 million, shares worth $0.64 million and $0.07 million of pension and other benefits. That is 27 times the median pay of our
         employees. Bonuses rest on operating income (50%), free cash flow (30%) and on-time delivery (20%)."""),
        ("Shareholders", """At February 27, 2026 we knew of three shareholders above five percent: Calder Founders Trust
         with 14.2%, Northmoor Pension Partnership with 8.7% and Isbister Long Horizon Fund with 5.9%. The annual meeting
         will be held in the Pilots' Hall in Port Calder on April 16, 2026, at eleven in the morning."""),
        ("Internal control", """Management tested 164 key controls and found two that did not work as they should, both in the
         booking of spare parts in Elmsport; that site has closed. The Board considers internal control to be effective."""),
    ):  # fmt: skip
        leaf.text(title, HEAD)
        leaf.text(words)


def write(path: Path) -> None:
    """Make the whole report."""
    book = Book(LOOK)
    for part in (cover, contents, letter, glance, business, segments, markets, review, liquidity, risks, people, environment, governance):
        part(book)
    statements(book, page, opening)
    labels: list[dict[str, object]] = [
        {"startpage": 0, "prefix": "", "style": "", "firstpagenum": 1},
        {"startpage": 1, "prefix": "", "style": "r", "firstpagenum": 1},
        {"startpage": 5, "prefix": "", "style": "D", "firstpagenum": 1},
        {"startpage": 15, "prefix": "F-", "style": "D", "firstpagenum": 1},
    ]
    book.save(path, "Harbourlight Instruments plc: Annual Report 2025", "Harbourlight Instruments plc (invented)",
              "Annual report for the year ended December 31, 2025", labels)  # fmt: skip
