"""Questions that arithmetic answers, with the cells that went in; and those that it leaves alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.figures.computing import computed
from rag.records import Cells


def rows(question, *sources):
    found = computed(question, sources)
    return None if found is None else found.rows


def test_sales_of_each_quarter_and_their_trend(sales_of_two_years):
    found = computed("统计每季度的销售额，并绘制趋势图", [sales_of_two_years])
    assert found.rows[0] == ("2023年第一季度", 60)
    assert found.rows[-1] == ("2024年第四季度", 333)
    assert len(found.rows) == 8
    assert (found.chart.kind, found.chart.x, found.chart.y) == ("line", "订单日期", ("销售额合计",))
    assert Cells("Data", "D2:D25") in found.cells


def test_the_row_of_totals_is_not_counted_twice(sales_of_two_years):
    assert rows("销售额合计是多少", sales_of_two_years) == ((1572,),)


def test_only_the_rows_that_are_named_go_in(sales_of_two_years):
    found = computed("2024年华北的销售总额是多少？", [sales_of_two_years])
    assert found.rows == ((366,),)
    assert Cells("Data", "D14") in found.cells
    assert Cells("Data", "D15") not in found.cells


def test_shares_come_to_one_and_are_drawn_as_a_pie(sales_of_two_years):
    found = computed("各区域的销售额占比", [sales_of_two_years])
    assert sum(row[2] for row in found.rows) == pytest.approx(1)
    assert found.chart.kind == "pie"


def test_the_highest_is_one_and_the_top_two_are_two(sales_of_two_years):
    assert rows("哪个产品的销售额最高", sales_of_two_years) == (("电脑", 1146),)
    assert len(rows("销售额最高的2个产品", sales_of_two_years)) == 2
    assert rows("哪个产品的销售额最低", sales_of_two_years) == (("手机", 426),)


def test_the_first_of_what_no_column_tells_are_not_their_sum(sales_of_two_years):
    assert rows("2024年华北的销售额前3名", sales_of_two_years) is None


def test_growth_over_a_year_needs_the_year_before(sales_of_two_years):
    found = rows("2024年销售额比上年增长率是多少", sales_of_two_years)
    assert found[-1][0] == "2024年"
    assert found[-1][-1] == pytest.approx(792 / 780 - 1)


def test_english_questions_find_chinese_columns(sales_of_two_years):
    assert rows("What were total sales by region?", sales_of_two_years) == (("华南", 846), ("华北", 726))


def test_two_values_are_compared_side_by_side(sales_of_two_years):
    assert {row[0] for row in rows("比较华北和华南的销售额", sales_of_two_years)} == {"华北", "华南"}


def test_a_mean_is_a_mean(sales_of_two_years):
    assert rows("2023年平均销售额", sales_of_two_years) == ((65,),)


def test_a_cell_is_looked_up_by_its_row_and_column(source_of):
    source = source_of(["公司", "年份", "研发费用", "财务费用"], [["甲电子", "2019", 5, 7], ["甲电子", "2020", 6, 8]])
    found = computed("甲电子2020年的研发费用和财务费用分别是多少元？", [source])
    assert found.rows[0][-2:] == (6, 8)
    assert {Cells("Data", "C3"), Cells("Data", "D3")} <= set(found.cells)


def test_one_measure_over_another_is_a_ratio(source_of):
    source = source_of(["公司", "年份", "研发费用", "净利润"], [["甲电子", "2019", 5, 10], ["乙药业", "2019", 6, 8]])
    assert rows("甲电子2019年研发费用与净利润的比值是多少", source)[0][-1] == pytest.approx(0.5)


def test_periods_in_the_heads_make_a_trend(source_of):
    source = source_of(["项目", "2021年", "2022年", "2023年"], [["营业收入", 5, 6, 8], ["净利润", 1, 2, 2]])
    found = computed("2021-2023年营业收入的变化趋势", [source])
    assert found.rows == (("2021年", 5), ("2022年", 6), ("2023年", 8))
    assert found.chart.kind == "line"


@pytest.mark.parametrize(
    "question",
    [
        "这份文件讲了什么？",
        "公司面临的主要风险是什么？",
        "What does the report say about climate?",
        "丙食品2020年的销售额是多少？",
        "2019年的销售额合计是多少？",
        "销售成本率是多少？",
        "为什么华北的销售额下降了？原因是竞争加剧吗",
        "",
    ],
)
def test_what_the_table_does_not_say_is_left_to_the_passages(sales_of_two_years, question):
    assert computed(question, [sales_of_two_years]) is None


def test_two_tables_that_say_different_things_are_not_chosen_between(source_of):
    one, other = (source_of(["项目", "本期"], [["总股本", value], ["净资产", 3]]) for value in (5, 9))
    assert computed("本期的总股本是多少", [one, other]) is None
    assert rows("本期的总股本是多少", one) == (("总股本", 5),)


def test_two_tables_that_say_the_same_are(source_of):
    one, other = (source_of(["项目", "本期"], [["总股本", 5], ["净资产", 3]]) for _ in range(2))
    assert rows("本期的总股本是多少", one, other) == (("总股本", 5),)


def test_values_that_look_like_sql_are_only_values(source_of):
    evil = "x'; DROP TABLE data; --"
    source = source_of(["产品", "销售额"], [[evil, 5], ["普通", 6]])
    assert rows(f"{evil} 的销售额合计", source) == ((evil, 5),)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["North", "South", "East"]), st.integers(-1000, 1000)), min_size=1, max_size=30)
)
def test_sums_by_group_are_those_of_the_cells(source_of, pairs):
    source = source_of(["Region", "Amount"], [list(pair) for pair in pairs])
    expected = {}
    for region, amount in pairs:
        expected[region] = expected.get(region, 0) + amount
    assert dict(rows("total amount by region", source)) == expected


def test_one_is_compared_with_the_other_by_their_difference(sales_of_two_years):
    north, south, difference = rows("华北的销售额比华南少多少", sales_of_two_years)[0]
    assert (north, south, difference) == (726, 846, 120)
    assert rows("2024年的销售额比2023年多多少", sales_of_two_years) == ((792, 780, 12),)


def test_the_share_of_one_is_that_of_the_whole(sales_of_two_years):
    found = computed("华北的销售额占比是多少", [sales_of_two_years])
    assert found.rows[0][-1] == pytest.approx(726 / 1572)
    assert found.percents == (2,)
    assert rows("华北的销售额占利润的比例是多少", sales_of_two_years) is None


def test_a_rate_of_revenue_is_what_it_says(source_of):
    source = source_of(
        ["公司", "年份", "营业收入", "管理费用"], [["甲电子", "2019", 200, 7], ["乙药业", "2019", 30, 9]]
    )
    found = computed("甲电子2019年管理费用率是多少", [source])
    assert found.rows[0][-1] == pytest.approx(0.035)
    assert found.percents == (2,)


def test_a_company_may_be_called_by_its_full_name_unless_another_may_be_meant(source_of):
    names = ["葫芦娃", "龙源电力", "龙源技术"]
    source = source_of(["公司", "年份", "研发费用"], [[name, "2020", at] for at, name in enumerate(names, start=5)])
    assert rows("2020年海南葫芦娃药业集团股份有限公司的研发费用是多少元？", source)[0][-1] == 5
    assert rows("2020年烟台龙源电力技术股份有限公司的研发费用是多少元？", source) is None


def test_rates_are_never_added_up(source_of, table_of):
    source = source_of(["产品", "毛利率"], [["甲", "10%"], ["乙", "30%"], ["丙", "20%"]])
    assert rows("毛利率合计是多少", source) is None


def test_a_name_that_two_columns_share_means_neither(source_of):
    source = source_of(["项目", "本期 收入金额", "上期 收入金额"], [["药品", 5, 7], ["器械", 6, 8]])
    assert rows("药品的收入金额是多少", source) is None
    assert rows("药品的上期收入金额是多少", source) == (("药品", 7),)


def test_a_value_in_two_spellings_is_taken_in_both(source_of):
    source = source_of(["Region", "Amount"], [["North", 1], ["NORTH", 2], ["South", 4]])
    assert sum(row[-1] for row in rows("total amount of north by region", source)) == 3


def test_every_row_that_went_in_is_cited_however_many_there_are(source_of):
    source = source_of(["Region", "Amount"], [["North", number % 7] for number in range(3000)])
    found = computed("total amount of North", [source])
    assert set(found.cells) == {Cells("Data", "A2:A3001"), Cells("Data", "B2:B3001")}


def test_a_single_cell_is_not_called_a_total(source_of):
    source = source_of(["项目", "2021年", "2022年"], [["营业收入", 5, 6], ["净利润", 1, 2]])
    found = computed("2022年的营业收入总额是多少", [source])
    assert found.rows[0][-1] == 6
    assert not any("合计" in name for name in found.columns)
    assert computed("每年的营业收入趋势", [source]).chart.y == ("数值",)


def test_growth_is_not_told_over_a_gap(source_of):
    source = source_of(["年份", "营业收入"], [["2019年", 100], ["2020年", 110], ["2022年", 150], ["2023年", 165]])
    found = computed("每年营业收入的增长率", [source])
    assert [row[2] and round(row[2], 3) for row in found.rows] == [None, 0.1, None, 0.1]
    assert computed("2022年营业收入的增长率是多少", [source]) is None


def test_rows_without_a_value_are_counted_as_left_out(source_of):
    source = source_of(["区域", "销售额"], [["华北", 5], ["华南", None], ["华北", 6], ["华南", 1], ["合计", 12]])
    found = computed("各区域的销售额合计", [source])
    assert (dict(found.rows), found.empty) == ({"华北": 11, "华南": 1}, 1)


def test_amounts_in_different_units_are_not_set_against_each_other(source_of):
    source = source_of(["公司", "收入(万元)", "成本(元)"], [["甲公司", 5, 9], ["乙公司", 3, 2]])
    assert computed("甲公司的成本占收入的比例是多少", [source]) is None
    assert computed("甲公司的收入和成本的差额是多少", [source]) is None


def test_several_rows_that_are_meant_are_summed_and_not_listed(source_of):
    rows = [["2024-01-05", "华东", 5], ["2024-01-09", "华东", 6], ["2024-02-01", "华东", 1], ["2024-01-07", "华北", 9]]
    source = source_of(["日期", "区域", "销售额"], rows)
    assert computed("2024年1月华东的销售额是多少", [source]).rows == ((11,),)
    prices = source_of(["日期", "区域", "单价"], rows)
    assert computed("2024年1月华东的单价是多少", [prices]) is None


def test_an_amount_in_a_table_of_sales_answers_for_sales(source_of):
    rows = [["2024-01-05", "华东", 5], ["2024-04-09", "华南", 6]]
    assert computed("统计每季度的销售额", [source_of(["日期", "区域", "金额"], rows, title="销售明细")]).rows[0][1] == 5
    assert computed("统计每季度的销售额", [source_of(["日期", "区域", "金额"], rows, title="采购明细")]) is None


def test_a_column_that_is_named_is_not_put_aside_for_another(source_of):
    source = source_of(["Region", "Amount", "Cost"], [["North" if at % 2 else "South", at, 1] for at in range(9)])
    assert computed("What is the total amount by region?", [source]) is None


@pytest.fixture
def orders(source_of):
    return source_of(
        ["订单号", "客户", "签约日期", "负责人", "金额"],
        [["A102", "蓝天公司", "2024-03-05", "张三", 120], ["A103", "海风公司", "2024-04-09", "李四", 80]],
    )


def test_words_and_days_are_looked_up_by_what_else_their_row_says(orders):
    assert rows("订单号A102的客户是谁？", orders) == (("A102", "蓝天公司"),)
    assert rows("海风公司的负责人是谁？", orders) == (("海风公司", "李四"),)
    assert rows("海风公司的签约日期是哪天？", orders) == (("海风公司", "2024-04-09"),)
    assert rows("海风公司的负责人为什么离职？", orders) is None
    assert rows("山水公司的负责人是谁？", orders) is None


def test_a_word_of_a_columns_name_is_no_operation(source_of):
    source = source_of(["Bank", "Regulatory minimum"], [["East", 4.5], ["West", 8.0]])
    assert rows("What is the regulatory minimum of West?", source) == (("West", 8.0),)


def test_the_change_of_something_is_not_its_sum(source_of):
    source = source_of(["Region", "Loans 2021", "Loans 2022"], [["North", 40, 50], ["South", 20, 30]])
    assert rows("What was the change in total loans 2022?", source) is None


def test_what_is_no_column_is_not_taken_for_another(source_of):
    source = source_of(
        ["客户信息 客户", "客户信息 城市", "销售额"], [["甲", "北京", 3], ["乙", "天津", 5], ["甲", "天津", 9]]
    )
    assert rows("各城市的销售额占比", source) == (("天津", 14, 14 / 17), ("北京", 3, 3 / 17))
    for question in ("各省的销售额占比", "哪个门店的销售额最高？", "各省的销售额合计", "按渠道统计销售额"):
        assert rows(question, source) is None


def test_what_was_spent_is_the_amount_of_a_table_of_expenses(source_of):
    slips = [("研发部", "差旅费", 300), ("研发部", "办公费", 50), ("市场部", "办公费", 200)]
    spent = source_of(("部门", "费用类别", "金额"), slips)
    assert computed("哪个费用类别花得最多？", [spent]).rows == (("差旅费", 300),)
    assert computed("研发部花了多少钱", [spent]).rows == ((350,),)
    assert computed("单笔最大的金额是多少", [spent]).rows == ((300,),)
    heads = source_of(("部门", "人数"), [("研发部", 30), ("市场部", 20)])
    assert computed("哪个部门花得最多", [heads]) is None


@pytest.fixture
def spending(source_of):
    rows = [["研发部", "差旅费", 100.5], ["研发部", "办公费", 40], ["销售部", "差旅费", 60], ["销售部", "招待费", 66]]
    return source_of(["部门", "费用类别", "金额"], rows)


@pytest.mark.parametrize(
    "question",
    ["研发部花了多少时间", "研发部花了多少工时？", "研发部有多少人", "差旅费用了多久", "各部门的人数", "研发部的人数"],
)
def test_an_amount_is_no_answer_to_how_many_hours_or_people(spending, question):
    assert rows("研发部花了多少钱", spending) == ((140.5,),)
    assert rows(question, spending) is None


@pytest.mark.parametrize("question", ["How many hours did R&D spend?", "How long did R&D take", "headcount of R&D"])
def test_an_amount_is_no_answer_to_how_many_hours_or_people_in_english(source_of, question):
    source = source_of(["Department", "Amount"], [["R&D", 140], ["Sales", 60], ["Sales", 7]])
    assert rows("What is the amount of R&D?", source) == (("R&D", 140),)
    assert rows(question, source) is None


def test_a_weighted_mean_is_not_the_plain_one(source_of):
    source = source_of(["类别", "数量", "单价"], [["原材料", 10, 2.5], ["原材料", 4, 10], ["成品", 1, 50]])
    assert rows("原材料的平均单价", source) == ((6.25,),)
    assert rows("原材料的加权平均单价", source) is None
    assert rows("average unit price weighted by quantity", source) is None


def test_the_highest_of_what_has_a_code_is_told_by_its_code_and_name(source_of):
    rows_of = [["M1", "法兰", 25], ["M2", "轴套", 40], ["M3", "法兰", 50]]
    stock = source_of(["物料编码", "名称", "金额"], rows_of)
    assert rows("金额最高的物料是哪个？", stock) == (("M3", "法兰", 50),)
    assert rows("金额前2的物料", stock) == (("M3", "法兰", 50), ("M2", "轴套", 40))


def test_a_code_that_is_named_is_no_measure(source_of):
    cases = source_of(
        ["Case ID", "State", "Days open"], [["C-1", "Ohio", 40], ["C-2", "Texas", 3], ["C-3", "Texas", 4]]
    )
    assert rows("which state had the most cases?", cases) is None


@pytest.fixture
def receivables(source_of):
    heads = ["Customer", "Region", "1-30 days", "Over 90 days", "Total"]
    some = [["Alder", "South", 10, 30, 40], ["Birch", "North", 200, 5, 205], ["Cedar", "North", 1, 29, 30]]
    return source_of(heads, some, title="Accounts receivable aging")


def test_a_column_called_like_a_bound_is_a_column(receivables):
    assert rows("Which customer has the largest balance over 90 days?", receivables) == (("Alder", 30),)
    assert rows("What share of the total receivables is over 90 days?", receivables) is None


def test_words_of_the_title_are_no_other_measure(receivables):
    assert rows("Top 2 customers by total receivable", receivables) == (("Birch", 205), ("Alder", 40))
    assert rows("Top 2 customers by total budget", receivables) is None


def test_a_word_that_is_left_may_name_another_figure(source_of):
    limits = source_of(["Region", "Credit limit"], [["North", 6775], ["South", 5087]])
    assert rows("What is the credit limit of North?", limits) == (("North", 6775),)
    assert rows("What is the balance of North?", limits) is None


def test_means_of_one_cell_each_are_none(source_of):
    figures = [["Velmar", "EU", 842, 1013], ["Ostrand", "EU", 410, 377], ["Lindq", "US", 95, 120]]
    source = source_of(["Company", "Region", "Rent", "Wages"], figures)
    assert computed("average Rent and Wages for Velmar and the region EU", [source]) is None
    assert computed("average Rent and Wages for the region EU", [source]).rows == ((626, 695),)


def test_the_mean_of_each_record_is_the_mean(spending):
    assert rows("差旅费的平均每笔金额", spending) == ((80.25,),)
