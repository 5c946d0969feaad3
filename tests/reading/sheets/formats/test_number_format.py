"""What a cell shows is what Excel shows."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.sheets.formats.number_format import displayed, is_date_format

ACCOUNTING = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567.891, "1234567.891"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333"),
        (123456789.12, "123456789.1"),
        (99999999999, "99999999999"),
        (123456789012, "1.23457E+11"),
        (0.00001, "0.00001"),
        (0.000012345678, "1.23457E-05"),
        (1e-10, "1E-10"),
        (-12.5, "-12.5"),
        (-0.0, "0"),
        (2023.0, "2023"),
        (1e300, "1E+300"),
    ],
)
def test_a_number_without_a_format(value, shown):
    assert displayed(value) == shown
    assert displayed(value, "General") == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567.5, "#,##0.0#", "1,234,567.5"),
        (6543210.12345678, '#,##0.000" "###" "###', "6,543,210.123 456 78"),
        (0, "#,##0", "0"),
        (0, "#", ""),
        (0.5, "#.00", ".50"),
        (5, "0.##", "5."),
        (5, "000", "005"),
        (5, "0,000", "0,005"),
        (2.675, "0.00", "2.68"),
        (1.005, "0.00", "1.01"),
        (-0.001, "0.00", "-0.00"),
        (0.1234, "0.0%", "12.3%"),
        (0.5, "0%", "50%"),
        (1234567, "#,##0,", "1,235"),
        (1234567, '0.0,,"M"', "1.2M"),
        (3, '0"万元"', "3万元"),
        (12, '"FY"0', "FY12"),
        (12, "\\(0\\)", "(12)"),
        (123456789, "000-00-0000", "123-45-6789"),
        (20230101, "0000-00-00", "2023-01-01"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (12345.678, "##0.0E+0", "12.3E+3"),
        (0.00012, "0.0E+0", "1.2E-4"),
        (0.125, "# ?/?", "1/8"),
        (2.25, "# ?/?", "2 1/4"),
        (0.3, "# ?/8", "2/8"),
        (2.0, "# ?/?", "2"),
        (3.12, "# ??/??", "3 3/25"),
        (3, 'General"年"', "3年"),
        (5.5, "@", "5.5"),
        (7, ";;;", ""),
    ],
)
def test_a_number_with_a_format(value, code, shown):
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (-1234.5, "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"),
        (-3, "0;0", "3"),
        (-5, '"$"#,##0', "-$5"),
        (0, ACCOUNTING, "-"),
        (-1234, ACCOUNTING, "(1,234)"),
        (1234, ACCOUNTING, "1,234"),
        ("abc", ACCOUNTING, "abc"),
        ("abc", '0;0;0;"["@"]"', "[abc]"),
        (0, '0;-0;"nil"', "nil"),
        (-2, "[Blue]0.0;[Red]-0.0", "-2.0"),
    ],
)
def test_sections_for_positive_negative_zero_and_text(value, code, shown):
    assert displayed(value, code) == shown


@pytest.mark.parametrize(("value", "shown"), [(1_500_000, "1.5M"), (1_500, "1.5K"), (15, "15"), (-15, "-15")])
def test_a_section_with_a_condition_shows_the_numbers_that_meet_it(value, shown):
    assert displayed(value, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0') == shown


def test_a_section_for_numbers_below_zero_needs_no_sign():
    assert displayed(-5, "[>=0]0;(0)") == "(5)"
    assert displayed(-5, "[<0](0);0") == "(5)"
    assert displayed(-5, "[>100]0;0") == "-5"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234, "[$¥-804]#,##0", "¥1,234"),
        (1234, '"¥"#,##0.00;"¥"-#,##0.00', "¥1,234.00"),
        (1234.567, "$#,##0.00", "$1,234.57"),
        (1234.5, "#,##0.00 [$€-407]", "1,234.50 €"),
        (1234.5, "[$USD] #,##0.0", "USD 1,234.5"),
        (-8, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', "$(8.00)"),
    ],
)
def test_an_amount_is_shown_with_its_currency(value, code, shown):
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (45291, "yyyy-mm-dd", "2023-12-31"),
        (45291, "m/d/yyyy", "12/31/2023"),
        (45291, "d-mmm-yy", "31-Dec-23"),
        (45291, "mmm-yy", "Dec-23"),
        (45291, "dddd, mmmm d, yyyy", "Sunday, December 31, 2023"),
        (45291, 'yyyy"年"m"月"d"日"', "2023年12月31日"),
        (45291, "yyyy年m月d日", "2023年12月31日"),
        (45291, '[$-804]yyyy"年"m"月";@', "2023年12月"),
        (45291, "[$-804]aaaa", "星期日"),
        (45291, "[$-804]dddd", "星期日"),
        (45291, "[$-804]mmmm", "十二月"),
        (45291.75, "yyyy-mm-dd hh:mm", "2023-12-31 18:00"),
        (0.75, "h:mm AM/PM", "6:00 PM"),
        (0.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (0.25, "hh:mm:ss", "06:00:00"),
        (0.5 + 1.26 / 86400, "mm:ss.0", "00:01.3"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (1.5, "[mm]:ss", "2160:00"),
        (44000.9999999, "h:mm:ss", "0:00:00"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (59, "yyyy-mm-dd", "1900-02-28"),
        (60, "yyyy-mm-dd", "1900-02-29"),
        (61, "yyyy-mm-dd", "1900-03-01"),
    ],
)
def test_dates_times_and_durations(value, code, shown):
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12300, "[DBNum1][$-804]General", "一万二千三百"),
        (-10020.5, "[DBNum2][$-804]G/通用格式", "-壹万零贰拾.伍"),
        (123, '[DBNum2]General"元整"', "壹佰贰拾叁元整"),
        (123456789012, "[DBNum1]General", "一千二百三十四亿五千六百七十八万九千〇一十二"),
        (15, "[DBNum1]", "一十五"),
        (0, "[DBNum2]General", "零"),
        (10000, "[DBNum2][$-404]General", "壹萬"),
        (2024, "[DBNum1]0", "二〇二四"),
        (1234.5, "[DBNum1]#,##0.00", "一,二三四.五〇"),
        (45000, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二三年三月十五日"),
        (45000, "[DBNum2]yyyy年mm月dd日", "贰零贰叁年零叁月壹拾伍日"),
        (45000, "[DBNum1]aaaa", "星期三"),
        (12, "[DBNum1][$-411]General", "12"),
        (7, "[DBNum4]General", "7"),
    ],
)
def test_numbers_in_chinese_characters(value, code, shown):
    assert displayed(value, code) == shown


def heard(said):
    """The number that is said in Chinese, worked out from its characters."""
    total = group = digit = 0
    for character in said:
        if character in "〇一二三四五六七八九":
            digit = "〇一二三四五六七八九".index(character)
        elif character in "十百千":
            group += digit * 10 ** ("十百千".index(character) + 1)
            digit = 0
        elif character == "万":
            total += (group + digit) * 10_000
            group = digit = 0
        else:
            total = (total + group + digit) * 100_000_000
            group = digit = 0
    return total + group + digit


@given(st.one_of(st.integers(0, 10**12 - 1), st.sampled_from([10**at + 5 for at in range(12)])))
def test_what_is_said_in_chinese_is_the_number(number):
    said = displayed(number, "[DBNum1]General")
    assert heard(said) == number
    assert "〇〇" not in said


def test_workbooks_of_old_macs_count_from_1904():
    assert displayed(0, "yyyy-mm-dd", since_1904=True) == "1904-01-01"
    assert displayed(43829, "yyyy-mm-dd", since_1904=True) == "2023-12-31"


@pytest.mark.parametrize(("value", "code"), [(-2.2, "yyyy-mm-dd"), (1e9, "yyyy-mm-dd"), (-1.5, "[h]:mm")])
def test_a_number_that_is_no_date_is_a_row_of_signs(value, code):
    assert displayed(value, code) == "#" * 255


def test_elapsed_hours_alone_have_a_sign_in_both_systems():
    assert displayed(-1.2, "[HH]") == "-28"
    assert displayed(-12.34, "[s]") == "-1066176"
    assert set(displayed(-1.2, "[h]:mm")) == {"#"}


def test_days_before_the_first_have_a_sign_where_they_count_from_1904():
    assert displayed(-1.5, "[h]:mm", since_1904=True) == "-36:00"
    assert displayed(-1, "yyyy-mm-dd", since_1904=True) == "-1904-01-02"


def test_hours_counted_behind_another_part_are_no_format():
    assert displayed(12.3, "hh[m]") == "12.3"


def test_general_in_the_section_for_text_is_the_text():
    assert displayed("foo", "[<-25]General;[>25]General;General;General") == "foo"


def test_python_dates_are_shown_like_stored_ones():
    assert displayed(datetime(2023, 12, 31, 18, tzinfo=UTC), "yyyy-mm-dd hh:mm") == "2023-12-31 18:00"
    assert displayed(date(1900, 2, 28), "yyyy-mm-dd") == "1900-02-28"
    assert displayed(date(1900, 3, 1), "yyyy-mm-dd") == "1900-03-01"
    assert displayed(time(18, 30), "h:mm AM/PM") == "6:30 PM"
    assert displayed(timedelta(hours=36), "[h]:mm") == "36:00"


def test_what_is_no_number():
    assert displayed(None, "0.00") == ""
    assert displayed(True, "0.00") == "TRUE"
    assert displayed(False) == "FALSE"
    assert displayed("12", "0.00") == "12"
    assert displayed(float("inf"), "0.00") == displayed(float("nan")) == "#NUM!"


@pytest.mark.parametrize("code", ["yyyy-mm-dd", "h:mm", "[h]:mm", 'm"月"', "AM/PM"])
def test_a_format_of_dates_is_known(code):
    assert is_date_format(code)


@pytest.mark.parametrize("code", [None, "General", "0.00", '"day" 0', "[Red]0", "[$-804]0.00", "@", "0.00E+00"])
def test_a_format_of_numbers_is_not_one_of_dates(code):
    assert not is_date_format(code)


STRANGE = st.builds(
    str.__add__,
    st.sampled_from(["", "[DBNum1]", "[DBNum2]"]),
    st.text('0#?.,%/@;Ee+-ymdhsaAPMG"\\_*[]$<>=1年 ', max_size=14),
)


@given(st.floats(allow_nan=False, allow_infinity=False), STRANGE)
def test_no_format_is_too_strange(value, code):
    assert isinstance(displayed(value, code), str)


@given(st.floats(-1e12, 1e12))
def test_two_decimals_are_right_to_half_a_hundredth(value):
    assert abs(float(displayed(value, "#,##0.00").replace(",", "")) - value) <= 0.005 + abs(value) * 1e-14
