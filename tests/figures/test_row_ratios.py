"""One row of a statement over another, by what the question calls them."""

import pytest

from rag.figures.computing import computed

HEADS = [[("项目", 1, 1), ("本期金额", 2, 1), ("上期金额", 3, 1)]]
LINES = [
    ("一、营业收入", "1000", "800"),
    ("减：营业成本", "600", "500"),
    ("管理费用", "50", "48"),
    ("四、净利润", "200", "160"),
]


@pytest.fixture
def income(sheet):
    return sheet(HEADS, LINES)


def answer(question, source):
    found = computed(question, [source])
    return None if found is None else found.rows[0][-1]


def test_a_line_as_a_share_of_another(income):
    assert answer("本期管理费用占营业收入的比重是多少", income) == pytest.approx(0.05)
    assert answer("管理费用占营业收入的比重是多少", income) is None, "of which period, it does not say"


def test_a_ratio_by_its_name(income):
    found = computed("本期的毛利率是多少", [income])
    assert found.rows[0][-1] == pytest.approx(0.4)
    assert [place.area for place in found.cells] == ["B2:B3"]
    assert answer("上期净利率", income) == pytest.approx(0.2)
    assert answer("本期的毛利率同比增长多少", income) is None


def test_costs_that_are_printed_as_negative_are_not_taken_away_twice(sheet):
    signed = sheet(HEADS, [LINES[0], ("营业成本", "-600", "-500")])
    assert answer("本期的毛利率是多少", signed) is None


def test_growth_over_a_year_is_that_between_the_two_periods(income):
    assert answer("净利润同比增长多少", income) == pytest.approx(0.25)


def test_a_row_as_a_share_of_the_total(sheet):
    heads = [[("部门", 1, 1), ("2024年末", 2, 1)]]
    staff = sheet(heads, [("研发", "30"), ("生产", "60"), ("行政", "10"), ("合计", "100")])
    assert answer("2024年末研发占总人数的比例", staff) == pytest.approx(0.3)
