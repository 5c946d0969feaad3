"""Tables that a report prints, asked in the words of people: years, lengths, groups, and what titles say once."""

import pytest

from rag.figures.computing import computed

MONTHS, YEAR = ("Three Months Ended December 31,", 2, 2), ("Year Ended December 31,", 4, 2)


@pytest.fixture(scope="session")
def summary(printed):
    return printed(
        [[("2024", 2, 1), ("2023", 3, 1), ("2022", 4, 1)]],
        [("Net sales", "440", "400", "320"), ("Net income", "66", "60", "54"), ("Net margin", "15%", "15%", "16.9%")],
        title="Summary",
    )


@pytest.fixture(scope="session")
def segments(printed):
    return printed(
        [[MONTHS, YEAR], [("2024", 2, 1), ("2023", 3, 1), ("2024", 4, 1), ("2023", 5, 1)]],
        [
            ("Pumps", "50", "60", "210", "220"),
            ("Valves", "70", "40", "190", "150"),
            ("Corporate and unallocated", "(9)", "(8)", "(30)", "(28)"),
            ("Total operating income", "111", "92", "370", "342"),
        ],
        title="Segment operating income",
    )


@pytest.fixture(scope="session")
def balance(printed):
    lines = [
        ("流动资产：", "", ""),
        (".货币资金", "200.00", "150.00"),
        (".存货", "100.00", "130.00"),
        ("流动资产合计", "300.00", "280.00"),
        ("资产总计", "900.00", "800.00"),
        ("流动负债合计", "150.00", "200.00"),
        ("负债合计", "360.00", "400.00"),
    ]
    return printed([[("项目", 1, 1), ("期末余额", 2, 1), ("期初余额", 3, 1)]], lines, title="合并资产负债表")


@pytest.fixture(scope="session")
def products(printed):
    heads = [
        ("营业收入", 2, 1),
        ("毛利率（%）", 3, 1),
        ("营业收入比上年增减（%）", 4, 1),
        ("毛利率比上年增减（%）", 5, 1),
    ]
    return printed(
        [heads],
        [
            ("分产品", "", "", "", ""),
            (".电表", "600.00", "31.30", "10.28", "1.19"),
            (".终端", "300.00", "28.46", "-8.06", "-1.22"),
            (".储能", "100.00", "17.93", "47.57", "1.57"),
            ("分地区", "", "", "", ""),
            (".华东", "700.00", "30.48", "9.30", "0.38"),
            (".境外", "300.00", "24.00", "16.14", "-3.60"),
        ],
        title="占营业收入10%以上的产品、地区",
    )


def last(question, *sources):
    found = computed(question, sources)
    return None if found is None else found.rows[0][-1]


def test_growth_between_two_years_and_to_the_year_of_the_report(summary):
    assert last("net sales growth from 2022 to 2023", summary) == pytest.approx(0.25)
    assert last("By what percentage did net sales change in FY2024?", summary) == pytest.approx(0.1)
    assert last("What is the year over year change in net sales in percent?", summary) == pytest.approx(0.1)
    assert last("net sales growth from 2020 to 2024", summary) is None, "of 2020 it has nothing"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("net sales growth from 2022 to 2023", "growth from 2022 to 2023"),
        ("CAGR of net sales from 2022 to 2024", "compound annual growth from 2022 to 2024"),
        ("2023 年 Net sales 比 2022 年的增长率", "2023较2022增长率"),
    ],
)
def test_a_growth_is_told_in_the_words_of_people(summary, question, name):
    assert computed(question, [summary]).columns[-1] == name


def test_of_one_report_the_statement_tells_what_the_company_earned_and_not_the_sum_of_segments(segments, printed):
    heads = [[MONTHS, YEAR], [("2024", 2, 1), ("2023", 3, 1), ("2024", 4, 1), ("2023", 5, 1)]]
    rows = [("Net sales", "500", "450", "900", "800"), ("Operating income", "100", "90", "330", "300")]
    question = "By what percentage did operating income change in 2024?"
    assert last(question, segments, printed(heads, rows, title="Statements of Operations")) == pytest.approx(0.1)
    assert last(question, segments, printed(heads, rows, title="Other figures")) is None


def test_a_figure_for_each_share_and_a_ratio_are_in_no_unit_of_the_table(printed):
    rows = [
        ("Net sales", "440", "400"),
        ("Diluted EPS", "1.32", "1.20"),
        ("Current ratio", "1.8", "1.7"),
        ("Shares outstanding", "50", "50"),
    ]
    heads = [[("2024", 2, 1), ("2023", 3, 1)]]
    source = printed(heads, rows, title="Summary", unit="in millions, except per share")
    units = [computed(f"What were {name} in 2024?", [source]).unit for name, _, _ in rows]
    assert units == ["in millions, except per share", "", "", "in millions, except per share"]


def test_all_years_of_a_stretch_go_in_or_none(summary):
    assert last("average net income from 2022 to 2024", summary) == pytest.approx(60)
    assert last("average net income from 2020 to 2024", summary) is None
    assert last("average net income over the last three years", summary) == pytest.approx(60)


def test_a_line_over_the_years_is_drawn(summary):
    found = computed("Plot the trend of net sales over the years", [summary])
    assert found.rows == (("2022", 320), ("2023", 400), ("2024", 440))
    assert found.chart.kind == "line"
    assert len(found.cells) >= 3
    assert computed("Plot the quarterly trend of net sales", [summary]) is None


def test_where_no_year_is_said_that_of_the_report_is_meant_and_named(summary):
    found = computed("What was net income?", [summary])
    assert found.rows == (("Net income", 66),)
    assert found.columns[-1] == "2024"
    assert last("What was net income in 2019?", summary) is None


def test_what_is_due_in_years_to_come_is_not_all_that_is_due(printed):
    heads = [[("Total", 2, 1), ("2025", 3, 1), ("2026-2027", 4, 1), ("Thereafter", 5, 1)]]
    due = printed(heads, [("Leases", "60", "10", "20", "30"), ("Purchases", "9", "4", "3", "2")], title="Obligations")
    assert last("What were the obligations of leases in total?", due) != 10
    assert last("What were the obligations of leases in 2025?", due) == 10


def test_a_ratio_that_is_printed_is_not_made_again(summary):
    assert last("What was the net margin in 2022?", summary) == pytest.approx(0.169)


def test_of_three_months_and_a_year_the_year_is_meant_unless_a_quarter_is_asked_for(segments):
    assert computed("What was the operating income of Valves in 2024?", [segments]).rows[0][-1] == 190
    question = "What was the operating income of Valves for the three months ended December 31, 2024?"
    assert computed(question, [segments]).rows[0][-1] == 70
    assert computed("What was the operating income of Valves on June 30, 2024?", [segments]) is None


def test_what_is_no_segment_is_not_the_lowest_of_them(segments):
    assert computed("Which segment had the lowest operating income in 2024?", [segments]).rows[0][0] == "Valves"
    assert computed("Which segment had the highest operating income in 2024?", [segments]).rows[0][0] == "Pumps"
    assert computed("Which region had the highest operating income in 2024?", [segments]) is None


def test_a_share_is_of_the_line_that_sums_up(printed):
    premiums = printed(
        [[("Line of business", 1, 1), ("2024", 2, 1), ("2023", 3, 1)]],
        [("Motor", "60", "50"), ("Household", "30", "40"), ("Pet", "10", "15"), ("Total", "100", "105")],
        title="Gross written premium by line of business",
    )
    assert last("What share of gross written premium in 2024 was Motor?", premiums) == pytest.approx(0.6)
    assert last("What share of net earned premium in 2024 was Motor?", premiums) is None
    found = computed("Top 2 lines of business by gross written premium in 2023", [premiums])
    assert [row[0] for row in found.rows] == ["Motor", "Household"]


def test_a_share_within_a_line_is_of_its_total(printed):
    staff = printed(
        [[("Grade", 1, 1), ("Women", 2, 1), ("Men", 3, 1), ("Total", 4, 1)]],
        [("Senior managers", "40", "60", "100"), ("Others", "500", "400", "900"), ("Total", "540", "460", "1,000")],
        title="Employees",
    )
    assert last("What share of senior managers are women?", staff) == pytest.approx(0.4)


def test_ends_of_the_year_are_years_of_the_report(balance):
    assert last("2024年末资产负债率是多少", balance) == pytest.approx(0.4)
    assert last("2023年末的流动比率", balance) == pytest.approx(1.4)
    assert last("资产负债率是多少？保留两位小数", balance) == pytest.approx(0.4)
    assert last("2022年末资产负债率是多少", balance) is None
    assert last("期末存货比期初减少了多少", balance) == pytest.approx(30)


def test_a_share_is_of_the_whole_that_is_named(balance):
    assert last("2024年末存货占总资产的比例", balance) == pytest.approx(100 / 900)
    assert last("2024年末存货占流动资产合计的比例", balance) == pytest.approx(1 / 3)
    assert last("2024年末存货占营业收入的比例", balance) is None


def test_a_label_is_no_wish(printed):
    heads = [[("2024", 2, 1), ("2023", 3, 1), ("2022", 4, 1)]]
    costs = printed(heads, [("Research and development", "30", "20", "10"), ("Change in cash", "6", "5", "4")])
    assert last("Total research and development over 2022, 2023 and 2024", costs) == 60
    assert last("What was the change in cash in 2023?", costs) == 5


def test_the_parent_is_another_company_than_its_group(balance, printed):
    heads = [[("项目", 1, 1), ("期末余额", 2, 1), ("期初余额", 3, 1)]]
    alone = printed(heads, [("存货", "70.00", "60.00"), ("资产总计", "500.00", "400.00")], title="母公司资产负债表")
    assert last("2024年末存货是多少", balance, alone) == 100
    assert last("母公司2024年末存货是多少", balance, alone) == 70


def test_a_change_that_is_printed_is_the_answer(products):
    assert last("储能营业收入同比增长多少", products) == pytest.approx(47.57)
    assert last("2024年储能毛利率同比变动多少", products) == pytest.approx(1.57)
    assert last("光伏营业收入同比增长多少", products) is None


def test_a_change_that_is_printed_is_the_last(printed):
    heads = [[("项目", 1, 1), ("2024年", 2, 1), ("2023年", 3, 1), ("同比增减", 4, 1), ("2022年", 5, 1)]]
    figures = printed(heads, [("营业收入", "132.00", "110.00", "20.00%", "100.00")], title="主要会计数据")
    assert last("2024年营业收入同比增长多少", figures) == pytest.approx(0.2)
    assert last("2023年营业收入比2022年增长百分之几", figures) == pytest.approx(0.1)


def test_the_rows_of_one_group_compete(products):
    assert computed("毛利率最高的产品是哪个？", [products]).rows[0][0] == "电表"
    assert computed("哪个地区的营业收入最高？", [products]).rows[0][0] == "华东"
    assert [row[0] for row in computed("营业收入前二的产品是哪些", [products]).rows] == ["电表", "终端"]
    assert computed("哪个渠道的营业收入最高？", [products]) is None
    assert last("华东比境外的营业收入多多少？", products) == pytest.approx(400)


def test_traditional_characters_are_the_same_words(printed):
    income = printed(
        [[("項目", 1, 1), ("2024年度", 2, 1), ("2023年度", 3, 1)]],
        [("營業收入", "1,100.00", "1,000.00"), ("營業成本", "880.00", "700.00")],
        title="合併綜合損益表",
    )
    assert last("2024年營業收入同比增長率", income) == pytest.approx(0.1)
    assert last("2024年的毛利率是多少", income) == pytest.approx(0.2)


def test_a_report_on_a_part_of_the_year_is_asked_by_its_own_words(printed):
    heads = [[("June 30, 2024", 2, 1), ("December 31, 2023", 3, 1)]]
    half = printed(heads, [("Inventories", "70", "60"), ("Goodwill", "9", "9")], quarter=2)
    assert last("What were inventories as of December 31, 2024?", half) is None
    assert last("What were inventories as of June 30, 2024?", half) == 70


def test_what_stands_under_interest_is_not_the_thing_itself(printed):
    lines = [
        ("Interest expense", "", ""),
        (".Deposits", "118.0", "92.0"),
        (".Borrowings", "21.0", "27.0"),
        (".Total interest expense", "139.0", "119.0"),
    ]
    source = printed([[("2024", 2, 1), ("2023", 3, 1)]], lines, title="Statements of income")
    assert computed("Percentage change in total deposits from 2023 to 2024", [source]) is None
    assert computed("What were deposits in 2024?", [source]) is None
    assert computed("What was the interest expense on deposits in 2024?", [source]).rows[0][-1] == 118
    assert computed("What was total interest expense in 2024?", [source]).rows[0][-1] == 139
    changes = printed([[("2024", 2, 1)]], [("Change in inventories", "(4)"), ("Other", "5")], title="Cash flows")
    assert computed("What were inventories in 2024?", [changes]) is None


def test_a_figure_keeps_the_decimals_that_are_printed(printed):
    rows = [("Sales", "427.4", "372.90"), ("Margin", "28.7%", "30.25%"), ("Days", "1,204", "12.3456")]
    source = printed([[("2024", 2, 1), ("2023", 3, 1)]], rows)
    questions = ("Sales in 2024", "Sales in 2023", "Margin in 2024", "Margin in 2023", "Days in 2024", "Days in 2023")
    found = [computed(f"What was {question}?", [source]) for question in questions]
    assert [each.decimals[0][-1] for each in found] == [1, 2, 1, 2, 0, 4]
    assert computed("How much did sales grow from 2023 to 2024 in percent?", [source]).decimals[0][-3:] == (2, 1, None)
