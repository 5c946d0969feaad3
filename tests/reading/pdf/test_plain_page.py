"""Pages of running text do without the layout model; all others are shown to it."""

import pymupdf
import pytest

from rag.reading.pdf.mupdf import opened
from rag.reading.pdf.page_paint import PagePaint
from rag.reading.pdf.page_reader import raw_pages
from rag.reading.pdf.plain_page import needs_layout

TEXT = "Net sales rose because more was sold, and at better prices, than in the year before. " * 12


@pytest.fixture
def needs(pdf):
    """Whether a page needs the model on which *draw* draws."""

    def ask(draw):
        upload = pdf(lambda page, _: draw(page))
        with opened(upload.path, upload.name) as document:
            (raw,) = raw_pages(document, [1], deep=False)
            return needs_layout(raw, PagePaint(document[0]))

    return ask


def text(page, box=(72, 72, 520, 700)):
    page.insert_textbox(box, TEXT, fontsize=10)


def test_running_text_does_not(needs):
    assert not needs(text)


def test_running_text_below_a_rule_does_not(needs):
    assert not needs(lambda page: (text(page), page.draw_line((72, 60), (520, 60))))


def test_two_columns_do(needs):
    assert needs(lambda page: (text(page, (72, 72, 280, 700)), text(page, (300, 72, 520, 700))))


def test_a_table_without_lines_does(needs):
    def draw(page):
        for row in range(9):
            page.insert_text((72, 100 + 14 * row), f"Row {row}")
            page.insert_text((300, 100 + 14 * row), f"{row},234")

    assert needs(draw)


def test_a_drawing_does(needs):
    assert needs(lambda page: (text(page), [page.draw_rect((72 + 9 * n, 600, 80 + 9 * n, 700)) for n in range(12)]))


def test_an_image_does(needs):
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 30, 30))
    assert needs(lambda page: (text(page), page.insert_image((72, 400, 300, 600), pixmap=pixmap)))


def test_a_page_without_words_does(needs):
    assert needs(lambda page: None)
