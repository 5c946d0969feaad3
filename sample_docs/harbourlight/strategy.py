"""The pages 1 to 3: business, segments, markets."""

from typeset import Book, Column, Row, Span

from harbourlight import figures as f
from harbourlight.look import HEAD, LOOK, YEAR_HEADS, opening, page


def business(book: Book) -> None:
    """Page 1."""
    leaf = page(book, "1", "Strategic report", (1, "Our business and strategy"))
    opening(
        leaf,
        "Strategic report",
        "Our business and strategy",
        """Harbourlight designs, makes and looks after instruments that measure the sea, and turns what they measure
        into answers.""",
    )
    leaf.text(
        """We were founded in 1987 in Port Calder by two ship's pilots and a physicist. Today our sensors guide
        vessels into harbour, watch the foundations of offshore wind farms, and listen for whales so that pile
        driving can pause. We sell to about 3,900 customers in 64 countries. Our ten largest customers brought
        31% of revenue in 2025, and no single customer more than 6%."""
    )
    leaf.text("How we make money", HEAD)
    leaf.text(
        """Some 82% of revenue comes from products: sensor heads, complete observatories and spare parts, most
        of them built to order with a lead time of nine to sixteen weeks. The rest, $78.8 million, comes from
        services: calibration, repair, and subscriptions to readings and forecasts. A sensor typically stays in
        service for eleven years and over that time brings about 1.4 times its purchase price in services."""
    )
    leaf.text("Four priorities for 2024 to 2027", HEAD)
    leaf.bullets(
        [
            """**Quieter instruments.** Lower the noise floor of every hydrophone family by 6 decibels. Two of five
            families are done.""",
            """**More sensors on line.** Connect 15,000 sensors to our data centre by the end of 2027; 9,275 were
            connected at the end of 2025.""",
            """**Delivery that can be relied on.** Ship 95% of orders on the day we promised; we reached 92% in 2025
            and 90% in 2024.""",
            "**Growth that pays for itself.** Keep return on invested capital above 15%. It was 21.1% in 2025.",
        ]
    )
    leaf.text("Research and development", HEAD)
    leaf.text(
        """Research and development expense was $58.7 million, or 13.7% of revenue, unchanged from 2024 as a
        share. At year end 612 people worked in engineering and research, and we held 287 granted patents in 19
        patent families. Products launched in the past three years brought 36% of product revenue. The largest
        project, the Lodestar inertial unit, passed its sea trials in October and will go on sale in the third
        quarter of 2026."""
    )
    leaf.text("Manufacturing and supply", HEAD)
    leaf.text(
        """We make sensor ceramics and housings in Rookhaven, assemble and test in Port Calder, and build
        observatories in Halden Bay. Purchased parts make up 46% of cost of revenue. We buy piezoelectric powder
        from two suppliers and titanium forgings from one; for the forgings we hold seven months of stock."""
    )
    leaf.text("Competition", HEAD)
    leaf.text(
        """We meet four companies of our size or larger in navigation sensors, and many small specialists in
        ocean monitoring. Customers choose on accuracy, on the time between calibrations, and on whether someone
        picks up the telephone. Our Sounder 400 keeps its calibration for 36 months, twice as long as the
        industry standard asks for."""
    )


def segments(book: Book) -> None:
    """Page 2."""
    leaf = page(book, "2", "Strategic report", (1, "Segment review"))
    opening(leaf, "Strategic report", "Segment review")
    leaf.text(
        """We manage the company in three segments. Segment operating income leaves out corporate costs and
        restructuring; note 3 on page F-7 reconciles it to operating income."""
    )

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

    block(
        "Navigation Sensors",
        "Navigation Sensors",
        [
            """Depth, speed and motion sensors for merchant ships, ferries and naval vessels. Revenue rose by 9.4%,
        held back by the furnace failure in Rookhaven in the first quarter and helped by a new rule in several
        countries that asks for a second speed log on ships above 20,000 gross tonnes. Retrofits made up 44% of
        segment revenue. The margin gained 1.8 points as the Sounder 400 moved to a single circuit board."""
        ],
    )
    block(
        "Ocean Monitoring",
        "Ocean Monitoring",
        [
            """Moored observatories, drifting profilers and hydrophone arrays for research fleets, offshore energy
        and coastal agencies. Revenue rose by 17.5%. Offshore wind was the strongest market: noise monitoring
        during pile driving brought $39.4 million, up from $27.1 million. The segment shipped 1,126 profilers in
        the year and began the Meridian Ocean Survey order, which will run until the spring of 2027."""
        ],
    )
    block(
        "Data Services",
        "Data Services",
        [
            """Subscriptions to readings, alerts and forecasts, and calibration as a service. Revenue rose by 28.2%
        and passed a seventh of the group for the first time. Annual recurring revenue was $57.8 million at year
        end, the renewal rate 96%, and the platform was available 99.93% of the time. Half of new subscriptions
        came from customers who already owned our sensors."""
        ],
    )
    leaf.text("Orders by segment", HEAD)
    leaf.table(
        [Column(187, numbers=False), *(Column(70) for _ in range(4))],
        [
            [Span("", 0, 0), Span("Order intake", 1, 2), Span("Backlog at December 31,", 3, 4)],
            [
                Span("(in millions)", 0, 0),
                Span("2025", 1, 1),
                Span("2024", 2, 2),
                Span("2025", 3, 3),
                Span("2024", 4, 4),
            ],
        ],
        [
            Row(["Navigation Sensors", "$ 223.1", "$ 200.9", "$ 70.4", "$ 62.1"]),
            Row(["Ocean Monitoring", "179.9", "144.6", "96.2", "67.5"]),
            Row(["Data Services", "65.9", "50.6", "19.7", "15.2"]),
            Row(["Total", "$ 468.9", "$ 396.1", "$ 186.3", "$ 144.8"], bold=True, rule=True, total=True),
        ],
    )


def markets(book: Book) -> None:
    """Page 3."""
    leaf = page(book, "3", "Strategic report", (1, "Markets and regions"))
    opening(
        leaf,
        "Strategic report",
        "Markets and regions",
        "Three long waves carry our markets: wind at sea, safer ships, and the wish to know a warming ocean.",
    )
    leaf.table(
        [Column(157, numbers=False), Column(62), Column(62), Column(62), Column(62), Column(62)],
        [
            [
                Span("Revenue by region", 0, 0),
                Span("Years ended December 31,", 1, 3),
                Span("Share", 4, 4),
                Span("Change", 5, 5),
            ],
            [
                Span("(in millions)", 0, 0),
                Span("2025", 1, 1),
                Span("2024", 2, 2),
                Span("2023", 3, 3),
                Span("of 2025", 4, 4),
                Span("on 2024", 5, 5),
            ],
        ],
        [
            *(
                Row(
                    [
                        name,
                        *(f.show(v, "$" if n == 0 else "") for v in amounts),
                        f"{amounts[0] / f.REVENUE[0]:.1%}",
                        f.growth(amounts),
                    ]
                )
                for n, (name, amounts) in enumerate(f.REGIONS.items())
            ),
            Row(
                ["Total revenue", *(f.show(v, "$") for v in f.REVENUE), "100.0%", f.growth(f.REVENUE)],
                bold=True,
                rule=True,
                total=True,
            ),
        ],
    )
    leaf.space(4)
    for title, words in (
        (
            "Europe",
            """Europe remains our home market with 40.1% of revenue. Growth of 11.4% came mainly from
         offshore wind in the northern seas and from ferry operators who fitted motion sensors for automatic
         berthing. Eleven of the fourteen largest ports in the region now use our approach sensors.""",
        ),
        (
            "North America",
            """Revenue rose by 16.1% to $138.9 million. Coastal agencies renewed their buoy
         networks, and a framework contract with the Great Sound Pilotage Board, signed in April, is worth up to
         $33.0 million over five years. About 62% of revenue in the region is invoiced by our subsidiary in
         Halden Bay.""",
        ),
        (
            "Asia Pacific",
            """The fastest growing region: revenue rose by 20.2%, led by shipyards, which fit our
         sensors to new vessels. We opened a service centre with 24 staff in September, so that repairs no
         longer travel to Europe; the average repair there takes nine days instead of thirty-one.""",
        ),
        (
            "Rest of world",
            """Revenue rose by 9.5%. Orders are fewer and larger here, and a single research
         vessel can move the figure: the vessel *Southern Petrel* alone brought $2.9 million in 2025.""",
        ),
    ):
        leaf.text(title, HEAD)
        leaf.text(words)
    leaf.space(2)
    leaf.text("The size of our markets", HEAD)
    leaf.text(
        """We put the part of the world market that our instruments can serve at $3.1 billion in 2025 and expect
        it to grow by 7% a year until 2030. Our share is about 14%. Measured by segment it is 18% in navigation
        sensors, 13% in ocean monitoring and 8% in data services, where most customers still read their
        instruments by hand."""
    )
