"""The height of letters on a scan, whatever the box that was drawn around them takes in."""

import pymupdf
import pytest

from rag.reading.pdf.pages.paint.ink import drawn
from rag.reading.pdf.pages.scans.line_band import band_of

SCALE = 200 / 72


def strip(text, *, top=86, foot=104, draw=lambda page: None, chinese=False):
    """What stands between *top* and *foot* of a page that says *text* in 10 points at a height of 98."""
    with pymupdf.open() as document:
        page = document.new_page(width=200, height=200)
        page.insert_text((40, 98), text, fontsize=10, fontname="china-s" if chinese else "helv")
        draw(page)
        picture = drawn(page, SCALE)
    long = 10 * len(text) if chinese else pymupdf.Font("helv").text_length(text, 10)
    return picture[round(top * SCALE) : round(foot * SCALE), round(37 * SCALE) : round((43 + long) * SCALE)]


@pytest.mark.parametrize("text", ["Goodwill", "1,234,567", "sum", "(987)", "Equity"])
def test_letters_of_one_size_stand_in_one_band_whichever_they_are(text):
    band = band_of(strip(text), text)
    assert (86 + 18 * band.top, 86 + 18 * band.foot) == pytest.approx((90.3, 100.5), abs=1.3)
    assert 18 * band.size == pytest.approx(10, rel=0.15)


def test_chinese_fills_its_size():
    band = band_of(strip("应收账款", chinese=True), "应收账款")
    assert 18 * band.size == pytest.approx(10, rel=0.15)
    assert 18 * (band.foot - band.top) == pytest.approx(10, rel=0.15)


def test_borders_of_a_cell_and_the_line_above_are_not_part_of_the_letters():
    def cell(page):
        page.draw_line((20, 88), (180, 88), width=0.7)
        page.draw_line((39, 80), (39, 120), width=0.7)
        page.insert_text((40, 87), "previous", fontsize=10)

    band = band_of(strip("Inventories", draw=cell), "Inventories")
    assert 18 * band.size == pytest.approx(10, rel=0.15)


def test_where_there_is_no_ink_the_box_stands_for_its_letters():
    assert band_of(strip(" "), " ") == (0.0, 1.0, 0.75)
