"""The number that a cell prints."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.numbers import number_of

SIGNS = ["", "$", "€", "¥", "￥", "US$", "HK$", "RMB", "人民币"]
amounts = st.decimals(min_value=0, max_value=10**12, places=2)
FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,()%-"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(123)", -123),
        ("1,234.5", 1234.5),
        ("12.3%", 0.123),
        ("(12.3)%", -0.123),
        ("（1,234.5%）", -12.345),
        ("—", 0),
        ("$ —", 0),
        ("１，２３４．５", 1234.5),
        ("3.5万", 35_000),
        ("1.2億元", 120_000_000),
        ("3,000万元", 30_000_000),
        ("2万亿", 2e12),
        ("US$ 1.5 million", 1_500_000),
        ("($1,234)", -1234),
        ("$ (1,234)", -1234),
        ("-$5", -5),
        ("−5", -5),
        ("1,234 *", 1234),
        ("12²", 12),
        ("12 (a)", 12),
        ("403 ²", 403),
        ("(36) ⁴,⁵", -36),
        ("1\u00a0234", 1234),
        ("1 649 692", 1_649_692),
        ("1,234(1)", 1234),
        ("$ 973 (b)(c)", 973),
        ("(d) 684", 684),
        ("(f) (22)", -22),
        ("*2,247", 2247),
        ("1,234-", -1234),
        ("(123)(1)", -123),
        ("0.5", 0.5),
        (".5", 0.5),
    ],
)
def test_a_printed_number_is_a_number(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "n/a", "不适用", "007", "600 519", "2024-01-02", "1.2.3", "1,23", "1,2345", "(1", "1)", "①", "½", "Q3"],
)
def test_words_codes_and_dates_are_no_numbers(text):
    assert number_of(text) is None


@pytest.mark.parametrize("text", ["2015 2016", "note 5", "3 of 4", "$", "%", "٣", "1" * 100])
def test_what_holds_more_or_less_than_a_number_is_none(text):
    assert number_of(text) is None


@given(amounts, st.sampled_from(SIGNS), st.booleans(), st.sampled_from(["()", "-", "−", "–"]), st.booleans())
def test_an_amount_is_read_back_however_it_is_printed(amount, sign, negative, style, wide):
    printed = f"{sign}{amount:,.2f}"
    if negative:
        printed = f"({printed})" if style == "()" else style + printed
    if wide:
        printed = printed.translate(FULL_WIDTH)
    assert number_of(printed) == float(-amount if negative else amount)


@given(amounts)
def test_a_share_is_read_back_as_a_workbook_stores_it(amount):
    assert number_of(f"{amount:.2f}%") == float(amount / 100)


@given(amounts, st.sampled_from([("万", 10**4), ("亿", 10**8), (" million", 10**6)]))
def test_a_number_is_multiplied_by_the_scale_behind_it(amount, scale):
    word, factor = scale
    assert number_of(f"{amount}{word}") == float(Decimal(amount) * factor)


@given(st.text(max_size=80))
def test_any_text_is_a_finite_number_or_none(text):
    number = number_of(text)
    assert number is None or abs(number) < float("inf")
