"""Counting what each row of a table is one of."""

from dataclasses import replace

import pytest

from rag.figures.computing import Source, computed
from rag.figures.typed import typed
from rag.records import Cells, Page, Span

CASES = [
    ("C-1", "Texas", "Theft", 12),
    ("C-2", "Texas", "Fraud", 40),
    ("C-3", "Ohio", "Theft", 7),
    ("C-4", "Ohio", "Theft", 9),
    ("C-5", "Utah", "Fraud", 31),
]
HEADS = ("Case ID", "State", "Type", "Days open")


@pytest.fixture(scope="module")
def cases(source_of):
    return source_of(HEADS, CASES)


def answer(question, source):
    found = computed(question, [source])
    return None if found is None else found.rows


def test_rows_are_counted_by_group_and_by_what_they_say(cases):
    assert dict(answer("number of cases by state", cases)) == {"Texas": 2, "Ohio": 2, "Utah": 1}
    assert dict(answer("how many cases were there per type?", cases)) == {"Theft": 3, "Fraud": 2}
    assert answer("How many theft cases in Ohio?", cases) == ((2,),)
    assert answer("how many cases are there", cases) == ((5,),)


def test_what_stands_in_several_rows_is_counted_once(cases):
    assert answer("how many states are there?", cases) == ((3,),)


def test_a_number_that_a_column_has_is_no_count_of_rows(source_of):
    staff = source_of(("Department", "Employees"), [("Sales", 67), ("Service", 95)])
    assert answer("how many employees are there in Sales?", staff) == (("Sales", 67),)
    sales = source_of(("订单号", "渠道", "数量"), [("A1", "门店", 3), ("A2", "电商", 9), ("A3", "门店", 4)])
    assert answer("哪个渠道的数量最多？", sales) == (("电商", 9),)
    assert dict(answer("各渠道的数量", sales)) == {"电商": 9, "门店": 7}


def test_what_is_left_over_is_not_counted_away(cases):
    assert answer("how many appealed cases in Ohio?", cases) is None
    assert answer("how many judges are there in Ohio?", cases) is None


def test_goods_that_were_sold_are_their_quantity_and_not_their_rows(source_of):
    orders = source_of(
        ("渠道", "商品", "件数"),
        [("天猫", "雨伞", 3), ("天猫", "雨伞", 4), ("京东", "雨伞", 5)],
        sheet="订单",
        label="订单!A1:C4",
    )
    assert answer("天猫卖了多少把雨伞", orders) == ((7,),)
    assert dict(answer("每个渠道的订单数", orders)) == {"天猫": 2, "京东": 1}


def test_rows_of_a_printed_page_are_counted_where_their_head_says_what_each_is(table_of, printed):
    plants = printed(
        [[("Plant", 1, 1), ("Country", 2, 1), ("Utilisation", 3, 1)]],
        [("Aarhus", "Denmark", "87%"), ("Brno", "Czechia", "79%"), ("Ostrava", "Czechia", "91%")],
        title="Plants at a glance",
    )
    assert answer("How many plants are in Czechia?", plants) == ((2,),)
    assert answer("How many plants have a utilisation above 80%?", plants) == ((2,),)
    assert [row[0] for row in answer("Which plants have a utilisation above 80%?", plants)] == ["Ostrava", "Aarhus"]
    assert answer("How many countries are there in the world?", plants) is None
    table = table_of(HEADS, [CASES[0], *CASES])
    on_page = tuple(tuple(replace(cell, place=Page(2, None, None)) for cell in row) for row in table.rows)
    twice = Source(None, typed(replace(table, rows=on_page), "cases", lambda text: None))
    assert answer("number of cases by state", twice) is None


def test_a_count_is_in_no_unit_of_the_table(table_of):
    table = table_of(("门店", "销售额"), [("东门店", 412.5), ("西湖店", 688.0)])
    in_units = replace(table, head=replace(table.head, unit=(Span("单位：万元", Cells("Data", "A1"), "unit"),)))
    source = Source(None, typed(in_units, "门店", lambda text: None))
    assert computed("销售额超过500万元的门店有几家", [source]).unit == ""
    assert computed("销售额合计是多少", [source]).unit == "单位：万元"


FLEET = [
    ("HL-1", "Van", "Leith", 9),
    ("HL-2", "Van", "Hull", 7),
    ("HL-3", "Truck", "Leith", 4),
    ("HL-4", "Truck", "Leith", 8),
    ("HL-5", "Van", "Leith", 3),
]


def test_rows_of_a_kind_are_counted_by_the_name_of_the_kind(source_of):
    fleet = source_of(("Vehicle", "Kind", "Depot", "Age"), FLEET)
    assert answer("How many vans are there?", fleet) == ((3,),)
    assert answer("How many trucks does the Leith depot have?", fleet) == ((2,),)
    staff = [("周岚", "客服部", 31), ("陶桂芳", "工程部", 45), ("阮青", "工程部", 38)]
    assert answer("工程部有多少人？", source_of(("姓名", "部门", "年龄"), staff)) == ((2,),)


def test_rows_that_are_about_such_things_are_not_counted_for_them(source_of):
    rents = [("R1", "HL-1", "Van"), ("R2", "HL-1", "Van"), ("R3", "HL-3", "Truck"), ("R4", "HL-2", "Van")]
    rents = [(*row, days) for row, days in zip(rents, (4, 9, 6, 3), strict=True)]
    assert answer("How many vans are there?", source_of(("Rental", "Vehicle", "Type", "Days"), rents)) is None
    stock = source_of(("Item", "Kind", "Quantity"), [("A1", "Van", 3), ("A2", "Van", 9), ("A3", "Truck", 4)])
    assert answer("How many vans are there?", stock) is None
