"""What a question is asked over: documents by what they are about, and pages by their numbers."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import (
    About,
    Cells,
    Document,
    Page,
    Passage,
    Selection,
    Span,
    line_of,
    pages_in,
    pages_text,
    stand_on,
    within,
)


def document(about):
    return Document(1, 1, "a.pdf", "d", "pdf", 1, datetime.now(UTC), "ann", about=about)


KNOWN = document(About(type="annual report", year=2022, language="en", tags=("water", "air")))


@pytest.mark.parametrize(
    ("where", "held"),
    [
        (Selection(), True),
        (Selection(tags=("air", "fire")), True),
        (Selection(tags=("fire",)), False),
        (Selection(years=(2021, 2022)), True),
        (Selection(years=(2021,)), False),
        (Selection(types=("annual report",), languages=("en",)), True),
        (Selection(types=("annual report",), languages=("zh",)), False),
    ],
)
def test_a_document_is_in_when_one_of_each_kind_of_filter_fits(where, held):
    assert where.holds(KNOWN) is held


def test_what_is_not_known_of_a_document_is_in_no_filter():
    assert not Selection(years=(2022,)).holds(document(About()))
    assert not Selection(languages=("en",)).holds(document(About()))
    assert Selection().holds(document(About()))


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("12", ((12, 12),)),
        ("10-20, 5", ((5, 5), (10, 20))),
        ("10–20；30至31", ((10, 20), (30, 31))),
        (" 3 , 3", ((3, 3),)),
    ],
)
def test_pages_are_read_as_people_write_them(text, pages):
    assert pages_in(text) == pages


@pytest.mark.parametrize("text", ["", "x", "20-10", "0", "1-", "-3", "1,,x", "iv"])
def test_what_names_no_pages_is_refused(text):
    with pytest.raises(ValueError, match="not pages"):
        pages_in(text)


@given(st.lists(st.tuples(st.integers(1, 9999), st.integers(0, 99)), min_size=1, max_size=5))
def test_pages_are_written_as_they_are_read(stretches):
    pages = tuple(sorted({(first, first + more) for first, more in stretches}))
    assert pages_in(pages_text(pages)) == pages


def test_a_passage_keeps_only_the_words_of_its_pages():
    spans = tuple(Span(f"p{number}", Page(number)) for number in (1, 2, 3))
    passage = Passage(KNOWN, spans)
    assert within(passage, ()) is passage
    assert within(passage, ((1, 3),)) is passage
    assert [span.text for span in within(passage, ((2, 2), (9, 9))).spans] == ["p2"]
    assert within(passage, ((4, 9),)) is None


def test_a_sheet_is_on_no_page():
    cells = (Cells("P&L", "A1:B2"),)
    assert stand_on(cells, ())
    assert not stand_on(cells, ((1, 9),))
    assert not stand_on((Page(1), Page(4)), ((1, 3),))


@pytest.mark.parametrize(
    ("about", "line"),
    [
        (About(("Otter Corp", "Otter"), ("OTR",), "annual report", 2022), "Otter (OTR) · annual report 2022"),
        (About(("Otter Corp",), (), "quarterly report", 2022, 2), "Otter Corp · quarterly report Q2 2022"),
        (About((), (), "half-year report", 2022, 2), "half-year report 2022"),
        (About(("青荷纸业",), ("688999",), "annual report", 2021, None, "zh"), "青荷纸业 688999 · 2021年年度报告"),
        (About(("青荷纸业",), (), "quarterly report", 2021, 3, "zh"), "青荷纸业 · 2021年第三季度报告"),
        (About(("青荷纸业",), (), "earnings release", 2021, 4, "zh"), "青荷纸业 · 2021年第四季度业绩公告"),
        (About((), (), "half-year report", 2021, 2, "zh"), "2021年半年度报告"),
        (About(("青荷人壽",), (), "policy", language="zh", title="青荷終身保險"), "青荷終身保險 · 保险条款"),
        (About(type="paper", title="Attention to Tides"), "Attention to Tides · paper"),
        (About(type="data", year=2020), "2020"),
        (About(), ""),
    ],
)
def test_what_a_document_is_about_is_said_in_its_own_language(about, line):
    assert line_of(about) == line
