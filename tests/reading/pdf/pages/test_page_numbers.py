"""The numbers that are printed on the pages of a PDF that does not say how they are labelled."""

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.pdf.blocks.layout import Line
from rag.reading.pdf.pages.page_labels import PageLabels, roman
from rag.reading.pdf.pages.page_numbers import numbered, numbers_on
from rag.reading.pdf.pages.raw_page import RawPage


def line(text, y, x=300.0):
    words, left = [], x
    for at, word in enumerate(text.split()):
        words.append((left, y, left + 6.0 * len(word), y + 10, word, 0, int(y), at))
        left += 6.0 * len(word) + 3
    return Line(words, 10.0, False, 0)


def labels(feet, *, y=770.0, rules=()):
    """The labels of pages with *feet*, of which ``None`` is a page without."""
    raws = [
        RawPage(number, 600, 800, lines=[line("Some words of the page", 400), *([line(foot, y)] if foot else [])])
        for number, foot in enumerate(feet, 1)
    ]
    pages = ((raw, numbers_on(raw.lines, raw.width, raw.height)) for raw in raws)
    return [label for _, label in numbered(pages, PageLabels(rules))]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{}", "{}"),
        ("- {} -", "{}"),
        ("F-{}", "F-{}"),
        ("Page {} of 90", "{}"),
        ("{} / 90", "{}"),
        ("第 {} 页", "{}"),
        ("第{}页 共90页", "{}"),
        ("Annual report 2025 {}", "{}"),
        ("{} Annual report 2025", "{}"),
    ],
)
def test_the_number_in_a_foot_is_the_printed_one(written, told):
    feet = [None, None, *[written.format(number) for number in range(7, 12)]]
    assert labels(feet) == [None, None, *[told.format(number) for number in range(7, 12)]]


def test_small_roman_numbers_come_before_the_others():
    assert labels([None, "ii", "iii", "iv", "v", "1", "2", "3"]) == [None, "ii", "iii", "iv", "v", "1", "2", "3"]


def test_numbers_may_begin_anew():
    assert labels(["1", "2", "3", "4", "1", "2", "3", "F-1", "F-2", "F-3"]) == [
        *("1", "2", "3", "4"),
        *("1", "2", "3"),
        *("F-1", "F-2", "F-3"),
    ]


def test_a_page_without_a_number_has_none_and_the_others_go_on():
    assert labels(["5", "6", None, "8", None, None, "11", "12"]) == ["5", "6", None, "8", None, None, "11", "12"]


def test_left_and_right_pages_have_feet_of_their_own():
    feet = [f"{number} The report" if number % 2 == 0 else f"Chapter one {number}" for number in range(10, 20)]
    assert labels(feet) == [str(number) for number in range(10, 20)]


@pytest.mark.parametrize(
    "feet",
    [
        ["2025", "2025", "2025", "2025", "2025"],
        ["2021", "2022", "2023", "2024", "2025"],
        ["PART I", "PART II", "PART III", "PART IV", "words"],
        ["12", "40", "13", "7", "99"],
        ["21", None, "23", None, None, None, None],
    ],
)
def test_what_is_no_sequence_of_numbers_labels_no_page(feet):
    assert set(labels(feet)) == {None}


def test_numbers_in_the_middle_of_pages_label_none():
    assert set(labels([str(number) for number in range(1, 9)], y=390.0)) == {None}


def test_what_a_pdf_says_itself_counts():
    rule = {"startpage": 0, "prefix": "A-", "style": "D", "firstpagenum": 1}
    assert labels(["7", "8", "9"], rules=[rule]) == ["A-1", "A-2", "A-3"]


def test_a_pdf_that_only_counts_its_pages_says_nothing():
    rule = {"startpage": 0, "prefix": "", "style": "D", "firstpagenum": 1}
    assert labels(["7", "8", "9"], rules=[rule]) == ["7", "8", "9"]


@given(st.lists(st.one_of(st.none(), st.integers(1, 30).map(str), st.sampled_from(["iv", "v", "F-3"])), max_size=30))
def test_no_page_is_lost_and_none_has_a_label_that_is_not_printed_on_it(feet):
    found = labels(feet)
    assert len(found) == len(feet)
    assert all(label is None or label == foot for label, foot in zip(found, feet, strict=True))


@given(st.integers(1, 3999))
def test_a_roman_number_is_read_as_it_is_written(number):
    written = PageLabels([{"startpage": 0, "style": "r", "firstpagenum": number}]).of(1)
    assert roman(written) == number
    assert roman(written.upper()) == number


def test_a_rule_that_says_what_it_is_puts_nothing_before_the_numbers():
    with pymupdf.open() as doc:
        doc.new_page()
        doc.new_page()
        rules = "<</Nums[0<</Type/PageLabel/S/r>>1<</Type/PageLabel/S/D/P(A-)>>]>>"
        doc.xref_set_key(doc.pdf_catalog(), "PageLabels", rules)
        labels = PageLabels(doc.get_page_labels())
    assert [labels.of(1), labels.of(2)] == ["i", "A-1"]


@pytest.mark.parametrize("letters", ["", "iiii", "vx", "ic", "mmmmmm"])
def test_letters_that_are_no_number_are_none(letters):
    assert roman(letters) is None
