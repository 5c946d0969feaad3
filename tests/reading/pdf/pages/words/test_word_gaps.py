"""Words that stand in two cells, though MuPDF sees no space between them."""

import pymupdf
import pytest

from rag.reading.pdf.pages.paint.page_paint import PagePaint
from rag.reading.pdf.pages.raw_page import Region
from rag.reading.pdf.pages.words.page_text import text_of
from rag.reading.pdf.pages.words.word_gaps import apart


@pytest.fixture
def page():
    with pymupdf.open() as document:
        yield document.new_page()


def write(page, *rows):
    """Chinese at 10 points: each row has texts and where they begin."""
    for at, row in enumerate(rows):
        for x, text in row:
            page.insert_text((x, 100 + 20 * at), text, fontname="china-s", fontsize=10)


def words(page, *columns):
    lines = text_of(page, PagePaint(page)).lines
    table = Region("table", (40, 80, 400, 300), (), columns)
    return [[word[4] for word in line.words] for line in apart(page, lines, [table])]


def test_a_name_and_its_amount_are_two_words_where_a_line_between_columns_parts_them(page):
    write(page, [(50, "营业收入合计"), (116, "649,561.90")])
    assert words(page) == [["营业收入合计649,561.90"]]
    assert words(page, 113.0) == [["营业收入合计", "649,561.90"]]


def test_heads_are_parted_in_the_free_place_between_the_figures_below_them(page):
    write(page, [(50, "期末持股数量"), (114, "质押或冻结")], [(50, "80,556"), (150, "12,001")])
    assert words(page, 140.0)[0] == ["期末持股数量", "质押或冻结"]


def test_a_gap_that_comes_again_and_again_parts_words_though_no_line_does(page):
    terms = [[(50, "指"), (65, meaning)] for meaning in ("青岚股份", "控股集团", "人民币元", "证监会")]
    write(page, *terms)
    assert [len(row) for row in words(page, 300.0)] == [2, 2, 2, 2]
    (alone, *_) = words(page, 300.0)
    assert alone == ["指", "青岚股份"]


def test_a_gap_within_a_cell_parts_no_word(page):
    write(page, [(50, "同比增长"), (95, "百分之九")], [(50, "同比下降"), (90, "百分之八")])
    assert words(page, 141.0)[0] == ["同比增长百分之九"]


def test_boxes_of_the_parts_are_those_of_their_characters(page):
    write(page, [(50, "期末余额"), (96, "期初余额")])
    lines = text_of(page, PagePaint(page)).lines
    (line,) = apart(page, lines, [Region("table", (40, 80, 400, 300), (), (93.0,))])
    assert [(round(word[0]), round(word[2])) for word in line.words] == [(50, 90), (96, 136)]
