"""Dashes in columns of figures of a scan: put where the picture shows one alone, and nowhere else."""

import numpy as np
import pymupdf
import pytest

from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.pages.paint.ink import drawn
from rag.reading.pdf.pages.scans.lone_dashes import with_dashes
from rag.reading.pdf.pages.scans.scanned_rules import level_ink

SCALE = 200 / 72
LABELS = ["Receivables", "Inventories", "Goodwill", "Taxes", "Total"]
FIGURES = [("1,234", "987"), ("—", "1,870"), ("5,678", "—"), ("—", "12"), ("6,912", "2,869")]


def statement(page, figures=FIGURES):
    """The lines that a detector finds, without the dashes, all of which are drawn."""
    lines = []
    for at, row in enumerate(zip(LABELS, *zip(*figures, strict=True), strict=True)):
        for x, text in zip((60, 260, 340), row, strict=True):
            y = 100 + 16 * at
            if text == "—":
                page.draw_line((x - 10, y - 3), (x, y - 3), width=0.6)
                continue
            long = pymupdf.Font("helv").text_length(text, 10)
            left = x if x == 60 else x - long
            page.insert_text((left, y), text, fontsize=10)
            lines.append(Line([(left, y - 9.0, left + long, y + 3.0, text, at, 0, 0)], 10.0, bold=False, way=0))
    return lines


@pytest.fixture
def page():
    with pymupdf.open() as document:
        yield document.new_page(width=400, height=300)


def rows(lines):
    found = {}
    for line in sorted(lines, key=lambda line: line.words[0][0]):
        found.setdefault(round(line.words[0][3]), []).append(line.words[0][4])
    return [found[y] for y in sorted(found)]


def test_a_dash_that_no_line_was_found_for_stands_in_its_row_and_column(page):
    lines = statement(page)
    found = with_dashes(lines, level_ink(drawn(page, SCALE), 0.0), SCALE)
    assert rows(found) == [[label, *row] for label, row in zip(LABELS, FIGURES, strict=True)]
    (dash, *_) = [line.words[0] for line in found if line.words[0][4] == "—"]
    assert dash[:4] == pytest.approx((250, 107, 260, 119), abs=2)


def test_lines_over_sums_and_borders_of_cells_are_no_dashes(page):
    lines = statement(page, [("1,234", "987"), ("1", "1,870"), ("5,678", "3"), ("4", "12"), ("6,912", "2,869")])
    page.draw_line((230, 153), (262, 153), width=0.7)
    page.draw_line((270, 80), (270, 180), width=0.7)
    page.draw_line((50, 137), (350, 137), width=0.7)
    assert with_dashes(lines[:-1], level_ink(drawn(page, SCALE), 0.0), SCALE) == lines[:-1]


def test_a_dash_beside_its_currency_sign_is_found(page):
    lines = statement(page)
    page.insert_text((215, 116), "$", fontsize=10)
    lines.append(Line([(215.0, 107.0, 221.0, 119.0, "$", 9, 0, 0)], 10.0, bold=False, way=0))
    found = with_dashes(lines, level_ink(drawn(page, SCALE), 0.0), SCALE)
    assert rows(found)[1] == ["Inventories", "$", "—", "1,870"]


def test_the_chinese_for_one_in_a_column_of_figures_is_a_dash_and_elsewhere_it_is_not():
    def line(x, y, text):
        return Line([(x, y, x + 6.0 * len(text), y + 12, text, 0, 0, 0)], 10.0, bold=False, way=0)

    lines = [line(60.0, 100.0, "一"), line(260.0, 100.0, "一"), line(250.0, 116.0, "1,234"), line(250.0, 132.0, "98")]
    found = with_dashes(lines, np.zeros((800, 1_000), np.bool_), SCALE)
    assert [one.words[0][4] for one in found] == ["一", "—", "1,234", "98"]
