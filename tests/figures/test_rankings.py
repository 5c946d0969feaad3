"""Which of several cells is the greatest or the least, and what is not set against each other."""

import pytest

from rag.figures.asked.wishes import wish_of
from rag.figures.cells.rankings import ranking
from rag.figures.computing import computed
from rag.records import Cells


@pytest.fixture(scope="session")
def regions(sheet):
    heads = [
        [("Region", 1, 1), ("2019", 2, 2), ("2020", 4, 2)],
        [("Revenue", 2, 1), ("Cost", 3, 1), ("Revenue", 4, 1), ("Cost", 5, 1)],
    ]
    rows = [
        ["Europe"],
        [".France", "10", "4", "12", "5"],
        [".Spain", "20", "6", "24", "9"],
        [".Italy", "15", "16", "4", "39"],
        ["Asia"],
        [".Japan", "30", "7", "36", "8"],
        [".India", "50", "9", "35", "11"],
    ]
    return sheet(heads, rows)


@pytest.fixture(scope="session")
def areas(sheet):
    heads = [[("地区", 1, 1), ("2022年", 2, 2), ("2023年", 4, 2)]]
    heads.append([("收入", 2, 1), ("成本", 3, 1), ("收入", 4, 1), ("成本", 5, 1)])
    rows = [
        ["境内", "700", "430", "600", "390"],
        [".华东", "300", "200", "310", "150"],
        [".华南", "400", "230", "290", "240"],
        ["境外", "120", "80", "150", "60"],
        ["合计", "820", "510", "750", "450"],
    ]
    return sheet(heads, rows)


def answer(question, source):
    found = computed(question, [source])
    return found and found.rows


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Which region in Europe had the highest revenue in 2019?", ("Spain", 20)),
        ("Which region in Europe had the lowest revenue in 2020?", ("Italy", 4)),
        ("Which region in Asia had the most revenue in 2020?", ("Japan", 36)),
        ("Which had a higher revenue in 2020, Spain or Japan?", ("Japan", 36)),
        ("Which region had lower revenue in 2020, France or India?", ("France", 12)),
    ],
)
def test_the_rows_under_one_label_or_named_ones_are_ranked(regions, question, row):
    assert answer(question, regions) == (row,)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("2023年境内哪个地区的收入最高？", ("华东", 310)),
        ("境内2022年成本最低的是哪个地区？", ("华东", 200)),
        ("华东和华南2022年的收入哪个更高？", ("华南", 400)),
        ("境内和境外2023年哪个成本更低？", ("境外", 60)),
    ],
)
def test_rows_are_ranked_in_chinese(areas, question, row):
    assert answer(question, areas) == (row,)


def test_all_that_competed_is_cited(regions):
    found = computed("Which region in Europe had the highest revenue in 2019?", [regions])
    assert Cells("S", "B4:B6") in found.cells


def test_the_year_of_the_greatest_is_told_from_the_heads(regions):
    found = computed("In which year did India have the higher revenue?", [regions])
    assert found.rows == (("2019", 50, 35),)
    assert found.cells == (Cells("S", "B9"), Cells("S", "D9"))
    assert answer("Which year had the lowest cost of Italy?", regions)[0][0] == "2019"
    assert answer("哪一年华南的收入更高？", regions) is None


def test_two_named_columns_are_set_against_each_other(regions):
    assert answer("Which was higher for Italy in 2020, revenue or cost?", regions) == (("Cost", 4, 39),)


@pytest.mark.parametrize(
    "question",
    [
        "Which region had the highest revenue in 2020?",  # Europe or France
        "Which region in Europe had the highest revenue?",  # of two years
        "Which company in Europe had the highest revenue in 2019?",
        "Which year in Europe had the highest revenue in 2019?",
        "Which region in Europe had the highest profit in 2019?",
        "Which region in Europe, except Spain, had the highest revenue in 2019?",
        "What was the year with the highest revenue in Europe in 2019?",
        "Which region in Europe had a revenue of at least 12 in 2019?",
        "Which region had a higher cost than India in 2019?",
        "Which region in Europe had the highest revenue in 2018?",
        "Which region in Europe had the highest increase in revenue in 2020?",
        "Which region in Europe had the highest share of revenue in 2020?",
        "Which region in Europe had the highest average revenue in 2020?",
        "Which region in Europe had the highest revenue after tax in 2020?",
        "Which has more revenue in 2020, Spain or Brazil?",
    ],
)
def test_what_may_be_meant_in_two_ways_is_not_ranked(regions, question):
    assert answer(question, regions) is None


def test_a_total_does_not_compete_with_its_parts(areas, sheet):
    assert answer("合计和华东2023年的收入哪个更高？", areas) is None
    source = sheet([[("Crop", 1, 1), ("2016", 2, 1)]], [["Kale", "8"], ["Garlic", "30"], ["Beets", "3"], ["All", "41"]])
    assert answer("Which crop was highest in 2016?", source) == (("Garlic", 30),)
    rows = [["Crops"], [".Roots", "33"], [".Garlic", "30"], [".Beets", "3"], [".Rye", "4"]]
    assert answer("Which of the crops was highest in 2016?", sheet([[("Name", 1, 1), ("2016", 2, 1)]], rows)) is None
    rows[1] = [".Roots", "38"]
    assert answer("Which of the crops was highest in 2016?", sheet([[("Name", 1, 1), ("2016", 2, 1)]], rows)) == (
        ("Roots", 38),
    )


def test_two_that_are_equal_have_no_greatest(sheet):
    heads = [[("Kind", 1, 1), ("2016", 2, 1), ("2017", 3, 1)]]
    source = sheet(heads, [["Farms"], [".Kale", "8", "9"], [".Garlic", "8", "7"]])
    assert answer("Which kind of farms was higher in 2016, kale or garlic?", source) is None
    assert answer("Which kind of farms was highest in 2016?", source) is None
    assert answer("Which kind of farms was higher in 2017, kale or garlic?", source) == (("Kale", 9),)


def test_a_figure_that_is_missing_leaves_the_ranking_open(sheet):
    heads = [[("Group", 1, 1), ("2016", 2, 1), ("2017", 3, 1)]]
    rows = [["Boys"], [".Young", "8", "9"], [".Old", "F", "7"], [".Other", "2", "1"]]
    rows += [["Girls"], [".Young", "1", "2"], [".Old", "3", "4"], [".Other", "5", "5"]]
    source = sheet(heads, rows)
    assert answer("Which group of boys was highest in 2016?", source) is None
    assert answer("Which group of boys was highest in 2017?", source) == (("Young", 9),)


def test_a_number_in_a_condition_is_not_a_ranking(regions):
    assert answer("Which regions in Europe had a revenue of 15 or more in 2019?", regions) is None


@pytest.mark.parametrize(
    "question",
    [
        "境内2023年收入最高的公司是哪家？",
        "境内2023年收入最高的公司是哪个？",
        "2023年哪个地区收入最高？",
        "境内和华东2023年收入哪个高？",
        "2023年境内哪个地区的收入最低，为什么？",
        "境内2023年收入第二高的地区是哪个？",
        "2023年境内收入比华南高的地区是哪个？",
        "2023年境内哪个地区的利润最高？",
        "哪个地区2023年的收入占比最高？",
    ],
)
def test_what_the_table_does_not_hold_is_not_ranked(areas, question):
    assert answer(question, areas) is None


def test_a_row_that_is_called_by_a_number_is_no_answer(sheet):
    source = sheet([[("Rank", 1, 1), ("Revenue", 2, 1)]], [["1", "8"], ["2", "9"], ["3", "4"]])
    found = ranking(wish_of("Which rank had the highest revenue?"), source.table, chinese=False)
    assert found is None


def test_what_sounds_like_the_whole_of_the_others_is_not_the_greatest(sheet):
    rows = [["Drinks"], [".Water", "8"], [".Whole milk", "9"], [".Juice", "4"], [".All drinks", "12"]]
    heads = [[("Name", 1, 1), ("2016", 2, 1)]]
    assert answer("Which of the drinks was highest in 2016?", sheet(heads, rows)) is None
    assert answer("Which of the drinks was lowest in 2016?", sheet(heads, rows)) == (("Juice", 4),)
    assert answer("Which of the drinks was highest in 2016?", sheet(heads, rows[:-1])) == (("Whole milk", 9),)


def test_a_month_is_not_set_against_its_quarter(sheet):
    heads = [[(name, at, 1) for at, name in enumerate(("", "Jan", "Feb", "Mar", "Q1"), start=1)]]
    months = sheet(heads, [["EBITDA", "3", "9", "4", "16"], ["Rooms", "5", "6", "7", "18"]])
    assert answer("In which month was EBITDA highest?", months)[0][0] == "Feb"


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Which region in Europe had the second highest revenue in 2019?", "Italy"),
        ("Which region in Europe had the 2nd lowest revenue in 2019?", "Italy"),
    ],
)
def test_the_one_at_a_place_behind_the_first_is_told(regions, question, named):
    ((first, _),) = answer(question, regions)
    assert first == named


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Which city had the second highest sales?", "Rome"),
        ("销售额第二高的城市是哪个？", "Rome"),
        ("Which city had the third lowest sales?", "Rome"),
        ("Which city had the highest sales?", "Oslo"),
        ("Which city had the second highest sales in Asia?", None),
        ("Which city ranked second by sales?", None),
        ("销售额排名第二的城市", None),
        ("Which city had the fifth highest sales?", None),
    ],
)
def test_the_first_of_a_list_never_stands_for_the_second(source_of, question, named):
    source = source_of(["City", "Sales"], [["Oslo", 90], ["Rome", 70], ["Bern", 50], ["Kyiv", 20]])
    found = computed(question, [source])
    assert (found and found.rows[0][0]) == named


@pytest.fixture(scope="session")
def lines(source_of):
    rows = [("Parcel", 200, 230, 240), ("Pallet", 100, 90, 140), ("Storage", 80, 95, 70), ("Customs", 10, 20, 26)]
    return source_of(("Line", "Sales 2022", "Sales 2023", "Sales 2024"), rows)


def test_what_grew_most_is_told_with_both_its_figures(lines):
    found = answer("Which line grew most from 2023 to 2024?", lines)
    assert found == (("Pallet", 90, 140, pytest.approx(5 / 9)),)
    assert answer("Which line's sales fell most from 2023 to 2024?", lines)[0][:3] == ("Storage", 95, 70)


def test_growth_by_rate_and_by_figure_is_told_apart_or_not_at_all(lines):
    assert answer("Which line grew most between 2022 and 2023?", lines) is None
    assert answer("Which line grew fastest between 2022 and 2023?", lines)[0][0] == "Customs"


def test_what_grew_most_between_unsaid_years_is_not_told(lines):
    assert answer("Which line grew fastest?", lines) is None


def test_what_grew_most_is_never_what_is_most(source_of):
    rows = [("东区", 90, 120), ("西区", 100, 180), ("南区", 300, 310)]
    areas = source_of(("小区", "2023年收入", "2024年收入"), rows)
    assert answer("哪个小区2024年收入增长最多？", areas)[0][0] == "西区"
    assert answer("哪个小区2025年收入增长最多？", areas) is None


def test_the_growth_of_all_does_not_tell_which_grew_most(source_of):
    orders = source_of(("Year", "Orders"), [("2022", 90), ("2023", 100), ("2024", 150)])
    assert answer("Which product line grew most from 2023 to 2024?", orders) is None
