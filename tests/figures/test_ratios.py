"""Ratios by their names, computed from what they are made of."""

import pytest

from rag.figures.computing import computed

HEAD = ["公司", "年份", "营业收入", "营业成本", "销售费用", "管理费用", "财务费用", "净利润"]
ROWS = [["甲电子", "2020", 200, 150, 10, 8, 2, 20], ["乙药业", "2020", 100, 40, 20, 9, 1, 30]]


@pytest.fixture
def accounts(source_of):
    return source_of(HEAD, ROWS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("毛利率", 0.25),
        ("净利率", 0.1),
        ("净利润率", 0.1),
        ("管理费用率", 0.04),
        ("三费比重", 0.1),
        ("营业成本率", 0.75),
    ],
)
def test_a_ratio_is_computed_from_what_it_is_made_of(accounts, name, value):
    found = computed(f"甲电子2020年的{name}是多少？保留2位小数。", [accounts])
    assert found.rows[0][-1] == pytest.approx(value)
    assert found.percents == (len(found.columns) - 1,)
    assert found.columns[-1] == name


def test_the_ratio_of_each_group_is_one_of_sums(source_of):
    rows = [["北", "甲", 100, 50], ["北", "乙", 300, 270], ["南", "甲", 50, 40]]
    source = source_of(["地区", "产品", "销售额", "成本"], rows)
    found = computed("各地区的毛利率", [source])
    assert {row[0]: pytest.approx(row[-1]) for row in found.rows} == {"北": 0.2, "南": 0.2}
    assert computed("哪个产品的毛利率最高？", [source]).rows[0][0] == "甲"


@pytest.mark.parametrize(
    "question",
    [
        "甲电子2020年毛利率的增长率是多少？",
        "甲电子2020年的毛利率和净利率分别是多少？",
        "甲电子2020年的平均毛利率是多少？",
        "甲电子2020年的速动比率是多少？",
        "丙化工2020年的毛利率是多少？请说明原因和影响",
    ],
)
def test_what_it_is_not_made_of_here_or_is_more_is_left_alone(accounts, question):
    assert computed(question, [accounts]) is None


def test_a_table_that_has_the_ratio_itself_gives_what_it_prints(source_of):
    source = source_of([*HEAD, "毛利率"], [[*ROWS[0], 24], [*ROWS[1], 61]])
    assert computed("甲电子2020年的毛利率是多少？", [source]).rows[0][-1] == 24


def test_margins_are_asked_for_in_english(source_of):
    source = source_of(["Segment", "Revenue", "Cost of sales"], [["Retail", 200, 150], ["Online", 100, 40]])
    assert computed("What is the gross margin of Online?", [source]).rows[0][-1] == pytest.approx(0.6)
    assert computed("gross margin by segment", [source]).rows[0][0] == "Online"
