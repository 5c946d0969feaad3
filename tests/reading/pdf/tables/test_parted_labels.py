"""Labels of rows that a page break parts."""

import pytest

from rag.reading.pdf.blocks.headings import Typography
from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.blocks.page_blocks import leaf_of
from rag.reading.pdf.pages.raw_page import RawPage, Region
from rag.records import Table

TYPE = Typography(10.0, ((14.0, True), (10.0, True)))
FIRST = "Proceeds from the disposal of subsidiaries,"
REST = "net of cash disposed of"


def line(x, y, text):
    words, left = [], float(x)
    for count, word in enumerate(text.split(" ")):
        words.append((left, y, left + 5 * len(word), y + 10, word, int(y * 10 + x), 0, count))
        left += 5 * len(word) + 2.5
    return Line(words, 10.0, bold=False, way=0)


def right(x, y, text):
    return line(x - 5 * len(text), y, text)


def page(number, lines, top, foot):
    """A page with one table between *top* and *foot*, in which the model sees three columns."""
    borders = sorted({one.words[0][1] - 2 for one in lines if one.words[0][0] == 60})[1:]
    region = Region("table", (50, top, 490, foot), tuple(borders), (340, 430))
    return RawPage(number, 600, 750, lines=lines, regions=(region,))


def rows(top, *labels):
    """A line each 14 points, from *top* on; a label that ends in ``|`` has no figures."""
    found = []
    for at, label in enumerate(labels):
        y = top + 14 * at
        found.append(line(60, y, label.removesuffix("|")))
        if not label.endswith("|"):
            found += [right(400, y, f"{at + 1},234"), right(480, y, f"{at + 2},345")]
    return found


def overleaf(last, *labels):
    """The rows of a table on the second of two pages, of which the first ends with the row *last*."""
    heads = [line(60, 640, "Cash flows (in thousands)"), right(400, 656, "2024"), right(480, 656, "2023")]
    body = rows(670, "Profit for the year", "Depreciation", "Interest paid", "Other items", last)
    _, known = leaf_of(page(1, [*heads, *body], 650, 742), None, TYPE, None)
    second = page(2, rows(50, *labels), 45, 60 + 14 * len(labels))
    (found,) = [block for block in leaf_of(second, None, TYPE, known)[0].blocks if isinstance(block, Table)]
    assert found.continues
    return [[cell.text for cell in row] for row in found.rows]


def test_figures_overleaf_have_the_whole_label_that_begins_on_the_page_before():
    found = overleaf(FIRST + "|", REST, "Grants received", "Taxes paid")
    assert found[0] == [f"{FIRST} {REST}", "1,234", "2,345"]
    assert found[1] == ["Grants received", "2,234", "3,345"]


def test_the_rest_of_a_label_with_figures_on_the_page_before_is_no_part_of_the_next_one():
    found = overleaf(FIRST, REST + "|", "Grants received", "Taxes paid")
    assert found[:2] == [[REST], ["Grants received", "2,234", "3,345"]]


@pytest.mark.parametrize("section", ["Paid for:|", "Investing activities –|"])
def test_the_name_of_a_section_at_the_foot_of_a_page_is_no_part_of_the_label_overleaf(section):
    assert overleaf(section, "equipment", "Grants received", "Taxes paid")[0][0] == "equipment"


def test_labels_that_all_begin_in_lower_case_stay_apart_over_a_page_break():
    assert overleaf("Disposals|", "of land", "of buildings", "of plant")[0][0] == "of land"
