"""Cells that a question names by the labels of rows and columns, at any depth, and what is left alone."""

import pytest

from rag.figures.computing import computed
from rag.records import Cells


@pytest.fixture(scope="session")
def balance(sheet):
    heads = [
        [("项目", 1, 1), ("期末余额", 2, 2), ("期初余额", 4, 2)],
        [("账面余额", 2, 1), ("比例(%)", 3, 1), ("账面余额", 4, 1), ("比例(%)", 5, 1)],
    ]
    rows = [
        ["1年以内", "300", "60%", "100", "50%"],
        ["1至2年", "200", "40%", "100", "50%"],
        ["合计", "500", "100%", "200", "100%"],
    ]
    return sheet(heads, rows)


@pytest.fixture(scope="session")
def taxes(sheet):
    rows = [
        ["教育费附加", "45.92", "27.24"],
        ["地方教育费附加", "30.61", "18.16"],
        ["房产税", "129", "-"],
        ["合计", "205.53", "45.4"],
    ]
    return sheet([[("项目", 1, 1), ("本期发生额", 2, 1), ("上期发生额", 3, 1)]], rows)


@pytest.fixture(scope="session")
def regions(sheet):
    heads = [
        [("Region", 1, 1), ("2019", 2, 2), ("2020", 4, 2)],
        [("Revenue", 2, 1), ("Cost", 3, 1), ("Revenue", 4, 1), ("Cost", 5, 1)],
    ]
    rows = [
        ["Europe"],
        [".Males", "10", "4", "12", "5"],
        [".Females", "20", "6", "24", "9"],
        ["Asia"],
        [".Males", "30", "7", "36", "8"],
        [".Females", "50", "9", "55", "11"],
    ]
    return sheet(heads, rows)


def answer(question, *sources):
    found = computed(question, sources)
    return found and found.rows


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("请问教育费附加的本期发生额是多少？", (("教育费附加", 45.92),)),
        ("地方教育费附加上年同期发生了多少呀？", (("地方教育费附加", 18.16),)),
        ("教育费附加本期和上期分别是多少", (("教育费附加", 45.92, 27.24),)),
        ("教育费附加与房产税的本期发生额各是多少", (("教育费附加", 45.92), ("房产税", 129))),
    ],
)
def test_a_cell_is_named_by_its_row_and_its_column(taxes, question, value):
    assert answer(question, taxes) == value


def test_one_word_for_a_period_finds_another(balance):
    assert answer("账龄在1年以内的年末账面余额是多少？", balance) == (("1年以内", 300),)
    assert answer("1至2年的年初比例是多少？", balance) == (("1至2年", 0.5),)


def test_a_percentage_stays_one(balance):
    found = computed("1至2年的期末比例是多少？", [balance])
    assert (found.rows, found.percents) == ((("1至2年", 0.4),), (1,))
    assert found.cells == (Cells("S", "A4"), Cells("S", "C4"))


@pytest.mark.parametrize(
    "question",
    [
        "教育费附加是多少？",  # of this year or the last
        "1年以内的期末余额是多少比例和金额",  # two under one head
        "印花税的本期发生额是多少？",
        "母公司的房产税本期发生额是多少？",
        "房产税2019年的本期发生额是多少？",
        "教育费附加和印花税的本期发生额各是多少？",
        "房产税为什么本期增加这么多？会有什么影响和风险？",
    ],
)
def test_what_is_not_named_by_one_way_alone_is_left_alone(taxes, balance, question):
    assert answer(question, taxes, balance) is None


def test_a_path_of_heads_and_of_rows_leads_to_one_cell(regions):
    found = computed("What was the revenue of females in Asia in 2020?", [regions])
    assert found.rows == (("Asia", "Females", 55),)
    assert Cells("S", "D8") in found.cells


def test_two_rows_of_one_name_are_not_chosen_between(regions):
    assert answer("What was the revenue of females in 2020?", regions) is None


def test_figures_under_a_label_are_summed(regions):
    found = computed("How much revenue was there in Asia in 2020?", [regions])
    assert found.rows == ((91,),)
    assert found.cells == (Cells("S", "D7:D8"),)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("By how much did the revenue of males in Europe increase from 2019 to 2020?", 2),
        ("What is the difference between revenue and cost of males in Asia in 2019?", 23),
        ("What was the growth rate of the cost of females in Europe from 2019 to 2020?", 0.5),
    ],
)
def test_two_cells_are_set_against_each_other(regions, question, value):
    assert answer(question, regions)[0][-1] == pytest.approx(value)


def test_growth_goes_from_the_earlier_to_the_later(taxes):
    found = computed("教育费附加本期比上期的增长率是多少", [taxes])
    assert found.rows[0][-1] == pytest.approx(45.92 / 27.24 - 1)
    assert found.percents == (2,)


def test_the_total_of_a_thing_is_not_the_total_of_all(sheet):
    source = sheet([[("Crop", 1, 1), ("2016", 2, 1)]], [["Kale", "448"], ["Garlic", "30"], ["Total", "478"]])
    assert answer("What is the total kale area in 2016?", source) == (("Kale", 448),)
    assert answer("What was the total in 2016?", source) == (("Total", 478),)


def test_an_empty_cell_is_no_answer(sheet):
    source = sheet([[("项目", 1, 1), ("金额", 2, 1), ("比例", 3, 1)]], [["甲产品", "5", ""], ["乙产品", "6", "7%"]])
    assert answer("甲产品的比例是多少？", source) is None
    assert answer("乙产品的比例是多少？", source) == (("乙产品", 0.07),)


def test_a_cell_that_says_something_else_than_a_number_is_not_passed_over(sheet):
    rows = [[f"项目{sign}类", str(at)] for at, sign in enumerate("甲乙丙丁戊己庚", start=1)] + [
        ["项目辛类", "详见附注"]
    ]
    source = sheet([[("名称", 1, 1), ("金额", 2, 1)]], rows)
    assert answer("项目辛类的金额是多少？", source) is None
    assert answer("项目甲类的金额是多少？", source) == (("项目甲类", 1),)


def test_how_much_a_thing_grew_is_not_the_thing_itself(sheet):
    source = sheet([[("项目", 1, 1), ("净利润", 2, 1)]], [["本期金额", "120"], ["上期金额", "100"]])
    assert answer("上年同期的净利润增长了百分之多少？", source) is None
    assert answer("上年同期的净利润是多少？", source) == (("上期金额", 100),)


@pytest.fixture
def cash_flows(sheet):
    rows = [("本期金额", "28", "10", "13"), ("上期金额", "30", "2", "15")]
    heads = ["经营活动产生的现金流量净额", "投资活动产生的现金流量净额", "筹资活动产生的现金流量净额"]
    return sheet([[("项目", 1, 1), *((head, at, 1) for at, head in enumerate(heads, start=2))]], rows)


def test_labels_of_which_the_shared_end_or_beginning_is_said_once_are_all_meant(cash_flows, sheet):
    found = answer("经营和投资活动产生的现金流量净额的本期金额分别是多少？", cash_flows)
    assert found == (("本期金额", 28, 10),)
    income = sheet([[("项目", 1, 1), ("本期", 2, 1)]], [("营业收入", "42"), ("营业成本", "58"), ("毛利", "-16")])
    assert {row[0] for row in answer("本期营业收入和成本各是多少？", income)} == {"营业收入", "营业成本"}


def test_the_shared_part_may_be_longer_than_what_is_said_once(sheet):
    heads = [
        [(name, at, 1) for at, name in enumerate(("项目", "经营活动净额", "投资活动净额", "筹资活动净额"), start=1)]
    ]
    flows = sheet(heads, [["本期金额", "-28", "-10", "13"], ["上期金额", "30", "-22", "-15"]])
    assert answer("经营、投资、筹资活动净额的本期金额？", flows) == (("本期金额", -28, -10, 13),)


def test_months_and_halves_are_found_in_short(sheet):
    source = sheet(
        [[("", 1, 1), ("Mar", 2, 1), ("Apr", 3, 1), ("H1", 4, 1)]], [["Spa", "5", "6", "70"], ["Bar", "1", "2", "30"]]
    )
    assert answer("What was Spa in March?", source) == (("Spa", 5),)
    assert answer("What was Spa for the first half of the year?", source) == (("Spa", 70),)


def test_a_label_said_in_two_parts_is_told_where_nothing_of_weight_stands_between(sheet):
    shares = sheet(
        [[("", 1, 1), ("期末", 2, 1), ("期初", 3, 1)]], [("普通股总股本", "59", "58"), ("优先股数量", "0", "0")]
    )
    assert answer("普通股在期初时有多少总股本？", shares) == (("普通股总股本", 58),)
    costs = sheet([[("项目", 1, 1), ("本期", 2, 1)]], [("销售费用", "5"), ("管理费用", "7")])
    assert answer("本期销售人员的费用是多少？", costs) is None


def test_how_many_times_as_much_is_a_ratio_of_the_later_to_the_earlier(sheet):
    areas = sheet([[("Crop", 1, 1), ("2011", 2, 1), ("2016", 3, 1)]], [("Kale", "92", "460"), ("Garlic", "5", "6")])
    assert answer("How many times did kale increase from 2011 to 2016?", areas)[0][-1] == 5
    assert answer("How many times did kale decrease from 2011 to 2016?", areas) is None


def test_whether_something_is_so_is_asked_of_the_row_that_says_so(sheet):
    heads = [("事项", 1, 1), ("是否存在提供担保事项", 2, 1), ("是否存在诉讼、仲裁事项", 3, 1)]
    facts = sheet([heads], [("是或否", "是", "否"), ("索引", "五", "六")])
    assert answer("该公司是否存在诉讼、仲裁事项？", facts) == (("是或否", "否"),)


def test_a_label_of_signs_alone_names_nothing(sheet):
    exports = sheet([[("Crop", 1, 1), ("2016", 2, 1)]], [("Garlic", "583"), ("..", "7")])
    assert answer("How much garlic was exported in 2016?", exports)[0][-1] == 583


def test_a_percentage_change_is_told_as_one_and_a_rate_is_no_amount(sheet):
    loans = sheet([[("", 1, 1), ("2021", 2, 1), ("2022", 3, 1)]], [("Net charge-offs", "80", "60")])
    assert answer("What is the percentage change in net charge-offs from 2021 to 2022?", loans)[0][-1] == -0.25
    assert answer("What is the net charge-offs rate in 2022?", loans) is None
    assert answer("By how much did net charge-offs decrease from 2021 to 2022?", loans)[0][-1] == 20


def test_the_kind_of_thing_after_a_part_of_it_names_no_second_row(sheet):
    months = [("", 1, 1), ("May", 2, 1), ("June", 3, 1)]
    parts = [("Rooms", "900", "1,000"), ("Food", "310", "350"), ("Spa", "150", "200")]
    hotel = sheet([months], [*parts, ("Revenue", "1,360", "1,550"), ("Rent", "70", "80")])
    assert answer("What was Spa revenue in June?", hotel) == (("Spa", 200),)
    assert answer("Revenue in June", hotel) == (("Revenue", 1550),)
    assert answer("Spa and revenue in June", hotel) == (("Spa", 200), ("Revenue", 1550))


def test_what_asks_for_no_figure_by_its_words_may_name_a_cell_of_a_sheet(sheet):
    profile = sheet([[("项目", 1, 1), ("内容", 2, 1)]], [["发射时间", "2022年8月4日"], ["名称", "句芒号"]])
    assert computed("卫星的发射时间", [profile], cells_only=True).rows == (("发射时间", "2022年8月4日"),)
    assert computed("介绍一下公司的历史", [profile], cells_only=True) is None


def test_tables_that_agree_in_the_last_figure_only_are_not_chosen_between(sheet):
    heads = [[("项目", 1, 1), ("本期", 2, 1), ("上年同期", 3, 1), ("增减比例%", 4, 1)]]
    one, other = (sheet(heads, [["存货周转率", now, "4", "-"], ["毛利率", "1", "2", "-"]]) for now in ("5", "6"))
    assert answer("存货周转率本期、上年同期和增减比例%分别是多少？", one) is not None
    assert answer("存货周转率本期、上年同期和增减比例%分别是多少？", one, other) is None
    assert answer("存货周转率本期和上年同期分别是多少？", one, other) is None


@pytest.fixture(scope="module")
def crops(sheet):
    """Areas of two years beside how they changed; one of them may not be told."""
    heads = [[("Area", 2, 2), ("Change", 4, 1)], [("2011", 2, 1), ("2016", 3, 1), ("percent", 4, 1)]]
    rows = [("Garlic", "1,000", "1,500", "50.0"), ("Kale", "x", "448", ".."), ("Chard", "80", "100", "25.0")]
    return sheet(heads, [*rows, ("Quinoa", "300", "..", "...")])


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How much did the total area of garlic increase from 2011 to 2016?", 500),
        ("By how much did the area of garlic increase?", 500),
        ("What is the percentage of the increase in the area of chard?", 0.25),
    ],
)
def test_a_figure_moved_between_the_two_periods_that_there_are(crops, question, value):
    assert computed(question, [crops]).rows[0][-1] == pytest.approx(value)


def test_what_may_not_be_told_is_no_figure_and_makes_none(crops):
    assert [column.kind for column in crops.table.columns] == ["text", "number", "number", "number"]
    assert computed("By how much did the area of kale increase?", [crops]) is None


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What is the CAGR of sales from 2021 to 2024?", 0.1),
        ("compound annual growth rate of sales, 2021 to 2024", 0.1),
        ("What was the growth of sales from 2021 to 2024?", 0.331),
        ("2021年到2024年销售额的复合增长率", 0.1),
    ],
)
def test_growth_over_several_years_is_that_of_each_of_them_where_this_is_asked(sheet, question, value):
    heads = [[("", 1, 1), ("2021", 2, 1), ("2023", 3, 1), ("2024", 4, 1)]]
    source = sheet(heads, [("Sales", "1,000", "1,200", "1,331"), ("Costs", "700", "800", "900")])
    assert computed(question, [source]).rows[0][-1] == pytest.approx(value)
