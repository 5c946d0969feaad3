"""Pages that were read apart, put together: all that passes from a page to the next is the table that it ends with."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.page_blocks import LinkedLeaf, leaf_of, linked
from rag.reading.pdf.blocks.plain_pages import plain_leaf
from rag.reading.pdf.pages.page_labels import PageLabels
from rag.reading.pdf.pages.page_numbers import PrintedNumber, numbered, numbers_on
from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.processes.leaf_frames import Packed, packed, packed_last, unpacked, unpacked_last
from rag.reading.pdf.tables.rows_overleaf import may_begin_overleaf
from rag.reading.pdf.tables.table_breaks import Edges, LastTable, far_behind
from rag.records import Leaf

_HELD = 2  # whole tables at the beginning of a run: hardly ever does one go on farther, unless all pages of it do


class PageRules(NamedTuple):
    """What the rules of layout need to know besides the page; *plain* leaves out tables, and cuts no line."""

    labels: PageLabels
    type_: Typography
    plain: bool = False


@dataclass(frozen=True, slots=True)
class ApartPage:
    """A *leaf*, and the *last* table that it ends with, if nothing goes on from the page before the run; both packed.

    A *fresh* page begins a run: nothing was known of the page before. Its *bearing* says what another table before the
    run would change: with ``none`` nothing, with ``words`` only what it ends with; with ``any`` the rules must have a
    look at *raw* again, and at the page again where that was left out. One of its *numbers* may be printed for its own.
    """

    number: int
    leaf: Packed
    last: Packed | None
    fresh: bool
    bearing: Literal["none", "words", "any"]
    raw: RawPage | None = None
    numbers: tuple[PrintedNumber, ...] = ()


def apart(raws: Iterable[RawPage], rules: PageRules) -> Iterator[ApartPage]:
    """*raws* by the rules of layout, run by run; pages of a run follow each other."""
    if rules.plain:
        for raw in raws:
            leaf = plain_leaf(raw, rules.type_)
            yield ApartPage(raw.number, leaf, None, fresh=True, bearing="none", numbers=_numbers(raw, rules))
        return
    before = 0
    last: LastTable | None = None
    chained, tables = True, 0
    for raw in raws:
        fresh = raw.number != before + 1 or not before
        if fresh:
            last, chained, tables = None, True, 0
        found = linked(raw, None, rules.type_, last)
        last, before = found.last, raw.number
        numbers = _numbers(raw, rules)
        if not chained:
            yield ApartPage(raw.number, packed(found.leaf), packed_last(last), fresh, "none", numbers=numbers)
            continue
        bearing = _bearing(raw, found, rules.type_)
        kept = raw if bearing == "any" and tables < _HELD else None
        yield ApartPage(raw.number, packed(found.leaf), packed_last(last), fresh, bearing, kept, numbers)
        chained = bearing != "none"
        tables = tables + 1 if found.tables and _is_whole(found) else tables


def _numbers(raw: RawPage, rules: PageRules) -> tuple[PrintedNumber, ...]:
    return () if rules.labels.tell else numbers_on(raw.lines, raw.width, raw.height)


def _bearing(raw: RawPage, found: LinkedLeaf, type_: Typography) -> Literal["none", "words", "any"]:
    if raw.failed and not raw.lines:
        return "none"
    edges = Edges(type_, raw.height)
    if found.tables:
        return "none" if edges.shut_out(found.above) else "any"
    return "words" if edges.part_any(found.above) else "any"


def _is_whole(found: LinkedLeaf) -> bool:
    """Whether the page's first table looks as if it began there."""
    first = found.tables[0]
    return not first.continues and bool(first.head.title or first.head.header)


def may_go_on(raw: RawPage, type_: Typography) -> bool:
    """Whether the first table of a page may go on from the page before."""
    return may_begin_overleaf(raw, type_) or _bearing(raw, linked(raw, None, type_, None), type_) == "any"


def labels_of(raws: Iterable[RawPage], labels: PageLabels) -> PageLabels:
    """The labels of *raws*, which follow each other, as those of their whole document would be: *labels*, or what is
    printed. Of the first and last pages, unless they are those of the document, some may be missing.
    """
    if labels.tell:
        return labels
    known = ((raw, numbers_on(raw.lines, raw.width, raw.height)) for raw in raws)
    return PageLabels([], {raw.number: label for raw, label in numbered(known, labels)})


def together(
    pages: Iterable[RawPage | ApartPage], rules: PageRules, again: Callable[[int], RawPage] | None = None
) -> Iterator[Leaf]:
    """The leaves of *pages*, which follow each other, as if they had been read one after the other.

    *again* reads a page that was read apart, and of which more must be known; it is not often needed.
    """
    last: LastTable | None = None
    chained = False
    known = ((page, _numbers(page, rules) if isinstance(page, RawPage) else page.numbers) for page in pages)
    printed: dict[int, str | None] = {}
    for page, label in numbered(known, rules.labels):
        printed[page.number] = label
        if isinstance(page, RawPage):
            if rules.plain:
                leaf = unpacked(plain_leaf(page, rules.type_), printed)
            else:
                leaf, last = leaf_of(page, label, rules.type_, last)
            yield leaf
            continue
        if page.fresh:
            chained = last is not None
        if chained and page.bearing != "none":
            if page.bearing == "words":
                leaf, last = unpacked(page.leaf, printed), last and far_behind(last)
            else:
                raw = page.raw
                if raw is None:
                    assert again is not None  # noqa: S101 - whoever reads pages apart can read them again
                    raw = again(page.number)
                leaf, last = leaf_of(raw, label, rules.type_, last)
            chained = last != unpacked_last(page.last, printed)
        else:
            leaf, last, chained = unpacked(page.leaf, printed), unpacked_last(page.last, printed), False
        yield leaf
