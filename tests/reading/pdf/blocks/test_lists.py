"""Items of lists: with bullets that are drawn, with bullets that are written, and those counted on."""

from collections.abc import Callable

import pymupdf

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line, flows
from rag.reading.pdf.blocks.part_blocks import prose
from rag.reading.pdf.pages.paint.drawn_bullets import with_bullets
from rag.reading.pdf.pages.paint.drawn_paths import drawn_paths
from rag.reading.pdf.pages.paint.page_paint import PagePaint
from rag.reading.pdf.pages.raw_page import Region
from rag.reading.pdf.pages.words.page_text import text_of
from rag.records import Box, Page, Span

ITEMS = (("Freight costs fell", 0), ("in Asia", 30), ("Prices held", 0))


def read(draw: Callable[[pymupdf.Page], None], regions: tuple[Region, ...] = ()) -> list[Span]:
    """The blocks of a page that *draw* gets, on which the layout model found nothing else."""
    page = pymupdf.open().new_page(width=600, height=800)
    draw(page)
    lines, _ = with_bullets(drawn_paths(page), text_of(page, PagePaint(page)).lines, regions)
    return blocks(lines)


def blocks(lines: list[Line]) -> list[Span]:
    def place(box: tuple[float, float, float, float]) -> Page:
        return Page(1, None, Box(*box))

    return [
        span for flow in flows(lines) for span in prose(flow, Typography(11.0), place, lambda word, at: (word, word))
    ]


def written(page: pymupdf.Page, marks: tuple[str, ...]) -> None:
    for at, (mark, (text, indent)) in enumerate(zip(marks, ITEMS, strict=True)):
        page.insert_text((100 + indent, 100 + 16 * at), f"{mark} {text}".strip())


def test_bullets_that_are_drawn_make_items_with_their_levels() -> None:
    def draw(page: pymupdf.Page) -> None:
        written(page, ("", "", ""))
        for at, (_, indent) in enumerate(ITEMS):
            page.draw_circle((90 + indent, 96.5 + 16 * at), 2, fill=(0, 0, 0))

    assert [(span.kind, span.level, span.text) for span in read(draw)] == [
        ("list", 1, "• Freight costs fell"),
        ("list", 2, "• in Asia"),
        ("list", 1, "• Prices held"),
    ]


def test_boxes_to_tick_keys_of_charts_and_a_lone_dot_are_no_bullets() -> None:
    def draw(page: pymupdf.Page) -> None:
        written(page, ("", "", ""))
        for at in range(2):
            page.draw_rect((86, 91 + 16 * at, 96, 101 + 16 * at))
        page.draw_circle((90, 128), 2, fill=(0, 0, 0))

    assert {span.kind for span in read(draw)} == {"text"}

    def keys(page: pymupdf.Page) -> None:
        written(page, ("", "", ""))
        for at in range(3):
            page.draw_rect((92, 94 + 16 * at, 96, 98 + 16 * at), fill=(0, 0, 1))

    assert {span.kind for span in read(keys, (Region("picture", (80, 60, 400, 200)),))} == {"text"}


def test_bullets_that_are_written_make_items_whatever_the_model_says() -> None:
    lines = [
        Line([(100, y, 106, y + 11, "•", 0, y, 0), (112, y, 160, y + 11, "Prices", 0, y, 1)], 11, False, 0)
        for y in (100, 116)
    ]
    assert [(span.kind, span.text) for span in blocks(lines)] == 2 * [("list", "• Prices")]


def test_numbers_alone_make_no_items() -> None:
    def draw(page: pymupdf.Page) -> None:
        written(page, ("1.", "2.", "3."))

    assert {span.kind for span in read(draw)} == {"text"}
