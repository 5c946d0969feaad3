"""Bounds that a question sets: in the measure of their column, on the side that is meant, or nothing is computed."""

import pytest

from rag.figures.asked.bounds import bounds_in
from rag.figures.computing import computed, may_be_computed

STORES = [
    ("东门店", "杭州", 412.5, 18),
    ("西湖店", "杭州", 688.0, 25),
    ("鼓楼店", "南京", 530.4, 22),
    ("河西店", "南京", 500.0, 20),
]


@pytest.fixture(scope="module")
def stores(source_of):
    return source_of(("门店", "城市", "销售额（万元）", "员工数"), STORES)


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("销售额超过500万元的门店", ">", 500),
        ("销售额不少于0.05亿元的门店", ">=", 500),
        ("销售额低于4,500,000元的门店", "<", 450),
        ("员工数在19人以上的门店", ">", 19),
        ("员工数至多20人的门店", "<=", 20),
        ("销售额为正的门店", ">", 0),
    ],
)
def test_a_bound_is_told_in_the_measure_of_its_column(stores, text, sign, value):
    _, (bound,) = bounds_in(text, stores.table)
    assert (bound.sign, bound.value) == (sign, pytest.approx(value))


@pytest.mark.parametrize(
    "text",
    [
        "面积大于400平方米的门店",
        "销售额超过30%的门店",
        "员工数在20人以上的门店",
        "销售额高于平均的门店",
        "销售额高于2022",
    ],
)
def test_a_bound_on_what_is_no_such_column_is_not_known(stores, text):
    assert bounds_in(text, stores.table) is None
    assert computed(f"{text}有几家", [stores]) is None


def test_rows_within_bounds_are_counted_summed_and_listed(stores):
    assert computed("销售额超过500万元的门店有几家？", [stores]).rows == ((2,),)
    assert computed("员工数不少于20人的门店的销售额合计", [stores]).rows == ((1718.4,),)
    assert may_be_computed("哪些门店的员工数少于20人？")
    found = computed("哪些门店的员工数少于20人？", [stores])
    assert found.rows == (("东门店", 18),)
    assert found.only == ("员工数 < 20",)


def test_at_least_is_no_ranking(source_of):
    projects = source_of(("Project", "Spent (USD)"), [("Bridge", 830500), ("Roof", 455250), ("Wifi", 42000)])
    assert computed("how many projects have spent at least 455,250 dollars", [projects]).rows == ((2,),)
    assert computed("how many projects have spent more than 455.25k", [projects]).rows == ((1,),)
