"""Spans of periods over columns, figures for each unit of another, and what *all together* means."""

import pytest

from rag.figures.asked.slashed_days import slashed_days
from rag.figures.computing import computed

MONTHS = ("Plant", "Jan", "Feb", "Mar", "Apr")


@pytest.fixture(scope="session")
def energy(source_of):
    return source_of(MONTHS, [("Brno", 1.0, 2.0, 3.0, 4.0), ("Cadiz", 5.0, 6.0, 7.0, 9.0)], label="energy use")


@pytest.fixture(scope="session")
def plants(source_of):
    rows = [("Brno", "Czechia", 200.0, 800.0), ("Cadiz", "Spain", 100.0, 450.0), ("Faro", "Portugal", 50.0, 90.0)]
    return source_of(("Plant", "Country", "Employees", "Output (tonnes)"), rows, label="plants")


def answer(question, source):
    found = computed(question, [source])
    return found and found.rows


def test_a_span_is_all_the_periods_in_it_and_not_its_ends(energy, source_of):
    assert answer("What was the total of Cadiz from January to April?", energy) == ((27,),)
    assert answer("What was the average of Brno from Jan to Mar?", energy) == ((2,),)
    years = source_of(("Country", "2022", "2023", "2024"), [("France", 10.0, 20.0, 60.0), ("Spain", 1.0, 2.0, 3.0)])
    assert answer("What was the average of France over 2022 to 2024?", years) == ((30,),)


def test_a_span_of_which_a_period_is_missing_is_not_added_up(source_of):
    gap = source_of(("Country", "2021", "2023", "2024"), [("France", 10.0, 20.0, 60.0), ("Spain", 1.0, 2.0, 3.0)])
    assert answer("What was the total of France from 2021 to 2024?", gap) is None


def test_a_change_between_quarters_goes_from_the_earlier_to_the_later(sheet):
    heads = [[("Department", 1, 1), ("Q1", 2, 2), ("Q4", 4, 2)]]
    heads.append([("Budget", 2, 1), ("Actual", 3, 1), ("Budget", 4, 1), ("Actual", 5, 1)])
    opex = sheet(heads, [("IT", "10", "12", "11", "9"), ("Legal", "5", "4", "6", "6")])
    assert answer("By how much did the IT actual change from Q1 to Q4?", opex)[0][-1] == -3


def test_one_figure_for_each_unit_of_another_is_their_ratio(plants):
    assert answer("What is the output per employee at Cadiz?", plants)[0][-1] == pytest.approx(4.5)


def test_all_together_is_one_figure(plants, source_of):
    assert answer("How many employees do all plants have in total?", plants) == ((350,),)
    kinds = source_of(("品类", "毛利"), [("男装", 3.0), ("女装", 4.0)])
    assert answer("各品类毛利加起来多少", kinds) == ((7,),)
    assert len(answer("各品类毛利分别是多少", kinds)) == 2


def test_the_mean_for_each_row_is_the_mean_of_all_rows(plants):
    assert answer("Average output per plant in tonnes", plants)[0][-1] == pytest.approx((800 + 450 + 90) / 3)


def test_which_month_is_no_question_for_a_table_without_months(source_of):
    kinds = source_of(("品类", "销售额"), [("男装", 3.0), ("女装", 4.0)])
    assert answer("哪个月的总销售额最高？", kinds) is None
    sales = source_of(("日期", "销售额"), [("2024-01-03", 3.0), ("2024-02-01", 4.0), ("2024-02-09", 4.0)])
    assert answer("哪个月的总销售额最高？", sales) == (("2024年2月", 8),)


def test_the_mean_of_each_quarter_is_no_list_of_single_figures(source_of):
    quarters = source_of(
        ("项目", "2023Q1", "2023Q2", "2023Q3", "2023Q4"), [("研发费用", 1.0, 2.0, 3.0, 6.0), ("折旧", 1, 1, 1, 1)]
    )
    assert answer("2023年平均每季度研发费用是多少", quarters) == ((3,),)


def test_short_values_are_named_with_their_head(source_of):
    staff = source_of(
        ("姓名", "绩效", "月薪"), [("赵一", "A", 9.0), ("钱二", "B", 8.0), ("孙三", "A", 7.0)], sheet="花名册"
    )
    assert answer("绩效为A的有多少人", staff) == ((2,),)
    assert answer("绩效为B的员工平均工资是多少", staff) == ((8,),)


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["27/10/2025", "08/10/2025"], (2025, 10, 27)),
        (["10/27/2025", "10/08/2025"], (2025, 10, 27)),
        (["08/10/2025", "07/10/2025"], None),
        (["27/10/2025", "10/27/2025"], None),
        (["31/02/2025", "30/01/2025"], None),
    ],
)
def test_a_column_tells_whether_the_day_or_the_month_comes_first(texts, first):
    days = slashed_days(texts)
    assert (tuple(days[0][:3]) if days else None) == first


def test_days_with_the_year_last_are_days(source_of):
    rows = [("27/10/2025", 2.0), ("03/11/2025", 4.0), ("05/11/2025", 1.0)]
    sales = source_of(("Date", "Sales"), rows)
    assert answer("Sales by month", sales) == (("2025-10", 2), ("2025-11", 5))


def test_the_half_that_is_named_first_is_taken_from(sheet):
    heads = [[("部门", 1, 1), ("实际执行", 2, 2)], [("上半年", 2, 1), ("下半年", 3, 1)]]
    costs = sheet(heads, [("品质部", "609.0", "696.6"), ("总裁办", "10.0", "12.0")])
    assert answer("品质部下半年比上半年多花了多少？", costs)[0][-1] == pytest.approx(87.6)
    assert answer("品质部上半年比下半年少花了多少？", costs)[0][-1] == pytest.approx(87.6)


def test_notes_in_steps_below_a_list_are_no_rows_under_others(sheet):
    rows = [("David", "musician", "69"), ("Chuck", "musician", "90"), ("Carrie", "actor", "60")]
    notes = [("Some", "", ""), (".also like to write stuff", "", "")]
    people = sheet([[("Name", 1, 1), ("Profession", 2, 1), ("Age", 3, 1)]], [*rows, *notes])
    assert answer("What is the average age of the musicians?", people) == ((79.5,),)


def test_the_highest_figure_is_no_sum_of_a_kind_of_rows(source_of):
    items = source_of(("State", "Item", "Cost"), [("NE", "Rifle", 5.0), ("NE", "Truck", 9.0), ("NE", "Truck", 7.0)])
    assert answer("What is the highest cost?", items) == ((9,),)
    assert answer("Which state had the highest cost?", items) == (("NE", 21),)
