"""Periods as tables print them."""

from datetime import date

import pytest

from rag.figures.asked.periods import label, period_of


@pytest.mark.parametrize(
    ("text", "start", "grain"),
    [
        ("2024-01-05", date(2024, 1, 5), "day"),
        ("2024/1/5", date(2024, 1, 5), "day"),
        ("2024年1月5日", date(2024, 1, 5), "day"),
        ("January 5, 2024", date(2024, 1, 5), "day"),
        ("5-Jan-2024", date(2024, 1, 5), "day"),
        ("2024-03", date(2024, 3, 1), "month"),
        ("2024年3月", date(2024, 3, 1), "month"),
        ("Mar-24", date(2024, 3, 1), "month"),
        ("2024Q3", date(2024, 7, 1), "quarter"),
        ("Q3 2024", date(2024, 7, 1), "quarter"),
        ("3Q24", date(2024, 7, 1), "quarter"),
        ("2024年第三季度", date(2024, 7, 1), "quarter"),
        ("2024年下半年", date(2024, 7, 1), "half"),
        ("FY2024", date(2024, 1, 1), "year"),
        ("2024年度", date(2024, 1, 1), "year"),
        ("２０２４年", date(2024, 1, 1), "year"),
        ("Q2", date(1, 4, 1), "quarter"),
        ("三季度", date(1, 7, 1), "quarter"),
        ("12月", date(1, 12, 1), "month"),
    ],
)
def test_a_period_is_known_by_its_first_day_and_its_length(text, start, grain):
    found = period_of(text)
    assert (found.start, found.grain) == (start, grain)


@pytest.mark.parametrize(
    "text", ["", "North", "1,234", "2024 was good", "2024-13-01", "2023-02-30", "600519", "1899", "x" * 999]
)
def test_what_is_no_period_is_none(text):
    assert period_of(text) is None


@pytest.mark.parametrize(
    ("day", "grain", "chinese", "english"),
    [
        (date(2024, 7, 1), "quarter", "2024年第三季度", "2024 Q3"),
        (date(2024, 12, 1), "month", "2024年12月", "2024-12"),
        (date(2024, 12, 1), "half", "2024年下半年", "2024 H2"),
        (date(2024, 1, 1), "year", "2024年", "2024"),
        (date(1, 7, 1), "quarter", "第三季度", "Q3"),
        (date(2024, 2, 29), "day", "2024-02-29", "2024-02-29"),
    ],
)
def test_a_period_is_written_in_the_language_of_the_question(day, grain, chinese, english):
    assert label(day, grain, chinese=True) == chinese
    assert label(day, grain, chinese=False) == english
