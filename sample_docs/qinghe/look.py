"""What the pages of the report share: colours, styles, running heads, units and columns."""

from collections.abc import Sequence

from typeset import GREY, Book, Colour, Column, Leaf, Look, Row, Span, Style

from qinghe import figures as f

GREEN: Colour = (0.07, 0.33, 0.24)
LEAF: Colour = (0.36, 0.58, 0.27)
WHEAT: Colour = (0.85, 0.66, 0.25)
MIST: Colour = (0.93, 0.96, 0.93)

HAN = Style("sans", size=10.4, leading=19.0, han=True, justify=True, indent=20.8, after=5.5)
LOOK = Look(
    accent=GREEN,
    tint=MIST,
    body=HAN,
    table=HAN.but(size=8.7, leading=17.4, indent=0.0, justify=False),
    hairlines=True,
)
SECTION = HAN.but(size=17, leading=26, bold=True, indent=0.0, justify=False, colour=GREEN, after=8)
HEAD = HAN.but(size=11.6, leading=20, bold=True, indent=0.0, justify=False, colour=GREEN, after=2)
SUBHEAD = HAN.but(size=9.8, leading=17, bold=True, indent=0.0, justify=False, after=1)
SMALL = HAN.but(size=7.8, leading=12.4, indent=0.0, colour=GREY)


def page(book: Book, label: str, *entries: tuple[int, str]) -> Leaf:
    """A page with its running head and the printed number at its foot."""
    leaf = book.leaf(label, *entries)
    head = HAN.but(size=7.6, colour=GREY)
    leaf.words(leaf.left, 50, "青禾智能装备股份有限公司", head.but(colour=GREEN, bold=True))
    leaf.words(leaf.right, 50, "2025年年度报告", head, "right")
    leaf.rule(57, weight=0.7, colour=GREEN)
    number, middle = Style("sans", size=9, colour=GREEN, bold=True), (leaf.left + leaf.right) / 2
    leaf.foot = lambda: leaf.words(middle, 808, label, number, "centre")
    leaf.y = 72
    return leaf


def section(leaf: Leaf, title: str) -> None:
    """A 节 heading, centred as the rules of form have it."""
    leaf.space(SECTION.leading)
    leaf.words((leaf.left + leaf.right) / 2, leaf.y - 5, title, SECTION, "centre")
    leaf.space(SECTION.after)


def unit(leaf: Leaf, text: str = "单位：万元") -> None:
    """The unit of the table that follows, on its right shoulder."""
    leaf.space(12)
    leaf.words(leaf.right, leaf.y - 1.5, text, SMALL.but(size=8.2), "right")
    leaf.space(1)


def heads(*names: str) -> list[list[Span]]:
    """One row of column heads."""
    return [[Span(name, n, n) for n, name in enumerate(names)]]


def columns(first: float, *rest: float, words: Sequence[int] = ()) -> list[Column]:
    """A name and columns of numbers, of the given widths; those whose number is in *words* hold words."""
    return [
        Column(first, numbers=False),
        *(Column(width, numbers=n not in words) for n, width in enumerate(rest, start=1)),
    ]


def money(name: str, amounts: Sequence[int], *more: str, **how: object) -> Row:
    """A row of money, and perhaps more."""
    return Row([name, *(f.show(amount) for amount in amounts), *more], **how)  # type: ignore[arg-type]


def paragraphs(leaf: Leaf, *texts: str) -> None:
    """Plain paragraphs."""
    for text in texts:
        leaf.text(text)
