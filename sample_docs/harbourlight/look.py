"""What the pages of the report share: colours, styles, running heads and printed numbers."""

from typeset import GREY, PALE, Book, Colour, Leaf, Look, Span, Style

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
YEAR_HEADS = [
    Span("(in millions)", 0, 0),
    Span("2025", 1, 1),
    Span("2024", 2, 2),
    Span("2023", 3, 3),
    Span("Change", 4, 4),
]


def page(book: Book, label: str, part: str, *entries: tuple[int, str]) -> Leaf:
    """A page with its running head and the printed number at its foot."""
    leaf = book.leaf(label, *entries)
    head = Style("sans", size=7.2, colour=GREY)
    leaf.words(leaf.left, 50, "Harbourlight Instruments plc", head.but(bold=True, colour=NAVY))
    leaf.words(leaf.right, 50, part, head, "right")
    leaf.rule(57, weight=0.5, colour=PALE)

    def foot() -> None:
        leaf.rule(797, LOOK.left, LOOK.right, weight=0.5, colour=PALE)
        leaf.words(LOOK.left, 810, "Annual Report 2025", head)
        leaf.words(LOOK.right, 810, label, Style("sans", size=8.4, bold=True, colour=NAVY), "right")

    leaf.foot = foot
    return leaf


def opening(leaf: Leaf, eyebrow: str, title: str, lead: str = "") -> None:
    """The head of a chapter."""
    leaf.y = 84
    leaf.words(leaf.left, leaf.y, eyebrow.upper(), EYEBROW)
    leaf.space(4)
    leaf.text(title, TITLE)
    if lead:
        leaf.text(lead, LEAD)
