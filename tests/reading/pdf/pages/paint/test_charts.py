"""Charts that are drawn on a page are pictures of it, whole; rulings, frames and marked text are none."""

import itertools
from collections.abc import Callable
from math import cos, pi, sin

import pymupdf
import pytest

from rag.reading import read
from rag.reading.pdf.blocks.headings import LOWEST
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_figures import with_figures
from rag.reading.pdf.pages.paint.charts import with_charts
from rag.reading.pdf.pages.paint.drawn_paths import drawn_paths
from rag.reading.pdf.pages.paint.page_paint import PagePaint
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.reading.pdf.pages.words.page_text import text_of
from rag.records import Box, Figure, Page, Span, Upload

BLUE, RED, GREEN = (0.2, 0.3, 0.8), (0.8, 0.2, 0.2), (0.2, 0.6, 0.2)
SENTENCE = "Demand from distributors was steady while inventories in the channel returned to normal levels."
"""Of more words than a label has."""


@pytest.fixture
def page() -> pymupdf.Page:
    return pymupdf.open().new_page(width=600, height=800)


def charts(page: pymupdf.Page, regions: tuple[Region, ...] = ()) -> list[tuple[int, ...]]:
    found = with_charts(drawn_paths(page), lines(page), regions, (page.rect.width, page.rect.height))
    return [tuple(map(round, region.box)) for region in found if region.kind == "picture"]


def lines(page: pymupdf.Page) -> list[Line]:
    return text_of(page, PagePaint(page)).lines


def bars(page: pymupdf.Page, *, left: float = 120, foot: float = 400, heights: tuple[int, ...] = (60, 95, 30)) -> None:
    for at, height in enumerate(heights):
        x = left + 60 * at
        page.draw_rect((x, foot - height, x + 30, foot), color=None, fill=BLUE)
        page.insert_text((x, foot + 14), f"202{at}", fontsize=9)


def test_bars_are_a_chart_with_their_axes_and_labels(page: pymupdf.Page) -> None:
    bars(page)
    page.draw_line((100, 400), (320, 400))
    page.draw_line((100, 280), (100, 400))
    page.insert_text((75, 285), "100", fontsize=9)
    page.insert_text((60, 250), SENTENCE)
    page.insert_text((60, 450), SENTENCE)
    ((left, top, right, foot),) = charts(page)
    assert left <= 75
    assert 260 < top <= 280
    assert right >= 320
    assert 412 <= foot < 435


def test_bars_that_lie_are_a_chart(page: pymupdf.Page) -> None:
    for at, length in enumerate((60, 95, 130)):
        page.draw_rect((120, 100 + 30 * at, 120 + length, 115 + 30 * at), color=None, fill=BLUE)
        page.insert_text((85, 112 + 30 * at), "Glass", fontsize=9)
    assert len(charts(page)) == 1


def test_a_line_is_a_chart_in_one_part_or_several(page: pymupdf.Page) -> None:
    points = [(100 + 40 * at, 200 - y) for at, y in enumerate((10, 60, 30, 80, 50))]
    for one, other in itertools.pairwise(points):
        page.draw_line(one, other, color=RED)
    page.draw_polyline([(x, y + 300) for x, y in points], color=RED)
    for x, y in points:
        page.insert_text((x, 210), "2020", fontsize=9)
        page.insert_text((x, y + 295), "12", fontsize=9)
    assert len(charts(page)) == 2


def test_a_pie_is_a_chart_with_the_keys_in_its_colours(page: pymupdf.Page) -> None:
    draw_pie(page)
    ((left, top, right, foot),) = charts(page)
    assert (left, top, foot) == (100, 100, 300)
    assert right > 420


def draw_pie(page: pymupdf.Page) -> None:
    turns = [0.0, 0.4, 0.75, 1.0]
    for at, colour in enumerate((BLUE, RED, GREEN)):
        shape = page.new_shape()
        start, stop = 2 * pi * turns[at], 2 * pi * turns[at + 1]
        steps = [start + (stop - start) * step / 20 for step in range(21)]
        shape.draw_polyline([(200, 200), *((200 + 100 * cos(one), 200 + 100 * sin(one)) for one in steps), (200, 200)])
        shape.finish(color=None, fill=colour)
        shape.commit()
        page.draw_rect((360, 150 + 20 * at, 370, 160 + 20 * at), color=None, fill=colour)
        page.insert_text((376, 159 + 20 * at), "Automotive", fontsize=9)


def test_shaded_rows_marked_text_frames_and_underlines_are_no_charts(page: pymupdf.Page) -> None:
    for row in range(8):
        page.draw_rect((60, 100 + 20 * row, 500, 120 + 20 * row), color=None, fill=BLUE if row % 2 else GREEN)
        page.insert_text((70, 114 + 20 * row), "Cash and equivalents     1,204     1,093", fontsize=9)
    for row, words in enumerate(("one two", "one two three four", "one two three four five six")):
        width = pymupdf.get_text_length(words, fontsize=11)
        page.draw_rect((60, 300 + 16 * row, 60 + width, 313 + 16 * row), color=None, fill=GREEN)
        page.draw_line((60, 400 + 16 * row), (60 + width, 400 + 16 * row))
        page.insert_text((60, 311 + 16 * row), words, fontsize=11)
        page.draw_rect((60, 500 + 60 * row, 300 + 50 * row, 550 + 60 * row))
        page.insert_text((66, 525 + 60 * row), "Total 12 of 14", fontsize=11)
    assert charts(page) == []


def test_bars_in_what_the_model_takes_for_a_table_are_no_chart(page: pymupdf.Page) -> None:
    bars(page)
    assert charts(page, (Region("table", (100, 250, 400, 450)),)) == []


def test_drawings_without_labels_are_no_charts(page: pymupdf.Page) -> None:
    page.draw_polyline([(100 + 40 * at, 200 - y) for at, y in enumerate((10, 60, 30, 80, 50))], color=RED)
    assert charts(page) == []


def test_a_picture_of_the_model_is_made_whole(page: pymupdf.Page) -> None:
    bars(page)
    (whole,) = charts(page)
    (found,) = charts(page, (Region("picture", (130, 330, 260, 405)),))
    assert found == whole


def test_a_picture_of_the_model_with_text_between_charts_gives_way_to_them(page: pymupdf.Page) -> None:
    bars(page, foot=200)
    page.insert_text((60, 260), SENTENCE)
    page.insert_text((60, 274), SENTENCE)
    bars(page, foot=400)
    found = charts(page, (Region("picture", (100, 100, 400, 420)),))
    assert len(found) == 2
    assert all(foot < 250 or top > 274 for _, top, _, foot in found)


def test_panels_side_by_side_are_one_chart_and_a_turned_page_has_it_as_it_is_shown(page: pymupdf.Page) -> None:
    bars(page)
    bars(page, left=315)
    ((left, top, right, foot),) = charts(page)
    assert left <= 120
    assert right >= 465
    page.set_rotation(90)
    assert charts(page) == [(800 - foot, left, 800 - top, right)]


def test_a_chart_is_a_figure_of_the_page_with_the_words_below_it(pdf: Callable[..., Upload]) -> None:
    def draw(page: pymupdf.Page, _: int) -> None:
        page.insert_text((60, 40), "Markets", fontsize=18)
        for row in range(6):
            page.insert_text((60, 55 + 8 * row), SENTENCE, fontsize=6)
        draw_pie(page)
        page.insert_text((100, 330), "Figure 2: Revenue by market")
        for row in range(6):
            page.insert_text((60, 370 + 14 * row), SENTENCE)

    upload = pdf(draw, size=(600, 800))
    (leaf,) = read(upload, deep=True).leaves
    (figure,) = (block for block in leaf.blocks if isinstance(block, Figure))
    assert [span.text for span in figure.caption] == ["Figure 2: Revenue by market"]


@pytest.mark.parametrize(("top", "captions"), [(80, ["Revenue by year"]), (110, ["Revenue by year"]), (300, [])])
def test_a_heading_above_a_chart_or_at_the_top_of_its_frame_names_it(top: int, captions: list[str]) -> None:
    def place(box: tuple[float, float, float, float]) -> Page:
        return Page(1, None, Box(*box))

    box = (150, top, 250, top + 12)
    words = [Line([(*box, "Revenue", 0, 0, 0)], 11, False, 0)]
    raw = RawPage(1, 600, 800, regions=(Region("picture", (100, 100, 400, 400)),), lines=words)
    found = with_figures([Span("Revenue by year", place(box), "heading", "\n", LOWEST)], raw, place)
    assert [span.text for block in found if isinstance(block, Figure) for span in block.caption] == captions


def test_a_page_whose_drawings_cannot_be_had_keeps_its_layout_and_says_so(pdf, monkeypatch) -> None:
    def draw(page: pymupdf.Page, _: int) -> None:
        bars(page)
        page.insert_text((60, 60), "Freight and volumes", fontsize=20)
        for row in range(8):
            page.insert_text((60, 500 + 14 * row), SENTENCE)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a path without a beginning")

    upload = pdf(draw)
    (whole,) = read(upload, deep=True).leaves
    monkeypatch.setattr(pymupdf.Page, "get_cdrawings", broken)
    (leaf,) = read(upload, deep=True).leaves
    assert [note.code for note in (*whole.notes, *leaf.notes)] == ["DrawingsFailed"]
    spoken = [[(one.text, one.kind) for one in page.blocks if isinstance(one, Span)] for page in (whole, leaf)]
    assert ("Freight and volumes", "heading") in spoken[1]
    assert sorted(spoken[0]) == sorted(spoken[1])
