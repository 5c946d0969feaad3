"""Labels that say one thing in two languages answer in either."""

import pytest

from rag.figures.asked.bilingual import both_languages
from rag.figures.computing import computed, made_of_statements

INCOME = [
    ("营业收入 Revenue", 100.0, 120.0),
    ("营业成本 Cost of sales", 60.0, 66.0),
    ("研发费用 R&D expenses", 5.0, 6.0),
    ("净利润 Net profit", 10.0, 15.0),
]


@pytest.mark.parametrize(
    ("label", "both"),
    [
        ("营业收入 Revenue", ("营业收入", "Revenue")),
        ("五、净利润 Net profit", ("五、净利润", "Net profit")),
        ("Cost of sales 銷售成本", ("銷售成本", "Cost of sales")),
        ("IT 部门", None),
        ("净利润 EBIT", None),
        ("营业收入", None),
        ("Revenue", None),
        ("产品 A", None),
    ],
)
def test_a_name_or_a_short_form_is_no_second_language(label, both):
    assert both_languages(label) == both


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2024年Q1营业收入是多少", 120),
        ("What was revenue in Q1 2024?", 120),
        ("2024年第一季度净利润是多少", 15),
        ("2024Q1研发费用比2023Q4多多少", 1),
        ("2024年第一季度毛利率是多少", 0.45),
    ],
)
def test_a_line_is_found_by_either_of_its_names(source_of, question, value):
    source = source_of(("项目 Item", "2023Q4", "2024Q1"), INCOME)
    assert computed(question, [source]).rows[0][-1] == pytest.approx(value)


def test_a_statement_in_two_languages_has_the_ratios_of_one(printed):
    rows = [(label, f"{before:.2f}", f"{now:.2f}") for label, before, now in INCOME]
    statement = printed([[("项目", 1, 1), ("2023年度", 2, 1), ("2024年度", 3, 1)]], rows, title="合并利润表")
    assert made_of_statements("2024年的毛利率是多少", [statement]).rows[0][-1] == pytest.approx(0.45)
    assert computed("2024年净利润同比增长率", [statement]).rows[0][-1] == pytest.approx(0.5)


def test_the_line_that_sums_up_others_is_added_up_over_its_quarters(source_of):
    rows = [("营业收入 Revenue", 100.0, 120.0), ("营业成本 Cost", 60.0, 66.0), ("毛利 Gross profit", 40.0, 54.0)]
    source = source_of(("项目 Item", "2024Q1", "2024Q2"), rows)
    assert computed("2024年各季度营业收入合计是多少", [source]).rows[-1][-1] in {220, 120}
    assert computed("2024年上半年营业收入合计", [source]).rows == ((220,),)
